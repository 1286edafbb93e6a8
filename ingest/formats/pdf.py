"""PDF: the text of every page in reading order, with what the layout tells about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import pypdfium2 as pdfium

from ingest.content import Content
from ingest.formats.pdf_blocks import HARD, Kind, PdfBlock, blocks_of, foot_of, notes_of, styles_of
from ingest.formats.pdf_columns import Line, lines_in_order
from ingest.formats.pdf_fields import field_segments
from ingest.formats.pdf_furniture import furniture_of
from ingest.formats.pdf_tables import Table, ruled_tables, without
from ingest.formats.pdf_words import PageReader, PageWords, Segment, Word
from ingest.formats.writer import Parts, TextWriter, escape, join_lines, superscript
from ingest.mend import SUPERSCRIPTS
from ingest.ocr.recognised import Recognition, page_words
from ingest.ocr.telling import told, without_text
from ontology.document import RegionKind
from ontology.errors import DocumentError, RejectionCode

MOST_PAGES = 5_000
_CURVES = 60


def read_pdf(raw: bytes, name: str, recognition: Recognition | None = None) -> Content:
    """The text of a PDF, by page; pages that OCR recognised are taken from there.

    Raises:
        DocumentError: ENCRYPTED, DAMAGED, TOO_LONG (more than 5,000 pages) or NO_TEXT_LAYER.
    """
    document = _open(raw, name)
    count = len(document)
    if count > MOST_PAGES:
        raise DocumentError(
            RejectionCode.TOO_LONG, f"{name} has {count:,} pages, more than {MOST_PAGES:,}; split it into parts."
        )
    pages, lost = _pages(document, count)
    document.close()
    if count == 0 or len(lost) == count:
        raise DocumentError(RejectionCode.DAMAGED, f"{name} has no page that can be read; save or print it again.")
    empty = [n for n, page in enumerate(pages, 1) if n not in lost and not page.segments and _may_show_text(page)]
    for number, page in page_words(recognition.pages).items() if recognition else ():
        pages[number - 1] = page
    if not any(page.segments for page in pages):
        raise without_text(name, empty or range(1, count + 1), recognition)
    content = _content(pages)
    return told(content, name, lost=lost, empty=empty, recognition=recognition)


def _may_show_text(page: PageWords) -> bool:
    """Whether a page without words has a picture, or is drawn in curves as some programs write letters."""
    return page.pictures or len(page.rules) >= _CURVES


def _open(raw: bytes, name: str) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold() or "security" in str(error).casefold():
            raise DocumentError(
                RejectionCode.ENCRYPTED, f"{name} is encrypted; save a copy without a password and give that."
            ) from error
        raise DocumentError(
            RejectionCode.DAMAGED, f"{name} is no whole PDF ({error}); save or download it again."
        ) from error


def _pages(document: pdfium.PdfDocument, count: int) -> tuple[list[PageWords], list[int]]:
    """The words of every page, and the numbers of pages that cannot be read."""
    reader, out, lost = PageReader(), [], []
    for number in range(count):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            out.append(PageWords(1.0, 1.0, (), 0, pictures=False))
            lost.append(number + 1)
            continue
        words = reader.read(page)
        fields = tuple(field_segments(page, order=len(words.segments)))
        out.append(replace(words, segments=(*words.segments, *fields)) if fields else words)
        page.close()
    return out, lost


def _content(pages: Sequence[PageWords]) -> Content:
    writer = TextWriter()
    aside = furniture_of(pages)
    tables = {number: ruled_tables(page) for number, page in enumerate(pages, 1)}
    lines: list[Line] = []
    for number, (page, furniture) in enumerate(zip(pages, aside, strict=True), 1):
        body = [s for n, s in enumerate(page.segments) if n not in furniture and _sound(s)]
        found = tables[number]
        stand_ins = [_stand_in(t, n) for n, t in enumerate(found)]
        lines.extend(lines_in_order(number, [*without(body, found), *stand_ins]))
    styles = styles_of([line for line in lines if line.segments[0].table < 0])
    running: list[Line] = []
    foot: list[Line] = []
    for _, group in groupby(lines, key=lambda line: (line.page, line.column)):
        column = list(group)
        cut = foot_of(column, styles)
        running.extend(column[:cut])
        foot.extend(column[cut:])
    _write(writer, pages, aside, blocks_of(running, styles, tables), notes_of(foot, styles))
    return Content(writer.text, writer.pages, (), writer.regions)


def _stand_in(table: Table, number: int) -> Segment:
    x0, y0, x1, y1 = table.box
    word = Word("\ufffc", x0, x1, y0, y1 - y0, 1.0)
    return Segment((word,), 1.0, False, 0, x0, x1, y0, y1 - y0, word.text, table=number)


def _sound(segment: Segment) -> bool:
    return all(math.isfinite(v) for v in (segment.x0, segment.x1, segment.y)) and bool(segment.text)


def _write(
    writer: TextWriter, pages: Sequence[PageWords], aside: Sequence[frozenset[int]], blocks: Sequence[PdfBlock],
    notes: Sequence[PdfBlock],
) -> None:
    """Blocks page by page: a note behind the block that refers to it, but before a block that crosses the page."""
    by_page = {page: list(group) for page, group in groupby(blocks, key=lambda b: b.lines[0].page)}
    notes_by_page = {page: list(group) for page, group in groupby(notes, key=lambda b: b.lines[0].page)}
    crossing = 0
    for number, page in enumerate(pages, 1):
        if number > crossing:
            writer.page(number)
        body, rest = by_page.get(number, []), notes_by_page.get(number, [])
        last = body.pop() if body and body[-1].lines[-1].page > number else None
        heads, feet = _furniture(page, aside[number - 1])
        for segment in heads:
            writer.marked(RegionKind.FURNITURE, [(number, escape(segment.text))])
        _write_blocks(writer, _with_notes(body, rest))
        for segment in feet:
            writer.marked(RegionKind.FURNITURE, [(number, escape(segment.text))])
        if last is not None:
            _write_blocks(writer, [last])
            crossing = last.lines[-1].page
    writer.page(len(pages))


def _with_notes(body: Sequence[PdfBlock], notes: Sequence[PdfBlock]) -> list[PdfBlock]:
    """The blocks of a page, each note behind the first block that bears its mark; the others at the end."""
    left = list(notes)
    out: list[PdfBlock] = []
    for block in body:
        out.append(block)
        text = " ".join(block.texts)
        told = [n for n in left if n.mark.isdecimal() and _bears(text, superscript(n.mark))]
        out.extend(told)
        left = [n for n in left if n not in told]
    return [*out, *left]


def _bears(text: str, mark: str) -> bool:
    """Whether the raised figures stand in the text as a whole number."""
    position = text.find(mark)
    while position >= 0:
        end = position + len(mark)
        if text[end : end + 1] not in SUPERSCRIPTS and (position == 0 or text[position - 1] not in SUPERSCRIPTS):
            return True
        if end >= len(text):
            return True
        position = text.find(mark, position + 1)
    return False


def _furniture(page: PageWords, numbers: Iterable[int]) -> tuple[list[Segment], list[Segment]]:
    found = sorted((page.segments[n] for n in numbers), key=lambda s: (-s.y, s.x0))
    middle = page.height / 2
    return [s for s in found if s.y > middle], [s for s in found if s.y <= middle]


def _write_blocks(writer: TextWriter, blocks: Sequence[PdfBlock]) -> None:
    edges: list[float] = []
    for block in blocks:
        if block.kind is Kind.TABLE:
            page = block.lines[0].page
            writer.rows([[[(page, join_lines(map(escape, cell)))] for cell in row] for row in block.rows])
            continue
        parts = _parts(block)
        if block.kind is Kind.ITEM:
            while edges and edges[-1] > block.x0 + 3:
                edges.pop()
            if not edges or edges[-1] < block.x0 - 3:
                edges.append(block.x0)
            writer.item(_mark(block.mark), parts, level=len(edges) - 1)
            continue
        if block.kind is not Kind.NOTE:
            edges = []
        if block.kind is Kind.HEADING:
            writer.heading(block.depth, parts)
        elif block.kind is Kind.NOTE:
            writer.note(block.mark, parts)
        elif block.kind is Kind.CONTENTS:
            writer.marked(RegionKind.CONTENTS, parts)
        else:
            writer.paragraph(parts)


def _mark(mark: str) -> str:
    return mark if mark[-1:] in ".)" or mark in "-•–*" else "•"


def _parts(block: PdfBlock) -> Parts:
    """The text of a block by page, its label in bold."""
    shown = [escape(text) + ("  " if text.endswith(HARD) else "") for text in block.texts]
    if block.label:
        label = escape(block.label)
        shown[0] = f"**{label}**{shown[0][len(label):]}"
    pairs = zip(block.lines, shown, strict=True)
    return [(page, join_lines(text for _, text in group)) for page, group in groupby(pairs, key=lambda p: p[0].page)]
