"""Segmentation: a source becomes passages in reading order, each with exact offsets.

Running heads and page numbers have no kind of their own in the contract; like lines of a table of contents
they are no statement of the document, so they are given the kind CONTENTS.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ingest.blocks import Block, BlockKind, parse_blocks
from ingest.catalogue import Override
from ingest.flows import Flow, flows_of
from ingest.headings import Outline
from ingest.layout import classify
from ingest.mend import mend
from ingest.metadata import read_metadata
from ingest.sentences import split_sentences, trim, without_closing
from ontology import iris
from ontology.document import Document, Metadata, Passage, PassageKind, Region, Source, Span

_KINDS = {
    BlockKind.PARAGRAPH: PassageKind.SENTENCE,
    BlockKind.ITEM: PassageKind.LIST_ITEM,
    BlockKind.NOTE: PassageKind.FOOTNOTE,
    BlockKind.ROW: PassageKind.TABLE_ROW,
    BlockKind.CAPTION: PassageKind.CAPTION,
    BlockKind.CONTENTS: PassageKind.CONTENTS,
    BlockKind.FURNITURE: PassageKind.CONTENTS,
    BlockKind.HEADING: PassageKind.HEADING,
    BlockKind.TITLE: PassageKind.HEADING,
}
_WHOLE = frozenset({BlockKind.ROW, BlockKind.CAPTION, BlockKind.CONTENTS, BlockKind.FURNITURE})


def segment(source: Source, *, override: Override | Metadata | None = None) -> Document:
    """The document's passages and its metadata.

    `override` is what a catalogue gives: its fields go over what is read off the text; a whole `Metadata`
    replaces it.

    A sentence that notes or a page break interrupt is one passage with several `fragments`; where only white
    space interrupts it, it is one span. The closing ";" or ":" and the list mark are left out of the span, and
    so is the note mark after a closing stop. A list item without a mark of its own has the marker None; a star
    after its name is kept in the quote and given as `note`.
    """
    passages = passages_of(source)
    if isinstance(override, Metadata):
        return Document(source, override, passages)
    metadata = read_metadata(source, passages)
    return Document(source, override.over(metadata) if override else metadata, passages)


def passages_of(source: Source) -> tuple[Passage, ...]:
    """The passages of a source, ordered by their offsets; `source.text[p.start:p.end] == p.quote` for each."""
    writer = _Writer(source)
    for paragraph, flow in enumerate(flows_of(source.text, _blocks(source))):
        writer.write(flow, paragraph)
    found = sorted(writer.found, key=lambda p: (p.start, p.end))
    seen: Counter[str] = Counter()
    out = []
    for index, draft in enumerate(found):
        seen[draft.text] += 1
        out.append(Passage(index, iris.digest(draft.text, str(seen[draft.text])), *draft))
    return tuple(out)


def _blocks(source: Source) -> list[Block]:
    return classify(source.text, parse_blocks(source.text), regions=source.regions)


class _Draft(NamedTuple):
    """A passage whose place among the others is not known yet: the fields of `Passage` from `kind` on."""

    kind: PassageKind
    start: int
    end: int
    quote: str
    text: str
    fragments: tuple[Span, ...]
    paragraph: int
    section: tuple[str, ...]
    page: int | None
    lead_in: str | None
    marker: str | None
    level: int
    note: str | None
    cells: tuple[str, ...]
    weight: float
    ocr: float | None


@dataclass(frozen=True, slots=True)
class _Level:
    """An item that is open in the list: its place, its style, its last sentence and whether that ends in ":"."""

    indent: int
    style: str
    lead: str | None = None
    leads_in: bool = False


@dataclass(slots=True)
class _Writer:
    """Walks the flows in order, with the heading path and the open list at hand."""

    source: Source
    found: list[_Draft] = field(default_factory=list)
    _outline: Outline = field(default_factory=Outline)
    _list: list[_Level] = field(default_factory=list)
    _lead: str | None = None
    _before_list: str | None = None
    _faulty: list[Region] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._faulty = [region for region in self.source.regions if region.weight < 1]

    def write(self, flow: Flow, paragraph: int) -> None:
        """Add the passages of one flow."""
        block = flow.block
        kind = _KINDS.get(block.kind)
        if kind is None:
            return
        if block.kind in (BlockKind.HEADING, BlockKind.TITLE):
            self._heading(block, paragraph)
        elif block.kind in _WHOLE:
            self._add(kind, flow.spans, paragraph, block)
        elif block.kind is BlockKind.NOTE:
            self._sentences(kind, flow, paragraph, note=block.note)
        elif block.kind is BlockKind.ITEM:
            self._item(flow, paragraph)
        else:
            self._list = []
            self._lead = self._sentences(kind, flow, paragraph)

    def _heading(self, block: Block, paragraph: int) -> None:
        name = mend(self.source.text[block.start : block.end]).rstrip(" :")
        if not name:
            return
        self._list, self._lead = [], None
        title = block.kind is BlockKind.TITLE
        level = self._outline.title(name) if title else self._outline.enter(name, hashes=block.depth)
        self._add(PassageKind.HEADING, (Span(block.start, block.end),), paragraph, block, level=level)

    def _item(self, flow: Flow, paragraph: int) -> None:
        block = flow.block
        marks = block.marks or ("-",)
        if not self._list:
            self._before_list = self._lead
        self._lead = None
        marks = tuple(m for m in marks if m[-1:] in (".", ")")) or marks[:1]
        for number, mark in enumerate(marks):
            self._enter(block.indent + number, style_of(mark), mark)
        level = len(self._list)
        lead_in = self._list[-2].lead if level > 1 else self._before_list
        if block.start >= block.end:
            self._list[-1] = replace(self._list[-1], lead=lead_in, leads_in=True)
            return
        before = len(self.found)
        lead = self._sentences(
            PassageKind.LIST_ITEM, flow, paragraph, marker=marks[-1] or None, level=level, lead_in=lead_in
        )
        last = self.found[-1].text if len(self.found) > before else lead_in
        self._list[-1] = replace(self._list[-1], lead=last, leads_in=lead is not None)

    def _enter(self, indent: int, style: str, mark: str) -> None:
        """Open an item at its level: nested where it is indented deeper, or begins a count below another style."""
        while self._list and self._list[-1].indent > indent:
            self._list.pop()
        same = next((n for n, level in enumerate(self._list) if level.style == style and level.indent == indent), None)
        if same is not None:
            del self._list[same:]
        elif self._list and self._list[-1].indent == indent:
            begins = mark.strip("().") in ("1", "a", "A", "i", "I") or style == "bullet"
            if not (begins and (self._list[-1].leads_in or self._list[-1].style == "digit")):
                self._list.pop()
        self._list.append(_Level(indent, style))

    def _sentences(
        self, kind: PassageKind, flow: Flow, paragraph: int, *, note: str | None = None,
        marker: str | None = None, level: int = 0, lead_in: str | None = None,
    ) -> str | None:
        """Add the sentences of a flow; returns the last one where it leads in a list."""
        joined = flow.joined(self.source.text)
        lead = None
        for sentence in split_sentences(joined):
            span, closing = without_closing(joined, sentence)
            fragments = flow.fragments(span)
            passage = self._add(
                kind, fragments, paragraph, flow.block, note=note, marker=marker, level=level, lead_in=lead_in
            )
            lead = passage.text if passage and closing == ":" else None
        return lead

    def _add(
        self, kind: PassageKind, fragments: tuple[Span, ...], paragraph: int, block: Block, *,
        note: str | None = None, marker: str | None = None, level: int = 0, lead_in: str | None = None,
    ) -> _Draft | None:
        text = self.source.text
        kept = tuple([t for f in fragments if (t := trim(text, f.start, f.end))])
        if not kept:
            return None
        mended = mend("\n".join([text[f.start : f.end] for f in kept]))
        if not mended:
            return None
        starred = kind is PassageKind.LIST_ITEM and not marker and text[kept[-1].start : kept[-1].end].endswith("*")
        first = kept[0]
        passage = _Draft(
            kind, first.start, first.end, text[first.start : first.end], mended.rstrip("* ") if starred else mended,
            kept, paragraph, self._outline.path, self._page(first.start), lead_in, marker, level,
            "*" if starred else note, tuple([mend(cell) for cell in block.cells]), *self._quality(first.start),
        )
        self.found.append(passage)
        return passage

    def _quality(self, offset: int) -> tuple[float, float | None]:
        """Weight, and confidence of the OCR, of the text at an offset."""
        number = bisect_right(self._faulty, offset, key=lambda r: r.start) - 1 if self._faulty else -1
        if number < 0 or offset >= self._faulty[number].end:
            return 1.0, None
        return self._faulty[number].weight, self._faulty[number].ocr

    def _page(self, offset: int) -> int | None:
        return bisect_right(self.source.pages, offset) if self.source.pages else None


def style_of(mark: str) -> str:
    """The style of a list mark: bullet, digit, letter, capital or roman; bullets of all forms are one."""
    inner = mark.strip("().")
    if inner.isdigit():
        return "digit"
    if inner.isalpha() and inner not in ("o", "§"):
        numeral = all(c in "ivxlcIVXLC" for c in inner) and (len(inner) > 1 or inner in "iI")
        return ("roman" if numeral else "letter") + ("-capital" if inner.isupper() else "")
    return "bullet"
