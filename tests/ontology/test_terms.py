"""The terms of `gcm.ttl`: described, used as they are declared, and the same in Python."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from ontology import iris
from ontology.model import BodyType, RelationType
from ontology.terms import TERMS, AnnotationProperty, Class, DatatypeProperty, ObjectProperty, Term
from ontology.vocabulary import BODY_CLASSES, FOLDER, read_turtle, turtle_files

OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
KINDS = {Class: "Class", ObjectProperty: "ObjectProperty", DatatypeProperty: "DatatypeProperty",
         AnnotationProperty: "AnnotationProperty"}
TRIPLES = read_turtle(FOLDER / "gcm.ttl")
PREFIXES = dict(re.findall(r"@prefix ([\w-]+): <([^>]+)>", (FOLDER / "gcm.ttl").read_text(encoding="utf-8")))
HEAD = f"@base <{iris.ID}> .\n" + "".join(f"@prefix {p}: <{n}> .\n" for p, n in PREFIXES.items())


def _values(subject: str, predicate: str) -> list[str]:
    return [t.object.value for t in TRIPLES if (t.subject.value, t.predicate.value) == (subject, predicate)]


def test_every_term_has_one_python_name_and_every_name_its_term() -> None:
    declared = {
        (t.subject.value, t.object.value) for t in TRIPLES
        if t.predicate.value == TYPE and t.subject.value.startswith(iris.ONTOLOGY)
        and t.object.value in {OWL + kind for kind in KINDS.values()}
    }
    assert {(str(name), OWL + KINDS[type(name)]) for name in TERMS} == declared
    assert len(set(TERMS)) == len(TERMS)


@pytest.mark.parametrize("name", TERMS, ids=lambda name: name.removeprefix(iris.ONTOLOGY))
def test_a_python_name_is_the_terms_own_name_in_capitals(name: Term) -> None:
    assert name.name.replace("_", "").casefold() == name.removeprefix(iris.ONTOLOGY).casefold()


@pytest.mark.parametrize("name", TERMS, ids=lambda name: name.removeprefix(iris.ONTOLOGY))
def test_a_term_is_described_and_its_example_uses_it(name: Term) -> None:
    assert len(_values(name, RDFS + "label")) == 1
    definition, = _values(name, SKOS + "definition")
    assert len(definition.split()) >= 5
    example, = _values(name, SKOS + "example")
    used = {node.value for q in ox.parse(HEAD + example, format=ox.RdfFormat.TURTLE) for node in q.triple
            if isinstance(node, ox.NamedNode)}
    assert name.value in used
    assert {iri for iri in used if iri.startswith(iris.ONTOLOGY)} <= {str(term) for term in TERMS}


@pytest.mark.parametrize(
    "name", [*ObjectProperty, *DatatypeProperty], ids=lambda name: name.removeprefix(iris.ONTOLOGY)
)
def test_a_property_says_of_what_and_to_what_it_leads(name: Term) -> None:
    said = {p for p in ("domain", "range", "subPropertyOf") if _values(name, RDFS + p)}
    assert {"domain", "range"} <= said or "subPropertyOf" in said or _values(name, OWL + "inverseOf")


@pytest.mark.parametrize("relation", RelationType)
def test_every_relation_of_the_model_has_its_shortcut(relation: RelationType) -> None:
    assert ObjectProperty[relation.name].removeprefix(iris.ONTOLOGY).casefold() == relation.value.replace("_", "")


@pytest.mark.parametrize("kind", BodyType)
def test_every_body_type_of_the_model_is_a_kind_of_body(kind: BodyType) -> None:
    assert _values(iris.ONTOLOGY + BODY_CLASSES[kind], RDFS + "subClassOf") == [str(Class.BODY)]


def test_stored_vocabulary_has_no_blank_nodes_and_always_the_same_names() -> None:
    first, second = ({str(t) for path in turtle_files() for t in read_turtle(path)} for _ in range(2))
    assert first == second
    assert not any(text.startswith("_:") or " _:" in text for text in first)
