"""Which bodies a document names, and that the variants of a name are one body."""

from __future__ import annotations

import pytest

from ontology.model import BodyType


def names(found):
    return {n for b in found.bodies for n in (b.name, b.acronym, *b.aliases) if n}


def body(found, name):
    return next(b for b in found.bodies if name in (b.name, b.acronym, *b.aliases))


def test_an_acronym_that_the_document_defines_is_the_body_and_so_is_its_misprint(reading):
    _, found = reading(
        "# Note on Iraq\n\nThe Government of Iraq (GoI) met the Ministry of Interior (Mol). "
        "Later the Gol agreed, and so did MoI.\n"
    )
    assert body(found, "Gol").iri == body(found, "GoI").iri == body(found, "Government of Iraq").iri
    assert body(found, "MoI").iri == body(found, "Mol").iri


@pytest.mark.parametrize(
    ("text", "expected", "kind"),
    [
        (
            "The Ministry of Labour, Invalids and Social Affairs replied.",
            "Ministry of Labour, Invalids and Social Affairs",
            BodyType.MINISTRY,
        ),
        (
            "We met the National Task Force on Returns in Ghana.",
            "National Task Force on Returns in Ghana",
            BodyType.COORDINATION_MECHANISM,
        ),
        ("The Joint Border and Ports Commission met.", "Joint Border and Ports Commission", BodyType.GOVERNMENT),
        ("Ask the Lakeside Diaspora Trust Fund for help.", "Lakeside Diaspora Trust Fund", BodyType.FUND),
        (
            "The Shelter and Settlements Cluster met.",
            "Shelter and Settlements Cluster",
            BodyType.COORDINATION_MECHANISM,
        ),
        ("The Embassy of Kenya in Cairo opened.", "Embassy of Kenya in Cairo", BodyType.GOVERNMENT),
        ("The UN Network on Migration in Kenya met.", "UN Network on Migration in Kenya", BodyType.UN_NETWORK),
        (
            "They asked the Office of the State Adviser on Borders.",
            "Office of the State Adviser on Borders",
            BodyType.GOVERNMENT,
        ),
    ],
)
def test_a_body_that_is_in_no_registry_is_known_by_its_form(reading, text, expected, kind):
    _, found = reading(f"# A report\n\n{text}\n")
    assert body(found, expected).type is kind


@pytest.mark.parametrize(
    "text",
    [
        "The Displacement Tracking Matrix (DTM) and its Complaint and Feedback Mechanisms (CFM) are systems.",
        "Gender Based Violence (GBV) and Water, Sanitation and Hygiene (WASH) are concepts.",
        "The National Referral Strategy and the Labour Law of 2015 are instruments.",
        "Migrants and women were interviewed.",
    ],
)
def test_what_is_no_body_is_left_out(reading, text):
    _, found = reading(f"# A report\n\n{text}\n")
    assert not found.bodies


def test_a_table_of_acronyms_gives_its_bodies_and_no_concepts(corpus):
    _, found = corpus("iom-iraq-strategy-2022-2024")
    assert {"Border Points Commission", "Joint Crisis Coordination Center", "Norwegian Refugee Council"} <= names(found)
    assert not {"DTM", "GBV", "WASH", "SSR", "MHPSS"} & names(found)


def test_word_order_and_place_make_no_new_body_within_or_across_documents(corpus):
    _, terms = corpus("un-network-iraq-tor-2020")
    _, strategy = corpus("iom-iraq-strategy-2022-2024")
    iri = body(terms, "UN Migration Network in Iraq").iri
    assert (
        iri == body(terms, "UN Network on Migration in Iraq").iri == body(strategy, "Iraq UN Network on Migration").iri
    )
    assert iri != body(terms, "global UN Network on Migration").iri


def test_ministries_of_two_countries_are_two_bodies(reading):
    _, kenya = reading("# Kenya: a note\n\nThe Ministry of Interior of Kenya replied.\n")
    _, ghana = reading("# Ghana: a note\n\nThe Ministry of Interior replied.\n")
    assert kenya.bodies[0].iri != next(b for b in ghana.bodies if b.type is BodyType.MINISTRY).iri


def test_registered_bodies_keep_their_iri(corpus):
    _, found = corpus("un-network-iraq-tor-2020")
    assert body(found, "IOM").iri.endswith("/body/iom")
    assert body(found, "IOM").registered
    assert not body(found, "MoMD").registered


def test_populations_count_only_among_organised_groups(reading):
    _, listed = reading("# A note\n\nWe invited migrants, civil society, trade unions and the media.\n")
    _, spoken_of = reading("# A note\n\nMigrants need papers, and civil society helps.\n")
    assert "Migrants" in names(listed)
    assert "Migrants" not in names(spoken_of)


@pytest.mark.parametrize(
    "stem",
    [
        "un-network-iraq-tor-2020",
        "ibc-arab-region-tor-2020",
        "iraq-outreach-report-2021",
        "iom-iraq-strategy-2022-2024",
        "un-network-kazakhstan-tor",
    ],
)
def test_every_quote_and_mention_stands_where_it_says(corpus, stem):
    document, found = corpus(stem)
    text = document.source.text
    facts = (*found.bodies, *found.relations, *found.body_facts)
    assert all(text[f.evidence.start : f.evidence.end] == f.evidence.quote != "" for f in facts)
    known = {b.iri for b in found.bodies}
    passages = {p.index: p for p in document.passages}
    for mention in found.mentions:
        passage = passages[mention.passage]
        assert mention.body in known
        assert passage.start <= mention.start < mention.end <= max(f.end for f in passage.fragments)


def test_brackets_of_a_document_are_not_taken_for_our_marks(reading):
    text = "⟦7⟧ is chaired by ⟦9⟧. ⟦1⟧ established the UN Network on Migration, of which IOM is a part."
    _, found = reading(text)
    assert {body.acronym for body in found.bodies} == {"IOM", "UNNM"}
    assert found.relations == ()
