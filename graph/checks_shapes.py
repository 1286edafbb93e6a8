"""SHACL: the shapes of `ontology/shapes.ttl` on the vocabulary, and on the data one document at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.findings import Finding, Source, short
from graph.namespaces import ONTOLOGY_GRAPH, term
from graph.store import GraphReader
from ontology import iris
from ontology.errors import VocabularyError
from ontology.vocabulary import SHAPES

if TYPE_CHECKING:
    from rdflib import Graph

Quads = GraphReader | ox.Store

_TYPE = term("rdf:type")
_SUBCLASS = term("rdfs:subClassOf")


def check_vocabulary_shapes(source: Source) -> list[Finding]:
    """What the vocabulary breaks of its shapes.

    Raises:
        VocabularyError: the shapes do not parse.
    """
    found = _violations(_shapes(source), source.triples)
    return [Finding("error", what, source.where(node), "Mend what is said of it there") for node, what in found]


def check_data_shapes(source: Source, data: Quads) -> Iterator[Finding]:
    """What the graphs of the documents, and what is derived from them, break of the shapes, graph by graph.

    Only one graph is in memory at a time, with the classes of what it points at in others.
    """
    shapes = _shapes(source)
    classes = _class_index(data)
    hierarchy = [t for t in source.triples if t.predicate == _SUBCLASS]
    for graph in graph_names(data):
        if graph == ONTOLOGY_GRAPH:
            continue
        triples = {quad.triple for quad in quads_of(data, graph)}
        nodes = {n for t in triples for n in (t.subject, t.object) if isinstance(n, ox.NamedNode)}
        known = [ox.Triple(node, _TYPE, kind) for node in sorted(nodes, key=str) for kind in classes.get(node, ())]
        typed = {t.subject for t in triples if t.predicate == _TYPE}
        elsewhere = {node.value for node in nodes if node in classes and node not in typed}
        for node, what in _violations(shapes, [*triples, *known, *hierarchy]):
            if node not in elsewhere and node not in source.values:
                yield Finding("error", what, f"{short(graph) if graph else DEFAULT}: {short(node)}", DATA_MEND)


DEFAULT = "default graph"
DATA_MEND = "Ingest the document again; if it stays, report it as a fault of gcmkg with this line"


def graph_names(data: Quads) -> tuple[str, ...]:
    """The graphs of a store, sorted; the default graph is the empty name."""
    if isinstance(data, GraphReader):
        return data.graph_names()
    unnamed = data.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return (*("" for _ in islice(unnamed, 1)), *sorted(name.value for name in data.named_graphs()))


def quads_of(data: Quads, graph: str | None = None) -> Iterator[ox.Quad]:
    """All quads of a store, or those of one of its `graph_names`."""
    if isinstance(data, GraphReader):
        return data.quads(graph)
    name = None if graph is None else term(graph) if graph else ox.DefaultGraph()
    return iter(data.quads_for_pattern(None, None, None, name))


def _class_index(data: Quads) -> dict[ox.NamedNode, list[ox.NamedNode]]:
    """The classes of everything that one graph may describe and another point at: not of passages and facts."""
    shared = (f"{iris.ID}body/", f"{iris.ID}instrument/")
    index: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for graph in graph_names(data):
        whole = graph == ONTOLOGY_GRAPH
        for quad in quads_of(data, graph):
            subject, kind = quad.subject, quad.object
            if (
                quad.predicate == _TYPE
                and isinstance(subject, ox.NamedNode)
                and isinstance(kind, ox.NamedNode)
                and (whole or subject.value.startswith(shared))
            ):
                index.setdefault(subject, []).append(kind)
    return index


def _shapes(source: Source) -> Graph:
    from rdflib import Graph

    path = source.folder / SHAPES
    shapes = Graph()
    if not path.exists():
        raise VocabularyError(f"{path} is missing; restore it, or reinstall gcmkg.")
    try:
        shapes.parse(path, format="turtle")
    except SyntaxError as error:
        raise VocabularyError(
            f"{path.name}, line {getattr(error, 'lines', 0) + 1}: the Turtle does not parse; mend it there and run the "
            "command again."
        ) from error
    return shapes


def _violations(shapes: Graph, triples: Iterable[ox.Triple]) -> Iterator[tuple[str, str]]:
    """The node and a sentence for each result, sorted."""
    from pyshacl import validate
    from rdflib import Graph
    from rdflib.namespace import RDF, SH

    data = Graph()
    # Only what the shapes speak of: parsing is a third of the time.
    named = {str(value) for value in shapes.objects()} | {_TYPE.value, _SUBCLASS.value}
    kept = (triple for triple in triples if triple.predicate.value in named)
    text: bytes = ox.serialize(kept, format=ox.RdfFormat.N_TRIPLES) or b""
    data.parse(data=text, format="nt")
    _, report, _ = validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    if not isinstance(report, Graph):
        raise VocabularyError(f"The shapes of {SHAPES} cannot be used ({report}); mend them.")
    said = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        node = str(report.value(result, SH.focusNode))
        message = str(report.value(result, SH.resultMessage))
        value = report.value(result, SH.value)
        shown = "" if value is None or str(value) == node else f" (not {short(str(value))})"
        said.add((node, f"{short(node)}: {message}{shown}"))
    yield from sorted(said)
