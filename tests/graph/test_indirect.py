"""Indirect links: exactly what the reasoner infers, in a graph of their own, and nothing from nothing."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.checks_owl import axioms
from graph.findings import Source
from graph.hermit import open_ontology
from graph.indirect import INDIRECT_GRAPH, indirect_quads
from graph.namespaces import DERIVED_GRAPH, term
from ontology import iris
from ontology.skolem import with_blank_nodes

NETWORK, MEMBER, GUIDE, CHAIR, OUTER = (iris.body(name) for name in ("network", "member", "guide", "chair", "outer"))
FACTS = (
    (MEMBER, "gcm:memberOf", NETWORK),
    (GUIDE, "gcm:executiveCommitteeMemberOf", NETWORK),
    (CHAIR, "gcm:chairOf", NETWORK),
    (OUTER, "gcm:memberOf", MEMBER),
    (NETWORK, "gcm:addresses", iris.objective(9)),
    (NETWORK, "gcm:askedToAddress", iris.objective(10)),
    (MEMBER, "gcm:addresses", iris.objective(4)),
)
EXPECTED = {(MEMBER, iris.objective(9)), (GUIDE, iris.objective(9)), (OUTER, iris.objective(4))}


@pytest.fixture
def store() -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(term(s), term(p), term(o), term(DERIVED_GRAPH)) for s, p, o in FACTS)
    return store


def _pairs(quads: tuple[ox.Quad, ...]) -> set[tuple[str, str]]:
    return {(q.subject.value, q.object.value) for q in quads}


def test_members_and_the_executive_committee_and_nobody_else(store: ox.Store) -> None:
    assert _pairs(indirect_quads(store)) == EXPECTED


def test_they_are_told_from_direct_links_by_graph_and_property(store: ox.Store) -> None:
    quads = indirect_quads(store)
    assert {q.graph_name for q in quads} == {term(INDIRECT_GRAPH)}
    assert {q.predicate for q in quads} == {term("gcm:addressesIndirectly")}


def test_computing_them_again_over_their_own_result_changes_nothing(store: ox.Store) -> None:
    first = indirect_quads(store)
    store.extend(first)
    assert indirect_quads(store) == first
    for quad in list(store.quads_for_pattern(term(NETWORK), term("gcm:addresses"), None)):
        store.remove(quad)
    assert _pairs(indirect_quads(store)) == {(OUTER, iris.objective(4))}


def test_the_reasoner_infers_the_same(store: ox.Store, tmp_path: Path) -> None:
    import owlready2

    individuals = {value for s, _, o in FACTS for value in (s, o)}
    named = [ox.Triple(term(i), term("rdf:type"), term("owl:NamedIndividual")) for i in sorted(individuals)]
    facts = [q.triple for q in store]
    path = tmp_path / "small.nt"
    ox.serialize(with_blank_nodes([*axioms(Source.read()), *named, *facts]), str(path), ox.RdfFormat.N_TRIPLES)
    world = open_ontology(path)
    owlready2.sync_reasoner_hermit(world, infer_property_values=True, debug=0)
    indirectly = world[iris.ONTOLOGY + "addressesIndirectly"]
    assert {(s.iri, o.iri) for s, o in indirectly.get_relations()} == EXPECTED
