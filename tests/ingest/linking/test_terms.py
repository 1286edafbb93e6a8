"""Terms are found as a comparison of every term with every place would find them; clauses are parts of their text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.linking.clauses import clauses_of
from ingest.linking.terms import FUNCTION_WORDS, TermIndex, stem, tokens_of, words_of, words_within

TERMS = ("border", "border control", "control", "border control post", "TiP", "post", "drivers of migration", "of the")
WORDS = ("border", "Borders", "control", "controls", "post", "TiP", "tip", "drivers", "migration", "of", "the", "and")
INDEX = TermIndex([{"strong": TERMS}])


def by_comparison(text: str) -> set[tuple[int, int, tuple[str, ...]]]:
    """Every term at every place, the function words of both left out."""
    tokens = tokens_of(text)
    content = [place for place, token in enumerate(tokens) if token.stem not in FUNCTION_WORDS]
    found = set()
    for term in TERMS:
        wanted = [t for t in tokens_of(term) if t.stem not in FUNCTION_WORDS]
        for first in range(len(content) - len(wanted) + 1):
            places = content[first : first + len(wanted)]
            alike = all(
                tokens[p].stem == w.stem and (w.text != "TiP" or tokens[p].text == "TiP")
                for p, w in zip(places, wanted, strict=True)
            )
            if wanted and alike and places[-1] - places[0] <= len(wanted) + 2:
                found.add((places[0], places[-1] + 1, tuple(w.stem for w in wanted)))
    return found


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_every_term_is_found_everywhere(text: str) -> None:
    tokens = tokens_of(text)
    places = INDEX.places(words_of(text))
    spans = {(a, b, tuple(t.stem for t in tokens[a:b] if t.stem not in FUNCTION_WORDS)) for a, b, _ in places}
    assert spans == by_comparison(text)


def test_a_term_in_capitals_counts_as_written() -> None:
    assert len(INDEX.places(words_of("The TiP unit."))) == 1
    assert INDEX.places(words_of("The tip unit.")) == []


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Consular staff visit detained workers.", []),
        (
            "The ministry trains its consular staff each year, and these visit all detained workers in prison.",
            ["The ministry trains its consular staff each year", "and these visit all detained workers in prison."],
        ),
        (
            "Borders open; the ministry trains its consular staff each year and publishes what it finds; so it goes.",
            ["Borders open; the ministry trains its consular staff each year and publishes what it finds; so it goes."],
        ),
    ],
)
def test_clauses(text: str, parts: list[str]) -> None:
    found = [text[start:end] for start, end in clauses_of(text)]
    assert found == (parts if len(parts) > 1 else [])


@given(
    st.text(alphabet="ab ,;.–—", max_size=400)
    | st.lists(st.sampled_from((*WORDS, "which", ",", "; "))).map(" ".join)
)
def test_clauses_stand_in_order_and_words_of_the_text_in_at_most_one(text: str) -> None:
    clauses = clauses_of(text)
    ends = [0, *(end for _, end in clauses)]
    assert all(0 <= before <= start < end <= len(text) for before, (start, end) in zip(ends, clauses, strict=False))
    assert all(len(text[start:end].split()) >= 4 for start, end in clauses)
    words = words_of(text)
    within = [token for part in clauses for token in words_within(words, part).tokens]
    assert within == [t for t in words.tokens if any(a <= t.start < b for a, b in clauses)]
    assert [t.stem for t in within] == [stem(t.text) for t in within]
