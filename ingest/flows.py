"""Flows: the stretches of running text, each put together again where a page break or a note interrupts it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ingest.blocks import Block, BlockKind
from ingest.headings import open_ended
from ingest.mend import NOTE_MARK
from ontology.document import Span

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_BREAKS = frozenset({BlockKind.HEADING, BlockKind.TITLE, BlockKind.ROW})
_TRAILING = re.compile(rf"(?:{NOTE_MARK}|[\s\"'”’»*_]){{1,12}}$")
_OPENERS = " \t\"'“‘«(*_"
_JOIN = "\n\n"


@dataclass(frozen=True, slots=True)
class Flow:
    """A block with the stretches that belong to it, in order, and the offset in `joined` at which each begins."""

    block: Block
    spans: tuple[Span, ...]
    offsets: tuple[int, ...]

    def joined(self, text: str) -> str:
        """The stretches in one, a blank line between them."""
        return _JOIN.join(text[s.start : s.end] for s in self.spans)

    def fragments(self, span: Span) -> tuple[Span, ...]:
        """A span of `joined` as spans of the text."""
        out = []
        for number in range(bisect_right(self.offsets, span.start) - 1, len(self.spans)):
            part, offset = self.spans[number], self.offsets[number]
            if offset >= span.end:
                break
            start, end = max(span.start, offset), min(span.end, offset + part.end - part.start)
            if start < end:
                out.append(Span(part.start + start - offset, part.start + end - offset))
        return tuple(out)


def flows_of(text: str, blocks: Sequence[Block]) -> list[Flow]:
    """The blocks in order, what goes on after a break put to the block where it began.

    A paragraph goes on where its last sentence has no stop and the next paragraph begins with a small letter, or
    where it breaks off after a comma or a function word; notes, captions and running heads between do not count.
    A note that breaks off goes on in the paragraph above the next page's notes.
    """
    kept: list[Block] = []
    spans: list[list[Span]] = []
    current: int | None = None
    note: int | None = None
    for position, block in enumerate(blocks):
        if block.kind is BlockKind.PARAGRAPH:
            if note is not None and _is_rest_of_note(blocks, position, kept[note]):
                _extend(text, spans[note], block)
                note = None
                continue
            if current is not None and _goes_on(text, kept[current], spans[current][-1], block):
                _extend(text, spans[current], block)
                continue
        kept.append(block)
        spans.append([Span(block.start, block.end)])
        if block.kind in _RUNNING:
            current = len(kept) - 1
        elif block.kind in _BREAKS:
            current = None
        elif block.kind is BlockKind.NOTE:
            note = len(kept) - 1 if _open(text, block.start, block.end) else None
    return [_flow(block, parts) for block, parts in zip(kept, spans, strict=True)]


def _flow(block: Block, parts: Sequence[Span]) -> Flow:
    sizes = accumulate((part.end - part.start + len(_JOIN) for part in parts), initial=0)
    return Flow(block, tuple(parts), tuple(sizes)[:-1])


def _tail(text: str, start: int, end: int) -> int:
    """The end of the text without the closing quotation, emphasis and note marks."""
    match = _TRAILING.search(text, max(start, end - 40), end)
    return match.start() if match else end


def _open(text: str, start: int, end: int) -> bool:
    last = _tail(text, start, end)
    return last > start and text[last - 1] not in ".!?:…。؟"


def _goes_on(text: str, begun: Block, part: Span, block: Block) -> bool:
    """Whether the block goes on with what was begun and of which `part` was the last stretch."""
    if not _open(text, part.start, part.end):
        return False
    last = _tail(text, part.start, part.end)
    first = text[block.start : block.start + 8].lstrip(_OPENERS)[:1]
    if text[last - 1] == ";":
        return first.islower() and begun.kind is BlockKind.PARAGRAPH
    if first.islower():
        return True
    return first.isalnum() and open_ended(text[max(part.start, last - 60) : last])


def _is_rest_of_note(blocks: Sequence[Block], position: int, note: Block) -> bool:
    """Whether the paragraph stands directly above a note that counts on from the one that broke off."""
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if following is None or following.kind is not BlockKind.NOTE:
        return False
    one, two = note.note or "", following.note or ""
    return one.isdecimal() and two.isdecimal() and int(two) == int(one) + 1


def _extend(text: str, parts: list[Span], block: Block) -> None:
    if text[parts[-1].end : block.start].strip():
        parts.append(Span(block.start, block.end))
    else:
        parts[-1] = Span(parts[-1].start, block.end)
