"""What it takes to cite an answer of one store: citations of its documents, and packs that can be verified."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import IO

from graph.citations import citations, pages_cited, write_citations
from graph.engine import Engine
from graph.manifest import Generation
from graph.overview import store_documents
from graph.pack_check import PackCheck, check_pack
from graph.packs import Origin, write_pack
from graph.store import GraphReader
from graph.terms import QueryResult

MOST_ROWS = 1_000_000


class Citing:
    """Cites the answers of one generation.

    Args:
        engine: runs the queries.
        reader: the same graph.
        generation: where it is from.
        text_of: gives the text of a document by its slug.
    """

    def __init__(
        self, engine: Engine, reader: GraphReader, generation: Generation, *, text_of: Callable[[str], str]
    ) -> None:
        documents = store_documents(reader, generation.manifest["documents"])
        described = {name: generation.manifest[name] for name in ("digest", "model", "pipeline")}
        self._origin = Origin(engine, reader, documents, {"generation": generation.number, **described})
        self._text_of = text_of

    def cite(self, result: QueryResult, form: str) -> bytes:
        """The documents that a result names, as bibtex, ris or csl-json.

        Raises:
            UsageError: there is no such form.
        """
        documents = self._origin.documents
        return write_citations(citations(documents, pages_cited(result, documents)), form)

    def cite_all(self, form: str) -> bytes:
        """All documents, as `cite`."""
        return write_citations(citations(self._origin.documents), form)

    def write_pack(self, query: str, out: IO[bytes], *, title: str = "Answer", rows: int = MOST_ROWS) -> QueryResult:
        """Run a query and write its citation pack: see `graph.packs`.

        Args:
            query: SPARQL.
            out: a binary file that can be sought in.
            title: of the page to read.
            rows: at most so many.

        Raises:
            QueryError, RefusedError, LimitError: as for `Engine.query`.
        """
        return write_pack(out, query, title=title, origin=self._origin, rows=rows)

    def check_pack(self, pack: Path) -> PackCheck:
        """Run the query of a pack again and compare answer and quotes with this store.

        Raises:
            UsageError: the file is no citation pack.
        """
        return check_pack(pack, origin=self._origin, text_of=self._text_of)
