"""What a text cites by number or title, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.linking.explicit import TitleIndex, cited_objectives, cited_sdgs
from ingest.linking.numbers import read_numbers
from ontology.vocabulary import load_vocabulary

VOCABULARY = load_vocabulary()
CODES = frozenset(s.code for s in VOCABULARY.sdgs)
TITLES = TitleIndex(VOCABULARY.objectives)


def objectives(text: str, *, about_compact: bool = False, own_numbering: bool = False) -> list[int]:
    cited = cited_objectives(text, about_compact=about_compact, own_numbering=own_numbering)
    return [int(c.key) for c in cited.citations]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("GCM objectives 2, 5, 6, 12 and 18", [2, 5, 6, 12, 18]),
        ("GCM objectives 2–6", [2, 3, 4, 5, 6]),
        ("Objectives 4 to 7 of the Global Compact for Migration", [4, 5, 6, 7]),
        ("in line with GCM objectives 7 through 9, and 21", [7, 8, 9, 21]),
        ("GCM Objective 10(c)", [10]),
        ("GCM objective 10 (c) and (d), 11", [10, 11]),
        ("GCM Obj. 3 & 4", [3, 4]),
        ("GCM: objectives 5/6/7", [5, 6, 7]),
        ("GCM objective no. 14", [14]),
        ("GCM objectives X and XI", [10, 11]),
        ("objective ten of the Global Compact for Migration", [10]),
        ("the tenth objective of the GCM", [10]),
        ("GCM objectives 1, 2 and objective 5", [1, 2, 5]),
        ("(GCM 10, 11)", [10, 11]),
        ("Strategic Objective 2 contributes to GCM objectives 5 and 6", [5, 6]),
        ("Objective 1 of the plan mirrors objective 10 of the Global Compact", [10]),
        ("GCM objectives 2, 5 and 12 countries took part", [2, 5]),
        ("It answers GCM objective 10. 25 people came", [10]),
    ],
)
def test_objectives_cited_by_number(text: str, numbers: list[int]) -> None:
    assert objectives(text) == numbers


@pytest.mark.parametrize(
    "text",
    [
        "OBJECTIVE 1: Promote solutions",
        "Objective 2.3 of the strategy",
        "Outcome 1:1",
        "Objectives 1 to 3 of the strategy",
        "Our objectives 1 and 2 were met",
        "Under the Compact, specific objective 3 of the project was met",
        "Under the GCM the objective is clear",
        "GCM objective 24",
        "Under the Compact, objective I think is too vague",
        "In 2018 the GCM was adopted",
        "GCM 2018",
        "Objective 12 of the Global Compact on Refugees",
    ],
)
def test_other_numbers_are_no_citations(text: str) -> None:
    assert objectives(text) == []


@pytest.mark.parametrize(
    ("about", "own", "numbers"), [(False, False, []), (True, False, [3, 4]), (True, True, [])]
)
def test_bare_numbers_need_a_context_and_no_other_numbering(about: bool, own: bool, numbers: list[int]) -> None:
    assert objectives("Work under objectives 3 and 4 goes on.", about_compact=about, own_numbering=own) == numbers


def test_what_lies_beyond_the_last_objective_is_noted() -> None:
    cited = cited_objectives("GCM objectives 1–230")
    assert [int(c.key) for c in cited.citations] == list(range(1, 24))
    assert cited.notes == ("There is no objective 230; the Compact has 23.",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("In SDG target 10.7 of the goals", ["10.7"]),
        ("SDG 10", ["10"]),
        ("SDG16.9", ["16.9"]),
        ("Goals 5 and 8 of the 2030 Agenda", ["5", "8"]),
        ("SDG targets 8.7 and 16.2", ["8.7", "16.2"]),
        ("SDGs 5, 8 and 10.7", ["5", "8", "10.7"]),
        ("SDG 10.c", ["10.c"]),
        ("indicator 10.7.1 of the SDGs", ["10.7"]),
        ("Sustainable Development Goals 8, 10 and 16", ["8", "10", "16"]),
        ("SDGs 1-5", ["1", "2", "3", "4", "5"]),
        ("the goals of the 2030 Agenda", []),
        ("goal 5 of the match", []),
        ("SDG 18", []),
        ("SDG target 10.77", []),
    ],
)
def test_goals_and_targets_cited(text: str, codes: list[str]) -> None:
    assert [c.key for c in cited_sdgs(text, known=CODES).citations] == codes


@pytest.mark.parametrize("objective", VOCABULARY.objectives, ids=lambda o: str(o.number))
def test_titles_name_their_objective(objective: object) -> None:
    title = objective.title  # type: ignore[attr-defined]
    number = str(objective.number)  # type: ignore[attr-defined]
    assert number in [c.key for c in TITLES.find(f"Work began to {title.upper()}.", about=False)]


def test_a_short_label_counts_in_quotes_and_in_context() -> None:
    label = VOCABULARY.objectives[0].label
    assert [c.key for c in TITLES.find(f"the GCM objective “{label}”", about=True)] == ["1"]
    assert not TITLES.find(f"the chapter “{label}”", about=False)
    assert not TITLES.find(f"the GCM objective {label}", about=True)


@given(first=st.integers(1, 23), length=st.integers(1, 22), dash=st.sampled_from(["-", "–", "—", " to ", " – "]))
def test_a_range_has_exactly_its_members(first: int, length: int, dash: str) -> None:
    last = min(23, first + length)
    expected = list(range(first, last + 1))
    assert objectives(f"GCM objectives {first}{dash}{last}") == expected


@given(numbers=st.lists(st.integers(1, 23), min_size=1, max_size=8, unique=True))
def test_a_list_has_exactly_its_members(numbers: list[int]) -> None:
    listed = ", ".join(map(str, numbers[:-1])) + (" and " if len(numbers) > 1 else "") + str(numbers[-1])
    assert objectives(f"Review of GCM objectives {listed}") == numbers


@settings(max_examples=200)
@given(text=st.text(alphabet=st.sampled_from("GCM objectives 1234567890,.-–()and toXVI%"), max_size=300))
def test_no_text_cites_what_is_not_there(text: str) -> None:
    assert set(objectives(f"GCM objectives {text}", about_compact=True)) <= set(range(1, 24))


def test_a_long_hostile_list_is_read_in_one_pass() -> None:
    text = "GCM objectives " + "1, " * 50_000 + "1-999"
    assert read_numbers(text, len("GCM objectives "), largest=23).numbers == (*range(1, 24), 999)
