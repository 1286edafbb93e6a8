"""The process that runs queries: no sockets, no writing, held to its memory, ended at the limit of time.

It speaks in frames (`graph.wire`) on its standard streams.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO

import pyoxigraph as ox

from graph import sandbox
from graph.limits import MEGABYTE, confine, end_after
from graph.wire import Frame, packed, read_frame

BATCH = 2_000
TABLE = 50_000
_STACK = 64 * MEGABYTE
_GRACE = 2.0


def main() -> None:
    """Serve queries on the streams until the input ends; arguments: folder of the graph, memory in MiB."""
    folder = Path(sys.argv[1])
    confine(int(sys.argv[2]))
    missing = sandbox.enter([folder])
    # Deeply nested queries need a stack of their own size; what overflows it ends this process only.
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_serve, args=(folder, missing))
    thread.start()
    thread.join()


def _serve(folder: Path, missing: tuple[str, ...]) -> None:
    out, requests = sys.stdout.buffer, sys.stdin.buffer
    store = ox.Store.read_only(str(folder))
    graphs = sorted(name.value for name in store.named_graphs() if isinstance(name, ox.NamedNode))
    _send(out, {"graphs": graphs, "missing": missing})
    while (request := read_frame(requests)) is not None:
        end_after(request["seconds"] + _GRACE)
        for frame in _answers(store, request):
            _send(out, frame)
        end_after(0)


def _send(out: BinaryIO, frame: Mapping[str, Any]) -> None:
    out.write(packed(frame))
    out.flush()


def _answers(store: ox.Store, request: Frame) -> Iterator[Frame]:
    try:
        yield from _run(store, request)
    except SyntaxError as error:
        yield {"error": "syntax", "message": str(error)}
    except MemoryError:
        yield {"error": "memory", "message": ""}
    except (OSError, ValueError, RuntimeError) as error:
        yield {"error": "run", "message": str(error)}


def _run(store: ox.Store, request: Frame) -> Iterator[Frame]:
    started = time.monotonic()
    dataset = _dataset(request)
    result = store.query(
        request["query"],
        prefixes=request["prefixes"],
        use_default_graph_as_union=dataset is None and not request["has_dataset"],
        default_graph=None if dataset is None else dataset[0],
        named_graphs=None if dataset is None else dataset[1],
    )
    if isinstance(result, ox.QueryBoolean):
        yield {"kind": "ask", "boolean": bool(result)}
        return
    rows: Iterator[tuple[object, ...]]
    if isinstance(result, ox.QuerySolutions):
        yield {"kind": "select", "columns": [variable.value for variable in result.variables]}
        rows = (tuple(solution) for solution in result)
    else:
        yield {"kind": "graph"}
        rows = (tuple(triple) for triple in _once(result))
    yield from _batches(rows, request["rows"])
    yield {"end": True, "seconds": time.monotonic() - started}


def _dataset(
    request: Frame,
) -> tuple[list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph], list[ox.NamedNode | ox.BlankNode]] | None:
    """Default and named graphs that were given beside the query, or `None`."""
    if request["graphs"] is None:
        return None
    default, named = request["graphs"]
    return [ox.NamedNode(name) for name in default], [ox.NamedNode(name) for name in named]


def _once(triples: ox.QueryTriples) -> Iterator[ox.Triple]:
    seen: set[ox.Triple] = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _batches(rows: Iterator[tuple[object, ...]], most: int) -> Iterator[Frame]:
    """Rows as numbers into a table of terms, so that what repeats is sent and made once.

    Number 0 is the unbound value. The table grows from batch to batch and begins anew when it is large.
    """
    known: dict[object, int] = {None: 0}
    left = most
    while batch := list(islice(rows, min(BATCH, left))):
        renewed = len(known) > TABLE
        if renewed:
            known = {None: 0}
        new: list[object] = []
        numbers = [[_number(value, known, new) for value in row] for row in batch]
        left -= len(batch)
        yield {"renewed": renewed, "terms": new, "rows": numbers}
    if left == 0 and next(rows, None) is not None:
        yield {"truncated": True}


def _number(value: object, known: dict[object, int], new: list[object]) -> int:
    number = known.get(value)
    if number is None:
        number = known[value] = len(known)
        new.append(_plain(value))
    return number


def _plain(value: object) -> list[str | None]:
    if isinstance(value, ox.NamedNode):
        return ["iri", value.value, None, None]
    if isinstance(value, ox.Literal):
        return ["literal", value.value, value.datatype.value, value.language]
    if isinstance(value, ox.BlankNode):
        return ["bnode", value.value, None, None]
    return ["triple", str(value), None, None]
