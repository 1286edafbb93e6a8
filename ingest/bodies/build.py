"""From what was read to the frozen bodies and mentions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ingest.bodies.align import Alignment, evidence_of_span
from ingest.bodies.entities import Entity
from ingest.bodies.names import without_parentheses
from ingest.bodies.state import Named, Reading
from ontology.document import Passage, PassageKind, Span
from ontology.model import Body, BodyType, Evidence, Mention, Reason

_CONFIDENCE = {"registry": 0.97, "organ": 0.75, "list": 0.8}
_FORM_CONFIDENCE = 0.88


@dataclass(slots=True)
class Built:
    """Bodies in the order of their first mention, all mentions, and the places of mentions by passage."""

    bodies: tuple[Body, ...]
    mentions: tuple[Mention, ...]


class Places:
    """Offsets in the source for stretches of passages, each passage aligned once."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.document.source.text
        self._passages = {p.index: p for p in reading.document.passages}
        self._aligned: dict[int, Alignment] = {}

    def passage(self, index: int) -> Passage:
        """The passage with this index."""
        return self._passages[index]

    def span(self, index: int, start: int, end: int) -> Span:
        """Source offsets of `text[start:end]` of a passage."""
        if index not in self._aligned:
            self._aligned[index] = Alignment(self._passages[index], self._text)
        return self._aligned[index].span(start, end)


def build(reading: Reading, places: Places, wanted: frozenset[str] = frozenset()) -> Built:
    """The bodies that the document really mentions; `wanted` are IRIs that a relation needs in any case."""
    counts = Counter(n.entity.iri for names in reading.named.values() for n in names)
    first: dict[str, tuple[int, Named]] = {}
    best: dict[str, tuple[int, Named]] = {}
    mentions: list[Mention] = []
    for index in sorted(reading.named):
        for named in reading.named[index]:
            entity = named.entity
            if not _real(entity, counts) and entity.iri not in wanted:
                continue
            span = places.span(index, named.start, named.end)
            mentions.append(Mention(entity.iri, index, span.start, span.end))
            first.setdefault(entity.iri, (index, named))
            if named.explicit and places.passage(index).kind is not PassageKind.HEADING:
                best.setdefault(entity.iri, (index, named))
    bodies = []
    for iri in sorted(first, key=lambda i: (first[i][0], first[i][1].start, i)):
        index, named = best.get(iri, first[iri])
        passage = places.passage(index)
        evidence = evidence_of_span(passage, places.span(index, named.start, named.end), reading.document.source.text)
        bodies.append(_body(named.entity, evidence_text=named.text, evidence=evidence))
    return Built(tuple(bodies), tuple(mentions))


def _real(entity: Entity, counts: Counter[str]) -> bool:
    """A role or kind of group that is only touched upon once is no body of its own."""
    return not entity.generic or counts[entity.iri] > 1


def _body(entity: Entity, *, evidence_text: str, evidence: Evidence) -> Body:
    aliases: dict[str, None] = {}
    for name, count in entity.names.items():
        for form in (without_parentheses(name), name):
            if count > 0 and form not in (entity.name, entity.acronym):
                aliases.setdefault(form)
    if not entity.registered and entity.type is BodyType.UN_NETWORK:
        for name in [entity.name, *aliases]:
            for short, long in (("UN ", "United Nations "), ("United Nations ", "UN ")):
                other = f"{long}{name.removeprefix(short)}" if name.startswith(short) else entity.name
                if other != entity.name:
                    aliases.setdefault(other)
    confidence = _CONFIDENCE.get(entity.method, _FORM_CONFIDENCE)
    note = {
        "registry": "a name or acronym of the registry",
        "organ": "an organ named after the body it belongs to",
        "list": "a line of a list of members",
    }.get(entity.method, "a name by its form")
    return Body(
        iri=entity.iri,
        name=entity.name,
        type=entity.type,
        evidence=evidence,
        reason=Reason(entity.method, confidence, words=(evidence_text,), note=note),
        acronym=entity.acronym,
        aliases=tuple(aliases),
        registered=entity.registered,
    )
