"""The fast encoder is the reference, only faster; damaged model files are noticed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ontology.errors import ModelError
from search.encoder import Encoder, load_encoder
from search.model_files import DEFAULT_MODEL, checked, model_folder, replace_file

TEXTS = ["Lost papers", "a", "", "The secretariat convenes the members twice a year and keeps the minutes. " * 3,
         "شبكة الهجرة", "Networks of migrants, " * 200]


def test_vectors_have_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_no_text_gives_no_vector(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_meaning_counts_more_than_words(encoder: Encoder) -> None:
    query, near, far = encoder.encode(["stolen passports", "Travellers lose their identity documents.",
                                       "The passport of the printer was stolen from a novel."])
    assert query @ near > 0.4
    assert query @ encoder.encode(["Meetings are held every quarter."])[0] < query @ near
    assert far.shape == near.shape


def test_lone_surrogates_and_long_texts_are_encoded(encoder: Encoder) -> None:
    assert np.isfinite(encoder.encode(["\ud800 broken", "word " * 100_000])).all()


def test_the_reference_answers_where_the_cache_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("GCMKG_CACHE", str(blocked))
    from search.encoder import _load

    encoder = _load.__wrapped__(DEFAULT_MODEL, DEFAULT_MODEL)
    assert "using the reference" in caplog.text
    assert encoder.encode(["lost papers"]).shape == (1, 384)


def test_a_changed_model_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tokenizer.json").write_bytes((model_folder() / "tokenizer.json").read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"tokenizer\.json is not the file"):
        checked(tmp_path, "tokenizer.json")


def test_an_unknown_model_is_refused_without_network() -> None:
    with pytest.raises(ModelError, match="no-such-model"):
        load_encoder("no-such-model")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "cache"
    path.write_text("old")

    def fail(temporary: Path) -> None:
        temporary.write_text("half")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        replace_file(path, fail)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
