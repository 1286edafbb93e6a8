"""Answers remembered for short texts: names and words recur in a document and from one to the next."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

R = TypeVar("R")

KEPT = 8192
LONGEST = 200


def remembered(function: Callable[[str], R]) -> Callable[[str], R]:
    """Remember the last `KEPT` answers of a pure function of one text.

    Texts of more than `LONGEST` characters are not kept, so that no document can fill the memory.
    """
    known = lru_cache(maxsize=KEPT)(function)

    @wraps(function)
    def answer(text: str) -> R:
        return known(text) if len(text) <= LONGEST else function(text)

    return answer
