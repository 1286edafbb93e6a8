"""Roles, members and what else relates bodies, with status; facts about bodies."""

from __future__ import annotations

import pytest


def triples(found, *, status=None):
    return {
        (r.subject, r.relation.value, r.object) for r in found.relations if status is None or r.status.value == status
    }


def facts(found):
    return {(f.body, f.property, f.value) for f in found.body_facts}


def test_members_of_the_global_body_are_not_members_of_the_national_one(corpus):
    _, found = corpus("un-network-iraq-tor-2020")
    members = [r for r in found.relations if r.relation.value == "member_of"]
    assert len(members) == 38
    assert {r.object_iri.rsplit("/", 1)[-1] for r in members} == {"un-network-on-migration"}


def test_a_mark_that_a_legend_explains_is_a_role(corpus):
    _, found = corpus("un-network-iraq-tor-2020")
    marked = {
        r.subject_iri.rsplit("/", 1)[-1] for r in found.relations if r.relation.value == "executive_committee_member_of"
    }
    assert {"desa", "ilo", "iom", "ohchr", "unicef", "undp", "unhcr", "unodc"} <= marked
    assert len(marked) == 9


def test_members_of_a_predecessor_are_former_and_not_its_successors(corpus):
    _, found = corpus("ibc-arab-region-tor-2020")
    group = "Working Group on International Migration in the Arab Region"
    of_group = [r for r in found.relations if r.object == group and r.relation.value == "member_of"]
    assert len(of_group) >= 18
    assert {r.status.value for r in of_group} == {"former"}
    assert not [
        r
        for r in found.relations
        if r.relation.value == "member_of" and r.subject == "World Food Programme" and r.object != group
    ]


NGO, FORUM = "Migrant Solidarity Platform in Ghana", "Returnee Support Forum"
COMMISSION, BUREAU = "National Commission for Migrants of Moldova", "Bureau for Migration and Asylum"
FUND, ECOWAS = "Sahel Mobility Trust Fund", "Economic Community of West African States"


@pytest.mark.parametrize(
    ("stem", "status", "expected"),
    [
        ("ngo-platform", "current", (NGO, "established_by", "Oxfam")),
        ("ngo-platform", "current", (NGO, "successor_of", FORUM)),
        ("ngo-platform", "former", ("Ministry of the Interior", "member_of", FORUM)),
        ("ngo-platform", "current", ("Oxfam", "chair_of", NGO)),
        ("ngo-platform", "current", ("Ghana Red Cross Society", "co_chair_of", NGO)),
        ("ngo-platform", "current", ("Coastal Women's Association", "member_of", NGO)),
        ("ngo-platform", "current", ("Oxfam", "secretariat_of", NGO)),
        ("ngo-platform", "current", (NGO, "reports_to", "National Migration Council of Ghana")),
        ("ngo-platform", "current", ("Ministry of the Interior", "government_counterpart_of", NGO)),
        ("national-commission", "current", (COMMISSION, "established_by", "Government of Moldova")),
        ("national-commission", "current", (COMMISSION, "part_of", "Prime Minister's Office")),
        ("national-commission", "current", ("Congress of Local Authorities", "member_of", COMMISSION)),
        ("national-commission", "current", ("Minister of Internal Affairs", "chair_of", COMMISSION)),
        ("national-commission", "current", (BUREAU, "secretariat_of", COMMISSION)),
        ("national-commission", "current", (BUREAU, "co_lead_of", "Technical Working Group on Return")),
        ("national-commission", "current", (COMMISSION, "partner_of", "European Union")),
        ("trust-fund", "current", (FUND, "established_by", ECOWAS)),
        ("trust-fund", "current", (ECOWAS, "co_chair_of", "Steering Committee")),
        ("trust-fund", "current", ("Government of Niger", "member_of", "Steering Committee")),
        ("trust-fund", "current", ("United Nations Development Programme", "secretariat_of", FUND)),
        ("trust-fund", "current", (FUND, "partner_of", "International Organization for Migration")),
    ],
)
def test_relations_in_documents_of_other_kinds(invented, stem, status, expected):
    _, found = invented(stem)
    assert expected in triples(found, status=status)


def test_a_call_to_join_a_convention_is_not_a_party_yet(invented):
    _, found = invented("ngo-platform")
    party = [r for r in found.relations if r.relation.value == "party_to"]
    assert [(r.subject, r.status.value) for r in party] == [("Government of Ghana", "proposed")]


def test_an_observer_is_no_member(invented):
    _, found = invented("ngo-platform")
    assert not [t for t in triples(found) if t[0] == "International Organization for Migration" and t[1] == "member_of"]


def test_who_only_may_serve_holds_no_role(reading):
    _, found = reading("# Terms of Reference of the River Forum\n\nUNICEF may serve as chair of the River Forum.\n")
    assert not [t for t in triples(found) if t[1] == "chair_of"]


def test_meetings_with_chairs_of_their_own_do_not_make_them_chairs_of_the_body(corpus):
    _, found = corpus("un-network-iraq-tor-2020")
    chairs = {r.object for r in found.relations if r.relation.value == "co_chair_of"}
    assert chairs == {"biannual meetings"}


@pytest.mark.parametrize(
    ("stem", "expected"),
    [
        ("ngo-platform", (NGO, "established_date", "2016-06")),
        ("ngo-platform", (NGO, "meeting_frequency", "every two months")),
        ("ngo-platform", ("Steering Committee", "meeting_frequency", "once a month")),
        ("national-commission", (COMMISSION, "meeting_frequency", "twice a year")),
        ("national-commission", (COMMISSION, "decision_rule", "simple majority")),
        ("trust-fund", (FUND, "launched_date", "2019-05-03")),
        ("trust-fund", ("Steering Committee", "decision_rule", "consensus")),
    ],
)
def test_facts_about_bodies(invented, stem, expected):
    _, found = invented(stem)
    assert expected in facts(found)


def test_every_relation_says_why(corpus):
    _, found = corpus("ibc-arab-region-tor-2020")
    assert all(r.reason.method.startswith("pattern:") and 0 < r.reason.confidence <= 1 for r in found.relations)
