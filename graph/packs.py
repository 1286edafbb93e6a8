"""Citation packs: an answer with all that it takes to cite it, and to see later whether it still stands.

A pack is a ZIP of query.rq, searched.rq (where the query searches), the result as result.json or result.nt and as
result.csv, quotes.json, the documents as citations.bib, .ris and .json, index.html to read, and pack.json, which says
what it was made from and holds the SHA-256 of every other file. The same answer of the same graph gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import IO, Any

from graph.citations import citations, pages_cited, write_citations
from graph.dumps import graph_digest
from graph.engine import Engine
from graph.pack_page import pack_page
from graph.quotes import Quote, quotes_of
from graph.results import result_pieces
from graph.store import GraphReader
from graph.terms import QueryResult

FORMAT = 1
MANIFEST = "pack.json"
_BEGINNING = (1980, 1, 1, 0, 0, 0)
_MODE = 0o644 << 16
_VERSION = "SELECT ?version WHERE { ?ontology a owl:Ontology ; owl:versionInfo ?version } ORDER BY ?version"


@dataclass(frozen=True, slots=True)
class Origin:
    """What an answer came from.

    `documents` are those of the store: slug, document (file name), title, publisher, date, language, sha256.
    `generation` has its number, its digest and the version of the pipeline.
    """

    engine: Engine
    reader: GraphReader
    documents: Sequence[Mapping[str, Any]]
    generation: Mapping[str, Any]


def write_pack(out: IO[bytes], query: str, *, title: str, origin: Origin, rows: int) -> QueryResult:
    """Run a query and write its citation pack.

    Args:
        out: a binary file that can be sought in.
        query: SPARQL.
        title: of the page.
        origin: what to ask.
        rows: at most so many.

    Raises:
        QueryError, RefusedError, LimitError: as for `Engine.query`.
    """
    result = origin.engine.query(query, rows=rows)
    quotes = quotes_of(result, origin.reader)
    described = _described(origin, result, rows)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        files = {name: _add(archive, name, pieces)
                 for name, pieces in _parts(query, title, result, quotes, origin, described)}
        _add(archive, MANIFEST, [_json({**described, "files": files})])
    return result


def result_name(kind: str) -> str:
    """The file of the result that is compared when a pack is verified."""
    return "result.nt" if kind == "graph" else "result.json"


def _parts(
    query: str, title: str, result: QueryResult, quotes: Sequence[Quote], origin: Origin, described: Mapping[str, Any]
) -> Iterator[tuple[str, Iterable[bytes]]]:
    yield "query.rq", [query.encode()]
    if (searched := origin.engine.rewritten(query)) != query:
        yield "searched.rq", [searched.encode()]
    yield result_name(result.kind), result_pieces(result, "ntriples" if result.kind == "graph" else "json")
    if result.kind == "select":
        yield "result.csv", result_pieces(result, "spreadsheet-csv")
    yield "quotes.json", [_json([quote.to_record() for quote in quotes])]
    cited = citations(origin.documents, _pages(result, quotes, origin.documents))
    for suffix, form in (("bib", "bibtex"), ("ris", "ris"), ("json", "csl-json")):
        yield f"citations.{suffix}", [write_citations(cited, form)]
    store = described["store"]
    facts = {
        "Made from": f"generation {store['generation']} of a gcmkg store",
        "SHA-256 of its graph": store["graph_sha256"],
        "Version of the ontology": described["ontology"],
        "Made by": described["software"],
        "To compare it with a store": "gcmkg verify THIS-FILE.zip --store STORE",
    }
    yield "index.html", pack_page(title, query, result, quotes, facts)


def _pages(
    result: QueryResult, quotes: Sequence[Quote], documents: Sequence[Mapping[str, Any]]
) -> dict[str, set[int]]:
    """Pages by slug, of the documents that the result names and of those that its quotes are from."""
    pages = pages_cited(result, documents)
    slugs = {str(d["document"]): str(d["slug"]) for d in documents}
    for quote in quotes:
        known = pages.setdefault(slugs[quote.document], set()) if quote.document in slugs else set()
        known |= set() if quote.page is None else {quote.page}
    return pages


def _described(origin: Origin, result: QueryResult, rows: int) -> dict[str, Any]:
    shown = len(result.rows) if result.kind == "select" else len(result.triples)
    return {
        "format": FORMAT,
        "software": f"gcmkg {version('gcmkg')}",
        "ontology": next((str(row["version"]) for row in origin.reader.select(_VERSION)), ""),
        "store": {**origin.generation, "graph_sha256": graph_digest(origin.reader)},
        "documents": {str(d["document"]): str(d["sha256"]) for d in origin.documents},
        "limit": rows,
        "result": {"kind": result.kind, "columns": list(result.columns), "rows": shown, "truncated": result.truncated},
    }


def _add(archive: zipfile.ZipFile, name: str, pieces: Iterable[bytes]) -> dict[str, int | str]:
    """Write one file of the archive without a time; its size and SHA-256."""
    info = zipfile.ZipInfo(name, _BEGINNING)
    info.compress_type, info.external_attr, info.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
    digest, size = hashlib.sha256(), 0
    with archive.open(info, "w", force_zip64=True) as file:
        for piece in pieces:
            digest.update(piece)
            size += file.write(piece)
    return {"size": size, "sha256": digest.hexdigest()}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"
