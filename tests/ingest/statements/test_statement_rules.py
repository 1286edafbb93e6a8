"""The light parse and the frames on small sentences, and properties that hold for any text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.statements.context import Genre, Place, heading_place, lead_in_place
from ingest.statements.evidence import part, whole
from ingest.statements.find import find_statements
from ingest.statements.frames import Frame, frame_of
from ingest.statements.grammar import Shape, Tense, parse
from ingest.statements.modality import modality_of, states_need
from ingest.statements.pieces import pieces_of
from ontology.document import Document, Metadata, Passage, PassageKind, Source, Span
from ontology.model import Body, Modality


@pytest.mark.parametrize(
    ("text", "lead", "subject", "modal", "verb"),
    [
        ("In its first year, the Board will appoint a director.", "In its first year", "the Board", "will", "appoint"),
        ("To avoid delays, drafts, comments and votes, members may meet online.", "", "members", "may", "meet"),
        ("If the Chair is absent, the Vice-Chair presides.", "If the Chair is absent", "the Vice-Chair", "", ""),
        (
            "Members who miss three meetings shall lose their seat.",
            "",
            "Members who miss three meetings",
            "shall",
            "lose",
        ),
        ("Areas hit by floods have lost their schools.", "", "Areas hit by floods", "", "lose"),
        (
            "The funds, agencies (UN, EU) and banks could pool resources.",
            "",
            "The funds, agencies (UN, EU) and banks",
            "could",
            "pool",
        ),
        ("They will, where needed, consult the unions.", "", "They", "will", "consult"),
        ("In Porto the Board meets monthly.", "", "the Board", "", "meet"),
    ],
)
def test_the_main_verb_and_its_subject(text: str, lead: str, subject: str, modal: str, verb: str) -> None:
    clause = parse(text)
    assert clause.subject == subject
    assert clause.modal == modal
    assert not verb or clause.verb == verb
    assert not lead or clause.lead == lead


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("Ensure that minutes are circulated.", Shape.INFINITIVE),
        ("Briefing donors on progress", Shape.GERUND),
        ("Through mobile clinics in five towns", Shape.MEANS),
        ("Timely delivery of supplies", Shape.NOMINAL),
        ("Transfer fees are high.", Shape.FINITE),
        ("Working Groups report to the Board.", Shape.FINITE),
    ],
)
def test_the_shape_of_a_clause(text: str, shape: Shape) -> None:
    assert parse(text).shape is shape


@pytest.mark.parametrize(
    ("text", "passive", "tense"),
    [
        ("Decisions are taken by vote.", True, Tense.PRESENT),
        ("The desk was closed in May.", True, Tense.PAST),
        ("The team is drafting a guide.", False, Tense.PROGRESSIVE),
        ("Systems are being upgraded.", True, Tense.PROGRESSIVE),
        ("Rents have doubled.", False, Tense.PERFECT),
    ],
)
def test_voice_and_tense(text: str, passive: bool, tense: Tense) -> None:
    clause = parse(text)
    assert (clause.passive, clause.tense) == (passive, tense)


@pytest.mark.parametrize(
    ("text", "frame", "addressee"),
    [
        ("Speakers urged the Mayor to open the hall.", Frame.CALL, "the Mayor"),
        ("Delegates called on employers to pay on time.", Frame.CALL, "employers"),
        ("It was recommended that the Agency publish its data.", Frame.CALL, "the Agency"),
        ("It was recommended that data be published.", Frame.CALL, ""),
        ("States are urged to ratify the treaty.", Frame.CALL, "States"),
        ("Participants stressed the need for shade.", Frame.STRESS, ""),
        ("Participants noted that queues are long.", Frame.SAID, ""),
        ("The unions pledged to translate leaflets.", Frame.PROMISE, ""),
        ("The unions will translate leaflets.", None, ""),
    ],
)
def test_frames_of_reported_speech(text: str, frame: Frame | None, addressee: str) -> None:
    found = frame_of(parse(text), heard=True)
    assert (found.frame if found else None) == frame
    assert (found.addressee if found else "") == addressee


@pytest.mark.parametrize(
    ("text", "genre", "modality"),
    [
        ("Members can propose items.", Genre.MANDATE, Modality.MAY),
        ("Members can propose items.", Genre.VOICES, Modality.COULD),
        ("It would also cover travel.", Genre.MANDATE, Modality.WILL),
        ("Forms are to be simplified.", Genre.PLAN, Modality.SHALL),
        ("Members are encouraged to attend.", Genre.MANDATE, Modality.SHOULD),
        ("Employers have to keep records.", Genre.OTHER, Modality.MUST),
        ("The aim of the fund is to share risks.", Genre.MANDATE, Modality.INFINITIVE),
        ("Shade is badly needed.", Genre.VOICES, Modality.NEED),
        ("Recipients are required to report.", Genre.MANDATE, Modality.SHALL),
        ("An important hurdle is language.", Genre.VOICES, None),
        ("Clinics are important pillars of care.", Genre.VOICES, None),
    ],
)
def test_modality(text: str, genre: Genre, modality: Modality | None) -> None:
    assert modality_of(parse(text), genre) == modality


def test_a_negated_need_is_none() -> None:
    assert (
        states_need(
            parse("A permit is not required."),
        )
        == ""
    )


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Papers need to be checked and new cards could be issued.",
            ["Papers need to be checked", "new cards could be issued."],
        ),
        (
            "Speakers called on the city to open the hall and extend bus services.",
            ["Speakers called on the city to open the hall", "extend bus services."],
        ),
        ("Members will prepare reports and attend meetings.", ["Members will prepare reports and attend meetings."]),
        (
            "Speakers praised the clinic and expressed willingness to help.",
            ["Speakers praised the clinic and expressed willingness to help."],
        ),
        (
            "Speakers noted the delays and expressed willingness to help.",
            ["Speakers noted the delays", "expressed willingness to help."],
        ),
    ],
)
def test_compound_sentences_split_where_the_actions_differ(text: str, parts: list[str]) -> None:
    assert [text[p.start : p.end] for p in pieces_of(text, parse(text), heard=True)] == parts


@pytest.mark.parametrize(
    ("heading", "place"),
    [
        ("3. Decision-making", Place.DECISIONS),
        ("Task Forces", Place.MEMBERSHIP),
        ("Tasks", Place.FUNCTIONS),
        ("Working Principles", Place.PRINCIPLES),
        ("II. Background", Place.CONTEXT),
        ("What should change", Place.RECOMMENDATIONS),
        ("Annex B", None),
    ],
)
def test_what_headings_announce(heading: str, place: Place | None) -> None:
    assert heading_place(heading) == place


@pytest.mark.parametrize(
    ("lead", "place"),
    [
        ("The objectives of the fund are to:", Place.OBJECTIVES),
        ("The office is responsible for:", Place.FUNCTIONS),
        ("Speakers recommended that the city:", Place.RECOMMENDATIONS),
        ("The members are:", None),
    ],
)
def test_what_lead_ins_announce(lead: str, place: Place | None) -> None:
    assert lead_in_place(lead) == place


class Nobody:
    """A document in which no phrase names a body."""

    def resolve(self, passage: Passage, phrase: str) -> Body | None:  # noqa: ARG002
        return None

    def focus(self, passage_index: int) -> Body | None:  # noqa: ARG002
        return None


VOCABULARY = """The Board members will shall should can be is are was need to and , ; : ( ) “ ” . called on for that
which who support supports supported urges participants noted Government not a) 1. Outcome ¹ ** of in ensure by been"""
WORDS = st.sampled_from(VOCABULARY.split())
TEXTS = st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=40).map(" ".join))


def a_document(texts: list[str], kinds: list[PassageKind], leads: list[str | None]) -> Document:
    source, passages, at = "", [], 0
    for i, (text, kind, lead) in enumerate(zip(texts, kinds, leads, strict=True)):
        source += text + "\n\n"
        passages.append(
            Passage(
                i,
                f"k{i}",
                kind,
                at,
                at + len(text),
                text,
                " ".join(text.split()),
                (Span(at, at + len(text)),),
                i,
                ("Title", "Objectives"),
                lead_in=lead,
                level=1,
            )
        )
        at = len(source)
    meta = Metadata("Title")
    return Document(Source("x.md", "x.md", "x", "0" * 64, "text/markdown", source), meta, tuple(passages))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(TEXTS, st.sampled_from(PassageKind), st.none() | TEXTS), min_size=1, max_size=4))
def test_any_passages_give_exact_spans_and_no_crash(rows: list[tuple[str, PassageKind, str | None]]) -> None:
    document = a_document([r[0] for r in rows], [r[1] for r in rows], [r[2] for r in rows])
    for statement in find_statements(document, Nobody()):
        evidence = statement.evidence
        assert document.source.text[evidence.start : evidence.end] == evidence.quote
        passage = document.passages[evidence.passage]
        assert passage.start <= evidence.start < evidence.end <= passage.end
        assert 0 <= statement.reason.confidence <= 1


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(str.strip), st.integers(0, 120), st.integers(0, 120))
def test_a_part_of_a_passage_is_exact_and_inside_it(text: str, a: int, b: int) -> None:
    document = a_document([text], [PassageKind.SENTENCE], [None])
    passage = document.passages[0]
    start, end = sorted((min(a, len(passage.text)), min(b, len(passage.text))))
    for evidence in (part(document, passage, start, end), whole(document, (passage,))):
        assert document.source.text[evidence.start : evidence.end] == evidence.quote
        assert passage.start <= evidence.start <= evidence.end <= passage.end


def test_a_long_hostile_sentence_stays_cheap() -> None:
    text = "the member who called on the States to and, " * 4000
    document = a_document([text, "a " * 50_000 + "will be.", "(" * 20_000], [PassageKind.SENTENCE] * 3, [None] * 3)
    assert len(find_statements(document, Nobody())) <= 3
