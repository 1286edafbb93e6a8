"""Graphs of any size with the shape of a real store: its documents, copied under other names."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

import gcmkg

VOCABULARY = "https://w3id.org/gcmkg/id/graph/ontology"


def make_graph(store: Path, triples: int, folder: Path) -> Path:
    """A graph database of about so many quads below the folder, and its union as `union.nt` beside it.

    The vocabulary and what is derived stand in it once, documents as often as it takes; bodies, objectives and areas
    are shared by all copies, as they are by real documents.
    """
    graph, union = folder / f"graph-{triples}", folder / f"union-{triples}.nt"
    if union.exists():
        return graph
    database = ox.Store(str(graph))
    for piece in _quads(store, triples):
        database.bulk_load(piece, format=ox.RdfFormat.N_QUADS)
    database.flush()
    database.optimize()
    rows = database.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", use_default_graph_as_union=True)
    if not isinstance(rows, ox.QueryTriples):
        raise TypeError("CONSTRUCT gave no triples")
    ox.serialize(rows, str(union), ox.RdfFormat.N_TRIPLES)
    del rows, database
    return graph


def _quads(store: Path, triples: int) -> Iterator[bytes]:
    with gcmkg.open_store(store) as opened:
        slugs = [str(entry["slug"]) for entry in opened.documents]
        graphs = {name: _text(opened.reader, name) for name in opened.reader.graph_names()}
    documents = {slug: graphs.pop(f"https://w3id.org/gcmkg/id/graph/{slug}") for slug in slugs}
    count = 0
    for text in [*graphs.values(), *documents.values()]:
        yield text
        count += text.count(b"\n")
    number = 1
    while count < triples:
        number += 1
        for slug, text in documents.items():
            if count < triples:
                yield text.replace(slug.encode(), f"{slug}-{number}".encode())
                count += text.count(b"\n")


def _text(reader: object, name: str) -> bytes:
    out = io.BytesIO()
    ox.serialize(reader.quads(name), out, ox.RdfFormat.N_QUADS)  # type: ignore[attr-defined]
    return out.getvalue()
