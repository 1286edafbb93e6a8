"""The Compact in the vocabulary: what it has, counted by SPARQL, and the care that each objective got."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ontology import iris
from ontology.model import RelationType
from ontology.vocabulary import FOLDER, REGISTERS, Objective, Principle, load_vocabulary, read_turtle, turtle_files

VOCABULARY = load_vocabulary()
# Lettered actions of each objective and its round table at the review forum: facts of the resolution and the forum.
ACTIONS = (11, 12, 5, 7, 10, 12, 12, 6, 6, 10, 7, 5, 8, 6, 6, 9, 7, 12, 10, 9, 9, 3, 5)
PREFIXES = {"gcm": iris.ONTOLOGY, "skos": "http://www.w3.org/2004/02/skos/core#", "org": "http://www.w3.org/ns/org#"}


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for path in turtle_files() for triple in read_turtle(path))
    return store


def _count(store: ox.Store, pattern: str) -> int:
    rows = store.query(f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}", prefixes=PREFIXES)
    return int(next(iter(rows))["n"].value)


@pytest.mark.parametrize(
    ("pattern", "number"),
    [("?x a gcm:Objective", 23), ("?x a gcm:Action", 187), ("?o gcm:hasAction ?x", 187),
     ("?x a gcm:GuidingPrinciple", 10), ("?x a gcm:SdgGoal", 17), ("?x a gcm:SdgTarget", 169),
     ("?x a gcm:CrosswalkRow ; gcm:mappingProvenance 'in_resolution'", 1),
     ("?x gcm:membership 'member'", 193)],
)
def test_counts(store: ox.Store, pattern: str, number: int) -> None:
    assert _count(store, pattern) == number


def test_at_least_150_bodies(store: ox.Store) -> None:
    assert _count(store, "?x a gcm:Body") >= 150


@pytest.mark.parametrize("objective", VOCABULARY.objectives, ids=lambda o: str(o.number))
def test_an_objective_is_described_with_care(objective: Objective) -> None:
    assert objective.iri == iris.objective(objective.number)
    assert objective.paragraph == objective.number + 16
    assert objective.round_table in {1, 2, 3, 4}
    assert "".join(a.letter for a in objective.actions) == "abcdefghijklmnop"[: ACTIONS[objective.number - 1]]
    assert all(1 <= len(a.gist.split()) <= 20 for a in objective.actions)
    assert len(objective.scope_note.split()) >= 15
    assert objective.neighbours
    assert len(objective.strong_terms) >= 3
    assert len(objective.key_terms) >= 5
    assert objective.misleading_terms
    assert len(objective.examples) >= 12
    assert {e.register for e in objective.examples} == set(REGISTERS)


@pytest.mark.parametrize(("one", "other"), [(9, 10), (4, 14), (7, 12), (15, 22), (5, 6)])
def test_objectives_that_are_easily_mistaken_tell_each_other_apart(one: int, other: int) -> None:
    objectives = {o.number: {n.objective for n in o.neighbours} for o in VOCABULARY.objectives}
    assert other in objectives[one]
    assert one in objectives[other]


@pytest.mark.parametrize("principle", VOCABULARY.principles, ids=lambda p: p.slug)
def test_a_principle_is_described_with_care(principle: Principle) -> None:
    assert principle.iri == iris.principle(principle.slug)
    assert principle.definition
    assert len(principle.examples) >= 12


def test_no_example_stands_for_two_objectives() -> None:
    texts = [e.text.casefold() for o in VOCABULARY.objectives for e in o.examples] + [
        text.casefold() for text in VOCABULARY.general_examples
    ]
    assert len(texts) == len(set(texts))


def test_principles_are_a_to_j() -> None:
    assert "".join(p.letter for p in VOCABULARY.principles) == "abcdefghij"


@pytest.mark.parametrize("path", [p for p in turtle_files() if p.name != "gcm.ttl"], ids=lambda p: p.name)
def test_the_files_that_people_edit_need_no_blank_nodes(path: object) -> None:
    assert isinstance(path, type(FOLDER))
    assert not any("genid" in str(triple) for triple in read_turtle(path))


def test_every_role_of_the_model_stands_below_taking_part(store: ox.Store) -> None:
    rows = store.query(
        f"SELECT ?role WHERE {{ ?role a org:Role ; skos:broader+ <{iris.ID}role/takes_part_in> }}", prefixes=PREFIXES
    )
    assert {row["role"].value.rpartition("/")[2] for row in rows} == {
        r.value for r in list(RelationType)[: list(RelationType).index(RelationType.PART_OF)]
    }
