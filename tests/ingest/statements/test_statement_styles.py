"""Sentences and documents in styles that the corpus does not have: the guard against rules that fit five documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.bodies import find_bodies
from ingest.read import read_source
from ingest.segment import segment
from ingest.statements import find_statements
from ontology.document import Document
from ontology.model import Statement
from ontology.vocabulary import load_vocabulary
from tests.ingest.statements.documents import ANNOTATED
from tests.ingest.statements.styles import ITEMS, LATER, SENTENCES


def statements(folder: Path, text: str) -> tuple[Document, tuple[Statement, ...]]:
    path = folder / "sample.md"
    path.write_text(text, encoding="utf-8")
    document = segment(read_source(path))
    return document, find_statements(document, find_bodies(document, load_vocabulary()))


@pytest.mark.parametrize(
    ("title", "heading", "sentence", "kind", "modality"), [*SENTENCES, *LATER], ids=lambda v: v[:60]
)
def test_a_sentence_has_the_type_and_modality_that_a_reader_gives(
    tmp_path: Path, title: str, heading: str, sentence: str, kind: str, modality: str
) -> None:
    _, found = statements(tmp_path, f"# {title}\n\n## {heading}\n\n{sentence}\n")
    assert len(found) == 1
    assert found[0].evidence.quote == sentence
    assert found[0].type.value in kind.split("|")
    assert (found[0].modality or "none") in modality.split("|")


@pytest.mark.parametrize(("title", "heading", "lead", "item", "kind", "modality"), ITEMS)
def test_an_item_takes_type_and_modality_from_its_lead_in(
    tmp_path: Path, title: str, heading: str, lead: str, item: str, kind: str, modality: str
) -> None:
    _, found = statements(tmp_path, f"# {title}\n\n## {heading}\n\n{lead}\n\n- {item}\n- see to the second thing.\n")
    first = [s for s in found if s.evidence.quote == item.rstrip(";")]
    assert [s.type.value in kind.split("|") for s in first] == [True]
    assert (first[0].modality or "none") in modality.split("|")
    assert not [s for s in found if s.evidence.quote.startswith(lead.rstrip(":"))], "a lead-in is no statement"


def _agrees(value: str | None, wanted: str) -> bool:
    said = " ".join((value or "-").lower().split())
    return wanted == "?" or said in [w.lower() for w in wanted.split("|")]


@pytest.mark.parametrize("name", sorted(ANNOTATED))
def test_documents_annotated_before_the_first_run(tmp_path: Path, name: str) -> None:
    text, rows = ANNOTATED[name]
    _, found = statements(tmp_path, text)
    wrong = []
    for start, kind, modality, agent, addressee in rows:
        here = [s for s in found if " ".join(s.evidence.quote.split()).startswith(start)]
        if not here:
            wrong.append((start, "missed"))
            continue
        wrong += [
            (start, str(v))
            for v, w in (
                (here[0].type, kind),
                (here[0].modality, modality),
                (here[0].agent, agent),
                (here[0].addressee, addressee),
            )
            if not _agrees(v, w)
        ]
    assert len(found) == len(rows)
    assert len(wrong) <= 0.08 * 4 * len(rows), wrong


TABLE = """# Action Plan 2027 of the Lowland Council

## Actions

| No. | Action | Responsible | Deadline |
|---|---|---|---|
| 1 | Train guards in first aid | Ministry of Interior | 2026 |
| 2 | The Ministry of Health will open two clinics | Ministry of Health | 2027 |

## Acronyms

| LC | Lowland Council |
|---|---|
| RRR | Returns, Readmission and Reintegration |
"""


def test_rows_of_a_table_speak_through_the_cell_with_a_verb(tmp_path: Path) -> None:
    _, found = statements(tmp_path, TABLE)
    assert [(s.evidence.quote, s.type.value, s.modality, s.agent) for s in found] == [
        ("Train guards in first aid", "commitment", "infinitive", "Ministry of Interior"),
        ("The Ministry of Health will open two clinics", "commitment", "will", "Ministry of Health"),
    ]


@pytest.mark.parametrize(
    ("sentence", "agent", "addressee", "source"),
    [
        ("According to residents, buses should run at night.", "residents", None, None),
        ("The Government should ratify the treaty of Tessaly.", "?", "Government", "stated"),
        ("Participants urged employers to pay on time.", "Participants", "employers", "stated"),
        ("Shelters could be run by local associations.", "Participants", "local associations", "stated"),
        ("It is vital that schools hire interpreters.", "Participants", "schools", "stated"),
    ],
)
def test_who_asks_and_who_is_asked(
    tmp_path: Path, sentence: str, agent: str, addressee: str | None, source: str | None
) -> None:
    head = "# Report of the Consultation in Tessaly\n\n## Discussion\n\nParticipants noted that rents are high. "
    _, found = statements(tmp_path, head + sentence + "\n")
    assert len(found) == 2
    assert agent in ("?", found[1].agent)
    assert (found[1].addressee or "").lower().endswith((addressee or "").lower())
    assert (found[1].addressee is None) == (addressee is None)
    assert found[1].addressee_source == source
