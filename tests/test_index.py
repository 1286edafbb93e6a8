"""`gcmkg index`: a store changes its embedding model, remembers it, and goes back, without its documents' folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

import gcmkg
from graph.dumps import graph_digest
from ontology.errors import ModelError, StoreError, UsageError
from search.model_files import DEFAULT_MODEL, model_folder
from search.models import FAST_MODEL, identity
from ui.cli import run

ROOT = Path(__file__).parents[1]
DOCUMENT = "iraq-outreach-report-2021.md"


def tiny_model(folder: Path, *, seed: int, layers: int = 1) -> Path:
    """A small BERT with weights drawn at random, 32 wide, that reads word pieces as the default model does."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    torch.manual_seed(seed)
    inner = folder.with_name(f"{folder.name}-inner")
    tokenizer = AutoTokenizer.from_pretrained(str(model_folder()), local_files_only=True)
    config = BertConfig(
        vocab_size=len(tokenizer), hidden_size=32, num_hidden_layers=layers, num_attention_heads=2,
        intermediate_size=64, max_position_embeddings=256,
    )
    BertModel(config).save_pretrained(inner)
    tokenizer.save_pretrained(inner)
    word_model = Transformer(str(inner), max_seq_length=128)
    SentenceTransformer(modules=[word_model, Pooling(32, pooling_mode="cls")], device="cpu").save(str(folder))
    return folder


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    (folder / "documents").mkdir()
    shutil.copy(ROOT / "corpus" / DOCUMENT, folder / "documents")
    gcmkg.ingest([folder / "documents"], store=folder / "store")
    shutil.rmtree(folder / "documents")
    return folder / "store"


@pytest.fixture
def small(ingested: Path, tmp_path: Path) -> Path:
    """A store of one document whose folder is gone."""
    return shutil.copytree(ingested, tmp_path / "store")


def answers(store: gcmkg.Store) -> list[dict[str, Any]]:
    return [hit.to_record() for hit in store.search("lost identity papers").hits]


def test_a_store_takes_another_model_keeps_it_and_goes_back(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with gcmkg.open_store(small) as before:
        digest, found = graph_digest(before.reader), answers(before)
    tiny = tiny_model(tmp_path / "tiny", seed=1)

    assert run(["--store", str(small), "index", "--model", str(tiny)]) == 0
    assert f"The embedding model is {tiny}." in capsys.readouterr().err
    with gcmkg.open_store(small) as other:
        assert (other.model, other.encoder.dimension) == (str(tiny), 32)
        assert other.index.encoder_name == identity(str(tiny))
        assert answers(other) != []
        assert graph_digest(other.reader) != digest  # vectors decide links

    more = tmp_path / "more.txt"
    more.write_text("Consulates should replace lost passports within a week.\n")
    report = gcmkg.ingest([more], store=small)
    assert [d.status for d in report.documents] == ["ingested"]
    with gcmkg.open_store(small) as still:
        assert (still.model, len(still.documents)) == (str(tiny), 2)

    tiny.rename(tmp_path / "elsewhere")
    with gcmkg.open_store(small) as gone, pytest.raises(ModelError, match="gcmkg index --model"):
        answers(gone)
    with pytest.raises(ModelError, match="tiny"):
        gcmkg.ingest([more], store=small)

    tiny_model(tiny, seed=2)  # other weights in the same place are another model
    with gcmkg.open_store(small) as changed, pytest.raises(UsageError, match="run `gcmkg index`"):
        answers(changed)

    more.unlink()
    shutil.rmtree(small / "work" / "originals" / digest_of_text(small, "more.txt"))
    assert run(["--store", str(small), "index", "--model", DEFAULT_MODEL]) == 3
    assert "more.txt must be read again and its copy in the store is damaged" in capsys.readouterr().err
    with gcmkg.open_store(small) as back:
        assert (back.model, graph_digest(back.reader), answers(back)) == (DEFAULT_MODEL, digest, found)


def digest_of_text(store: Path, name: str) -> str:
    with gcmkg.open_store(store) as opened:
        return str(next(entry["sha256"] for entry in opened.documents if entry["name"] == name))


def test_the_fast_mode_is_a_model_of_its_own_and_leaving_it_gives_the_same_store(small: Path) -> None:
    with gcmkg.open_store(small) as before:
        digest, hits = graph_digest(before.reader), answers(before)
    report = gcmkg.index(small, fast=True)
    assert [(d.document, d.status) for d in report.documents] == [(DOCUMENT, "ingested")]
    with gcmkg.open_store(small) as fast:
        assert fast.model == fast.encoder.name == FAST_MODEL
        found = answers(fast)
        assert found[0]["quote"] == hits[0]["quote"]
        assert [hit["score"] for hit in found] != [hit["score"] for hit in hits]
    gcmkg.index(small, model=DEFAULT_MODEL)
    with gcmkg.open_store(small) as back:
        assert graph_digest(back.reader) == digest
        assert answers(back) == hits


def test_without_a_model_the_index_is_made_anew_with_the_one_in_use(small: Path) -> None:
    with gcmkg.open_store(small) as before:
        digest, number = graph_digest(before.reader), before.generation.number
    report = gcmkg.index(small)
    assert [(d.document, d.status) for d in report.documents] == [(DOCUMENT, "unchanged")]
    assert report.generation == number + 1
    with gcmkg.open_store(small) as after:
        assert (after.model, graph_digest(after.reader)) == (DEFAULT_MODEL, digest)


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--model", "no-such-model"], 1, "'no-such-model' is not on this machine, and nothing is downloaded"),
        (["--model", str(ROOT / "corpus")], 1, "cannot be loaded from"),
        (["--model", "no-such-model", "--fast"], 2, "fast mode is one of all-MiniLM-L6-v2, not of no-such-model"),
    ],
)
def test_a_model_that_is_not_there_is_one_sentence_and_leaves_the_store_alone(
    ingested: Path, capsys: pytest.CaptureFixture[str], options: list[str], code: int, said: str
) -> None:
    with gcmkg.open_store(ingested) as store:
        number = store.generation.number
    assert run(["--store", str(ingested), "index", *options]) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    with gcmkg.open_store(ingested) as store:
        assert (store.generation.number, store.model) == (number, DEFAULT_MODEL)


def test_there_must_be_a_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ingest FOLDER"):
        gcmkg.index(tmp_path / "none")
    assert not (tmp_path / "none").exists()
