"""The whole graph as a file: the same bytes for the same graph, whatever its size, in constant memory."""

from __future__ import annotations

import hashlib
import heapq
import io
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from graph.namespaces import PREFIXES
from graph.store import GraphReader
from ontology.errors import UsageError

FORMATS = ("nquads", "ntriples", "turtle", "trig", "jsonld")

_CHUNK = 100_000


def dump(reader: GraphReader, form: str, out: IO[bytes]) -> None:
    """Write all graphs to a binary stream.

    N-Quads lines are sorted by code point. N-Triples and Turtle hold the union of all graphs, each triple
    once; TriG and JSON-LD keep the named graphs, in the order of their names.

    Args:
        reader: the graph.
        form: one of `FORMATS`.
        out: where to write UTF-8.

    Raises:
        UsageError: there is no such format.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no graph format {form!r}; choose one of {', '.join(FORMATS)}.")
    if form in {"nquads", "ntriples"}:
        lines = _lines(reader.quads(), with_graph=form == "nquads")
        out.writelines(_sorted_lines(lines))
    elif form == "turtle":
        triples = _parsed(_sorted_lines(_lines(reader.quads(), with_graph=False)), ox.RdfFormat.N_TRIPLES)
        ox.serialize((q.triple for q in triples), out, ox.RdfFormat.TURTLE, prefixes=dict(PREFIXES))
    else:
        kind = ox.RdfFormat.TRIG if form == "trig" else ox.RdfFormat.JSON_LD
        ox.serialize(_by_graph(reader), out, kind, prefixes=dict(PREFIXES))


def graph_digest(reader: GraphReader) -> str:
    """SHA-256 of the sorted N-Quads: equal exactly when two stores hold the same quads."""
    total = hashlib.sha256()
    for line in _sorted_lines(_lines(reader.quads(), with_graph=True)):
        total.update(line)
    return total.hexdigest()


def _by_graph(reader: GraphReader) -> Iterator[ox.Quad]:
    for name in reader.graph_names():
        yield from _parsed(_sorted_lines(_lines(reader.quads(name), with_graph=True)), ox.RdfFormat.N_QUADS)


def _lines(quads: Iterable[ox.Quad], *, with_graph: bool) -> Iterator[bytes]:
    waiting = iter(quads)
    while chunk := list(islice(waiting, _CHUNK)):
        text = io.BytesIO()
        if with_graph:
            ox.serialize(chunk, text, ox.RdfFormat.N_QUADS)
        else:
            ox.serialize((quad.triple for quad in chunk), text, ox.RdfFormat.N_TRIPLES)
        yield from (line + b"\n" for line in text.getvalue().split(b"\n") if line)


def _sorted_lines(lines: Iterator[bytes]) -> Iterator[bytes]:
    """The lines sorted, each once: sorted runs in temporary files, merged; at most one run in memory."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="gcmkg-")))
        runs: list[Path] = []
        while run := sorted(set(islice(lines, _CHUNK))):
            runs.append(folder / str(len(runs)))
            with runs[-1].open("wb") as file:
                file.writelines(run)
        merged = heapq.merge(*(held.enter_context(path.open("rb")) for path in runs))
        yield from (line for line, _ in groupby(merged))


def _parsed(lines: Iterator[bytes], kind: ox.RdfFormat) -> Iterator[ox.Quad]:
    for run in iter(lambda: b"".join(islice(lines, 1000)), b""):
        yield from ox.parse(run, kind)
