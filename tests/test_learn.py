"""`gcmkg learn` on a store: the linker goes by a user's labels, the next ingest links by them, and it can be undone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import gcmkg
from ontology.errors import StoreError, UsageError
from ui.cli import run

LABELS = Path(__file__).parent / "ingest" / "linking" / "labels.jsonl"
UNSEEN = "The Lantern desk in Izmir will be staffed at night."


def content(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document, a store of it, and what was in the store before anything was learned."""
    folder = tmp_path_factory.mktemp("learn")
    (folder / "documents").mkdir()
    lines = ["# Notes of the harbour office", UNSEEN, "The roof of the shed was mended in the spring."]
    (folder / "documents" / "notes.md").write_text("\n\n".join(lines), "utf-8")
    gcmkg.ingest([folder / "documents"], store=folder / "store")
    return folder


def test_a_store_learns_links_by_it_at_the_next_ingest_and_goes_back_byte_for_byte(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store, before = folder / "store", content(folder / "store")
    assert run(["--store", str(store), "learn", str(LABELS), "--format", "json"]) == 0
    told = capsys.readouterr()
    record = json.loads(told.out)
    assert "at the next gcmkg ingest" in told.err
    assert record["passages"] == 16
    changes = {change["objective"]: change for change in record["changes"]}
    assert set(changes) == {14, 20, None}
    assert changes[14]["passages"] == 7
    assert changes[None]["after"] > changes[None]["before"]

    assert run(["--store", str(store), "learn", "--show", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == record
    assert gcmkg.tag([UNSEEN], store=store)[0].objectives.accepted == ("14",)
    assert gcmkg.tag([UNSEEN], store=folder)[0].objectives.accepted == ()
    once = content(store)

    assert gcmkg.unlearn(store).passages == 0
    assert content(store) == before
    gcmkg.learn(LABELS, store=store)
    assert content(store) == once, "the same labels give the same state"

    report = gcmkg.ingest([folder / "documents"], store=store)
    assert [document.status for document in report.documents] == ["ingested"]
    assert gcmkg.learned(store).relinked
    with gcmkg.open_store(store) as opened:
        assert [f["objective"] for f in opened.facts() if f["kind"] == "objective_link"] == [14]
        learned_affinity = opened.linker.affinity(UNSEEN)[14]
    assert learned_affinity > 0.5
    assert gcmkg.verify(store).findings == ()

    gcmkg.unlearn(store)
    assert not gcmkg.learned(store).relinked
    gcmkg.index(store)
    with gcmkg.open_store(store) as opened:
        assert [f for f in opened.facts() if f["kind"] == "objective_link"] == []


def test_without_a_store_or_anything_learned_one_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no store at"):
        gcmkg.learn(LABELS, store=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()
    empty = tmp_path / "documents"
    empty.mkdir()
    (empty / "a.md").write_text("# Tides\n\nThe tide is low.\n", "utf-8")
    gcmkg.ingest([empty], store=tmp_path / "store")
    with pytest.raises(UsageError, match="has learned nothing"):
        gcmkg.unlearn(tmp_path / "store")


@pytest.mark.parametrize("arguments", [[], ["labels.jsonl", "--undo"], ["--undo", "--show"]])
def test_one_thing_at_a_time(arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", str(tmp_path), "learn", *arguments]) == 2
    assert "Give one of LABELS.jsonl, --undo and --show." in capsys.readouterr().err
