"""Bytes to text, exactly; and what kind of file the bytes are."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from ontology.errors import DocumentError, RejectionCode

LARGEST = 50_000_000
"""Bytes that a file may have."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"%!PS", "application/postscript"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x7fELF", "application/x-executable"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_OFFICE: tuple[tuple[bytes, str], ...] = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"application/epub+zip", "application/epub+zip"),
)
KNOWN_AS: dict[str, str] = {
    "application/rtf": "Rich Text (RTF)",
    "application/x-ole-storage": "an old Office file (DOC, XLS or PPT)",
    "application/postscript": "PostScript",
    "application/vnd.oasis.opendocument.text": "OpenDocument text (ODT)",
    "application/epub+zip": "an e-book (EPUB)",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "an Excel sheet (XLSX)",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "a PowerPoint file (PPTX)",
    "application/zip": "a ZIP archive",
    "application/gzip": "a compressed archive (GZ)",
    "image/png": "a picture (PNG)",
    "image/jpeg": "a picture (JPEG)",
    "image/gif": "a picture (GIF)",
    "image/tiff": "a picture (TIFF)",
}
"""What people call the formats that are not read."""
_HTML = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--[^<>]{0,2000}-->\s*)?<(?:!doctype html|html|head|body)\b", re.IGNORECASE
)
_MARKDOWN = re.compile(rb"(?m)^(?:#{1,6} \S|[ \t]{0,8}[-*+] \S|\|.{1,400}\||\[\^[^\]\s]{1,20}\]:)|\*\*\S|\]\([^)\s]")
_BAD_SHARE = 0.001


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and, one sentence each, what decoding lost."""

    text: str
    warnings: tuple[str, ...] = ()


def media_type_of(raw: bytes, name: str) -> str:
    """The media type, told by the first bytes; text that no signature claims is Markdown or plain.

    Raises:
        DocumentError: BINARY where the bytes are neither text nor a known format.
    """
    for signature, media_type in _SIGNATURES:
        if raw.startswith(signature):
            if media_type == "application/zip":
                ends = raw[:65536] + raw[-65536:]
                return next((office for mark, office in _OFFICE if mark in ends), media_type)
            return media_type
    if b"%PDF-" in raw[:1024]:
        return "application/pdf"
    if _wide(raw):
        return "text/plain"
    if b"\x00" in raw:
        raise DocumentError(
            RejectionCode.BINARY, f"{name} holds binary data and no text; give a text, Markdown, PDF or Word file."
        )
    if _HTML.match(raw[:8192].removeprefix(codecs.BOM_UTF8)):
        return "text/html"
    return "text/markdown" if _MARKDOWN.search(raw[:262144]) else "text/plain"


def decode(raw: bytes, name: str) -> Decoded:
    """The text of UTF-8, of UTF-8 with a byte order mark, or of UTF-16 with one; the mark itself is dropped.

    Bytes that are no UTF-8 become U+FFFD, with a warning, where there are at most ten of them or one in a thousand.

    Raises:
        DocumentError: BAD_ENCODING where there are more, BINARY where NUL characters stand in the text.
    """
    body, encoding = raw.removeprefix(codecs.BOM_UTF8), "utf-8"
    if _wide(raw):
        body, encoding = raw[2:], "utf-16-le" if raw.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    text = body.decode(encoding, "replace")
    if "\x00" in text:
        raise DocumentError(
            RejectionCode.BINARY, f"{name} holds NUL characters, so it is no text; save it as text again."
        )
    bad = text.count("\ufffd") - body.count("\ufffd".encode(encoding))
    if bad <= 0:
        return Decoded(text)
    if bad > max(10, _BAD_SHARE * len(text)):
        raise DocumentError(
            RejectionCode.BAD_ENCODING,
            f"{name} is not {encoding.upper()} ({bad:,} unreadable characters); save it as UTF-8 and try again.",
        )
    return Decoded(text, (f"{bad} unreadable bytes of {name} were replaced by U+FFFD; save the file as UTF-8.",))


def _wide(raw: bytes) -> bool:
    return raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
