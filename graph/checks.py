"""`gcmkg check`: is the ontology sound, and does the data keep to it?

Three kinds of check, each a module of its own: lint of the vocabulary (`checks_lint`), SHACL shapes
(`checks_shapes`) and OWL consistency (`checks_owl`). All give the same kind of finding.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pyoxigraph as ox

from graph.checks_lint import lint
from graph.checks_owl import Schema, check_classes, check_with_hermit, contradictions
from graph.checks_shapes import (
    DATA_MEND,
    DEFAULT,
    Quads,
    check_data_shapes,
    check_vocabulary_shapes,
    graph_names,
    quads_of,
)
from graph.findings import Finding, Source, short
from graph.namespaces import term
from ontology import iris
from ontology.vocabulary import FOLDER

__all__ = ["Finding", "check_data", "check_ontology", "run_checks"]

_TYPE = term("rdf:type")


def run_checks(
    *, ontology_folder: Path = FOLDER, data: Quads | None = None, reasoner: bool = True
) -> tuple[Finding, ...]:
    """All findings on the ontology and, where given, on the data of a store.

    Args:
        ontology_folder: folder of Turtle files.
        data: a store, or a reader of a published one.
        reasoner: run HermiT, which takes some five seconds.

    Returns:
        Each finding once, errors first.

    Raises:
        VocabularyError: a Turtle file does not parse (file and line are named), or the reasoner did not run.
    """
    source = Source.read(ontology_folder)
    findings = {*check_ontology(source, reasoner=reasoner), *(() if data is None else check_data(source, data))}
    return tuple(sorted(findings))


def check_ontology(source: Source, *, reasoner: bool = True) -> list[Finding]:
    """Lint, shapes and consistency of the vocabulary.

    Raises:
        VocabularyError: the shapes do not parse, or the reasoner did not run.
    """
    findings = [*lint(source), *check_vocabulary_shapes(source), *check_classes(source)]
    return [*findings, *check_with_hermit(source)] if reasoner else findings


def check_data(source: Source, data: Quads) -> Iterator[Finding]:
    """Shapes, contradictions and terms of the data; `source` is the vocabulary it must keep to."""
    yield from check_data_shapes(source, data)
    schema = Schema.of(source)
    in_vocabulary = dict(contradictions(schema, source.triples))
    found = {
        iri: what
        for iri, what in contradictions(schema, (quad.triple for quad in quads_of(data)))
        if in_vocabulary.get(iri) != what
    }
    places = _places(data, found)
    for iri, what in found.items():
        yield Finding("error", what, f"{', '.join(places[iri])}: {short(iri)}", DATA_MEND)
    yield from _strange_terms(source, data)


def _places(data: Quads, wanted: Mapping[str, str]) -> dict[str, list[str]]:
    """The graphs in which something is said of each of the things."""
    found: dict[str, set[str]] = defaultdict(set)
    for graph in graph_names(data) if wanted else ():
        for quad in quads_of(data, graph):
            for node in (quad.subject, quad.object):
                if isinstance(node, ox.NamedNode) and node.value in wanted:
                    found[node.value].add(short(graph) if graph else DEFAULT)
    return defaultdict(list, {iri: sorted(graphs) for iri, graphs in found.items()})


def _strange_terms(source: Source, data: Quads) -> Iterator[Finding]:
    """Terms of ours in the data that the ontology does not have."""
    for graph in graph_names(data):
        used: set[str] = set()
        for quad in quads_of(data, graph):
            used.add(quad.predicate.value)
            if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
                used.add(quad.object.value)
        for iri in sorted(used):
            if iri.startswith(iris.ONTOLOGY) and iri not in source.values:
                yield Finding("error", f"The data uses {short(iri)}, which is no term of the ontology", short(graph),
                              "Ingest into a new store with this version of gcmkg")
