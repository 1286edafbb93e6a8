"""The decision: one weight a feature, a probability, and what that amounts to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ingest.linking.exact import Floats
from ingest.linking.features import FEATURES, SEMANTIC

_GRID = tuple(step / 20 for step in range(4, 20))
_HIGHEST = 0.95
_FURTHER = 0.8
SURROUNDINGS = ("own", "parts", "lead", "before")
_RIVALRY = 4.0


@dataclass(frozen=True, slots=True)
class Final:
    """The last step: `rivalry` weighs a logit and its margin over the best rival.

    `accept` is the probability from which the best concept of a text is linked, `within` that for the best
    of a clause, `also` that for any other.
    """

    rivalry: Floats
    bias: float
    accept: float
    within: float
    also: float

    def limits(self, probability: Floats, leads: NDArray[np.bool_]) -> Floats:
        """From which probability each concept is linked (texts, concepts); `leads` tells which are best of a clause."""
        first = probability >= probability.max(axis=1, keepdims=True)
        return np.where(first, self.accept, np.where(leads, self.within, self.also))

    def logit(self, logit: Floats) -> Floats:
        """Calibrated logits (texts, concepts)."""
        found: Floats = np.einsum("tcr,r->tc", against_rivals(logit), self.rivalry) + self.bias
        return found


@dataclass(frozen=True, slots=True)
class Decision:
    """Fitted weights: `own` of the text's features, `context` of what `SURROUNDINGS` names: the text's
    own logit, the best logit of its parts, the probability of its lead and of what stands before.

    `alone` is the last step for a text by itself, `among` for one that others surround: that nothing around it speaks
    for a concept means little for the one, and something for the other. `means` are the averages of the features over
    the right pairs, against which a contribution is told.
    """

    own: Floats
    own_bias: float
    context: Floats
    context_bias: float
    alone: Final
    among: Final
    means: Floats

    def own_logit(self, features: Floats) -> Floats:
        """Logits (texts, concepts) from the text alone."""
        found: Floats = np.einsum("tcf,f->tc", features, self.own) + self.own_bias
        return found

    def logit(self, own: Floats, parts: Floats, lead: Floats, before: Floats) -> Floats:
        """Logits (texts, concepts) of texts with their parts and what surrounds them.

        `own` and `parts` are logits, `lead` and `before` probabilities, 0 where there is none; a text without parts
        is its own part.
        """
        found: Floats = np.einsum("stc,s->tc", np.stack((own, parts, lead, before)), self.context) + self.context_bias
        surrounded = (lead + before).any(axis=1, keepdims=True)
        return np.where(surrounded, self.among.logit(found), self.alone.logit(found))

    def semantic_share(self, features: Floats) -> float:
        """How much of the evidence for one pair comes from vectors rather than from words: 0 to 1."""
        gain = (features - self.means) * self.own
        is_semantic = np.array([name in SEMANTIC for name in FEATURES])
        semantic, lexical = gain[is_semantic].sum(), gain[~is_semantic].sum()
        return float(1 / (1 + np.exp(np.clip(lexical - semantic, -30, 30))))


def leads_of(own: Floats, parts: Sequence[Sequence[int]]) -> NDArray[np.bool_]:
    """Which concept is the best of a clause (texts, concepts); `parts` are the rows of `own` of each text's clauses."""
    out = np.zeros((len(parts), own.shape[1]), dtype=np.bool_)
    for row, places in enumerate(parts):
        if len(places) > 1:
            out[row, own[list(places)].argmax(axis=1)] = True
    return out


def against_rivals(logit: Floats) -> Floats:
    """Logits and by how much each exceeds the best of the others (texts, concepts, 2).

    Concepts are weighed one by one, but a text is rarely about several: what no other contests is surer.
    """
    ordered = np.sort(logit, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.stack([logit, np.clip(logit - np.where(logit >= best, second, best), -_RIVALRY, _RIVALRY)], axis=2)


def sigmoid(logit: Floats) -> Floats:
    """Probability of a logit."""
    found: Floats = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
    return found


def fit_weights(features: Floats, right: Floats, weights: Floats) -> tuple[Floats, float]:
    """Weights and bias of a logistic regression over pairs: their features, whether right, how much each counts."""
    from sklearn.linear_model import LogisticRegression

    scale = features.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=1_000)
    model.fit(features / scale, right, sample_weight=weights)
    return np.asarray(model.coef_[0] / scale, dtype=np.float64), float(model.intercept_[0])


def fit_final(
    logit: Floats, leads: NDArray[np.bool_], right: Floats, weights: Floats, *, precision: float
) -> Final:
    """The last step, fitted on out-of-fold logits (texts, concepts), whether right, and how much each counts.

    Platt scaling (1999) with the margin beside the logit. `leads` tells which concepts are the best of a clause.
    """
    rivals = against_rivals(logit)
    rivalry, bias = fit_weights(rivals.reshape(-1, 2), right.reshape(-1), weights.reshape(-1))
    found = Final(rivalry, bias, 1.0, 1.0, 1.0)
    probability = sigmoid(found.logit(logit))
    first = probability >= probability.max(axis=1, keepdims=True)
    accept = _best_limit(probability, first, right, weights, precision=precision)
    also = _lowest_limit(probability, ~first, right, weights, above=accept)
    within = min(also, _lowest_limit(probability, ~first & leads, right, weights, above=accept))
    return replace(found, accept=accept, within=within, also=also)


def _best_limit(
    probability: Floats, first: NDArray[np.bool_], right: Floats, weights: Floats, *, precision: float
) -> float:
    """From which probability, in twentieths, the best concept of a text is linked.

    That of the best F1 over the best concepts at no less than `precision`; 0.95 where none reaches it.
    """
    best, accept = -1.0, _HIGHEST
    for limit in _GRID:
        hits, found = _counted(first & (probability >= limit), right, weights)
        f1 = 2 * hits / (found + float(weights[right > 0].sum()))
        if hits and hits / found >= precision and f1 > best:
            best, accept = f1, limit
    return accept


def _lowest_limit(
    probability: Floats, further: NDArray[np.bool_], right: Floats, weights: Floats, *, above: float
) -> float:
    """The lowest probability, in twentieths, from which further concepts are right four times in five; else 0.95."""
    for limit in (limit for limit in _GRID if limit >= above):
        hits, found = _counted(further & (probability >= limit), right, weights)
        if hits and hits >= _FURTHER * found:
            return limit
    return max(above, _HIGHEST)


def _counted(accepted: NDArray[np.bool_], right: Floats, weights: Floats) -> tuple[float, float]:
    return float(weights[accepted & (right > 0)].sum()), float(weights[accepted].sum())


def runner_up(scores: Sequence[float], chosen: int) -> int | None:
    """The best of the others, or None where there is none."""
    others = [place for place in range(len(scores)) if place != chosen]
    return max(others, key=lambda place: (scores[place], -place), default=None)
