"""What is learned from the vocabulary's own sentences: a linear head over vectors, word weights, prototypes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.linking.exact import Floats, on_grid, product
from ingest.linking.schemes import NONE

Ints = NDArray[np.int64]

_REGULARISATION = 5.0  # inverse; between 5 and 60 the cross-validated figure moves by less than two points
_SMOOTHING = 0.3
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Learned:
    """A trained scheme: columns are its concepts, and last "none of them".

    `head` is (dimension + 1, columns), its last row the intercept; `word_weights` (words, columns) in the order
    of `words`; `prototypes` (samples, dimension) with their columns in `owners`.
    """

    head: Floats
    words: tuple[str, ...]
    word_weights: Floats
    prototypes: Floats
    owners: Ints

    @property
    def columns(self) -> int:
        """Concepts, and one more for none of them."""
        return int(self.head.shape[1])


def learn(
    vectors: Floats, grams: Sequence[Counter[str]], concepts: Ints, weights: Floats, *, columns: int
) -> Learned:
    """Train on samples: their vectors, words, concepts (-1 is none) and weights; deterministic on one thread."""
    from sklearn.linear_model import LogisticRegression

    owners = np.where(concepts == NONE, columns - 1, concepts)
    model = LogisticRegression(C=_REGULARISATION, max_iter=1_000, class_weight="balanced")
    model.fit(vectors, owners, sample_weight=weights)
    head = np.zeros((vectors.shape[1] + 1, columns))
    head[-1] = -30.0  # a column without samples
    head[:-1, model.classes_] = on_grid(model.coef_.T)
    head[-1, model.classes_] = model.intercept_
    words, word_weights = _word_weights(grams, owners, weights, columns)
    return Learned(head, words, word_weights, on_grid(vectors.T).T, owners)


def head_scores(learned: Learned, vectors: Floats) -> Floats:
    """Log probabilities (texts, columns) of the head."""
    raw = product(vectors, learned.head[:-1]) + learned.head[-1]
    raw -= raw.max(axis=1, keepdims=True)
    found: Floats = raw - np.log(np.exp(raw).sum(axis=1, keepdims=True))
    return found


def prototype_scores(learned: Learned, vectors: Floats) -> Floats:
    """Mean cosine (texts, columns) with the five nearest samples of each column."""
    likeness = product(vectors, learned.prototypes.T)
    out = np.zeros((len(vectors), learned.columns))
    for column in range(learned.columns):
        own = likeness[:, learned.owners == column]
        if own.shape[1]:
            out[:, column] = _largest(own).mean(axis=1)
    return out


def _largest(values: Floats) -> Floats:
    """The five largest of each row, the smallest first."""
    if values.shape[1] > _NEAREST:
        values = np.partition(values, -_NEAREST, axis=1)[:, -_NEAREST:]
    return np.sort(values, axis=1)


def word_scores(learned: Learned, grams: Sequence[Counter[str]], lookup: Mapping[str, int]) -> Floats:
    """How much the words of each text speak for each column: mean weight of its words, centred on the row."""
    out = np.zeros((len(grams), learned.columns))
    for row, counted in enumerate(grams):
        places = [lookup[gram] for gram in counted if gram in lookup]
        if places:
            out[row] = learned.word_weights[places].sum(axis=0) / np.sqrt(len(places) + 1.0)
    centred: Floats = out - out.mean(axis=1, keepdims=True)
    return centred


def _word_weights(
    grams: Sequence[Counter[str]], owners: Ints, weights: Floats, columns: int
) -> tuple[tuple[str, ...], Floats]:
    """Complement naive Bayes (Rennie and others, 2003) over the inverse document frequency of the words."""
    documents = Counter(gram for counted in grams for gram in counted)
    words = tuple(sorted(gram for gram, count in documents.items() if count > 1))
    place = {word: index for index, word in enumerate(words)}
    rarity = np.log(len(grams) / np.array([documents[word] for word in words], dtype=float))
    totals: dict[int, Floats] = defaultdict(lambda: np.zeros(len(words)))
    for counted, owner, weight in zip(grams, owners, weights, strict=True):
        known = [place[gram] for gram in counted if gram in place]
        if known:
            values = rarity[known]
            totals[int(owner)][known] += weight * values / np.sqrt((values * values).sum())
    table = np.stack([totals[column] for column in range(columns)], axis=1)
    rest = table.sum(axis=1, keepdims=True) - table + _SMOOTHING
    own = table + _SMOOTHING * table.sum(axis=1, keepdims=True) / table.sum()
    score = np.log(own / own.sum(axis=0)) - np.log(rest / rest.sum(axis=0))
    return words, score * rarity[:, None] / rarity.max()
