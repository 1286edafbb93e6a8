"""Kill ingests at random points, fill the disk, send a second writer: is the store always the undisturbed one?

    python -m benchmarks.crash.run [--rounds 100] [--documents 50] [--at-once 2] > benchmarks/crash/result.json

Run it from the root of the repository. Rounds alternate between a first ingest and updates of a published store.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import gcmkg
from graph.generations import Generations
from tests.ingest.crash.harness import ROOT, Scene, differences, disturb, fresh, scene, state

UPDATES = 4
FILE_SIZES = (1, 8, 40, 80, 200, 400, 800, 1_600)  # KiB that a file may have; each stops the ingest elsewhere


def main() -> None:
    """Print the results as JSON; exit code 1 where anything was wrong."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        seeds = (None, *range(1, UPDATES + 1))
        scenes = [scene(place / f"scene-{seed}", documents=options.documents, seed=seed) for seed in seeds]
        results: dict[str, Any] = {
            "environment": {
                "python": platform.python_version(),
                "system": f"{platform.system()} {platform.machine()}",
                "cores": os.cpu_count(),
                "load": round(os.getloadavg()[0], 1),
            },
            "documents": options.documents,
            "kills": _kills(scenes, place, options),
            "second_writer": _second_writer(scenes[1], place),
            "full_disk": [_full(scenes[1], place, size) for size in FILE_SIZES],
        }
    json.dump(results, sys.stdout, indent=1)
    sys.stdout.write("\n")
    sys.exit(bool(results["kills"]["findings"]) or not all(run["right"] for run in results["full_disk"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--documents", type=int, default=50)
    parser.add_argument("--at-once", type=int, default=2, help="rounds that run side by side")
    parser.add_argument("--first-seed", type=int, default=0)
    return parser.parse_args()


def _kills(scenes: Sequence[Scene], place: Path, options: argparse.Namespace) -> dict[str, Any]:
    """What became of every round: half of them disturb a first ingest, half an update."""
    seeds = range(options.first_seed, options.first_seed + options.rounds)
    chosen = {seed: scenes[0] if seed % 2 else scenes[1 + seed // 2 % UPDATES] for seed in seeds}
    with ThreadPoolExecutor(options.at_once) as pool:
        waiting = {seed: pool.submit(disturb, chosen[seed], place / f"store-{seed}", seed=seed) for seed in seeds}
        rounds = {seed: done.result() for seed, done in waiting.items()}
    how = Counter("point" if "point" in kill else "moment" for done in rounds.values() for kill in done.kills)
    return {
        "rounds": len(rounds),
        "points_of_an_undisturbed_run": {"first ingest": scenes[0].points, "update": scenes[1].points},
        "kills": dict(sorted(how.items())),
        "killed_again_while_recovering": sum(len(done.kills) > 1 for done in rounds.values()),
        "killed_after_publication": sum(done.published_early for done in rounds.values()),
        "same_as_undisturbed": sum(not done.findings for done in rounds.values()),
        "findings": {seed: [*done.kills, *done.findings] for seed, done in rounds.items() if done.findings},
    }


def _second_writer(scene: Scene, place: Path) -> dict[str, Any]:
    """Seconds from start to end of the command that finds the store taken, and what it says."""
    store = fresh(scene.base, place / "taken")
    with Generations(store).lock():
        began = time.perf_counter()
        done = _command(store, scene)
        seconds = time.perf_counter() - began
    named = f"process {os.getpid()} of " in done.stderr
    return {"seconds": round(seconds, 2), "exit_code": done.returncode, "names_the_holder": named}


def _full(scene: Scene, place: Path, size: int) -> dict[str, Any]:
    """An update in which no file may grow beyond a size, as on a full disk; then the same command with room."""
    store = fresh(scene.base, place / "full")
    done = _command(store, scene, largest_file=size << 10)
    said = [line for line in done.stderr.splitlines() if line.startswith("gcmkg:")]
    stopped = done.returncode != 0
    kept = not differences(state(store), (scene.before or {}) if stopped else scene.after)
    after = _command(store, scene)
    whole = after.returncode == 0 and not differences(state(store), scene.after) and not gcmkg.verify(store).findings
    told = not stopped or (done.returncode == 1 and len(said) == 1 and "There is no room left" in said[0])
    return {"largest_file_kib": size, "stopped": stopped, "right": told and kept and whole}


def _command(store: Path, scene: Scene, *, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    program = [sys.executable, "-c", "from ui.cli import main; main()", "--store", str(store), "ingest"]
    return subprocess.run(
        [*program, str(scene.folder)], cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit,
    )


if __name__ == "__main__":
    main()
