"""The corpus set anew as PDF, DOCX and HTML is read back: sentences, pages, heading paths, nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.read import read_source
from ingest.segment import segment
from ontology.document import Document, PassageKind
from tests.ingest.rendered.compare import compare
from tests.ingest.rendered.material import FILES, blocks, document
from tests.ingest.rendered.office import word_file
from tests.ingest.rendered.page import BOILERPLATE, web_page
from tests.ingest.rendered.typeset import STYLES, typeset

PAGED = pytest.mark.parametrize("style", STYLES)
EACH = pytest.mark.parametrize("file", FILES)


def read(raw: bytes, folder: Path, name: str) -> Document:
    path = folder / name
    path.write_bytes(raw)
    source = read_source(path)
    found = segment(source)
    assert all(source.text[p.start : p.end] == p.quote for p in found.passages)
    assert source.warnings == ()
    return found


@EACH
@PAGED
def test_pdf(file: str, style: str, tmp_path: Path) -> None:
    original = document(file)
    made = typeset(blocks(original), STYLES[style], title=original.metadata.title)
    score = compare(original, read(made.raw, tmp_path, "a.pdf"), pages=made.pages, crossing=made.crossing)
    assert score.recovered >= 0.98, score.missing
    assert score.crossing_found >= 0.75 * score.crossing, score.missing
    assert score.right_page >= 0.99 * score.paged
    assert score.paths >= 0.97, score.misplaced


@EACH
def test_docx(file: str, tmp_path: Path) -> None:
    original = document(file)
    found = read(word_file(blocks(original)), tmp_path, "a.docx")
    score = compare(original, found)
    assert score.recovered >= 0.98, score.missing
    assert score.paths == 1, score.misplaced
    assert all(p.page is None for p in found.passages)


@EACH
def test_html(file: str, tmp_path: Path) -> None:
    original = document(file)
    found = read(web_page(blocks(original), title=original.metadata.title), tmp_path, "a.html")
    score = compare(original, found)
    assert score.recovered >= 0.99, score.missing
    assert score.paths == 1, score.misplaced
    assert not any(phrase in found.source.text for phrase in BOILERPLATE)
    assert "script" not in found.source.text


@PAGED
def test_running_heads_and_page_numbers_are_no_prose(style: str, tmp_path: Path) -> None:
    original = document(FILES[0])
    made = typeset(blocks(original), STYLES[style], title="A Title at the Head of Every Page")
    found = read(made.raw, tmp_path, "a.pdf")
    heads = [p for p in found.passages if "Head of Every Page" in p.text]
    assert {p.kind for p in heads} == {PassageKind.CONTENTS}
    assert len(heads) == len(found.source.pages) - 1
    numbers = [p for p in found.passages if p.text.isdecimal()]
    assert [(p.kind, p.text, p.page) for p in numbers] == [
        (PassageKind.CONTENTS, str(n), n) for n in range(1, len(found.source.pages) + 1)
    ]


def test_notes_are_tied_to_their_marks(tmp_path: Path) -> None:
    original = document("un-network-iraq-tor-2020.md")
    made = typeset(blocks(original), STYLES["one column"], title=original.metadata.title)
    for raw, name in ((made.raw, "a.pdf"), (word_file(blocks(original)), "a.docx")):
        notes = [p for p in read(raw, tmp_path, name).passages if p.kind is PassageKind.FOOTNOTE]
        assert {"1", "2", "3"} <= {p.note for p in notes}
        assert "New York Declaration" in next(p.text for p in notes if p.note == "1")
