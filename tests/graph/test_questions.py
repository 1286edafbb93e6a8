"""The ready-made questions on a small graph: each runs, has its declared columns, and answers rightly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from query_store import BOARD, MIGRANTS, PLACE, SENTENCES, graph_folder
from sample_documents import FORUM, OFFICE

from graph.engine import Engine
from graph.evidence import BodyEvidence, read_evidence, strongest
from graph.names import finder
from graph.questions import FOLDER, bind, question, questions
from graph.terms import PlainValue
from ontology.errors import QueryError

# What stands for a value of each type in the small graph.
VALUES = {
    "body": "board of trials", "document": "trial.md", "country": "IRQ", "text": "traffick", "choice": "commitment",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(graph_folder(tmp_path_factory)) as opened:
        yield opened


def _ask(engine: Engine, name: str, **values: str) -> list[dict[str, PlainValue]]:
    return engine.query(bind(name, values)).records()


def test_there_are_enough_and_each_is_a_file_with_everything_a_reader_needs() -> None:
    found = questions()
    assert len(found) >= 20
    assert [q.name for q in found] == sorted(path.stem for path in FOLDER.glob("*.rq"))
    assert all(q.title.endswith(("?", ".")) and q.description.endswith(".") and q.columns for q in found)
    assert all(p.description.endswith(".") and p.usage for q in found for p in q.parameters)


@pytest.mark.parametrize("full", [False, True], ids=["required", "all"])
@pytest.mark.parametrize("name", [q.name for q in questions()])
def test_each_runs_with_its_parameters_and_has_its_columns(engine: Engine, name: str, full: bool) -> None:
    parameters = question(name).parameters
    values = {p.name: VALUES.get(p.type, p.example) for p in parameters if p.required or full}
    result = engine.query(bind(name, values), seconds=20)
    assert result.columns == question(name).columns
    assert len(set(result.rows)) == len(result.rows), "a row stands twice"


NAMED = {"body": ("Board of TRIALS", "bot", "OOE", "no such body", '"'), "document": ("TRIAL.md", "none.md"),
         "country": ("iraq", "IRQ", "368", "nowhere")}
NAMING = [(q.name, p.name, value) for q in questions() for p in q.parameters for value in NAMED.get(p.type, ())]


@pytest.mark.parametrize(("name", "parameter", "value"), NAMING)
def test_names_that_are_looked_up_first_give_the_same_rows(
    engine: Engine, name: str, parameter: str, value: str
) -> None:
    needed = {p.name: VALUES.get(p.type, p.example) for p in question(name).parameters if p.required}
    values = {**needed, parameter: value}
    quick = bind(name, values, find=finder(engine))
    assert engine.query(quick).rows == engine.query(bind(name, values)).rows
    assert "LCASE(?asked_" not in quick


@pytest.mark.parametrize("cannot", [None, tuple(f"urn:{n}" for n in range(101))], ids=["not whole", "too many"])
def test_a_name_of_too_many_bearers_is_left_to_the_query(cannot: tuple[str, ...] | None) -> None:
    values = {"body": "Board"}
    assert bind("network-members", values, find=lambda _: cannot) == bind("network-members", values)


def test_all_bearers_of_a_name_are_asked_for_in_a_fixed_order() -> None:
    text = bind("network-members", {"body": "Board"}, find=lambda _: ("urn:b", "urn:a"))
    assert "VALUES ?body { <urn:a> <urn:b> }" in text


@pytest.mark.parametrize("name", [q.name for q in questions()])
def test_each_is_a_whole_query_without_the_prefixes_that_we_offer(name: str) -> None:
    import pyoxigraph as ox

    parameters = question(name).parameters
    required = {p.name: VALUES.get(p.type, p.example) for p in parameters if p.required}
    full = {p.name: VALUES.get(p.type, p.example) for p in parameters}
    for text in (bind(name, required), bind(name, full)):
        ox.Store().query(text)
        assert "#@" not in text


def test_every_capacity_in_which_a_body_stands_is_found_with_its_sentence(engine: Engine) -> None:
    rows = [r for r in _ask(engine, "bodies-for-objective", objective="10") if r["body"] == BOARD]
    expected = [
        "mandate", "commitment", "aim", "principle", "activity", "recommends", "asked to act", "receives", "named",
    ]
    text = "\n".join(sentence for sentence, *_ in SENTENCES)
    assert [r["capacity"] for r in rows] == expected
    assert [r["quote"] for r in rows] == [sentence for sentence, *_ in SENTENCES[:9]]
    assert all(text[int(r["start"] or 0) : int(r["end"] or 0)] == r["quote"] for r in rows)
    assert {(r["name"], r["type"], r["document"], r["section"]) for r in rows} == {
        ("Board of Trials", "coordination_mechanism", "trial.md", PLACE)}
    assert [r["page"] for r in rows] == list(range(1, 10))
    assert [r["strength"] for r in rows] == [2, 3, 2, 2, 2, 2, 2, 2, 2]
    assert [r["confidence"] for r in rows] == [0.8] * 8 + [0.9]
    assert {r["reason"] for r in rows} == {"Its subject is named."}


def test_weak_links_other_objectives_and_other_places_are_left_out(engine: Engine) -> None:
    assert _ask(engine, "bodies-for-objective", objective="18") == []
    assert {r["capacity"] for r in _ask(engine, "bodies-for-objective", objective="20")} == {"asked to act"}
    everywhere = _ask(engine, "bodies-for-objective", objective="10")
    assert {r["document"] for r in everywhere} == {"tasks.md", "trial.md"}
    assert _ask(engine, "bodies-for-objective", objective="10", country="iraq") == everywhere
    assert _ask(engine, "bodies-for-objective", objective="10", country="Kazakhstan") == []


def test_the_strongest_evidence_is_one_piece_a_body_and_capacity(engine: Engine) -> None:
    result = engine.query(bind("bodies-for-objective", {"objective": "10"}))
    best = strongest(read_evidence(result))
    assert [(b.body, b.capacity) for b in best if b.iri == BOARD] == [
        ("Board of Trials", c) for c in ("mandate", "commitment", "aim", "principle", "activity", "asked to act",
                                         "recommends", "receives")]
    assert [b.body for b in best][-1] == "Migrants", "a group comes after bodies that one can write to"
    assert best[-1].capacity == "named"
    assert all(isinstance(b.to_record()["confidence"], float) for b in best)


def _piece(body: str, capacity: str, document: str, *, start: int = 0, strength: int = 2, confidence: float = 0.5,
           kind: str = "ngo") -> BodyEvidence:
    return BodyEvidence(body, f"urn:{body}", kind, capacity, strength, confidence, "lexical", "", document, "", "q",
                        start, start + 1, None, "", f"{document}#{start}")


def test_evidence_is_ranked_by_capacity_then_documents_then_confidence() -> None:
    pieces = [
        _piece("a", "named", "1"), _piece("a", "commitment", "1", confidence=0.9), _piece("b", "commitment", "1"),
        _piece("b", "commitment", "2", strength=3), _piece("b", "commitment", "2", start=5, confidence=0.7),
        _piece("c", "named", "3"), _piece("d", "mandate", "1", kind="stakeholder_group"),
    ]
    best = strongest(pieces)
    assert [(p.body, p.capacity, p.evidence, p.documents) for p in best] == [
        ("b", "commitment", 3, 2), ("a", "commitment", 1, 1), ("c", "named", 1, 1), ("d", "mandate", 1, 1)]
    assert (best[0].document, best[0].strength) == ("2", 3)
    assert strongest(reversed(pieces)) == best


def test_members_of_a_network_come_with_role_status_and_quote(engine: Engine) -> None:
    rows = _ask(engine, "network-members", body="forum of SAMPLES")
    assert [(r["member"], r["role"], r["status"]) for r in rows] == [
        (OFFICE, "chair_of", "current"), (OFFICE, "member_of", "former")]
    assert rows[0]["quote"] == "The Office of Examples (OOE) chairs the Forum of Samples."
    assert _ask(engine, "network-members", body=FORUM) == rows
    assert _ask(engine, "network-members", body="OOE") == []


def test_indirect_standing_is_a_question_of_its_own(engine: Engine) -> None:
    rows = _ask(engine, "bodies-by-membership", objective="10")
    assert {(r["body"], r["role"], r["network"]) for r in rows} == {
        (OFFICE, "chair_of", FORUM), (MIGRANTS, "member_of", BOARD)}


def test_recommendations_commitments_and_what_is_between_them(engine: Engine) -> None:
    asked = _ask(engine, "recommendations", objective="20")
    assert [(r["addressee"], r["quote"], r["objectives"]) for r in asked] == [
        ("Board of Trials", "The Board should cut the cost of remittances.", "20")]
    assert len(_ask(engine, "recommendations", body="BoT")) == 2
    assert _ask(engine, "recommendations", body="BoT", about="REMIT") == asked
    assert len(_ask(engine, "recommendations", by="BoT")) == 1
    assert [r["quote"] for r in _ask(engine, "commitments", body=BOARD)] == [SENTENCES[1][0]]
    open_ones = _ask(engine, "recommendations-unanswered")
    assert {r["objective"] for r in open_ones} == {13, 20}
    answered = _ask(engine, "recommendations-answered", objective="10")
    pairs = {(r["addressee"], r["committed"]) for r in answered}
    assert ("Board of Trials", "Board of Trials") in pairs
    assert ("Board of Trials", "Forum of Samples") not in pairs
    missing = _ask(engine, "bodies-asked-without-commitment")
    assert {(r["body"], r["objective"]) for r in missing} == {(BOARD, 20), (OFFICE, 13)}


def test_counts_of_objectives_and_documents(engine: Engine) -> None:
    overview = {r["objective"]: r for r in _ask(engine, "objectives-overview")}
    assert sorted(str(n) for n in overview) == sorted(str(n) for n in range(1, 24))
    ten = overview[10]
    assert (ten["passages"], ten["documents"], ten["commitments"]) == (10, 2, 2)
    assert overview[18]["passages"] == 0
    without = {r["objective"]: r["recommendations"] for r in _ask(engine, "objectives-without-commitment")}
    assert 10 not in without
    assert without[20] == 1
    shares = _ask(engine, "documents-by-objective", objective="10")
    assert [(r["document"], r["linked"], r["passages"], r["share"]) for r in shares] == [
        ("trial.md", 9, 11, 0.818), ("tasks.md", 1, 4, 0.25)]


def test_what_the_crosswalk_derives_and_what_a_text_says_stay_apart(engine: Engine) -> None:
    rows = {str(r["sdg"]): r for r in _ask(engine, "sdgs-of-objective", objective="10")}
    assert rows
    assert all(r["provenance"] in {"editorial", "in_resolution"} for r in rows.values())
    assert sum(int(r["evidenced"] or 0) for r in rows.values()) == (2 if "10.7" in rows else 0)
    assert [r["document"] for r in _ask(engine, "passages-for-sdg", sdg="10.7")] == ["tasks.md", "trial.md"]


def test_provenance_tells_how_a_fact_came_about(engine: Engine) -> None:
    found = engine.query("SELECT ?l { ?l gcm:objective objective:10 ; gcm:strength 3 ; gcm:runnerUp ?r }")
    link = found.records()[0]["l"]
    (row,) = _ask(engine, "provenance", fact=str(link))
    assert (row["kind"], row["method"], row["words"], row["pipeline"]) == (
        "ObjectiveLink", "explicit", "trafficking", "test-1")
    assert row["runner_up"] == "objective 9 (0.2)"
    assert row["sha256"] == "0" * 64
    assert _ask(engine, "provenance", fact="urn:none") == []


@pytest.mark.parametrize(("name", "values", "said"), [
    ("bodies-for-objectives", {}, "bodies-for-objective"),
    ("zzz", {}, "gcmkg query --list"),
    ("bodies-for-objective", {}, "needs --objective 1..23"),
    ("bodies-for-objective", {"objective": "24"}, "from 1 to 23"),
    ("bodies-for-objective", {"objective": "١٠"}, "from 1 to 23"),
    ("bodies-for-objective", {"objective": "10 } DROP ALL"}, "from 1 to 23"),
    ("bodies-for-objective", {"objective": "10", "colour": "red"}, "no parameter 'colour'; it takes --objective"),
    ("documents", {"colour": "red"}, "it takes --country"),
    ("network-members", {"body": " "}, "empty"),
    ("network-members", {"body": "x" * 3_000}, "longer than"),
    ("network-members", {"body": "\ud800"}, "half a character"),
    ("passages-for-sdg", {"sdg": "18"}, "no Goal or target"),
    ("provenance", {"fact": "not an iri"}, "no IRI"),
    ("statements-of-body", {"body": "x", "type": "poem"}, "one of recommendation, commitment"),
    ("passages-for-objective", {"objective": "1", "least": "two"}, "no whole number"),
])
def test_a_mistake_is_one_sentence_that_says_the_fix(name: str, values: dict[str, str], said: str) -> None:
    with pytest.raises(QueryError) as error:
        bind(name, values)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


HOSTILE = ('"', "\\", '" } DROP ALL #', "\n", "\x00", "<", ">", "}", "'''", "?x", "\\u0022", "#@ end", "\x85", "\u2028")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(st.sampled_from(HOSTILE) | st.text(st.characters(exclude_categories=["Cs"]), max_size=9),
                     min_size=1, max_size=6).map("".join).filter(str.strip))
def test_a_value_is_bound_as_a_term_and_never_becomes_part_of_the_query(engine: Engine, text: str) -> None:
    found = engine.query(bind("recommendations", {"about": text}))
    assert all(text.strip().lower() in str(row["quote"]).lower() for row in found.records())
    assert engine.query(bind("network-members", {"body": text})).records() == []
