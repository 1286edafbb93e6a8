"""Relevance of documents and bodies: by density, strength and distinct evidence, with what is pasted counted once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.boilerplate import groups_of_copies
from graph.passages import PassageRecord
from graph.profile import Relevance, profile_of
from ontology.document import Passage, PassageKind

BODY = "https://example.org/body"
PASTED = "The agency runs shelters for victims of trafficking in all twelve districts of the country."
OTHERS = (
    "Police and prosecutors learn how to question survivors without harming them.",
    "Survivors receive a residence permit for as long as the trial lasts.",
    "A hotline in eleven languages takes calls about forced labour on farms.",
)


def record(
    place: int, text: str, *, strength: int = 0, confidence: float = 0.9, agent: str | None = None,
    kind: PassageKind = PassageKind.SENTENCE, document: str = "a.md",
) -> PassageRecord:
    passage = Passage(
        index=place, key=str(place), kind=kind, start=place * 200, end=place * 200 + len(text), quote=text, text=text,
        fragments=(), paragraph=place, section=(), page=None, lead_in=None, marker=None, level=0, note=None, cells=(),
        weight=1.0, ocr=None,
    )
    linked = {10: strength} if strength else {}
    return PassageRecord(
        iri=f"{document}/{place}", slug=document, document=document, title=document, document_type="other", year=None,
        scope=(), passage=passage, objectives=linked, objective_confidence={10: confidence} if strength else {},
        bodies=("Agency",), body_iris=(BODY,), agent=agent,
    )


def filler(count: int, first: int = 100) -> list[PassageRecord]:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [record(first + n, f"{letters[n % 26] * 7} {letters[n // 26] * 9}.") for n in range(count)]


def only(records: list[PassageRecord]) -> Relevance:
    (found,) = profile_of(records)
    return found


def test_a_paragraph_pasted_in_ten_places_counts_once() -> None:
    pasted = [record(n, PASTED.replace("twelve", f"{n}"), strength=3) for n in range(10)]
    once, often = only([*pasted[:1], *filler(20)]), only([*pasted, *filler(20)])
    assert (often.evidence, often.copies, often.of) == (1, 9, 21)
    assert often.relevance == once.relevance
    assert only([*[record(n, text, strength=3) for n, text in enumerate((PASTED, *OTHERS))], *filler(20)]).relevance \
        > often.relevance


def test_a_mention_in_a_long_text_is_less_than_the_same_in_a_short_one() -> None:
    said = [record(n, text, strength=2) for n, text in enumerate((PASTED, *OTHERS))]
    short, long = only([*said, *filler(4)]), only([*said, *filler(90)])
    assert short.relevance > long.relevance
    assert only([said[0], *filler(90)]).grade == "touched"
    assert only([replace(r, objectives={10: 3}) for r in said]).grade == "central"


def test_a_weak_link_and_a_heading_are_no_evidence() -> None:
    assert profile_of([record(0, PASTED, strength=1), record(1, PASTED, strength=3, kind=PassageKind.HEADING)]) == ()


def test_a_named_objective_and_a_surer_link_weigh_more() -> None:
    values = [only([record(0, PASTED, strength=s, confidence=c), *filler(9)]).relevance
              for s, c in ((2, 0.5), (2, 0.9), (3, 0.9))]
    assert values == sorted(set(values))


def test_of_a_body_what_it_does_weighs_more_than_where_it_is_named() -> None:
    acting, named = record(0, PASTED, strength=2, agent="Agency"), record(0, PASTED, strength=2, agent="Ministry")
    does, hears = (profile_of([one], body=frozenset({BODY})) for one in (acting, named))
    assert does[0].relevance > hears[0].relevance > 0
    assert profile_of([acting], body=frozenset({"https://example.org/other"})) == ()


@given(st.lists(st.text("ab cd1", max_size=12), max_size=25))
def test_a_copy_points_at_an_earlier_text_that_stands_for_itself(texts: list[str]) -> None:
    first = groups_of_copies(texts)
    assert all(first[one] == one <= place for place, one in enumerate(first))
    assert groups_of_copies([*texts, "Ferries sail at dawn.", "ferries sail at dawn!"])[-2:] == [len(texts)] * 2


@pytest.mark.parametrize("other", OTHERS)
def test_different_sentences_on_one_subject_are_no_copies(other: str) -> None:
    assert groups_of_copies([PASTED, other]) == [0, 1]
