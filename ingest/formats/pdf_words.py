"""Words of a PDF page with their places, sizes and weight, and the stretches of a line that they form.

Places are in points, x from the left and y from the bottom of the page as it is seen.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from ingest.blocks import BULLET, NUMBER
from ingest.formats.writer import superscript

_WORD = re.compile("[^\\s\x00-\x1f\ufffe]+[\x02\ufffe]?")
_TRAILING_FIGURES = re.compile(
    r"(?<=[^\W\d])[.,;:)”\"’]{0,3}(?P<figures>\d{1,3})[.,;:)”\"’]{0,3}$|(?<=[.,;:)”\"’])(?P<after>\d{1,3})$"
)
_MARK_ALONE = re.compile(rf"{BULLET}|[–—o]|{NUMBER}|\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}\.?")
_LEADING_FIGURES = re.compile(r"\d{1,3}(?=[^\W\d]|[“\"‘(]|$)")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
Box = tuple[float, float, float, float]
_ORDINARY = re.compile(r"[\x21-\x2f\x3a-\x7e]+")
_SMALLER = 0.9
_RAISED = 0.12
_NAME_SIZE = 128
_loose_box = pdf.FPDFText_GetLooseCharBox
_font_size = pdf.FPDFText_GetFontSize


@dataclass(frozen=True, slots=True)
class Word:
    """A word: `y` is the bottom of its line, `size` in points; `raised` where it is a superscript."""

    text: str
    x0: float
    x1: float
    y: float
    height: float
    size: float
    raised: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand on one line without a wide gap, in the order in which the file draws them (`order`).

    `lead` counts the bold words that it begins with where the rest is not bold; `table` numbers the table of the
    page in whose place it stands, -1 for none.
    """

    words: tuple[Word, ...]
    size: float
    bold: bool
    order: int
    x0: float
    x1: float
    y: float
    height: float
    text: str
    lead: int = 0
    table: int = -1


