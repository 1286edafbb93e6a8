"""What OCR gives of a page, as values that pass between processes, and as the words that the PDF reader lays out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ingest.blocks import BULLET, NUMBER
from ingest.formats.pdf_words import PageWords, Segment, Word, joined

TRUST = 0.9
"""What a passage weighs whose page OCR read with full confidence: a text layer is always more certain."""
_ALIKE = 0.13
_GAP = 1.6
_DESCENT = 0.22
_HANGING = 5
_MARK = re.compile(rf"{BULLET}|{NUMBER}")


@dataclass(frozen=True, slots=True)
class RecognisedLine:
    """A line: its words as `(text, x0, x1)`, its base and the size of its letters, in points from the bottom left."""

    base: float
    size: float
    words: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class RecognisedPage:
    """A page in points, its lines in the order in which Tesseract read them, and its mean confidence, 0 to 1."""

    width: float
    height: float
    lines: tuple[RecognisedLine, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """What OCR gave of a document: pages by number from 1, and why others could not be read."""

    language: str
    pages: Mapping[int, RecognisedPage] = field(default_factory=dict)
    failures: Mapping[int, str] = field(default_factory=dict)

    @property
    def confidence(self) -> float:
        """The mean confidence of its pages by their letters; 0 where it has none."""
        letters = {n: sum(len(w[0]) for line in page.lines for w in line.words) for n, page in self.pages.items()}
        total = sum(letters.values())
        return sum(self.pages[n].confidence * count for n, count in letters.items()) / total if total else 0.0


def page_words(pages: Mapping[int, RecognisedPage]) -> dict[int, PageWords]:
    """The pages as the PDF reader has them. Sizes that differ by no more than the measuring does become one."""
    sizes = _settled(line for page in pages.values() for line in page.lines)
    return {number: _page(page, sizes) for number, page in pages.items()}


def _page(page: RecognisedPage, sizes: Mapping[float, float]) -> PageWords:
    segments: list[Segment] = []
    for line in _with_marks(page.lines):
        size = sizes[line.size]
        for words in _parted(line, size):
            first, last = words[0], words[-1]
            segments.append(
                Segment(words, size, False, len(segments), first.x0, last.x1, first.y, first.height, joined(words))
            )
    characters = sum(len(segment.text) for segment in segments)
    return PageWords(page.width, page.height, tuple(segments), characters, pictures=True)


def _with_marks(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """The lines; a list mark that was taken for a line of its own stands on the line beside it."""
    out = []
    for line in lines:
        alone = len(line.words) == 1 and _MARK.fullmatch(line.words[0][0])
        beside = [
            (other.words[0][1] - line.words[0][2], number)
            for number, other in enumerate(lines)
            if alone and abs(other.base - line.base) < 0.7 * other.size
            and 0 < other.words[0][1] - line.words[0][2] < _HANGING * other.size
        ]
        other = lines[min(beside)[1]] if beside else line
        if alone and any(_begins_with(other, line) for other in lines if other is not line):
            continue
        out.append(replace(line, base=other.base, size=other.size))
    return out


def _begins_with(line: RecognisedLine, mark: RecognisedLine) -> bool:
    """Whether a line has this mark already."""
    return abs(line.base - mark.base) < 0.7 * line.size and abs(line.words[0][1] - mark.words[0][1]) < 2


def _parted(line: RecognisedLine, size: float) -> list[tuple[Word, ...]]:
    """The words of a line, parted at wide gaps."""
    out: list[list[Word]] = []
    for text, x0, x1 in line.words:
        word = Word(text, x0, x1, line.base - _DESCENT * size, 1.15 * size, size)
        if out and x0 - out[-1][-1].x1 < _GAP * size:
            out[-1].append(word)
        else:
            out.append([word])
    return [tuple(words) for words in out]


def _settled(lines: Iterable[RecognisedLine]) -> dict[float, float]:
    """Each measured size with the size that it stands for: the commonest near it."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += sum(len(word[0]) for word in line.words)
    leaders: list[float] = []
    out = {}
    for size in sorted(letters, key=lambda s: (-letters[s], s)):
        near = [leader for leader in leaders if abs(leader - size) <= _ALIKE * leader]
        if near:
            out[size] = min(near, key=lambda leader: (abs(leader - size), leader))
        else:
            leaders.append(size)
            out[size] = size
    return out
