"""What documents share: each body described once, and shortcuts for what is current, clear and not rejected."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from sample_documents import FORUM, OFFICE, VOCABULARY, sample, value_of

from graph.derived import property_of
from graph.mapping import document_quads
from graph.namespaces import DERIVED_GRAPH, term
from graph.store import GraphReader, GraphWriter
from ontology import iris
from ontology.model import Annotated, RelationType, Status
from ontology.vocabulary import FOLDER, read_turtle


def _pairs(reader: GraphReader, predicate: str) -> set[tuple[str, str]]:
    wanted = term(predicate)
    found = (q for q in reader.quads(DERIVED_GRAPH) if q.predicate == wanted)
    return {(value_of(q.subject), value_of(q.object)) for q in found}


def test_every_shortcut_of_a_relation_is_declared_by_the_ontology() -> None:
    declared = {t.subject for t in read_turtle(FOLDER / "gcm.ttl")}
    assert {term(property_of(relation)) for relation in RelationType} - declared == set()


@pytest.mark.parametrize(
    ("predicate", "pairs"),
    [
        ("gcm:chairOf", {(OFFICE, FORUM)}),
        ("gcm:takesPartIn", {(OFFICE, FORUM)}),
        ("gcm:partOf", {(FORUM, OFFICE)}),
        ("gcm:memberOf", set()),
        ("org:memberOf", set()),
        ("gcm:addresses", {(FORUM, iris.objective(10))}),
        ("gcm:askedToAddress", {(OFFICE, iris.objective(13))}),
    ],
)
def test_shortcuts_are_for_what_is_current_and_clear(
    annotated: Annotated, published: Any, predicate: str, pairs: set[tuple[str, str]]
) -> None:
    assert _pairs(published(annotated), predicate) == pairs


def test_a_current_membership_is_one_in_the_organisation_ontology_too(annotated: Annotated, published: Any) -> None:
    current = tuple(dataclasses.replace(r, status=Status.CURRENT) for r in annotated.relations)
    assert _pairs(published(dataclasses.replace(annotated, relations=current)), "org:memberOf") == {(OFFICE, FORUM)}


def test_a_body_of_several_documents_is_one_row(published: Any) -> None:
    reader = published(*(sample(name=f"{name}.md") for name in "abcd"))
    query = "SELECT ?b ?name ?type WHERE { ?b a gcm:Body ; skos:prefLabel ?name ; gcm:bodyType ?type } ORDER BY ?name"
    assert [(row["b"], row["name"], row["type"]) for row in reader.select(query)] == [
        (FORUM, "Forum of Samples", "forum"), (OFFICE, "Office of Examples", "un_entity"),
    ]


def test_no_triple_of_the_union_stands_in_two_graphs(published: Any) -> None:
    reader = published(*(sample(name=f"{name}.md") for name in "abcd"))
    assert len(list(reader.quads())) == len({quad.triple for quad in reader.quads()})


def _renamed(name: str, called: str) -> Annotated:
    document = sample(name=name)
    forum = dataclasses.replace(document.bodies[1], name=called, aliases=())
    return dataclasses.replace(document, bodies=(document.bodies[0], forum))


def test_the_name_of_most_documents_is_the_name_and_the_others_are_kept(published: Any) -> None:
    reader = published(_renamed("a.md", "A forum"), _renamed("b.md", "The Forum"), _renamed("c.md", "The Forum"))
    assert (FORUM, "The Forum") in _pairs(reader, "skos:prefLabel")
    assert (FORUM, "A forum") in _pairs(reader, "skos:altLabel")


def _store(folder: Path, document: Annotated, registry: str, *, reject: bool = False) -> GraphReader:
    (folder / "vocabulary").mkdir()
    (folder / "vocabulary" / "bodies.ttl").write_text(registry)
    quads = set(document_quads(document, pipeline="1", vocabulary=VOCABULARY))
    if reject:
        state = term("gcm:reviewState")
        quads = {
            ox.Quad(q.subject, q.predicate, ox.Literal("rejected"), q.graph_name) if q.predicate == state else q
            for q in quads
        }
    with GraphWriter(folder / "work") as writer:
        writer.load_vocabulary(folder / "vocabulary")
        writer.put_document("tasks", quads)
        writer.backup(folder / "copy")
    return GraphReader(folder / "copy")


def test_a_body_of_the_registry_keeps_the_names_of_the_registry(annotated: Annotated, tmp_path: Path) -> None:
    registry = (
        "@prefix gcm: <https://w3id.org/gcmkg/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f'<{OFFICE}> a gcm:UnEntity, gcm:Body ; skos:prefLabel "The registered name"@en .\n'
    )
    reader = _store(tmp_path, annotated, registry)
    assert [row["n"] for row in reader.select(f"SELECT ?n WHERE {{ <{OFFICE}> skos:prefLabel ?n }}")] == [
        "The registered name"
    ]
    assert (OFFICE, term("org:Organization").value) in _pairs(reader, "rdf:type")


def test_what_a_reviewer_rejected_gives_no_shortcut(annotated: Annotated, tmp_path: Path) -> None:
    assert list(_store(tmp_path, annotated, "", reject=True).quads(DERIVED_GRAPH)) == []
