"""Reading: exact text, told by content; every refusal has its code and one sentence."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from ingest import decode, read
from ingest.read import mint_slug, read_source
from ontology.errors import DocumentError, RejectionCode

CORPUS = Path(__file__).parents[2] / "corpus"


def written(folder: Path, raw: bytes, name: str = "a.md") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*-*.md")), ids=lambda p: p.stem)
def test_text_is_the_file_as_decoded(path: Path) -> None:
    source = read_source(path)
    assert source.text == path.read_bytes().decode("utf-8")
    assert (source.name, source.slug, source.warnings) == (path.name, path.stem, ())


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a\r\nb\rc", "a\r\nb\rc"),
        (b"\xef\xbb\xbfwords", "words"),
        (b"\xff\xfe" + "Größe".encode("utf-16-le"), "Größe"),
        (b"\xfe\xff" + "Größe".encode("utf-16-be"), "Größe"),
    ],
)
def test_encodings(tmp_path: Path, raw: bytes, text: str) -> None:
    assert read_source(written(tmp_path, raw)).text == text


def test_a_few_bad_bytes_are_replaced_and_told(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, b"good words \xff and more"))
    assert source.text == "good words \ufffd and more"
    assert len(source.warnings) == 1
    assert "1 unreadable" in source.warnings[0]


def archive(member: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", RejectionCode.EMPTY),
        (b" \n\t ", RejectionCode.EMPTY),
        (b"# --- \n***", RejectionCode.EMPTY),
        (b"\x89PNG\r\n\x1a\n....", RejectionCode.UNSUPPORTED_FORMAT),
        (archive("other.txt"), RejectionCode.UNSUPPORTED_FORMAT),
        (b"abc\x00def", RejectionCode.BINARY),
        (b"\xe9\xe8" * 500, RejectionCode.BAD_ENCODING),
    ],
)
def test_refusals_have_a_code_and_one_sentence(tmp_path: Path, raw: bytes, code: RejectionCode) -> None:
    with pytest.raises(DocumentError) as caught:
        read_source(written(tmp_path, raw, "note.md"))
    assert caught.value.code is code
    assert "note.md" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"word " * 10)
    monkeypatch.setattr(read, "LONGEST", 20)
    with pytest.raises(DocumentError) as caught:
        read_source(path)
    assert caught.value.code is RejectionCode.TOO_LONG
    monkeypatch.setattr(read, "LARGEST", 20)
    with pytest.raises(DocumentError) as caught:
        read_source(path)
    assert caught.value.code is RejectionCode.TOO_LARGE


def test_a_folder_or_missing_file_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(DocumentError) as caught:
        read_source(tmp_path)
    assert caught.value.code is RejectionCode.NOT_A_FILE


def test_form_feeds_begin_pages(tmp_path: Path) -> None:
    assert read_source(written(tmp_path, b"one\ftwo\f", "a.txt")).pages == (0, 4)


@pytest.mark.parametrize(
    ("raw", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (archive("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (b"<!DOCTYPE html><html></html>", "text/html"),
        (b"# Title\n\ntext", "text/markdown"),
        (b"Just text, and no marks.", "text/plain"),
    ],
)
def test_content_tells_the_format_whatever_the_name(raw: bytes, media_type: str) -> None:
    assert decode.media_type_of(raw, "report.md") == media_type


def test_slugs_are_minted_once() -> None:
    assert mint_slug("Final Report.v2.md", ()) == "final-report-v2"
    assert mint_slug("a.md", {"a", "a-2"}) == "a-3"
    assert mint_slug("تقرير.md", ()).isascii()
