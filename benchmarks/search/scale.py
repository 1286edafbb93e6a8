"""Times, memory and sizes at one size, in a process of its own; prints one JSON object.

    python -m benchmarks.search.scale STORE PASSAGES FOLDER
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

import gcmkg
from benchmarks.search.synthetic import build_synthetic
from search.entries import Filters
from search.index import SearchIndex

QUESTIONS = Path(__file__).parents[2] / "tests" / "gold" / "queries-dev.jsonl"
ROUNDS = 3
FILTERS = {
    "none": Filters(),
    "objective and document type": Filters(
        objectives=(3, 7, 10, 15), document_types=("terms_of_reference", "strategy")),
}


def main() -> None:
    """Build the index where it is missing, then measure."""
    store, passages, folder = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    if not folder.exists():
        if os.fork() == 0:  # in a process of its own, so that the memory of building is not counted
            with gcmkg.open_store(store) as opened:
                seeds = [*opened.index.entries()]
                build_synthetic(seeds, passages, folder, encoder=opened.encoder)
            os._exit(0)
        os.wait()
    print(json.dumps(measured(store, folder), indent=1))


def measured(store: Path, folder: Path) -> dict[str, object]:
    """Times in milliseconds; memory and sizes in megabytes."""
    queries = [json.loads(line)["query"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    with gcmkg.open_store(store) as opened:
        encoder, synonyms = opened.encoder, opened.synonyms
        affinities = {query: opened.linker.affinity(query) for query in queries}
    encoder.encode(["warm"])
    before = _resident()
    started = time.perf_counter()
    index = SearchIndex.open(folder)
    opened_in = time.perf_counter() - started
    out: dict[str, object] = {"passages": len(index), "open_ms": round(1000 * opened_in)}
    for name, filters in FILTERS.items():
        times = []
        for turn in range(ROUNDS + 1):
            for query in queries:
                started = time.perf_counter()
                index.search(query, encoder=encoder, filters=filters, affinity=affinities[query], synonyms=synonyms)
                if turn:  # the first round warms caches
                    times.append(1000 * (time.perf_counter() - started))
        out[f"filter: {name}"] = {
            "median_ms": round(float(np.median(times)), 1), "p95_ms": round(float(np.percentile(times, 95)), 1)}
    out["memory_mb"] = round(_resident() - before)
    out["peak_process_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    out["index_mb"] = round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6)
    return out


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
