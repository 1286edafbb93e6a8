"""The default model and its fast mode: near the reference, the same alone as in a batch, never half exported."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.errors import ModelError
from search import fast_encoder
from search.agreement import Agreement, agreement
from search.encoder import Encoder, ReferenceEncoder, Vectors, _load, load_encoder, load_reference
from search.entries import Entry
from search.model_files import DEFAULT_MODEL
from search.models import FAST_MODEL

ROOT = Path(__file__).parents[2]
MODES = (DEFAULT_MODEL, FAST_MODEL)


@pytest.fixture(scope="module")
def reference() -> ReferenceEncoder:
    return load_reference()


@pytest.fixture(scope="module", params=MODES)
def mode(request: pytest.FixtureRequest) -> Encoder:
    return load_encoder(request.param)


@pytest.fixture(scope="module")
def real(corpus_entries: tuple[Entry, ...], reference: ReferenceEncoder) -> tuple[list[str], Vectors]:
    """Some passages of the corpus with their vectors by the reference."""
    texts = sorted({entry.text for entry in corpus_entries})[::5]
    return texts, reference.encode(texts)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache with nothing in it."""
    monkeypatch.setenv("GCMKG_CACHE", str(tmp_path))
    return tmp_path


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=80), min_size=1, max_size=12))
def test_a_vector_does_not_depend_on_its_batch(mode: Encoder, texts: list[str]) -> None:
    together = mode.encode(texts)
    alone = np.concatenate([mode.encode([text]) for text in texts])
    assert together.tobytes() == alone.tobytes()


def test_real_passages_have_the_same_vectors_in_any_order(mode: Encoder, real: tuple[list[str], Vectors]) -> None:
    texts, _ = real
    forth, back = mode.encode(texts), mode.encode(texts[::-1])
    assert forth.tobytes() == back[::-1].tobytes()


@pytest.mark.parametrize(("name", "least"), [(DEFAULT_MODEL, Agreement(0.99999, 0.99)),
                                             (FAST_MODEL, Agreement(0.99, 0.93))])
def test_real_passages_lie_where_the_reference_has_them(
    real: tuple[list[str], Vectors], name: str, least: Agreement
) -> None:
    texts, vectors = real
    found = agreement(load_encoder(name).encode(texts), vectors)
    assert found.reaches(least), found


def test_modes_have_names_of_their_own() -> None:
    assert {load_encoder(name).name for name in MODES} == {*MODES}


def test_an_export_is_used_while_it_is_whole_and_made_again_when_it_is_not(cache: Path) -> None:
    fast_encoder.open_or_export(FAST_MODEL)
    files = {path: path.read_bytes() for path in (cache / "models").iterdir()}
    assert len(files) == 4  # the fast mode is made from the other: two exports and their records
    exported = fast_encoder.path_of(FAST_MODEL)
    wrong = bytearray(files[exported])
    wrong[len(wrong) // 2] ^= 1
    exported.write_bytes(wrong)
    assert fast_encoder.open_or_export(FAST_MODEL).encode(["lost papers"]).shape == (1, 384)
    assert {path: path.read_bytes() for path in (cache / "models").iterdir()} == files


def test_an_export_that_does_not_agree_is_not_kept_and_the_reference_answers(
    cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, reference: ReferenceEncoder
) -> None:
    monkeypatch.setitem(fast_encoder.LEAST, DEFAULT_MODEL, Agreement(0.9, 1.01))
    encoder = _load.__wrapped__(DEFAULT_MODEL, DEFAULT_MODEL)
    assert "do not agree with the reference" in caplog.text
    assert "using the reference" in caplog.text
    assert list((cache / "models").iterdir()) == []
    assert encoder.encode(["lost papers"]).tobytes() == reference.encode(["lost papers"]).tobytes()


def test_a_fast_mode_that_loses_too_much_is_refused_with_the_way_back(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(fast_encoder.LEAST, FAST_MODEL, Agreement(0.9999, 0.5))
    with pytest.raises(ModelError, match=r"do not agree .* run `gcmkg index --model all-MiniLM-L6-v2`"):
        _load.__wrapped__(FAST_MODEL, FAST_MODEL)
    assert not fast_encoder.path_of(FAST_MODEL).exists()
    assert cache.exists()


def test_two_processes_may_export_at_once(tmp_path: Path) -> None:
    code = "import hashlib; from search.fast_encoder import open_or_export; " \
           "print(hashlib.sha256(open_or_export().encode(['lost papers', 'border']).tobytes()).hexdigest())"
    env = {**os.environ, "GCMKG_CACHE": str(tmp_path), "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen([sys.executable, "-W", "ignore", "-c", code], env=env, cwd=ROOT, stdout=subprocess.PIPE)
            for _ in range(2)]
    said = {process.communicate(timeout=300)[0] for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert len(said) == 1
    (exported,) = (tmp_path / "models").glob("*.onnx")
    (record,) = (tmp_path / "models").glob("*.json")
    assert len(list((tmp_path / "models").iterdir())) == 2
    assert json.loads(record.read_text())["sha256"] == fast_encoder.sha256_of(exported)
    assert said != {b""}


def test_what_is_no_number_agrees_with_nothing() -> None:
    vectors = np.full((12, 3), np.nan, np.float32)
    assert not agreement(vectors, vectors).reaches(Agreement(0.0, 0.0))


def test_agreement_counts_neighbours() -> None:
    rng = np.random.default_rng(7)
    rows = rng.standard_normal((40, 8)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    others = rows[rng.permutation(40)]
    assert agreement(rows, rows).overlap == 1.0
    assert agreement(rows, rows).cosine == pytest.approx(1, abs=1e-6)
    assert agreement(others, rows).overlap < 0.6
    assert agreement(others, rows).cosine < 0.9
