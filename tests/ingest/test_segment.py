"""Segmentation: what becomes a passage, of which kind, where, and under which heading."""

from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.read import read_source
from ingest.segment import passages_of, segment
from ontology.document import Document, Passage, PassageKind, Source

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = sorted(path.name for path in CORPUS.glob("*-*.md"))
Kind = PassageKind


def of(text: str, *, pages: tuple[int, ...] = ()) -> tuple[Passage, ...]:
    return passages_of(Source("a.md", "a.md", "a", "0", "text/markdown", text, pages))


def kinds(text: str) -> list[tuple[Kind, str]]:
    return [(p.kind, p.text) for p in of(text)]


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return {name: segment(read_source(CORPUS / name)) for name in FILES}


def find(document: Document, beginning: str) -> Passage:
    return next(p for p in document.passages if p.text.startswith(beginning))


@pytest.mark.parametrize("name", FILES)
def test_every_quote_stands_at_its_offsets_in_the_file(documents: dict[str, Document], name: str) -> None:
    text = (CORPUS / name).read_bytes().decode("utf-8")
    passages = documents[name].passages
    assert len(passages) > 40
    for number, passage in enumerate(passages):
        assert passage.index == number
        assert text[passage.start : passage.end] == passage.quote == passage.quote.strip()
        assert passage.fragments[0].start == passage.start
        assert passage.fragments[0].end == passage.end
    assert len({p.key for p in passages}) == len(passages)


@pytest.mark.parametrize("name", FILES)
def test_no_prose_is_lost(documents: dict[str, Document], name: str) -> None:
    document = documents[name]
    covered = bytearray(len(document.source.text))
    for passage in document.passages:
        for part in passage.fragments:
            assert not any(covered[part.start : part.end])
            covered[part.start : part.end] = b"\x01" * (part.end - part.start)
    lost = "".join(c if not covered[i] else "\n" for i, c in enumerate(document.source.text))
    words = [word for word in re.sub(r"<[^<>]*>", "", lost).split() if sum(c.isalpha() for c in word) > 4]
    assert words == []


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("ibc-arab-region-tor-2020.md", ("II.", "D. ORGANIZATION", "5. The Regional", "a. Regional UN")),
        ("ibc-arab-region-tor-2020.md", ("I. Background", "c. The UN Reform")),
        ("iom-iraq-strategy-2022-2024.md", ("3. STRATEGIC PRIORITIES", "3.2. STRATEGIC PRIORITIES")),
        ("iraq-outreach-report-2021.md", ("Group 2: Review of GCM objectives 4, 8, 9, 10, 11, 13 and 21",)),
        ("iraq-outreach-report-2021.md", ("Conclusion",)),
        ("un-network-iraq-tor-2020.md", ("Membership and Structure",)),
        ("un-network-iraq-tor-2020.md", ("Annex II: The ten guiding principles",)),
        ("un-network-kazakhstan-tor.md", ("Composition and Membership",)),
    ],
)
def test_headings_give_the_section_path(documents: dict[str, Document], name: str, path: tuple[str, ...]) -> None:
    sections = {p.section[1:] for p in documents[name].passages if p.kind is not Kind.HEADING}
    assert any(
        len(s) == len(path) and all(a.startswith(b) for a, b in zip(s, path, strict=True)) for s in sections
    ), sorted(sections)


def test_a_sentence_that_a_note_interrupts_is_one_passage(documents: dict[str, Document]) -> None:
    passage = find(documents["un-network-kazakhstan-tor.md"], "UN Migration Network will foster")
    assert len(passage.fragments) == 2
    assert "strengthened national ownership over the GCM" in passage.text
    assert passage.quote.endswith("strengthened national")


def test_a_sentence_over_a_blank_line_is_one_span(documents: dict[str, Document]) -> None:
    passage = find(documents["iraq-outreach-report-2021.md"], "Awareness of men")
    assert len(passage.fragments) == 1
    assert "\n\n" in passage.quote


