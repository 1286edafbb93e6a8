"""Words of a PDF page with their places, sizes and weight, and the stretches of a line that they form.

Places are in points, x from the left and y from the bottom of the page as it is seen.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

from ingest.blocks import BULLET, NUMBER
from ingest.formats.pdf_characters import Box, Characters, Fonts, address, native
from ingest.formats.writer import superscript

_WORD = re.compile("[^\\s\x00-\x1f\ufffe]+[\x02\ufffe]?")
_TRAILING_FIGURES = re.compile(
    r"(?<=[^\W\d])[.,;:)”\"’]{0,3}(?P<figures>\d{1,3})[.,;:)”\"’]{0,3}$|(?<=[.,;:)”\"’])(?P<after>\d{1,3})$"
)
_MARK_ALONE = re.compile(rf"{BULLET}|[–—o]|{NUMBER}|\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}\.?")
_LEADING_FIGURES = re.compile(r"\d{1,3}(?=[^\W\d]|[“\"‘(]|$)")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_FIGURE = re.compile("[0-9]")
_SMALLER = 0.9
_RAISED = 0.12
_count_objects = native(pdf.FPDFPage_CountObjects, ctypes.c_int, ctypes.c_void_p)
_object = native(pdf.FPDFPage_GetObject, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_object_type = native(pdf.FPDFPageObj_GetType, ctypes.c_int, ctypes.c_void_p)


class Word(NamedTuple):
    """A word: `y` is the bottom of its line, `size` in points; `raised` where it is a superscript.

    A page has hundreds of them, and a named tuple is made several times faster than a frozen dataclass.
    """

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
        self._fonts = Fonts()

    def read(self, page: pdfium.PdfPage) -> PageWords:
        """The words of a page and the rules drawn on it."""
        width, height = page.get_size()
        turn = page.get_rotation()
        text_page = page.get_textpage()
        segments = tuple(_segments(Characters(page, text_page, turn, self._fonts)))
        characters = text_page.count_chars()
        text_page.close()
        rules, pictures = drawn(page, turn)
        return PageWords(width, height, with_bullets(segments, rules), characters, pictures, rules)


_Part = tuple[Word, int]
"""A word and the place of its first character."""


def _segments(characters: Characters) -> Iterator[Segment]:
    words, starts = _words_of(characters)
    begin = order = 0
    x1 = y = size = 0.0
    for end, (_, x0, right, bottom, _, points, _) in enumerate(words):
        near = points == size and -0.6 * size < x0 - x1 < 1.6 * size and abs(bottom - y) <= 0.25 * size
        if not near and end > begin and not _joins(words, begin, end):
            yield _segment(characters, words[begin:end], starts[begin:end], order)
            begin, order = end, order + 1
        x1, y, size = right, bottom, points
    if words:
        yield _segment(characters, words[begin:], starts[begin:], order)


def _words_of(characters: Characters) -> tuple[list[Word], list[int]]:
    """The words of a page in the order of the file, and the places where they begin.

    Most words have no figures and stand on one line; the others are looked at one by one.
    """
    text = characters.text
    spans = [match.span() for match in _WORD.finditer(text)]
    starts = [start for start, _ in spans]
    x0s, _, bottoms, heights = characters.columns(starts)
    _, x1s, lasts, _ = characters.columns([end - 1 for _, end in spans])
    sizes = characters.sizes(starts, bottoms, heights)
    words: list[Word] = []
    begins: list[int] = []
    columns = zip(spans, x0s, x1s, bottoms, lasts, heights, sizes, strict=True)
    for (start, end), x0, x1, y, last, height, size in columns:
        word = text[start:end]
        plain = word.isascii() and (word.isalpha() or word.isdecimal())
        if abs(y - last) <= 0.7 * height and (plain or not _FIGURE.search(word)):
            words.append(Word(word if plain else _shown(word), x0, x1, y, height, size))
            begins.append(start)
            continue
        for part, begin in _words(characters, start, end):
            words.append(part)
            begins.append(begin)
    return words, begins


def _words(characters: Characters, start: int, end: int) -> Iterator[_Part]:
    """The word between two places of the text; two where it runs over a line's end, or begins with raised figures."""
    first, last = characters.place(start), characters.place(end - 1)
    tall = 0.7 * first[3]
    if abs(first[2] - last[2]) > tall and end - start > 1:
        cut = next(i for i in range(start + 1, end) if abs(characters.place(i)[2] - first[2]) > tall)
        yield from _words(characters, start, cut)
        yield from _words(characters, cut, end)
    else:
        yield from _with_figures(characters, start, end, (first, last), characters.size(start, first))


