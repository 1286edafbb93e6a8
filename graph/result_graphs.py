"""Graphs from CONSTRUCT and DESCRIBE in the forms of RDF and as GraphML; sorted, so always the same bytes."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from graph.compact import compact_iri
from graph.graphml import graphml as write_graphml
from graph.guard import OFFERED
from graph.result_binary import IN_MEMORY, pieces
from graph.sorting import sorted_lines
from graph.terms import QueryResult

if TYPE_CHECKING:
    import pyoxigraph as ox

_CUT = "truncated: there were more triples than the limit"
_PIECE = 2_000


def ntriples(result: QueryResult) -> Iterator[bytes]:
    """N-Triples, which are N-Quads of the default graph too, one sorted line a triple; a cut is told in a comment."""
    if result.truncated:
        yield f"# {_CUT}\n".encode()
    lines = _lines(result)()
    yield from iter(lambda: b"".join(islice(lines, _PIECE)), b"")


def turtle(result: QueryResult) -> Iterator[bytes]:
    """Turtle with the usual prefixes."""
    if result.truncated:
        yield f"# {_CUT}\n".encode()
    yield from _serialised(result, "TURTLE")


def rdfxml(result: QueryResult) -> Iterator[bytes]:
    """RDF/XML with the usual prefixes; a cut is told in a comment at the end."""
    yield from _serialised(result, "RDF_XML")
    yield b"\n"
    if result.truncated:
        yield f"<!-- {_CUT} -->\n".encode()


def jsonld(result: QueryResult) -> Iterator[bytes]:
    """JSON-LD, expanded form."""
    yield from _serialised(result, "JSON_LD")
    yield b"\n"


def compact_jsonld(result: QueryResult) -> Iterator[bytes]:
    """JSON-LD with the usual prefixes as its context."""
    expanded = json.loads(b"".join(_serialised(result, "JSON_LD")))
    document = {"@context": dict(sorted(OFFERED.items())), "@graph": _compacted(expanded)}
    yield json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def graphml(result: QueryResult) -> Iterator[bytes]:
    """GraphML: nodes with their literals as attributes, and edges."""
    return write_graphml(_lines(result), note=_CUT if result.truncated else "")


def _lines(result: QueryResult) -> Callable[[], Iterator[bytes]]:
    def lines() -> Iterator[bytes]:
        return sorted_lines(f"{' '.join(term.n3() for term in triple)} .\n".encode() for triple in result.triples)

    return lines


def _serialised(result: QueryResult, form: str) -> Iterator[bytes]:
    import pyoxigraph as ox

    lines = _lines(result)
    used = {prefix: iri for prefix, iri in OFFERED.items() if any(f"<{iri}".encode() in line for line in lines())}
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        ox.serialize(_parsed(lines()), out, format=getattr(ox.RdfFormat, form), prefixes=used)
        yield from pieces(out)


def _parsed(lines: Iterator[bytes]) -> Iterator[ox.Triple]:
    """Triples through N-Triples, whose parser is the one that knows every term that Oxigraph writes."""
    import pyoxigraph as ox

    for piece in iter(lambda: b"".join(islice(lines, _PIECE)), b""):
        yield from (quad.triple for quad in ox.parse(piece, format=ox.RdfFormat.N_TRIPLES))


def _compacted(value: Any, key: str = "") -> Any:
    """An expanded JSON-LD value with its IRIs as prefixed names: names of members, @id and @type, never texts."""
    if isinstance(value, dict):
        return {compact_iri(name) or name: _compacted(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_compacted(inner, key) for inner in value]
    return compact_iri(value) or value if key in {"@id", "@type"} and isinstance(value, str) else value
