"""What "the Network" and the like stand for where they are used."""

from __future__ import annotations

import pytest


def passage_with(document, words):
    return next(p for p in document.passages if words in p.text)


@pytest.mark.parametrize(
    ("words", "phrase", "expected"),
    [
        ("In carrying out its mandate, the Network", "the Network", "un-network-on-migration"),
        ("The Network will take note of", "The Network", "un-network-migration-iraq"),
        ("The initial membership of the global Network", "the global Network", "un-network-on-migration"),
        ("The Network will meet on a quarterly basis", "the Network", "un-network-migration-iraq"),
        ("Facilitating the Network's support to the Gol", "Gol", "government-iraq"),
        ("the Coordinator will refer the matter", "the Coordinator", "iom"),
        ("The Secretariat will be responsible", "The Secretariat", "secretariat-of-un-network-migration-iraq"),
    ],
)
def test_short_forms_are_read_in_their_place(corpus, words, phrase, expected):
    document, found = corpus("un-network-iraq-tor-2020")
    resolved = found.resolve(passage_with(document, words), phrase)
    assert resolved is not None
    assert resolved.iri.endswith(f"/{expected}")


def test_a_pronoun_is_the_subject_of_the_sentence_before(corpus):
    document, found = corpus("un-network-iraq-tor-2020")
    resolved = found.resolve(passage_with(document, "It will place emphasis"), "It")
    assert resolved is not None
    assert resolved.iri.endswith("/un-network-on-migration")


def test_a_phrase_that_names_nobody_is_nobody(corpus):
    document, found = corpus("un-network-iraq-tor-2020")
    assert found.resolve(document.passages[5], "the harvest") is None


@pytest.mark.parametrize(
    ("stem", "words", "expected"),
    [
        ("un-network-iraq-tor-2020", "International Maritime Organization", "un-network-on-migration"),
        ("un-network-iraq-tor-2020", "Facilitating preparations", "un-network-migration-iraq"),
        ("ibc-arab-region-tor-2020", "groundbreaking resources", "international-working-group-migration-arab-region"),
        ("iom-iraq-strategy-2022-2024", "IOM distributes cash", "iom-iraq"),
    ],
)
def test_the_focus_is_what_the_section_speaks_of(corpus, stem, words, expected):
    document, found = corpus(stem)
    focus = found.focus(passage_with(document, words).index)
    assert focus is not None
    assert focus.iri.endswith(f"/{expected}")


def test_a_decree_speaks_of_the_body_that_it_founds(invented):
    document, found = invented("national-commission")
    focus = found.focus(document.passages[-1].index)
    assert focus is not None
    assert focus.acronym == "NCM"
