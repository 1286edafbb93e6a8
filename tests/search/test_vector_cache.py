"""Unchanged text is never embedded twice, and a damaged cache costs time only."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.encoder import Encoder, Vectors
from search.keyed_vectors import KeyedVectors
from search.vector_cache import VectorCache

OWNER = b"o" * 32
TEXTS = ["one border", "two borders", "three borders"]


class OtherModel:
    """The same vectors under another name."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.name = "another"
        self.dimension = encoder.dimension

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)


def test_texts_are_embedded_once_and_kept_between_runs(tmp_path: Path, encoder: Encoder) -> None:
    first = VectorCache(tmp_path / "cache", encoder)
    assert first.encode([*TEXTS, TEXTS[0]]).tobytes() == encoder.encode([*TEXTS, TEXTS[0]]).tobytes()
    assert first.computed == 3
    again = VectorCache(tmp_path / "cache", encoder)
    assert again.encode(["new", *TEXTS]).tobytes() == encoder.encode(["new", *TEXTS]).tobytes()
    assert again.computed == 1
    assert len(VectorCache(tmp_path / "cache", encoder)) == 4


@pytest.mark.parametrize("cut", [1, 100, 1_500, 1_570, 1_580])
def test_a_torn_file_loses_only_what_was_written_last(tmp_path: Path, encoder: Encoder, cut: int) -> None:
    path = tmp_path / "cache"
    first = VectorCache(path, encoder)
    first.encode(TEXTS[:2])
    first.encode(TEXTS[2:])
    path.write_bytes(path.read_bytes()[:-cut])
    mended = VectorCache(path, encoder)
    assert mended.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert mended.computed == 1
    again = VectorCache(path, encoder)
    assert again.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert (again.computed, len(again)) == (0, 3)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), batches=st.lists(st.lists(st.integers(0, 9), max_size=4), min_size=1, max_size=5))
def test_whatever_byte_is_wrong_no_vector_is(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, batches: list[list[int]]
) -> None:
    path = tmp_path_factory.mktemp("vectors") / "file"
    truth = np.arange(40, dtype=np.float32).reshape(10, 4)
    keys = [bytes([number]) * 32 for number in range(10)]
    for batch in batches:
        KeyedVectors(path, owner=OWNER, dimension=4).add([keys[n] for n in batch], truth[batch])
    held = path.read_bytes() if path.exists() else b"\0"
    at = data.draw(st.integers(0, len(held) - 1))
    path.write_bytes(held[:at] + bytes([held[at] ^ data.draw(st.integers(1, 255))]) + held[at + 1 :])
    opened = KeyedVectors(path, owner=OWNER, dimension=4)
    found = {n: vector for n in range(10) if (vector := opened.get(keys[n])) is not None}
    assert all(np.array_equal(vector, truth[n]) for n, vector in found.items())
    opened.add(keys, truth)
    again = KeyedVectors(path, owner=OWNER, dimension=4)
    assert all(np.array_equal(again[key], vector) for key, vector in zip(keys, truth, strict=True))
    assert len(again) == 10


@pytest.mark.parametrize("settled", [0, 5_000, 12_000])
def test_vectors_are_found_before_and_after_their_keys_are_sorted_in(tmp_path: Path, settled: int) -> None:
    keys = [hashlib.sha256(str(number).encode()).digest() for number in range(settled + 100)]
    truth = np.arange(2 * len(keys), dtype=np.float32).reshape(-1, 2)
    held = KeyedVectors(tmp_path / "file", owner=OWNER, dimension=2)
    for start in range(0, len(keys), 500):
        held.add(keys[start : start + 500], truth[start : start + 500])
    held.add(keys[:50], truth[:50] + 1)
    truth[:50] += 1
    assert np.array_equal(np.stack([held[key] for key in keys]), truth)
    held.add([b"x" * 32] * 5_000, np.zeros((5_000, 2), np.float32))
    assert np.array_equal(np.stack([held[key] for key in keys]), truth)
    again = KeyedVectors(tmp_path / "file", owner=OWNER, dimension=2)
    found = again.get_all([*keys, b"y" * 32])
    assert np.array_equal(np.stack([found[key] for key in keys]), truth)
    assert len(found) == len(again) - 1 == len(keys)


def test_a_flipped_bit_is_noticed(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "cache"
    VectorCache(path, encoder).encode(TEXTS)
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    mended = VectorCache(path, encoder)
    assert mended.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert mended.computed == 1
    assert np.array_equal(VectorCache(path, encoder).encode(TEXTS), encoder.encode(TEXTS))


def test_vectors_of_another_model_are_not_used(tmp_path: Path, encoder: Encoder) -> None:
    VectorCache(tmp_path / "cache", OtherModel(encoder)).encode(TEXTS)
    cache = VectorCache(tmp_path / "cache", encoder)
    assert len(cache) == 0
    assert np.array_equal(cache.encode(TEXTS), encoder.encode(TEXTS))
