"""Graphs from CONSTRUCT and DESCRIBE: Turtle, N-Triples, RDF/XML, JSON-LD; sorted, so always the same bytes."""

from __future__ import annotations

import io

from graph.guard import OFFERED
from graph.terms import QueryResult


def ntriples(result: QueryResult) -> bytes:
    """N-Triples, one sorted line a triple; a cut is told in a comment."""
    lines = sorted(" ".join(term.n3() for term in triple) + " ." for triple in result.triples)
    note = ["# truncated: there were more triples than the limit"] if result.truncated else []
    return "".join(f"{line}\n" for line in [*note, *lines]).encode()


def turtle(result: QueryResult) -> bytes:
    """Turtle with the usual prefixes."""
    note = b"# truncated: there were more triples than the limit\n" if result.truncated else b""
    return note + _serialised(result, "TURTLE")


def rdfxml(result: QueryResult) -> bytes:
    """RDF/XML with the usual prefixes."""
    return _serialised(result, "RDF_XML") + b"\n"


def jsonld(result: QueryResult) -> bytes:
    """JSON-LD, expanded form."""
    return _serialised(result, "JSON_LD") + b"\n"


def _serialised(result: QueryResult, form: str) -> bytes:
    import pyoxigraph as ox

    # Through N-Triples, whose parser is the one that knows every term that Oxigraph writes.
    lines = "".join(sorted(" ".join(term.n3() for term in triple) + " .\n" for triple in result.triples))
    triples = [quad.triple for quad in ox.parse(lines.encode(), format=ox.RdfFormat.N_TRIPLES)]
    out = io.BytesIO()
    used = {prefix: iri for prefix, iri in OFFERED.items() if f"<{iri}" in lines}
    ox.serialize(triples, out, format=getattr(ox.RdfFormat, form), prefixes=used)
    return out.getvalue()
