"""Tables of a PDF page: cells by the rules drawn around them, or by words that stand below each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.formats.pdf_characters import Box
from ingest.formats.pdf_words import PageWords, Segment, Word

Cells = tuple[tuple[str, ...], ...]
"""A row: for each cell its lines."""

_THIN = 3.0
_NEAR = 3.0
_MOST_BOXES = 600
_LONGEST_CELL = 900


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table: its frame, and its rows of cells of lines."""

    box: Box
    rows: tuple[Cells, ...]


def ruled_tables(page: PageWords) -> list[Table]:
    """The tables of at least two columns and two rows that rules part; frames and boxes of prose are none."""
    boxes = [b for b in page.rules if _drawn_inside(b, page)]
    if not 3 <= len(boxes) <= _MOST_BOXES:
        return []
    found = (_table(group, page) for group in _groups(boxes))
    return [table for table in found if table is not None]


def without(segments: Iterable[Segment], tables: Sequence[Table]) -> list[Segment]:
    """The segments that stand outside the tables."""
    return [s for s in segments if not any(_inside((s.x0 + s.x1) / 2, s.y + s.height / 2, t.box) for t in tables)]


def _drawn_inside(box: Box, page: PageWords) -> bool:
    wide, high = box[2] - box[0], box[3] - box[1]
    return max(wide, high) > 6 and not (wide > 0.95 * page.width and high > 0.9 * page.height)


def _inside(x: float, y: float, box: Box) -> bool:
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def _groups(boxes: Sequence[Box]) -> list[list[Box]]:
    """Boxes that touch, directly or through others."""
    groups: list[tuple[Box, list[Box]]] = []
    for box in sorted(boxes):
        joined, members = box, [box]
        rest = []
        for frame, group in groups:
            if _touch(frame, joined):
                members = [*group, *members]
                joined = (min(frame[0], joined[0]), min(frame[1], joined[1]),
                          max(frame[2], joined[2]), max(frame[3], joined[3]))
            else:
                rest.append((frame, group))
        groups = [*rest, (joined, members)]
    return [members for _, members in groups if len(members) >= 2]


def _touch(one: Box, two: Box) -> bool:
    return (one[0] - _NEAR <= two[2] and two[0] - _NEAR <= one[2]
            and one[1] - _NEAR <= two[3] and two[1] - _NEAR <= one[3])


def _table(boxes: Sequence[Box], page: PageWords) -> Table | None:
    frame = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    upright, level = _edges(boxes)
    xs = _distinct(x for x, _, _ in upright)
    ys = _distinct(y for y, _, _ in level)
    if len(xs) < 3 or len(ys) < 2:
        return None
    words = [w for s in page.segments for w in s.words if _inside((w.x0 + w.x1) / 2, w.y + w.height / 2, frame)]
    rows: dict[int, dict[int, list[Word]]] = {}
    rules: dict[float, list[float]] = {}
    for word in words:
        middle = word.y + word.height / 2
        row = bisect_right(ys, middle)
        here = rules.get(middle)
        if here is None:  # the same for all words of a line
            at = [u for u, y0, y1 in upright if y0 - 2 <= middle <= y1 + 2]
            here = rules[middle] = [x for x in xs if any(abs(x - u) < _NEAR for u in at)]
        column = bisect_right(xs, here[max(0, bisect_right(here, (word.x0 + word.x1) / 2) - 1)] + 0.1) if here else 1
        rows.setdefault(row, {}).setdefault(column, []).append(word)
    columns = sorted({column for row in rows.values() for column in row})
    out = tuple(tuple(_lines(rows[row].get(c, [])) for c in columns) for row in sorted(rows, reverse=True))
    return Table(frame, out) if _is_table(out) else None


def _edges(boxes: Sequence[Box]) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """`(x, from, to)` of upright and `(y, from, to)` of level rules; a frame has two of each."""
    upright, level = [], []
    for x0, y0, x1, y1 in boxes:
        wide, high = x1 - x0, y1 - y0
        if wide <= _THIN < high:
            upright.append(((x0 + x1) / 2, y0, y1))
        elif high <= _THIN < wide:
            level.append(((y0 + y1) / 2, x0, x1))
        elif wide > _THIN and high > _THIN:
            upright += [(x0, y0, y1), (x1, y0, y1)]
            level += [(y0, x0, x1), (y1, x0, x1)]
    return upright, level


def _distinct(values: Iterable[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _NEAR:
            out.append(value)
    return out


def _lines(words: Sequence[Word]) -> tuple[str, ...]:
    """The words of a cell as lines."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (-w.y, w.x0)):
        if lines and abs(lines[-1][0].y - word.y) < 0.4 * word.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple("".join(("" if w.raised or n == 0 else " ") + w.text
                         for n, w in enumerate(sorted(line, key=lambda w: w.x0))) for line in lines)


def _is_table(rows: Sequence[Cells]) -> bool:
    """At least one row with two cells filled; long cells in a row or two are a layout and no table."""
    paired = sum(1 for row in rows if sum(1 for cell in row if cell) >= 2)
    longest = max((sum(map(len, cell)) for row in rows for cell in row), default=0)
    return paired >= 1 and len(rows) >= 1 and not (len(rows) <= 2 and longest > _LONGEST_CELL)


def aligned_rows(lines: Sequence[Sequence[Segment]]) -> list[Cells]:
    """Rows of a table without rules; each line is given as its segments.

    A line that leaves the first column empty goes on with the row above it.
    """
    starts = sorted(s.x0 for line in lines if len(line) > 1 for s in line)
    columns: list[float] = []
    for start in starts:
        again = sum(1 for other in starts if abs(other - start) < 5)
        if (again >= 2 or len(lines) < 4) and (not columns or start - columns[-1] > 8):
            columns.append(start)
    columns = columns or starts[:1]
    rows: list[list[list[str]]] = []
    for line in lines:
        placed = [(max(0, bisect_right(columns, s.x0 + 4) - 1), s.text) for s in line]
        if not rows or placed[0][0] == 0:
            rows.append([[] for _ in columns])
        for column, text in placed:
            rows[-1][column].append(text)
    return [tuple(tuple(cell) for cell in row) for row in rows]
