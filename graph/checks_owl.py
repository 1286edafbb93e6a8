"""OWL consistency: what contradicts the axioms, named by a look at classes, and confirmed by the reasoner HermiT."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox

from graph.findings import Finding, Source, short
from graph.namespaces import PREFIXES, term
from ontology.skolem import GENID, with_blank_nodes

_TYPE = term("rdf:type")
_OWL, _RDFS = PREFIXES["owl"], PREFIXES["rdfs"]
_MEND = "Keep the class that is true; where both come from a property, correct its subject or object"


@dataclass(frozen=True, slots=True)
class Schema:
    """What follows from the axioms on named classes and properties: parents (themselves too), domains, ranges."""

    parents: Mapping[str, frozenset[str]]
    domains: Mapping[str, frozenset[str]]
    ranges: Mapping[str, frozenset[str]]
    disjoint: frozenset[frozenset[str]] = field(repr=False)

    @classmethod
    def of(cls, source: Source) -> Schema:
        """Read the axioms from a vocabulary."""
        parents = {
            iri: _closure(iri, lambda i: (*source.texts(i, "rdfs:subClassOf"), *source.texts(i, "rdfs:subPropertyOf")))
            for iri in source.values
        }
        sides: dict[str, dict[str, frozenset[str]]] = {"rdfs:domain": {}, "rdfs:range": {}}
        for name, found in sides.items():
            for iri in source.values:
                classes = {c for p in parents[iri] for c in source.texts(p, name) if not c.startswith(GENID)}
                if classes:
                    found[iri] = frozenset(classes)
        return cls(parents, sides["rdfs:domain"], sides["rdfs:range"], frozenset(_disjoint_pairs(source)))

    def conflicts(self, classes: Iterable[str]) -> list[tuple[str, str]]:
        """Pairs of the given classes that exclude each other, by themselves or by what they are kinds of."""
        return [
            (a, b)
            for a, b in combinations(sorted(set(classes)), 2)
            if any(
                frozenset((x, y)) in self.disjoint
                for x in self.parents.get(a, frozenset({a}))
                for y in self.parents.get(b, frozenset({b}))
            )
        ]


def contradictions(schema: Schema, triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """Things that belong to two classes that exclude each other.

    Classes are those stated and those that follow from domain and range of named properties.

    Yields:
        The IRI of the thing, and a sentence on the two classes and where each comes from.
    """
    classes: dict[str, dict[str, str]] = defaultdict(dict)
    for triple in triples:
        if not isinstance(triple.subject, ox.NamedNode) or not isinstance(triple.object, ox.NamedNode | ox.Literal):
            continue
        subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object.value
        if triple.predicate == _TYPE:
            classes[subject][value] = "stated"
            continue
        for kind in schema.domains.get(predicate, ()):
            classes[subject].setdefault(kind, f"because it has {short(predicate)}")
        if isinstance(triple.object, ox.NamedNode):
            for kind in schema.ranges.get(predicate, ()):
                classes[value].setdefault(kind, f"because {short(subject)} has it as {short(predicate)}")
    for iri, origins in sorted(classes.items()):
        for a, b in schema.conflicts(origins)[:1]:
            yield iri, (f"{short(iri)} is {short(a)} ({origins[a]}) and {short(b)} ({origins[b]}), "
                        "and nothing can be both")


def check_classes(source: Source) -> list[Finding]:
    """Contradictions in the vocabulary itself."""
    found = contradictions(Schema.of(source), source.triples)
    return [Finding("error", what, source.where(iri), _MEND) for iri, what in found]


def check_with_hermit(source: Source) -> list[Finding]:
    """Run HermiT over the axioms and all individuals of the vocabulary, without labels, notes and examples.

    Returns:
        Nothing where the ontology is consistent and every class can have members. Where it is inconsistent,
        one finding that names an individual without which (and those before it, by IRI) it would not be.

    Raises:
        VocabularyError: HermiT or Java did not run.
    """
    schema, individuals = _logic(source)
    unsatisfiable = reason(schema)
    if unsatisfiable is None:
        return [Finding("error", "The axioms contradict each other (HermiT)", str(source.folder / "gcm.ttl"),
                        "Take back the last axiom that was added")]
    findings = [
        Finding("error", f"{short(iri)} can have no members (HermiT)", source.where(iri), "Loosen one of its axioms")
        for iri in unsatisfiable
    ]
    if reason([*schema, *(t for triples in individuals.values() for t in triples)]) is not None:
        return findings
    culprit = _culprit(schema, individuals)
    return [*findings, Finding("error", f"What is said of {short(culprit)} contradicts the axioms (HermiT)",
                               source.where(culprit), "Compare its classes and values with the axioms of gcm.ttl")]


def reason(triples: Iterable[ox.Triple]) -> tuple[str, ...] | None:
    """The classes that can have no members, or none at all (`None`) where the triples contradict each other.

    Raises:
        VocabularyError: HermiT or Java did not run.
    """
    from graph.hermit import unsatisfiable_classes

    with tempfile.TemporaryDirectory(prefix="gcmkg-") as folder:
        path = Path(folder) / "ontology.nt"
        ox.serialize(with_blank_nodes(triples), str(path), ox.RdfFormat.N_TRIPLES)
        return unsatisfiable_classes(path)


def axioms(source: Source) -> list[ox.Triple]:
    """The axioms of `gcm.ttl` without labels, notes and examples: what a reasoner reads."""
    return _logic(source)[0]


def _logic(source: Source) -> tuple[list[ox.Triple], dict[str, list[ox.Triple]]]:
    """The axioms, and what is said of each individual; both without what a reasoner has no use for."""
    silent = {*source.of_type("owl:AnnotationProperty"), f"{_RDFS}label", f"{_RDFS}seeAlso", f"{_RDFS}comment",
              f"{_OWL}versionInfo", f"{_OWL}versionIRI"}
    declared = {t.subject.value for path, triples in source.files.items() if path.name == "gcm.ttl"
                for t in triples if isinstance(t.subject, ox.NamedNode)}
    schema: list[ox.Triple] = []
    individuals: dict[str, list[ox.Triple]] = defaultdict(list)
    named = ox.NamedNode(f"{_OWL}NamedIndividual")
    for triple in source.triples:
        if triple.predicate.value in silent or not isinstance(triple.subject, ox.NamedNode):
            continue
        subject = triple.subject.value
        if subject in declared:
            schema.append(triple)
        else:
            individuals[subject] = individuals[subject] or [ox.Triple(triple.subject, _TYPE, named)]
            individuals[subject].append(triple)
    return schema, dict(sorted(individuals.items()))


def _culprit(schema: list[ox.Triple], individuals: Mapping[str, list[ox.Triple]]) -> str:
    """The first individual, in the order of IRIs, with which the ontology becomes inconsistent."""
    names = list(individuals)
    low, high = 0, len(names)
    while high - low > 1:
        middle = (low + high) // 2
        if reason([*schema, *(t for name in names[:middle] for t in individuals[name])]) is None:
            high = middle
        else:
            low = middle
    return names[high - 1]


def _closure(iri: str, parents: Callable[[str], Iterable[str]]) -> frozenset[str]:
    found, waiting = {iri}, [iri]
    while waiting:
        new = {p for p in parents(waiting.pop()) if not p.startswith(GENID)} - found
        found |= new
        waiting += new
    return frozenset(found)


def _disjoint_pairs(source: Source) -> Iterator[frozenset[str]]:
    for iri in source.values:
        for other in source.texts(iri, "owl:disjointWith"):
            yield frozenset((iri, other))
        for head in source.texts(iri, "owl:members"):
            members = list(_listed(source, head))
            yield from (frozenset(pair) for pair in combinations(members, 2))


def _listed(source: Source, head: str) -> Iterator[str]:
    while head != f"{PREFIXES['rdf']}nil" and head:
        yield from source.texts(head, "rdf:first")
        head = next(iter(source.texts(head, "rdf:rest")), "")