def _with_figures(
    characters: Characters, start: int, end: int, places: tuple[Box, Box], size: float
) -> Iterator[_Part]:
    """A word on one line, its raised figures as superscripts; those that it begins with are a word by themselves."""
    text, (first, last) = characters.text[start:end], places
    shown = _shown(text)
    if len(shown) == len(text):
        tail = _TRAILING_FIGURES.search(text)
        head = None if tail else _LEADING_FIGURES.match(text)
        if tail:
            one, two = tail.span("figures" if tail["figures"] else "after")
            if _is_raised(characters, start + one, first, size):
                shown = text[:one] + superscript(text[one:two]) + text[two:]
        elif head and head.end() < len(text):
            cut = start + head.end()
            body = characters.place(cut)
            body_size = characters.size(cut, body)
            if _is_raised(characters, start, body, body_size):
                mark = characters.place(cut - 1)
                yield Word(superscript(head[0]), first[0], mark[1], body[2], body[3], body_size), start
                yield from _words(characters, cut, end)
                return
    yield Word(shown, first[0], last[1], first[2], first[3], size), start


def _shown(text: str) -> str:
    return text if text.isascii() and text.isprintable() else (
        text.replace("\x02", "-").replace("\ufffe", "-").translate(_LIGATURES)
    )


def _is_raised(characters: Characters, index: int, base: Box, size: float) -> bool:
    place = characters.place(index)
    return characters.size(index, place) < _SMALLER * size and place[2] > base[2] + _RAISED * size


def _segment(characters: Characters, words: list[Word], starts: list[int], order: int) -> Segment:
    texts, x0s, x1s, _, _, sizes, _ = zip(*words, strict=True)
    text = " ".join(texts)
    if min(sizes) < _SMALLER * max(sizes):
        words = _with_raised(words)
        text = joined(words)
    lengths = [len(word) for word in texts]
    largest = words[lengths.index(max(lengths))]
    begins = characters.bold(starts[1 if len(words) > 1 and _MARK_ALONE.fullmatch(texts[0]) else 0])
    bold = begins and (len(words) == 1 or characters.bold(starts[-1]))
    lead = 0
    if begins and not bold:
        lead = next(n for n in range(len(words) - 1, 0, -1) if characters.bold(starts[n - 1]))
    return Segment(
        tuple(words), largest.size, bold, order, min(x0s), max(x1s), largest.y, largest.height, text, lead
    )


def _joins(words: Sequence[Word], begin: int, end: int) -> bool:
    """Whether the word at `end` goes on in the line that begins at `begin`: on its base, right of it, without a gap."""
    last, word = words[end - 1], words[end]
    gap = word.x0 - last.x1
    size = last.size if last.size >= word.size else word.size
    widest = 5.0 if end - begin == 1 and _MARK_ALONE.fullmatch(last.text) else 1.6
    if not -0.6 * size < gap < widest * size:
        return False
    offset = abs(word.y - last.y)
    if offset <= 0.25 * size:
        return True
    base = words[begin]
    small = min(last.size, word.size) < _SMALLER * size
    return (small and offset < 0.7 * size) or abs(word.y - base.y) <= 0.25 * size


def _with_raised(words: list[Word]) -> list[Word]:
    """Small figures above the base, as a word of their own, become superscripts of the word before them."""
    body = max(w.size for w in words)
    base = max((w.y for w in words if w.size >= 0.9 * body), default=words[0].y)
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
    handle = address(page.raw)
    for number in range(min(_count_objects(handle), most)):
        item = _object(handle, number)
        kind = _object_type(item)
        if kind == pdf.FPDF_PAGEOBJ_TEXT:
            continue
        if kind == pdf.FPDF_PAGEOBJ_PATH:
            if pdf.FPDFPageObj_GetBounds(ctypes.cast(item, pdf.FPDF_PAGEOBJECT), a, b, c, d):
                boxes.append((a.value - left, b.value - bottom, c.value - left, d.value - bottom))
        elif kind in (pdf.FPDF_PAGEOBJ_IMAGE, pdf.FPDF_PAGEOBJ_FORM):
            pictures = True
    return tuple(boxes), pictures
