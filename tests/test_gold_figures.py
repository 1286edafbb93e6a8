"""No figure of the extraction falls unnoticed: the development gold against the frozen run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gcmkg import Store

ROOT = Path(__file__).parents[1]
FROZEN = json.loads((ROOT / "benchmarks" / "extraction" / "results.json").read_text("utf-8"))["gold"]
TOLERANCE = 0.01


@pytest.fixture(scope="module")
def figures(store: Store) -> dict[str, float | None]:
    return {r["metric"]: r["all"] for r in store.evaluate(ROOT / "tests" / "gold").records()}


@pytest.mark.parametrize("metric", sorted(FROZEN))
def test_no_figure_falls_by_more_than_a_hundredth(figures: dict[str, float | None], metric: str) -> None:
    was, now = FROZEN[metric], figures.get(metric)
    assert was is None or (now is not None and now >= was - TOLERANCE)


def test_every_quote_is_exact(figures: dict[str, float | None]) -> None:
    assert figures["quotes"] == 1.0
