"""Readers: what a Word file and a web page show is in the text, what they hide is not, and nothing turns to markup."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.formats.docx_numbering import formatted
from ingest.formats.writer import TextWriter, escape, join_lines
from ingest.mend import mend
from ingest.read import read_source
from ingest.segment import passages_of, segment
from ontology.document import Passage, PassageKind, RegionKind, Source

Kind = PassageKind
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(folder: Path, *inner: str) -> tuple[Passage, ...]:
    """The passages of a Word file whose body is the given XML."""
    document = docx.Document()
    for xml in reversed(inner):
        document.element.body.insert(0, parse_xml(xml.replace(">", f" {_W}>", 1)))
    document.save(str(folder / "a.docx"))
    return segment(read_source(folder / "a.docx")).passages


def web(folder: Path, html: str) -> tuple[Passage, ...]:
    """The passages of a web page with the given body."""
    (folder / "a.html").write_text(f"<!DOCTYPE html><html><body>{html}</body></html>", "utf-8")
    return segment(read_source(folder / "a.html")).passages


def shown(passages: tuple[Passage, ...]) -> list[tuple[Kind, str | None, str]]:
    return [(p.kind, p.marker or p.note, p.text) for p in passages]


def test_deleted_and_hidden_words_are_left_out_and_inserted_ones_kept(tmp_path: Path) -> None:
    found = word(
        tmp_path,
        "<w:p><w:r><w:t>The Network will </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>secretly </w:t></w:r>"
        "<w:r><w:t>meet.</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>It meets in public.</w:t></w:r></w:p>",
    )
    assert [p.text for p in found] == ["The Network will always meet.", "It meets in public."]
    assert "1 tracked deletions" in read_source(tmp_path / "a.docx").warnings[0]


def test_word_numbers_its_lists_as_it_shows_them(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The members agree on these points:")
    for text in ("Share data.", "Meet twice a year."):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("They also plan more.", style="List Bullet")
    document.save(str(tmp_path / "a.docx"))
    items = [p for p in segment(read_source(tmp_path / "a.docx")).passages if p.kind is Kind.LIST_ITEM]
    assert [(p.marker, p.text, p.lead_in) for p in items][:2] == [
        ("1.", "Share data.", "The members agree on these points"),
        ("2.", "Meet twice a year.", "The members agree on these points"),
    ]
    assert items[2].marker == "•"


@pytest.mark.parametrize(
    ("number", "form", "mark"),
    [(4, "decimal", "4"), (4, "lowerRoman", "iv"), (3, "upperLetter", "C"), (28, "lowerLetter", "bb"), (7, "x", "7")],
)
def test_forms_of_numbers(number: int, form: str, mark: str) -> None:
    assert formatted(number, form) == mark


def test_cells_that_span_keep_the_columns(tmp_path: Path) -> None:
    cell = "<w:tc><w:tcPr>{0}</w:tcPr><w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc>"
    rows = [
        cell.format("", "Action") + cell.format('<w:gridSpan w:val="2"/>', "Who and when"),
        cell.format("", "Register | count") + cell.format("", "IOM") + cell.format("", "2024"),
    ]
    found = word(tmp_path, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert [p.cells for p in found if p.kind is Kind.TABLE_ROW] == [
        ("Action", "Who and when", ""), ("Register ¦ count", "IOM", "2024"),
    ]


def test_contents_captions_and_heads_of_a_word_file(tmp_path: Path) -> None:
    document = docx.Document()
    document.styles.add_style("toc 1", 1)
    document.add_paragraph("Strategy of the Network", style="Title")
    document.add_paragraph("Introduction\t3", style="toc 1")
    document.add_paragraph("Introduction", style="Heading 1")
    document.add_paragraph("The Network will meet.")
    document.add_paragraph("Figure 1 Members by region", style="Caption")
    document.sections[0].header.paragraphs[0].text = "Restricted distribution"
    document.save(str(tmp_path / "a.docx"))
    found = segment(read_source(tmp_path / "a.docx")).passages
    assert [(p.kind, p.text) for p in found] == [
        (Kind.HEADING, "Strategy of the Network"), (Kind.CONTENTS, "Introduction 3"), (Kind.HEADING, "Introduction"),
        (Kind.SENTENCE, "The Network will meet."), (Kind.CAPTION, "Figure 1 Members by region"),
        (Kind.CONTENTS, "Restricted distribution"),
    ]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    document = docx.Document()
    paragraph = document.add_paragraph("The text around the box.")
    for _ in range(2):
        paragraph._p.append(OxmlElement("w:r"))
    box = OxmlElement("w:txbxContent")
    inner = docx.Document().add_paragraph("The words in the box.")._p
    box.append(inner)
    paragraph._p.findall(qn("w:r"))[-1].append(box)
    document.save(buffer)
    (tmp_path / "a.docx").write_bytes(buffer.getvalue())
    assert [p.text for p in segment(read_source(tmp_path / "a.docx")).passages] == [
        "The text around the box.", "The words in the box.",
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h1>Report</h1><ol start=3 type=a><li>One thing.<li>Another thing.</ol>",
         [(Kind.HEADING, None, "Report"), (Kind.LIST_ITEM, "c.", "One thing."),
          (Kind.LIST_ITEM, "d.", "Another thing.")]),
        ("<h1>Report</h1><p>Migrants<sup>1</sup> have rights.</p><p><sup>1</sup> See the glossary.</p>",
         [(Kind.HEADING, None, "Report"), (Kind.SENTENCE, None, "Migrants have rights."),
          (Kind.FOOTNOTE, "1", "See the glossary.")]),
        ("<h1>Report</h1><p hidden>Not shown.</p><p style='display:none'>Nor this.</p><p>Shown here.</p>",
         [(Kind.HEADING, None, "Report"), (Kind.SENTENCE, None, "Shown here.")]),
        ("<h1>Report</h1><p>Before.</p><table><tr><td><p>Only for the looks.</p></td></tr></table>",
         [(Kind.HEADING, None, "Report"), (Kind.SENTENCE, None, "Before."),
          (Kind.SENTENCE, None, "Only for the looks.")]),
    ],
    ids=["numbers", "notes", "hidden", "layout-table"],
)
def test_what_a_page_shows(tmp_path: Path, html: str, expected: list[tuple[Kind, str | None, str]]) -> None:
    assert shown(web(tmp_path, html)) == expected


def test_a_page_without_a_heading_takes_its_title(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        "<html><head><title>Review of Progress | Site</title></head><body><p>Work went on.</p></body></html>", "utf-8"
    )
    assert segment(read_source(tmp_path / "a.html")).metadata.title == "Review of Progress"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Zl", "Zp"]), max_size=60))
@example("0__")
@example("a__b_ _c__")
def test_no_text_turns_to_markup(text: str) -> None:
    """What is escaped and mended reads as it was, but for white space."""
    written = escape(text)
    plain = " ".join(text.split())
    if not any(mark in plain for mark in "\\⁰¹²³⁴⁵⁶⁷⁸⁹"):
        assert mend(written) == plain
    writer = TextWriter()
    writer.heading(1, [(1, "Title of It")])
    writer.paragraph([(1, escape(f"a {text} b.")), (2, "and more.")])
    writer.marked(RegionKind.FURNITURE, [(2, "Page two")])
    source = Source("a", "a", "a", "0", "application/pdf", writer.text, writer.pages, (), writer.regions)
    found = passages_of(source)
    assert all(source.text[p.start : p.end] == p.quote for p in found)
    assert (found[-1].kind, found[-1].text, found[-1].page) == (Kind.CONTENTS, "Page two", 2)


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("the imple-", "mentation of it"), "the implementation of it"),
        (("a people-", "centred way"), "a people-centred way"),
        (("since COVID-", "19 began"), "since COVID-19 began"),
        (("in 2022–", "2024 and"), "in 2022–2024 and"),
        (("of migration", "and of"), "of migration and of"),
    ],
)
def test_words_over_a_line_end(lines: tuple[str, ...], text: str) -> None:
    assert mend(join_lines(lines)) == text
