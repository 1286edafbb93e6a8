"""Training of one scheme: the head on all samples, the decision on sentences that the head has not seen.

Five folds: each sentence is scored by a head trained without it. A third more are two sentences of different
concepts in one, so that the decision meets texts of two subjects. What surrounds a sentence is drawn too: of those
that have surroundings, half stand under or after one of the same concept, the others under another, and a sentence
of no concept stands under any. A share of all sentences (`Scheme.none_share`) belongs to no concept. That half and
that share are assumptions about documents, not measurements.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.linking.clauses import clauses_of
from ingest.linking.decide import SURROUNDINGS, Decision, fit_final, fit_weights, leads_of, sigmoid
from ingest.linking.exact import Floats
from ingest.linking.features import FEATURES, Read, features_of, read_text
from ingest.linking.schemes import NONE, Scheme
from ingest.linking.signals import Ints, Learned, learn
from ingest.linking.terms import TermIndex, rarity_of, words_from, words_of, words_within

SEED = 195
FOLDS = 5
_PAIRS = 3  # every third sentence also stands in a pair
_SURROUNDED = 0.5
_SAME = 0.5


@dataclass(frozen=True, slots=True)
class CrossValidated:
    """Out-of-fold probabilities (sentences, concepts) of single sentences, and their concepts (-1 is none)."""

    probability: Floats
    concepts: Ints


@dataclass(frozen=True, slots=True)
class Trained:
    """A scheme's learned signals, its decision, the figures of its cross-validation, and how rare its terms are."""

    learned: Learned
    decision: Decision
    validated: CrossValidated
    rarity: Floats


def train(
    scheme: Scheme, vectors: Mapping[str, Floats], clauses: Mapping[str, Floats], *, precision: float = 0.0
) -> Trained:
    """Train one scheme; `vectors` are those of its samples by text, `clauses` (clauses, d) those of their clauses."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(limits=1):  # sums split over threads differ in the last bits
        return _train(scheme, vectors, clauses, precision)


def _train(
    scheme: Scheme, vectors: Mapping[str, Floats], clauses: Mapping[str, Floats], precision: float
) -> Trained:
    samples = scheme.samples
    words = {s.text: words_of(s.text) for s in samples}
    rarity = rarity_of(scheme.terms, [words_of(text) for text in scheme.field])
    index = TermIndex(scheme.terms, rarity)
    reads = {text: read_text(some, index) for text, some in words.items()}
    parts_of = {
        s.text: [
            (vector, read_text(words_within(words[s.text], part), index))
            for part, vector in zip(clauses_of(s.text), clauses[s.text], strict=True)
        ] or [(vectors[s.text], reads[s.text])]
        for s in samples
    }
    matrix = np.stack([vectors[s.text] for s in samples])
    grams = [reads[s.text].words.grams for s in samples]
    concepts = np.array([s.concept for s in samples], dtype=np.int64)
    weights = np.array([s.weight for s in samples])
    columns = len(scheme.keys) + 1
    random_ = random.Random(SEED)  # noqa: S311 - drawing folds, not secrets
    folds = _folds(scheme, random_)
    unit = float(np.log(1 + len(scheme.keys)))
    rows: list[Floats] = []
    labels: list[tuple[int, ...]] = []
    parts: list[list[int]] = []
    for fold in range(FOLDS):
        test = [i for i in range(len(samples)) if folds[i] == fold]
        rest = np.array([i for i in range(len(samples)) if folds[i] != fold])
        learned = learn(matrix[rest], [grams[i] for i in rest], concepts[rest], weights[rest], columns=columns)
        pairs = _pairs(test, concepts, random_)
        within = [[part for i in p for part in parts_of[samples[i].text]] for p in pairs]
        joined = [_joined(matrix[list(p)]) for p in pairs] + [vector for some in within for vector, _ in some]
        texts = [_read_pair([reads[samples[i].text] for i in p], index) for p in pairs]
        texts += [read for some in within for _, read in some]
        places = {word: place for place, word in enumerate(learned.words)}
        found = features_of(learned, places, np.array(joined), texts, unit=unit)
        first = sum(len(r) for r in rows) + len(pairs)
        for some in within:
            parts.append(list(range(first, first + len(some))))
            first += len(some)
        labels += [tuple(int(concepts[i]) for i in p) for p in pairs]
        labels += [()] * (len(found) - len(pairs))
        parts += [[]] * (len(found) - len(pairs))
        rows.append(found)
    decision, probability = _fit(np.concatenate(rows), labels, parts, random_, precision, scheme.none_share)
    whole = [label for label in labels if label]
    single = [row for row, label in enumerate(whole) if len(label) == 1]
    validated = CrossValidated(probability[single], np.array([whole[row][0] for row in single]))
    learned = learn(matrix, grams, concepts, weights, columns=columns)
    return Trained(learned, decision, validated, np.array(rarity))


def _folds(scheme: Scheme, random_: random.Random) -> list[int]:
    """The fold of each sample; each concept's sentences are spread evenly; -1 for what only teaches the head."""
    folds = [-1] * len(scheme.samples)
    for concept in range(-1, len(scheme.keys)):
        own = [i for i, s in enumerate(scheme.samples) if s.sentence and s.concept == concept]
        random_.shuffle(own)
        for rank, i in enumerate(own):
            folds[i] = rank % FOLDS
    return folds


