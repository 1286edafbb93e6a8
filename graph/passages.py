"""Passages read back from the graph: as they were segmented, as records for export, and as entries of the index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graph.namespaces import SECTION_MARK
from graph.nodes import DocumentNodes, code_order, documents_by_name
from graph.store import GraphReader
from ontology.document import Passage, PassageKind, Span

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """One passage with all that search filters and shows.

    `objectives` maps the number (1 to 23) to the greatest strength of a link in the passage, and
    `objective_confidence` to the confidence of that link; `bodies` are the names that the document uses.
    Statement fields are those of the most confident statement of the passage; `statement_types` has the types
    of all. `roles` are the kinds of relation and of fact on bodies that the passage is evidence of
    (`secretariat_of`, `meeting_frequency`). `confidence` is that of the statement, else of the best link, else
    `None`. `scope` holds ISO alpha-3 codes where the area is known, else text.
    """

    iri: str
    slug: str
    document: str
    title: str
    document_type: str
    year: int | None
    scope: tuple[str, ...]
    passage: Passage
    objectives: Mapping[int, int]
    objective_confidence: Mapping[int, float]
    sdgs: tuple[str, ...] = ()
    principles: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    body_iris: tuple[str, ...] = ()
    statement_types: tuple[str, ...] = ()
    statement_type: str | None = None
    agent: str | None = None
    addressee: str | None = None
    modality: str | None = None
    confidence: float | None = None
    review_state: str = "unreviewed"
    roles: tuple[str, ...] = ()


def passages(reader: GraphReader) -> Iterator[Record]:
    """All passages as records of the contract, by document and reading order.

    `quote` is the exact text at [start, end), `text` the same joined and mended for reading.
    """
    for name, slug in documents_by_name(reader):
        for iri, passage in document_passages(DocumentNodes(reader, slug)):
            yield {
                "document": name,
                "text": passage.text,
                "quote": passage.quote,
                "start": passage.start,
                "end": passage.end,
                "page": passage.page,
                "section": SECTION_MARK.join(passage.section),
                "kind": passage.kind.value,
                "fragments": span_pairs(passage.fragments),
                "id": iri,
            }


def index_entries(reader: GraphReader) -> Iterator[PassageRecord]:
    """Every passage joined with what is known of it, by slug of the document and reading order.

    One document is in memory at a time.
    """
    areas = _area_codes(reader)
    for name, slug in sorted(documents_by_name(reader), key=itemgetter(1)):
        yield from _entries(DocumentNodes(reader, slug), name, areas)


def document_passages(nodes: DocumentNodes) -> list[tuple[str, Passage]]:
    """IRI and passage, as they were segmented, in reading order."""
    found = [(iri, _passage(nodes, iri)) for iri in nodes.of_type("gcm:Passage")]
    return sorted(found, key=lambda pair: pair[1].index)


def _passage(nodes: DocumentNodes, iri: str) -> Passage:
    start, end, quote = nodes.offsets(iri)
    return Passage(
        index=nodes.number(iri, "gcm:passageIndex") or 0,
        key=iri.rpartition("/")[2],
        kind=PassageKind(nodes.one(iri, "gcm:passageKind") or PassageKind.SENTENCE),
        start=start,
        end=end,
        quote=quote,
        text=nodes.one(iri, "gcm:text") or "",
        fragments=nodes.fragments(iri),
        paragraph=nodes.number(iri, "gcm:paragraphIndex") or 0,
        section=nodes.section(iri),
        page=nodes.number(iri, "gcm:page"),
        lead_in=nodes.one(iri, "gcm:leadIn"),
        marker=nodes.one(iri, "gcm:marker"),
        level=nodes.number(iri, "gcm:level") or 0,
        note=nodes.one(iri, "gcm:noteMark"),
        cells=nodes.listed(iri, "gcm:cells"),
        weight=nodes.decimal(iri, "gcm:weight", 1.0),
        ocr=nodes.decimal(iri, "gcm:ocrConfidence", 0.0) or None,
    )


def span_pairs(fragments: tuple[Span, ...]) -> list[list[int]]:
    """Stretches of text as pairs of start and end."""
    return [[span.start, span.end] for span in fragments]


def _entries(nodes: DocumentNodes, document: str, areas: Mapping[str, str]) -> Iterator[PassageRecord]:
    about = _About.of(nodes, document, areas)
    links = _by_passage(nodes, "gcm:ObjectiveLink")
    sdg_links = _by_passage(nodes, "gcm:SdgLink")
    principle_links = _by_passage(nodes, "gcm:PrincipleLink")
    statements = _by_passage(nodes, "gcm:Statement")
    roles = _roles(nodes)
    known = nodes.of_type("gcm:BodyMention")
    names = {nodes.one(fact, "gcm:body"): nodes.one(fact, "gcm:mentionedName") for fact in known}
    for iri, passage in document_passages(nodes):
        mentioned = nodes.all(iri, "gcm:mentions")
        said = sorted(statements[iri], key=lambda node: (-nodes.decimal(node, "gcm:confidence"), node))
        best = said[0] if said else ""
        strongest = _strongest(nodes, links[iri])
        yield PassageRecord(
            iri=iri,
            slug=nodes.slug,
            document=document,
            title=about.title,
            document_type=about.type,
            year=about.year,
            scope=about.scope,
            passage=passage,
            objectives={number: strength for number, (strength, _) in strongest.items()},
            objective_confidence={number: confidence for number, (_, confidence) in strongest.items()},
            sdgs=tuple(sorted({code for node in sdg_links[iri] for code in nodes.sdg_codes(node)}, key=code_order)),
            principles=tuple(sorted({name for node in principle_links[iri] for name in nodes.principles(node)})),
            bodies=tuple(names.get(body) or nodes.one(body, "skos:prefLabel") or body for body in mentioned),
            body_iris=mentioned,
            statement_types=tuple(sorted({nodes.one(node, "gcm:statementType") or "" for node in said})),
            statement_type=nodes.one(best, "gcm:statementType"),
            agent=nodes.one(best, "gcm:agentName"),
            addressee=nodes.one(best, "gcm:addresseeName"),
            modality=nodes.one(best, "gcm:modality"),
            confidence=_confidence(nodes, said or links[iri]),
            review_state=nodes.one(best, "gcm:reviewState") or "unreviewed",
            roles=roles.get(iri, ()),
        )


@dataclass(frozen=True, slots=True)
class _About:
    """What every passage of a document shares."""

    title: str
    type: str
    year: int | None
    scope: tuple[str, ...]

    @classmethod
    def of(cls, nodes: DocumentNodes, document: str, areas: Mapping[str, str]) -> _About:
        node = nodes.document
        issued = (nodes.one(node, "dcterms:issued") or "")[:4]
        codes = (areas.get(area, area) for area in nodes.all(node, "gcm:geographicScope"))
        return cls(
            title=nodes.one(node, "dcterms:title") or document,
            type=nodes.one(node, "gcm:documentType") or "other",
            year=int(issued) if issued.isdecimal() and len(issued) == 4 else None,
            scope=tuple(sorted([*codes, *nodes.all(node, "gcm:geographicScopeText")])),
        )


def _by_passage(nodes: DocumentNodes, kind: str) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for node in nodes.of_type(kind):
        if nodes.one(node, "gcm:reviewState") != "rejected":
            for passage in nodes.passages_of(nodes.one(node, "gcm:evidence") or ""):
                found[passage].append(node)
    return found


def _roles(nodes: DocumentNodes) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for kind, name in (("gcm:BodyRelation", "gcm:relationType"), ("gcm:BodyFact", "gcm:property")):
        for passage, facts in _by_passage(nodes, kind).items():
            found[passage] |= {role for node in facts if (role := nodes.one(node, name))}
    return {passage: tuple(sorted(roles)) for passage, roles in found.items()}


def _strongest(nodes: DocumentNodes, links: list[str]) -> dict[int, tuple[int, float]]:
    """Strength and confidence of the strongest link to each objective, the more confident one of equals."""
    found: dict[int, tuple[int, float]] = {}
    for node in links:
        link = (nodes.number(node, "gcm:strength") or 0, nodes.decimal(node, "gcm:confidence"))
        for number in nodes.objective_numbers(node):
            found[number] = max(found.get(number, link), link)
    return dict(sorted(found.items()))


def _confidence(nodes: DocumentNodes, facts: list[str]) -> float | None:
    return max((nodes.decimal(node, "gcm:confidence") for node in facts), default=None)


def _area_codes(reader: GraphReader) -> dict[str, str]:
    rows = reader.select("SELECT ?area ?code WHERE { ?area a gcm:Area ; gcm:isoAlpha3 ?code }")
    return {str(row["area"]): str(row["code"]) for row in rows}
