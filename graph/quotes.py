"""The quotes that a result rests on: those it shows itself, and those of the passages and facts that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from graph.result_w3c import batched
from graph.store import GraphReader
from graph.terms import STRING, QueryResult, Row, escaped_iri
from ontology import iris

_AT_ONCE = 500
_SHORTEST = 12  # characters from which a text is looked for among the quotes; what is shorter is a name or a value
# A passage is evidence itself; a fact points to its evidence.
_BY_IRI = """
  VALUES ?shown {{ {shown} }}
  {{ ?shown oa:hasSelector ?selector . BIND(?shown AS ?place) }}
  UNION {{ ?shown gcm:evidence ?place . ?place oa:hasSelector ?selector }}"""
_BY_TEXT = """
  VALUES ?quote {{ {shown} }}
  ?selector oa:exact ?quote . ?place oa:hasSelector ?selector ."""
_QUERY = """
SELECT DISTINCT ?document ?title ?quote ?start ?end ?page ?section WHERE {{{found}
  ?selector oa:exact ?quote ; oa:start ?start ; oa:end ?end .
  ?place gcm:inDocument ?source .
  ?source gcm:fileName ?document ; dcterms:title ?title .
  OPTIONAL {{ ?place gcm:page ?page }}
  OPTIONAL {{ ?place gcm:section ?section }}
}}"""


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of a document with their place: offsets in its text, page (from 1) and headings."""

    document: str
    start: int
    end: int
    quote: str
    page: int | None = None
    section: str = ""
    title: str = ""

    def to_record(self) -> dict[str, Any]:
        """The values by name, as JSON takes them."""
        return asdict(self)


def quotes_of(result: QueryResult, reader: GraphReader) -> tuple[Quote, ...]:
    """All quotes that a result shows or rests on, by document and place, each once.

    Args:
        result: of a query; rows show a quote themselves where they have the columns document, quote, start and end.
        reader: the graph that was asked.
    """
    found = {*_shown(result), *_behind(result, reader)}
    best: dict[tuple[str, int, int, str], Quote] = {}
    for quote in sorted(found, key=lambda q: (q.document, q.start, q.end, q.quote, bool(q.title), q.section)):
        best[quote.document, quote.start, quote.end, quote.quote] = quote
    return tuple(best.values())


def _shown(result: QueryResult) -> Iterator[Quote]:
    if not {"document", "quote", "start", "end"} <= set(result.columns):
        return
    yield from (quote for record in result.each_record() if (quote := _quote(record)) is not None)


def _behind(result: QueryResult, reader: GraphReader) -> Iterator[Quote]:
    """Quotes of the passages and facts that are named, and of the texts that are quotes without their place."""
    rows: Iterable[Row] = result.rows if result.kind == "select" else result.triples
    terms = {term for row in rows for term in row if term is not None}
    named = sorted(f"<{escaped_iri(t.value)}>" for t in terms if t.kind == "iri" and t.value.startswith(iris.ID))
    texts = sorted(t.n3() for t in terms if t.datatype == STRING and len(t.value) >= _SHORTEST)
    for found, shown in ((_BY_IRI, named), (_BY_TEXT, texts)):
        for piece in batched(shown, _AT_ONCE):
            query = _QUERY.format(found=found.format(shown=" ".join(piece)))
            yield from (quote for record in reader.select(query) if (quote := _quote(record)) is not None)


def _quote(record: Any) -> Quote | None:
    document, quote, start, end = (record.get(name) for name in ("document", "quote", "start", "end"))
    page = record.get("page")
    if not (isinstance(document, str) and isinstance(quote, str) and isinstance(start, int) and isinstance(end, int)):
        return None
    return Quote(document, start, end, quote, page if isinstance(page, int) else None,
                 str(record.get("section") or ""), str(record.get("title") or ""))
