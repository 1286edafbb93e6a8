"""The parts of the score, each by itself."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from search.ranking import PARTS, TELLING, Candidates, part_values, total

BASE = Candidates(
    meaning=np.array([0.5]), words=np.array([0.2]), affinity=np.array([0.0]), role=np.array([0.0]),
    place=np.array([False]), telling=np.array([False]), apart=np.array([False]), weight=np.array([1.0]),
    length=np.array([20.0]),
)


def score(candidates: Candidates) -> float:
    return float(total(part_values(candidates))[0])


@pytest.mark.parametrize(
    "better",
    [
        replace(BASE, meaning=np.array([0.6])),
        replace(BASE, words=np.array([0.4])),
        replace(BASE, affinity=np.array([1.0])),
        replace(BASE, role=np.array([0.5])),
        replace(BASE, place=np.array([True])),
        replace(BASE, telling=np.array([True])),
        replace(BASE, weight=np.array([1.5])),
    ],
)
def test_what_makes_a_passage_better(better: Candidates) -> None:
    assert score(better) > score(BASE)


@pytest.mark.parametrize(
    "worse",
    [replace(BASE, length=np.array([2.0])), replace(BASE, apart=np.array([True])),
     replace(BASE, weight=np.array([0.5]))],
)
def test_what_makes_a_passage_worse(worse: Candidates) -> None:
    assert score(worse) < score(BASE)


def test_a_description_is_no_statement() -> None:
    assert "recommendation" in TELLING
    assert "observation" not in TELLING


def test_the_priors_decide_between_near_equals_only() -> None:
    priors = [abs(part.weight) for part in PARTS if part.name not in ("meaning", "words", "role", "place")]
    assert max(priors) <= 0.1
    assert len({part.name for part in PARTS}) == len(PARTS)
