"""What the places of letters tell that Tesseract does not: raised figures of notes, and the bullets of lists.

Tesseract reads a raised figure as a quotation mark or a degree sign as often as not, a bullet as "e" or "*", and a
Roman numeral as letters that look like it.
Heights are measured by that of an x in the same line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ingest.formats.writer import superscript

Box = tuple[int, int, int, int]
_NUMERAL = re.compile(r"[Il|]{1,3}[.,:;)]?")
_SPACE_LIKE = "|_~`^"


@dataclass(frozen=True, slots=True)
class Letter:
    """A character and its ink `(left, top, right, bottom)` in dots; `above` its bottom above the base of its line."""

    text: str
    box: Box
    above: float

    @property
    def height(self) -> int:
        """Of its ink."""
        return self.box[3] - self.box[1]

    @property
    def width(self) -> int:
        """Of its ink."""
        return self.box[2] - self.box[0]


def is_bullet(letters: Sequence[Letter], x_height: float) -> bool:
    """Whether a word at the start of a line is a dot or small square that stands in the middle of the line."""
    if len(letters) != 1 or letters[0].text.isdecimal():
        return False
    dot = letters[0]
    square = 0.75 < dot.width / max(1, dot.height) < 1.33
    return square and 0.3 * x_height <= dot.height <= 0.9 * x_height and dot.above >= 0.2 * x_height


def words_of(
    letters: Sequence[Letter], x_height: float, reread: Callable[[Box], str]
) -> list[tuple[str, int, int]]:
    """A word as `(text, left, right)`; raised figures are raised in the text, and a word of their own where it begins.

    Args:
        letters: of the word, from the left.
        x_height: of its line, in dots.
        reread: the figures that a picture of this box shows, "" where it shows none.
    """
    raised = [is_raised(letter, x_height) for letter in letters]
    first = raised.index(False) if False in raised else len(letters)
    last = len(letters) - raised[::-1].index(False) if False in raised else len(letters)
    lead, body, tail = letters[:first], letters[first:last], letters[last:]
    out = [(mark, lead[0].box[0], lead[-1].box[2])] if lead and (mark := _figures(lead, reread)) else []
    text = "".join(letter.text for letter in body)
    if _NUMERAL.fullmatch(text):
        text = text.replace("l", "I").replace("|", "I")
    text += _figures(tail, reread) if tail else ""
    if any(c.isalnum() or c not in _SPACE_LIKE for c in text):
        out.append((text, body[0].box[0], (tail or body)[-1].box[2]))
    return out


def is_raised(letter: Letter, x_height: float) -> bool:
    """Whether a character is as high and as narrow as a raised figure; quotation marks are lower."""
    high = 0.62 * x_height <= letter.height <= 1.3 * x_height
    return high and letter.above >= 0.42 * x_height and letter.width <= 1.1 * x_height


def _figures(letters: Sequence[Letter], reread: Callable[[Box], str]) -> str:
    text = "".join(letter.text for letter in letters)
    if not (text.isascii() and text.isdecimal()):
        boxes = [letter.box for letter in letters]
        text = reread((min(b[0] for b in boxes), min(b[1] for b in boxes), boxes[-1][2], max(b[3] for b in boxes)))
    return superscript(text) if 0 < len(text) <= 3 else ""
