"""Trained schemes: out of the cache where they are there, else trained on the schemes' own sentences and kept."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ingest.linking import model_cache
from ingest.linking.clauses import clauses_of
from ingest.linking.exact import Floats
from ingest.linking.schemes import Scheme
from ingest.linking.signals import learn
from ingest.linking.terms import Words, words_of, words_within
from ingest.linking.train import Trained, train
from search.encoder import Encoder, encode_parts
from search.pieces import Part

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Embedded:
    """Texts to learn from: the vector of each, and those of its clauses (clauses, dimension)."""

    whole: Mapping[str, Floats]
    clauses: Mapping[str, Floats]


def embedded(texts: Iterable[str], encoder: Encoder) -> Embedded:
    """The vectors of texts, each once."""
    each = list(dict.fromkeys(texts))
    clauses = [clauses_of(text) for text in each]
    whole, parts = (found.astype(np.float64) for found in encode_parts(encoder, each, clauses))
    within = np.split(parts, np.cumsum([len(some) for some in clauses])[:-1])
    return Embedded(dict(zip(each, whole, strict=True)), dict(zip(each, within, strict=True)))


def prepared(
    texts: Sequence[str], clauses: Sequence[Sequence[Part]], encoder: Encoder
) -> tuple[Floats, list[Words]]:
    """Vectors (texts and their clauses, dimension) and words: first of all texts, then of all clauses in order."""
    vectors = np.concatenate(encode_parts(encoder, texts, clauses)).astype(np.float64)
    words = [words_of(text) for text in texts]
    words += [words_within(own, part) for own, some in zip(words, clauses, strict=True) for part in some]
    return vectors, words


def places_of_clauses(clauses: Sequence[Sequence[Part]], first: int) -> list[tuple[int, ...]]:
    """The places of the clauses of each text in a batch where they begin at `first`."""
    out = []
    for some in clauses:
        out.append(tuple(range(first, first + len(some))))
        first += len(some)
    return out


def trained_schemes(schemes: Sequence[Scheme], encoder: Encoder) -> tuple[Trained, ...]:
    """The schemes, trained; out of the cache folder where the same was trained before."""
    key = model_cache.model_key(schemes, encoder.name)
    trained = model_cache.load(key, len(schemes))
    if trained is None:
        log.info("Training the linker on the sentences of %s; this happens once.", ", ".join(s.name for s in schemes))
        vectors = embedded((sample.text for scheme in schemes for sample in scheme.samples), encoder)
        trained = tuple(train(s, vectors.whole, vectors.clauses, precision=s.precision) for s in schemes)
        model_cache.save(trained, key)
    return trained


def relearned_scheme(scheme: Scheme, former: Trained, encoder: Encoder) -> Trained:
    """`relearned` with the vectors of the scheme's samples; out of the cache folder where the same was learned."""
    key = model_cache.model_key([scheme], encoder.name)
    kept = model_cache.load(key, 1)
    if kept is not None:
        return kept[0]
    found = relearned(scheme, former, embedded((sample.text for sample in scheme.samples), encoder))
    model_cache.save([found], key)
    return found


def relearned(scheme: Scheme, former: Trained, vectors: Embedded) -> Trained:
    """A trained scheme whose head, word weights and prototypes are made anew; the decision stays as it was fitted."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    matrix = np.stack([vectors.whole[sample.text] for sample in scheme.samples])
    grams = [words_of(sample.text).grams for sample in scheme.samples]
    concepts = np.array([sample.concept for sample in scheme.samples], dtype=np.int64)
    weights = np.array([sample.weight for sample in scheme.samples])
    with threadpool_limits(limits=1):  # sums split over threads differ in the last bits
        learned = learn(matrix, grams, concepts, weights, columns=len(scheme.keys) + 1)
    return replace(former, learned=learned)
