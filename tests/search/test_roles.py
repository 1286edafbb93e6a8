"""Which relation a query asks for, whatever its words; and that the passage that states it is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from search.encoder import Encoder
from search.entries import Entry
from search.index import SearchIndex, build_index
from search.roles import QUESTIONS, asked_roles, question_list


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("who takes the minutes and runs the office", "secretariat_of"),
        ("number of sessions held every year", "meeting_frequency"),
        ("what happens when agencies do not agree", "decision_rule"),
        ("the older body that it took over from", "successor_of"),
        ("conventions that were signed", "party_to"),
        ("who oversees the work and is told of it", "reports_to"),
    ],
)
def test_the_kind_is_told_without_its_words(query: str, kind: str, encoder: Encoder) -> None:
    asked = question_list()
    roles = asked_roles(
        encoder.encode([query])[0], tuple(k for k, _ in asked), encoder.encode([question for _, question in asked])
    )
    assert max(roles, key=lambda name: roles[name]) == kind


@pytest.mark.parametrize("query", ["lost passports", "safe drinking water in camps", "remittances sent by phone"])
def test_a_query_about_a_subject_asks_for_no_relation(query: str, encoder: Encoder) -> None:
    asked = question_list()
    roles = asked_roles(
        encoder.encode([query])[0], tuple(k for k, _ in asked), encoder.encode([question for _, question in asked])
    )
    assert max(roles.values(), default=0.0) < 0.2


def test_questions_are_of_one_kind_each() -> None:
    questions = [question for questions in QUESTIONS.values() for question in questions]
    assert len(set(questions)) == len(questions)


def test_without_questions_nothing_is_asked(encoder: Encoder) -> None:
    assert asked_roles(encoder.encode(["who chairs it"])[0], (), np.zeros((0, encoder.dimension), np.float32)) == {}


@pytest.fixture(scope="module")
def two_networks(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    """The same sentences of two countries; one sentence of each is evidence of how often the network meets."""
    texts = ("Sessions take place in spring and in autumn.", "Members share what they know.", "Plans are drawn up.")
    base = Entry(passage_iri="", document="", document_slug="", quote="", text="", start=0, end=1)
    entries = [
        replace(base, passage_iri=f"urn:{code}:{number}", document=f"{code}.md", document_slug=code, quote=text,
                text=text, start=number, end=number + len(text), title="Network", scope=(code,),
                roles=("meeting_frequency",) if number == 0 else ())
        for code in ("IRQ", "KAZ") for number, text in enumerate(texts)
    ]
    folder: Path = tmp_path_factory.mktemp("roles") / "index"
    build_index(entries, folder, encoder=encoder,
                places={"IRQ": ("iraq", "baghdad"), "KAZ": ("kazakhstan", "astana"), "LBN": ("lebanon", "beirut")})
    return SearchIndex.open(folder)


@pytest.mark.parametrize(("place", "code"), [("Iraq", "IRQ"), ("Astana", "KAZ"), ("baghdad", "IRQ")])
def test_a_question_finds_the_passage_that_states_the_fact_of_the_place(
    two_networks: SearchIndex, encoder: Encoder, place: str, code: str
) -> None:
    hit = two_networks.search(f"how often does the network in {place} meet", encoder=encoder).hits[0]
    assert "spring" in hit.entry.text
    assert hit.entry.scope == (code,) or code in {copy.document[:3] for copy in hit.copies}
    assert {"role", "place"} <= set(hit.why.parts)
