"""Lines of a PDF as blocks: headings by size and weight, paragraphs, list items, notes, lines of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from ingest.blocks import BULLET, NUMBER
from ingest.formats.pdf_columns import Line
from ingest.formats.pdf_tables import Cells, Table, aligned_rows
from ingest.headings import open_ended
from ingest.layout import CAPTION
from ingest.mend import SUPERSCRIPTS


class Kind(StrEnum):
    """What a block of a page is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    NOTE = "note"
    CONTENTS = "contents"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class PdfBlock:
    """Lines that belong together; `mark` is a list or note mark (left out of `texts`), `depth` that of a heading.

    `label` is the bold beginning of the first line; `rows` are those of a table.
    """

    kind: Kind
    lines: tuple[Line, ...]
    texts: tuple[str, ...]
    mark: str = ""
    depth: int = 0
    x0: float = 0.0
    label: str = ""
    rows: tuple[Cells, ...] = ()


@dataclass(frozen=True, slots=True)
class Styles:
    """The size of the running text, and the depth of each style of heading (size, bold)."""

    body: float
    depths: dict[tuple[float, bool], int]

    def depth(self, line: Line) -> int:
        """The depth of a line's style; 0 where it is no style of headings."""
        return self.depths.get(style_of(line), 0)


HARD = "\v"
"""At the end of a line that is not filled: the next line begins anew."""

_BULLET = re.compile(rf"(?:{BULLET})(?:\s+|$)|[•‣▪◦●○■□➢✓\uf0b7\uf0a7·](?=\S)")
_NUMBER = re.compile(rf"(?:{NUMBER})(?:\s+|$)|(?:\d{{1,3}}|[ivx]{{2,5}})[.)](?=[A-Z“][a-z])")
_NOTE = re.compile(rf"([{SUPERSCRIPTS}]{{1,4}})\s*(?=\S)")
_NOTE_PLAIN = re.compile(r"(?:(\d{1,3})\s+|(\*{1,3}|†|‡)\s?)(?=\S)")
_STOPPED = re.compile(rf"[.!?:;…][\"'”’»)\]{SUPERSCRIPTS}]{{0,5}}$")
_LEADERS = re.compile(r"(?:\.{3,}|…+|(?:\s\.){3,}|_{4,})[\s.…_]*(\d{1,4}|[ivxlc]{1,6})?$")
_PAGE_AT_END = re.compile(r"(?:\d{1,4}|[ivxlc]{1,6})$", re.IGNORECASE)
_NUMBERED_HEADING = re.compile(
    r"(?:\d{1,2}\.){1,5}\d{0,2}\s|[IVX]{1,5}\.\s|[A-Z]\.\s|(?:annex|part|chapter|section)\s", re.IGNORECASE
)


def style_of(line: Line) -> tuple[float, bool]:
    """Size to half a point, and weight."""
    return round(2 * line.size) / 2, line.bold


def styles_of(lines: Sequence[Line]) -> Styles:
    """The size that most letters have, and the styles that stand out from it, the largest first."""
    letters: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        letters[style_of(line)] += len(line.text)
    sizes: Counter[float] = Counter()
    for (size, _), count in letters.items():
        sizes[size] += count
    body = max(sorted(sizes), key=lambda s: sizes[s], default=10.0)
    body_bold = letters[body, True] > letters[body, False]
    total = sum(letters.values())
    headings = [
        (size, bold) for (size, bold), count in letters.items()
        if (size >= 1.1 * body or (bold and not body_bold and size >= 0.8 * body)) and count < 0.35 * total
    ]
    ranked = sorted(headings, key=lambda s: (-s[0], not s[1]))
    return Styles(body, {style: min(number, 6) for number, style in enumerate(ranked, 1)})


def blocks_of(lines: Sequence[Line], styles: Styles, tables: Mapping[int, Sequence[Table]]) -> list[PdfBlock]:
    """The blocks of running text and tables, lines in reading order; a paragraph goes on over columns and pages."""
    out: list[PdfBlock] = []
    position = 0
    while position < len(lines):
        line = lines[position]
        number = line.segments[0].table
        if number >= 0:
            block, position = PdfBlock(Kind.TABLE, (line,), (), rows=tables[line.page][number].rows), position + 1
        else:
            block, position = _next(lines, position, styles)
        out.append(block)
    return out


def notes_of(lines: Sequence[Line], styles: Styles) -> list[PdfBlock]:
    """The blocks of lines at the foot of columns: notes, and before them the rest of a note of the page before."""
    out: list[PdfBlock] = []
    for line in lines:
        mark = _note_mark(line, styles)
        last = out[-1] if out else None
        if mark:
            out.append(PdfBlock(Kind.NOTE, (line,), (mark[1],), mark=mark[0]))
        elif last and last.lines[-1].page == line.page and last.lines[-1].column == line.column:
            out[-1] = replace(last, lines=(*last.lines, line), texts=(*last.texts, line.text))
        else:
            out.append(PdfBlock(Kind.PARAGRAPH, (line,), (line.text,), x0=line.x0))
    return out


