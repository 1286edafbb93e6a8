"""One way to print a listing: table, JSON, JSON Lines, CSV, TSV, XLSX or Parquet.

Data goes to stdout (or `--output FILE`), everything said about it to stderr. In the forms that a spreadsheet
opens (CSV, TSV, XLSX) a cell that would run as a formula is made plain text, since documents are hostile
until proven otherwise.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO

from ontology.errors import UsageError
from ui.jsonlines import json_bytes

Record = Mapping[str, Any]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_XLSX_CELL = 32_767


class Format(StrEnum):
    """The forms that every listing command can print."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    PARQUET = "parquet"


BINARY_FORMATS = frozenset([Format.XLSX, Format.PARQUET])


@dataclass(frozen=True, slots=True)
class Listing:
    """Records under one name, with what the command knows about the whole.

    Args:
        name: the key of the records in the JSON object ("bodies", "hits").
        records: one mapping a row, all with the same keys.
        columns: the keys that the table form shows, with their headings; all keys in the other forms.
        facts: further members of the JSON object (query, objective).
        total: how many there are in all; more than `len(records)` means that the list was cut.
        card: draws a record for a reader, where a quote would be squeezed by the columns of a table.
    """

    name: str
    records: Sequence[Record]
    columns: Mapping[str, str]
    facts: Mapping[str, Any]
    total: int
    card: Callable[[int, Record], str] | None = None

    @property
    def truncated(self) -> bool:
        """Whether rows were left out."""
        return self.total > len(self.records)


def write(listing: Listing, form: Format, *, output: Path | None) -> None:
    """Print the listing.

    Raises:
        UsageError: a binary form is asked for on a terminal, or the file cannot be written.
    """
    if output is None:
        if form in BINARY_FORMATS and sys.stdout.isatty():
            raise UsageError(f"{form} is a binary form; name a file for it with --output FILE.{form}.")
        _write_to(listing, form, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    else:
        with opened_output(output) as stream:
            _write_to(listing, form, stream)
    if listing.truncated:
        say(f"{len(listing.records)} of {listing.total} shown; raise --limit for more.")


def opened_output(output: Path) -> BinaryIO:
    """The file of `--output`, opened for writing.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        return output.open("wb")
    except OSError as error:
        raise UsageError(f"{output} cannot be written ({error.strerror}); name another --output.") from error


def say(message: str) -> None:
    """A message for the person, on stderr."""
    print(message, file=sys.stderr)


def cell(value: object) -> str:
    """A value as the text of one cell; lists joined with "; "."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(cell(v) for v in value)
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return str(value)


def neutral(text: str) -> str:
    """The text, with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _columns(listing: Listing) -> list[str]:
    return list(listing.records[0]) if listing.records else list(listing.columns)


def _write_to(listing: Listing, form: Format, out: BinaryIO) -> None:
    writers = {
        Format.TABLE: _table,
        Format.JSON: _json,
        Format.JSONL: _jsonl,
        Format.CSV: lambda li, o: _separated(li, o, ","),
        Format.TSV: lambda li, o: _separated(li, o, "\t"),
        Format.XLSX: _xlsx,
        Format.PARQUET: _parquet,
    }
    writers[form](listing, out)


def _table(listing: Listing, out: BinaryIO) -> None:
    if listing.card is not None:
        cards = [listing.card(number, record) for number, record in enumerate(listing.records, 1)]
        out.write("".join(visible(card) + "\n" for card in cards).encode("utf-8", "replace"))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_lines=True, header_style="bold")
    for heading in listing.columns.values():
        table.add_column(heading, overflow="fold")
    for record in listing.records:
        table.add_row(*(Text(visible(cell(record.get(key)))) for key in listing.columns))
    terminal = sys.stdout.isatty()
    buffer = io.StringIO()
    console = Console(file=buffer, width=None if terminal else 140, force_terminal=terminal, highlight=False)
    console.print(table)
    out.write(buffer.getvalue().encode("utf-8", "replace"))


def visible(text: str) -> str:
    """Text for a terminal: control characters, which could move the cursor or colour, are made visible."""
    return "".join(c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def one_line(text: str) -> str:
    """A name for a terminal: as `visible`, and on one line."""
    return visible(text).replace("\n", "\N{REPLACEMENT CHARACTER}")


def _json(listing: Listing, out: BinaryIO) -> None:
    whole = {**listing.facts, "total": listing.total, "truncated": listing.truncated, listing.name: listing.records}
    out.write(json_bytes(whole, indent=2))


def _jsonl(listing: Listing, out: BinaryIO) -> None:
    for record in listing.records:
        out.write(json_bytes(record))


def _separated(listing: Listing, out: BinaryIO, delimiter: str) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    columns = _columns(listing)
    writer.writerow(columns)
    writer.writerows([_spreadsheet(record.get(key)) for key in columns] for record in listing.records)
    out.write(buffer.getvalue().encode("utf-8", "replace"))


def _spreadsheet(value: object) -> str:
    """The text of a cell; a number stays one, also below zero."""
    return cell(value) if isinstance(value, int | float) else neutral(cell(value))


def _xlsx(listing: Listing, out: BinaryIO) -> None:
    import xlsxwriter

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    buffer = io.BytesIO()
    columns = _columns(listing)
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet(listing.name[:31])
        bold = book.add_format({"bold": True})
        for column, key in enumerate(columns):
            sheet.write_string(0, column, key, bold)
        for row, record in enumerate(listing.records, 1):
            for column, key in enumerate(columns):
                value = record.get(key)
                if isinstance(value, int | float) and not isinstance(value, bool):
                    sheet.write_number(row, column, value)
                else:
                    sheet.write_string(row, column, _printable(cell(value)))
        sheet.freeze_panes(1, 0)
        if listing.records:
            sheet.autofilter(0, 0, len(listing.records), len(columns) - 1)
    out.write(buffer.getvalue())


def _printable(text: str) -> str:
    """Text that XML can hold, cut (and marked as cut) at the length of an XLSX cell."""
    kept = "".join(c if c in "\t\n\r" or (c >= " " and not "\ud800" <= c <= "\udfff") else "�" for c in text)
    return kept if len(kept) <= _XLSX_CELL else kept[: _XLSX_CELL - 6] + " [cut]"


def _parquet(listing: Listing, out: BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = _columns(listing)
    table = pa.table({key: _arrow([record.get(key) for record in listing.records]) for key in columns})
    pq.write_table(table, out)


def _arrow(values: list[object]) -> object:
    """An Arrow array: numbers, truth values and lists of text as they are, anything else as text."""
    import pyarrow as pa

    present = [v for v in values if v is not None]
    if present and all(isinstance(v, bool) for v in present):
        return pa.array(values, pa.bool_())
    if present and all(isinstance(v, int) and not isinstance(v, bool) for v in present):
        return pa.array(values, pa.int64())
    if present and all(isinstance(v, int | float) and not isinstance(v, bool) for v in present):
        return pa.array(values, pa.float64())
    if present and all(isinstance(v, list | tuple) for v in present):
        rows = [[_legal(cell(x)) for x in v] if isinstance(v, list | tuple) else None for v in values]
        return pa.array(rows, pa.list_(pa.string()))
    return pa.array([None if v is None else _legal(cell(v)) for v in values], pa.string())


def _legal(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
