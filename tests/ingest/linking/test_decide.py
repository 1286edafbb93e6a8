"""The last step of the decision: probabilities that come true, and from which of them a concept is linked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.linking import Linker, model_cache
from ingest.linking.decide import Final, fit_final, leads_of, sigmoid

DRAWN = np.random.default_rng(195)


def drawn(texts: int) -> tuple[np.ndarray, np.ndarray]:
    """Logits that overstate, and which concepts are right."""
    logit = DRAWN.normal(-3.0, 4.0, (texts, 6))
    return logit, (DRAWN.random(logit.shape) < sigmoid(logit * 0.3)).astype(float)


def error(probability: np.ndarray, right: np.ndarray) -> float:
    """Expected calibration error of the best concept, over ten bins."""
    said, came = probability.max(axis=1), right[np.arange(len(right)), probability.argmax(axis=1)]
    bins = np.minimum((said * 10).astype(int), 9)
    gaps = [abs(said[bins == b].mean() - came[bins == b].mean()) * np.mean(bins == b) for b in set(bins.tolist())]
    return float(sum(gaps))


def test_probabilities_come_true_on_texts_that_were_not_fitted_on() -> None:
    logit, right = drawn(4_000)
    final = fit_final(logit, np.zeros(right.shape, bool), right, np.ones_like(right), precision=0.0)
    unseen, true = drawn(4_000)
    assert error(sigmoid(unseen), true) > 0.1
    assert error(sigmoid(final.logit(unseen)), true) < 0.04


def test_further_concepts_are_linked_only_where_they_are_mostly_right() -> None:
    logit, right = drawn(4_000)
    right *= logit >= logit.max(axis=1, keepdims=True)
    final = fit_final(logit, np.zeros(right.shape, bool), right, np.ones_like(right), precision=0.0)
    assert final.accept < final.within == final.also == 0.95


@pytest.mark.parametrize(("leads", "limit"), [(True, 0.4), (False, 0.7)])
def test_the_best_of_a_clause_is_linked_sooner_than_any_other(leads: bool, limit: float) -> None:
    final = Final(np.array([1.0, 0.0]), 0.0, 0.3, 0.4, 0.7)
    assert final.limits(np.array([[0.9, 0.5]]), np.array([[False, leads]])).tolist() == [[0.3, limit]]


def test_only_a_text_of_several_clauses_has_the_best_of_a_clause() -> None:
    own = np.array([[0.0, 1.0, 0.0], [2.0, 0.0, 1.0], [0.0, 0.0, 3.0]])
    assert leads_of(own, [(), (1,), (1, 2)]).tolist() == [[False] * 3, [False] * 3, [True, False, True]]


def test_a_trained_linker_comes_back_from_the_cache_as_it_was(
    linker: Linker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GCMKG_CACHE", str(tmp_path))
    trained = [one.trained for one in (linker.objectives, linker.sdgs, linker.principles)]
    assert model_cache.save(trained, "key")
    again = model_cache.load("key", 3)
    assert again is not None
    for one, other in zip(trained, again, strict=True):
        mine, theirs = ([d.alone, d.among] for d in (one.decision, other.decision))
        assert [(f.bias, f.accept, f.within, f.also, *f.rivalry) for f in mine] == [
            (f.bias, f.accept, f.within, f.also, *f.rivalry) for f in theirs
        ]
        assert other.learned.words == one.learned.words
        assert np.array_equal(other.learned.prototypes, one.learned.prototypes)