def foot_of(column: Sequence[Line], styles: Styles) -> int:
    """The position at which the notes at the foot of a column begin; its length where there are none."""
    position = len(column)
    while position and column[position - 1].size < 0.95 * styles.body and column[position - 1].segments[0].table < 0:
        position -= 1
    marked = [n for n in range(position, len(column)) if _note_mark(column[n], styles)]
    if not marked:
        return len(column)
    return position if position == marked[0] or not styles.depth(column[position]) else marked[0]


def _next(lines: Sequence[Line], position: int, styles: Styles) -> tuple[PdfBlock, int]:
    line = lines[position]
    text = line.text
    if _is_contents(lines, position):
        return PdfBlock(Kind.CONTENTS, (line,), (text,)), position + 1
    depth = _heading_depth(lines, position, styles)
    if depth:
        end = position + 1
        while end < len(lines) and _same_heading(lines, position, end, styles):
            end += 1
        part = tuple(lines[position:end])
        return PdfBlock(Kind.HEADING, part, tuple(p.text for p in part), depth=depth), end
    if len(line.segments) > 1:
        end = _table_extent(lines, position)
        if end - position > 1:
            rows = tuple(aligned_rows([p.segments for p in lines[position:end]]))
            return PdfBlock(Kind.TABLE, tuple(lines[position:end]), (), rows=rows), end
    item = _BULLET.match(text) or _NUMBER.match(text)
    cut = item.end() if item else 0
    second = _NUMBER.match(text[cut:]) if item and not _NUMBER.match(text) else None
    cut += second.end() if second else 0
    end = _extent(lines, position, styles, item=bool(item))
    part = tuple(lines[position:end])
    texts = _texts(part)
    texts = (texts[0][cut:], *texts[1:])
    kind = Kind.ITEM if item else Kind.PARAGRAPH
    return PdfBlock(kind, part, texts, mark=text[:cut].strip(), x0=line.x0, label=_label(line, cut)), end


def _label(line: Line, cut: int) -> str:
    """The bold words that a paragraph begins with, where they end like a label."""
    first = line.segments[0]
    if not first.lead:
        return ""
    label = " ".join(word.text for word in first.words[: first.lead])[cut:]
    return label if label[-1:] in (".", ":", "!", "?") and first.text[cut:].startswith(label) else ""


def _table_extent(lines: Sequence[Line], begun: int) -> int:
    """The position after the last line of a table without rules that begins at `begun`."""
    end = begun + 1
    starts = [s.x0 for s in lines[begun].segments]
    while end < len(lines):
        before, line = lines[end - 1], lines[end]
        if (line.page, line.column) != (before.page, before.column) or line.segments[0].table >= 0:
            break
        if before.y - line.y > 3.2 * line.size:
            break
        if len(line.segments) == 1 and not any(abs(line.x0 - start) < 6 for start in starts[1:]):
            break
        starts += [s.x0 for s in line.segments[1:]] if len(line.segments) > 1 else []
        end += 1
    return end


def _heading_depth(lines: Sequence[Line], position: int, styles: Styles) -> int:
    """The depth of the heading that begins here; 0 where the line is none, for all its style."""
    line = lines[position]
    depth = styles.depth(line)
    if not depth or not any(c.isalpha() for c in line.text) or line.segments[0].table >= 0:
        return 0
    if CAPTION.match(line.text) or (len(line.segments) > 1 and _table_extent(lines, position) - position > 1):
        return 0
    end = position + 1
    while end < len(lines) and end - position < 8 and style_of(lines[end]) == style_of(line) and _close(lines, end):
        end += 1
    text = " ".join(p.text for p in lines[position:end])
    larger = line.size >= 1.1 * styles.body
    if _BULLET.match(text) or len(text) > (300 if larger else 200) or end - position > (6 if larger else 3):
        return 0
    prose = text.endswith((".", ";", ",")) and len(text.split()) > 12
    return 0 if prose or (not larger and text.endswith((",", ";", "."))) else depth


def _same_heading(lines: Sequence[Line], first: int, position: int, styles: Styles) -> bool:
    line, before = lines[position], lines[position - 1]
    if style_of(line) != style_of(lines[first]):
        return False
    if not _close(lines, position) and not ((line.page, line.column) > (before.page, before.column)
                                            and open_ended(before.text)):
        return False
    return not _NUMBERED_HEADING.match(line.text) and styles.depth(line) > 0


