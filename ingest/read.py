"""Reading: one file becomes a `Source`, its text exactly as decoded.

Every format has one reader in `READERS`, by media type; what a file is, its content tells and not its name.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.content import Content
from ingest.decode import KNOWN_AS, LARGEST, decode, media_type_of
from ingest.quality import assess
from ontology import iris
from ontology.document import Source
from ontology.errors import DocumentError, RejectionCode

if TYPE_CHECKING:
    from ingest.ocr.recognised import Recognition

LONGEST = 5_000_000
"""Characters of text that a document may have."""


Reader = Callable[[bytes, str], Content]


def read_text(raw: bytes, name: str) -> Content:
    """Markdown and plain text; a form feed begins a new page.

    Raises:
        DocumentError: BAD_ENCODING or BINARY.
    """
    decoded = decode(raw, name)
    breaks = [i + 1 for i, c in enumerate(decoded.text) if c == "\f"] if "\f" in decoded.text else []
    pages = (0, *(b for b in breaks if b < len(decoded.text))) if breaks else ()
    return Content(decoded.text, pages, decoded.warnings)


def _read_pdf(raw: bytes, name: str, recognition: Recognition | None = None) -> Content:
    from ingest.formats.pdf import read_pdf

    return read_pdf(raw, name, recognition)


def _read_docx(raw: bytes, name: str) -> Content:
    from ingest.formats.docx import read_docx

    return read_docx(raw, name)


def _read_html(raw: bytes, name: str) -> Content:
    from ingest.formats.html import read_html

    return read_html(raw, name)


READERS: Mapping[str, Reader] = {
    "text/markdown": read_text,
    "text/plain": read_text,
    "application/pdf": _read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _read_docx,
    "text/html": _read_html,
}


def read_source(path: Path, *, slug: str | None = None, recognition: Recognition | None = None) -> Source:
    """Read one file.

    The text of a text file is what decoding gives, character for character, line ends included; only a byte
    order mark is dropped, which is no text. All offsets point into `Source.text`.

    Args:
        path: the file.
        slug: the last part of the document's IRI; minted from the file name where it is None.
        recognition: what OCR gave of pages of a PDF, to be taken instead of what the file holds there.

    Raises:
        DocumentError: with a code: NOT_A_FILE, UNREADABLE, TOO_LARGE (over 50 MB), EMPTY, UNSUPPORTED_FORMAT,
            BINARY, BAD_ENCODING, ENCRYPTED, DAMAGED, NO_TEXT_LAYER or TOO_LONG (over 5 million characters).
    """
    raw = _bytes(path)
    media_type = media_type_of(raw, path.name)
    reader = READERS.get(media_type)
    if media_type == "application/x-ole-storage" and "EncryptedPackage".encode("utf-16-le") in raw:
        raise DocumentError(
            RejectionCode.ENCRYPTED, f"{path.name} is encrypted; save a copy without a password and give that."
        )
    if reader is None:
        raise DocumentError(
            RejectionCode.UNSUPPORTED_FORMAT,
            f"{path.name} is {KNOWN_AS.get(media_type, media_type)}, which cannot be read; "
            "save it as PDF, Word (DOCX), HTML or text.",
        )
    content = reader(raw, path.name) if recognition is None else _read_pdf(raw, path.name, recognition)
    if not any(c.isalnum() for c in content.text):
        raise DocumentError(RejectionCode.EMPTY, f"{path.name} holds no text; leave it out or give a file with text.")
    if len(content.text) > LONGEST:
        raise DocumentError(
            RejectionCode.TOO_LONG,
            f"{path.name} has {len(content.text):,} characters, more than {LONGEST:,}; split it into parts.",
        )
    found = assess(path.name, content.text, content.pages, content.regions)
    return Source(
        path=path.as_posix(),
        name=path.name,
        slug=slug or mint_slug(path.name, ()),
        sha256=hashlib.sha256(raw).hexdigest(),
        media_type=media_type,
        text=content.text,
        pages=content.pages,
        warnings=(*content.warnings, *found.warnings),
        regions=found.regions,
        remarks=(*content.remarks, *found.remarks),
    )


def mint_slug(name: str, taken: Collection[str]) -> str:
    """A slug of a file name (without its ending) that is not in `taken`; "-2", "-3" … is added where it is."""
    base = iris.slug(Path(name).stem or name)
    candidate, number = base, 1
    while candidate in taken:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def _bytes(path: Path) -> bytes:
    if not path.is_file():
        raise DocumentError(RejectionCode.NOT_A_FILE, f"{path} is not a regular file; give a document or a folder.")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise DocumentError(
            RejectionCode.UNREADABLE, f"{path} cannot be read ({error.strerror}); check its permissions."
        ) from error
    if len(raw) > LARGEST:
        raise DocumentError(
            RejectionCode.TOO_LARGE, f"{path.name} is larger than {LARGEST // 1_000_000} MB; split it into parts."
        )
    if not raw.strip():
        raise DocumentError(RejectionCode.EMPTY, f"{path.name} is empty; leave it out or give a file with text.")
    return raw
