"""What goes into the graph comes out as records: nothing lost, nothing altered."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sample_documents import VOCABULARY, any_annotated, part, sample

from gcmkg import Store
from graph import records
from graph.mapping import document_quads
from graph.nodes import DocumentNodes
from graph.store import GraphReader, GraphWriter
from ontology.document import Passage, Span
from ontology.model import Annotated, Evidence, Reason

KINDS = ("body", "relation", "body_fact", "statement", "objective_link", "sdg_link", "principle_link", "instrument")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stores")


def _read_back(annotated: Annotated, place: Path) -> GraphReader:
    number = sum(1 for _ in place.iterdir())
    slug = annotated.document.source.slug
    with GraphWriter(place / "work") as writer:
        writer.put_document(slug, document_quads(annotated, pipeline="1", vocabulary=VOCABULARY))
        writer.backup(place / f"copy-{number}")
    return GraphReader(place / f"copy-{number}")


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(annotated=any_annotated())
def test_any_document_comes_back_as_it_went_in(annotated: Annotated, place: Path) -> None:
    reader = _read_back(annotated, place)
    nodes = DocumentNodes(reader, annotated.document.source.slug)
    assert tuple(p for _, p in records.document_passages(nodes)) == annotated.document.passages
    found = [_comparable(record) for record in records.facts(reader)]
    assert sorted(found) == sorted({_comparable(record) for record in _expected(annotated)})
    assert all(r["quote"] == annotated.document.source.text[r["start"]:r["end"]] for r in records.facts(reader))


def _comparable(record: dict[str, Any]) -> str:
    """A record without what only the graph knows: names of nodes, and objectives by overlap."""
    left_out = {"id", "passage", "objectives", "sdgs"}
    return json.dumps({key: value for key, value in record.items() if key not in left_out}, sort_keys=True)


def _expected(annotated: Annotated) -> list[dict[str, Any]]:
    passages = annotated.document.passages
    made: list[dict[str, Any]] = []

    def fact(kind: str, evidence: Evidence, reason: Reason, method: str | None = None, **more: object) -> None:
        made.append({
            "kind": kind, "document": annotated.document.source.name, "quote": evidence.quote,
            "start": evidence.start, "end": evidence.end, "page": evidence.page,
            "section": " > ".join(evidence.section), "confidence": reason.confidence,
            "method": method or reason.method, "reason": reason.note, "words": list(reason.words),
            "score": reason.score, "runner_up": reason.runner_up, "review_state": "unreviewed",
            "fragments": [[s.start, s.end] for s in evidence.fragments or (Span(evidence.start, evidence.end),)],
            "text": _text(evidence, passages), **more,
        })

    for b in annotated.bodies:
        fact("body", b.evidence, b.reason, iri=b.iri, name=b.name, acronym=b.acronym, aliases=sorted(b.aliases),
             type=b.type)
    for r in annotated.relations:
        fact("relation", r.evidence, r.reason, subject=r.subject, subject_iri=r.subject_iri, relation=r.relation,
             object=r.object, object_iri=r.object_iri, status=r.status)
    for f in annotated.body_facts:
        fact("body_fact", f.evidence, f.reason, body=f.body, body_iri=f.body_iri, property=f.property, value=f.value)
    for s in annotated.statements:
        fact("statement", s.evidence, s.reason, type=s.type, agent=s.agent, agent_iri=s.agent_iri,
             addressee=s.addressee, addressee_iri=s.addressee_iri, addressee_source=s.addressee_source,
             modality=s.modality)
    for link in annotated.objective_links:
        fact("objective_link", link.evidence, link.reason, link.method, objective=link.objective,
             strength=link.strength, method_detail=_detail(link.reason, link.method))
    for sdg in annotated.sdg_links:
        fact("sdg_link", sdg.evidence, sdg.reason, sdg.method, sdg=sdg.sdg,
             method_detail=_detail(sdg.reason, sdg.method))
    for p in annotated.principle_links:
        fact("principle_link", p.evidence, p.reason, p.method, principle=p.principle,
             method_detail=_detail(p.reason, p.method))
    for i in annotated.instruments:
        fact("instrument", i.evidence, i.reason, iri=i.iri, name=i.name, identifier=i.identifier,
             aliases=sorted(i.aliases), type=i.type)
    return made


def _text(evidence: Evidence, passages: tuple[Passage, ...]) -> str:
    passage = passages[evidence.passage]
    spans = evidence.fragments or (Span(evidence.start, evidence.end),)
    if spans == passage.fragments and evidence.text is None:
        return passage.text
    return evidence.quote if evidence.text is None else evidence.text


def _detail(reason: Reason, method: str) -> str | None:
    return None if reason.method == method else reason.method


def test_records_of_the_sample_hold_what_the_contract_asks(annotated: Annotated, published: Any) -> None:
    found = list(records.facts(published(annotated)))
    assert [r["start"] for r in found] == sorted(r["start"] for r in found)
    assert {kind: sum(r["kind"] == kind for r in found) for kind in KINDS} == {
        "body": 2, "relation": 3, "body_fact": 1, "statement": 2, "objective_link": 3, "sdg_link": 1,
        "principle_link": 1, "instrument": 1,
    }
    commitment = next(r for r in found if r["kind"] == "statement" and r["type"] == "commitment")
    assert commitment["objectives"] == [10], "a weak link makes no claim"
    assert commitment["sdgs"] == ["10.7"], "the goal is named in this sentence"
    assert commitment["section"] == "Members and tasks"
    assert (commitment["confidence"], commitment["page"]) == (0.8123, 1)


def test_a_statement_takes_no_objective_from_elsewhere_in_its_passage(annotated: Annotated, published: Any) -> None:
    there = part(annotated.document, 2, "The Forum of Samples")
    link = dataclasses.replace(annotated.objective_links[0], evidence=part(annotated.document, 2, "trafficking"))
    moved = dataclasses.replace(
        annotated,
        statements=(dataclasses.replace(annotated.statements[0], evidence=there),),
        objective_links=(link,),
    )
    statement = next(r for r in records.facts(published(moved)) if r["kind"] == "statement")
    assert statement["objectives"] == []


def test_a_statement_of_two_sentences_takes_the_objectives_of_both(annotated: Annotated, published: Any) -> None:
    passages = annotated.document.passages
    quote = annotated.document.source.text[passages[2].start:passages[3].end]
    both = Evidence(2, passages[2].start, passages[3].end, quote, 1, passages[2].section)
    statement = dataclasses.replace(annotated.statements[0], evidence=both)
    reader = published(dataclasses.replace(annotated, statements=(statement,)))
    found = next(r for r in records.facts(reader) if r["kind"] == "statement")
    assert (found["objectives"], found["passage"].endswith(passages[2].key)) == ([10, 13], True)
    assert [e.statement_type for e in records.index_entries(reader)] == [None, None, "commitment", "commitment"]


def test_documents_come_by_name_and_passages_in_reading_order(published: Any) -> None:
    reader = published(sample(name="b.md"), sample(name="a.md"))
    found = [(r["document"], r["start"]) for r in records.passages(reader)]
    assert found == sorted(found)
    assert len(found) == 8
    assert {r["kind"] for r in records.passages(reader)} == {"heading", "sentence"}


def test_an_entry_of_the_index_joins_all_that_is_known_of_a_passage(annotated: Annotated, published: Any) -> None:
    entries = list(records.index_entries(published(annotated)))
    assert [entry.passage for entry in entries] == list(annotated.document.passages)
    will = entries[2]
    assert dict(will.objectives) == {9: 1, 10: 3}
    assert dict(will.objective_confidence) == {9: 0.31, 10: 0.95}
    assert (will.sdgs, will.bodies) == (("10.7",), ("Forum of Samples",))
    assert (will.statement_type, will.agent, will.modality) == ("commitment", "Forum of Samples", "will")
    assert (will.title, will.document_type, will.year) == ("Tasks of the Forum", "terms_of_reference", 2021)
    assert will.confidence == 0.8123
    assert entries[3].addressee == "Office of Examples"
    assert entries[3].principles == ("child-sensitive",)


def test_the_area_of_a_document_is_told_by_its_code(annotated: Annotated, tmp_path: Path) -> None:
    (tmp_path / "vocabulary").mkdir()
    (tmp_path / "vocabulary" / "areas.ttl").write_text(
        '@prefix gcm: <https://w3id.org/gcmkg/ontology#> .\n'
        '<http://metadata.un.org/sdg/codes/geoArea/368> a gcm:Area ; gcm:isoAlpha3 "IRQ" .\n'
    )
    with GraphWriter(tmp_path / "work") as writer:
        writer.load_vocabulary(tmp_path / "vocabulary")
        writer.put_document("tasks", document_quads(annotated, pipeline="1", vocabulary=VOCABULARY))
        writer.backup(tmp_path / "copy")
    assert next(records.index_entries(GraphReader(tmp_path / "copy"))).scope == ("Arab region", "IRQ")


def test_every_quote_of_the_corpus_stands_where_its_record_says(store: Store) -> None:
    texts = {entry["name"]: store.text(entry["slug"]) for entry in store.documents}
    found = [*records.facts(store.reader), *records.passages(store.reader)]
    assert len(found) > 1000
    wrong = [r for r in found if texts[r["document"]][r["start"]:r["end"]] != r["quote"]]
    assert wrong == []
    assert [r for r in found if not 0 <= r.get("confidence", 0) <= 1] == []


def test_every_fact_of_the_corpus_begins_in_a_passage_of_its_document(store: Store) -> None:
    spans = {
        r["id"]: (r["document"], r["fragments"][0][0], r["fragments"][-1][1]) for r in records.passages(store.reader)
    }
    for fact in records.facts(store.reader):
        document, start, end = spans[fact["passage"]]
        assert (fact["document"], start <= fact["start"] < end) == (document, True), fact["id"]


def test_no_triple_of_the_corpus_is_counted_twice(store: Store) -> None:
    quads = list(store.reader.quads())
    assert len(quads) == len({quad.triple for quad in quads})
