"""What office files, web pages, PDFs and plain text hold beside paragraphs: a small document of our own for each."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.read import read_source
from ingest.segment import segment
from ontology.document import Passage, PassageKind
from ontology.errors import DocumentError, RejectionCode
from tests.ingest.test_formats import web, word

Kind = PassageKind


def texts(passages: tuple[Passage, ...]) -> list[str]:
    return [p.text for p in passages]


def rows(passages: tuple[Passage, ...]) -> list[tuple[str, ...]]:
    return [p.cells for p in passages if p.kind is Kind.TABLE_ROW]


def written(folder: Path, text: str, name: str = "a.txt") -> tuple[Passage, ...]:
    (folder / name).write_text(text, "utf-8")
    return segment(read_source(folder / name)).passages


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_cells_that_span_keep_the_columns_of_a_web_table(tmp_path: Path) -> None:
    found = web(
        tmp_path,
        "<p>The bodies meet as follows.</p><table><tr><th>Body</th><th>Meets</th><th>Chair</th></tr>"
        "<tr><td rowspan=2>Harbour council</td><td>Monthly</td><td>Mayor</td></tr>"
        "<tr><td>Yearly</td><td>Minister</td></tr>"
        "<tr><td colspan=2>Town council, weekly</td><td>Clerk</td></tr></table>",
    )
    assert rows(found)[1:] == [
        ("Harbour council", "Monthly", "Mayor"), ("Harbour council", "Yearly", "Minister"),
        ("Town council, weekly", "", "Clerk"),
    ]


def test_a_table_in_a_cell_is_read_once(tmp_path: Path) -> None:
    found = web(
        tmp_path,
        "<p>The bodies meet as follows.</p><table><tr><td>Outer one</td><td><table><tr><td>Inner one</td>"
        "<td>Inner two</td></tr></table></td></tr><tr><td>Outer two</td><td>Outer three</td></tr></table>",
    )
    whole = " ".join(texts(found))
    assert all(whole.count(words) == 1 for words in ("Outer one", "Inner one", "Inner two", "Outer two", "Outer three"))


def test_terms_and_their_definitions_stay_together(tmp_path: Path) -> None:
    found = web(
        tmp_path,
        "<p>These words are used.</p><dl><dt>Crew</dt><dd>All who work on a vessel.</dd><dt>Fee</dt><dd>What an agency "
        "asks for.</dd></dl><p>The list is open.</p>",
    )
    whole = " ".join(texts(found))
    assert whole.index("Crew") < whole.index("All who work") < whole.index("Fee") < whole.index("What an agency")


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Secret words.</p>", "<div style='display:none'>Secret words.</div>",
        "<p style='visibility: hidden'>Secret words.</p>", "<template><p>Secret words.</p></template>",
        "<noscript>Secret words.</noscript>", "<div aria-hidden=true>Secret words.</div>",
        "<select><option>Secret words.</option></select>", "<nav>Secret words.</nav>",
        "<div id=cookie-consent><p>Secret words.</p></div>", "<div role=dialog class='gdpr'>Secret words.</div>",
    ],
)
def test_what_a_page_hides_is_left_out(tmp_path: Path, hidden: str) -> None:
    found = web(tmp_path, f"<h1>Crews</h1><p>Crews are paid monthly.</p>{hidden}<p>Fees are published.</p>")
    assert "Secret" not in " ".join(texts(found))
    assert texts(found)[-1] == "Fees are published."


def test_lines_and_notes_of_a_web_page(tmp_path: Path) -> None:
    found = web(
        tmp_path,
        "<h1>Crews</h1><p>Harbour office<br>12 Quay Street<br>Northport</p><p>Crews are paid monthly.<sup>"
        "<a href='#n1'>1</a></sup> Fees are published.</p><hr><ol><li id=n1>Act of 2019, section 4.</li></ol>",
    )
    said = texts(found)
    assert "Crews are paid monthly." in said
    assert "Fees are published." in said
    assert not any("Street Northport Crews" in text or "StreetNorthport" in text for text in said)


def test_merged_cells_of_a_word_table(tmp_path: Path) -> None:
    found = word(
        tmp_path,
        f"<w:p>{run('The bodies meet as follows.')}</w:p>",
        "<w:tbl><w:tr>" + cell("Harbour council", '<w:vMerge w:val="restart"/>') + cell("Monthly") + "</w:tr><w:tr>"
        + cell("", "<w:vMerge/>") + cell("Yearly") + "</w:tr><w:tr>" + cell("Town council", '<w:gridSpan w:val="2"/>')
        + "</w:tr></w:tbl>",
    )
    assert rows(found) == [("Harbour council", "Monthly"), ("Harbour council", "Yearly"), ("Town council", "")]


def test_a_word_table_in_a_cell_is_read_once(tmp_path: Path) -> None:
    inner = "<w:tbl><w:tr>" + cell("Inner one") + cell("Inner two") + "</w:tr></w:tbl>"
    found = word(
        tmp_path,
        f"<w:p>{run('The bodies meet as follows.')}</w:p>",
        "<w:tbl><w:tr>" + cell("Outer one") + f"<w:tc>{inner}<w:p/></w:tc></w:tr><w:tr>" + cell("Outer two")
        + cell("Outer three") + "</w:tr></w:tbl>",
    )
    whole = " ".join(texts(found))
    assert all(whole.count(words) == 1 for words in ("Outer one", "Inner one", "Inner two", "Outer two", "Outer three"))


def test_links_symbols_fields_and_breaks_of_a_word_file(tmp_path: Path) -> None:
    found = word(
        tmp_path,
        f"<w:p>{run('Fees are shown at ')}<w:hyperlink>{run('the harbour')}</w:hyperlink>{run(' in ')}"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE \\@ "yyyy"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("2021")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run(" and before.") + "</w:p>",
        f"<w:p>{run('Crews')}<w:r><w:noBreakHyphen/></w:r>{run('owned boats are ')}<w:r><w:softHyphen/></w:r>"
        f"{run('free')}<w:r><w:sym w:font='Symbol' w:char='F02F'/></w:r>"
        f"{run('exempt.')}<w:r><w:tab/></w:r><w:commentReference/></w:p>",
    )
    assert texts(found) == ["Fees are shown at the harbour in 2021 and before.", "Crews-owned boats are free/exempt."]


def test_moved_words_stand_once_where_they_went(tmp_path: Path) -> None:
    found = word(
        tmp_path,
        f"<w:p>{run('Crews are paid monthly. ')}<w:moveFrom>{run('Fees are published. ')}</w:moveFrom></w:p>",
        f"<w:p>{run('The list is open. ')}<w:moveTo>{run('Fees are published.')}</w:moveTo></w:p>",
    )
    assert texts(found) == ["Crews are paid monthly.", "The list is open.", "Fees are published."]


def test_a_ruby_or_equation_leaves_the_sentence_whole(tmp_path: Path) -> None:
    maths = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    found = word(
        tmp_path,
        f"<w:p>{run('The share is ')}<m:oMath {maths}><m:r><m:t>n = 5</m:t></m:r></m:oMath>{run(' of crews.')}</w:p>",
    )
    assert texts(found) == ["The share is n = 5 of crews."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Crews and fees\n==============\n\nCrews are paid monthly.\n", (Kind.HEADING, "Crews and fees")),
        ("Harbour\n\n1. PURPOSE\n\nCrews are paid monthly.\n\n2. FEES\n\nFees are published.\n",
         (Kind.HEADING, "2. FEES")),
        ("Harbour\n\nCrews are paid monthly and\nnot by the week, as the act of\n2019 has it.\n",
         (Kind.SENTENCE, "Crews are paid monthly and not by the week, as the act of 2019 has it.")),
        ("---\ntitle: Crews\ndate: 2021-03-04\n---\n\n# Crews\n\nThey are paid monthly.\n",
         (Kind.SENTENCE, "They are paid monthly.")),
        ("# Crews\n\nThey are paid monthly.[^a]\n\n[^a]: Act of 2019.\n", (Kind.FOOTNOTE, "Act of 2019.")),
        ("# Crews\n\n<div class='note'>\n\nThey are paid monthly.\n\n</div>\n",
         (Kind.SENTENCE, "They are paid monthly.")),
        ("# Crews\n\nThey are paid <!-- a secret --> monthly.\n", (Kind.SENTENCE, "They are paid monthly.")),
    ],
    ids=["underlined", "numbered", "wrapped", "front matter", "note", "html block", "comment"],
)
def test_plain_text_and_markdown(tmp_path: Path, text: str, expected: tuple[Kind, str]) -> None:
    assert expected in [(p.kind, p.text) for p in written(tmp_path, text)]


def test_front_matter_is_no_prose(tmp_path: Path) -> None:
    found = written(tmp_path, "---\ntitle: Crews\nauthor: Harbour council\n---\n\n# Crews\n\nThey are paid monthly.\n")
    assert not [p for p in found if p.kind is Kind.SENTENCE and "author" in p.text]


def page_of(*lines: tuple[float, float, str], turn: int = 0) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    if turn:
        canvas.setPageRotation(turn)
    canvas.setFont("Helvetica", 10)
    for x, y, line in lines:
        canvas.drawString(x, y, line)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def read_pdf(folder: Path, raw: bytes) -> tuple[Passage, ...]:
    (folder / "a.pdf").write_bytes(raw)
    return segment(read_source(folder / "a.pdf")).passages


SAID = ("Crews are paid by the month and", "not by the week, as the act has it.")


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_that_are_turned(tmp_path: Path, turn: int) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.setPageRotation(turn)
    canvas.setFont("Helvetica", 10)
    if turn == 90:
        canvas.translate(595, 0)
    elif turn == 180:
        canvas.translate(595, 842)
    else:
        canvas.translate(0, 842)
    canvas.rotate(turn)
    for number, line in enumerate(SAID):
        canvas.drawString(70, 500 - 13 * number, line)
    canvas.showPage()
    canvas.save()
    assert " ".join(SAID) in texts(read_pdf(tmp_path, out.getvalue()))


def test_three_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    columns = [[f"Here the {name} crew number {n} is" if n % 2 else "paid by the month, never late." for n in
                range(1, 21)] for name in ("north", "south", "west")]
    lines = [(40 + 180 * c, 760 - 13 * n, line) for c, column in enumerate(columns) for n, line in enumerate(column)]
    found = " ".join(texts(read_pdf(tmp_path, page_of(*lines))))
    assert "north crew number 19 is paid by the month, never late. Here the south crew number 1 is paid" in found
    assert found.index("south crew number 19") < found.index("west crew number 1")


def test_words_in_the_fields_of_a_form_are_read(tmp_path: Path) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    canvas.drawString(70, 700, "Name of the body that reports to the council:")
    canvas.acroForm.textfield(name="body", x=70, y=660, width=300, height=20, value="Harbour office of the north")
    canvas.showPage()
    canvas.save()
    found = read_pdf(tmp_path, out.getvalue())
    assert "Harbour office of the north" in " ".join(texts(found))


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"{\\rtf1\\ansi Crews are paid.}", "a.rtf", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.doc", "DOC"),
        (b"%!PS-Adobe-3.0\n%%Title: Crews\n", "a.ps", "PostScript"),
    ],
)
def test_formats_that_are_not_read_are_named_with_what_to_do(
    tmp_path: Path, raw: bytes, name: str, words: str
) -> None:
    (tmp_path / name).write_bytes(raw)
    with pytest.raises(DocumentError, match=words) as found:
        read_source(tmp_path / name)
    assert found.value.code is RejectionCode.UNSUPPORTED_FORMAT
    assert "save it as PDF, Word (DOCX)" in str(found.value)


@pytest.mark.parametrize(
    ("media_type", "inner", "words"),
    [
        ("application/vnd.oasis.opendocument.text", "content.xml", "OpenDocument"),
        ("application/epub+zip", "META-INF/container.xml", "EPUB"),
    ],
)
def test_office_archives_that_are_not_read(tmp_path: Path, media_type: str, inner: str, words: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("mimetype", media_type)
        archive.writestr(inner, "<x>Crews are paid.</x>")
    with pytest.raises(DocumentError, match=words) as found:
        read_source(tmp_path / "a.docx")
    assert found.value.code is RejectionCode.UNSUPPORTED_FORMAT
