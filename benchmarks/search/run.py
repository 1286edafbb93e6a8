"""Search measured: quality beside other rankings, start-up, times and sizes; written to `results.json`.

    python -m benchmarks.search.run FOLDER [--sizes 10000,100000] [--txtai PYTHON]

FOLDER is where the store and the synthetic indexes are made, or found from an earlier run. `--txtai` names a Python
that has txtai, for the row of that engine. One run, one machine, nothing else of this project running.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gcmkg
from benchmarks.search import judged, methods
from search.entries import Entry

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
HELD = [*range(22, 42), *range(62, 81), *range(90, 99)]
SENTENCE_ONLY = "dense only (sentence)"
WITH_CONTEXT = "dense only (with headings)"


def main() -> None:
    """Measure everything that the arguments ask for and freeze it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--txtai", type=Path)
    given = parser.parse_args()
    store = given.folder / "store"
    gcmkg.ingest([ROOT / "corpus"], store=store)
    with gcmkg.open_store(store) as opened:
        quality = compared(opened, txtai=given.txtai)
    sizes = [int(size) for size in given.sizes.split(",") if size]
    results = {
        "machine": {
            "processor": platform.processor() or platform.machine(), "cores": os.cpu_count(),
            "load_before": round(os.getloadavg()[0], 2), "python": platform.python_version(),
        },
        "quality": quality,
        "start_to_first_answer_s": first_answers(store),
        "scale": [json.loads(_run("benchmarks.search.scale", store, size, given.folder / f"size-{size}"))
                  for size in sizes],
    }
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", "utf-8")


def query_sets() -> dict[str, list[judged.Record]]:
    """The given queries, and our own: the part that was tuned on, and the part that was kept back."""
    own = judged.read_queries(HERE / "queries.jsonl")
    return {
        "given": judged.read_queries(ROOT / "tests" / "gold" / "queries-dev.jsonl"),
        "tuning": [query for query in own if int(query["id"][1:]) not in HELD],
        "held": [query for query in own if int(query["id"][1:]) in HELD],
    }


def compared(store: gcmkg.Store, *, txtai: Path | None) -> dict[str, Any]:
    """Figures by method, set of queries and kind."""
    entries = methods.usable_entries(store)
    folded = [tuple(entry.text.split()) for entry in entries]
    sentence, words = methods.dense(store, entries, context=False), methods.bm25(entries)
    rankings: dict[str, methods.Ranking] = {
        WITH_CONTEXT: methods.ranked(methods.dense(store, entries, context=True), folded),
        SENTENCE_ONLY: methods.ranked(sentence, folded),
        "BM25 only": methods.ranked(words, folded),
        "plain rank fusion": methods.fused([sentence, words], folded),
        "SQLite FTS5": methods.ranked(methods.fts5(entries), folded),
    }
    if txtai is not None:
        rankings["txtai hybrid"] = _txtai(txtai, entries, folded)
    sets = query_sets()
    out = {"gcmkg": {name: judged.means(queries, _ours(store, queries)) for name, queries in sets.items()}}
    for method, ranking in rankings.items():
        out[method] = {name: judged.means(
            queries, {q["id"]: [_record(entries[row]) for row in ranking(q["query"])] for q in queries},
        ) for name, queries in sets.items()}
    return out


def _ours(store: gcmkg.Store, queries: Sequence[judged.Record]) -> dict[str, list[Mapping[str, Any]]]:
    return {query["id"]: [hit.to_record() for hit in store.search(query["query"]).hits] for query in queries}


def _record(entry: Entry) -> dict[str, Any]:
    return {"document": entry.document, "start": entry.start, "end": entry.end}


def _txtai(python: Path, entries: Sequence[Entry], folded: Sequence[object]) -> methods.Ranking:
    """txtai's own hybrid search over the same texts with the same model, run in its own environment."""
    from search.model_files import model_folder

    queries = sorted({query["query"] for queries in query_sets().values() for query in queries})
    task = {"model": str(model_folder()), "texts": [f"{e.context}. {e.text}" for e in entries], "queries": queries}
    answer = subprocess.run(
        [python, HERE / "txtai_run.py"], input=json.dumps(task), capture_output=True, text=True, check=True,
        env={**os.environ, "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"},
    )
    found: dict[str, list[int]] = json.loads(answer.stdout.splitlines()[-1])
    return lambda query: methods.unique(found[query], folded)


def first_answers(store: Path) -> list[float]:
    """Seconds from the start of a process to the end of its first search, five times."""
    out = []
    for _ in range(5):
        started = time.perf_counter()
        _run("ui.cli", "--store", store, "search", "lost identity papers", "--format", "json", program=True)
        out.append(round(time.perf_counter() - started, 2))
    return out


def _run(module: str, *arguments: object, program: bool = False) -> str:
    command = [str(Path(sys.executable).parent / "gcmkg")] if program else [sys.executable, "-m", module]
    done = subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout


if __name__ == "__main__":
    main()
