"""The whole graph as a file: the same bytes for the same graph, whatever its size, in constant memory.

What keeps the named graphs is written by stream, graph by graph in the order of their names and within one in that of
the store's index, which depends on the terms alone and never on how they came there. What joins the graphs is sorted.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

import pyoxigraph as ox

from graph.graphml import graphml
from graph.namespaces import PREFIXES
from graph.sorting import RUN, sorted_lines
from graph.store import GraphReader
from ontology.errors import UsageError

FORMATS = ("nquads", "ntriples", "turtle", "trig", "jsonld", "graphml")

_PIECE = 1_000


def dump(reader: GraphReader, form: str, out: IO[bytes]) -> None:
    """Write all graphs to a binary stream.

    N-Quads, TriG and JSON-LD keep the named graphs and begin at once. N-Triples, Turtle and GraphML hold the union of
    all graphs, each triple once, sorted by code point.

    Args:
        reader: the graph.
        form: one of `FORMATS`.
        out: where to write UTF-8.

    Raises:
        UsageError: there is no such format.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no graph format {form!r}; choose one of {', '.join(FORMATS)}.")
    if form == "nquads":
        out.writelines(nquads(reader))
    elif form == "ntriples":
        out.writelines(_union(reader))
    elif form == "graphml":
        out.writelines(graphml(lambda: _union(reader)))
    elif form == "turtle":
        triples = _parsed(_union(reader), ox.RdfFormat.N_TRIPLES)
        ox.serialize((q.triple for q in triples), out, ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    else:
        kind = ox.RdfFormat.TRIG if form == "trig" else ox.RdfFormat.JSON_LD
        ox.serialize(_by_graph(reader), out, kind, prefixes=dict(PREFIXES))


def nquads(reader: GraphReader) -> Iterator[bytes]:
    """The whole graph as N-Quads, in pieces of whole lines; the first comes at once."""
    waiting = _by_graph(reader)
    while chunk := list(islice(waiting, _PIECE)):
        yield _serialised(chunk, with_graph=True)


def graph_digest(reader: GraphReader) -> str:
    """SHA-256 of the sorted N-Quads: equal exactly when two stores hold the same quads."""
    total = hashlib.sha256()
    for line in sorted_lines(_lines(reader.quads(), with_graph=True)):
        total.update(line)
    return total.hexdigest()


def _union(reader: GraphReader) -> Iterator[bytes]:
    return sorted_lines(_lines(reader.quads(), with_graph=False))


def _by_graph(reader: GraphReader) -> Iterator[ox.Quad]:
    for name in reader.graph_names():
        yield from reader.quads(name)


def _lines(quads: Iterable[ox.Quad], *, with_graph: bool) -> Iterator[bytes]:
    waiting = iter(quads)
    while chunk := list(islice(waiting, RUN)):
        text = _serialised(chunk, with_graph=with_graph)
        yield from (line + b"\n" for line in text.split(b"\n") if line)


def _serialised(quads: Iterable[ox.Quad], *, with_graph: bool) -> bytes:
    out = io.BytesIO()
    if with_graph:
        ox.serialize(quads, out, ox.RdfFormat.N_QUADS)
    else:
        ox.serialize((quad.triple for quad in quads), out, ox.RdfFormat.N_TRIPLES)
    return out.getvalue()


def _parsed(lines: Iterator[bytes], kind: ox.RdfFormat) -> Iterator[ox.Quad]:
    for run in iter(lambda: b"".join(islice(lines, 1000)), b""):
        yield from ox.parse(run, kind)
