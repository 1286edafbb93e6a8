"""Products of unit vectors that are the same to the last bit whatever the batch, the threads and the machine.

A fast matrix product sums in an order that depends on the shape of the batch, so that a text would score a little
otherwise beside others than alone. Here both sides stand on a grid (fixed point), so coarse that every product and
every partial sum is a whole number of steps below 2**53: then no sum is rounded, and its order does not matter. The
idea is the pre-rounding of Demmel and Nguyen (Fast reproducible floating-point summation, 2013). Single-precision
vectors lose no more than their last bit by it.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROW_BITS = 24
_EXACT_BITS = 52  # of the 53 of a double; one is left for lengths a little over 1


def on_grid(columns: Floats) -> Floats:
    """Columns (dimension, n) rounded so that `product` with rows of length 1 is exact."""
    longest = float(np.sqrt((columns * columns).sum(axis=0)).max(initial=1.0))
    step = 2.0 ** (ROW_BITS + math.ceil(math.log2(max(longest, 1.0))) - _EXACT_BITS)
    found: Floats = np.rint(columns / step) * step
    return found


def product(rows: Floats, columns: Floats) -> Floats:
    """Inner products (t, n) of rows (t, dimension) of length 1 with columns (dimension, n) of `on_grid`."""
    scale = 2.0**ROW_BITS
    found: Floats = (np.rint(rows * scale) / scale) @ columns
    return found
