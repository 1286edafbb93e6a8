"""rdflib's Memory store in a process of its own: loads N-Triples, then answers queries that it reads as JSON lines.

    python benchmarks/sparql/rdflib_side.py UNION.nt SECONDS < queries > answers

A query that is still running after SECONDS is given up; its time is a lower bound then.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from types import FrameType


class GivenUpError(Exception):
    """The time of a query is over."""


def main() -> None:
    """Answer until the input ends."""
    from rdflib import Graph

    path, seconds = sys.argv[1], float(sys.argv[2])
    signal.signal(signal.SIGALRM, _give_up)
    started = time.perf_counter()
    graph = Graph()
    graph.parse(path, format="nt")
    print(json.dumps({"triples": len(graph), "load_s": round(time.perf_counter() - started, 1)}), flush=True)
    for line in sys.stdin:
        print(json.dumps(_answered(graph, json.loads(line), seconds)), flush=True)


def _answered(graph: object, query: str, seconds: float) -> dict[str, object]:
    signal.setitimer(signal.ITIMER_REAL, seconds)
    started = time.perf_counter()
    try:
        rows = len(list(graph.query(query)))  # type: ignore[attr-defined]
    except GivenUpError:
        return {"seconds": round(time.perf_counter() - started, 4), "rows": None}
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return {"seconds": round(time.perf_counter() - started, 4), "rows": rows}


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise GivenUpError


if __name__ == "__main__":
    main()
