"""Flows: the stretches of running text, each put together again where a page break or a note interrupts it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.blocks import Block, BlockKind
from ingest.headings import open_ended
from ingest.mend import NOTE_MARK
from ontology.model import Span

_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.ITEM})
_BREAKS = frozenset({BlockKind.HEADING, BlockKind.TITLE, BlockKind.ROW})
_TRAILING = re.compile(rf"(?:{NOTE_MARK}|[\s\"'”’»*_]){{1,12}}$")
_OPENERS = " \t\"'“‘«(*_"
_JOIN = "\n\n"


@dataclass(frozen=True, slots=True)
class Flow:
    """A block with the stretches that belong to it, in order."""

    block: Block
    spans: tuple[Span, ...]

    def joined(self, text: str) -> str:
        """The stretches in one, a blank line between them."""
        return _JOIN.join(text[s.start : s.end] for s in self.spans)

    def fragments(self, span: Span) -> tuple[Span, ...]:
        """A span of `joined` as spans of the text."""
        out = []
        offset = 0
        for part in self.spans:
            size = part.end - part.start
            start, end = max(span.start, offset), min(span.end, offset + size)
            if start < end:
                out.append(Span(part.start + start - offset, part.start + end - offset))
            offset += size + len(_JOIN)
        return tuple(out)


def flows_of(text: str, blocks: Sequence[Block]) -> list[Flow]:
    """The blocks in order, what goes on after a break put to the block where it began.

    A paragraph goes on where its last sentence has no stop and the next paragraph begins with a small letter, or
    where it breaks off after a comma or a function word; notes, captions and running heads between do not count.
    A note that breaks off goes on in the paragraph above the next page's notes.
    """
    flows: list[Flow] = []
    current: int | None = None
    note: int | None = None
    for position, block in enumerate(blocks):
        if block.kind is BlockKind.PARAGRAPH:
            if note is not None and _is_rest_of_note(text, blocks, position, flows[note]):
                flows[note] = _extended(text, flows[note], block)
                note = None
                continue
            if current is not None and _goes_on(text, flows[current], block):
                flows[current] = _extended(text, flows[current], block)
                continue
        flows.append(Flow(block, (Span(block.start, block.end),)))
        if block.kind in _RUNNING:
            current = len(flows) - 1
        elif block.kind in _BREAKS:
            current = None
        elif block.kind is BlockKind.NOTE:
            note = len(flows) - 1 if _open(text, block.start, block.end) else None
    return flows


def _tail(text: str, start: int, end: int) -> int:
    """The end of the text without the closing quotation, emphasis and note marks."""
    match = _TRAILING.search(text, max(start, end - 40), end)
    return match.start() if match else end


def _open(text: str, start: int, end: int) -> bool:
    last = _tail(text, start, end)
    return last > start and text[last - 1] not in ".!?:…。؟"


def _goes_on(text: str, flow: Flow, block: Block) -> bool:
    start, end = flow.spans[-1].start, flow.spans[-1].end
    if not _open(text, start, end):
        return False
    last = _tail(text, start, end)
    first = text[block.start : block.start + 8].lstrip(_OPENERS)[:1]
    if text[last - 1] == ";":
        return first.islower() and flow.block.kind is BlockKind.PARAGRAPH
    if first.islower():
        return True
    return first.isalnum() and open_ended(text[max(start, last - 60) : last])


def _is_rest_of_note(text: str, blocks: Sequence[Block], position: int, note: Flow) -> bool:
    """Whether the paragraph stands directly above a note that counts on from the one that broke off."""
    following = blocks[position + 1] if position + 1 < len(blocks) else None
    if following is None or following.kind is not BlockKind.NOTE:
        return False
    one, two = note.block.note or "", following.note or ""
    return one.isdigit() and two.isdigit() and int(two) == int(one) + 1 and position > 0


def _extended(text: str, flow: Flow, block: Block) -> Flow:
    last = flow.spans[-1]
    if not text[last.end : block.start].strip():
        return replace(flow, spans=(*flow.spans[:-1], Span(last.start, block.end)))
    return replace(flow, spans=(*flow.spans, Span(block.start, block.end)))


