"""The parts of a long sentence, because the vector of a sentence of three subjects is near to none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 2_000  # characters
MOST = 8
_FEWEST_WORDS = 4
_LONG = 12  # words, from which a sentence is parted
_BREAK = re.compile(
    r"[;:.]\s+|\s[–—]\s"
    r"|,?\s(?=(?:as well as|including|through|while|whereas|in order to|along with|together with)\s)"
    r"|,\s(?=(?:and|but|or|which|to)\s)"
)


def clauses_of(text: str) -> tuple[tuple[int, int], ...]:
    """The clauses of a text of twelve words or more, as [start, end) in it, each of at least four words.

    Empty where it has only one.
    """
    if len(text.split()) < _LONG:
        return ()
    parts: list[tuple[int, int]] = []
    for start, end in _pieces(text[:LONGEST]):
        if parts and (_is_short(text[start:end]) or _is_short(text[slice(*parts[-1])])):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    if len(parts) > 1 and _is_short(text[slice(*parts[-1])]):
        parts[-2:] = [(parts[-2][0], parts[-1][1])]
    return tuple(parts[:MOST]) if len(parts) > 1 else ()


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _is_short(piece: str) -> bool:
    return len(piece.split()) < _FEWEST_WORDS