def test_a_note_over_pages_is_one_note(documents: dict[str, Document]) -> None:
    passage = find(documents["ibc-arab-region-tor-2020.md"], "Members of the Working Group on")
    assert (passage.kind, passage.note, len(passage.fragments)) == (Kind.FOOTNOTE, "2", 2)
    assert "League of Arab States (LAS)" in passage.text


def test_running_heads_and_captions_are_not_prose(documents: dict[str, Document]) -> None:
    tor = documents["un-network-iraq-tor-2020.md"].passages
    assert [p.kind for p in tor if p.text == "UN Network on Migration in Iraq"] == [Kind.CONTENTS]
    strategy = documents["iom-iraq-strategy-2022-2024.md"].passages
    assert len([p for p in strategy if p.kind is Kind.CAPTION]) == 4
    assert {"3.1. PRINCIPLES"} == {p.cells[0] for p in strategy if p.kind is Kind.CONTENTS and "3.1" in p.text}
    assert ("DTM", "Displacement Tracking Matrix") in {p.cells for p in strategy if p.kind is Kind.TABLE_ROW}


def test_members_listed_one_a_paragraph_are_list_items(documents: dict[str, Document]) -> None:
    passages = documents["un-network-iraq-tor-2020.md"].passages
    members = [p for p in passages if p.section[-1].startswith("Annex I:") and p.kind is Kind.LIST_ITEM]
    assert len(members) == 38
    assert len([p for p in members if p.note == "*"]) == 9


def test_lists_carry_their_lead_in(documents: dict[str, Document]) -> None:
    duty = find(documents["un-network-iraq-tor-2020.md"], "Convening and ensuring")
    assert (duty.kind, duty.marker, duty.level) == (Kind.LIST_ITEM, "-", 2)
    assert duty.lead_in == "The Network Coordinator will have primary responsibility for"
    nested = find(documents["ibc-arab-region-tor-2020.md"], "Guide the development of the IBC/M workplan")
    assert (nested.marker, nested.lead_in) == ("ii.", "To this end, they will")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A Plan for Work\n\nI. Context\n\nIt rains.", [Kind.HEADING, Kind.HEADING, Kind.SENTENCE]),
        ("Plan\n\n**Next steps**\n\nIt rains.", [Kind.HEADING, Kind.HEADING, Kind.SENTENCE]),
        ("# Plan\n\n1. Open the office.\n2. Close it.", [Kind.HEADING, Kind.LIST_ITEM, Kind.LIST_ITEM]),
        ("# Plan\n\n| Body | Role |\n|---|---|\n| UNDP | Lead |", [Kind.HEADING, Kind.TABLE_ROW, Kind.TABLE_ROW]),
        ("# Plan\n\nFigure 1: Arrivals in 2020\n\nIt rains.", [Kind.HEADING, Kind.CAPTION, Kind.SENTENCE]),
        ("# Plan\n\nIt rains.[^1]\n\n[^1]: Often. Much.", [Kind.HEADING, Kind.SENTENCE, Kind.FOOTNOTE, Kind.FOOTNOTE]),
        ("# Plan\n\nIt rains.\n\n- 3 -\n\nIt stops.", [Kind.HEADING, Kind.SENTENCE, Kind.CONTENTS, Kind.SENTENCE]),
        ("# Plan\n\nIntroduction ........ 3\n\nIt rains.", [Kind.HEADING, Kind.CONTENTS, Kind.SENTENCE]),
        ("# Plan\n\nDialogue will continue\n\nIt rains.", [Kind.HEADING, Kind.SENTENCE, Kind.SENTENCE]),
    ],
)
def test_kinds_of_layout(text: str, expected: list[Kind]) -> None:
    assert [p.kind for p in of(text)] == expected


