"""What a store is worth after an interruption or after damage: no document is lost, whatever is asked for next."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gcmkg
from graph.generations import Generations
from graph.store import GraphWriter
from ontology.errors import StoreError
from tests.ingest.crash.harness import ROOT, State, differences, fresh, state
from tests.ingest.crash.material import write_document


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders of one document each."""
    return write_document(tmp_path / "one", 0).parent, write_document(tmp_path / "two", 5).parent


def interrupted(folder: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ingest, and be stopped while the first document is written."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(GraphWriter, "put_documents", stop)
        with pytest.raises(KeyboardInterrupt):
            gcmkg.ingest([folder], store=store)


def names(store: Path) -> dict[str, str]:
    with gcmkg.open_store(store) as opened:
        return {entry["name"]: opened.text(entry["slug"]) for entry in opened.documents}


def test_a_document_whose_update_was_interrupted_stays_when_another_folder_is_ingested(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    gcmkg.ingest(two, store=store)
    before = state(store)
    write_document(two[0], 0, edition=1)
    interrupted(two[0], store, monkeypatch)
    gcmkg.ingest([two[1]], store=store)
    assert differences(state(store), before) == []
    gcmkg.ingest(two, store=tmp_path / "clean")
    gcmkg.ingest([two[0]], store=store)
    assert differences(state(store), state(tmp_path / "clean")) == []


def test_a_removal_that_was_interrupted_is_told_by_the_run_that_ends_it(
    two: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "store"
    gcmkg.ingest([two[0]], store=store)
    (two[0] / "report-000.md").unlink()
    write_document(two[0], 10)
    interrupted(two[0], store, monkeypatch)
    assert list(names(store)) == ["report-000.md"]
    report = gcmkg.ingest([two[0]], store=store)
    assert {d.document: d.status for d in report.documents} == {
        "report-000.md": "removed", "report-010.md": "ingested",
    }


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _largest(folder: Path) -> Path:
    return max((path for path in folder.rglob("*") if path.is_file()), key=lambda path: path.stat().st_size)


def _rubbish(path: Path) -> None:
    path.write_bytes(b"\x00\xff\n" + path.read_bytes())


def _manifest_and_graph(store: Path) -> None:
    _cut(store / "gen-2/manifest.json")
    _flip(_largest(store / "gen-2/graph"))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a flipped byte in the graph": lambda store: _flip(_largest(store / "gen-2/graph")),
    "a flipped byte in the words": lambda store: _flip(_largest(store / "gen-2/index/words")),
    "a torn table of passages": lambda store: _cut(store / "gen-2/index/passages.parquet"),
    "a torn text": lambda store: _cut(next((store / "gen-2/texts").iterdir())),
    "a torn manifest": lambda store: _cut(store / "gen-2/manifest.json"),
    "a flipped byte in the manifest": lambda store: _flip(store / "gen-2/manifest.json"),
    "a torn manifest and a flipped byte in the graph": _manifest_and_graph,
    "a pointer to nowhere": lambda store: (store / "CURRENT").write_text("gen-7\n"),
    "a graph that is gone": lambda store: shutil.rmtree(store / "gen-2/graph"),
    "a working graph that is gone": lambda store: shutil.rmtree(store / "work/graph"),
    "a flipped byte in the working graph": lambda store: _flip(_largest(store / "work/graph")),
    "a text of the working copy": lambda store: _flip(next((store / "work/texts").iterdir())),
    "a torn journal": lambda store: _cut(store / "work/documents.jsonl"),
    "a journal with rubbish in it": lambda store: _rubbish(store / "work/documents.jsonl"),
    "a mark that is torn": lambda store: _cut(store / "gcmkg-store.json"),
}
UNSERVABLE = (
    "a torn table of passages", "a torn text", "a torn manifest", "a pointer to nowhere", "a graph that is gone",
)


@dataclass(frozen=True)
class Published:
    """Two folders, a store of two generations (the second folder came second), and what readers shall see."""

    folders: tuple[Path, Path]
    store: Path
    one: State
    both: State
    changed: State


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The store before a document of the second folder changed, and what it is after."""
    place = tmp_path_factory.mktemp("published")
    folders = write_document(place / "one", 0).parent, write_document(place / "two", 5).parent
    gcmkg.ingest([folders[0]], store=place / "store")
    one = state(place / "store")
    gcmkg.ingest([folders[1]], store=place / "store")
    write_document(folders[1], 5, edition=1)
    gcmkg.ingest(folders, store=place / "clean")
    return Published(folders, place / "store", one, state(place / "store"), state(place / "clean"))


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_next_ingest_mends_any_damage(published: Published, tmp_path: Path, damage: str) -> None:
    store = fresh(published.store, tmp_path / "store")
    DAMAGES[damage](store)
    gcmkg.ingest([published.folders[1]], store=store)
    assert gcmkg.verify(store).findings == ()
    assert differences(state(store), published.changed) == []


@pytest.mark.parametrize("damage", UNSERVABLE)
def test_readers_are_served_while_nobody_has_mended_it(published: Published, tmp_path: Path, damage: str) -> None:
    store = fresh(published.store, tmp_path / "store")
    DAMAGES[damage](store)
    wanted = published.both if damage == "a pointer to nowhere" else published.one
    assert differences(state(store), wanted) == []
    if damage in ("a torn manifest", "a pointer to nowhere"):
        with pytest.raises(StoreError, match="run the last ingest again"):
            gcmkg.verify(store)
    else:
        assert all("gen-2/" in finding for finding in gcmkg.verify(store).findings)
        assert gcmkg.verify(store).findings


@pytest.mark.parametrize("kilobytes", [1, 40, 300])
def test_a_full_disk_is_one_sentence_and_readers_keep_what_they_had(
    published: Published, tmp_path: Path, kilobytes: int
) -> None:
    store = fresh(published.store, tmp_path / "store")
    code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({kilobytes << 10}, {kilobytes << 10}))"
    done = command(f"{code}; from ui.cli import main; main()", "--store", store, "ingest", published.folders[1])
    assert done.returncode == 1
    sentence = f"There is no room left for the store {store}; free some space on its disk"
    assert [line for line in done.stderr.splitlines() if "gcmkg" in line] == [
        f"gcmkg: {sentence} and run the same command again."
    ]
    assert differences(state(store), published.both) == []
    gcmkg.ingest([published.folders[1]], store=store)
    assert differences(state(store), published.changed) == []


def test_a_second_writer_ends_with_the_name_of_the_first(published: Published, tmp_path: Path) -> None:
    store = fresh(published.store, tmp_path / "store")
    with Generations(store).lock():
        done = command("from ui.cli import main; main()", "--store", store, "ingest", published.folders[1])
    assert done.returncode == 1
    assert f"is being written by process {os.getpid()} of" in done.stderr
    assert "Traceback" not in done.stderr


def command(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(which=st.integers(0, 10_000), where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_a_flipped_bit_anywhere_is_named(published: Published, which: int, where: float, bit: int) -> None:
    files = sorted(p for p in (published.store / "gen-2").rglob("*") if p.is_file() and p.stat().st_size)
    file = files[which % len(files)]
    whole = file.read_bytes()
    flipped = bytearray(whole)
    flipped[int(where * len(whole))] ^= 1 << bit
    file.write_bytes(flipped)
    try:
        findings = gcmkg.verify(published.store).findings
    except StoreError as error:
        findings = (str(error),)
    finally:
        file.write_bytes(whole)
    assert len(findings) == 1
    assert file.relative_to(published.store).as_posix() in findings[0]
