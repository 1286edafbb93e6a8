"""The characters of a page of a PDF: their places, sizes and weight, asked of the library for many at a time.

A call into the library costs several times what it does there. That is why arguments are plain addresses and the
places of all words are written into one buffer, which is unpacked at once.
"""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdf

Box = tuple[float, float, float, float]
Column = Sequence[float]

_NAME_SIZE = 128
_MOST_SIZES = 100_000
_PLACE = ctypes.sizeof(pdf.FS_RECTF)
_HEAVY = (b"bold", b"black", b"heavy", b"demi")
_FORCED_BOLD = 1 << 18


def native(function: Any, result: Any, *arguments: Any) -> Callable[..., Any]:
    """A function of the library that takes addresses as integers."""
    return ctypes.PYFUNCTYPE(result, *arguments)(ctypes.cast(function, ctypes.c_void_p).value or 0)


def address(handle: Any) -> int:
    """Where a handle of the library points to."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


_loose_box = native(pdf.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)
_font_size = native(pdf.FPDFText_GetFontSize, ctypes.c_double, ctypes.c_void_p, ctypes.c_int)
_font_info = native(
    pdf.FPDFText_GetFontInfo, ctypes.c_ulong, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong,
    ctypes.c_void_p,
)


@dataclass(frozen=True, slots=True)
class Fonts:
    """What was learnt of the fonts of a document: points by nominal size and height, weight by name and flags."""

    exact: dict[tuple[float, float], float] = field(default_factory=dict)
    near: dict[tuple[float, float], float] = field(default_factory=dict)
    bold: dict[tuple[bytes, int], bool] = field(default_factory=dict)


class Characters:
    """The characters of one page, by their place in `text`; leave it before the page is closed."""

    def __init__(self, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, turn: int, fonts: Fonts) -> None:
        self._raw = text_page.raw
        self._address = address(text_page.raw)
        self._frame: Box = page.get_cropbox()
        self._turn = turn
        self._fonts = fonts
        self._name = ctypes.create_string_buffer(_NAME_SIZE)
        self._flags = ctypes.c_int()
        self._name_at, self._flags_at = ctypes.addressof(self._name), ctypes.addressof(self._flags)
        self.text = _text(text_page)

    def columns(self, indices: Sequence[int]) -> tuple[Column, Column, Column, Column]:
        """The left and right edges, the bottoms and the heights of characters, in the page as it is seen."""
        buffer = (ctypes.c_float * (4 * len(indices)))()
        page, begin = self._address, ctypes.addressof(buffer)
        for index, place in zip(indices, range(begin, begin + ctypes.sizeof(buffer), _PLACE), strict=True):
            _loose_box(page, index, place)
        values = struct.unpack(f"{len(buffer)}f", buffer)
        x0, y1, x1, y0 = values[0::4], values[1::4], values[2::4], values[3::4]
        left, bottom, right, top = self._frame
        if self._turn == 0:
            return _less(x0, left), _less(x1, left), _less(y0, bottom), _between(y0, y1)
        if self._turn == 90:
            return _less(y0, bottom), _less(y1, bottom), _from(right, x1), _between(x0, x1)
        if self._turn == 180:
            return _from(right, x1), _from(right, x0), _from(top, y1), _between(y0, y1)
        return _from(top, y1), _from(top, y0), _less(x0, left), _between(x0, x1)

    def place(self, index: int) -> Box:
        """`(left, right, bottom, height)` of a character."""
        (left,), (right,), (bottom,), (height,) = self.columns((index,))
        return left, right, bottom, height

    def sizes(self, indices: Sequence[int], bottoms: Column, heights: Column) -> list[float]:
        """The sizes of characters in points, as they are seen.

        One that stands exactly as low and as high as the character before it has its size.
        """
        known = self._fonts.exact
        out: list[float] = []
        at = tall = size = -math.inf
        for index, bottom, height in zip(indices, bottoms, heights, strict=True):
            if bottom != at or height != tall:
                at, tall = bottom, height
                key = (_font_size(self._address, index), height)
                size = known[key] if key in known else self._size(index, key)
            out.append(size)
        return out

    def size(self, index: int, place: Box) -> float:
        """The size of a character in points, as it is seen."""
        return self.sizes((index,), place[2:3], place[3:])[0]

    def _size(self, index: int, key: tuple[float, float]) -> float:
        near = (round(key[0], 2), round(key[1], 1))
        size = self._fonts.near.get(near)
        if size is None:
            size = self._fonts.near[near] = self._scaled(index, *key)
        if len(self._fonts.exact) < _MOST_SIZES:
            self._fonts.exact[key] = size
        return size

    def _scaled(self, index: int, nominal: float, height: float) -> float:
        """The nominal size scaled by the text matrix; the height where that cannot be told."""
        matrix = pdf.FS_MATRIX()
        pdf.FPDFText_GetMatrix(self._raw, index, matrix)
        scale = math.hypot(matrix.c, matrix.d)
        return nominal * scale if scale > 0 and math.isfinite(nominal * scale) else height

    def bold(self, index: int) -> bool:
        """Whether a character is set in a bold font, by the font's name or its flags."""
        size = _font_info(self._address, index, self._name_at, _NAME_SIZE, self._flags_at)
        key = (self._name.value if 0 < size <= _NAME_SIZE else b"", self._flags.value)
        bold = self._fonts.bold.get(key)
        if bold is None:
            name = key[0].lower()
            bold = self._fonts.bold[key] = any(mark in name for mark in _HEAVY) or bool(key[1] & _FORCED_BOLD)
        return bold


def _less(values: Column, origin: float) -> Column:
    return [value - origin for value in values] if origin else values


def _from(edge: float, values: Column) -> Column:
    return [edge - value for value in values]


def _between(low: Column, high: Column) -> Column:
    return [two - one for one, two in zip(low, high, strict=True)]


def _text(text_page: pdfium.PdfTextPage) -> str:
    """One character for each character of the page, so that places in it are indices of the library."""
    count = text_page.count_chars()
    text: str = text_page.get_text_range() if count else ""
    if len(text) == count:
        return text
    points = (pdf.FPDFText_GetUnicode(text_page.raw, i) for i in range(count))
    return "".join(chr(p) if p <= 0x10FFFF else "\ufffd" for p in points)
