"""Figures of one ranking on judged queries: nDCG, recall and reciprocal rank at ten; answers and silence."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Record = Mapping[str, Any]
DEPTH = 10


def read_queries(path: Path) -> list[Record]:
    """Judged queries, one JSON object a line."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def covers(hit: Record, judged: Record) -> bool:
    """Whether a hit covers at least half of a judged passage, at any of its occurrences."""
    if Path(hit["document"]).stem != Path(judged["document"]).stem:
        return False
    places = [(judged["start"], judged["end"]), *judged.get("also", [])]
    return any(2 * (min(hit["end"], end) - max(hit["start"], start)) >= end - start for start, end in places)


def figures_of(query: Record, hits: Sequence[Record]) -> dict[str, float]:
    """The figures of one query; those of the five documents' published metric."""
    silent = all(hit.get("weak") is True for hit in hits)
    if not query["relevant"]:
        return {"no_answer": float(silent)}
    left = sorted(query["relevant"], key=lambda judged: -judged["grade"])
    wanted, first = len(left), 0
    gains: list[int] = []
    ideal: list[int] = []
    for rank, hit in enumerate(hits[:DEPTH], 1):
        found = [judged for judged in left if covers(hit, judged)]
        gains.append(2 ** found[0]["grade"] - 1 if found else 0)
        ideal += gains[-1:] if found else []
        first = first or (rank if found else 0)
        left = [judged for judged in left if judged not in found]
    ideal = sorted([*ideal, *(2 ** judged["grade"] - 1 for judged in left)], reverse=True)[:DEPTH]
    return {
        "ndcg@10": _discounted(gains) / _discounted(ideal), "recall@10": 1 - len(left) / wanted,
        "mrr": 1 / first if first else 0.0, "answered": float(not silent),
    }


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def means(queries: Sequence[Record], hits: Mapping[str, Sequence[Record]]) -> dict[str, dict[str, float]]:
    """Mean figures over all queries, by kind, and by overlap of words; rounded to three digits."""
    groups: dict[str, list[dict[str, float]]] = defaultdict(list)
    for query in queries:
        found = figures_of(query, hits[query["id"]])
        groups["all"].append(found)
        groups[query["kind"]].append(found)
        if query["relevant"]:
            groups["low overlap" if query["low_overlap"] else "high overlap"].append(found)
    return {name: _mean(rows) | {"queries": len(rows)} for name, rows in groups.items()}


def _mean(rows: Sequence[Mapping[str, float]]) -> dict[str, float]:
    keys = sorted({key for row in rows for key in row})
    return {key: round(sum(values) / len(values), 3) for key in keys if (values := [r[key] for r in rows if key in r])}
