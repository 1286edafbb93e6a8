"""Score the linker on sentences written by a separate hand, beside two simpler methods in the same run.

    python benchmarks/linking/run.py > benchmarks/linking/results.json

  p@1      share of the sentences with an objective whose best-scored objective is right (or in `also`)
  r@3      mean share of the right objectives among the three best-scored
  f1       micro F1 of the accepted set; what is in `also` is neither right nor wrong; sentences of none count
  silent   share of the sentences of no objective with an empty accepted set
  ece      expected calibration error of the best score over ten bins of equal width (Guo et al. 2017); the second
           figure weighs the sentences of no objective as a third of all, which is what the linker assumes

The simpler methods rank only; they accept nothing, so they have no f1.
"""

from __future__ import annotations

import json
import platform
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))

Scores = Mapping[int, float]
BINS = 10


def sentences() -> list[dict[str, Any]]:
    """The test set."""
    return [json.loads(line) for line in (HERE / "sentences.jsonl").read_text("utf-8").splitlines()]


def ranking(rows: Sequence[Mapping[str, Any]], scores: Sequence[Scores]) -> dict[str, float]:
    """p@1 and r@3 over the sentences that have an objective."""
    first, third = [], []
    for row, found in zip(rows, scores, strict=True):
        if row["objectives"]:
            order = sorted(found, key=lambda n: (-found[n], n))
            first.append(order[0] in {*row["objectives"], *row["also"]})
            third.append(len(set(row["objectives"]) & set(order[:3])) / len(row["objectives"]))
    return {"p@1": round(float(np.mean(first)), 4), "r@3": round(float(np.mean(third)), 4)}


def acceptance(rows: Sequence[Mapping[str, Any]], accepted: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Micro precision, recall and F1 of the accepted sets, F1 by objective, and silence where there is none."""
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    silent = []
    for row, found in zip(rows, accepted, strict=True):
        right, may = set(row["objectives"]), {*row["objectives"], *row["also"]}
        for number in right | (set(found) - may):
            counts[number][0 if number in right and number in found else 2 if number in right else 1] += 1
        if not right:
            silent.append(not found)
    hits, extra, missed = (sum(c[i] for c in counts.values()) for i in range(3))
    by_objective = {str(n): round(2 * c[0] / (2 * c[0] + c[1] + c[2]), 3) for n, c in sorted(counts.items())}
    return {
        "precision": round(hits / (hits + extra), 4),
        "recall": round(hits / (hits + missed), 4),
        "f1": round(2 * hits / (2 * hits + extra + missed), 4),
        "least_f1_of_an_objective": min(by_objective.values()),
        "f1_by_objective": by_objective,
        "silent": round(float(np.mean(silent)), 4),
    }


def calibration(
    rows: Sequence[Mapping[str, Any]], scores: Sequence[Scores], *, none_share: float | None = None
) -> dict[str, Any]:
    """Expected calibration error of the best score, and the curve: by bin the sentences, mean score, share right.

    With `none_share` the sentences of no objective weigh as if they were so many of all.
    """
    best = [(max(found.values()), max(found, key=lambda n: (found[n], -n))) for found in scores]
    right = np.array([n in {*row["objectives"], *row["also"]} for row, (_, n) in zip(rows, best, strict=True)], float)
    confidence = np.array([score for score, _ in best])
    none = np.array([not row["objectives"] for row in rows])
    weights = np.ones(len(rows))
    if none_share is not None:
        weights[none] = none_share / (1 - none_share) * (~none).sum() / none.sum()
    weights /= weights.sum()
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    curve = []
    error = 0.0
    for b in (b for b in range(BINS) if np.any(bins == b)):
        own = bins == b
        said, true = (float(np.average(x[own], weights=weights[own])) for x in (confidence, right))
        curve.append({"sentences": int(own.sum()), "score": round(said, 3), "right": round(true, 3)})
        error += abs(said - true) * float(weights[own].sum())
    return {"ece": round(error, 4), "curve": curve}


def title_similarity(texts: Sequence[str]) -> list[Scores]:
    """Cosine of the sentence and the 23 titles, by the same encoder."""
    from ontology.vocabulary import load_vocabulary
    from search.encoder import load_encoder

    objectives = load_vocabulary().objectives
    encoder = load_encoder()
    likeness = encoder.encode(texts) @ encoder.encode([o.title for o in objectives]).T
    return [{o.number: float(row[i]) for i, o in enumerate(objectives)} for row in likeness]


def keyword_match(texts: Sequence[str]) -> list[Scores]:
    """How many strong terms (counted thrice) and key terms of each objective stand in the sentence."""
    from ontology.vocabulary import load_vocabulary

    def count(text: str, terms: Sequence[str]) -> int:
        return sum(f" {term.casefold()}" in text for term in terms)

    return [
        {
            o.number: 3.0 * count(f" {text.casefold()}", o.strong_terms) + count(f" {text.casefold()}", o.key_terms)
            for o in load_vocabulary().objectives
        }
        for text in texts
    ]


def main() -> None:
    """Print the results as JSON."""
    from ingest.linking import load_linker

    rows = sentences()
    texts = [row["text"] for row in rows]
    linker = load_linker()
    began = time.perf_counter()
    tagged = [t.to_record() for t in linker.tag(texts)]
    seconds = time.perf_counter() - began
    scores = [{int(n): s for n, s in t["scores"].items()} for t in tagged]
    accepted = [t["objectives"] for t in tagged]
    hard = {
        kind: ranking([r for r in rows if r["hard"] == kind], [s for r, s in zip(rows, scores, strict=True)
                                                                  if r["hard"] == kind])
        for kind in ("neighbour", "no-shared-words", "two-objectives")
    }
    results = {
        "environment": {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"},
        "sentences": len(rows),
        "linker": {**ranking(rows, scores), **acceptance(rows, accepted), "calibration": calibration(rows, scores),
                   "ece_with_a_third_of_none": calibration(rows, scores, none_share=1 / 3)["ece"],
                   "hard": hard, "passages_per_second": round(len(rows) / seconds)},
        "title_similarity": ranking(rows, title_similarity(texts)),
        "keyword_match": ranking(rows, keyword_match(texts)),
    }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
