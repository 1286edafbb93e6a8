"""The entries of an index as columns on disk: single rows as `Entry`, filters as masks, facet counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ontology.errors import StoreError, UsageError
from search.entries import CLEAR, PLAIN_KINDS, Entry, Filters

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

FACETS = {
    "objective": "objectives", "sdg": "sdgs", "body": "bodies", "statement_type": "statement_type",
    "document": "document", "document_type": "document_type", "year": "year", "place": "scope",
    "review_state": "review_state", "kind": "kind",
}
MOST_VALUES = 100  # of a facet
_NUMBERS = 128  # more than there are objectives
_BODY_FIELDS = ("bodies", "agent", "addressee")

_OBJECTIVE = pa.struct([("number", pa.int8()), ("strength", pa.int8()), ("confidence", pa.float64())])
_TYPES: dict[str, pa.DataType] = {
    "start": pa.int64(), "end": pa.int64(), "year": pa.int32(), "page": pa.int32(), "confidence": pa.float64(),
    "weight": pa.float64(), "scope": pa.list_(pa.string()), "roles": pa.list_(pa.string()),
    "sdgs": pa.list_(pa.string()), "bodies": pa.list_(pa.string()), "objectives": pa.list_(_OBJECTIVE),
}
_NAMES = tuple(field.name for field in fields(Entry))
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in _NAMES])
_TOGETHER = 2048  # rows that are kept until they are written: fewer compress less well


class ColumnWriter:
    """Writes entries as columns, a few thousand rows at a time. Use as a context manager.

    Args:
        path: the file, replaced where it is there.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._writer = pq.ParquetWriter(path, _SCHEMA, compression="zstd")
        self._waiting: list[Entry] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._writer:
            if kind is None and self._waiting:
                self._write(self._waiting)

    def add(self, entries: Sequence[Entry]) -> None:
        """Append entries.

        Raises:
            OSError: they cannot be written.
        """
        self._waiting += entries
        while len(self._waiting) >= _TOGETHER:
            self._write(self._waiting[:_TOGETHER])
            del self._waiting[:_TOGETHER]

    def _write(self, entries: Sequence[Entry]) -> None:
        columns: dict[str, list[Any]] = {name: [getattr(entry, name) for entry in entries] for name in _NAMES}
        columns["objectives"] = [
            [{"number": n, "strength": s, "confidence": c} for n, s, c in entry.objectives] for entry in entries
        ]
        self._writer.write_table(pa.table(columns, schema=_SCHEMA))


def write_groups(path: Path, groups: Rows) -> None:
    """Write, for each row, the row of the first passage that says the same."""
    with path.open("wb") as file:
        np.save(file, groups.astype("<i8"), allow_pickle=False)


class _Coded:
    """A column, or the elements of a column of lists, as whole numbers.

    `codes[i]` is the place in `values` (which may hold None) of what belongs to row `rows[i]`.

    No row has a value twice.
    """

    def __init__(self, column: pa.ChunkedArray) -> None:
        plain = column.combine_chunks()
        many = pa.types.is_list(plain.type)
        if many:
            rows = np.repeat(np.arange(len(plain)), np.diff(_array(plain.offsets)))
            plain = plain.flatten()
        else:
            rows = np.arange(len(plain))
        encoded = plain.dictionary_encode(null_encoding="encode")
        codes = _array(encoded.indices).astype(np.int64)
        self.values: list[Any] = encoded.dictionary.to_pylist()
        width = max(len(self.values), 1)
        pairs = np.unique(rows * width + codes) if many else rows * width + codes
        self.rows: Rows = pairs // width
        self.codes: Rows = pairs % width

    def equal(self, wanted: Sequence[str]) -> Mask:
        """Where the value is one of the wanted, in any case."""
        folded = {value.casefold() for value in wanted}
        matching = [code for code, value in enumerate(self.values) if value is not None and value.casefold() in folded]
        return np.isin(self.codes, matching)


def _array(numbers: pa.Array) -> NDArray[Any]:
    """Numbers without gaps as numpy has them; `to_numpy` would import pandas, which takes longer than a search."""
    return np.from_dlpack(numbers)


def _read(path: Path) -> pa.Table:
    """All columns, each in one piece; one at a time, so that no more than one is there twice."""
    with pq.ParquetFile(path) as file:  # read_table would import pyarrow.dataset and with it pandas
        names = file.schema_arrow.names
        columns = [file.read(columns=[name]).combine_chunks().column(0) for name in names]
    return pa.table(columns, names=names)


def _read_groups(path: Path, count: int) -> Rows:
    try:
        groups = np.load(path, allow_pickle=False)
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} is not a file of copies of gcmkg; run `gcmkg ingest` again.") from error
    if groups.shape != (count,) or groups.dtype != np.int64:
        raise StoreError(f"{path} is of another version of gcmkg; run `gcmkg ingest` again.")
    return np.asarray(groups, np.int64)


