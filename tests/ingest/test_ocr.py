"""OCR: pages that are pictures are read, marked as such and weigh less; without it they are named, with the remedy."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

import gcmkg
from ingest.formats.pdf_words import PageWords
from ingest.isolation import Workers
from ingest.ocr import languages
from ingest.ocr.document import extract_scanned
from ingest.ocr.engine import MOST_PIXELS, recognise, scale_of
from ingest.ocr.languages import DEFAULT_LANGUAGE, check_language, data_folder
from ingest.ocr.marks import Letter, is_bullet, words_of
from ingest.ocr.recognised import RecognisedLine, RecognisedPage, Recognition, page_words
from ingest.pipeline import extract
from ingest.read import read_source
from ingest.segment import segment
from ontology.document import PassageKind, RemarkCode
from ontology.errors import RejectionCode, UsageError
from tests.ingest.rendered.scanned import scanned


def _missing() -> str | None:
    try:
        check_language(DEFAULT_LANGUAGE)
    except UsageError as error:
        return str(error)
    return None


TESSERACT = pytest.mark.skipif(_missing() is not None, reason=_missing() or "")

HARBOUR = (
    ("heading", "Report of the harbour council"),
    ("text", "The Ministry of Labour will inspect every vessel before it leaves the northern harbour. Crews without a "
             "contract may turn to the office of the ombudsman, which hears them within ten days."),
    ("heading", "What the council asks for"),
    ("item", "register the members of all crews in one place;"),
    ("item", "publish the fees of recruitment agencies once a year."),
    ("text", "The International Organization for Migration trains the inspectors."),
)
TOWN = (
    ("heading", "Report of the town council"),
    ("text", "The Ministry of Health will open two clinics for families who arrived last year. Interpreters are paid "
             "by the town, and nobody is asked for papers at the door."),
)


def pages_of(*pages: Sequence[tuple[str, str]]) -> bytes:
    """A PDF with a text layer, one page for each list of (kind, words)."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for page in pages:
        height = 780.0
        for kind, words in page:
            size = 17 if kind == "heading" else 11
            left = 90 if kind == "item" else 70
            if kind == "item":
                canvas.circle(78, height + 4, 2, fill=1)
            canvas.setFont("Helvetica", size)
            for line in simpleSplit(words, "Helvetica", size, 440):
                canvas.drawString(left, height, line)
                height -= 1.35 * size
            height -= 12
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def mixed(printed: bytes, scan: bytes) -> bytes:
    """The first page of one PDF and the second of another."""
    import pypdfium2 as pdfium

    out, joined = io.BytesIO(), pdfium.PdfDocument.new()
    joined.import_pages(pdfium.PdfDocument(printed), [0])
    joined.import_pages(pdfium.PdfDocument(scan), [1])
    joined.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def scan() -> bytes:
    """A scan of one page."""
    return scanned(pages_of(HARBOUR))


@pytest.fixture(scope="module")
def recognised(scan: bytes, tmp_path_factory: pytest.TempPathFactory) -> RecognisedPage:
    """That page as OCR reads it."""
    path = tmp_path_factory.mktemp("scan") / "a.pdf"
    path.write_bytes(scan)
    return recognise(path, 1, DEFAULT_LANGUAGE)


def test_without_ocr_a_scan_is_rejected_and_the_remedy_is_named(scan: bytes, tmp_path: Path) -> None:
    path = tmp_path / "harbour.pdf"
    path.write_bytes(scan)
    found = extract(path, "a", None)
    assert (found.code, found.scanned) == (RejectionCode.NO_TEXT_LAYER, (1,))
    assert "--ocr" in (found.reason or "")


def test_a_page_without_text_is_named_among_pages_with_text(tmp_path: Path) -> None:
    printed = pages_of(HARBOUR, TOWN)
    (tmp_path / "a.pdf").write_bytes(mixed(printed, scanned(printed)))
    source = read_source(tmp_path / "a.pdf")
    assert source.warnings == ("Page 2 of a.pdf has no text layer, only a picture; read it with --ocr.",)
    assert [(r.code, r.pages) for r in source.remarks] == [(RemarkCode.NO_TEXT_LAYER, (2,))]


