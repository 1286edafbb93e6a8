"""The reading order of a page: columns from left to right between what runs across the page, lines from the top.

Columns are told from tables by what stands in them (lines of many words that fill the column) and by the order
in which the file draws them. A simple relative of the recursive XY cut (Nagy and Seth 1984): a cut is made only
where the edge of a column repeats.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import BULLET, NUMBER
from ingest.formats.pdf_words import Segment, Word, joined

_GUTTER = 8.0
_FEWEST = 3
_STEP = 2.0
_MARK_ALONE = re.compile(rf"{BULLET}|[–—o]|{NUMBER}|\d{{1,2}}(?:\.\d{{1,2}}){{0,4}}\.?")


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one line of a column: one segment, or several parted by wide gaps.

    `left` and `right` are the edges of the column, `x0` and `x1` those of the line, `y` is its bottom; `size` is
    that of most of its letters, in points; `bold` tells whether the whole line is. Segments are parted by a space
    in `text`.
    """

    page: int
    column: int
    left: float
    right: float
    segments: tuple[Segment, ...]
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


def line_of(page: int, column: int, left: float, right: float, segments: tuple[Segment, ...]) -> Line:
    """The line of these segments, which stand beside each other from the left."""
    first, last = segments[0], segments[-1]
    if len(segments) == 1:
        text, size, bold = first.text, first.size, first.bold
    else:
        text, bold = " ".join(s.text for s in segments), all(s.bold for s in segments)
        size = max(segments, key=lambda s: s.x1 - s.x0).size
    return Line(page, column, left, right, segments, text, first.x0, last.x1, first.y, size, bold)


def lines_in_order(page: int, segments: Sequence[Segment]) -> list[Line]:
    """The lines of a page in reading order; `column` counts the stretches read one after the other."""
    out: list[Line] = []
    for column, group in enumerate(_groups(list(segments), depth=0)):
        left, right = min(s.x0 for s in group), max(s.x1 for s in group)
        out.extend(line_of(page, column, left, right, line) for line in _lines(group))
    return out


def _lines(group: Sequence[Segment]) -> list[tuple[Segment, ...]]:
    """Segments on one base, from the top; those of a line from the left."""
    out: list[list[Segment]] = []
    for segment in sorted(group, key=lambda s: (-s.y, s.x0, s.order)):
        near = out and abs(out[-1][0].y - segment.y) <= 0.35 * min(out[-1][0].size, segment.size)
        if near and all(s.x1 <= segment.x0 + 2 or segment.x1 <= s.x0 + 2 for s in out[-1]):
            out[-1].append(segment)
        else:
            out.append([segment])
    right = max(s.x1 for s in group)
    return [_put_together(sorted(line, key=lambda s: s.x0), right) for line in out]


