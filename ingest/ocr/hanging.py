"""The marks of lists that Tesseract leaves out: ink that stands alone to the left of a line is looked at again."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from ingest.blocks import NUMBER
from ingest.formats.writer import superscript
from ingest.ocr.marks import Box, Letter, is_bullet, is_raised

_NUMBER = re.compile(NUMBER)
_DARK = 128
_FULL = 0.65


def hanging_mark(
    picture: NDArray[np.uint8], left: int, base: float, x_height: float, *, figures: Callable[[Box], str],
    anything: Callable[[Box], str],
) -> tuple[str, int, int] | None:
    """The mark of a list or note before a line as `(text, left, right)`; None where there is none.

    Args:
        picture: the page, 0 for black.
        left: where the line begins, in dots.
        base: the base of the line there, in dots from the top.
        x_height: the height of an x, in dots.
        figures: the figures that a picture of this box shows, "" where it shows none.
        anything: what a picture of this box says, "" where it says nothing.
    """
    x0, x1 = max(0, round(left - 4.5 * x_height)), round(left - 0.4 * x_height)
    y0, y1 = max(0, round(base - 1.7 * x_height)), round(base + 0.5 * x_height)
    ink = picture[y0:y1, x0:x1] < _DARK
    if ink.size == 0 or not ink.any() or ink[:, : max(2, round(0.3 * x_height))].any():
        return None
    columns, rows = np.flatnonzero(ink.any(axis=0)), np.flatnonzero(ink.any(axis=1))
    box = (x0 + int(columns[0]), y0 + int(rows[0]), x0 + int(columns[-1]) + 1, y0 + int(rows[-1]) + 1)
    within = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    letter = Letter("•", box, base - box[3])
    if within.mean() >= _FULL and is_bullet([letter], x_height):
        return "•", box[0], box[2]
    if is_raised(letter, x_height):
        mark = superscript(figures(box))
        return (mark, box[0], box[2]) if mark else None
    if not 0.6 * x_height <= box[3] - box[1] <= 2.2 * x_height:
        return None
    mark = anything(box)
    return (mark, box[0], box[2]) if _NUMBER.fullmatch(mark) else None
