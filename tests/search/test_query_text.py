"""Queries are taken apart, and whatever is typed is read somehow."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import UsageError
from search.query_text import Group, Term, read_query

A, B, C = Term(("border",)), Term(("safe",)), Term(("child",))


@pytest.mark.parametrize(
    ("text", "condition", "words"),
    [
        ("lost papers", None, "lost papers"),
        ("border AND safe", Group("and", (A, B)), "border safe"),
        ("border OR safe", Group("or", (A, B)), "border safe"),
        ("border safe OR child", Group("or", (Group("and", (A, B)), C)), "border safe child"),
        ("(border OR safe) AND child", Group("and", (Group("or", (A, B)), C)), "border safe child"),
        ("border -safe", Group("not", (B,)), "border"),
        ("border AND NOT safe", Group("and", (Group("not", (B,)), A)), "border"),
        ('border "safe child"', Term(("safe", "child")), "border safe child"),
        ('border -"safe child"', Group("not", (Term(("safe", "child")),)), "border"),
        ("+border safe", A, "border safe"),
        ("migra*", Term(("migra*",), "", pattern=True), "migra"),
        ("title:border", Term(("border",), "title"), "border"),
        ('title:"border safe"', Term(("border", "safe"), "title"), "border safe"),
        ("http://border.example", None, "http://border.example"),
        ("TERMS AND CONDITIONS", None, "TERMS AND CONDITIONS"),
        ("decision-making - how?", None, "decision-making - how?"),
        ("which bodies?", None, "which bodies?"),
    ],
)
def test_operators(text: str, condition: object, words: str) -> None:
    query = read_query(text)
    assert query.condition == condition
    assert query.words == words


@pytest.mark.parametrize(
    "text", ["border AND", "(border OR safe", "border) AND safe", "OR border AND (", "border AND OR safe",
             "(" * 50 + "border" + ")" * 50 + " AND safe", "a*", "border NOT"],
)
def test_operators_that_do_not_fit_are_read_as_words(text: str) -> None:
    query = read_query(text)
    assert query.condition is None
    assert "plain words" in query.notes[0] or not query.notes


def test_an_open_quotation_mark_is_ignored() -> None:
    assert read_query('"lost papers').words == "lost papers"


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00\x01", '""', "-", "()", "\ud800"])
def test_a_query_without_words_says_so(text: str) -> None:
    with pytest.raises(UsageError, match="no word to look for"):
        read_query(text)


def test_only_leaving_out_is_refused() -> None:
    with pytest.raises(UsageError, match="only what to leave out"):
        read_query("NOT border")


def test_a_huge_query_is_cut_and_says_so() -> None:
    query = read_query("border " * 100_000)
    assert len(query.words) <= 1_000
    assert "1,000 of 700,000" in query.notes[0]


@given(st.text(alphabet=st.one_of(st.sampled_from(list('"()+-*:ANDORT abc')), st.characters()), max_size=60))
def test_nothing_but_a_usage_error_is_ever_raised(text: str) -> None:
    try:
        query = read_query(text)
    except UsageError:
        return
    assert query.words.strip()