def _put_together(line: list[Segment], right: float) -> tuple[Segment, ...]:
    """One segment where a justified line was drawn wide, or where a list mark or number stands before its text."""
    if len(line) == 1:
        return tuple(line)
    if _MARK_ALONE.fullmatch(line[0].text) and line[1].x0 - line[0].x1 < 6 * line[1].size:
        line = [_one(line[:2]), *line[2:]]
    words = [word for segment in line for word in segment.words]
    gaps = sorted(two.x0 - one.x1 for one, two in itertools.pairwise(words) if not two.raised)
    lower = sum(1 for word in words if word.text[:1].islower())
    even = gaps[-1] <= 1.5 * gaps[len(gaps) // 2] if gaps else False
    if line[-1].x1 > right - 4 and len(words) >= 3 and lower * 2 >= len(words) and even:
        return (_one(line),)
    return tuple(line)


def _one(line: Sequence[Segment]) -> Segment:
    largest = max(line, key=lambda s: s.x1 - s.x0)
    words = tuple(word for segment in line for word in segment.words)
    return Segment(words, largest.size, all(s.bold for s in line), line[0].order, words[0].x0, line[-1].x1,
                   largest.y, largest.height, joined(words), line[0].lead)


def _groups(segments: list[Segment], *, depth: int) -> list[list[Segment]]:
    """The page cut into stretches that are read one after the other."""
    if depth > 3 or len(segments) < 2 * _FEWEST:
        return [segments] if segments else []
    cuts = [cut for edge in _edges(segments) if (cut := _divide(segments, edge)) is not None]
    if not cuts:
        return [segments]
    best = max(cuts, key=_worth)
    out: list[list[Segment]] = []
    for left, right in best:
        if right:
            out.extend(_groups(left, depth=depth + 1))
            out.extend(_groups(right, depth=depth + 1))
        elif left:
            out.append(left)
    return out


def _worth(cut: list[tuple[list[Segment], list[Segment]]]) -> tuple[int, int]:
    """How many words a cut puts into columns, and (the fewer the better) into how many pieces it cuts the page."""
    words = sum(len(s.words) for left, right in cut if right for s in (*left, *right))
    return words, -sum(len(left) + len(right) for left, right in cut)


def _edges(segments: Sequence[Segment]) -> list[float]:
    """Where a second column may begin: right ends of upright strips that few lines reach into, the emptiest first."""
    left, right = min(s.x0 for s in segments), max(s.x1 for s in segments)
    size = int((right - left) / _STEP) + 2
    if size > 5000:
        return []
    steps = [0] * (size + 1)
    for x0, x1 in _stretches(segments):
        steps[int((x0 - left) / _STEP) + 1] += 1
        steps[max(int((x0 - left) / _STEP) + 1, int((x1 - left) / _STEP))] -= 1
    covered = list(itertools.accumulate(steps))
    found: list[tuple[float, float]] = []
    most = max(1.0, 0.15 * len(segments))
    for low, strip in itertools.groupby(range(len(covered)), key=lambda n: covered[n] <= most):
        numbers = list(strip)
        if not low or len(numbers) * _STEP < _GUTTER - _STEP:
            continue
        least = min(covered[n] for n in numbers)
        empty = max((list(run) for same, run in itertools.groupby(numbers, key=lambda n: covered[n] == least) if same),
                    key=len)
        for end in sorted({empty[-1], numbers[-1]}):
            x = left + (end + 1) * _STEP
            if left + 0.2 * (right - left) < x < left + 0.85 * (right - left):
                found.append((least, x - 1.0))
    return [x for _, x in sorted(found)[:8]]


def _stretches(segments: Sequence[Segment]) -> Iterator[tuple[float, float]]:
    """From where to where words stand without a gap as wide as a gutter."""
    for segment in segments:
        gutter = max(_GUTTER, 0.8 * segment.size)
        start, end = segment.words[0].x0, segment.words[0].x1
        for _, x0, x1, _, _, _, _ in segment.words:
            if x0 - end > gutter:
                yield start, end
                start = x0
            end = x1
        yield start, end


def _divide(segments: list[Segment], edge: float) -> list[tuple[list[Segment], list[Segment]]] | None:
    """Bands from the top: (left, right) where columns stand side by side, (all, []) where lines run across."""
    parted = [part for s in segments for part in _parts(s, edge)]
    across = [s for s in parted if s.x0 < edge - 1 and s.x1 > edge + 1]
    rest = [s for s in parted if not (s.x0 < edge - 1 and s.x1 > edge + 1)]
    bands: list[tuple[list[Segment], list[Segment]]] = []
    found = False
    upper = float("inf")
    for line in [*sorted(across, key=lambda s: -s.y), None]:
        lower = line.y if line is not None else float("-inf")
        inside = [s for s in rest if lower < s.y <= upper]
        left, right = [s for s in inside if s.x0 < edge - 1], [s for s in inside if s.x0 >= edge - 1]
        if left and right and _are_columns(left, right, edge):
            bands.append((left, right))
            found = True
        elif inside:
            bands.append(([*left, *right], []))
        if line is not None:
            bands.append(([line], []))
        upper = lower
    return _joined(bands) if found else None


def _joined(bands: list[tuple[list[Segment], list[Segment]]]) -> list[tuple[list[Segment], list[Segment]]]:
    """Neighbouring bands without columns as one."""
    out: list[tuple[list[Segment], list[Segment]]] = []
    for left, right in bands:
        if out and not right and not out[-1][1]:
            out[-1] = ([*out[-1][0], *left], [])
        else:
            out.append((left, right))
    return out


def _parts(segment: Segment, edge: float) -> list[Segment]:
    """A segment that reaches over the edge, parted there where a gap as wide as a gutter stands."""
    if not (segment.x0 < edge - 1 and segment.x1 > edge + 1):
        return [segment]
    for number in range(1, len(segment.words)):
        before, after = segment.words[number - 1], segment.words[number]
        marked = number == 1 and _MARK_ALONE.fullmatch(before.text)
        if before.x1 <= edge + 1 <= after.x0 + 2 and after.x0 - before.x1 >= _GUTTER and not marked:
            return [_piece(segment, segment.words[:number]), _piece(segment, segment.words[number:])]
    return [segment]


def _piece(segment: Segment, words: tuple[Word, ...]) -> Segment:
    x0, x1 = words[0].x0, words[-1].x1
    return Segment(words, segment.size, segment.bold, segment.order, x0, x1, segment.y, segment.height, joined(words))


def _are_columns(left: Sequence[Segment], right: Sequence[Segment], edge: float) -> bool:
    """Whether two sides are columns of prose and not the cells of a table."""
    if len(left) < _FEWEST or len(right) < _FEWEST:
        return False
    gap = min(s.x0 for s in right) - max(s.x1 for s in left)
    if gap < _GUTTER:
        return False
    wordy = all(sum(len(s.words) for s in side) >= 3.5 * len(side) for side in (left, right))
    side = [s.x0 >= edge - 1 for s in sorted([*left, *right], key=lambda s: s.order)]
    changes = sum(1 for one, two in itertools.pairwise(side) if one != two)
    if changes <= max(2, 0.08 * len(side)):
        return (wordy and min(_filled(left), _filled(right)) >= 0.3) or min(len(left), len(right)) >= 6
    return wordy and min(_filled(left), _filled(right)) >= 0.6 and min(len(left), len(right)) >= 5


def _filled(side: Sequence[Segment]) -> float:
    """The share of lines that reach most of the way to the right edge of their column."""
    left, right = min(s.x0 for s in side), max(s.x1 for s in side)
    return sum(1 for s in side if s.x1 - left > 0.7 * (right - left)) / len(side)