def joined(words: Iterable[Word]) -> str:
    """The words, parted by spaces; a raised figure is joined to the word before it."""
    out: list[str] = []
    for word in words:
        if out and not word.raised:
            out.append(" ")
        out.append(word.text)
    return "".join(out)


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page: its size, its stretches of words, the share of characters without a meaning, and its rules."""

    width: float
    height: float
    segments: tuple[Segment, ...]
    characters: int
    pictures: bool
    rules: tuple[Box, ...] = ()


class PageReader:
    """Reads the pages of one document; what a font's size means is looked up once."""

    def __init__(self) -> None:
        self._sizes: dict[tuple[float, float], float] = {}
        self._box = pdf.FS_RECTF()
        self._name = ctypes.create_string_buffer(_NAME_SIZE)
        self._flags = ctypes.c_int()

    def read(self, page: pdfium.PdfPage) -> PageWords:
        """The words of a page and the rules drawn on it."""
        width, height = page.get_size()
        turn = page.get_rotation()
        text_page = page.get_textpage()
        segments = tuple(self._segments(text_page, page, turn))
        characters = text_page.count_chars()
        text_page.close()
        rules, pictures = drawn(page, turn)
        return PageWords(width, height, with_bullets(segments, rules), characters, pictures, rules)

    def _segments(self, text_page: pdfium.PdfTextPage, page: pdfium.PdfPage, turn: int) -> Iterator[Segment]:
        raw = text_page.raw
        text = _text(text_page)
        left, bottom, right, top = page.get_cropbox()
        frame = (left, bottom, right, top, turn)
        current: list[tuple[Word, int, int]] = []
        order = 0
        for match in _WORD.finditer(text):
            plain = self._plain(raw, match, frame)
            for word, start, end in [plain] if plain else self._words(raw, match[0], match.start(), frame):
                if current and not _joins(current[-1][0], current, word):
                    yield self._segment(raw, current, order)
                    order += 1
                    current = []
                current.append((word, start, end))
        if current:
            yield self._segment(raw, current, order)

    def _plain(self, raw: object, match: re.Match[str], frame: tuple[float, ...]) -> tuple[Word, int, int] | None:
        """A word of letters alone that stands on one line, as most do; None for all others."""
        text, start, end = match[0], match.start(), match.end()
        if not text.isascii() or not _ORDINARY.fullmatch(text):
            return None
        x0, right, y, height = self._place(raw, start, frame)
        if end - start > 1:
            _, right, last, _ = self._place(raw, end - 1, frame)
            if abs(y - last) > 0.7 * height:
                return None
        return Word(text, x0, right, y, height, self._size(raw, start, height)), start, end

    def _words(self, raw: object, text: str, start: int, frame: tuple[float, ...]) -> Iterator[tuple[Word, int, int]]:
        """The word at `start`; two where it runs over a line's end, or begins or ends with raised figures."""
        end = start + len(text)
        first = self._place(raw, start, frame)
        last = self._place(raw, end - 1, frame) if end - start > 1 else first
        if abs(first[2] - last[2]) > 0.7 * first[3] and end - start > 1:
            tall = 0.7 * first[3]
            cut = next(i for i in range(start + 1, end) if abs(self._place(raw, i, frame)[2] - first[2]) > tall)
            yield from self._words(raw, text[: cut - start], start, frame)
            yield from self._words(raw, text[cut - start :], cut, frame)
            return
        size = self._size(raw, start, first[3])
        shown = text.replace("\x02", "-").replace("\ufffe", "-").translate(_LIGATURES)
        if len(shown) == len(text) and any("0" <= c <= "9" for c in text):
            tail = _TRAILING_FIGURES.search(text)
            if tail:
                group = "figures" if tail["figures"] else "after"
                begin, stop = start + tail.start(group), start + tail.end(group)
                if self._raised(raw, begin, first, size, frame):
                    one, two = begin - start, stop - start
                    shown = text[:one] + superscript(text[one:two]) + text[two:]
            else:
                head = _LEADING_FIGURES.match(text)
                if head and head.end() < len(text):
                    body = self._place(raw, start + head.end(), frame)
                    body_size = self._size(raw, start + head.end(), body[3])
                    if self._raised(raw, start, body, body_size, frame):
                        cut = start + head.end()
                        mark = self._place(raw, cut - 1, frame)
                        yield Word(superscript(head[0]), first[0], mark[1], body[2], body[3], body_size), start, cut
                        yield from self._words(raw, text[head.end() :], cut, frame)
                        return
        yield Word(shown, first[0], last[1], first[2], first[3], size), start, end

    def _raised(self, raw: object, index: int, base: tuple[float, ...], size: float, frame: tuple[float, ...]) -> bool:
        place = self._place(raw, index, frame)
        return self._size(raw, index, place[3]) < _SMALLER * size and place[2] > base[2] + _RAISED * size

    def _place(self, raw: object, index: int, frame: tuple[float, ...]) -> Box:
        """`(left, right, bottom, height)` of a character, in the page as it is seen."""
        box = self._box
        _loose_box(raw, index, box)
        if frame[4] == 0:
            return box.left - frame[0], box.right - frame[0], box.bottom - frame[1], box.top - box.bottom
        if frame[4] == 90:
            return box.bottom - frame[1], box.top - frame[1], frame[2] - box.right, box.right - box.left
        if frame[4] == 180:
            return frame[2] - box.right, frame[2] - box.left, frame[3] - box.top, box.top - box.bottom
        return frame[3] - box.top, frame[3] - box.bottom, box.left - frame[0], box.right - box.left

    def _size(self, raw: object, index: int, height: float) -> float:
        """The size in points as it is seen: the font's nominal size scaled by the text matrix."""
        nominal = _font_size(raw, index)
        key = (round(nominal, 2), round(height, 1))
        size = self._sizes.get(key)
        if size is None:
            matrix = pdf.FS_MATRIX()
            pdf.FPDFText_GetMatrix(raw, index, matrix)
            scale = math.hypot(matrix.c, matrix.d)
            size = self._sizes[key] = nominal * scale if scale > 0 and math.isfinite(nominal * scale) else height
        return size

    def _segment(self, raw: object, parts: list[tuple[Word, int, int]], order: int) -> Segment:
        words = _with_raised([word for word, _, _ in parts])
        largest = max(words, key=lambda w: len(w.text))
        begins = self._bold(raw, parts[1 if _MARK_ALONE.fullmatch(parts[0][0].text) and len(parts) > 1 else 0][1])
        bold = begins and (len(parts) == 1 or self._bold(raw, parts[-1][1]))
        lead = 0
        if begins and not bold:
            lead = next(n for n in range(len(parts) - 1, 0, -1) if self._bold(raw, parts[n - 1][1]))
        return Segment(
            tuple(words), largest.size, bold, order, min(w.x0 for w in words), max(w.x1 for w in words),
            largest.y, largest.height, joined(words), lead,
        )

    def _bold(self, raw: object, index: int) -> bool:
        size = pdf.FPDFText_GetFontInfo(raw, index, self._name, _NAME_SIZE, self._flags)
        name = self._name.value.lower() if 0 < size <= _NAME_SIZE else b""
        return any(mark in name for mark in (b"bold", b"black", b"heavy", b"semibold", b"demi")) or bool(
            self._flags.value & 1 << 18
        )


