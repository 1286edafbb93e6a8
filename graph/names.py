"""Who bears a name in a store: looked up before a question is put, so that its query begins with IRIs.

Oxigraph evaluates a subselect by itself and joins it to the rest, which it finds for all bodies of the store; from IRIs
it goes on to what they have alone.
"""

from __future__ import annotations

from graph.engine import Engine
from graph.parameters import Find

_MOST = 1_000


def finder(engine: Engine) -> Find:
    """What `graph.questions.bind` finds names with in the store of an engine, under its limits.

    It gives `None`, and leaves the looking-up to the query, where there are very many bearers or one is no IRI.
    Calling it raises what `Engine.query` does.
    """

    def find(query: str) -> tuple[str, ...] | None:
        result = engine.query(query, rows=_MOST)
        terms = [row[0] for row in result.rows]
        bearers = tuple([term.value for term in terms if term is not None and term.kind == "iri"])
        return None if result.truncated or len(bearers) < len(terms) else bearers

    return find
