"""Where a run begins: what the store holds, what of the last run's work can be trusted, what must be made again."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from graph.manifest import Generation, verify
from ingest.worktable import TableEntry, WorkTable, read_entries
from ontology.errors import DamagedStoreError

log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a run starts from.

    `table` tells what the working graph holds; `known` is every document of the store, also those that a killed
    run was just about to change or had only begun to remove; `published` are the entries of `current` by slug.
    `current` is none where there is no generation, or where it is damaged and all is made again.
    """

    table: WorkTable
    known: tuple[TableEntry, ...]
    published: Mapping[str, TableEntry]
    current: Generation | None


def until_sound(attempt: Callable[[bool], T], *, work: Path) -> T:
    """Run an ingest; where it comes upon damage in the working graph, run it again with that made anew.

    First from the published generation and, if that too turns out damaged, from the copies of the documents.

    Args:
        attempt: an ingest from beginning to end; told whether to distrust the published generation.
        work: the writer's folder.

    Raises:
        DamagedStoreError: what was made a moment ago is damaged again.
    """
    for _ in range(2):
        try:
            return attempt(False)
        except DamagedStoreError as error:
            log.warning("%s It is made anew now.", error)
        shutil.rmtree(work / "graph", ignore_errors=True)
    return attempt(True)


def begin(work: Path, current: Generation | None, *, doubtful: bool) -> Beginning:
    """Open the writer's table, with the working graph and the texts in `work` fit to go on from.

    Where the working graph is missing, both are restored from the current generation. Where a byte of that
    generation is wrong, or the table cannot be read, everything is made again from the copies of the documents:
    the working graph shares files with the generation (hard links), so a damaged file damages both.

    Args:
        work: the writer's folder.
        current: the published generation.
        doubtful: the generation that was published last is damaged, and `current` is one before it.
    """
    path, graph, texts = work / "documents.jsonl", work / "graph", work / "texts"
    published = read_entries(current.manifest.get("documents", ()) if current else ())
    found = WorkTable.open(path)
    known = tuple({e.path: e for e in (*published, *found.entries)}.values())
    damaged = doubtful or not found.sound or (current is not None and bool(verify(current)))
    if damaged or not path.exists():
        shutil.rmtree(graph, ignore_errors=True)
    if not graph.exists():
        path.unlink(missing_ok=True)
        shutil.rmtree(texts, ignore_errors=True)
    texts.mkdir(exist_ok=True)
    if not graph.exists() and current is not None and not damaged:
        _restore(work, current, published)
    table = WorkTable.open(path)
    table.save()
    if damaged:
        return Beginning(table, known, {}, None)
    return Beginning(table, known, {e.slug: e for e in published}, current)


def _restore(work: Path, current: Generation, published: tuple[TableEntry, ...]) -> None:
    """Copy graph and texts of the generation; the graph gets its name last, when all the rest is there."""
    copy = work / "graph.new"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(current.graph, copy)
    shutil.copytree(current.folder / "texts", work / "texts", dirs_exist_ok=True)
    WorkTable(work / "documents.jsonl", published).save()
    copy.rename(work / "graph")
