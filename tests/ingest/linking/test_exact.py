"""Scores have the same bits whatever stands beside a text, and however many threads multiply."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from threadpoolctl import threadpool_limits

from ingest.linking.exact import on_grid, product

DRAWN = np.random.default_rng(195)
ROWS = DRAWN.standard_normal((150, 384)).astype(np.float32)
ROWS /= np.sqrt((ROWS * ROWS).sum(axis=1, keepdims=True))
COLUMNS = on_grid(DRAWN.standard_normal((384, 301)) * DRAWN.uniform(0.01, 4, 301))


@given(st.lists(st.integers(0, len(ROWS) - 1), min_size=1, max_size=150))
def test_a_row_has_the_same_product_in_any_batch(places: list[int]) -> None:
    rows = ROWS.astype(np.float64)
    assert product(rows[places], COLUMNS).tobytes() == product(rows, COLUMNS)[places].tobytes()


def test_threads_change_no_bit() -> None:
    found = []
    for threads in (1, 2, 4):
        with threadpool_limits(limits=threads):
            found.append(product(ROWS.astype(np.float64), COLUMNS).tobytes())
    assert len(set(found)) == 1


def test_the_grid_costs_no_more_than_single_precision_does() -> None:
    rows = ROWS.astype(np.float64)
    assert np.abs(product(rows, COLUMNS) - rows @ COLUMNS).max() < 1e-5
    assert np.array_equal(on_grid(COLUMNS), COLUMNS)


def test_no_columns_and_no_rows() -> None:
    assert product(np.zeros((0, 384)), COLUMNS).shape == (0, 301)
    assert on_grid(np.zeros((384, 0))).shape == (384, 0)
