"""Vectors of parts of a text out of the one pass over the text.

A model that averages over word pieces gives a part the average over the pieces that stand in it. They were read in
the light of the whole sentence, so the vector of a clause is no worse for having no subject of its own, and it
costs nothing: no word is read twice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Part = tuple[int, int]  # [start, end) in a text


def part_texts(texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> list[str]:
    """The words of all parts, text by text."""
    return [text[start:end] for text, some in zip(texts, parts, strict=True) for start, end in some]


def pieces_of(offsets: Sequence[tuple[int, int]], part: Part) -> range:
    """Which word pieces stand in a part; the marks of beginning and end are of no width and stand in none."""
    start, end = part
    inside = [place for place, (a, b) in enumerate(offsets) if a < b and a < end and b > start]
    return range(inside[0], inside[-1] + 1) if inside else range(0)


def mean_of(states: Vectors, pieces: range) -> Vectors:
    """The unit vector of the mean of the states (pieces, dimension) of some word pieces."""
    mean = states[pieces.start : pieces.stop].sum(axis=0) / np.float32(len(pieces))
    return np.asarray(mean / np.sqrt((mean * mean).sum()), dtype=np.float32)


def stacked(vectors: Sequence[Vectors], dimension: int) -> Vectors:
    """Vectors as rows, also of none."""
    return np.stack(vectors) if len(vectors) else np.zeros((0, dimension), np.float32)
