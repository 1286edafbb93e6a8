"""Numbers in tables: a column headed "GCM" or "SDG" says what the numbers in it are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ingest.linking.explicit import Citation, Cited, cited_objectives, cited_sdgs, mentions_agenda, mentions_compact
from ontology.document import Passage, PassageKind

_LIST_OF_NUMBERS = re.compile(
    r"[\s\d.,;/&–-]|and|to|[a-e]|[IVX]|objectives?|targets?|goals?|SDGs?|GCM|Obj\.?", re.IGNORECASE
)
_LONGEST_CELL = 120  # characters


def cited_in_tables(passages: Sequence[Passage], *, known: frozenset[str]) -> Mapping[int, tuple[Cited, Cited]]:
    """For rows under a heading row that names the Compact or the goals: what their cells cite, by passage index."""
    out: dict[int, tuple[Cited, Cited]] = {}
    header: Passage | None = None
    for before, passage in zip([None, *passages], passages, strict=False):
        if passage.kind is not PassageKind.TABLE_ROW or len(passage.cells) < 2:
            continue
        continues = before is not None and before.kind is PassageKind.TABLE_ROW
        if header is None or not continues or len(header.cells) != len(passage.cells):
            header = passage
            continue
        objectives = [c for cell in _under(header, passage, compact=True) for c in _objectives(cell)]
        sdgs = [c for cell in _under(header, passage, compact=False) for c in _sdgs(cell, known)]
        if objectives or sdgs:
            out[passage.index] = (Cited(tuple(objectives)), Cited(tuple(sdgs)))
    return out


def _under(header: Passage, row: Passage, *, compact: bool) -> list[str]:
    """The cells of a row under the columns of the Compact, or of the goals, that hold nothing but numbers."""
    names = mentions_compact if compact else mentions_agenda
    return [
        cell
        for heading, cell in zip(header.cells, row.cells, strict=True)
        if names(heading) and len(cell) <= _LONGEST_CELL and not _LIST_OF_NUMBERS.sub("", cell)
    ]


def _objectives(cell: str) -> tuple[Citation, ...]:
    bare = cell if re.search(r"objective|obj\.|GCM", cell, re.IGNORECASE) else f"objectives {cell}"
    return _as_written(cell, cited_objectives(bare, about_compact=True).citations)


def _sdgs(cell: str, known: frozenset[str]) -> tuple[Citation, ...]:
    bare = cell if mentions_agenda(cell) else f"SDGs {cell}"
    return _as_written(cell, cited_sdgs(bare, known=known).citations)


def _as_written(cell: str, citations: Sequence[Citation]) -> tuple[Citation, ...]:
    return tuple(Citation(c.key, cell.strip()) for c in citations)
