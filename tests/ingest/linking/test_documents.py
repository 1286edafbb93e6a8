"""Links of whole documents: headings that govern, own numberings, tables, evidence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ingest.linking import Linker, Links
from ingest.read import read_source
from ingest.segment import segment
from ontology.document import PassageKind
from ontology.model import Annotated, LinkMethod, ObjectiveLink, PrincipleLink, SdgLink

CORPUS = Path(__file__).parents[3] / "corpus"


def annotated(path: Path) -> Annotated:
    return Annotated(document=segment(read_source(path, slug="document")))


def linked(linker: Linker, folder: Path, text: str) -> tuple[Annotated, Links]:
    path = folder / "document.md"
    path.write_text(text, "utf-8")
    document = annotated(path)
    return document, linker.link_document(document)


@pytest.fixture(scope="module")
def outreach(linker: Linker) -> tuple[Annotated, Links]:
    document = annotated(CORPUS / "iraq-outreach-report-2021.md")
    return document, linker.link_document(document)


@pytest.mark.parametrize(
    ("group", "numbers"),
    [
        ("Group 1", {2, 5, 6, 12, 18}),
        ("Group 2", {4, 8, 9, 10, 11, 13, 21}),
        ("Group 3", {14, 15, 16, 19, 20, 22}),
        ("Group 4", {1, 3, 7, 17, 23}),
    ],
)
def test_the_groups_of_the_report_carry_the_numbers_of_their_headings(
    outreach: tuple[Annotated, Links], group: str, numbers: set[int]
) -> None:
    document, links = outreach
    (heading,) = (
        p for p in document.document.passages if p.kind is PassageKind.HEADING and p.text.startswith(group)
    )
    on = [link for link in links.objectives if link.evidence.passage == heading.index]
    assert {link.objective for link in on} == numbers
    assert {(link.strength, link.method) for link in on} == {(3, LinkMethod.EXPLICIT)}


def test_every_link_quotes_the_document(outreach: tuple[Annotated, Links]) -> None:
    document, links = outreach
    text = document.document.source.text
    every: list[ObjectiveLink | SdgLink | PrincipleLink] = [*links.objectives, *links.sdgs, *links.principles]
    assert every
    assert all(text[link.evidence.start : link.evidence.end] == link.evidence.quote for link in every)
    assert all(0 <= link.reason.confidence <= 1 and link.reason.note for link in every)


def test_a_heading_is_a_prior_and_no_proof(linker: Linker, tmp_path: Path) -> None:
    document, links = linked(
        linker, tmp_path,
        "# Report\n\n## Review of GCM objectives 9, 13 and 14\n\nConsulates should visit detained nationals.\n\n"
        "The room was full.\n",
    )
    by_text = {p.text: {x.objective: x for x in links.objectives if x.evidence.passage == p.index}
               for p in document.document.passages}
    assert by_text["Consulates should visit detained nationals."][14].strength >= 2
    assert {n: x.strength for n, x in by_text["The room was full."].items()} == {9: 1, 13: 1, 14: 1}
    assert {x.method for x in by_text["The room was full."].values()} == {LinkMethod.INHERITED}


def test_a_numbering_of_the_documents_own_is_not_the_compacts(linker: Linker, tmp_path: Path) -> None:
    _, links = linked(
        linker, tmp_path,
        "# Strategy of the agency\n\nThe strategy supports the GCM.\n\n## Objective 10: Better offices\n\n"
        "Under objective 10 the roof will be mended.\n\n## Objective 11: Happy staff\n\n"
        "Objective 11 needs a canteen.\n",
    )
    assert not [x for x in links.objectives if x.method is LinkMethod.EXPLICIT]


def test_columns_of_a_table_say_what_their_numbers_are(linker: Linker, tmp_path: Path) -> None:
    document, links = linked(
        linker, tmp_path,
        "# Plan\n\n| No. | Activity | By | GCM | SDG |\n|---|---|---|---|---|\n"
        "| 1 | Train staff | 2027 | 6, 10 | 8.8 |\n| 2 | Print forms | 2028 | 4 | 5.2, 16.9 |\n",
    )
    rows = [p.index for p in document.document.passages if p.kind is PassageKind.TABLE_ROW][1:]
    objectives = [sorted(x.objective for x in links.objectives if x.evidence.passage == row) for row in rows]
    sdgs = [sorted(x.sdg for x in links.sdgs if x.evidence.passage == row) for row in rows]
    assert objectives == [[6, 10], [4]]
    assert sdgs == [["8.8"], ["16.9", "5.2"]]


def test_a_document_without_prose_has_no_links(linker: Linker, tmp_path: Path) -> None:
    _, links = linked(linker, tmp_path, "# Names\n\n- A\n- B\n")
    assert links == Links()


@pytest.mark.parametrize("text", ["42\n", "![](map.png)\n", "# T\n\n---\n", "* * *\n\n1\n"])
def test_a_document_of_hardly_anything_has_no_links(linker: Linker, tmp_path: Path, text: str) -> None:
    _, links = linked(linker, tmp_path, text)
    assert links == Links()


def test_a_scheme_judges_no_texts(linker: Linker) -> None:
    nothing = np.zeros((0, 384))
    for scheme in (linker.objectives, linker.sdgs, linker.principles):
        assert scheme.judge(nothing, [], []) == []
        assert scheme.probabilities(nothing, []).shape == (0, len(scheme.scheme.keys))
