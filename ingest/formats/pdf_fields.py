"""What people wrote into a PDF: the fields of its forms and free text on its pages, which are no part of the page."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from ingest.formats.pdf_words import Segment, Word, joined

_MOST = 500
_LONGEST = 4_000
_SIZE = 10.0
_KINDS = {pdf.FPDF_ANNOT_WIDGET: b"V", pdf.FPDF_ANNOT_FREETEXT: b"Contents"}


def field_segments(page: pdfium.PdfPage, *, order: int) -> Iterator[Segment]:
    """The words of fields and free text of a page that is not turned, at the place of their box.

    Comments, links and buttons are left out: they say nothing on the page itself.

    Args:
        page: the page.
        order: of the first; they come after what is drawn.
    """
    if page.get_rotation():
        return
    left, bottom, _, _ = page.get_cropbox()
    for number in range(min(pdf.FPDFPage_GetAnnotCount(page.raw), _MOST)):
        item = pdf.FPDFPage_GetAnnot(page.raw, number)
        key = _KINDS.get(pdf.FPDFAnnot_GetSubtype(item))
        box = pdf.FS_RECTF()
        if key is not None and pdf.FPDFAnnot_GetRect(item, box) and not _is_hidden(item):
            for line, text in enumerate(_string(item, key).splitlines()):
                if text.split():
                    top = box.top - bottom - 1.2 * _SIZE * (line + 1)
                    yield _segment(text.split(), box.left - left, top, order)
                    order += 1
        pdf.FPDFPage_CloseAnnot(item)


def _is_hidden(item: pdf.FPDF_ANNOTATION) -> bool:
    flags = pdf.FPDFAnnot_GetFlags(item)
    return bool(flags & (pdf.FPDF_ANNOT_FLAG_HIDDEN | pdf.FPDF_ANNOT_FLAG_NOVIEW))


def _string(item: pdf.FPDF_ANNOTATION, key: bytes) -> str:
    """A value of text; "" where it is a name, as the state of a button is, or has none."""
    if pdf.FPDFAnnot_GetValueType(item, key) != pdf.FPDF_OBJECT_STRING:
        return ""
    size = pdf.FPDFAnnot_GetStringValue(item, key, None, 0)
    if not 2 < size <= 2 * _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdf.FPDFAnnot_GetStringValue(item, key, ctypes.cast(buffer, ctypes.POINTER(pdf.FPDF_WCHAR)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _segment(texts: list[str], x: float, y: float, order: int) -> Segment:
    words = []
    for text in texts:
        end = x + 0.5 * _SIZE * len(text)
        words.append(Word(text, x, end, y, 1.15 * _SIZE, _SIZE))
        x = end + 0.3 * _SIZE
    return Segment(tuple(words), _SIZE, False, order, words[0].x0, words[-1].x1, y, 1.15 * _SIZE, joined(words))
