"""Patterns on text in lower case find what they would find with `re.I`, at the same place."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.caseless import Caseless, lower

PATTERN = r"\b(?:roles? of|agree\w*|(?P<who>chair)s?) \w+"


@given(st.lists(st.sampled_from(["Role", "ROLES", "of", "Agreed", "chairs", "Straße", "İzmir", "ÉTAT", ",", "  "])))
def test_the_same_places_as_without_regard_to_case(words: list[str]) -> None:
    text = " ".join(words)
    plain = [m.span() for m in re.finditer(PATTERN, text, re.I)]
    pattern = Caseless(PATTERN)
    assert [m.span() for m in pattern.finditer(text)] == plain
    first = re.search(PATTERN, text, re.I)
    assert pattern.words(text) == (first[0] if first else "")


@given(st.text())
def test_lower_case_keeps_all_offsets(text: str) -> None:
    assert len(lower(text)) == len(text)


def test_a_capital_in_the_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="lower case"):
        Caseless(r"\bMember")
    assert Caseless(r"\S+ (?P<what>part)\W").search("a PART.")
