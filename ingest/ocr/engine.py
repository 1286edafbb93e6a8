"""One page of a PDF drawn as a picture and read by Tesseract; runs in the process that reads documents."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from ingest.ocr.hanging import hanging_mark
from ingest.ocr.languages import data_folder
from ingest.ocr.marks import Box, Letter, is_bullet, words_of
from ingest.ocr.recognised import RecognisedLine, RecognisedPage

Picture = NDArray[np.uint8]

RESOLUTION = 300.0
"""Dots an inch at which a page is drawn; Tesseract was trained on that."""
MOST_PIXELS = 25_000_000
"""A page that would have more is drawn coarser: an A3 page at full resolution has 17 million."""
_DOUBTFUL = 0.6
_LEGIBLE = 0.3
_SURE = 60
_PAGE, _WORD, _FIGURES = "page", "word", "figures"
_LEVEL_WIDTH = 100
_FEWEST_DOTS = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line in dots of the picture: its base from left to right, the height of its x, its words as
    `(text, confidence, left, right)`."""

    base: tuple[tuple[int, int], tuple[int, int]]
    x_height: float
    words: tuple[tuple[str, float, int, int], ...]


def recognise(path: Path, number: int, language: str) -> RecognisedPage:
    """Read a page, from 1, off its picture.

    A page that was scanned sideways or upside down is read the way round that gives the best text; a page that was
    laid on the glass a little askew is levelled.

    Raises:
        UsageError: there is no data for the language.
        ValueError: the page cannot be drawn.
    """
    document = pdfium.PdfDocument(path)
    page = document[number - 1]
    best: tuple[float, RecognisedPage] | None = None
    for turn in (0, 90, 270, 180):
        found = _read(page, turn, language)
        worth = found.confidence * sum(len(word[0]) for line in found.lines for word in line.words)
        if best is None or worth > best[0]:
            best = worth, found
        if turn == 0 and found.confidence >= _DOUBTFUL:
            break
    page.close()
    document.close()
    if best is None:
        raise ValueError("the page has no picture")
    return best[1]


def scale_of(width: float, height: float) -> float:
    """Dots a point for a page of this size in points: 300 dots an inch, or fewer where the page is very large.

    Raises:
        ValueError: the page has no extent.
    """
    if not (math.isfinite(width * height) and width >= 1 and height >= 1):
        raise ValueError(f"a page of {width:g} by {height:g} points cannot be drawn")
    scale = min(RESOLUTION / 72, math.sqrt(MOST_PIXELS / (width * height)))
    if min(width, height) * scale < _FEWEST_DOTS:
        raise ValueError(f"a page of {width:g} by {height:g} points is too narrow to be read")
    return scale


@lru_cache(maxsize=3)
def _tesseract(language: str, what: str) -> Any:
    """Tesseract with its data: for whole pages, for a word, or for a few figures alone."""
    from tesserocr import OEM, PSM, PyTessBaseAPI

    mode = PSM.AUTO if what == _PAGE else PSM.SINGLE_WORD
    made = PyTessBaseAPI(path=f"{data_folder(language)}/", lang=language, psm=mode, oem=OEM.LSTM_ONLY)
    if what == _FIGURES:
        made.SetVariable("tessedit_char_whitelist", "0123456789")
    return made


def _read(page: pdfium.PdfPage, turn: int, language: str) -> RecognisedPage:
    width, height = page.get_size()
    scale = scale_of(width, height)
    bitmap = page.render(scale=scale, rotation=turn, grayscale=True)
    picture = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width])
    bitmap.close()
    tesseract = _tesseract(language, _PAGE)
    _show(tesseract, picture, round(72 * scale))
    lines = list(_lines(tesseract, picture, language))
    tesseract.Clear()
    tesseract.ClearAdaptiveClassifier()
    return _levelled(lines, picture.shape[1], picture.shape[0], scale)


def _show(tesseract: Any, picture: Picture, resolution: int) -> None:
    down, across = picture.shape
    tesseract.SetImageBytes(picture.tobytes(), across, down, 1, across)
    tesseract.SetSourceResolution(resolution)
    tesseract.Recognize()


def _lines(tesseract: Any, picture: Picture, language: str) -> Iterator[_Line]:
    """The lines as they stand in the picture, in Tesseract's order."""
    from tesserocr import RIL, iterate_level

    cursor = tesseract.GetIterator()
    line: _Draft | None = None
    for at in iterate_level(cursor, RIL.SYMBOL) if cursor is not None else ():
        if at.IsAtBeginningOf(RIL.TEXTLINE):
            yield from line.lines(picture, language) if line else ()
            base, row = at.Baseline(RIL.TEXTLINE), at.RowAttributes()
            line = _Draft(base, row["row_height"] + row["descenders"] - row["ascenders"]) if base else None
        if line is None:
            continue
        if at.IsAtBeginningOf(RIL.WORD) or not line.words:
            line.words.append((at.Confidence(RIL.WORD) / 100, []))
        text, box = at.GetUTF8Text(RIL.SYMBOL).strip(), at.BoundingBox(RIL.SYMBOL)
        if text and box:
            line.words[-1][1].append(Letter(text, box, line.base_at(box[0]) - box[3]))
    yield from line.lines(picture, language) if line else ()


