"""The registry of areas, bodies, Goals and the crosswalk: complete, unambiguous and only with verified identifiers."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology import iris
from ontology.model import BodyType
from ontology.vocabulary import FOLDER, Area, CrosswalkRow, RegisteredBody, load_vocabulary, read_turtle

VOCABULARY = load_vocabulary()
VERIFIED_FILE = Path(__file__).parent / "data" / "verified_identifiers.csv"
VERIFIED = list(csv.DictReader(VERIFIED_FILE.read_text(encoding="utf-8").splitlines()))
COUNTRIES = [area for area in VOCABULARY.areas if area.alpha3]
TWO_EXAMPLES_EACH = dict.fromkeys(("mandate", "recommendation", "activity", "plain"), 2)
TARGETS_PER_GOAL = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)


def _membership() -> Counter[str]:
    predicate = iris.ONTOLOGY + "membership"
    triples = read_turtle(FOLDER / "areas.ttl")
    return Counter(
        t.object.value for t in triples if t.predicate.value == predicate and isinstance(t.object, ox.Literal)
    )


def _body(name: str) -> RegisteredBody:
    return next(b for b in VOCABULARY.bodies if b.name == name)


def _names(body: RegisteredBody) -> set[str]:
    return {n.casefold() for n in (body.name, *body.aliases, *body.case_sensitive_aliases)}


def test_every_member_and_observer_state_is_an_area() -> None:
    assert _membership() == {"member": 193, "observer": 2}
    assert len(COUNTRIES) == 195


@pytest.mark.parametrize("code", ["m49", "alpha2", "alpha3"])
def test_country_codes_are_unique(code: str) -> None:
    counts = Counter(getattr(area, code) for area in VOCABULARY.areas if getattr(area, code))
    assert [c for c, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("area", COUNTRIES, ids=lambda area: area.alpha3)
def test_a_country_has_all_codes_and_an_iri_of_its_m49_code(area: Area) -> None:
    assert area.iri == iris.AREA + area.m49
    assert (len(area.m49), len(area.alpha2), len(area.alpha3)) == (3, 2, 3)
    assert area.demonyms


@pytest.mark.parametrize(
    ("name", "m49", "alpha3"),
    [("Iraq", "368", "IRQ"), ("Afghanistan", "004", "AFG"), ("South Sudan", "728", "SSD"), ("Niger", "562", "NER"),
     ("Nigeria", "566", "NGA"), ("Türkiye", "792", "TUR"), ("State of Palestine", "275", "PSE"),
     ("Holy See", "336", "VAT"), ("Sudan", "729", "SDN"),
     ("Serbia", "688", "SRB"), ("Montenegro", "499", "MNE"), ("Ethiopia", "231", "ETH")],
)
def test_m49_codes_of_countries_that_are_easily_mistaken(name: str, m49: str, alpha3: str) -> None:
    area = next(a for a in VOCABULARY.areas if a.name == name)
    assert (area.m49, area.alpha3) == (m49, alpha3)


def test_no_name_stands_for_two_areas() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for area in VOCABULARY.areas:
        for name in (area.name, *area.aliases):
            owners[name.casefold()].add(area.iri)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_the_registry_has_at_least_200_bodies_of_every_kind_but_governments() -> None:
    assert len({b.iri for b in VOCABULARY.bodies}) == len(VOCABULARY.bodies) >= 200
    assert {b.type for b in VOCABULARY.bodies} >= set(BodyType) - {BodyType.GOVERNMENT, BodyType.MINISTRY}


def test_an_acronym_of_two_bodies_is_guarded_in_both() -> None:
    owners: dict[str, list[RegisteredBody]] = defaultdict(list)
    for body in VOCABULARY.bodies:
        if body.acronym:
            owners[body.acronym].append(body)
    clashes = {a: bs for a, bs in owners.items() if len(bs) > 1 and not all(b.alias_requires for b in bs)}
    assert clashes == {}


def test_no_name_or_alias_stands_for_two_bodies() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for body in VOCABULARY.bodies:
        for name in _names(body):
            owners[name].add(body.iri)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_no_acronym_is_an_alias_of_another_body() -> None:
    acronyms = {b.acronym: b.iri for b in VOCABULARY.bodies if b.acronym}
    assert [
        (alias, body.iri)
        for body in VOCABULARY.bodies
        for alias in (*body.aliases, *body.case_sensitive_aliases)
        if acronyms.get(alias, body.iri) != body.iri
    ] == []


def test_every_body_says_what_it_is() -> None:
    assert [b.iri for b in VOCABULARY.bodies if not b.name or not b.definition] == []


@pytest.mark.parametrize(
    "acronym", ["WHO", "LAS", "DRC", "AU", "IDB", "ADB", "CIS", "NRC", "OAS", "UNU", "ICC", "IFC", "CMW", "MFA", "IRC",
                "PIF", "RCM", "DCO", "DPPA"],
)
def test_ambiguous_acronyms_need_another_word_of_the_body(acronym: str) -> None:
    assert next(b for b in VOCABULARY.bodies if b.acronym == acronym).alias_requires


@pytest.mark.parametrize("row", VERIFIED, ids=lambda row: row["acronym"])
def test_identifiers_are_the_verified_ones(row: dict[str, str]) -> None:
    body = _body(row["name"])
    assert body.acronym == row["acronym"]
    found = (body.wikidata or "", body.ror or "", body.iati or "")
    assert found == (row["wikidata"], row["ror"], row["iati_channel"])


def test_no_other_body_has_an_identifier() -> None:
    verified = {row["name"] for row in VERIFIED}
    assert [b.name for b in VOCABULARY.bodies if (b.wikidata or b.ror or b.iati) and b.name not in verified] == []


@pytest.mark.parametrize(
    ("alias", "name"),
    [("UN Network on Migration", "United Nations Network on Migration"),
     ("International Organisation for Migration", "International Organization for Migration"),
     ("Department of Public Information", "United Nations Department of Global Communications"),
     ("UN Country Team", "United Nations Country Team"),
     ("Puebla Process", "Regional Conference on Migration"),
     ("civil society organisations", "Civil society")],
)
def test_common_variants_lead_to_the_official_name(alias: str, name: str) -> None:
    assert [b.name for b in VOCABULARY.bodies if alias.casefold() in _names(b)] == [name]


@pytest.mark.parametrize("phrase", ["home affairs", "labour", "migration and displacement", "planning"])
def test_a_ministry_phrase_has_one_portfolio(phrase: str) -> None:
    assert len([p for p in VOCABULARY.portfolios if phrase in {p.name, *p.aliases}]) == 1


def test_all_goals_and_targets_are_there() -> None:
    targets = Counter(int(s.code.split(".")[0]) for s in VOCABULARY.sdgs if "." in s.code)
    goals = [s.code for s in VOCABULARY.sdgs if "." not in s.code]
    assert goals == [str(n) for n in range(1, 18)]
    assert tuple(targets[n] for n in range(1, 18)) == TARGETS_PER_GOAL
    assert sum(targets.values()) == 169


def test_labels_of_the_goals_are_short() -> None:
    assert [s.code for s in VOCABULARY.sdgs if not 1 <= len(s.label.split()) <= 12] == []


def test_goals_and_mapped_targets_have_terms_and_examples_in_four_registers() -> None:
    mapped = {row.target for row in VOCABULARY.crosswalk}
    wanted = [s for s in VOCABULARY.sdgs if "." not in s.code or s.code in mapped]
    poor = [
        s.code
        for s in wanted
        if not (3 <= len(s.strong_terms) <= 12 and 5 <= len(s.key_terms) <= 20)
        or Counter(e.register for e in s.examples) != TWO_EXAMPLES_EACH
    ]
    assert poor == []


@pytest.mark.parametrize("row", VOCABULARY.crosswalk, ids=lambda row: f"{row.objective}-{row.target}")
def test_a_crosswalk_row_has_an_existing_target_a_reason_and_its_provenance(row: CrosswalkRow) -> None:
    assert row.target in {s.code for s in VOCABULARY.sdgs if "." in s.code}
    assert row.provenance == ("in_resolution" if (row.objective, row.target) == (20, "10.c") else "editorial")
    assert len(row.reason.split()) >= 5


def test_reasons_are_specific_and_every_objective_is_mapped() -> None:
    assert {row.objective for row in VOCABULARY.crosswalk} == set(range(1, 24))
    assert len({row.reason for row in VOCABULARY.crosswalk}) == len(VOCABULARY.crosswalk)


def test_every_state_has_its_government_with_codes() -> None:
    vocabulary = load_vocabulary()
    states = {area.iri for area in vocabulary.areas if area.alpha3}
    governments = {body.area for body in vocabulary.bodies if body.type is BodyType.GOVERNMENT}
    assert governments == states
    assert len(governments) == 195
