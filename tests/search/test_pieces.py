"""Parts of texts have their vectors out of one pass over the text, and keep them in the cache."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.encoder import Encoder, Vectors, encode_parts, load_reference
from search.pieces import Part
from search.vector_cache import VectorCache

TWO = "Consular staff visit detained workers, and the ministry trains its officials in referral."
LONG = "Networks meet. " * 200 + "The secretariat keeps the minutes."
TEXTS = [TWO, "a", "", LONG, "شبكة الهجرة تجتمع"]
PARTS: list[list[Part]] = [[(0, 37), (39, len(TWO))], [], [], [(0, 14), (3000, len(LONG))], [(0, 4)]]


class WholeTexts:
    """An encoder that knows no parts."""

    name, dimension = "whole", 384

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)


def test_a_part_is_read_in_the_light_of_its_text(encoder: Encoder) -> None:
    whole, within = encode_parts(encoder, [TWO], [[(0, 37), (39, len(TWO))]])
    alone = encoder.encode([TWO[:37], TWO[39:]])
    assert whole.tobytes() == encoder.encode([TWO]).tobytes()
    assert within.shape == (2, encoder.dimension)
    assert np.allclose(np.linalg.norm(within, axis=1), 1, atol=1e-6)
    assert all(near @ own > near @ other for near, own, other in zip(within, alone, alone[::-1], strict=True))


def test_the_reference_gives_the_same(encoder: Encoder) -> None:
    fast, slow = encode_parts(encoder, TEXTS, PARTS), encode_parts(load_reference(), TEXTS, PARTS)
    for ours, theirs in zip(fast, slow, strict=True):
        assert ours.shape == theirs.shape
        assert (ours * theirs).sum(axis=1).min() > 0.99999


def test_a_part_beyond_what_the_model_reads_is_a_text_of_its_own(encoder: Encoder) -> None:
    _, within = encode_parts(encoder, TEXTS, PARTS)
    assert within[3].tobytes() == encoder.encode([LONG[3000:]])[0].tobytes()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=60), st.integers(0, 30), st.integers(1, 30)), min_size=1, max_size=8))
def test_a_part_does_not_depend_on_its_batch(encoder: Encoder, drawn: list[tuple[str, int, int]]) -> None:
    texts = [text for text, _, _ in drawn]
    parts = [[(start, start + length)] if start + length <= len(text) else [] for text, start, length in drawn]
    whole, within = encode_parts(encoder, texts, parts)
    alone = [encode_parts(encoder, [text], [some]) for text, some in zip(texts, parts, strict=True)]
    assert whole.tobytes() == np.concatenate([a for a, _ in alone]).tobytes()
    assert within.tobytes() == np.concatenate([b for _, b in alone]).tobytes()


def test_an_encoder_without_parts_reads_them_as_texts(encoder: Encoder) -> None:
    plain = WholeTexts(encoder)
    _, within = encode_parts(plain, [TWO], [[(0, 37)]])
    assert within.tobytes() == encoder.encode([TWO[:37]]).tobytes()


def test_the_cache_keeps_parts(tmp_path: Path, encoder: Encoder) -> None:
    first = VectorCache(tmp_path / "cache", encoder)
    fresh = [found.tobytes() for found in encode_parts(first, TEXTS, PARTS)]
    assert fresh == [found.tobytes() for found in encode_parts(encoder, TEXTS, PARTS)]
    again = VectorCache(tmp_path / "cache", encoder)
    assert fresh == [found.tobytes() for found in encode_parts(again, TEXTS, PARTS)]
    assert again.encode(TEXTS).tobytes() == fresh[0]
    assert (first.computed, again.computed) == (len(TEXTS), 0)


@pytest.mark.parametrize("parts", [[[], [(0, 37)]], [[(0, 37)], []], [[(0, 37)], [(39, 60)]], [[(0, 37)], [(0, 37)]]])
def test_a_text_that_comes_twice_is_read_once(tmp_path: Path, encoder: Encoder, parts: list[list[Part]]) -> None:
    cache = VectorCache(tmp_path / "cache", encoder)
    found = encode_parts(cache, [TWO, TWO], parts)
    assert cache.computed == 1
    assert [f.tobytes() for f in found] == [f.tobytes() for f in encode_parts(encoder, [TWO, TWO], parts)]


def test_a_part_is_not_mistaken_for_a_text(tmp_path: Path, encoder: Encoder) -> None:
    cache = VectorCache(tmp_path / "cache", encoder)
    encode_parts(cache, [TWO], [[(0, 37)]])
    assert cache.encode([TWO[:37]]).tobytes() == encoder.encode([TWO[:37]]).tobytes()
    assert cache.computed == 2
