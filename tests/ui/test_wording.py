"""The interface has words for whatever the graph may say."""

from __future__ import annotations

from graph.evidence import CAPACITIES
from ui.explorer import wording


def test_every_capacity_has_its_heading() -> None:
    assert set(wording.CAPACITIES) == set(CAPACITIES)
