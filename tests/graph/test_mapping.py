"""The quads of a document: named by content, always the same, and shortcuts only for what is clear and current."""

from __future__ import annotations

import dataclasses
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from sample_documents import VOCABULARY, sample, value_of

from graph.mapping import document_quads
from graph.namespaces import decimal, issued, term
from ontology import iris
from ontology.document import Document, Passage
from ontology.model import Annotated
from ontology.vocabulary import FOLDER, read_turtle

HERE = Path(__file__).parent
ROOT = HERE.parent.parent


def _quads(annotated: Annotated) -> tuple[ox.Quad, ...]:
    return document_quads(annotated, pipeline="test-1", vocabulary=VOCABULARY)


def _triples(annotated: Annotated, predicate: str) -> set[tuple[str, str]]:
    wanted = term(predicate)
    named = (q for q in _quads(annotated) if q.predicate == wanted)
    return {(value_of(q.subject), value_of(q.object)) for q in named}


def test_all_quads_are_of_the_documents_graph_and_none_has_a_blank_node(annotated: Annotated) -> None:
    quads = _quads(annotated)
    assert {q.graph_name for q in quads} == {term(iris.document_graph("tasks"))}
    assert not any(isinstance(t, ox.BlankNode) for q in quads for t in (q.subject, q.object))


def test_nothing_of_this_machine_is_told(annotated: Annotated) -> None:
    assert "/somewhere" not in "".join(map(str, _quads(annotated)))


def test_every_fact_has_evidence_reason_and_origin(annotated: Annotated) -> None:
    facts = {s for s, _ in _triples(annotated, "gcm:reviewState")}
    assert len(facts) == 14
    carried = ("gcm:evidence", "gcm:confidence", "gcm:score", "gcm:method", "gcm:inDocument", "prov:wasGeneratedBy")
    for predicate in carried:
        assert {s for s, _ in _triples(annotated, predicate)} >= facts, predicate


def test_a_whole_sentence_is_its_own_evidence_and_a_part_of_one_a_node_that_names_it(annotated: Annotated) -> None:
    passages = {iris.passage("tasks", p.key) for p in annotated.document.passages}
    evidence = {e for _, e in _triples(annotated, "gcm:evidence")}
    assert evidence & passages
    parts = {s for s, _ in _triples(annotated, "gcm:passage")}
    assert evidence - passages == parts
    assert {p for _, p in _triples(annotated, "gcm:passage")} <= passages


def test_every_term_is_declared_by_the_ontology(annotated: Annotated) -> None:
    declared = {t.subject.value for t in read_turtle(FOLDER / "gcm.ttl") if isinstance(t.subject, ox.NamedNode)}
    used = {t.value for q in _quads(annotated) for t in (q.predicate, q.object) if isinstance(t, ox.NamedNode)}
    assert {name for name in used if name.startswith(iris.ONTOLOGY)} - declared == set()


def test_every_node_that_is_described_belongs_to_the_document(annotated: Annotated) -> None:
    shared = (f"{iris.ID}body/", f"{iris.ID}instrument/", iris.ONTOLOGY, iris.SDG, f"{iris.ID}objective/")
    assert [q for q in _quads(annotated) if value_of(q.subject).startswith(shared)] == []


def _facts(annotated: Annotated) -> set[str]:
    return {s for s, _ in _triples(annotated, "gcm:reviewState")}


def test_an_edit_elsewhere_renames_nothing(annotated: Annotated) -> None:
    shifted: dict[str, Any] = {
        field: tuple(
            dataclasses.replace(
                fact,
                evidence=dataclasses.replace(
                    fact.evidence, start=fact.evidence.start + 100, end=fact.evidence.end + 100,
                    fragments=tuple(dataclasses.replace(s, start=s.start + 100, end=s.end + 100)
                                    for s in fact.evidence.fragments),
                ),
            )
            for fact in getattr(annotated, field)
        )
        for field in ("bodies", "relations", "statements", "objective_links", "sdg_links", "body_facts",
                      "principle_links", "instruments")
    }
    moved = dataclasses.replace(annotated, document=_shifted(annotated.document, 100), **shifted)
    assert _facts(moved) == _facts(annotated)


def _shifted(document: Document, by: int) -> Document:
    def shift(passage: Passage) -> Passage:
        spans = tuple(dataclasses.replace(s, start=s.start + by, end=s.end + by) for s in passage.fragments)
        return dataclasses.replace(passage, start=passage.start + by, end=passage.end + by, fragments=spans)

    return dataclasses.replace(document, passages=tuple(shift(p) for p in document.passages))


def test_two_facts_that_differ_only_in_their_reason_are_two_nodes(annotated: Annotated) -> None:
    link = annotated.objective_links[0]
    weaker = dataclasses.replace(link, strength=1)
    both = dataclasses.replace(annotated, objective_links=(link, weaker, link))
    strengths = _triples(both, "gcm:strength")
    assert sorted(strength for _, strength in strengths) == ["1", "3"]
    assert len({node for node, _ in strengths}) == 2


def test_half_a_surrogate_pair_becomes_one_replacement_character(annotated: Annotated) -> None:
    broken = sample(sentences=("Head\ud800ing", *[p.quote for p in annotated.document.passages[1:]]))
    exact = {quote for _, quote in _triples(broken, "oa:exact")}
    assert "Head\ufffding" in exact


@pytest.mark.parametrize(
    ("value", "datatype"),
    [("2021", "gYear"), ("2021-12", "gYearMonth"), ("2024-02-29", "date"), ("2021-02-29", "string"),
     ("2021-13", "string"), ("0000", "string"), ("n.d.", "string"), ("٢٠٢١", "string")],
)
def test_a_date_is_as_precise_as_it_is_given(value: str, datatype: str) -> None:
    literal = issued(value)
    assert (literal.value, literal.datatype.value) == (value, f"http://www.w3.org/2001/XMLSchema#{datatype}")


@pytest.mark.parametrize(
    ("number", "form"),
    [(0.5, "0.5"), (1.0, "1"), (0.0, "0"), (-0.00001, "0"), (0.12344, "0.1234"), (10.0, "10"), (1e-9, "0"),
     (-2.5, "-2.5"), (1e16, "10000000000000000")],
)
def test_numbers_have_the_one_form_that_a_store_gives_back(number: float, form: str) -> None:
    literal = decimal(number, 4)
    assert literal.value == form
    store = ox.Store()
    store.add(ox.Quad(term("gcm:x"), term("gcm:y"), literal))
    assert next(iter(store)).object == literal


_PRINT = """
import sys
sys.path[:0] = [{root!r}, {here!r}]
from sample_documents import VOCABULARY, sample
from graph.mapping import document_quads
sys.stdout.write("\\n".join(map(str, document_quads(sample(), pipeline="test-1", vocabulary=VOCABULARY))))
"""


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_quads_come_in_the_same_order_whatever_the_hash_seed(annotated: Annotated, seed: str) -> None:
    code = _PRINT.format(root=str(ROOT), here=str(HERE))
    seeded = {**os.environ, "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", code], env=seeded, capture_output=True, text=True, check=True)
    assert run.stdout == "\n".join(map(str, _quads(annotated)))
    assert not re.search(r"_:", run.stdout)
