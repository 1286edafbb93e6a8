"""How well an encoder agrees with the reference, over texts that every machine has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontology.vocabulary import load_vocabulary

TOP = 10
PROBES = (
    "migrants",
    "Consular staff visit detained workers.",
    "The working group meets twice a year and takes its decisions by consensus; minutes go to all of its members.",
    "Remittances, skills recognition and portable pensions: three ways in which movers support their kin.",
    "How can a civil society organisation join?",
    "Données désagrégées; 移民; الهجرة",
    "List of indicators " + "and of further measures taken at borders " * 40,
    "",
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """`cosine`: the lowest of a text's two vectors. `overlap`: of the ten nearest neighbours, the mean share shared."""

    cosine: float
    overlap: float

    def reaches(self, least: Agreement) -> bool:
        """Whether it is at least as good in both; what is no number never is."""
        return self.cosine >= least.cosine and self.overlap >= least.overlap

    def __str__(self) -> str:
        return f"cosine {self.cosine:.6f}, top-{TOP} overlap {self.overlap:.3f}"


def agreement(vectors: NDArray[np.float32], reference: NDArray[np.float32]) -> Agreement:
    """The agreement of two sets of unit vectors of shape (n, d) of the same n texts; n must be above ten."""
    pairs = zip(_nearest(vectors), _nearest(reference), strict=True)
    shared = [len(set(mine) & set(theirs)) / TOP for mine, theirs in pairs]
    return Agreement(float((vectors * reference).sum(axis=1).min()), float(np.mean(shared)))


def probes() -> tuple[str, ...]:
    """Texts of all lengths and scripts, and the titles of objectives, principles and goals."""
    vocabulary = load_vocabulary()
    titles = [objective.title for objective in vocabulary.objectives]
    labels = [principle.label for principle in vocabulary.principles]
    labels += [sdg.label for sdg in vocabulary.sdgs if "." not in sdg.code]
    return (*PROBES, *dict.fromkeys([*titles, *labels]))


def _nearest(vectors: NDArray[np.float32]) -> list[Sequence[int]]:
    """For each row the numbers of the ten others that are nearest, equals in their order."""
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, -np.inf)
    return [list(row[:TOP]) for row in np.argsort(-likeness, axis=1, kind="stable")]
