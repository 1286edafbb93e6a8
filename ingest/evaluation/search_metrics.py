"""Score ranked evidence against judged quotes.

QUERIES: {"id", "query", "kind", "low_overlap", "relevant": [{"document", "quote", "start", "end", "grade" 1 to 3}]};
"also" in a judged quote lists the [start, end] of its other occurrences.
HITS, one record a query, the best hit first: {"id", "query", "hits": [{"document", "quote", "start", "end", ...}]}.

A hit matches a judged quote when both are of one document and the hit covers at least half of the quote.
A hit counts only when its quote stands at [start, end) of the document and is not longer than LONGEST
characters: evidence is a passage, not a page. Of the judged quotes that one hit covers, the best grade is its
gain and all are found; those found beside the best are left out of the ideal ranking too. A quote counts
where it is found first.

  ndcg@10    mean over queries; gain 2^grade - 1, discount log2(rank + 1)
  recall@10  mean over queries of the share of judged quotes found in the first ten hits
  mrr        mean over queries of 1 / rank of the first hit that matches (0 without one)
  no_answer  share of the queries without a judged quote whose hits are none, or all flagged "weak": true
  answered   share of the queries with judged quotes that have a hit not flagged so
"""

from __future__ import annotations

import math
from collections import defaultdict
from pathlib import Path

from ingest.evaluation.gold import Record

DEPTH = 10
LONGEST = 2000


def covers(hit: Record, judged: Record) -> bool:
    """Whether the hit covers at least half of the judged quote, at any of its occurrences."""
    return Path(hit["document"]).stem == Path(judged["document"]).stem and any(
        2 * (min(hit["end"], end) - max(hit["start"], start)) >= end - start
        for start, end in [(judged["start"], judged["end"]), *judged.get("also", [])])


def usable(hit: Record, texts: dict[str, str]) -> bool:
    """Whether the hit quotes its document exactly and briefly enough to be evidence."""
    text = texts.get(Path(hit["document"]).stem)
    return text is not None and text[hit["start"]:hit["end"]] == hit["quote"] and len(hit["quote"]) <= LONGEST


def score_query(query: Record, hits: list[Record], texts: dict[str, str]) -> dict[str, float]:
    """The figures of one query."""
    silent = all(hit.get("weak") is True for hit in hits)
    if not query["relevant"]:
        return {"no_answer": float(silent)}
    left = sorted(query["relevant"], key=lambda judged: -judged["grade"])
    wanted, gains, ideal, first = len(left), [], [], 0
    for rank, hit in enumerate(hits[:DEPTH], 1):
        found = [j for j in left if covers(hit, j)] if usable(hit, texts) else []
        gains.append(2 ** found[0]["grade"] - 1 if found else 0)
        ideal += gains[-1:] if found else []
        first = first or (rank if found else 0)
        left = [j for j in left if j not in found]
    ideal = sorted(ideal + [2 ** j["grade"] - 1 for j in left], reverse=True)[:DEPTH]

    def dcg(values: list[int]) -> float:
        return sum(value / math.log2(rank + 1) for rank, value in enumerate(values, 1))

    return {"ndcg@10": dcg(gains) / dcg(ideal), "recall@10": 1 - len(left) / wanted,
            "mrr": 1 / first if first else 0.0, "answered": float(not silent)}


def score_search(queries: list[Record], hits: dict[str, list[Record]],
                 texts: dict[str, str]) -> dict[str, dict[str, float]]:
    """Mean figures of all queries, of each kind, and of those with low and high word overlap."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for query in queries:
        figures = score_query(query, hits.get(query["id"], []), texts)
        groups["all"].append(figures)
        groups[query["kind"]].append(figures)
        if query["relevant"]:
            groups["low overlap" if query["low_overlap"] else "high overlap"].append(figures)
    out: dict[str, dict[str, float]] = {}
    for name, rows in groups.items():
        keys = sorted({key for row in rows for key in row})
        means = {key: [row[key] for row in rows if key in row] for key in keys}
        out[name] = {key: sum(values) / len(values) for key, values in means.items()} | {"queries": len(rows)}
    return out
