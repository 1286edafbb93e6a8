"""Generations: switched in one step, whole whatever is killed, checked to the byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from graph.generations import Generations
from graph.manifest import Generation, verify
from ontology.errors import StoreError

ROOT = Path(__file__).parent.parent.parent


def _build(text: str) -> object:
    def build(folder: Path) -> Mapping[str, object]:
        for part in ("graph", "index"):
            (folder / part).mkdir()
            (folder / part / "data").write_text(text)
        return {"counts": {"documents": len(text)}, "pipeline": "1", "documents": []}

    return build


def _publish(store: Generations, text: str = "some bytes") -> Generation:
    with store.lock():
        return store.publish(_build(text))  # type: ignore[arg-type]


def test_nothing_is_published_in_a_store_that_is_not_there(tmp_path: Path) -> None:
    assert Generations(tmp_path / "store").current() is None
    assert not (tmp_path / "store").exists(), "asking makes nothing"


def test_what_was_published_is_current_and_whole(tmp_path: Path) -> None:
    published = _publish(Generations(tmp_path / "store"), "12345")
    found = Generations(tmp_path / "store").current()
    assert found == published
    assert (found.number, found.manifest["counts"]) == (1, {"documents": 5})
    assert (found.graph / "data").read_text() == (found.index / "data").read_text() == "12345"
    assert verify(found) == ()


def test_the_last_two_generations_are_kept(tmp_path: Path) -> None:
    store = Generations(tmp_path / "store")
    for text in "abcd":
        _publish(store, text)
    assert sorted(path.name for path in store.path.glob("gen-*")) == ["gen-3", "gen-4"]
    assert not list(store.path.glob(".*"))


def test_a_generation_that_is_read_is_not_removed(tmp_path: Path) -> None:
    store = Generations(tmp_path / "store")
    _publish(store, "a")
    with Generations(store.path).reading() as read:
        for text in "bcd":
            _publish(store, text)
        assert read is not None
        assert (read.graph / "data").read_text() == "a"
    _publish(store, "e")
    assert not read.folder.exists()


def test_reading_a_store_without_generations_gives_none(tmp_path: Path) -> None:
    with Generations(tmp_path / "store").reading() as read:
        assert read is None


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("damaged", ["graph/data", "index/data"])
def test_a_flipped_byte_is_named(tmp_path: Path, damaged: str) -> None:
    generation = _publish(Generations(tmp_path / "store"))
    _flip(generation.folder / damaged)
    assert verify(generation) == (f"gen-1/{damaged} is damaged: its bytes are not those that were published.",)


def test_a_missing_and_a_foreign_file_are_named(tmp_path: Path) -> None:
    generation = _publish(Generations(tmp_path / "store"))
    (generation.index / "data").rename(generation.index / "stray")
    (generation.graph / "link").symlink_to("/nowhere")
    assert verify(generation) == (
        "gen-1/graph/link does not belong there.",
        "gen-1/index/data is missing.",
        "gen-1/index/stray does not belong there.",
    )


def test_a_manifest_that_was_altered_is_named(tmp_path: Path) -> None:
    store = Generations(tmp_path / "store")
    path = _publish(store).folder / "manifest.json"
    path.write_text(path.read_text().replace('"documents": 10', '"documents": 11'))
    with pytest.raises(StoreError, match=r"gen-1/manifest\.json is missing or damaged"):
        store.current()


@pytest.mark.parametrize(("file", "content"), [("CURRENT", "gen-x\n"), ("CURRENT", "../gen-1"), ("CURRENT", "gen-9"),
                                               ("CURRENT", "\xff"), ("CURRENT", ""),
                                               ("gen-1/manifest.json", "{"), ("gen-1/manifest.json", "[]")])
def test_a_damaged_store_says_so_and_the_next_publication_repairs_it(tmp_path: Path, file: str, content: str) -> None:
    store = Generations(tmp_path / "store")
    _publish(store)
    (store.path / file).write_text(content)
    with pytest.raises(StoreError, match="run the last ingest again"):
        Generations(store.path).current()
    _publish(Generations(store.path), "new")
    found = Generations(store.path).current()
    assert found is not None
    assert verify(found) == ()


@pytest.mark.parametrize(("damaged", "left"), [("CURRENT", 2), ("gen-2/manifest.json", 1)])
def test_reader_and_writer_go_on_from_the_newest_whole_generation(
    tmp_path: Path, damaged: str, left: int, caplog: pytest.LogCaptureFixture
) -> None:
    store = Generations(tmp_path)
    for text in ("one", "two"):
        _publish(store, text)
    assert store.last_whole() == (store.current(), False)
    (tmp_path / damaged).write_text("?")
    with store.reading() as read:
        assert read is not None
        assert read.number == left
        assert store.is_current(read)
    assert f"readers get generation {left}" in caplog.text
    assert store.last_whole() == (read, True)


@pytest.mark.parametrize("cut", [0, 3])
def test_a_torn_file_has_readers_served_from_the_generation_before(
    tmp_path: Path, cut: int, caplog: pytest.LogCaptureFixture
) -> None:
    store = Generations(tmp_path)
    for text in ("one", "two two"):
        _publish(store, text)
    (tmp_path / "gen-2/index/data").write_text("two two"[:cut])
    with Generations(tmp_path).reading() as read:
        assert read is not None
        assert (read.index / "data").read_text() == "one"
    assert "gen-2/index/data is missing or damaged" in caplog.text
    with Generations(tmp_path).reading(published=True) as published:
        assert published is not None
        assert published.number == 2, "what is checked is what was published, not what is served for it"


def test_a_torn_mark_is_written_anew(tmp_path: Path) -> None:
    published = _publish(Generations(tmp_path))
    (tmp_path / "gcmkg-store.json").write_text('{"form')
    assert Generations(tmp_path).current() == published
    _publish(Generations(tmp_path))
    assert json.loads((tmp_path / "gcmkg-store.json").read_text())["format"] == 1


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(StoreError, match="no gcmkg store"):
        Generations(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="no gcmkg store"):
        Generations(tmp_path / "file")


def test_an_empty_folder_becomes_a_store(tmp_path: Path) -> None:
    assert _publish(Generations(tmp_path)).number == 1


def test_a_store_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    _publish(Generations(tmp_path))
    (tmp_path / "gcmkg-store.json").write_text(json.dumps({"format": 99}))
    with pytest.raises(StoreError, match=r"format 99 .* ingest the documents into a new store"):
        Generations(tmp_path)


def test_a_second_writer_fails_soon_and_names_the_first(tmp_path: Path) -> None:
    with Generations(tmp_path).lock():
        started = time.monotonic()
        holder = rf"process {os.getpid()} of \S+ since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC"
        with pytest.raises(StoreError, match=holder), Generations(tmp_path).lock():
            pass
        assert time.monotonic() - started < 2
    with Generations(tmp_path).lock():
        pass


_KILLED = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {root!r})
from graph import files, generations
point = sys.argv[2]
def die(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
def build(folder):
    for part in ("graph", "index"):
        (folder / part).mkdir()
        if point == "building": die()
        (folder / part / "data").write_text("never seen")
    return {{"counts": {{}}}}
if point == "hashing": files.fingerprints = die
store = generations.Generations(Path(sys.argv[1]))
if point in ("manifest", "switch"):
    write = files.write_atomically
    name = {{"manifest": "manifest.json", "switch": "CURRENT"}}[point]
    files.write_atomically = lambda path, content: die() if path.name == name else write(path, content)
if point == "cleaning": generations.shutil.rmtree = die
with store.lock(): store.publish(build)
"""


@pytest.mark.parametrize("point", ["building", "hashing", "manifest", "switch", "cleaning"])
def test_a_run_killed_anywhere_leaves_a_whole_generation(tmp_path: Path, point: str) -> None:
    store = Generations(tmp_path)
    for text in ("one", "two"):
        _publish(store, text)
    run = subprocess.run([sys.executable, "-c", _KILLED.format(root=str(ROOT)), str(tmp_path), point], check=False)
    assert run.returncode == -9
    found = Generations(tmp_path).current()
    assert found is not None
    assert verify(found) == ()
    assert (found.graph / "data").read_text() == ("never seen" if point == "cleaning" else "two")
    after = _publish(Generations(tmp_path), "three")
    assert Generations(tmp_path).current() == after
    assert not list(tmp_path.glob(".*")), "what was left over is cleared"