@TESSERACT
def test_a_scan_is_read_as_the_document_that_was_scanned(
    scan: bytes, recognised: RecognisedPage, tmp_path: Path
) -> None:
    (tmp_path / "a.pdf").write_bytes(scan)
    source = read_source(tmp_path / "a.pdf", recognition=Recognition("eng", {1: recognised}))
    found = segment(source)
    assert [(p.kind, p.text) for p in found.passages] == [
        (PassageKind.HEADING, HARBOUR[0][1]),
        *((PassageKind.SENTENCE, f"{s}.") for s in HARBOUR[1][1].rstrip(".").split(". ")),
        (PassageKind.HEADING, HARBOUR[2][1]),
        (PassageKind.LIST_ITEM, HARBOUR[3][1].rstrip(";")),
        (PassageKind.LIST_ITEM, HARBOUR[4][1]),
        (PassageKind.SENTENCE, HARBOUR[5][1]),
    ]
    assert all(source.text[p.start : p.end] == p.quote and p.page == 1 for p in found.passages)
    assert recognised.confidence > 0.85
    assert {(p.ocr, p.weight) for p in found.passages} == {
        (recognised.confidence, round(0.9 * recognised.confidence, 3))
    }
    assert "were read by OCR" in source.warnings[0] or "was read by OCR" in source.warnings[0]
    assert f"{recognised.confidence:.2f}" in source.warnings[0]


@TESSERACT
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_laid_the_wrong_way_round_is_read(scan: bytes, tmp_path: Path, turn: int) -> None:
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(scan)
    document[0].set_rotation(turn)
    document.save(tmp_path / "a.pdf")
    page = recognise(tmp_path / "a.pdf", 1, DEFAULT_LANGUAGE)
    assert "Ministry of Labour will inspect" in " ".join(word for line in page.lines for word, _, _ in line.words)


@TESSERACT
def test_a_page_that_fails_costs_that_page_alone(tmp_path: Path) -> None:
    printed = pages_of(HARBOUR, TOWN)
    path = tmp_path / "a.pdf"
    path.write_bytes(mixed(printed, scanned(printed)))
    told: list[int] = []
    with Workers(1) as workers:
        outcome = extract_scanned(
            workers, path, "a", None, pages=(2, 9), language="eng", told=lambda: told.append(len(told))
        )
    assert outcome.value is not None
    assert outcome.value.annotated is not None
    source = outcome.value.annotated.document.source
    assert "two clinics for families" in source.text[source.pages[1] :]
    assert told == [0, 1]
    assert {(r.code, r.pages) for r in source.remarks} == {(RemarkCode.OCR, (2,)), (RemarkCode.OCR_FAILED, (9,))}
    assert "OCR of page 9 of a.pdf failed" in " ".join(source.warnings)


@TESSERACT
def test_ocr_decides_whether_a_document_is_read_again(tmp_path: Path) -> None:
    printed = pages_of(HARBOUR, TOWN)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "mixed.pdf").write_bytes(mixed(printed, scanned(printed)))
    (folder / "plain.md").write_text("# Plain\n\nThe Ministry of Labour meets twice a year.\n", "utf-8")

    def ingest(ocr: str | None) -> dict[str, tuple[str, set[str]]]:
        report = gcmkg.ingest([folder], store=tmp_path / "store", ocr=ocr)
        return {d.document: (d.status, {r["code"] for r in d.remarks}) for d in report.documents}

    assert ingest(None) == {"mixed.pdf": ("ingested", {"no_text_layer"}), "plain.md": ("ingested", set())}
    assert ingest("eng") == {"mixed.pdf": ("ingested", {"ocr"}), "plain.md": ("unchanged", set())}
    assert ingest("eng") == {"mixed.pdf": ("unchanged", {"ocr"}), "plain.md": ("unchanged", set())}
    with gcmkg.open_store(tmp_path / "store") as store:
        clinic = next(p for p in store.passages() if "two clinics" in p["text"])
        asked = "SELECT ?c WHERE { ?p a gcm:Passage ; gcm:page ?page ; gcm:ocrConfidence ?c } "
        confidences = store.query(asked).rows
        assert clinic["page"] == 2
        assert len(confidences) == sum(p["page"] == 2 for p in store.passages())
        weighed = {e.page: e.weight for e in store.index.entries() if e.document == "mixed.pdf"}
        assert weighed[1] == 1
        assert 0.5 < weighed[2] < 0.9
    elsewhere = tmp_path / "other.md"
    elsewhere.write_text("# Other\n\nThe Ministry of Health meets every month.\n", "utf-8")
    gcmkg.ingest([elsewhere], store=tmp_path / "store")
    with gcmkg.open_store(tmp_path / "store") as store:
        assert any("two clinics" in p["text"] for p in store.passages())
    assert ingest(None)["mixed.pdf"] == ("ingested", {"no_text_layer"})


