"""Resolutions, conventions, laws and strategies that a document names."""

from __future__ import annotations

import pytest

from ingest.instruments import find_instruments
from ontology.vocabulary import load_vocabulary


def found_in(document):
    return find_instruments(document, load_vocabulary())


def names(items):
    return {n for i in items for n in (i.name, i.identifier, *i.aliases) if n}


def test_a_note_mark_printed_into_a_symbol_is_mended(corpus):
    document, _ = corpus("un-network-iraq-tor-2020")
    identifiers = {i.identifier for i in found_in(document)}
    assert {"A/RES/73/326", "A/RES/73/195", "A/RES/71/1"} <= identifiers
    assert not any(i and " " in i and i.startswith("A/") for i in identifiers)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It follows General Assembly resolution 71/243.", "A/RES/71/243"),
        ("In 2014 it ratified the Convention on the Rights of Persons with Disabilities.",
         "Convention on the Rights of Persons with Disabilities"),
        ("See the 1951 Refugee Convention and its 1967 Protocol.", "1967 Protocol"),
        ("The Border Crossing Act of 2012 applies.", "Border Crossing Act of 2012"),
        ("Law No. 200 of 2010 on Foreigners applies.", "Law No. 200 of 2010"),
        ("The National Strategy for Lake Ports (2020-2024) says so.", "National Strategy for Lake Ports"),
        ("The New York Declaration for Refugees and Migrants came first.",
         "New York Declaration for Refugees and Migrants"),
        ("SDG target 10.7 asks for it.", "10.7"),
    ],
)  # fmt: skip
def test_instruments_by_form_and_number(reading, text, expected):
    document, _ = reading(f"# A report\n\n{text}\n")
    assert expected in names(found_in(document))


def test_short_and_long_name_are_one_instrument(reading):
    document, _ = reading(
        "# A report\n\nThe Global Compact for Safe, Orderly and Regular Migration (GCM) came first. "
        "The GCM is not binding.\n"
    )
    assert len(found_in(document)) == 1


@pytest.mark.parametrize(
    "text", ["The plan failed.", "A review of the law is due.", "The International Migration Review Forum met."]
)
def test_common_words_and_bodies_are_no_instruments(reading, text):
    document, _ = reading(f"# A report\n\n{text}\n")
    assert not found_in(document)


@pytest.mark.parametrize(
    "stem", ["un-network-iraq-tor-2020", "iraq-outreach-report-2021", "iom-iraq-strategy-2022-2024"]
)
def test_quotes_are_exact(corpus, stem):
    document, _ = corpus(stem)
    text = document.source.text
    assert all(text[i.evidence.start : i.evidence.end] == i.evidence.quote != "" for i in found_in(document))
