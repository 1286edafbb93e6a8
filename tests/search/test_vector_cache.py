"""Unchanged text is never embedded twice, and a damaged cache costs time only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from search.encoder import Encoder, Vectors
from search.vector_cache import VectorCache

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


@pytest.mark.parametrize("cut", [1, 100, 1_500, 3_000, 4_640])
def test_a_torn_file_loses_only_what_was_torn(tmp_path: Path, encoder: Encoder, cut: int) -> None:
    path = tmp_path / "cache"
    VectorCache(path, encoder).encode(TEXTS)
    path.write_bytes(path.read_bytes()[:-cut])
    mended = VectorCache(path, encoder)
    assert mended.encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert mended.computed == min(3, -(-cut // 1572))
    assert VectorCache(path, encoder).encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()
    assert len(VectorCache(path, encoder)) == 3


def test_a_flipped_bit_is_noticed(tmp_path: Path, encoder: Encoder) -> None:
    path = tmp_path / "cache"
    VectorCache(path, encoder).encode(TEXTS)
    data = bytearray(path.read_bytes())
    data[-20] ^= 1
    path.write_bytes(data)
    assert VectorCache(path, encoder).encode(TEXTS).tobytes() == encoder.encode(TEXTS).tobytes()


def test_vectors_of_another_model_are_not_used(tmp_path: Path, encoder: Encoder) -> None:
    VectorCache(tmp_path / "cache", OtherModel(encoder)).encode(TEXTS)
    cache = VectorCache(tmp_path / "cache", encoder)
    assert len(cache) == 0
    assert np.array_equal(cache.encode(TEXTS), encoder.encode(TEXTS))
