"""Details that a query asks for by its form, and texts that cannot give them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.details import lacking
from search.encoder import Encoder
from search.index import SearchIndex


@pytest.mark.parametrize(
    ("query", "with_it", "without_it"),
    [
        ("annual budget of the platform", "It has $3 million a year.", "It plans its work every year."),
        ("salary of the interpreters", "They earn 900 USD.", "Interpreters are hired locally."),
        ("e-mail address of the focal point", "Write to focal@point.example.", "The focal point answers letters."),
        ("date on which the law entered into force", "It entered into force in May 2019.", "It is in force."),
        ("when was the forum founded", "It was founded in 1998.", "It was founded by three mayors."),
        ("how many shelters are there", "There are twelve shelters.", "Shelters are open at night."),
        ("phone number of the hotline", "Call 0800 123 456.", "A hotline answers calls."),
        ("name of the head of mission", "Ms Amina Diallo heads the mission.", "The head of mission speaks for it."),
    ],
)
def test_what_gives_a_detail(query: str, with_it: str, without_it: str) -> None:
    assert not lacking(query)(with_it)
    assert lacking(query)(without_it)


@pytest.mark.parametrize(
    "query",
    ["cost of sending remittances", "number plates for ambulances", "dates and olives", "fair wages", "name and shame",
     "who chairs the network", "addressing root causes", "reduce the number of people who drown"],
)
def test_subjects_are_not_taken_for_questions(query: str) -> None:
    assert not lacking(query)("Nothing in particular is said here.")


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_judged(query: str, text: str) -> None:
    assert lacking(query)(text) in (True, False)


def test_a_passage_without_the_detail_is_a_guess(index: SearchIndex, encoder: Encoder) -> None:
    """The corpus tells how many staff IOM Iraq has, and nothing of what they earn."""
    assert not index.search("how many staff does IOM Iraq have", encoder=encoder).weak
    assert index.search("monthly salary of the staff of IOM Iraq", encoder=encoder).weak
