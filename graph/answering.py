"""A plain question, from its words to a table: understood, bound, run, and told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from graph.ask import Answer, understand
from graph.engine import Engine
from graph.evidence import read_evidence, strongest
from graph.names import finder
from graph.questions import bind
from graph.store import GraphReader
from graph.terms import QueryResult
from ontology.vocabulary import Vocabulary

BODIES_FOR_OBJECTIVE = "bodies-for-objective"
ROWS = 1_000_000

_NAMES = "SELECT DISTINCT ?body ?name WHERE { ?body gcm:bodyType ?t ; skos:prefLabel|skos:altLabel|gcm:acronym ?name }"

Search = Callable[[str], tuple[Sequence[Mapping[str, Any]], int]]


def answer(
    question: str,
    *,
    engine: Engine,
    reader: GraphReader,
    vocabulary: Vocabulary,
    scores: Mapping[int, float],
    search: Search,
    limit: int,
) -> Answer:
    """The answer to a plain question.

    Args:
        question: in English.
        engine: runs the query, under its limits.
        reader: knows the bodies of the store by all their names.
        vocabulary: names objectives and places.
        scores: how much the question is about each objective, 0 to 1.
        search: records and total for a text; used where no ready-made question fits.
        limit: at most so many records.
    """
    read = understand(question, vocabulary=vocabulary, objective_scores=scores, bodies=bodies_of(reader))
    if read.name is None:
        found, total = search(question)
        columns = tuple(found[0]) if found else ()
        return Answer(read.sentence, read.alternatives, None, "search", columns, tuple(map(dict, found)), total)
    sparql = bind(read.name, read.parameters, find=finder(engine))
    result = engine.query(sparql, rows=ROWS)
    records = _bodies(result) if read.name == BODIES_FOR_OBJECTIVE else _plain(result)
    columns = tuple(records[0]) if records else result.columns
    return Answer(
        read.sentence, read.alternatives, sparql, "question", columns, tuple(records[:limit]), len(records)
    )


def bodies_of(reader: GraphReader) -> list[tuple[str, tuple[str, ...]]]:
    """IRI and names of every body of the store, by IRI."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in reader.select(_NAMES):
        name = str(row["name"])
        short = name.replace("United Nations (UN)", "UN").replace("United Nations", "UN")
        names[str(row["body"])] |= {name, short}
    return [(iri, tuple(sorted(names[iri]))) for iri in sorted(names)]


def _bodies(result: QueryResult) -> list[dict[str, Any]]:
    return [piece.to_record() for piece in strongest(read_evidence(result))]


def _plain(result: QueryResult) -> list[dict[str, Any]]:
    return [
        {name: None if term is None else term.python() for name, term in zip(result.columns, row, strict=True)}
        for row in result.rows
    ]
