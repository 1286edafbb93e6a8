"""The entries of an index as columns on disk: single rows as `Entry`, filters as masks, facet counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ontology.errors import StoreError
from search.entries import PLAIN_KINDS, Entry, Filters

Mask = NDArray[np.bool_]
Rows = NDArray[np.int64]

FACETS = {
    "objective": "objectives", "sdg": "sdgs", "body": "bodies", "statement_type": "statement_type",
    "document": "document", "document_type": "document_type", "year": "year", "place": "scope",
    "review_state": "review_state", "kind": "kind",
}
MOST_VALUES = 100  # of a facet

_OBJECTIVE = pa.struct([("number", pa.int8()), ("strength", pa.int8()), ("confidence", pa.float64())])
_TYPES: dict[str, pa.DataType] = {
    "start": pa.int64(), "end": pa.int64(), "year": pa.int32(), "page": pa.int32(), "confidence": pa.float64(),
    "weight": pa.float64(), "scope": pa.list_(pa.string()), "sdgs": pa.list_(pa.string()),
    "bodies": pa.list_(pa.string()), "objectives": pa.list_(_OBJECTIVE),
}
_NAMES = tuple(field.name for field in fields(Entry))
_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in (*_NAMES, "group")])


def write_columns(path: Path, entries: Sequence[Entry], groups: Sequence[int]) -> None:
    """Write the entries and, for each, the row of the first passage with its words."""
    columns: dict[str, list[Any]] = {name: [getattr(entry, name) for entry in entries] for name in _NAMES}
    columns["objectives"] = [
        [{"number": n, "strength": s, "confidence": c} for n, s, c in entry.objectives] for entry in entries
    ]
    schema = _SCHEMA.set(_SCHEMA.get_field_index("group"), pa.field("group", pa.int64()))
    pq.write_table(pa.table({**columns, "group": list(groups)}, schema=schema), path, compression="zstd")


class _Lists:
    """A column of lists, flattened: `values[i]` belongs to row `rows[i]`."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        lists = column.combine_chunks()
        self.rows: Rows = np.repeat(np.arange(len(lists)), np.diff(lists.offsets.to_numpy()))
        self.values = lists.flatten()


class Columns:
    """The entries of one index."""

    def __init__(self, path: Path) -> None:
        """Read the columns.

        Raises:
            StoreError: the file is missing, damaged, or of another version.
        """
        try:
            self._table = pq.read_table(path)
        except (OSError, pa.ArrowInvalid) as error:
            raise StoreError(f"{path} is not a passage file of gcmkg; run `gcmkg ingest` again.") from error
        if set(self._table.column_names) != {*_NAMES, "group"}:
            raise StoreError(f"{path} is of another version of gcmkg; run `gcmkg ingest` again.")
        self.count = int(self._table.num_rows)
        self.groups: Rows = self._table["group"].to_numpy()
        self._lists = {name: _Lists(self._table[name]) for name in ("scope", "sdgs", "bodies", "objectives")}
        links = self._lists["objectives"]
        self._numbers = links.values.field("number").to_numpy().astype(np.int64)
        self._strengths = links.values.field("strength").to_numpy().astype(np.int64)
        self._sureness = links.values.field("confidence").to_numpy()

    def entry(self, row: int) -> Entry:
        """One entry."""
        record: dict[str, Any] = self._table.slice(row, 1).to_pylist()[0]
        del record["group"]
        record["objectives"] = tuple((o["number"], o["strength"], o["confidence"]) for o in record["objectives"])
        values: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in record.items()}
        return Entry(**values)

    def texts(self, name: str) -> NDArray[np.object_]:
        """A column of strings (or None)."""
        return np.asarray(self._table[name].to_numpy(zero_copy_only=False), dtype=object)

    def numbers(self, name: str) -> NDArray[np.float64]:
        """A column of numbers."""
        return np.asarray(self._table[name].to_numpy(), dtype=np.float64)

    def row_of(self, passage_iri: str) -> int | None:
        """The row of a passage."""
        found = np.flatnonzero(self.texts("passage_iri") == passage_iri)
        return int(found[0]) if len(found) else None

    def affinity(self, wanted: dict[int, float]) -> NDArray[np.float64]:
        """How much each passage is about the wanted objectives, 0 to 1: best of affinity x strength x confidence."""
        out = np.zeros(self.count)
        weights = np.zeros(max([*wanted, 23]) + 1)
        for number, weight in wanted.items():
            weights[number] = weight
        links = self._lists["objectives"]
        np.maximum.at(out, links.rows, weights[self._numbers] * self._strengths / 3 * self._sureness)
        return out

    def mask(self, filters: Filters) -> Mask:
        """Which rows pass the filters."""
        keep = self._one_of("kind", filters.kinds or PLAIN_KINDS)
        for name, wanted in (("statement_type", filters.statement_types), ("document", filters.documents),
                             ("document_type", filters.document_types)):
            if wanted:
                keep &= self._one_of(name, wanted)
        if filters.review_state:
            keep &= self._one_of("review_state", (filters.review_state,))
        for name, wanted in (("sdgs", filters.sdgs), ("scope", filters.places)):
            if wanted:
                keep &= self._any_of(name, wanted)
        if filters.bodies:
            keep &= self._body(filters)
        if filters.objectives:
            keep &= self._marked(self._lists["objectives"].rows, np.isin(self._numbers, filters.objectives)
                                 & (self._strengths >= filters.min_strength))
        if filters.year_from is not None:
            keep &= self._years(lambda year: year >= (filters.year_from or 0))
        if filters.year_to is not None:
            keep &= self._years(lambda year: year <= (filters.year_to or 0))
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
            kept = inside[self._lists[name].rows] & (self._strengths >= Filters().min_strength)
            pairs = np.stack([self._lists[name].rows[kept], self._numbers[kept]], axis=1)
            values: list[object] = [int(number) for _, number in np.unique(pairs, axis=0)]
        elif name in self._lists:
            rows = self._lists[name].rows
            kept = inside[rows]
            pairs_of_text = zip(rows[kept], self._lists[name].values.filter(pa.array(kept)).to_pylist(), strict=True)
            values = [value for _, value in dict.fromkeys(pairs_of_text)]
        else:
            values = self._table[name].filter(pa.array(inside)).to_pylist()
        counts: dict[str, int] = {}
        for value in values:
            if value is not None:
                counts[str(value)] = counts.get(str(value), 0) + 1
        return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES])

    def _one_of(self, name: str, wanted: Sequence[str]) -> Mask:
        return _equal(self._table[name].to_pylist(), wanted)

    def _any_of(self, name: str, wanted: Sequence[str]) -> Mask:
        lists = self._lists[name]
        return self._marked(lists.rows, _equal(lists.values.to_pylist(), wanted))

    def _body(self, filters: Filters) -> Mask:
        if filters.role_of_body in ("agent", "addressee"):
            return self._one_of(filters.role_of_body, filters.bodies)
        return (self._any_of("bodies", filters.bodies) | self._one_of("agent", filters.bodies)
                | self._one_of("addressee", filters.bodies))

    def _marked(self, rows: Rows, chosen: Mask) -> Mask:
        out = np.zeros(self.count, bool)
        out[rows[chosen]] = True
        return out

    def _years(self, fits: Callable[[int], bool]) -> Mask:
        return np.array([year is not None and fits(year) for year in self._table["year"].to_pylist()], bool)


def _equal(values: Sequence[str | None], wanted: Sequence[str]) -> Mask:
    folded = {value.casefold() for value in wanted}
    return np.array([value is not None and value.casefold() in folded for value in values], bool)
