"""Figures over sentences whose objectives are known, and how a method that only ranks is made to accept.

  p@1      share of the sentences with an objective whose best-scored objective is right (or in `also`)
  r@3      mean share of the right objectives among the three best-scored
  f1       micro F1 of the accepted set; what is in `also` is neither right nor wrong; sentences of none count
  silent   share of the sentences of no objective with an empty accepted set
  ece      expected calibration error of the best score over ten bins of equal width (Guo et al. 2017)

An objective with a score of 0 is not offered. Where a method has a concept for "none of them" it has the number 0: it
takes no part in the ranking, and what it outscores is not accepted. `best_cut` and `platt` are to be fitted on training
sentences only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Scores = Mapping[int, float]
Row = Mapping[str, Any]
BINS = 10
NONE_OF_THEM = 0
NONE_SHARE = 1 / 3
_LIMITS = (1, 2, 3)
_STEPS = 100
_KINDS = ("neighbour", "no-shared-words", "two-objectives")


@dataclass(frozen=True, slots=True)
class Cut:
    """How many of the best are accepted at most, and the least score of what is accepted (Annif's own two settings)."""

    limit: int
    threshold: float

    def accepted(self, scores: Scores) -> list[int]:
        """The accepted objectives, the best first."""
        return [n for n in accepted_order(scores)[: self.limit] if scores[n] >= self.threshold]


def order_of(scores: Scores) -> list[int]:
    """The objectives offered, the best first; of equal ones the lower number."""
    return sorted((n for n in scores if n != NONE_OF_THEM and scores[n] > 0), key=lambda n: (-scores[n], n))


def accepted_order(scores: Scores) -> list[int]:
    """The same, without what "none of them" outscores."""
    return [n for n in order_of(scores) if scores[n] > scores.get(NONE_OF_THEM, 0.0)]


def ranking(rows: Sequence[Row], scores: Sequence[Scores]) -> dict[str, float]:
    """p@1 and r@3 over the sentences that have an objective."""
    first, third = [], []
    for row, found in zip(rows, scores, strict=True):
        if row["objectives"]:
            order = order_of(found)
            first.append(bool(set(order[:1]) & {*row["objectives"], *row["also"]}))
            third.append(len(set(row["objectives"]) & set(order[:3])) / len(row["objectives"]))
    return {"p@1": round(float(np.mean(first)), 4), "r@3": round(float(np.mean(third)), 4)}


def by_hardness(rows: Sequence[Row], scores: Sequence[Scores]) -> dict[str, dict[str, float]]:
    """The ranking figures of the hard sentences, by why they are hard."""
    out = {}
    for kind in _KINDS:
        own = [(row, found) for row, found in zip(rows, scores, strict=True) if row["hard"] == kind]
        out[kind] = ranking([row for row, _ in own], [found for _, found in own])
    return out


def acceptance(rows: Sequence[Row], accepted: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Micro precision, recall and F1 of the accepted sets, F1 by objective, and silence where there is none."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    silent = []
    for row, found in zip(rows, accepted, strict=True):
        right, may = set(row["objectives"]), {*row["objectives"], *row["also"]}
        for number in right | (set(found) - may):
            counts[number][0 if number in right and number in found else 2 if number in right else 1] += 1
        if not right:
            silent.append(not found)
    hits, extra, missed = (sum(c[i] for c in counts.values()) for i in range(3))
    by_objective = {str(n): round(2 * c[0] / (2 * c[0] + c[1] + c[2]), 3) for n, c in sorted(counts.items())}
    return {
        "precision": round(hits / max(1, hits + extra), 4),
        "recall": round(hits / (hits + missed), 4),
        "f1": round(2 * hits / (2 * hits + extra + missed), 4),
        "least_f1_of_an_objective": min(by_objective.values()),
        "f1_by_objective": by_objective,
        "silent": round(float(np.mean(silent)), 4),
    }


def none_weights(none: Sequence[bool], share: float = NONE_SHARE) -> np.ndarray:
    """Weights under which the sentences of no objective are that share of all."""
    flags = np.array(none)
    return np.where(flags, share / (1 - share) * (~flags).sum() / max(1, flags.sum()), 1.0)


def best_of(rows: Sequence[Row], scores: Sequence[Scores]) -> tuple[np.ndarray, np.ndarray]:
    """The best score of each sentence (0 where nothing is offered), and whether that objective is right."""
    best = [next(iter(order_of(found)), None) for found in scores]
    right = [n in {*row["objectives"], *row["also"]} for row, n in zip(rows, best, strict=True)]
    said = [0.0 if n is None else found[n] for found, n in zip(scores, best, strict=True)]
    return np.array(said), np.array(right, dtype=float)


def calibration(
    rows: Sequence[Row], confidence: np.ndarray, right: np.ndarray, *, none_share: float | None = None
) -> dict[str, Any]:
    """Expected calibration error of the best answers, and the curve: by bin the sentences, mean score, share right.

    With `none_share` the sentences of no objective weigh as if they were so many of all.
    """
    none = [not row["objectives"] for row in rows]
    weights = np.ones(len(rows)) if none_share is None else none_weights(none, none_share)
    weights = weights / weights.sum()
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    curve = []
    error = 0.0
    for b in (b for b in range(BINS) if np.any(bins == b)):
        own = bins == b
        said, true = (float(np.average(x[own], weights=weights[own])) for x in (confidence, right))
        curve.append({"sentences": int(own.sum()), "score": round(said, 3), "right": round(true, 3)})
        error += abs(said - true) * float(weights[own].sum())
    return {"ece": round(error, 4), "curve": curve}


def best_cut(rows: Sequence[Row], scores: Sequence[Scores]) -> tuple[Cut, float]:
    """The limit and threshold of the best micro F1 on training sentences, and that F1.

    Sentences of no objective weigh as a third of all, which is what the linker's own thresholds are fitted with. The
    thresholds tried are a hundredth of the largest score apart; of equally good ones the first.
    """
    weights = none_weights([not row["objectives"] for row in rows])
    ranked = [
        [
            (found[n], rank, n in row["objectives"], weight)
            for rank, n in enumerate(accepted_order(found)[: max(_LIMITS)])
        ]
        for row, found, weight in zip(rows, scores, weights, strict=True)
    ]
    score, rank, right, weight = (np.array(column) for column in zip(*(x for row in ranked for x in row), strict=True))
    wanted = sum(len(row["objectives"]) * w for row, w in zip(rows, weights, strict=True))
    found_best = (Cut(1, 0.0), -1.0)
    for limit in _LIMITS:
        for threshold in np.arange(_STEPS) * float(score.max()) / _STEPS:
            kept = (rank < limit) & (score >= threshold)
            f1 = 2 * float(weight[kept & right].sum()) / (float(weight[kept].sum()) + wanted)
            if f1 > found_best[1]:
                found_best = (Cut(limit, float(threshold)), f1)
    return found_best


def weighted_f1(rows: Sequence[Row], accepted: Sequence[Sequence[int]]) -> float:
    """Micro F1 of accepted sets as `best_cut` counts it: sentences of no objective weigh as a third of all."""
    weights = none_weights([not row["objectives"] for row in rows])
    hits = sum(w * len({*row["objectives"]} & {*found}) for row, found, w in zip(rows, accepted, weights, strict=True))
    both = sum(w * (len(row["objectives"]) + len(found)) for row, found, w in zip(rows, accepted, weights, strict=True))
    return 2 * float(hits) / float(both)


@dataclass(frozen=True, slots=True)
class Platt:
    """A score to the probability of being right (Platt 1999): `slope` and `bias` of the log odds."""

    slope: float
    bias: float

    def probability(self, scores: np.ndarray) -> np.ndarray:
        """Probabilities of scores."""
        return 1 / (1 + np.exp(-(self.slope * scores + self.bias)))


def platt(rows: Sequence[Row], scores: Sequence[Scores]) -> Platt:
    """Fit on training sentences, those of no objective weighing as a third of all."""
    from sklearn.linear_model import LogisticRegression

    said, right = best_of(rows, scores)
    weights = none_weights([not row["objectives"] for row in rows])
    scale = float(said.std()) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=1_000).fit(said[:, None] / scale, right, sample_weight=weights)
    return Platt(float(model.coef_[0][0]) / scale, float(model.intercept_[0]))
