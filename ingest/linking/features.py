"""The features of a pair of text and concept: the whole list that the decision weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.linking.exact import Floats
from ingest.linking.signals import Learned, head_scores, prototype_scores, word_scores
from ingest.linking.terms import Hit, TermIndex, Words

FEATURES: Mapping[str, str] = {
    "head": "log probability of the trained head",
    "head_margin": "by how much the head prefers it to its best rival (none of them is a rival too)",
    "prototypes": "likeness with its five nearest sentences, above that with the average concept",
    "words": "what the words of its sentences say, above the average concept",
    "named": "terms that name it and no other concept, by rarity",
    "named_too": "terms that name it and others, or stand within a longer term of another",
    "supported": "terms that support it, by rarity",
    "misled": "terms that look like it and belong elsewhere",
    "term_margin": "by how much its terms outweigh those of the best rival",
}
SEMANTIC = frozenset({"head", "head_margin", "prototypes"})
_LOWEST = -8.0
_MOST_NAMED = 2.0
_RIVAL = 3.0


@dataclass(frozen=True, slots=True)
class Read:
    """A text prepared: its words, and the terms found in it."""

    words: Words
    hits: tuple[Hit, ...]


def features_of(
    learned: Learned, index: Mapping[str, int], vectors: Floats, texts: Sequence[Read], *, unit: float
) -> Floats:
    """Features (texts, concepts, features), in the order of `FEATURES`.

    Args:
        learned: the trained scheme.
        index: places of `learned.words`.
        vectors: unit vectors of the texts.
        texts: the same texts, read.
        unit: the weight of a term that one concept alone has; term features are in its multiples.
    """
    concepts = learned.columns - 1
    head = np.maximum(head_scores(learned, vectors), _LOWEST)
    likeness = prototype_scores(learned, vectors)
    words = word_scores(learned, [text.words.grams for text in texts], index)
    out = np.zeros((len(texts), concepts, len(FEATURES)))
    out[..., 0] = head[:, :concepts]
    out[..., 1] = np.clip(_margin(head)[:, :concepts], -_RIVAL * 2, _RIVAL * 2)
    out[..., 2] = (likeness - likeness.mean(axis=1, keepdims=True))[:, :concepts] * 10
    out[..., 3] = words[:, :concepts]
    for row, text in enumerate(texts):
        out[row, :, 4:] = _term_features(text.hits, concepts, unit)
    return out


def read_text(words: Words, terms: TermIndex) -> Read:
    """A text with the terms found in it."""
    return Read(words, tuple(terms.find(words)))


def _margin(scores: Floats) -> Floats:
    """By how much each column exceeds the best of the others."""
    ordered = np.sort(scores, axis=1)
    best, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.where(scores >= best, scores - second, scores - best)


def _term_features(hits: Sequence[Hit], concepts: int, unit: float) -> Floats:
    """named, named_too, supported, misled, term_margin of each concept; each term counts once a text."""
    out = np.zeros((concepts, 5))
    seen: set[tuple[int, str]] = set()
    for hit in hits:
        entry = hit.entry
        if (entry.concept, entry.term) in seen:
            continue
        seen.add((entry.concept, entry.term))
        if entry.kind == "misleading":
            out[entry.concept, 3] += 1
        elif entry.kind == "key":
            out[entry.concept, 2] += entry.weight / unit * (0.5 if hit.contained else 1.0)
        else:
            out[entry.concept, 1 if entry.shared or hit.contained else 0] += entry.weight / unit
    total = 2 * out[:, 0] + out[:, 1] + 0.6 * out[:, 2] - out[:, 3]
    out[:, 4] = np.clip(_margin(total[None])[0], -_RIVAL, _RIVAL)
    out[:, :2] = np.minimum(out[:, :2], _MOST_NAMED)
    out[:, 2] = np.log1p(out[:, 2])
    return out
