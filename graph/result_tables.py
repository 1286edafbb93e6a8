"""Query results for people and their programs: terminal table, JSON Lines, spreadsheets, Parquet."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph.terms import PlainValue, QueryResult, Term

if TYPE_CHECKING:
    import pyarrow as pa

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_XLSX_CELL = 32_767
_XLSX_ROWS = 1_048_575
_PIPED_WIDTH = 140
_TRIPLE = ("subject", "predicate", "object")


def table(result: QueryResult) -> bytes:
    """A table for a terminal, in its colours and width; plain where the output is none."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if result.kind == "ask":
        return b"yes\n" if result.boolean else b"no\n"
    columns, rows = (result.columns, result.rows) if result.kind == "select" else (_TRIPLE, result.triples)
    shown = Table(show_lines=True, header_style="bold")
    for name in columns:
        shown.add_column(Text(name), overflow="fold")
    for row in rows:
        shown.add_row(*(Text(_printable("" if term is None else _shown(term))) for term in row))
    terminal = sys.stdout.isatty()
    out = io.StringIO()
    console = Console(file=out, width=None if terminal else _PIPED_WIDTH, force_terminal=terminal, highlight=False)
    console.print(shown)
    if result.truncated:
        console.print(f"cut at {len(rows)} rows", highlight=False)
    return out.getvalue().encode()


def jsonl(result: QueryResult) -> bytes:
    """One object of plain values a row; what is unbound is null."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in result.records()).encode()


def boolean_csv(result: QueryResult) -> bytes:
    """The answer of an ASK as a table of one cell."""
    return f"boolean\r\n{str(result.boolean).lower()}\r\n".encode()


def spreadsheet_csv(result: QueryResult) -> bytes:
    """CSV for spreadsheets: with a byte order mark, and text that would run as a formula made plain."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_neutral(name) for name in result.columns])
    writer.writerows([_spreadsheet(term) for term in row] for row in result.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def xlsx(result: QueryResult) -> bytes:
    """An Excel workbook: text stays text, numbers are numbers, what is too long for a cell is marked as cut.

    Nothing in it runs as a formula or opens by itself; it has no time of making.
    """
    import datetime

    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    rows = result.rows[:_XLSX_ROWS]
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
        sheet = book.add_worksheet("result")
        bold = book.add_format({"bold": True})
        for column, name in enumerate(result.columns):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, 1):
            for column, term in enumerate(row):
                _write_cell(sheet, number, column, None if term is None else term.python())
        sheet.freeze_panes(1, 0)
        if rows and result.columns:
            sheet.autofilter(0, 0, len(rows), len(result.columns) - 1)
        if result.truncated or len(rows) < len(result.rows):
            book.add_worksheet("note").write_string(0, 0, f"Cut at {len(rows)} rows; there were more.")
    return out.getvalue()


def parquet(result: QueryResult) -> bytes:
    """A Parquet file; a column of numbers or truth values is one, any other is text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    arrays = [_array([row[n] for row in result.rows]) for n in range(len(result.columns))]
    metadata = {"truncated": "true"} if result.truncated else None
    fields = [pa.field(name, array.type) for name, array in zip(result.columns, arrays, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=pa.schema(fields, metadata=metadata)), out)
    return out.getvalue()


def _shown(term: Term) -> str:
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def _printable(text: str) -> str:
    """Text for a terminal: control characters, which could move the cursor or colour, are made visible."""
    return "".join(c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _spreadsheet(term: Term | None) -> str:
    if term is None:
        return ""
    value = term.python()
    return term.value if isinstance(value, int | float) else _neutral(_shown(term))


def _neutral(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _write_cell(sheet: Any, row: int, column: int, value: PlainValue) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float) and abs(value) < 1e15:
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, _cell(str(value)))


def _cell(text: str) -> str:
    kept = "".join(c if c in "\t\n\r" or c >= " " else "\ufffd" for c in text)
    return kept if len(kept) <= _XLSX_CELL else kept[: _XLSX_CELL - 6] + " [cut]"


def _array(terms: Sequence[Term | None]) -> pa.Array:
    import pyarrow as pa

    values = [None if term is None else term.python() for term in terms]
    present = [value for value in values if value is not None]
    kinds = {type(value) for value in present}
    if kinds == {bool}:
        return pa.array(values, pa.bool_())
    if kinds == {int} and all(-(2**63) <= int(value) < 2**63 for value in present):
        return pa.array(values, pa.int64())
    if kinds and kinds <= {int, float}:
        return pa.array([None if value is None else float(value) for value in values], pa.float64())
    return pa.array([None if term is None else _shown(term) for term in terms], pa.string())
