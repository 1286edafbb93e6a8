"""One store for many threads: its parts are made once, and it is not closed under a request."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import gcmkg
from ui import sharing
from ui.sharing import SharedStore

COUNT = "SELECT (COUNT(?d) AS ?n) WHERE { ?d a gcm:Document }"


@pytest.mark.parametrize("part", ["engine", "linker"])
def test_a_part_is_made_once_for_all_threads(store_path: Path, part: str) -> None:
    shared = SharedStore(store_path)
    with shared.using() as store, ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: getattr(store, part), range(8)))
    shared.close()
    assert len({id(each) for each in made}) == 1


def test_a_store_in_use_outlives_its_replacement(
    store_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "store"
    shutil.copytree(store_path, path)
    monkeypatch.setattr(sharing, "_LOOK_EVERY", -1.0)
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "new.md").write_text("# Report\n\nStates should offer shelter to victims.\n", "utf-8")
    shared = SharedStore(path)
    with shared.using() as before:
        before.query(COUNT)
        engine = before.engine
        gcmkg.ingest([tmp_path / "more"], store=path)
        with shared.using() as after:
            assert after.generation.number == before.generation.number + 1
        shared.close()
        assert before.engine is engine
        assert before.query(COUNT).rows
    assert "engine" not in vars(before)
