"""All ready-made questions against rdflib's Memory store and rdflib-endpoint, in one run.

    python -m benchmarks.sparql.run FOLDER [--store STORE] [--sizes 100000 1000000] [--limit 60] [--runs 5]
        [--rdflib-endpoint PYTHON] [--same-text] > benchmarks/sparql/results.json

FOLDER keeps the graphs between runs. The look-up of names, guard, limits, worker process and the terms of every row are
in our times; rdflib gets the union of the graphs as one graph in memory and answers in its own process.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import gcmkg
from benchmarks.sparql.graphs import make_graph
from graph.dumps import nquads
from graph.engine import Engine
from graph.limits import Limits
from graph.names import finder
from graph.store import GraphReader

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ROWS = 1_000_000
FACT = "SELECT ?link WHERE { ?link a gcm:ObjectiveLink } ORDER BY ?link LIMIT 1"


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--store", type=Path, help="a store made from corpus/; made in FOLDER where it is not given")
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--limit", type=float, default=60.0, help="seconds after which rdflib's query is given up")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rdflib-endpoint", help="a Python with rdflib-endpoint installed")
    parser.add_argument("--same-text", action="store_true", help="rdflib too is spared the look-up of names")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    store = given.store or given.folder / "store"
    if not store.exists():
        gcmkg.ingest([ROOT / "corpus"], store=store)
    sizes = [measured(make_graph(store, size, given.folder), size, given) for size in given.sizes]
    print(json.dumps({"environment": environment(), "sizes": sizes}, indent=1))


def measured(graph: Path, size: int, given: argparse.Namespace) -> dict[str, Any]:
    """All figures at one size."""
    union = graph.with_name(f"union-{size}.nt")
    with Engine(graph, limits=Limits(seconds=600.0, rows=ROWS)) as engine:
        queries = {name: gcmkg.bind_question(name, values) for name, values in asked(engine).items()}
        with rdflib_side(union, given.limit) as ask:
            loaded = ask(None)
            questions = {name: one(engine, name, values, ask, given) for name, values in asked(engine).items()}
    out: dict[str, Any] = {
        "triples": loaded["triples"], "rdflib_load_s": loaded["load_s"], "dump": dumped(graph),
        "geometric_mean_ratio": geometric_mean([q["ratio"] for q in questions.values()]),
        "lower_bounds": sum(q["rdflib_rows"] is None for q in questions.values()), "questions": questions,
    }
    if given.rdflib_endpoint:
        out["rdflib_endpoint"] = over_http(graph, union, queries, given)
    return out


def asked(engine: Engine) -> dict[str, dict[str, str]]:
    """Every ready-made question with the examples of its required parameters."""
    (fact,) = engine.query(FACT).records()
    return {
        q.name: {p.name: str(fact["link"]) if p.name == "fact" else p.example for p in q.parameters if p.required}
        for q in gcmkg.questions()
    }


def one(engine: Engine, name: str, values: dict[str, str], ask: Any, given: argparse.Namespace) -> dict[str, Any]:
    """Ours and theirs for one question, taking turns; medians. Ours begins with looking up the names, every time."""
    find = finder(engine)
    text = gcmkg.bind_question(name, values, find=find if given.same_text else None)
    engine.query(text)
    ours, theirs = [], []
    for turn in range(given.runs):
        started = time.perf_counter()
        result = engine.query(gcmkg.bind_question(name, values, find=find))
        rows = len(list(result.rows))
        ours.append(time.perf_counter() - started)
        if not turn or sum(t["seconds"] for t in theirs) < given.limit / 3:  # what takes long is run fewer times
            theirs.append(ask(text))
    other = statistics.median(t["seconds"] for t in theirs)
    mine = statistics.median(ours)
    return {"gcmkg_s": round(mine, 5), "rdflib_s": round(other, 4), "ratio": round(other / mine, 1), "rows": rows,
            "rdflib_rows": theirs[-1]["rows"]}


def dumped(graph: Path) -> dict[str, float]:
    """Time to the first row of a full dump, opening included, and to the last."""
    started = time.perf_counter()
    pieces = nquads(GraphReader(graph))
    next(pieces)
    first = time.perf_counter() - started
    size = sum(len(piece) for piece in pieces)
    whole = time.perf_counter() - started
    return {"first_row_ms": round(1000 * first, 1), "whole_s": round(whole, 2), "megabytes": round(size / 1e6, 1)}


def geometric_mean(ratios: list[float]) -> float:
    """Of the ratios, with those given up at their lower bound."""
    return round(math.exp(statistics.fmean(math.log(ratio) for ratio in ratios)), 1)


@contextmanager
def rdflib_side(union: Path, limit: float) -> Iterator[Any]:
    """Asks rdflib; asked for nothing, it gives what it loaded."""
    program = [sys.executable, str(HERE / "rdflib_side.py"), str(union), str(limit)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        def ask(query: str | None) -> Any:
            if process.stdin is None or process.stdout is None:
                raise RuntimeError("rdflib's process has no streams")
            if query is not None:
                process.stdin.write(json.dumps(query) + "\n")
                process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield ask
        process.kill()


def over_http(graph: Path, union: Path, queries: dict[str, str], given: argparse.Namespace) -> dict[str, Any]:
    """Both endpoints over HTTP, JSON results, one request after the other."""
    out: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        ours = [sys.executable, "-m", "benchmarks.sparql.own_endpoint", str(graph), "8791"]
        theirs = [given.rdflib_endpoint, str(HERE / "endpoint_side.py"), str(union), "8792"]
        running = [subprocess.Popen(p, cwd=ROOT, stdout=subprocess.DEVNULL, env={**os.environ, "TMPDIR": folder})
                   for p in (ours, theirs)]
        try:
            addresses = ["http://127.0.0.1:8791/sparql", "http://127.0.0.1:8792/"]
            for address in addresses:
                wait_for(address)
            for name, query in queries.items():
                mine, other = (fetched(address, query, given.limit) for address in addresses)
                out[name] = {"gcmkg_s": mine, "rdflib_endpoint_s": other, "ratio": round(other / mine, 1)}
        finally:
            for process in running:
                process.kill()
    return {"geometric_mean_ratio": geometric_mean([q["ratio"] for q in out.values()]), "questions": out}


def wait_for(address: str) -> None:
    """Until the endpoint answers."""
    deadline = time.monotonic() + 900
    while time.monotonic() < deadline:
        try:
            fetched(address, "ASK {}", 5)
        except (OSError, urllib.error.URLError):
            time.sleep(0.5)
        else:
            return
    raise TimeoutError(address)


def fetched(address: str, query: str, limit: float) -> float:
    """Seconds to the last byte; the limit where it took longer."""
    url = f"{address}?{urllib.parse.urlencode({'query': query})}"
    request = urllib.request.Request(url, headers={"Accept": "application/sparql-results+json"})  # noqa: S310
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(request, timeout=limit) as answer:  # noqa: S310
            answer.read()
    except TimeoutError:
        return limit
    return round(time.perf_counter() - started, 5)


def environment() -> dict[str, Any]:
    """What it ran on."""
    from importlib.metadata import version

    return {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
            **{name: version(name) for name in ("pyoxigraph", "rdflib")}}


if __name__ == "__main__":
    main()