def _pairs(test: Sequence[int], concepts: Ints, random_: random.Random) -> list[tuple[int, ...]]:
    """Every sentence of the fold alone, and every third with one of another concept."""
    some = [i for i in test if concepts[i] != NONE]
    out: list[tuple[int, ...]] = [(i,) for i in test]
    for i in some[::_PAIRS]:
        j = random_.choice(some)
        if concepts[i] != concepts[j]:
            out.append((i, j))
    return out


def _joined(vectors: Floats) -> Floats:
    """The vector of sentences in one text, near enough: the model averages over words."""
    mean = vectors.mean(axis=0)
    found: Floats = mean / np.sqrt((mean * mean).sum())
    return found


def _read_pair(reads: Sequence[Read], index: TermIndex) -> Read:
    if len(reads) == 1:
        return reads[0]
    return read_text(words_from([token for read in reads for token in read.words.tokens]), index)


def _fit(
    features: Floats, labels: Sequence[tuple[int, ...]], parts: Sequence[Sequence[int]], random_: random.Random,
    precision: float, none_share: float,
) -> tuple[Decision, Floats]:
    """The decision over the out-of-fold features (texts, concepts, features), and the probabilities of whole texts.

    A text without labels is a clause of another; `parts` are the rows of the clauses of each whole text.
    """
    whole = [row for row, label in enumerate(labels) if label]
    named = [labels[row] for row in whole]
    concepts = features.shape[1]
    right = np.zeros((len(whole), concepts))
    for row, label in enumerate(named):
        right[row, [c for c in label if c != NONE]] = 1
    none = np.array([label == (NONE,) for label in named])
    weight = np.where(none, none_share / (1 - none_share) * (~none).sum() / max(1, none.sum()), 1.0)
    each = np.repeat(weight, concepts)
    own, own_bias = fit_weights(features[whole].reshape(-1, len(FEATURES)), right.reshape(-1), each)
    every = np.einsum("tcf,f->tc", features, own) + own_bias
    logit = every[whole]
    best = np.stack([every[list(parts[row])].max(axis=0) for row in whole])
    alone = sigmoid(logit)
    lead = _surroundings(alone, named, random_)
    before = _surroundings(alone, named, random_)
    stacked = np.stack([logit, best, lead, before], axis=2)
    context, context_bias = fit_weights(stacked.reshape(-1, len(SURROUNDINGS)), right.reshape(-1), each)
    bare = stacked[..., :2] @ context[:2] + context_bias
    surrounded = (lead + before).any(axis=1)
    around = (stacked @ context + context_bias)[surrounded]
    every_weight = each.reshape(right.shape)
    leads = leads_of(every, [parts[row] for row in whole])
    last = fit_final(bare, leads, right, every_weight, precision=precision)
    decision = Decision(
        own=own, own_bias=own_bias, context=context, context_bias=context_bias, alone=last,
        among=fit_final(
            around, leads[surrounded], right[surrounded], every_weight[surrounded], precision=precision
        ),
        means=features[whole][right > 0].mean(axis=0),
    )
    return decision, sigmoid(last.logit(bare))


def _surroundings(alone: Floats, labels: Sequence[tuple[int, ...]], random_: random.Random) -> Floats:
    """What a heading or sentence before would say of each text: nothing, the same concept, or another."""
    out = np.zeros_like(alone)
    by_concept: dict[int, list[int]] = {}
    for row, label in enumerate(labels):
        if len(label) == 1:
            by_concept.setdefault(label[0], []).append(row)
    singles = [row for row, label in enumerate(labels) if len(label) == 1]
    for row, label in enumerate(labels):
        if random_.random() < _SURROUNDED:
            same = by_concept[label[0]] if label[0] != NONE and random_.random() < _SAME else singles
            out[row] = alone[random_.choice(same)]
    return out
