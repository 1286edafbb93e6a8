"""PDF: the text of every page in reading order, with what the layout tells about it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

import pypdfium2 as pdfium

from ingest.content import Content
from ingest.formats.pdf_blocks import Kind, PdfBlock, blocks_of, styles_of
from ingest.formats.pdf_columns import Line, lines_in_order
from ingest.formats.pdf_furniture import furniture_of
from ingest.formats.pdf_words import PageReader, PageWords, Segment
from ingest.formats.writer import Parts, TextWriter, escape, join_lines
from ontology.errors import DocumentError, RejectionCode
from ontology.model import RegionKind

MOST_PAGES = 5_000


def read_pdf(raw: bytes, name: str) -> Content:
    """The text of a PDF, by page.

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
    empty = [n for n, page in enumerate(pages, 1) if n not in lost and not any(s.text for s in page.segments)]
    if not any(page.segments for page in pages):
        raise DocumentError(
            RejectionCode.NO_TEXT_LAYER,
            f"{name} has no text layer, only pictures of text; run OCR over it (such as ocrmypdf) and try again.",
        )
    return _content(pages, name, lost, empty)


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
        out.append(reader.read(page))
        page.close()
    return out, lost


def _content(pages: Sequence[PageWords], name: str, lost: Sequence[int], empty: Sequence[int]) -> Content:
    writer = TextWriter()
    aside = furniture_of(pages)
    lines: list[Line] = []
    for number, (page, furniture) in enumerate(zip(pages, aside, strict=True), 1):
        body = [s for n, s in enumerate(page.segments) if n not in furniture and _sound(s)]
        lines.extend(lines_in_order(number, body))
    blocks = blocks_of(lines, styles_of(lines))
    _write(writer, pages, aside, blocks)
    return Content(writer.text, writer.pages, _warnings(name, lost, empty), writer.regions)


def _sound(segment: Segment) -> bool:
    return all(math.isfinite(v) for v in (segment.x0, segment.x1, segment.y)) and bool(segment.text)


def _write(
    writer: TextWriter, pages: Sequence[PageWords], aside: Sequence[frozenset[int]], blocks: Sequence[PdfBlock]
) -> None:
    """Blocks page by page; what is no running text goes before a block that crosses to the next page."""
    by_page = {page: list(group) for page, group in groupby(blocks, key=lambda b: b.lines[0].page)}
    crossing = 0
    for number, page in enumerate(pages, 1):
        if number > crossing:
            writer.page(number)
        found = by_page.get(number, [])
        notes = [b for b in found if b.kind is Kind.NOTE]
        body = [b for b in found if b.kind is not Kind.NOTE]
        last = body.pop() if body and body[-1].lines[-1].page > number else None
        heads, feet = _furniture(page, aside[number - 1])
        for segment in heads:
            writer.marked(RegionKind.FURNITURE, [(number, escape(segment.text))])
        _write_blocks(writer, body)
        _write_blocks(writer, notes)
        for segment in feet:
            writer.marked(RegionKind.FURNITURE, [(number, escape(segment.text))])
        if last is not None:
            _write_blocks(writer, [last])
            crossing = last.lines[-1].page
    writer.page(len(pages))


def _furniture(page: PageWords, numbers: Iterable[int]) -> tuple[list[Segment], list[Segment]]:
    found = sorted((page.segments[n] for n in numbers), key=lambda s: (-s.y, s.x0))
    middle = page.height / 2
    return [s for s in found if s.y > middle], [s for s in found if s.y <= middle]


def _write_blocks(writer: TextWriter, blocks: Sequence[PdfBlock]) -> None:
    edges: list[float] = []
    for block in blocks:
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
        elif block.kind is Kind.TABLE or len(block.lines[0].segments) > 1:
            writer.rows([[[(line.page, escape(s.text))] for s in line.segments] for line in block.lines])
        else:
            writer.paragraph(parts)


def _mark(mark: str) -> str:
    return mark if mark[-1:] in ".)" or mark in "-•–*" else "•"


def _parts(block: PdfBlock) -> Parts:
    """The text of a block by page."""
    pairs = zip(block.lines, block.texts, strict=True)
    return [
        (page, join_lines(escape(text) for _, text in group)) for page, group in groupby(pairs, key=lambda p: p[0].page)
    ]


def _warnings(name: str, lost: Sequence[int], empty: Sequence[int]) -> tuple[str, ...]:
    out = []
    if lost:
        out.append(f"{numbered(lost)} of {name} cannot be read and is left out; save or download the file again.")
    if empty:
        out.append(f"{numbered(empty)} of {name} has no text layer (it may be a picture); run OCR over the file.")
    return tuple(out)


def numbered(pages: Sequence[int]) -> str:
    """ "Page 3", "Pages 3–5, 9" of ascending page numbers."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs[:20])
    return f"Page{'s' if len(pages) > 1 else ''} {shown}{' …' if len(runs) > 20 else ''}"
