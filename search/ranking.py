"""How passages are ranked: one list of small weighted parts, whose weighted sum is the score.

Meaning and words are both absolute (0 to about 1, comparable between queries), so that a query whose words
nobody used is ranked by meaning alone and a name is ranked by its words: fusing ranks loses just that. Meaning,
words and objectives were weighed by hand with 20 judged queries in view, and further fitting on others did not
change them. Role and place were fitted on queries of our own by cross-validation (`benchmarks/search/README.md`).
The other priors were not measured; they are small enough to decide only between near equals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ontology.document import PassageKind
from ontology.model import StatementType

Values = NDArray[np.float64]
TELLING = tuple(kind.value for kind in StatementType if kind != StatementType.OBSERVATION)
APART = (PassageKind.FOOTNOTE.value, PassageKind.TABLE_ROW.value)
DIGITS = 6  # of a score: passages closer than that are ordered by their place


@dataclass(frozen=True, slots=True)
class Candidates:
    """What is known of n passages for one query; every array has shape (n,).

    `meaning` is the inner product of query and blended vectors, `words` the share of the best possible BM25,
    `affinity` 0 to 1 how much the passage is about the objectives of the query, `role` 0 to 1 how much it is
    evidence of the relation that is asked for, `place` whether its document is about a place of the query,
    `telling` whether it is one of the `TELLING` types of statement, `apart` whether it is a note or a table row,
    `length` the number of words.
    """

    meaning: Values
    words: Values
    affinity: Values
    role: Values
    place: NDArray[np.bool_]
    telling: NDArray[np.bool_]
    apart: NDArray[np.bool_]
    weight: Values
    length: Values


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: its weight and how it is valued for every candidate."""

    name: str
    weight: float
    value: Callable[[Candidates], Values]


def meaning(candidates: Candidates) -> Values:
    """Likeness of the vectors of query and passage."""
    return candidates.meaning


def words(candidates: Candidates) -> Values:
    """Words of the query in the passage or above it (title, headings, lead-in), rare ones for more."""
    return candidates.words


def objectives(candidates: Candidates) -> Values:
    """Query and passage are about the same objective."""
    return candidates.affinity


def role(candidates: Candidates) -> Values:
    """The passage states the relation that is asked for: who is the secretariat, how often it meets."""
    return candidates.role


def place(candidates: Candidates) -> Values:
    """The document is about a place that the query names."""
    return candidates.place.astype(np.float64)


def says_something(candidates: Candidates) -> Values:
    """Somebody does or should do something: staff look for that more often than for description."""
    return candidates.telling.astype(np.float64)


def aside(candidates: Candidates) -> Values:
    """Notes and tables support a text rather than say it."""
    return candidates.apart.astype(np.float64)


def scrap(candidates: Candidates) -> Values:
    """Too few words to be evidence (lists of acronyms, labels): 1 for one word, 0 from eight words on."""
    return np.asarray(np.clip((8 - candidates.length) / 7, 0, 1))


def source(candidates: Candidates) -> Values:
    """The weight of the source, as the reader of the document gave it."""
    return candidates.weight - 1


PARTS = (
    Part("meaning", 1.0, meaning),
    Part("words", 0.8, words),
    Part("objectives", 0.1, objectives),
    Part("role", 0.5, role),
    Part("place", 0.2, place),
    Part("statement", 0.02, says_something),
    Part("aside", -0.03, aside),
    Part("scrap", -0.1, scrap),
    Part("source", 0.05, source),
)


def part_values(candidates: Candidates) -> dict[str, Values]:
    """The weighted parts; a score is their sum."""
    return {part.name: part.weight * part.value(candidates) for part in PARTS}


def total(parts: dict[str, Values]) -> Values:
    """The score of every candidate, rounded to six digits."""
    return np.asarray(np.round(np.sum(list(parts.values()), axis=0), DIGITS))


# From this support on a hit is more than a guess; see `benchmarks/search/README.md` for how it was set.
SURE = 0.4
COVERAGE_WEIGHT = 0.5
ROLE_SUPPORT = 0.2
OBJECTIVE_SUPPORT = 0.1
WRONG_PLACE = 0.2


def support(bare_meaning: float, coverage: float, *, role: float, affinity: float, astray: bool) -> float:
    """How far a passage bears out what the query asks, apart from the documents that it names.

    Args:
        bare_meaning: likeness of the bare sentence and the query without the words of titles.
        coverage: share of these words, rare ones counting more, that the sentence has.
        role: 0 to 1 how much the passage is evidence of the relation that is asked for.
        affinity: 0 to 1 how much it is about the objectives of the query.
        astray: whether the query names a place and the passage's document is about another.
    """
    found = bare_meaning + COVERAGE_WEIGHT * coverage + OBJECTIVE_SUPPORT * affinity
    return found - WRONG_PLACE if astray else found + ROLE_SUPPORT * role
