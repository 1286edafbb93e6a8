"""Markdown and plain text as blocks: paragraphs, list items, headings with "#", notes, rows and rules.

What a block *means* (a plain line that is a heading, a running head) is decided later, in `ingest.layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ingest.mend import NOTE_MARK, SUPERSCRIPTS


class BlockKind(StrEnum):
    """What a block is by its marks alone; the last four are given by `ingest.layout`."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    NOTE = "note"
    ROW = "row"
    RULE = "rule"
    TITLE = "title"
    CAPTION = "caption"
    CONTENTS = "contents"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch `[start, end)` of the text without its marks.

    `line` numbers its first line; `lines` counts them; `indent` is in columns; `marks` are list marks ("-",
    "a."), outermost first; `depth` counts the "#" of a heading; `note` is the mark of a note; `cells` are the
    raw cells of a row; `alone` tells whether blank lines stand on both sides.
    """

    kind: BlockKind
    start: int
    end: int
    line: int
    lines: int = 1
    indent: int = 0
    marks: tuple[str, ...] = ()
    depth: int = 0
    note: str | None = None
    cells: tuple[str, ...] = ()
    alone: bool = True


class _Line(NamedTuple):
    number: int
    start: int
    end: int
    text: str


_HASHES = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t]+|$)")
_CLOSING_HASHES = re.compile(r"[ \t]+#+[ \t]*$")
_RULE = re.compile(r"\s*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:=[ \t]*){3,}|(?:—[ \t]*){1,})$")
_IMAGE_ONLY = re.compile(
    r"\s*(?:!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)\s*|<!--[^<>]{0,2000}-->\s*|</?(?:div|p|br|hr|img)\b[^<>]{0,500}>\s*)+$"
)
BULLET = r"[-*+•‣▪◦●○■□➢✓§\uf0b7\uf0a7·]|[–—o](?=\s)"
NUMBER = r"\(?(?:\d{1,3}|[A-Za-z]|[ivxlc]{1,7}|[IVXLC]{1,7})[.)]"
_MARK = re.compile(
    rf"(?P<bullet>{BULLET})(?:[ \t]+|(?<=[•‣▪◦●➢✓\uf0b7\uf0a7])[ \t]*)|(?P<number>{NUMBER})(?:[ \t]+|$)"
)
_SUPER_NOTE = re.compile(rf"\s{{0,3}}(?:([{SUPERSCRIPTS}]{{1,4}})|<sup>\s*([\d*†‡]{{1,4}})\s*</sup>)\s*")
_DEFINED_NOTE = re.compile(r"\s{0,3}\[\^([^\[\]\s]{1,20})\]:\s*")
_STAR_NOTE = re.compile(r"\s{0,3}(?:\\(\*)|(\*)(?=\*\*\s))\s*(?:\*\*)?\s*")
_NUMBERED = re.compile(r"\s{0,3}\[?(\d{1,3})[.)\]]?\s+(?=\S)")
_USED_NOTE = re.compile(NOTE_MARK)
_GLUED_NOTE = re.compile(r"\d(?:(?<=[a-z)”\"][.,;]\d)|(?<=[a-z]{3}\d))\d?(?=[\s.,;])")
_NOTE_NUMBER = re.compile(rf"[\d{SUPERSCRIPTS}]+")
_QUOTE = re.compile(r"[ ]{0,3}>[ \t]?")
_CELL = re.compile(r"<t[dh]\b[^<>]{0,300}>", re.IGNORECASE)
_STOPPED = re.compile(r"[.!?:;…][\"'”’»)\]*_]{0,4}\s*$")
_LABELLED_LINE = re.compile(
    r"\s*(?:\*\*)?(?:recommendation|objective|outcome|output|action|group|step|priority|pillar|commitment|goal|target)\s"
    r"\d{1,2}[.\d]{0,4}\s?[:.–—-]",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s{0,8}[A-Z][\w /.-]{1,24}: \S")
_ADDRESS = re.compile(r"\s{0,8}(?:Subject|To|From|Cc|Re|Ref|Date|Copy): ")
_LONGEST_TITLE = 100
_NAMED_LINE = re.compile(r"\([A-Z][\w&/ -]{1,15}\)\s?\*?\s*$")
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")


def lines_of(text: str) -> list[_Line]:
    """The lines of the text with the offsets of their content; line ends of every kind count."""
    out = []
    start = 0
    for number, line in enumerate([*text.splitlines(keepends=True), ""]):
        content = line.rstrip("\n\r\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        out.append(_Line(number, start, start + len(content), content))
        start += len(line)
    return out


def parse_blocks(text: str) -> list[Block]:
    """The blocks of a Markdown or plain text, in order of their offsets; blank lines and pictures give none."""
    lines = lines_of(text)
    used = {n[0].translate(_PLAIN) for m in _USED_NOTE.finditer(text) if (n := _NOTE_NUMBER.search(m[0]))}
    used.update(_GLUED_NOTE.findall(text))
    return list(_blocks(text, lines, frozenset(used)))


def _blank(line: _Line) -> bool:
    return not line.text.strip() or bool(_IMAGE_ONLY.match(line.text))


def _blocks(text: str, lines: list[_Line], used: frozenset[str]) -> Iterator[Block]:
    position, size = 0, len(lines)
    after_rule = False
    in_list = False
    previous_blank = True
    while position < size:
        line = lines[position]
        if _blank(line):
            position, previous_blank = position + 1, True
            continue
        block, position = _next_block(text, lines, position, used if after_rule else frozenset(), in_list)
        alone = previous_blank and (position >= size or _blank(lines[position]))
        previous_blank = False
        if block is None:
            continue
        after_rule = block.kind is BlockKind.RULE or (after_rule and block.kind is BlockKind.NOTE)
        in_list = block.kind is BlockKind.ITEM
        if block.kind is BlockKind.ROW and not block.cells:
            yield from _html_rows(text, block)
        else:
            yield Block(block.kind, block.start, block.end, block.line, block.lines, block.indent, block.marks,
                        block.depth, block.note, block.cells, alone)


def _next_block(
    text: str, lines: list[_Line], position: int, notes: frozenset[str], in_list: bool
) -> tuple[Block | None, int]:
    """The block that begins at a line that is not blank, and the position after it."""
    line = lines[position]
    hashes = _HASHES.match(line.text)
    if hashes:
        closing = _CLOSING_HASHES.search(line.text, max(hashes.end() - 1, len(line.text) - 80))
        end = line.start + (closing.start() if closing else len(line.text.rstrip()))
        start = min(line.start + hashes.end(), end)
        if start >= end:
            return None, position + 1
        return Block(BlockKind.HEADING, start, end, line.number, depth=len(hashes[1])), position + 1
    if _RULE.match(line.text):
        return Block(BlockKind.RULE, line.start, line.end, line.number), position + 1
    row = _row(line)
    if row is not None:
        return row, position + 1
    if line.text.lstrip()[:6].casefold() == "<table":
        return _table(lines, position)
    note = _note_start(line, notes)
    if note is not None:
        mark, start = note
        end_position = _extent(lines, position + 1, notes, note=True)
        block = _block(text, BlockKind.NOTE, lines, position, end_position, start, note=mark)
        return block, end_position
    item = _item_start(line, in_list=in_list)
    if item is not None:
        marks, start = item
        end_position = _extent(lines, position + 1, notes)
        indent = _columns(line.text)
        block = _block(text, BlockKind.ITEM, lines, position, end_position, start, marks=marks, indent=indent)
        return block, end_position
    end_position = _extent(lines, position + 1, notes, paragraph=lines, begun=position)
    return _block(text, BlockKind.PARAGRAPH, lines, position, end_position, line.start), end_position


def _block(
    text: str, kind: BlockKind, lines: list[_Line], first: int, after: int, start: int,
    *, marks: tuple[str, ...] = (), indent: int = 0, note: str | None = None,
) -> Block:
    end = lines[after - 1].end
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    quote = _QUOTE.match(text, start, end) if kind is BlockKind.PARAGRAPH else None
    return Block(kind, quote.end() if quote else start, end, lines[first].number, after - first,
                 indent or _columns(lines[first].text), marks, note=note)


def _columns(text: str) -> int:
    expanded = text[: len(text) - len(text.lstrip())].expandtabs(4)
    return len(expanded)


def _extent(
    lines: list[_Line], position: int, notes: frozenset[str], *, note: bool = False,
    paragraph: list[_Line] | None = None, begun: int = 0,
) -> int:
    """The position after the last line that continues the block begun before `position`."""
    widest = len(lines[position - 1].text)
    while position < len(lines):
        line = lines[position]
        if _blank(line) or _HASHES.match(line.text) or _RULE.match(line.text) or _row(line) is not None:
            break
        if _note_start(line, notes) is not None or line.text.lstrip()[:6].casefold() == "<table":
            break
        before = lines[position - 1].text
        if not note and _item_start(line, in_list=paragraph is None, before=before) is not None:
            break
        if paragraph is not None and _parted(before, line.text, first=position - 1 == begun):
            break
        widest = max(widest, len(line.text))
        position += 1
    return position


def _parted(before: str, line: str, *, first: bool) -> bool:
    """Whether two neighbouring lines are two paragraphs: one paragraph a line, or a heading above its text."""
    opening = line.lstrip()[:1]
    if opening.islower() or not before.strip() or before.endswith(("  ", "\\")):
        return False
    if _STOPPED.search(before, max(0, len(before) - 12)):
        return len(before) > 200
    named = _NAMED_LINE.search(before, max(0, len(before) - 24)) and _NAMED_LINE.search(line, max(0, len(line) - 24))
    if named or _LABELLED_LINE.match(line) or (_LABEL.match(line) and (_LABEL.match(before) or _ADDRESS.match(line))):
        return True
    if first and before.isupper() and not line.isupper() and len(before) < _LONGEST_TITLE and line[:1].isupper():
        return True
    words = before.split(maxsplit=12)
    short = first and len(words) <= 10 and len(before) < 0.6 * len(line) and not before.rstrip().endswith((",", "-"))
    return short and (before.isupper() or (bool(re.match(r"(?:\d{1,2}\.){0,3}\d{0,2}\.?\s?[A-Z]", before))
                      and words[-1][:1].isupper() and len(line) > 70))


def _row(line: _Line) -> Block | None:
    """A row of a table: cells parted by tabs or by "|"; a delimiter row gives a rule."""
    stripped = line.text.strip()
    start = line.start + len(line.text) - len(line.text.lstrip())
    if stripped.startswith("|") and stripped.count("|") >= 2:
        if not stripped.strip("|-: \t"):
            return Block(BlockKind.RULE, line.start, line.end, line.number)
        cells = tuple(cell.strip() for cell in stripped.strip("|").split("|"))
        return Block(BlockKind.ROW, start, start + len(stripped), line.number, cells=cells)
    if "\t" in stripped and not _MARK.match(stripped):
        cells = tuple(cell.strip() for cell in stripped.split("\t") if cell.strip())
        if len(cells) >= 2:
            return Block(BlockKind.ROW, start, start + len(stripped), line.number, cells=cells)
    return None


def _table(lines: list[_Line], position: int) -> tuple[Block, int]:
    """An HTML table as one block without cells, up to its closing tag or a blank line."""
    end = position
    while end + 1 < len(lines) and "</table" not in lines[end].text.casefold() and lines[end + 1].text.strip():
        end += 1
    return Block(BlockKind.ROW, lines[position].start, lines[end].end, lines[position].number), end + 1


def _html_rows(text: str, table: Block) -> Iterator[Block]:
    lowered = text[table.start : table.end]
    for match in re.finditer(r"<tr\b", lowered, re.IGNORECASE):
        begin = match.start()
        close = re.compile(r"</tr\s{0,5}>|<tr\b|</table", re.IGNORECASE).search(lowered, begin + 3)
        end = len(lowered) if close is None else close.end() if close[0][:4].casefold() == "</tr" else close.start()
        raw = lowered[begin:end].rstrip()
        cells = tuple(cell.strip() for cell in _CELL.split(raw)[1:])
        if cells:
            start = table.start + begin
            yield Block(BlockKind.ROW, start, start + len(raw), table.line, cells=cells)


def _note_start(line: _Line, numbers: frozenset[str]) -> tuple[str, int] | None:
    """The mark of a note that begins on the line, and the offset of its text."""
    for pattern in (_SUPER_NOTE, _DEFINED_NOTE, _STAR_NOTE):
        match = pattern.match(line.text)
        if match and match.end() < len(line.text):
            mark = next(group for group in match.groups() if group)
            return mark.translate(_PLAIN), line.start + match.end()
    match = _NUMBERED.match(line.text)
    if match and match[1] in numbers and match.end() < len(line.text):
        return match[1], line.start + match.end()
    return None


def _item_start(line: _Line, *, in_list: bool, before: str | None = None) -> tuple[tuple[str, ...], int] | None:
    """The marks of a list item that begins on the line, and the offset of its text.

    Inside a paragraph (`before` is its last line) only marks that cannot be prose count.
    """
    text = line.text
    position = len(text) - len(text.lstrip())
    marks: list[str] = []
    while len(marks) < 4 and (match := _MARK.match(text, position)) is not None:
        mark = match["bullet"] or match["number"]
        if not _plausible(mark, text[match.end() :match.end() + 3], first=not marks, in_list=in_list, before=before):
            break
        marks.append(mark)
        position = match.end()
    if not marks or (position >= len(text) and marks[0] not in "-*+•" and not marks[0][:1].isdigit()):
        return None
    if position >= len(text) and before is not None and not in_list:
        return None
    return tuple(marks), line.start + position


def _plausible(mark: str, following: str, *, first: bool, in_list: bool, before: str | None) -> bool:
    if mark in "–—o" and not following[:1].isalpha():
        return False
    if not first:
        return mark in "-*•" or mark[-1] in ".)"
    if mark == "*" and following.startswith("**"):
        return False
    if before is None or in_list:
        return True
    closed = bool(_STOPPED.search(before, max(0, len(before) - 12)))
    return mark in "•‣▪◦●➢✓\uf0b7\uf0a7" or (mark in "-*+" and closed) or (closed and mark.strip("().") in "1aAiI")
