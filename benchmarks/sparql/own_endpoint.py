"""Our endpoint over a graph without a store, for the comparison and the load.

    python -m benchmarks.sparql.own_endpoint GRAPH PORT [SECONDS]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import uvicorn
from starlette.applications import Starlette

from graph.engine import Engine
from graph.limits import Limits
from ui.sparql_protocol import routes


class OneGraph:
    """Stands where the shared store does: an engine over one graph that nobody changes."""

    def __init__(self, graph: Path, limits: Limits) -> None:
        self._store = SimpleNamespace(engine=Engine(graph, limits=limits))

    @contextmanager
    def using(self) -> Iterator[Any]:
        """The graph."""
        yield self._store


def main() -> None:
    """Serve until ended."""
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 600.0
    shared: Any = OneGraph(Path(sys.argv[1]), Limits(seconds=seconds, rows=1_000_000))
    uvicorn.run(Starlette(routes=routes(shared)), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")


if __name__ == "__main__":
    main()
