"""Rows of a table: which cell says something, and which column names who is responsible."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.statements.grammar import Shape, parse
from ontology.document import Document, Passage, Span

_WHO = re.compile(
    r"^(?:who|responsib|lead\b|lead (?:agency|entity)|actor|implement|owner|institution|agency|in charge)", re.I
)
_ACRONYM = re.compile(r"^[A-Za-z/&-]{1,10}$")
_LEAST_WORDS = 4


class Rows:
    """The rows of a document in reading order; remembers the column that names who is responsible."""

    def __init__(self, document: Document) -> None:
        self._text = document.source.text
        self._who: tuple[int, int] | None = None

    def saying(self, row: Passage) -> Passage | None:
        """The row narrowed to its first cell with a verb; None where no cell has one. Offsets stay exact."""
        named = next((i for i, cell in enumerate(row.cells) if _WHO.match(cell)), None)
        if named is not None:
            self._who = (named, len(row.cells))
            return None
        if len(row.cells) == 2 and _ACRONYM.match(row.cells[0]):
            return None
        at = row.start
        for cell in row.cells:
            found = self._text.find(cell, at, row.end) if cell else -1
            at = found + len(cell) if found >= 0 else at
            if len(cell.split()) < _LEAST_WORDS or found < 0:
                continue
            clause = parse(cell, item=True)
            if clause.shape in (Shape.FINITE, Shape.INFINITIVE, Shape.GERUND) or clause.numbered:
                span = Span(found, found + len(cell))
                return replace(row, start=span.start, end=span.end, quote=cell, text=cell, fragments=(span,))
        return None

    def responsible(self, row: Passage) -> str | None:
        """The words of the row under the heading that names who is responsible, or None."""
        if self._who is None or len(row.cells) != self._who[1]:
            return None
        return row.cells[self._who[0]].strip() or None
