"""Near-identical passages, told apart from those that say something of their own."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

ALIKE = 0.8  # Jaccard likeness of the words of two passages, from which one is taken for a copy of the other
_WORD = re.compile(r"[^\W\d_]+")


def groups_of_copies(texts: Sequence[str]) -> list[int]:
    """For each text the place of the first one that it is a copy of; its own place where there is none.

    Digits, case and punctuation do not count, so that a paragraph pasted with another date is a copy. Only texts
    that share one of their rarer words are compared (prefix filtering: Chaudhuri, Ganti and Kaushik 2006).
    """
    words = [tuple(dict.fromkeys(_WORD.findall(text.casefold()))) for text in texts]
    often = Counter(word for some in words for word in some)
    first_of: dict[frozenset[str], int] = {}
    holders: dict[str, list[int]] = defaultdict(list)
    out: list[int] = []
    for place, some in enumerate(words):
        own = frozenset(some)
        same = first_of.get(own) if own else None
        if same is None:
            rare = sorted(own, key=lambda word: (often[word], word))
            prefix = rare[: len(rare) - math.ceil(ALIKE * len(rare)) + 1]
            near = sorted({other for word in prefix for other in holders[word]})
            same = next((other for other in near if _likeness(own, frozenset(words[other])) >= ALIKE), place)
            first_of.setdefault(own, same)
            for word in prefix if same == place else ():
                holders[word].append(place)
        out.append(same)
    return out


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)
