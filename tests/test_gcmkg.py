"""The door: what it exports, and what it does not import."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import pytest

import gcmkg

ROOT = Path(__file__).parents[1]


def test_the_door_does_not_import_the_faces() -> None:
    tree = ast.parse((ROOT / "gcmkg.py").read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(name.split(".")[0] == "ui" for name in names)


@pytest.mark.parametrize("name", gcmkg.__all__)
def test_public_names_exist_and_are_described(name: str) -> None:
    member = getattr(gcmkg, name)
    assert isinstance(member, str) or inspect.getdoc(member)


def test_every_public_name_is_listed() -> None:
    own = {n for n, m in vars(gcmkg).items() if getattr(m, "__module__", None) == "gcmkg" and not n.startswith("_")}
    assert own <= set(gcmkg.__all__)


def test_a_query_joins_what_is_searched_with_the_graph(store: gcmkg.Store) -> None:
    query = """SELECT ?passage ?score ?file { ?passage gcm:matches ("lost identity papers" 20 ?score) ;
        gcm:inDocument/gcm:fileName ?file } ORDER BY DESC(?score) ?passage"""
    rows = store.query(query).records()
    sure = [hit for hit in store.search("lost identity papers", limit=20).hits if not hit.weak]
    assert {row["passage"] for row in rows} >= {hit.entry.passage_iri for hit in sure}
    assert rows[0]["passage"] == sure[0].entry.passage_iri
    assert rows[0]["file"] == sure[0].entry.document
    assert "VALUES (?passage ?score)" in store.rewritten(query)
