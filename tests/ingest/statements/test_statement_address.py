"""Who asks, who is asked and who acts: by the grammar, by the layout, in spite of asides."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.bodies import find_bodies
from ingest.read import read_source
from ingest.segment import segment
from ingest.statements import find_statements
from ontology.model import AddresseeSource, Statement
from ontology.vocabulary import load_vocabulary

REPORT = "# Report of the consultation with market women in Togo\n\n"
TERMS = "# UN Network on Migration in Togo: Terms of Reference\n\n"
MINUTES = "# Minutes of the third meeting of the Coastal Task Force\n\n"


def statements(folder: Path, text: str) -> tuple[Statement, ...]:
    path = folder / "note.md"
    path.write_text(text, "utf-8")
    document = segment(read_source(path))
    return find_statements(document, find_bodies(document, load_vocabulary()))


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("## Recommendations\n\nTo the Government of Togo:\n\n- Renew the cards.\n", "Government of Togo"),
        ("## What we ask of employers\n\n- Issue contracts in writing.\n", "employers"),
        ("## Recommendations\n\n- For IOM: print the form in Ewe.\n", "International Organization for Migration"),
        ("It would be good if the consulates shared their lists.\n", "consulates"),
        ("Participants called on the Ministry of Health to open a clinic.\n", "Ministry of Health"),
        ("Participants in the port called on the Ministry of Health to open a clinic.\n", "Ministry of Health"),
        ("Hotels should print contracts in Ewe.\n", "Hotels"),
    ],
)  # fmt: skip
def test_who_is_asked(tmp_path, text, addressee):
    found = [s for s in statements(tmp_path, REPORT + text) if s.type.value == "recommendation"]
    assert [(s.addressee, s.addressee_source) for s in found] == [(addressee, AddresseeSource.STATED)]


@pytest.mark.parametrize(
    ("text", "agent"),
    [
        ("The Steering Committee (IOM, UNHCR), chaired by UNHCR, will meet every month.", "Steering Committee"),
        ("The Fishers' Fund, managed by the Ministry of Finance, shall pay for boats.", "Fishers' Fund"),
        ("Donors should bring their projects into line with the plan.", "UN Network on Migration in Togo"),
    ],
)  # fmt: skip
def test_an_aside_does_not_act_and_who_is_asked_does_not_ask(tmp_path, text, agent):
    (found,) = statements(tmp_path, f"{TERMS}{text}\n")
    assert found.agent == agent


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- IOM and UNHCR to share the draft by 3 May.", "commitment"),
        ("The Legal Group is due to publish a guide in April.", "commitment"),
        ("Please send your comments within two weeks.", "recommendation"),
        ("The recognition of titles needs to be quicker.", "recommendation"),
        ("The clinic had to close in May.", "observation"),
    ],
)
def test_tasks_requests_and_what_had_to_be(tmp_path, text, kind):
    found = statements(tmp_path, f"{MINUTES}## Points\n\n{text}\n")
    assert [s.type.value for s in found] == [kind]


def test_an_entry_of_a_list_of_names_says_nothing(tmp_path):
    text = "## Functions\n\nThese shall appoint a member:\n\n- the Ministry of Justice;\n- the Ministry of Health.\n"
    assert not statements(tmp_path, TERMS + text)
