"""What blocks mean: headings without marks, running heads, captions, contents, lists without marks, the title."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from ingest.blocks import Block, BlockKind
from ingest.headings import heading_like, is_date_line, styles_of
from ingest.mend import mend
from ontology.document import Region, RegionKind

_CREDIT = re.compile(
    r"(?:^|[\s©(])(?:[A-Z][\w.&-]{0,30}[ /]){1,4}(?:19|20)\d\d\s?/\s?(?:[A-Z][\w.'’-]{0,30}[ ]?){1,4}[).]?\s*$"
)
CAPTION = re.compile(
    r"(?i)(?:\*{1,2}|_)?(?:(?:figure|fig\.|photo|image|picture|map|chart|graph|table|box|graphique|carte|tableau|gráfico|"
    r"cuadro|foto)\s*(?:\d{1,3}(?:[.-]\d{1,3})?|[IVX]{1,4})?\s*[.:|–—](?!\d)|photo(?:graph)?s?(?: credits?| by)\b|"
    r"source\s*:|©\s?(?!(?:copyright\s*)?\d)[A-Z])"
)
_CONTENTS_HEADING = re.compile(r"(?i)(?:table of )?contents|table des matières|sommaire|índice|contenido")
_PAGE_REFERENCE = re.compile(r"(?:\.{3,}|…{1,}|\s\.\s\.)[\s.…]{0,200}(?:\d{1,4}|[ivxlc]{1,6})$")
_PAGE_NUMBER = re.compile(
    r"(?i)[-–—|\s]*(?:page|p\.|página)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s?(?:of|/|de|sur)\s?\d{1,4})?[-–—|\s]*$"
)
_PAGE_CELL = re.compile(r"(?:\d{1,4}|[ivxlcIVXLC]{1,6})$")
_MEMBER = re.compile(r"[^()]{3,150}\([A-Z][\w&./ -]{1,15}\)[^()]{0,40}$")
_TOLD = {
    RegionKind.FURNITURE: BlockKind.FURNITURE,
    RegionKind.CAPTION: BlockKind.CAPTION,
    RegionKind.CONTENTS: BlockKind.CONTENTS,
}
_EMPHASIS_ROW = re.compile(r"</?b>|\*\*")


def classify(text: str, blocks: Sequence[Block], *, regions: Sequence[Region] = ()) -> list[Block]:
    """The blocks with their kind as it reads in its surroundings; order and offsets stay.

    `regions` are the stretches whose kind the layout of the file tells, in order.
    """
    out = [_by_itself(text, block) for block in _told(blocks, regions)]
    out = _with_contents(text, out)
    out = _with_headings(text, out)
    out = _with_title(text, out)
    out = _with_members(text, out)
    return _with_furniture(text, out)


def _told(blocks: Sequence[Block], regions: Sequence[Region]) -> list[Block]:
    """The blocks with the kind of the region that they begin in."""
    known = [r for r in regions if r.kind in _TOLD]
    starts = [r.start for r in known]
    out = []
    for block in blocks:
        number = bisect_right(starts, block.start) - 1
        inside = number >= 0 and block.start < known[number].end
        out.append(replace(block, kind=_TOLD[known[number].kind]) if inside else block)
    return out


def _raw(text: str, block: Block) -> str:
    return text[block.start : block.end]


def _by_itself(text: str, block: Block) -> Block:
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return block
    size = block.end - block.start
    dashed = block.kind is BlockKind.ITEM and block.alone and block.marks[0] in "-–—" and text[block.end - 1] in "-–—"
    if dashed and size < 10 and _PAGE_NUMBER.match(_raw(text, block)):
        return replace(block, kind=BlockKind.FURNITURE)
    if block.kind is BlockKind.PARAGRAPH:
        tail = text[max(block.start, block.end - 160) : block.end]
        credited = size < 1500 and "/" in tail and _CREDIT.search(tail)
        if credited or (size < 600 and CAPTION.match(text, block.start, block.end)):
            return replace(block, kind=BlockKind.CAPTION)
        if size < 40 and block.lines == 1 and _PAGE_NUMBER.match(_raw(text, block)):
            return replace(block, kind=BlockKind.FURNITURE)
    last = text[block.end - 1 : block.end]
    numbered = last.isdecimal() or last in "ivxlc"
    if size < 400 and numbered and _PAGE_REFERENCE.search(text, max(block.start, block.end - 240), block.end):
        return replace(block, kind=BlockKind.CONTENTS)
    return block


def _with_contents(text: str, blocks: list[Block]) -> list[Block]:
    """Rows that end in a page number, under a heading "Contents" or at least three together."""
    out = list(blocks)
    position = 0
    under = False
    while position < len(out):
        block = out[position]
        if block.kind is not BlockKind.ROW:
            if block.end - block.start < 60 and block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH):
                under = bool(_CONTENTS_HEADING.fullmatch(mend(_raw(text, block)).strip(" :")))
            position += 1
            continue
        end = position
        while end < len(out) and out[end].kind is BlockKind.ROW:
            end += 1
        rows = out[position:end]
        paged = sum(1 for row in rows if len(row.cells) == 2 and _PAGE_CELL.match(mend(row.cells[-1])))
        if paged and (under or (paged >= 3 and paged >= 0.8 * len(rows) and _rising(rows))):
            out[position:end] = [replace(row, kind=BlockKind.CONTENTS) for row in rows]
        position = end
    return out


def _rising(rows: Sequence[Block]) -> bool:
    """Whether the numbers at the end of the rows never fall, as page numbers do not, and the titles are words."""
    numbers = [int(cell) for row in rows if (cell := mend(row.cells[-1])).isdigit()]
    return numbers == sorted(numbers) and all(any(c.isalpha() for c in row.cells[0]) for row in rows)


def _numbered_like(first: Block, second: Block) -> bool:
    """Whether two items count on in one style, so that they are a list and not headings."""
    if second.kind is not BlockKind.ITEM or not first.marks or not second.marks:
        return False
    one, two = (styles_of(f"{b.marks[-1]} X")[0] for b in (first, second))
    return one.name == two.name and two.value == one.value + 1


def _with_headings(text: str, blocks: list[Block]) -> list[Block]:
    out = list(blocks)
    for position, block in enumerate(blocks):
        following = next((b for b in blocks[position + 1 :position + 4] if b.kind is not BlockKind.RULE), None)
        previous = blocks[position - 1] if position else None
        if block.kind is BlockKind.HEADING:
            continue
        if block.lines != 1 or following is None or (not block.alone and block.kind is BlockKind.ITEM):
            continue
        begins_small = following.kind is BlockKind.PARAGRAPH and text[following.start].islower()
        if begins_small or (following.kind is BlockKind.NOTE and block.kind is BlockKind.ITEM):
            continue
        if block.kind is BlockKind.ITEM:
            numbered = len(block.marks) == 1 and not block.indent and block.marks[0][-1:] in (".", ")")
            raw = _raw(text, block)
            alone = not _numbered_like(block, following) and not (previous and _numbered_like(previous, block))
            if numbered and alone and raw and heading_like(f"{block.marks[0]} {raw}"):
                start = block.start - (block.start - text.rfind("\n", 0, block.start) - 1)
                start += len(text[start : block.start]) - len(text[start : block.start].lstrip())
                out[position] = replace(block, kind=BlockKind.HEADING, start=start, marks=())
        elif block.kind is BlockKind.PARAGRAPH and heading_like(_raw(text, block)):
            out[position] = replace(block, kind=BlockKind.HEADING)
    return out


def _with_title(text: str, blocks: list[Block]) -> list[Block]:
    """The first block of text is the title where it is a heading or a line without a closing stop."""
    for position, block in enumerate(blocks[:4]):
        if block.kind is BlockKind.HEADING:
            return [*blocks[:position], replace(block, kind=BlockKind.TITLE), *blocks[position + 1 :]]
        if block.kind is BlockKind.PARAGRAPH:
            raw = _raw(text, block)
            short = len(raw) <= 300 and block.lines <= 3 and mend(raw)[-1:] not in (".", ";", ":", "")
            if short and len(blocks) > 1 and not is_date_line(raw) and any(c.isalpha() for c in raw):
                return [*blocks[:position], replace(block, kind=BlockKind.TITLE), *blocks[position + 1 :]]
            if not is_date_line(raw):
                break
    return blocks


def _with_members(text: str, blocks: list[Block]) -> list[Block]:
    """Four or more plain headings in a row, or two that name a body with its acronym, are the lines of a list."""
    out = list(blocks)
    position = 0
    while position < len(out):
        end = position
        while end < len(out) and _plain_heading(text, out[end]):
            end += 1
        members = [bool(_MEMBER.match(_raw(text, b))) for b in out[position:end]]
        named = sum(members) >= 2 and all(members[members.index(True) :])
        if end - position >= 4 or named:
            first = position
            if named or sum(members) * 2 >= len(members):
                while first < end and not members[first - position]:
                    first += 1
            else:
                first = position + 1
            out[first:end] = [replace(b, kind=BlockKind.ITEM, marks=("",)) for b in out[first:end]]
        position = max(end, position + 1)
    return out


def _plain_heading(text: str, block: Block) -> bool:
    if block.kind is not BlockKind.HEADING or block.depth:
        return False
    mended = mend(_raw(text, block))
    return styles_of(mended)[0].name == "plain"


def _with_furniture(text: str, blocks: list[Block]) -> list[Block]:
    """Running heads: a plain heading right above the notes of a page, or the title or a line that comes again."""
    plain = [b.kind in (BlockKind.HEADING, BlockKind.TITLE) and not b.depth for b in blocks]
    names = [mend(_raw(text, b)).casefold() if p else "" for b, p in zip(blocks, plain, strict=True)]
    counts = Counter(names)
    title = next((mend(_raw(text, b)).casefold() for b in blocks if b.kind is BlockKind.TITLE), "")
    out = list(blocks)
    for position, block in enumerate(blocks):
        if block.kind is not BlockKind.HEADING or block.depth:
            continue
        following = blocks[position + 1] if position + 1 < len(blocks) else None
        above_notes = following is not None and following.kind is BlockKind.NOTE
        words = names[position].count(" ") + 1
        of_title = words >= 3 and names[position] in title
        if above_notes or (of_title and counts[names[position]] >= 2) or (counts[names[position]] >= 4 and words >= 3):
            out[position] = replace(block, kind=BlockKind.FURNITURE)
    return out
