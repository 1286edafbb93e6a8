"""Every ready-made question on the corpus, against the same answer worked out from the exported facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

import gcmkg
from gcmkg import Store
from ontology import iris

Record = dict[str, Any]
IOM, NETWORK = iris.ID + "body/iom", iris.ID + "body/un-network-migration-iraq"
MEMBERSHIPS = {"member_of", "executive_committee_member_of", "coordinator_of", "secretariat_of", "chair_of",
               "co_chair_of", "co_convener_of", "co_lead_of"}


@pytest.fixture(scope="module")
def facts(store: Store) -> list[Record]:
    return list(store.facts())


def kind(facts: Iterable[Record], name: str, **equal: Any) -> list[Record]:
    return [f for f in facts if f["kind"] == name and all(f[key] == value for key, value in equal.items())]


def places(records: Iterable[Record]) -> set[tuple[Any, ...]]:
    return {(r["document"], r["start"], r["end"]) for r in records}


def of_type(name: str) -> Callable[[list[Record]], set[tuple[Any, ...]]]:
    return lambda facts: places(kind(facts, "statement", type=name))


def answered(facts: list[Record]) -> set[tuple[int, tuple[Any, ...]]]:
    """(objective, place) of the recommendations that a commitment answers."""
    made = [(o, c["agent_iri"]) for c in kind(facts, "statement", type="commitment") for o in c["objectives"]]
    return {(o, (r["document"], r["start"], r["end"])) for r in kind(facts, "statement", type="recommendation")
            for o in r["objectives"] for number, agent in made
            if o == number and r["addressee_iri"] in {None, agent}}


def committed(facts: list[Record]) -> set[int]:
    return {o for f in kind(facts, "statement", type="commitment") for o in f["objectives"]}


PLACED: tuple[tuple[str, dict[str, str], Callable[[list[Record]], set[tuple[Any, ...]]]], ...] = (
    ("commitments", {}, of_type("commitment")),
    ("recommendations", {}, of_type("recommendation")),
    ("instruments", {}, lambda facts: places(kind(facts, "instrument"))),
    ("bodies-in-document", {}, lambda facts: places(kind(facts, "body"))),
    ("principles-invoked", {}, lambda facts: places(kind(facts, "principle_link"))),
    ("functions-of-body", {"body": "IOM"}, lambda facts: places(
        kind(facts, "statement", type="function", agent_iri=IOM))),
    ("statements-of-body", {"body": "iom"}, lambda facts: places(
        f for f in kind(facts, "statement") if IOM in {f["agent_iri"], f["addressee_iri"]})),
    ("facts-of-body", {"body": IOM}, lambda facts: places(kind(facts, "body_fact", body_iri=IOM))),
    ("relations-of-body", {"body": "IOM"}, lambda facts: places(
        f for f in kind(facts, "relation") if IOM in {f["subject_iri"], f["object_iri"]})),
    ("network-members", {"body": NETWORK}, lambda facts: places(
        f for f in kind(facts, "relation", object_iri=NETWORK) if f["relation"] in MEMBERSHIPS)),
    ("passages-for-sdg", {"sdg": "10.7"}, lambda facts: places(kind(facts, "sdg_link", sdg="10.7"))),
    ("passages-for-objective", {"objective": "10"}, lambda facts: places(
        f for f in kind(facts, "objective_link", objective=10) if f["strength"] >= 2)),
    ("passages-for-objective", {"objective": "4", "least": "1"}, lambda facts: places(
        kind(facts, "objective_link", objective=4))),
    ("recommendations-answered", {}, lambda facts: {place for _, place in answered(facts)}),
    ("recommendations-unanswered", {}, lambda facts: {
        (r["document"], r["start"], r["end"]) for r in kind(facts, "statement", type="recommendation")
        for o in r["objectives"] if o not in committed(facts)}),
)


@pytest.mark.parametrize(("name", "values", "expected"), PLACED, ids=[f"{n} {v}" for n, v, _ in PLACED])
def test_a_question_finds_the_places_of_the_facts(
    store: Store, facts: list[Record], name: str, values: dict[str, str],
    expected: Callable[[list[Record]], set[tuple[Any, ...]]],
) -> None:
    rows = store.query(gcmkg.bind_question(name, values)).records()
    wanted = expected(facts)
    assert wanted, "the corpus has something to find"
    assert places(rows) == wanted
    texts = {entry["name"]: store.text(entry["slug"]) for entry in store.documents}
    assert all(texts[str(r["document"])][r["start"] : r["end"]] == r["quote"] for r in rows)  # type: ignore[misc]


def counted(pairs: Iterable[Any]) -> dict[Any, int]:
    return dict(Counter(pairs))


def acting(facts: list[Record]) -> dict[tuple[int, str], int]:
    """Statements by objective and by whoever acts in them or is addressed."""
    pairs = {(o, body, f["id"]) for f in kind(facts, "statement") for o in f["objectives"]
             for body in (f["agent_iri"], f["addressee_iri"]) if body}
    return counted((o, body) for o, body, _ in pairs)


COUNTED: tuple[tuple[str, dict[str, str], Callable[[Record], Any], str, Callable[[list[Record]], dict[Any, int]]], ...]
COUNTED = (
    ("statements-by-year", {}, lambda r: r["type"], "statements",
     lambda facts: counted(f["type"] for f in kind(facts, "statement"))),
    ("documents", {}, lambda r: r["document"], "statements",
     lambda facts: counted(f["document"] for f in kind(facts, "statement"))),
    ("objectives-overview", {}, lambda r: r["objective"], "commitments", lambda facts: counted(
        o for f in kind(facts, "statement", type="commitment") for o in f["objectives"])),
    ("documents-by-objective", {"objective": "10"}, lambda r: r["document"], "linked", lambda facts: counted(
        document for document, _ in {(f["document"], f["passage"])
                                     for f in kind(facts, "objective_link", objective=10) if f["strength"] >= 2})),
    ("recommendations-by-addressee", {}, lambda r: (r["addressee"], r["objective"]), "recommendations",
     lambda facts: counted((f["addressee_iri"], o) for f in kind(facts, "statement", type="recommendation")
                           for o in f["objectives"] if f["addressee_iri"])),
    ("objective-body-matrix", {}, lambda r: (r["objective"], r["body"]), "pieces", acting),
    ("sdgs-in-documents", {}, lambda r: r["sdg"], "passages", lambda facts: counted(
        sdg for sdg, _ in {(f["sdg"], f["passage"]) for f in kind(facts, "sdg_link")})),
    ("objectives-without-commitment", {}, lambda r: r["objective"], "recommendations", lambda facts: counted(
        o for f in kind(facts, "statement", type="recommendation") for o in f["objectives"]
        if o not in committed(facts))),
    ("bodies-asked-without-commitment", {}, lambda r: (r["body"], r["objective"]), "recommendations",
     lambda facts: counted(
        (f["addressee_iri"], o) for f in kind(facts, "statement", type="recommendation") for o in f["objectives"]
        if f["addressee_iri"] and not any(
            c["agent_iri"] == f["addressee_iri"] and o in c["objectives"]
            for c in kind(facts, "statement", type="commitment")))),
)


@pytest.mark.parametrize(("name", "values", "key", "column", "expected"), COUNTED, ids=[c[0] for c in COUNTED])
def test_a_question_counts_what_the_facts_have(
    store: Store, facts: list[Record], name: str, values: dict[str, str], key: Callable[[Record], Any], column: str,
    expected: Callable[[list[Record]], dict[Any, int]],
) -> None:
    found: Counter[Any] = Counter()
    for row in store.query(gcmkg.bind_question(name, values)).records():
        found[key(row)] += int(str(row[column]))
    wanted = expected(facts)
    assert wanted, "the corpus has something to count"
    assert {k: n for k, n in found.items() if n} == wanted


def test_bodies_of_an_objective_are_those_that_act_are_asked_or_are_named(store: Store, facts: list[Record]) -> None:
    rows = store.query(gcmkg.bind_question("bodies-for-objective", {"objective": "10"})).records()
    acting_in = {f["agent_iri"] for f in kind(facts, "statement") if 10 in f["objectives"]} - {None}
    found = {r["body"] for r in rows if r["capacity"] not in {"named", "asked to act", "receives"}}
    assert found
    assert found <= acting_in
    assert {r["body"] for r in rows} >= {b.iri for b in store.bodies(10)}


def test_capacities_of_a_body_come_with_counts(store: Store, facts: list[Record]) -> None:
    rows = store.query(gcmkg.bind_question("objectives-of-body", {"body": "IOM"})).records()
    promised = {o for f in kind(facts, "statement", type="commitment", agent_iri=IOM) for o in f["objectives"]}
    assert promised
    assert {r["objective"] for r in rows if r["capacity"] == "commitment"} <= promised


def test_provenance_of_a_fact_is_its_record(store: Store, facts: list[Record]) -> None:
    for fact in (kind(facts, name)[0] for name in ("statement", "objective_link", "relation", "body")):
        (row,) = store.query(gcmkg.bind_question("provenance", {"fact": fact["id"]})).records()
        assert (row["quote"], row["document"], row["start"]) == (fact["quote"], fact["document"], fact["start"])
        assert row["method"] == fact["method"]


def test_the_vocabulary_answers_for_itself(store: Store) -> None:
    objectives = store.query(gcmkg.bind_question("objective", {})).records()
    assert [r["objective"] for r in objectives] == list(range(1, 24))
    actions = store.query(gcmkg.bind_question("actions-of-objective", {"objective": "10"})).records()
    assert len(actions) == 10
    crosswalk = store.query(gcmkg.bind_question("sdgs-of-objective", {"objective": "10"})).records()
    assert {r["provenance"] for r in crosswalk} <= {"editorial", "text", "stated", "named", "un", "compact"}
    assert crosswalk


def test_members_who_inherit_an_objective_come_with_their_network(store: Store, facts: list[Record]) -> None:
    rows = store.query(gcmkg.bind_question("bodies-by-membership", {"objective": "10"})).records()
    relations = {(f["subject_iri"], f["object_iri"]) for f in kind(facts, "relation")}
    assert rows
    assert {(r["body"], r["network"]) for r in rows} <= relations


def test_every_question_is_asked_here() -> None:
    asked = {name for name, *_ in (*PLACED, *COUNTED)} | {
        "bodies-for-objective", "objectives-of-body", "provenance", "objective", "actions-of-objective",
        "sdgs-of-objective", "bodies-by-membership"}
    assert asked == {question.name for question in gcmkg.questions()}
