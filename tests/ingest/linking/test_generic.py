"""References to publications and talk of the Compact at large claim no objective; what looks like them may."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.linking import Linker
from ingest.linking.generic import is_reference
from ingest.read import read_source
from ingest.segment import segment
from ontology.model import Annotated


@pytest.mark.parametrize(
    "text",
    [
        "Global Compact for Safe, Orderly and Regular Migration (operative paragraph 9): A/RES/73/195.",
        "Office of Examples (2017) Handbook on Counter-Trafficking and Shelters, Geneva.",
        "https://example.org/trafficking-shelters",
        "The platform on trafficking may be accessed online at <https://example.org/a>",
    ],
)
def test_a_reference_is_one(text: str) -> None:
    assert is_reference(text, note=True)


@pytest.mark.parametrize(
    "text",
    [
        "The agency has opened shelters for victims of trafficking (see A/HRC/31/35).",
        "Shelters for victims of trafficking and their children, run by the ministry since 2019.",
        "In 2020 (para 4) the banks were asked to lower the cost of remittances.",
    ],
)
def test_a_note_with_a_statement_is_none(text: str) -> None:
    assert not is_reference(text, note=True)


def test_only_notes_are_taken_for_citations() -> None:
    assert not is_reference("Shelters for Victims of Trafficking (2017)", note=False)


def test_footnotes_that_cite_get_no_links_and_those_that_tell_do(linker: Linker, tmp_path: Path) -> None:
    path = tmp_path / "document.md"
    path.write_text(
        "# Report\n\nThe room was full[^1] and the hall was empty[^2].\n\n"
        "[^1]: Office of Examples (2017) Handbook on Shelters for Victims of Trafficking, E/EX/2017/3.\n"
        "[^2]: The ministry will open shelters for victims of trafficking.\n", "utf-8",
    )
    document = Annotated(document=segment(read_source(path, slug="document")))
    linked = {(x.objective, x.evidence.quote.split()[0]) for x in linker.link_document(document).objectives}
    assert (10, "The") in linked
    assert not [word for _, word in linked if word == "Office"]


@pytest.mark.parametrize(
    "text",
    [
        "The UN Network on Migration will support the country team in implementing the Global Compact for Migration.",
        "Members of the Migration Network speak with one voice and raise funds for joint programmes on migration.",
        "Ensure coordinated support by the Network to follow-up and review of the GCM.",
    ],
)
def test_support_for_the_compact_is_no_cooperation_of_states(linker: Linker, text: str) -> None:
    (tagged,) = linker.tag([text])
    assert "23" not in tagged.objectives.accepted


@pytest.mark.parametrize(
    "text",
    [
        "Poorer countries shall receive financial and technical assistance to carry out the Compact for Migration.",
        "The Network will help States of the region to deepen bilateral cooperation on migration governance.",
    ],
)
def test_cooperation_of_states_is_found_beside_the_compact(linker: Linker, text: str) -> None:
    (tagged,) = linker.tag([text])
    assert "23" in tagged.objectives.accepted
