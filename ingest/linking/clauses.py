"""The parts of a long sentence, because the vector of a sentence of three subjects is near to none of them."""

from __future__ import annotations

import re

LONGEST = 2_000  # characters
MOST = 8
_FEWEST_WORDS = 4
_LONG = 12  # words, from which a sentence is parted
_BREAK = re.compile(
    r"[;:.]\s+|\s[–—]\s"
    r"|,?\s(?=(?:as well as|including|through|while|whereas|in order to|along with|together with)\s)"
    r"|,\s(?=(?:and|but|or|which|to)\s)"
)


def clauses_of(text: str) -> tuple[str, ...]:
    """The clauses of a text of twelve words or more, each of at least four; empty where it has only one."""
    if len(text.split()) < _LONG:
        return ()
    parts: list[str] = []
    for piece in _BREAK.split(text[:LONGEST]):
        if parts and (len(piece.split()) < _FEWEST_WORDS or len(parts[-1].split()) < _FEWEST_WORDS):
            parts[-1] = f"{parts[-1]}, {piece}"
        else:
            parts.append(piece)
    if len(parts) > 1 and len(parts[-1].split()) < _FEWEST_WORDS:
        parts[-2:] = [f"{parts[-2]}, {parts[-1]}"]
    return tuple(parts[:MOST]) if len(parts) > 1 else ()