def _close(lines: Sequence[Line], position: int) -> bool:
    """Whether a line stands right below the one before it, in the same column."""
    one, two = lines[position - 1], lines[position]
    if (one.page, one.column) != (two.page, two.column):
        return False
    return 0 < one.y - two.y <= 1.75 * max(one.size, two.size)


def _note_mark(line: Line, styles: Styles) -> tuple[str, str] | None:
    """The mark of a footnote that begins with this line, and the rest of the line."""
    if line.size > 0.97 * styles.body:
        return None
    match = _NOTE.match(line.text) or (_NOTE_PLAIN.match(line.text) if line.size < 0.93 * styles.body else None)
    if match is None:
        return None
    mark = next(group for group in match.groups() if group)
    figures = mark.translate(str.maketrans(SUPERSCRIPTS, "0123456789"))
    return figures, line.text[match.end() :]


def _extent(lines: Sequence[Line], begun: int, styles: Styles, *, item: bool) -> int:
    """The position after the last line of the block that begins at `begun`."""
    end = begun + 1
    while end < len(lines) and _goes_on(lines, begun, end, styles, item=item):
        end += 1
    return end


def _goes_on(lines: Sequence[Line], begun: int, position: int, styles: Styles, *, item: bool) -> bool:
    first, before, line = lines[begun], lines[position - 1], lines[position]
    if abs(line.size - before.size) > 0.12 * before.size or _is_contents(lines, position):
        return False
    if len(line.segments) > 1 or len(before.segments) > 1 or line.segments[0].table >= 0:
        return False
    if _heading_depth(lines, position, styles):
        return False
    text = line.text
    stopped = bool(_STOPPED.search(before.text[-8:]))
    if _begins_item(first, before, line, stopped=stopped, item=item):
        return False
    if (line.page, line.column) != (before.page, before.column):
        return not stopped and (text[:1].islower() or _full(before, line))
    drop = before.y - line.y
    leading = lines[position - 2].y - before.y if position - 2 >= begun and _close(lines, position - 1) else None
    usual = leading if leading and leading > 0 else 1.3 * line.size
    if drop > 1.3 * usual and drop > 1.55 * line.size:
        return False
    indented = line.x0 > before.x0 + 0.8 * line.size
    if item:
        hanging = position - begun == 1 or abs(line.x0 - before.x0) < 0.8 * line.size
        return hanging and not (stopped and line.x0 < first.x0 + 1 and not _full(before, line))
    if indented and position - begun > 1:
        return False
    return not (stopped and not _full(before, line))


def _begins_item(first: Line, before: Line, line: Line, *, stopped: bool, item: bool) -> bool:
    """Whether a line begins an item of a list, and not merely with "II." or a dash in the middle of a sentence."""
    bullet = _BULLET.match(line.text)
    if bullet and line.text[0] not in "-–—o+*":
        return True
    if not bullet and not _NUMBER.match(line.text):
        return False
    hanging = item and before.x0 > first.x0 + 3 and line.x0 < before.x0 - 3
    return stopped or hanging or not _full(before, line)


def _texts(lines: Sequence[Line]) -> tuple[str, ...]:
    """The text of each line; a line that ends early though its sentence has no stop is kept apart by `HARD`."""
    out = [line.text for line in lines]
    right = max(line.x1 for line in lines) if len(lines) > 3 else float("inf")
    for number, (before, line) in enumerate(pairwise(lines)):
        word = line.segments[0].words[0]
        early = before.x1 + (word.x1 - word.x0) + 1.2 * line.size < min(right, before.right)
        same = (before.page, before.column) == (line.page, line.column)
        if early and same and not out[number + 1][:1].islower() and not out[number].endswith(("-", ",")):
            out[number] += HARD
    return tuple(out)


def _full(before: Line, line: Line) -> bool:
    """Whether the line before reaches so far right that the next line's first word had no room there."""
    word = line.segments[0].words[0]
    return before.x1 + (word.x1 - word.x0) + 0.25 * line.size > before.right - 0.5


def _is_contents(lines: Sequence[Line], position: int) -> bool:
    """A line of a table of contents: leaders and a page number, or a number far right on several lines."""
    line = lines[position]
    tail = line.text[-200:]
    dotted = ".." in tail or "…" in tail or " ." in tail or "__" in tail
    if dotted and _LEADERS.search(tail) and any(c.isalpha() for c in line.text):
        return True
    return _ends_in_page(line) and sum(
        1 for near in lines[max(0, position - 2) : position + 3] if near is not line and _ends_in_page(near)
    ) >= 2


def _ends_in_page(line: Line) -> bool:
    last = line.segments[-1]
    apart = len(line.segments) == 2 and len(last.words) == 1
    return apart and bool(_PAGE_AT_END.match(last.text)) and last.x1 > line.right - 2 * line.size