@dataclass(slots=True)
class _Draft:
    """A line whose letters are being gathered: its base, the height of its x, its words with their confidence."""

    base: tuple[tuple[int, int], tuple[int, int]]
    x_height: float
    words: list[tuple[float, list[Letter]]] = field(default_factory=list)

    def base_at(self, x: float) -> float:
        """The height of the base at a place, in dots from the top."""
        (x0, y0), (x1, y1) = self.base
        return y0 + (y1 - y0) * (x - x0) / max(1, x1 - x0)

    def lines(self, picture: Picture, language: str) -> Iterator[_Line]:
        """The line, where it holds anything, with the list mark before it."""

        def figures(box: Box) -> str:
            return _reread(picture, box, language, figures=True)

        def anything(box: Box) -> str:
            return _reread(picture, box, language, figures=False)

        words: list[tuple[str, float, int, int]] = []
        for number, (confidence, letters) in enumerate(self.words):
            if letters and number == 0 and len(self.words) > 1 and is_bullet(letters, self.x_height):
                words.append(("•", confidence, letters[0].box[0], letters[0].box[2]))
            elif letters:
                found = words_of(letters, self.x_height, figures)
                words.extend((text, confidence, left, right) for text, left, right in found)
        if words:
            _, confidence, left, _ = words[0]
            mark = hanging_mark(picture, left, self.base_at(left), self.x_height, figures=figures, anything=anything)
            before = [(mark[0], confidence, mark[1], mark[2])] if mark else []
            yield _Line(self.base, self.x_height, (*before, *words))


def _reread(picture: Picture, box: Box, language: str, *, figures: bool) -> str:
    """The figures, or anything, in a small part of the picture, drawn three times as large on white."""
    left, top, right, bottom = box
    part = np.kron(picture[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2], np.ones((3, 3), np.uint8))
    reader = _tesseract(language, _FIGURES if figures else _WORD)
    _show(reader, np.pad(part, 30, constant_values=255), round(RESOLUTION))
    text = "".join(reader.GetUTF8Text().split())
    sure = reader.MeanTextConf() >= _SURE
    reader.Clear()
    return text if sure and (not figures or (text.isascii() and text.isdecimal())) else ""


def _levelled(lines: Sequence[_Line], across: int, down: int, scale: float) -> RecognisedPage:
    """The legible lines in points, turned so that their bases are level."""
    slopes = [_slope(line) for line in lines if line.base[1][0] - line.base[0][0] >= _LEVEL_WIDTH]
    angle = math.atan(statistics.median(slopes)) if slopes else 0.0
    cos, sin = math.cos(angle), math.sin(angle)

    def place(x: float, y: float) -> tuple[float, float]:
        dx, dy = x - across / 2, y - down / 2
        across_points = (dx * cos + dy * sin + across / 2) / scale
        return round(across_points, 1), round((down / 2 - (dy * cos - dx * sin)) / scale, 1)

    out: list[RecognisedLine] = []
    sure: list[tuple[float, int]] = []
    for line in lines:
        letters = sum(len(text) for text, _, _, _ in line.words)
        confidence = sum(c * len(text) for text, c, _, _ in line.words) / letters
        if confidence < _LEGIBLE or line.x_height <= 0:
            continue
        (x0, y0), (x1, y1) = line.base
        lean = (y1 - y0) / max(1, x1 - x0)
        words = tuple(
            (text, place(left, y0 + lean * (left - x0))[0], place(right, y0 + lean * (right - x0))[0])
            for text, _, left, right in line.words
        )
        base = place((x0 + x1) / 2, (y0 + y1) / 2)[1]
        size = max(4.0, round(4 * line.x_height / scale) / 2)  # an x is about half as high as its font's size
        out.append(RecognisedLine(base, size, words))
        sure.append((confidence, letters))
    total = sum(letters for _, letters in sure)
    mean = sum(confidence * letters for confidence, letters in sure) / total if total else 0.0
    return RecognisedPage(round(across / scale, 1), round(down / scale, 1), tuple(out), round(mean, 4))


def _slope(line: _Line) -> float:
    (x0, y0), (x1, y1) = line.base
    return (y1 - y0) / (x1 - x0)
