"""Query results as Excel workbook and as Parquet file, written by stream where they are large."""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Iterator
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from graph.result_tables import shown_text
from graph.result_w3c import batched
from graph.terms import QueryResult, Row, Term

if TYPE_CHECKING:
    import pyarrow as pa

# What Excel can hold: characters in a cell, rows below the head, links on a sheet, characters of a link.
_CELL, _ROWS, _LINKS, _LINK = 32_767, 1_048_575, 65_530, 2_000
_BY_STREAM = 50_000  # rows from which a workbook is written row by row to disk
_PART = 32_000
IN_MEMORY = 1 << 24
_CHUNK = 1 << 18
_WEB = re.compile(r"https?://[^\s\x00-\x20<>\"]+")
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def xlsx(result: QueryResult) -> Iterator[bytes]:
    """An Excel workbook: text stays text, numbers are numbers, web addresses can be clicked.

    A text that is too long for a cell is cut there, with a note, and stands whole, in parts, on the sheet "long
    texts". Nothing runs as a formula or opens by itself; there is no time of making, so the bytes are always the same.
    """
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        _write_book(result, out)
        yield from pieces(out)


def parquet(result: QueryResult) -> Iterator[bytes]:
    """A Parquet file; a column of numbers or truth values is one, any other is text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = _kinds(result)
    metadata = {"truncated": "true"} if result.truncated else None
    fields = [pa.field(name, _arrow(kind)) for name, kind in zip(result.columns, kinds, strict=True)]
    schema = pa.schema(fields, metadata)
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as out:
        with pq.ParquetWriter(out, schema) as writer:
            writer.write_table(pa.Table.from_arrays([pa.array([], field.type) for field in schema], schema=schema))
            for piece in batched(result.rows, _BY_STREAM):
                writer.write_table(pa.Table.from_arrays(_arrays(piece, kinds), schema=schema))
        yield from pieces(out)


def pieces(out: IO[bytes]) -> Iterator[bytes]:
    """What is in the file, from its beginning."""
    out.seek(0)
    yield from iter(lambda: out.read(_CHUNK), b"")


def _write_book(result: QueryResult, out: IO[bytes]) -> None:
    import xlsxwriter

    written = min(len(result.rows), _ROWS)
    large = written > _BY_STREAM
    with xlsxwriter.Workbook(out, {**_OPTIONS, "constant_memory": large, "in_memory": not large}) as book:
        book.set_properties({"created": datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)})
        writer = _Sheets(book, result.columns)
        for number, row in enumerate(islice(result.rows, _ROWS), 1):
            writer.write(number, row)
        writer.finish(written)
        if result.truncated or written < len(result.rows):
            book.add_worksheet("note").write_string(0, 0, f"Cut at {written} rows; there were more.")


class _Sheets:
    """The sheet of rows and, where one is needed, that of long texts."""

    def __init__(self, book: Any, columns: tuple[str, ...]) -> None:
        self._book = book
        self._columns = columns
        self._bold, self._link = book.add_format({"bold": True}), book.get_default_url_format()
        self._sheet = book.add_worksheet("result")
        self._long: Any = None
        self._long_row = 0
        self._links = 0
        for column, name in enumerate(columns):
            self._sheet.write_string(0, column, name, self._bold)

    def write(self, number: int, row: Row) -> None:
        for column, term in enumerate(row):
            if term is not None:
                self._write_cell(number, column, term)

    def finish(self, rows: int) -> None:
        self._sheet.freeze_panes(1, 0)
        if rows and self._columns:
            self._sheet.autofilter(0, 0, rows, len(self._columns) - 1)

    def _write_cell(self, row: int, column: int, term: Term) -> None:
        value = term.python()
        if isinstance(value, bool):
            self._sheet.write_boolean(row, column, value)
        elif isinstance(value, int | float) and abs(value) < 1e15:
            self._sheet.write_number(row, column, value)
        elif self._clickable(term):
            self._links += 1
            self._sheet.write_url(row, column, term.value, self._link, string=term.value)
        else:
            self._sheet.write_string(row, column, self._fitting(row, column, _legal(shown_text(term))))

    def _clickable(self, term: Term) -> bool:
        return (term.kind == "iri" and self._links < _LINKS and len(term.value) <= _LINK
                and _WEB.fullmatch(term.value) is not None)

    def _fitting(self, row: int, column: int, text: str) -> str:
        if _units(text) <= _CELL:
            return text
        if self._long is None:
            self._long = self._book.add_worksheet("long texts")
            for place, heading in enumerate(("row", "column", "part", "text")):
                self._long.write_string(0, place, heading, self._bold)
        first = self._long_row + 2
        for part, begin in enumerate(range(0, len(text), _PART // 2), 1):
            self._long_row += 1
            self._long.write_number(self._long_row, 0, row + 1)
            self._long.write_string(self._long_row, 1, self._columns[column])
            self._long.write_number(self._long_row, 2, part)
            self._long.write_string(self._long_row, 3, text[begin : begin + _PART // 2])
        return f"{text[: _PART // 2]} [cut; whole on sheet long texts from row {first}]"


def _units(text: str) -> int:
    """Characters as Excel counts them, in UTF-16."""
    return len(text) + sum(c > "\uffff" for c in text)


def _legal(text: str) -> str:
    return "".join(c if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff") else "\ufffd" for c in text)


def _kinds(result: QueryResult) -> list[str]:
    """What each column holds: "bool", "int", "float" or "text"."""
    seen: list[set[str]] = [set() for _ in result.columns]
    for row in result.rows:
        for found, term in zip(seen, row, strict=True):
            if term is not None:
                found.add(_kind(term))
    return [_joined(found) for found in seen]


def _kind(term: Term) -> str:
    value = term.python()
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int" if -(2**63) <= value < 2**63 else "large" if abs(value) < 2**1000 else "text"
    return "float" if isinstance(value, float) else "text"


def _joined(kinds: set[str]) -> str:
    if kinds in ({"bool"}, {"int"}):
        return next(iter(kinds))
    return "float" if kinds and kinds <= {"int", "large", "float"} else "text"


def _arrow(kind: str) -> pa.DataType:
    import pyarrow as pa

    return {"bool": pa.bool_(), "int": pa.int64(), "float": pa.float64(), "text": pa.string()}[kind]


def _arrays(rows: tuple[Row, ...], kinds: list[str]) -> list[pa.Array]:
    import pyarrow as pa

    return [pa.array([_value(row[n], kind) for row in rows], _arrow(kind)) for n, kind in enumerate(kinds)]


def _value(term: Term | None, kind: str) -> object:
    if term is None:
        return None
    if kind == "float":
        return float(term.python() or 0)
    return shown_text(term) if kind == "text" else term.python()
