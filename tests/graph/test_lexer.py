"""The lexer: text is never taken for code, nor code for text."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.lexer import place, tokens
from ontology.errors import QueryError


def _kinds(query: str) -> list[tuple[str, str]]:
    return [(token.kind, token.text) for token in tokens(query)]


@pytest.mark.parametrize(("query", "expected"), [
    ("SELECT*{}", [("word", "SELECT"), ("sign", "*"), ("sign", "{"), ("sign", "}")]),
    ("?a$b", [("variable", "?a"), ("variable", "$b")]),
    ("# all # this\r?x", [("variable", "?x")]),
    ("'#'#'\n\"\"", [("string", "'#'"), ("string", '""')]),
    ("'''a'b''c'''", [("string", "'''a'b''c'''")]),
    ("'''a'b", [("string", "''"), ("string", "'a'"), ("word", "b")]),
    ('"a\\"b"', [("string", '"a\\"b"')]),
    ("'x'@en-GB'y'", [("string", "'x'"), ("language", "@en-GB"), ("string", "'y'")]),
    ("<http://e/#a>", [("iri", "<http://e/#a>")]),
    ("?a<?b", [("variable", "?a"), ("sign", "<"), ("variable", "?b")]),
    ("?s<urn:p>?o", [("variable", "?s"), ("iri", "<urn:p>"), ("variable", "?o")]),
    ("(1 AS?x)", [("sign", "("), ("number", "1"), ("word", "AS"), ("variable", "?x"), ("sign", ")")]),
    ("ex:a.b.", [("name", "ex:a.b"), ("sign", ".")]),
    ("ex:a\\,b%20c:d", [("name", "ex:a\\,b%20c:d")]),
    (":", [("name", ":")]),
    ("_:a.", [("blank", "_:a"), ("sign", ".")]),
    ("1.5e3.2.", [("number", "1.5e3"), ("number", ".2"), ("sign", ".")]),
    ("S\\u0045RVICE", [("word", "S\\u0045RVICE")]),
    ("قرار:x", [("name", "قرار:x")]),
])
def test_tokens_are_those_of_the_grammar(query: str, expected: list[tuple[str, str]]) -> None:
    assert _kinds(query) == expected


@pytest.mark.parametrize("before", [
    "SELECT * { FILTER(?a", "SELECT * { BIND(1 + ?a", "SELECT (?a", "SELECT * {} HAVING(?a", "SELECT * { FILTER STR(?a",
    "SELECT * {} ORDER BY (?a", "SELECT * { FILTER <urn:f>(?a", "SELECT * { { SELECT (COUNT(?a)",
])
def test_less_than_is_an_operator_in_expressions(before: str) -> None:
    assert ("iri", "<?b&&?c>") not in _kinds(before + "<?b&&?c>?d)")


@pytest.mark.parametrize("before", [
    "SELECT * { ?a", "SELECT * { ?s ?p (?a", "SELECT * { ?s (<urn:a>|?a", "SELECT * { VALUES (?a ?b) { (1",
    "SELECT * { FILTER(1 < 2) ?a", "SELECT * { FILTER EXISTS { ?a", "SELECT * { BIND(<<( ?a",
])
def test_less_than_begins_an_iri_in_patterns(before: str) -> None:
    assert ("iri", "<urn:p>") in _kinds(before + "<urn:p> ?d")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_no_word_is_found_in_a_string_a_comment_or_an_iri(text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
    comment = text.replace("\n", " ").replace("\r", " ")
    iri = "".join(c for c in text if c > " " and c not in '<>"{}|^`\\\x7f')
    query = f"SELECT '{escaped}' '''{escaped}'''#{comment}\n<{iri}>"
    assert [token.keyword for token in tokens(query) if token.kind == "word"] == ["SELECT"]


@given(st.text("<>(){}?ab:'\"\\#.*&|= \n19ex", max_size=80))
def test_tokens_never_overlap_and_leave_out_only_space_and_comments(query: str) -> None:
    try:
        found = tokens(query)
    except QueryError:
        return
    end = 0
    for token in found:
        between = query[end : token.start]
        assert all(part.strip(" \t\r\n") == "" or "#" in part for part in between.split("\n"))
        assert query[token.start : token.start + len(token.text)] == token.text
        end = token.start + len(token.text)


@pytest.mark.parametrize("hard", [
    "a." * 32_000, "'''" * 20_000, "'''\\q" * 12_000, "_:a" + "." * 60_000, "<" * 60_000, "<a" * 30_000, "(" * 60_000,
    "ex:a" + "." * 60_000, "'" * 60_001, '"""' + "\\u0041" * 10_000, "a" * 65_000, "?" * 60_000, "#" * 65_000,
], ids=lambda hard: hard[:6])
def test_every_query_of_the_greatest_size_is_read_in_a_moment(hard: str) -> None:
    started = time.process_time()
    with contextlib.suppress(QueryError):
        tokens("SELECT * { " + hard)
    assert time.process_time() - started < 1.5


@pytest.mark.parametrize(("query", "offset", "expected"), [
    ("abc", 0, "line 1, column 1"), ("a\nb\nc", 4, "line 3, column 1"), ("a\r\nbc", 4, "line 2, column 2"),
    ("a\rbc", 3, "line 2, column 2"),
])
def test_places_count_lines_of_every_kind(query: str, offset: int, expected: str) -> None:
    assert place(query, offset) == expected