def test_a_list_item_of_two_sentences_is_two_passages_of_one_paragraph() -> None:
    one, two = of("- Open the office. It is closed;")
    assert (one.text, two.text) == ("Open the office.", "It is closed")
    assert one.paragraph == two.paragraph
    assert one.marker == two.marker == "-"


def test_plain_text_with_wrapped_lines_and_one_name_a_line() -> None:
    text = (
        "Regional Board\n\n1.1 Purpose\n\nThe Board helps the Secretary-\nGeneral to act.1 It is\n\n12\n\n"
        "open to all.\n\n"
        "Members\n\nOffice of Examples (OEX)\nFund for Samples (FSA)\n\n"
        "Recommendation 1: Train all new staff\nRecommendation 2: Do it soon\n\n________\n1 Resolution 1/2.\n"
    )
    assert [p.text for p in of(text) if p.kind is Kind.SENTENCE] == [
        "The Board helps the Secretary-General to act.", "It is open to all.",
        "Recommendation 1: Train all new staff", "Recommendation 2: Do it soon",
    ]
    listed = [p.text for p in of(text) if p.kind is Kind.LIST_ITEM]
    assert listed == ["Office of Examples (OEX)", "Fund for Samples (FSA)"]
    assert [(p.text, p.note) for p in of(text) if p.kind is Kind.FOOTNOTE] == [("Resolution 1/2.", "1")]


def test_form_feeds_give_pages() -> None:
    text = "First page says this.\fSecond page says that."
    assert [p.page for p in of(text, pages=(0, 22))] == [1, 2]


def test_an_edit_elsewhere_renames_no_passage() -> None:
    before = {p.text: p.key for p in of("# T\n\nOne stays. Two stays.\n\nTwo stays.")}
    after = {p.text: p.key for p in of("# T\n\nNew words come. One stays. Two stays.\n\nTwo stays.")}
    assert before.items() <= after.items()


PIECES = st.sampled_from(
    ["# H\n", "\n\n", "- a b\n", "1. C d.\n", "a) e;\n", "¹ note\n", "---\n", "| a | b |\n", "x\ty\n", "\f", "\r\n",
     "**B** ", "Word word. ", "of\n\nthe ", "(", "“", "²", " <sup>1</sup> ", "  \n", "> ", "[a](b)", "ANNEX I\n\n",
     "كلمة. ", "…"]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join))
def test_any_text_gives_exact_ordered_disjoint_passages(text: str) -> None:
    passages = of(text)
    parts = sorted((f.start, f.end) for p in passages for f in p.fragments)
    assert all(a[1] <= b[0] for a, b in pairwise(parts))
    assert [p.start for p in passages] == sorted(p.start for p in passages)
    for passage in passages:
        assert text[passage.start : passage.end] == passage.quote
        assert passage.text
        assert passage.text == " ".join(passage.text.split())


WORDS = st.lists(st.sampled_from(["States", "should", "protect", "migrants", "and", "rights"]), min_size=4, max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_every_word_of_prose_is_in_a_passage(paragraphs: list[list[list[str]]]) -> None:
    prose = "\n\n".join(" ".join(" ".join(words).capitalize() + "." for words in p) for p in paragraphs)
    assert " ".join(p.text for p in of(prose)).split() == prose.split()


@pytest.mark.parametrize(
    "text",
    [
        "word " * 200_000, "(" * 500_000, "*" * 500_000, "![[" * 200_000, ". " * 200_000, "a\n\n¹ b\n\n" * 10_000,
        "".join(" " * (i % 500) + "- x\n" for i in range(3000)),
        "\n\n".join(f"Heading {i}\n\nText." for i in range(5000)),
        "<table>" + "<tr><td>" * 50_000, "A" + " B" * 200_000 + " 2021/", "- " * 200_000 + "x", "[a](b" * 100_000,
    ],
    ids=range(12),
)
def test_hostile_text_is_done_in_linear_time(text: str) -> None:
    begun = time.process_time()
    of(text)
    assert time.process_time() - begun < 10
