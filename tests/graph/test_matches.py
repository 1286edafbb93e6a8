"""The search clause of queries: found, replaced, joined; everything else of a query stays as it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_store import graph_folder

from graph.engine import Engine
from graph.guard import check_query
from graph.limits import Limits
from graph.matches import rewritten
from graph.terms import escaped
from ontology.errors import GcmkgError, QueryError, RefusedError

FOUND = ("https://w3id.org/gcmkg/id/objective/10", "https://w3id.org/gcmkg/id/objective/4",
         "https://w3id.org/gcmkg/id/objective/10")


def search(text: str, hits: int) -> list[tuple[str, float]]:
    """Finds objectives, so that a graph without an index can be joined; scores tell what was asked."""
    return [(iri, len(text) - place) for place, iri in enumerate(FOUND)][:hits]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_folder(tmp_path_factory)


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    with Engine(folder, search=search) as opened:
        yield opened


def rewrite(query: str) -> str:
    return rewritten(check_query(query, (), limits=Limits()), search)


@pytest.mark.parametrize(("pattern", "numbers"), [
    ('?o gcm:matches ("trade" 20 ?score) . ?o gcm:number ?n', [10, 4]),
    ('?o gcm:matches ("trade" 1 ?score) ; gcm:number ?n', [10]),
    ('?o gcm:matches ("trade") . ?o gcm:number ?n FILTER(?n < 9)', [4]),
    ('?o gcm:number ?n . ?o gcm:matches ("trade" ?score)', [10, 4]),
    ('?o gcm:number ?n . FILTER(?n > 5) ?o <https://w3id.org/gcmkg/ontology#matches> (\'\'\'a "b"\'\'\')', [10]),
    ('{ ?o gcm:number ?n } { ?o gcm:matches ("trade" 2) } UNION { ?o gcm:number 1 }', [1, 4, 10]),
    ('?o gcm:number ?n MINUS { ?o gcm:matches ("trade") } FILTER(?n IN (4, 5, 10))', [5]),
    ('?o gcm:number ?n FILTER EXISTS { ?o gcm:matches ("trade") }', [4, 10]),
])
def test_what_is_found_is_joined_with_the_pattern(engine: Engine, pattern: str, numbers: list[int]) -> None:
    records = engine.query(f"SELECT ?n {{ {pattern} }}").records()
    assert sorted(r["n"] for r in records if isinstance(r["n"], int)) == sorted(numbers)


def test_the_score_is_a_column_and_the_order_that_of_the_query(engine: Engine) -> None:
    result = engine.query('PREFIX m: <https://w3id.org/gcmkg/ontology#> SELECT * { ?o m:matches ("four" 2 ?how) ; '
                          'gcm:number ?n } ORDER BY DESC(?how)')
    assert result.columns == ("o", "how", "n")
    assert [(r["how"], r["n"]) for r in result.records()] == [(4, 10), (3, 4)]


def test_nothing_found_gives_nothing(folder: Path) -> None:
    with Engine(folder, search=lambda _text, _hits: []) as engine:
        assert engine.query('SELECT * { ?o gcm:matches ("x" 5 ?score) }').records() == []


def test_the_rewritten_query_can_be_shown_and_runs_by_itself(engine: Engine) -> None:
    query = '# a comment with gcm:matches ("no")\nSELECT ?n { ?o gcm:matches ("trade" 2) ; gcm:number ?n }'
    shown = engine.rewritten(query)
    assert shown.startswith('# a comment with gcm:matches ("no")\nSELECT ?n { VALUES ?o { <')
    assert sorted(r["n"] for r in engine.query(shown).records()) == [4, 10]


@pytest.mark.parametrize("query", [
    "SELECT * { ?s ?p 'gcm:matches (\"x\")' }", "DESCRIBE gcm:matches", "SELECT * { gcm:matches rdfs:label ?l }",
    "SELECT * { ?s ?p ?o FILTER(?p = gcm:matches) }", "SELECT * { ?s gcm:objective ?matches }",
    "SELECT * { ?s rdfs:seeAlso gcm:matches . ?s ?p (1 2) }", "SELECT * { VALUES ?p { gcm:matches gcm:number } }",
])
def test_honest_queries_that_look_alike_stay_as_they_are(query: str) -> None:
    assert rewrite(query) == query


@pytest.mark.parametrize(("pattern", "error", "said"), [
    ("?p gcm:matches ?text", QueryError, 'write it as ?passage gcm:matches ("words'),
    ('?p gcm:matches "text"', QueryError, "is not understood"),
    ("?p gcm:matches (?text 20)", QueryError, "is not understood"),
    ('?p gcm:matches ("a" "b")', QueryError, "is not understood"),
    ('?p gcm:matches ("a" 1.5)', QueryError, "is not understood"),
    ("?p gcm:matches ()", QueryError, "is not understood"),
    ('?p gcm:matches ("a"), ("b")', QueryError, "is not understood"),
    ('<urn:x> gcm:matches ("a")', QueryError, "is not understood"),
    ('?p a gcm:Passage ; gcm:matches ("a")', QueryError, "is not understood"),
    ('?p gcm:matches ("a"', QueryError, "is not understood"),
    ('?p gcm:matches (" ")', QueryError, "looks for 1 characters"),
    ('?p gcm:matches ("a" 5000)', RefusedError, "asks for 5000 passages"),
    (" ".join(f'?p{n} gcm:matches ("a") .' for n in range(6)), RefusedError, "6 search clauses"),
])
def test_a_clause_that_is_written_wrongly_says_how_to_write_it(
    pattern: str, error: type[GcmkgError], said: str
) -> None:
    with pytest.raises(error) as raised:
        rewrite(f"SELECT * {{ {pattern} }}")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_without_an_index_it_says_so(folder: Path) -> None:
    with Engine(folder) as engine, pytest.raises(QueryError, match="no search index"):
        engine.query('SELECT * { ?p gcm:matches ("a") }')


@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).filter(str.strip))
def test_any_text_reaches_the_search_as_it_was_meant_and_never_the_query(text: str) -> None:
    seen: list[str] = []

    def remember(asked: str, _hits: int) -> list[tuple[str, float]]:
        seen.append(asked)
        return []

    query = f'SELECT * {{ ?p gcm:matches ("{escaped(text)}") }}'
    checked = check_query(query, (), limits=Limits())
    assert rewritten(checked, remember) == "SELECT * { VALUES ?p {  } }"
    assert seen == [text]
