"""Query results for people and for text tools: terminal table, JSON Lines, CSV that is safe in a spreadsheet."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from itertools import islice

from graph.result_w3c import PIECE, batched, separated
from graph.terms import QueryResult, Term

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_PIPED_WIDTH = 140
_MOST_SHOWN = 10_000
_TRIPLE = ("subject", "predicate", "object")


def table(result: QueryResult) -> Iterator[bytes]:
    """A table for a terminal, in its colours and width; plain where the output is none."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if result.kind == "ask":
        yield b"yes\n" if result.boolean else b"no\n"
        return
    columns, rows = (result.columns, result.rows) if result.kind == "select" else (_TRIPLE, result.triples)
    shown = Table(show_lines=True, header_style="bold")
    for name in columns:
        shown.add_column(Text(name), overflow="fold")
    for row in islice(rows, _MOST_SHOWN):
        shown.add_row(*(Text(_printable("" if term is None else shown_text(term))) for term in row))
    terminal = sys.stdout.isatty()
    out = io.StringIO()
    console = Console(file=out, width=None if terminal else _PIPED_WIDTH, force_terminal=terminal, highlight=False)
    console.print(shown)
    if len(rows) > _MOST_SHOWN:
        console.print(f"the first {_MOST_SHOWN} of {len(rows)} rows; write them with --format csv", highlight=False)
    elif result.truncated:
        console.print(f"cut at {len(rows)} rows", highlight=False)
    yield out.getvalue().encode()


def jsonl(result: QueryResult) -> Iterator[bytes]:
    """One object of plain values a row; what is unbound is null."""
    for piece in batched(result.each_record(), PIECE):
        yield "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in piece).encode()


def boolean_csv(result: QueryResult) -> Iterator[bytes]:
    """The answer of an ASK as a table of one cell."""
    yield f"boolean\r\n{str(result.boolean).lower()}\r\n".encode()


def spreadsheet_csv(result: QueryResult) -> Iterator[bytes]:
    """CSV for spreadsheets: with a byte order mark, and text that would run as a formula made plain."""
    yield b"\xef\xbb\xbf" + separated([[_neutral(name) for name in result.columns]])
    for piece in batched(result.rows, PIECE):
        yield separated([_spreadsheet(term) for term in row] for row in piece)


def shown_text(term: Term) -> str:
    """A term as people read it."""
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def _printable(text: str) -> str:
    """Text for a terminal: control characters, which could move the cursor or colour, are made visible."""
    return "".join(c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _spreadsheet(term: Term | None) -> str:
    if term is None:
        return ""
    value = term.python()
    return term.value if isinstance(value, int | float) else _neutral(shown_text(term))


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
