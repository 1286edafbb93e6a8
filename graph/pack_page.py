"""The page of a citation pack: answer, quotes and query for reading, without scripts and with nothing from outside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from itertools import islice
from typing import Any

from graph.compact import compacted
from graph.quotes import Quote
from graph.result_tables import shown_text
from graph.terms import QueryResult, Row

_SHOWN = 2_000
_HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
body {{ font-family: sans-serif; line-height: 1.45; margin: 2rem auto; max-width: 75rem; padding: 0 1rem }}
table {{ border-collapse: collapse; font-size: .85rem }} th, td {{ border: 1px solid #999; padding: .3rem .5rem;
text-align: left; vertical-align: top; overflow-wrap: anywhere }} th {{ background: #eee }}
blockquote {{ border-left: 4px solid #0b5cad; margin: .3rem 0 .3rem .5rem; padding-left: .8rem; white-space: pre-wrap }}
pre {{ background: #f4f4f4; padding: .8rem; white-space: pre-wrap }}
</style></head><body>
<h1>{title}</h1>
"""


def pack_page(
    title: str, query: str, result: QueryResult, quotes: Sequence[Quote], facts: Mapping[str, Any]
) -> Iterator[bytes]:
    """The page in pieces.

    Args:
        title: its heading.
        query: as it was written.
        result: its answer.
        quotes: what it rests on.
        facts: of the store, by what they are called.
    """
    yield _HEAD.format(title=escape(title)).encode()
    listed = "".join(f"<li>{escape(name)}: {escape(str(value))}</li>\n" for name, value in facts.items())
    yield f"<ul>\n{listed}</ul>\n<h2>Answer</h2>\n".encode()
    yield from _answer(result)
    yield f"<h2>Quotes</h2>\n<p>{len(quotes)} quotes that the answer rests on.</p>\n".encode()
    document = None
    for quote in quotes:
        if quote.document != document:
            document = quote.document
            yield f"<h3>{escape(quote.title or document)} ({escape(document)})</h3>\n".encode()
        yield _quote(quote).encode()
    yield f"<h2>Query</h2>\n<pre>{escape(query)}</pre>\n</body></html>\n".encode()


def _answer(result: QueryResult) -> Iterator[bytes]:
    if result.kind == "ask":
        yield f"<p>{'Yes' if result.boolean else 'No'}.</p>\n".encode()
        return
    shown = compacted(result)
    columns, rows = ((shown.columns, shown.rows) if shown.kind == "select" else
                     (("subject", "predicate", "object"), shown.triples))
    if result.truncated:
        yield b"<p>The result was cut at the limit of rows; there were more.</p>\n"
    if len(rows) > _SHOWN:
        yield f"<p>The first {_SHOWN} of {len(rows)} rows; all are in the files beside this page.</p>\n".encode()
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    yield f"<table><thead><tr>{head}</tr></thead><tbody>\n".encode()
    yield from (_row(row).encode() for row in islice(rows, _SHOWN))
    yield b"</tbody></table>\n"


def _row(row: Row) -> str:
    cells = "".join(f"<td>{'' if term is None else escape(shown_text(term))}</td>" for term in row)
    return f"<tr>{cells}</tr>\n"


def _quote(quote: Quote) -> str:
    place = [f"page {quote.page}"] if quote.page is not None else []
    place += [quote.section] if quote.section else []
    place.append(f"characters {quote.start} to {quote.end}")
    return f"<blockquote>{escape(quote.quote)}</blockquote>\n<p><small>{escape(', '.join(place))}</small></p>\n"