def _text(text_page: pdfium.PdfTextPage) -> str:
    """One character for each character of the page, so that places in it are indices of the library."""
    count = text_page.count_chars()
    text: str = text_page.get_text_range() if count else ""
    if len(text) == count:
        return text
    points = (pdf.FPDFText_GetUnicode(text_page.raw, i) for i in range(count))
    return "".join(chr(p) if p <= 0x10FFFF else "\ufffd" for p in points)


def _joins(last: Word, current: list[tuple[Word, int, int]], word: Word) -> bool:
    """Whether a word goes on in the line: on its base, right of the last word and without a wide gap."""
    gap, size = word.x0 - last.x1, max(last.size, word.size)
    widest = 5.0 if len(current) == 1 and _MARK_ALONE.fullmatch(last.text) else 1.6
    if not -0.6 * size < gap < widest * size:
        return False
    offset = abs(word.y - last.y)
    if offset <= 0.25 * size:
        return True
    base = current[0][0]
    small = min(last.size, word.size) < _SMALLER * size
    return (small and offset < 0.7 * size) or abs(word.y - base.y) <= 0.25 * size


def _with_raised(words: list[Word]) -> list[Word]:
    """Small figures above the base, as a word of their own, become superscripts of the word before them."""
    body = max(w.size for w in words)
    base = max((w.y for w in words if w.size >= 0.9 * body), default=words[0].y)
    if all(w.size >= _SMALLER * body for w in words):
        return words
    out = []
    for number, w in enumerate(words):
        is_mark = w.size < _SMALLER * body and w.text.strip(",").isdecimal() and len(w.text) <= 3
        if is_mark and w.text.isascii() and w.y > base + _RAISED * body:
            close = number > 0 and w.x0 - words[number - 1].x1 < 0.35 * body
            out.append(Word(superscript(w.text), w.x0, w.x1, base, w.height, w.size, raised=close))
        else:
            out.append(w)
    return out


def with_bullets(segments: tuple[Segment, ...], boxes: Sequence[Box]) -> tuple[Segment, ...]:
    """Small drawn shapes left of a line, as browsers draw the marks of lists, become bullets of that line."""
    out = list(segments)
    for x0, y0, x1, y1 in boxes:
        wide, high = x1 - x0, y1 - y0
        if not (1.5 <= wide <= 9 and 1.5 <= high <= 9 and 0.6 < wide / high < 1.6):
            continue
        middle = (y0 + y1) / 2
        near = [
            (s.x0 - x1, n) for n, s in enumerate(out)
            if s.y < middle < s.y + s.height and 0 <= s.x0 - x1 < 2.5 * s.size and wide < 0.8 * s.size
        ]
        if near:
            _, number = min(near)
            s = out[number]
            mark = Word("•", x0, x1, s.y, s.height, s.size)
            lead = s.lead + bool(s.lead)
            out[number] = replace(s, words=(mark, *s.words), x0=x0, lead=lead, text=f"• {s.text}")
    return tuple(out)


def drawn(page: pdfium.PdfPage, turn: int, *, most: int = 4000) -> tuple[tuple[Box, ...], bool]:
    """The boxes `(x0, y0, x1, y1)` of what is drawn (rules, frames), and whether there are pictures."""
    if turn:
        return (), True
    left, bottom, _, _ = page.get_cropbox()
    boxes = []
    pictures = False
    a, b, c, d = (ctypes.c_float() for _ in range(4))
    for number in range(min(pdf.FPDFPage_CountObjects(page.raw), most)):
        item = pdf.FPDFPage_GetObject(page.raw, number)
        kind = pdf.FPDFPageObj_GetType(item)
        if kind == pdf.FPDF_PAGEOBJ_IMAGE:
            pictures = True
        elif kind == pdf.FPDF_PAGEOBJ_PATH and pdf.FPDFPageObj_GetBounds(item, a, b, c, d):
            boxes.append((a.value - left, b.value - bottom, c.value - left, d.value - bottom))
        elif kind == pdf.FPDF_PAGEOBJ_FORM:
            pictures = True
    return tuple(boxes), pictures
