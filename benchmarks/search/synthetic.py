"""Indexes of any size, made of the corpus: halves of its sentences joined anew, vectors of its sentences with noise.

Nothing here is for judging quality. Word frequencies, lengths, filters and facets are as in the corpus, and no two
vectors are alike, so that times and sizes are those of a store of that many passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from search.encoder import Encoder, Vectors
from search.entries import Entry
from search.index import build_index

NOISE = 0.05
PLACES = ("IRQ", "KAZ", "JOR", "KEN", "MDA", "PER", "GHA", "NPL", "FJI", "MAR")


class NoisyEncoder:
    """Stands in for the encoder while an index is written: known vectors plus noise, in the order of the calls."""

    def __init__(self, known: Vectors, *, name: str) -> None:
        self.name = name
        self.dimension = int(known.shape[1])
        self._known = known
        self._random = np.random.default_rng(7)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        picked = self._known[self._random.integers(0, len(self._known), len(texts))]
        noisy = picked + self._random.normal(0, NOISE, picked.shape).astype(np.float32)
        return np.asarray(noisy / np.linalg.norm(noisy, axis=1, keepdims=True), np.float32)


def synthetic_entries(seeds: Sequence[Entry], count: int) -> list[Entry]:
    """`count` entries in documents of 500 passages each, made of the halves of the seeds' texts."""
    random = np.random.default_rng(11)
    halves = [entry.text.split() for entry in seeds]
    pairs = random.integers(0, len(seeds), (count, 2))
    out = []
    for number, (one, two) in enumerate(pairs.tolist()):
        first, second = halves[one], halves[two]
        text = " ".join([*first[: len(first) // 2 + 1], *second[len(second) // 2 :]])
        document = number // 500
        out.append(replace(
            seeds[one], passage_iri=f"urn:synthetic:{number}", document=f"d{document}.md",
            document_slug=f"d{document:06}", quote=text, text=text, start=number % 500 * 400,
            end=number % 500 * 400 + len(text), year=2000 + document % 25, scope=(PLACES[document % len(PLACES)],),
        ))
    return out


def build_synthetic(seeds: Sequence[Entry], count: int, folder: Path, *, encoder: Encoder) -> None:
    """Write an index of `count` synthetic passages."""
    known = encoder.encode([entry.text for entry in seeds])
    build_index(synthetic_entries(seeds, count), folder, encoder=NoisyEncoder(known, name=encoder.name))
