"""An ingest that is killed anywhere: readers keep a whole generation, and the same command ends as if nothing was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import gcmkg
from tests.ingest.crash.harness import disturb, scene
from tests.ingest.crash.material import write_documents

KILLS = 10


def test_kills_while_ingesting_and_updating_leave_no_trace(tmp_path: Path) -> None:
    scenes = [scene(tmp_path / "first", documents=8, seed=None), scene(tmp_path / "update", documents=8, seed=1)]
    with ThreadPoolExecutor(2) as two:
        rounds = [
            two.submit(disturb, scenes[seed % 2], tmp_path / f"store-{seed}", seed=seed) for seed in range(KILLS)
        ]
        found = {seed: done.result() for seed, done in enumerate(rounds)}
    assert {seed: r.findings for seed, r in found.items() if r.findings} == {}
    assert sum(len(r.kills) for r in found.values()) > KILLS


def test_a_moved_file_is_the_same_document(tmp_path: Path) -> None:
    write_documents(tmp_path / "documents", 2)
    gcmkg.ingest([tmp_path / "documents"], store=tmp_path / "store")
    (tmp_path / "documents" / "deeper").mkdir()
    moved = tmp_path / "documents" / "deeper" / "report-000.md"
    (tmp_path / "documents" / "report-000.md").rename(moved)
    report = gcmkg.ingest([tmp_path / "documents"], store=tmp_path / "store")
    assert [(d.path, d.status) for d in report.documents if d.document == moved.name] == [(str(moved), "unchanged")]
    with gcmkg.open_store(tmp_path / "store") as store:
        assert str(moved) in {entry["path"] for entry in store.documents}
