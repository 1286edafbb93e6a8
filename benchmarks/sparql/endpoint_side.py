"""rdflib-endpoint over rdflib's Memory store, for the Python that has it installed.

    python benchmarks/sparql/endpoint_side.py UNION.nt PORT
"""

from __future__ import annotations

import sys


def main() -> None:
    """Serve until ended."""
    import uvicorn
    from rdflib import Graph
    from rdflib_endpoint import SparqlEndpoint

    graph = Graph()
    graph.parse(sys.argv[1], format="nt")
    uvicorn.run(SparqlEndpoint(graph=graph), host="127.0.0.1", port=int(sys.argv[2]), log_level="error")


if __name__ == "__main__":
    main()
