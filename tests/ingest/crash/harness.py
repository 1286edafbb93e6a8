"""Ingests as real processes that are killed with all they started, and what a store says afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gcmkg
from graph.dumps import graph_digest
from ontology.errors import StoreError
from tests.ingest.crash.material import change, write_documents

ROOT = Path(__file__).parents[3]
QUERIES = ("shelters for victims of trafficking", "identity papers", "border guards", "report edition 0", "Kenya")
_STARTING = 0.35  # seconds in which a process only imports

State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """A folder after its changes, the store of before them, what the store must be after them.

    `before` is None where the first ingest is disturbed. `expected` are statuses by file name; `points` and
    `seconds` are those of an undisturbed run.
    """

    folder: Path
    base: Path
    before: State | None
    after: State
    expected: Mapping[str, str]
    points: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Round:
    """What became of one disturbed ingest: how often it was killed, where, and everything that was wrong."""

    kills: tuple[str, ...]
    published_early: bool
    findings: tuple[str, ...]


def state(store: Path) -> State:
    """Everything that a reader can see of a store, without the number of its generation.

    Raises:
        StoreError: there is no store, or it is damaged.
    """
    with gcmkg.open_store(store) as opened:
        index = opened.generation.index
        return {
            "graph": graph_digest(opened.reader),
            "documents": [dict(entry) for entry in opened.documents],
            "counts": dict(opened.generation.manifest["counts"]),
            "texts": {entry["slug"]: opened.text(entry["slug"]) for entry in opened.documents},
            "index": {
                path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in index.iterdir() if path.is_file()
            },
            "hits": {query: [hit.to_record() for hit in opened.search(query).hits] for query in QUERIES},
        }


def ingest(folder: Path, store: Path, *, point: int | None = None) -> subprocess.Popen[str]:
    """Start an ingest in a session of its own, with its report beside the store; with `point`, one that ends there."""
    program = [sys.executable, "-c", "from ui.cli import main; main()"]
    if point is not None:
        program = [sys.executable, str(Path(__file__).with_name("killed.py")), str(point)]
    arguments = ["--store", str(store), "ingest", str(folder), "--report", str(report_of(store))]
    return subprocess.Popen(
        [*program, *arguments], cwd=ROOT, text=True, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )


def report_of(store: Path) -> Path:
    """Where an ingest into this store leaves its report."""
    return store.with_name(f"{store.name}-report.json")


def scene(place: Path, *, documents: int, seed: int | None) -> Scene:
    """Make the folder, the store before and the store after; without a seed, the first ingest of the folder."""
    folder, base, clean = place / "documents", place / "base", place / "clean"
    write_documents(folder, documents)
    expected: Mapping[str, str] = {path.name: "ingested" for path in folder.iterdir()}
    before = None
    if seed is not None:
        gcmkg.ingest([folder], store=base)
        before = state(base)
        expected = change(folder, seed)
    gcmkg.ingest([folder], store=clean)
    if seed is None:
        # A new store that knows the vectors: only the rest is of interest here.
        (base / "work").mkdir(parents=True)
        shutil.copy(clean / "gcmkg-store.json", base)
    shutil.copy(clean / "work" / "vectors.bin", base / "work")
    copy = fresh(base, place / "counted")
    began = time.perf_counter()
    process = ingest(folder, copy, point=0)
    _, told = process.communicate()
    shutil.rmtree(copy)
    return Scene(folder, base, before, state(clean), expected, int(told.split()[-1]), time.perf_counter() - began)


def fresh(base: Path, copy: Path) -> Path:
    """A copy of a store that shares no file with it."""
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(base, copy)
    return copy


def disturb(scene: Scene, store: Path, *, seed: int) -> Round:
    """Kill an ingest once or, in a third of the rounds, again while it recovers; then let it finish."""
    chance = random.Random(seed)  # noqa: S311
    fresh(scene.base, store)
    kills = [_killed(scene, store, chance)]
    seen, findings = _after_kill(scene, store, kills[-1])
    if seed % 3 == 2:
        again = _kill(scene, store, chance)
        seen, wrong = _after_kill(scene, store, again or "an ingest that ended before it could be killed")
        kills += [again] if again else []
        findings += wrong
    early = seen == "after"
    process = ingest(scene.folder, store)
    _, told = process.communicate()
    if process.returncode != 0:
        findings.append(f"the same command ended with {process.returncode}: {told.strip()[-300:]}")
    elif (seen := _seen(store, scene)) != "after":
        findings.append(f"after the last run: {seen}")
    else:
        findings += [*_damage(store, after="the last run"), *_told_wrong(store, scene, early=early)]
        findings += [f"{path.name} is left over" for path in store.iterdir() if path.name.startswith(".")]
    return Round(tuple(kills), early, tuple(findings))


def differences(found: State, wanted: State) -> Sequence[str]:
    """The parts in which two states differ."""
    return [part for part in wanted if found[part] != wanted[part]]


def _killed(scene: Scene, store: Path, chance: random.Random) -> str:
    """Kill an ingest, from the same beginning until one was killed before it ended; says where."""
    while not (where := _kill(scene, store, chance)):
        fresh(scene.base, store)
    return where


def _kill(scene: Scene, store: Path, chance: random.Random) -> str | None:
    """Start an ingest and kill its process group, at a point or at a moment; says which, or none if it had ended."""
    if chance.random() < 0.5:
        point = chance.randint(1, scene.points)
        process = ingest(scene.folder, store, point=point)
        process.communicate()
        return f"point {point}" if process.returncode == -signal.SIGKILL else None
    process = ingest(scene.folder, store)
    seconds = chance.uniform(_STARTING, scene.seconds)
    try:
        process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        return f"{seconds:.2f} s"
    return None


def _after_kill(scene: Scene, store: Path, where: str) -> tuple[str, list[str]]:
    """What readers are given after a kill, and what is wrong with it."""
    seen = _seen(store, scene)
    wrong = [] if seen in ("before", "after") else [f"after {where}: {seen}"]
    return seen, [*wrong, *_damage(store, after=where)]


def _seen(store: Path, scene: Scene) -> str:
    """Which of the two states readers see, or what is wrong with the one they do."""
    try:
        found = state(store)
    except StoreError as error:
        nothing = scene.before is None and "There is no store" in str(error)
        return "before" if nothing else f"readers are told: {error}"
    if not differences(found, scene.after):
        return "after"
    if scene.before is not None and not differences(found, scene.before):
        return "before"
    return f"a mixed state: {', '.join(differences(found, scene.after))} differ"


def _damage(store: Path, *, after: str) -> list[str]:
    try:
        return [f"after {after}: {finding}" for finding in gcmkg.verify(store).findings]
    except StoreError as error:
        return [] if "There is no store" in str(error) else [f"after {after}: {error}"]


def _told_wrong(store: Path, scene: Scene, *, early: bool) -> list[str]:
    """Files about which the last run reported something else than a person expects, or not once."""
    documents = json.loads(report_of(store).read_text("utf-8"))["documents"]
    told = {d["document"]: d["status"] for d in documents}
    here = {path.name for path in scene.folder.rglob("*") if path.is_file()}
    wanted = dict.fromkeys(here, "unchanged") | ({} if early else dict(scene.expected))
    twice = [name for name, count in Counter(d["document"] for d in documents).items() if count > 1]
    wrong = [f"{name} is reported as {told.get(name)}, not {wanted.get(name)}"
             for name in sorted({*told, *wanted}) if told.get(name) != wanted.get(name)]
    return [*wrong, *(f"{name} is reported twice" for name in twice)]
