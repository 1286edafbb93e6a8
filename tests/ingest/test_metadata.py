"""What is read off a document about itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_source
from ingest.segment import segment
from ontology.document import DocumentType, Metadata, Source

CORPUS = Path(__file__).parents[2] / "corpus"


def read(text: str, name: str = "a.md") -> Metadata:
    return segment(Source(name, name, "a", "0", "text/markdown", text)).metadata


@pytest.mark.parametrize(
    ("name", "kind", "date", "publisher", "scope"),
    [
        ("ibc-arab-region-tor-2020", "terms_of_reference", "2020-12-10", "Issue Based Coalition on", ("Arab region",)),
        ("iom-iraq-strategy-2022-2024", "strategy", "2022", "International Organization for Migration", ("IRQ",)),
        ("iraq-outreach-report-2021", "outreach_report", "2021-02-18", "IOM Iraq", ("IRQ",)),
        ("un-network-iraq-tor-2020", "terms_of_reference", "2020-12", "UN Network on Migration in Iraq", ("IRQ",)),
        ("un-network-kazakhstan-tor", "terms_of_reference", None, "United Nations (UN) Network on", ("KAZ",)),
    ],
)
def test_the_corpus_describes_itself(
    name: str, kind: str, date: str | None, publisher: str, scope: tuple[str, ...]
) -> None:
    metadata = segment(read_source(CORPUS / f"{name}.md")).metadata
    assert (metadata.type, metadata.date, metadata.scope, metadata.language) == (kind, date, scope, "en")
    assert (metadata.publisher or "").startswith(publisher)


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("# Work Plan\n\nAdopted on 3 May 2019\n\nText follows here.", "date", "2019-05-03"),
        ("# Work Plan\n\nMarch 2019\n\nText follows here.", "date", "2019-03"),
        ("# Work Plan 2019–2021\n\nText follows here.", "date", "2019"),
        ("# Plan\n\nIn 1951 it began. It met in May 2003.", "date", None),
        ("# Plan\n\nVersion 2.1, June 2020\n\nText.", "version", "Version 2.1, June 2020"),
        ("# Plan d'action\n\nLe groupe est chargé de la gestion des migrations dans la région.", "language", "fr"),
        ("# Informe\n\nEl grupo se reúne para que los migrantes y las personas estén en la región.", "language", "es"),
        ("# خطة\n\nتجتمع المجموعة كل شهر.", "language", "ar"),
        ("# National Action Plan on Return\n\nText.", "type", DocumentType.ACTION_PLAN),
        ("# Voluntary GCM Review\n\nText.", "type", DocumentType.REVIEW),
        ("# Terms of Reference of the Steering Group\n\nText.", "publisher", "Steering Group"),
        ("Working Group on Data\n\nTerms of Reference\n\nText is here.", "publisher", "Working Group on Data"),
        ("# Guide\n\n© 2018 Office of Examples\n\nText.", "publisher", "Office of Examples"),
        ("# Migration in Southern Africa\n\nText.", "scope", ("Southern Africa",)),
        ("# MIGRATION PLAN OF TÜRKİYE\n\nText.", "scope", ("TUR",)),
        ("# Plan of Guinea-Bissau and the Niger\n\nText.", "scope", ("GNB", "NER")),
        ("# Plan for Chadwick and Malian towns\n\nText.", "scope", ()),
        ("# Our Mandate\n\nText.", "title", "Our Mandate"),
        ("It rains a lot here.", "title", "a"),
    ],
)
def test_fields_by_general_rules(text: str, field: str, value: object) -> None:
    assert getattr(read(text), field) == value