class Columns:
    """The entries of one index."""

    def __init__(self, path: Path, *, groups: Path) -> None:
        """Read the columns.

        Args:
            path: as written by `ColumnWriter`.
            groups: as written by `write_groups`.

        Raises:
            StoreError: a file is missing, damaged, or of another version.
        """
        try:
            self._table = _read(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(f"{path} is not a passage file of gcmkg; run `gcmkg ingest` again.") from error
        if set(self._table.column_names) != set(_NAMES):
            raise StoreError(f"{path} is of another version of gcmkg; run `gcmkg ingest` again.")
        self.count = int(self._table.num_rows)
        self.groups: Rows = _read_groups(groups, self.count)
        links = self._table["objectives"].combine_chunks()
        self._link_rows: Rows = np.repeat(np.arange(self.count), np.diff(_array(links.offsets)))
        self._numbers, self._strengths, self._sureness = (
            _array(links.flatten().field(name)) for name in ("number", "strength", "confidence"))
        clear = self._strengths >= CLEAR
        addressed = np.unique(self._link_rows[clear] * _NUMBERS + self._numbers[clear])
        self._addressed_rows, self._addressed = addressed // _NUMBERS, addressed % _NUMBERS
        self._coded: dict[str, _Coded] = {}

    def entry(self, row: int) -> Entry:
        """One entry."""
        record: dict[str, Any] = self._table.slice(row, 1).to_pylist()[0]
        record["objectives"] = tuple((o["number"], o["strength"], o["confidence"]) for o in record["objectives"])
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items()}
        return Entry(**values)

    def distinct(self, name: str) -> list[str]:
        """The values of a column of strings or of lists of them, each once, sorted."""
        column = self._table[name]
        flat = pc.list_flatten(column) if pa.types.is_list(column.type) else column
        return sorted(value for value in pc.unique(flat).to_pylist() if value is not None)

    def lengths(self) -> NDArray[np.float64]:
        """The number of words of each passage."""
        words = pc.list_value_length(pc.utf8_split_whitespace(self._table["text"]))
        return _array(words.combine_chunks()).astype(np.float64)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers; NaN where there is none."""
        column = self._table[name].combine_chunks()
        if column.null_count:
            return np.array([np.nan if value is None else value for value in column.to_pylist()], np.float64)
        return _array(column).astype(np.float64)

    def row_of(self, passage_iri: str) -> int | None:
        """The row of a passage."""
        found = int(pc.index(self._table["passage_iri"], passage_iri).as_py())
        return None if found < 0 else found

    def affinity(self, wanted: dict[int, float]) -> NDArray[np.float64]:
        """How much each passage is about the wanted objectives, 0 to 1: best of affinity x strength x confidence."""
        out = np.zeros(self.count)
        weights = np.zeros(max([*wanted, 23]) + 1)
        for number, weight in wanted.items():
            weights[number] = weight
        np.maximum.at(out, self._link_rows, weights[self._numbers] * self._strengths / 3 * self._sureness)
        return out

    def best(self, name: str, values: Mapping[str, float]) -> NDArray[np.float64]:
        """For each row, the greatest of the values of what it has in a column; 0 where it has none of them."""
        column = self._column(name)
        worth = np.array([values.get(value, 0.0) for value in column.values])
        out = np.zeros(self.count)
        if len(worth):
            np.maximum.at(out, column.rows, worth[column.codes])
        return out

    def mask(self, filters: Filters) -> Mask:
        """Which rows pass the filters.

        Raises:
            UsageError: the role of the body is none of agent, addressee, any.
        """
        keep = self.is_one_of("kind", filters.kinds or PLAIN_KINDS)
        for name, wanted in (
            ("statement_type", filters.statement_types), ("document", filters.documents),
            ("document_type", filters.document_types), ("sdgs", filters.sdgs), ("scope", filters.places),
            ("review_state", (filters.review_state,) if filters.review_state else ()),
        ):
            if wanted:
                keep &= self.is_one_of(name, wanted)
        if filters.role_of_body not in ("any", "agent", "addressee"):
            raise UsageError(f"{filters.role_of_body!r} is no role of a body; give agent, addressee or any.")
        if filters.bodies:
            fields_of_body = (filters.role_of_body,) if filters.role_of_body != "any" else _BODY_FIELDS
            keep &= np.logical_or.reduce([self.is_one_of(name, filters.bodies) for name in fields_of_body])
        if filters.objectives:
            wanted_links = np.isin(self._numbers, filters.objectives) & (self._strengths >= filters.min_strength)
            keep &= self._marked(self._link_rows[wanted_links])
        if filters.year_from is not None or filters.year_to is not None:
            years = self.numbers("year")  # no comparison with an unknown year holds
            keep &= (years >= (filters.year_from or -np.inf)) & (years <= (filters.year_to or np.inf))
        if filters.min_confidence > 0:
            keep &= self.numbers("confidence") >= filters.min_confidence
        return keep

    def facets(self, rows: Rows) -> dict[str, tuple[tuple[str, int], ...]]:
        """For each field, its values over the given rows with the number of passages, most frequent first."""
        inside = np.zeros(self.count, bool)
        inside[rows] = True
        return {facet: self._counts(name, inside) for facet, name in FACETS.items()}

    def _counts(self, name: str, inside: Mask) -> tuple[tuple[str, int], ...]:
        if name == "objectives":
            counts = np.bincount(self._addressed[inside[self._addressed_rows]])
            values: Sequence[Any] = range(len(counts))
        else:
            column = self._column(name)
            counts, values = np.bincount(column.codes[inside[column.rows]]), column.values
        found = [(str(values[code]), int(counts[code])) for code in np.flatnonzero(counts).tolist()
                 if values[code] is not None]
        return tuple(sorted(found, key=lambda item: (-item[1], item[0]))[:MOST_VALUES])

    def _column(self, name: str) -> _Coded:
        if name not in self._coded:
            self._coded[name] = _Coded(self._table[name])
        return self._coded[name]

    def is_one_of(self, name: str, wanted: Sequence[str]) -> Mask:
        """Which rows have one of the values, in any case."""
        column = self._column(name)
        return self._marked(column.rows[column.equal(wanted)])

    def _marked(self, rows: Rows) -> Mask:
        out = np.zeros(self.count, bool)
        out[rows] = True
        return out
