"""Score the linker on sentences written by a separate hand, beside simpler methods and Annif in the same run.

    python benchmarks/linking/run.py --annif FOLDER > benchmarks/linking/results.json

FOLDER is the environment that Annif is installed in; without it Annif is left out. The figures are those of
`measures.py`. What a method needs to accept (limit and threshold) or to be read as a probability is fitted on the
linker's training sentences, never on these. Passages a second are told by processor time, models loaded, the median of
three rounds in which every method takes its turn.
"""

from __future__ import annotations

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

from measures import (  # noqa: E402
    Cut,
    Platt,
    Scores,
    acceptance,
    best_cut,
    best_of,
    by_hardness,
    calibration,
    platt,
    ranking,
)
from simple_methods import Keywords, TitleSimilarity  # noqa: E402
from training import folds_of  # noqa: E402
from with_annif import VERSION, annif_answers, python_of  # noqa: E402

ROUNDS = 3
Rows = Sequence[dict[str, Any]]


def sentences() -> list[dict[str, Any]]:
    """The test set."""
    return [json.loads(line) for line in (HERE / "sentences.jsonl").read_text("utf-8").splitlines()]


def figures(rows: Rows, scores: Sequence[Scores], accepted: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Everything but calibration and speed."""
    return {**ranking(rows, scores), **acceptance(rows, accepted), "hard": by_hardness(rows, scores)}


def cut_figures(rows: Rows, scores: Sequence[Scores], cut: Cut, calibrated: Platt) -> dict[str, Any]:
    """Figures of a method whose cut and calibration were fitted apart from it."""
    said, right = best_of(rows, scores)
    return {
        **figures(rows, scores, [cut.accepted(found) for found in scores]),
        "limit": cut.limit, "threshold": round(cut.threshold, 4),
        "ece": calibration(rows, calibrated.probability(said), right)["ece"],
    }


def linker_figures(rows: Rows, tagged: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Figures of the linker from its records."""
    scores = [{int(n): s for n, s in t["scores"].items()} for t in tagged]
    said, right = best_of(rows, scores)
    return {
        **figures(rows, scores, [t["objectives"] for t in tagged]),
        "calibration": calibration(rows, said, right),
        "ece_with_a_third_of_none": calibration(rows, said, right, none_share=1 / 3)["ece"],
    }


def in_turns(methods: dict[str, Callable[[], Any]]) -> dict[str, tuple[float, float]]:
    """Median processor and wall seconds of each method, which take turns."""
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in methods}
    for _ in range(ROUNDS):
        for name, method in methods.items():
            processor, wall = time.process_time(), time.perf_counter()
            method()
            seconds[name].append((time.process_time() - processor, time.perf_counter() - wall))
    return {
        name: (statistics.median(p for p, _ in some), statistics.median(w for _, w in some))
        for name, some in seconds.items()
    }


def speed(count: int, processor: float, wall: float) -> dict[str, int]:
    """Passages a second of processor time, and of wall time."""
    return {"passages_per_processor_second": round(count / processor), "passages_per_second": round(count / wall)}


def main() -> None:
    """Print the results as JSON."""
    from ingest.linking import load_linker
    from ingest.linking.schemes import objective_scheme
    from ontology.vocabulary import load_vocabulary

    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--annif", type=Path, help="the environment that Annif is installed in")
    annif = options.parse_args().annif
    if annif is not None:
        python_of(annif)
    rows = sentences()
    texts = [row["text"] for row in rows]
    linker = load_linker()
    scheme = objective_scheme(load_vocabulary())
    held = [row for fold in folds_of(scheme) for row in fold.held]
    simple = {"title_similarity": TitleSimilarity(), "keyword_match": Keywords(scheme)}
    methods: dict[str, Callable[[], Any]] = {"linker": lambda: linker.tag(texts)}
    methods |= {name: (lambda method=method: method(texts)) for name, method in simple.items()}
    seconds = in_turns(methods)
    results: dict[str, Any] = {
        "environment": {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}",
                        "numpy": np.__version__},
        "sentences": len(rows), "training_texts": len(scheme.samples), "held_out_texts": len(held),
        "linker": linker_figures(rows, [t.to_record() for t in linker.tag(texts)])
        | speed(len(rows), *seconds["linker"]),
    }
    for name, method in simple.items():
        learned = method([row["text"] for row in held])
        cut, _ = best_cut(held, learned)
        results[name] = cut_figures(rows, method(texts), cut, platt(held, learned)) | speed(len(rows), *seconds[name])
    if annif is not None:
        results["environment"]["annif"] = VERSION
        for name, one in annif_answers(annif, scheme, texts, rounds=ROUNDS).items():
            said, right = best_of(rows, one.scores)
            results[f"annif_{name}"] = {
                **cut_figures(rows, one.scores, one.cut, one.calibrated),
                "ece_of_raw_scores": calibration(rows, said, right)["ece"],
                "settings": one.setting.record(), "cross_validated": one.validated,
                **speed(len(rows), one.processor_seconds, one.wall_seconds),
            }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