@pytest.mark.parametrize("language", ["", "../eng", "eng+", "e", "eng fra", "eng/../../x"])
def test_what_is_no_language_is_refused(language: str) -> None:
    with pytest.raises(UsageError, match="no language of Tesseract"):
        check_language(language)


def test_missing_parts_are_named_with_the_command_that_installs_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(UsageError, match=r"data for chi_sim.*apt install tesseract-ocr-chi-sim"):
        data_folder("chi_sim")
    (tmp_path / "eng.traineddata").write_bytes(b"")
    assert data_folder("eng") == tmp_path
    with pytest.raises(UsageError, match=r"data for fra,"):
        data_folder("eng+fra")
    monkeypatch.setattr(languages, "find_spec", lambda _: None)
    with pytest.raises(UsageError, match=r"pip install 'gcmkg\[ocr\]'"):
        check_language("eng")


@pytest.mark.parametrize("size", [(595, 842), (842, 1191), (14_400, 14_400), (20_000, 100)])
def test_a_picture_has_no_more_dots_than_the_limit(size: tuple[float, float]) -> None:
    scale = scale_of(*size)
    assert size[0] * size[1] * scale**2 <= MOST_PIXELS * 1.001
    assert scale <= 300 / 72


@pytest.mark.parametrize("size", [(0, 842), (float("inf"), 842), (float("nan"), 842), (14_400_000, 1)])
def test_a_page_without_extent_cannot_be_drawn(size: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="page of"):
        scale_of(*size)


def test_sizes_that_measuring_made_different_become_one() -> None:
    def page(*sizes: float) -> RecognisedPage:
        lines = tuple(
            RecognisedLine(700 - 20 * n, s, (("words", 70, 100), ("here", 104, 120))) for n, s in enumerate(sizes)
        )
        return RecognisedPage(595, 842, lines, 0.9)

    found: dict[int, PageWords] = page_words({1: page(18, 10, 10.5, 10), 2: page(9.5, 10, 19)})
    assert [s.size for n in found for s in found[n].segments] == [18, 10, 10, 10, 10, 10, 18]


def letter(text: str, left: int, *, width: int = 12, height: int = 20, above: float = 0) -> Letter:
    return Letter(text, (left, 100 - height, left + width, 100), above)


def test_raised_figures_are_told_by_their_place() -> None:
    word = [letter("a", 0), letter(".", 14, width=4, height=4), letter("’", 20, width=9, height=18, above=15)]
    assert words_of(word, 20, lambda _: "12") == [("a.¹²", 0, 29)]
    assert words_of(word, 20, lambda _: "") == [("a.", 0, 29)]
    quotation = replace(word[-1], box=(20, 92, 29, 100), above=20)
    assert words_of([*word[:2], quotation], 20, lambda _: "1") == [("a.’", 0, 29)]
    lead = [letter("3", 0, width=10, height=16, above=11), letter("T", 14, height=28), letter("o", 30)]
    assert words_of(lead, 20, lambda _: "") == [("³", 0, 10), ("To", 14, 42)]


def test_a_dot_in_the_middle_of_a_line_is_a_bullet() -> None:
    assert is_bullet([letter("e", 0, width=13, height=13, above=9)], 20)
    assert not is_bullet([letter("a", 0, width=18, height=20)], 20)
    assert not is_bullet([letter("8", 0, width=10, height=15, above=11)], 20)
