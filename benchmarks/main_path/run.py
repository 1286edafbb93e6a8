"""Measure the main job: the first ingest with nothing cached, the second, and the start of the command line.

    python benchmarks/main_path/run.py > benchmarks/main_path/results.json

Wall seconds are those of the whole process; CPU seconds are user and system time of the process.
"""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 5


def measured(arguments: list[str], env: dict[str, str]) -> tuple[float, float, str]:
    """Wall and CPU seconds of one run of the command line, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    program = [sys.executable, "-c", "from ui.cli import main; main()", *arguments]
    done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    wall = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return round(wall, 2), round(cpu, 2), done.stdout


def main() -> None:
    """Print the results as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        store = ["--store", f"{folder}/store"]
        env = {**os.environ, "GCMKG_CACHE": f"{folder}/cache"}
        first = measured([*store, "ingest", "corpus"], env)
        again = [measured([*store, "ingest", "corpus"], env) for _ in range(RUNS)]
        helps = [measured(["--help"], env) for _ in range(RUNS)]
        bodies = [measured([*store, "bodies", "--objective", "10"], env) for _ in range(RUNS)]
        search = [measured([*store, "search", "lost identity papers"], env) for _ in range(RUNS)]
    results = {
        "environment": {
            "python": platform.python_version(),
            "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(),
            "load": round(os.getloadavg()[0], 1),
        },
        "first_ingest_nothing_cached": {"wall_s": first[0], "cpu_s": first[1]},
        "second_ingest": {"wall_s_max": max(r[0] for r in again), "unchanged": again[0][2].count("unchanged")},
        "help": {"cpu_s_max": max(r[1] for r in helps), "wall_s_max": max(r[0] for r in helps)},
        "bodies_for_objective_10": {"wall_s_max": max(r[0] for r in bodies)},
        "search_process_start_to_answer": {"wall_s_max": max(r[0] for r in search)},
    }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
