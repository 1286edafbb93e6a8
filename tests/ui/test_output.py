"""Listings in every form: hostile cells stay text, nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.output import Format, Listing, cell, neutral, write

HOSTILE = ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx", "\rx", "＝1", "plain", "a\x00b", "‮evil", "\ud800"]


def listing(values: list[str]) -> Listing:
    return Listing("rows", [{"text": v, "n": i} for i, v in enumerate(values)], {"text": "Text"}, {}, len(values))


@pytest.mark.parametrize("form", [Format.CSV, Format.TSV])
def test_formulas_are_neutral_where_a_spreadsheet_opens_them(tmp_path: Path, form: Format) -> None:
    file = tmp_path / "out"
    write(listing(HOSTILE), form, output=file)
    delimiter = "," if form is Format.CSV else "\t"
    rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""), delimiter=delimiter))
    assert len(rows) == len(HOSTILE)
    assert not any(row["text"].startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for row in rows)
    assert "plain" in [row["text"] for row in rows]


def test_xlsx_holds_text_and_no_formula(tmp_path: Path) -> None:
    file = tmp_path / "out.xlsx"
    write(listing([*HOSTILE, "http://example.org", "x" * 40_000]), Format.XLSX, output=file)
    with zipfile.ZipFile(file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert "=1+1" in strings
    assert "[cut]" in strings


def test_parquet_keeps_numbers_and_lists(tmp_path: Path) -> None:
    file = tmp_path / "out.parquet"
    rows = [{"objectives": [4, 15], "page": None, "score": 0.5}, {"objectives": [], "page": 3, "score": 1.0}]
    write(Listing("rows", rows, {}, {}, 2), Format.PARQUET, output=file)
    assert pq.read_table(file).to_pylist() == [
        {"objectives": ["4", "15"], "page": None, "score": 0.5},
        {"objectives": [], "page": 3, "score": 1.0},
    ]


@given(st.text())
def test_neutral_text_is_the_text_but_for_one_mark(text: str) -> None:
    assert neutral(text).removeprefix("'") == text or text.startswith("'")
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("value", "shown"), [(None, ""), (True, "true"), ([1, "a"], "1; a"), ({"b": 1}, '{"b": 1}'), (0.5, "0.5")]
)
def test_cells(value: object, shown: str) -> None:
    assert cell(value) == shown


@pytest.mark.parametrize("form", [Format.CSV, Format.TSV])
def test_numbers_below_zero_stay_numbers(tmp_path: Path, form: Format) -> None:
    file = tmp_path / "out"
    write(Listing("rows", [{"n": -0.5, "text": "-0.5", "all": ["=1"]}], {}, {}, 1), form, output=file)
    delimiter = "," if form is Format.CSV else "\t"
    row = next(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline=""), delimiter=delimiter))
    assert (row["n"], row["text"], row["all"]) == ("-0.5", "'-0.5", "'=1")


@pytest.mark.parametrize("form", [Format.JSON, Format.JSONL])
def test_json_is_utf_8_whatever_it_holds(tmp_path: Path, form: Format) -> None:
    file = tmp_path / "out"
    write(listing(["\ud800", "é"]), form, output=file)
    text = file.read_bytes().decode("utf-8")
    rows = json.loads(text)["rows"] if form is Format.JSON else [json.loads(line) for line in text.splitlines()]
    assert [row["text"] for row in rows] == ["\ud800", "é"]
