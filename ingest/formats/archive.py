"""Packages of Word files, looked at before anything in them is read: bombs, passwords, XML that declares entities."""

from __future__ import annotations

import io
import re
import zipfile

from ontology.errors import DocumentError, RejectionCode

MOST_EXPANDED = 200_000_000
"""Bytes that all parts together may have."""
MOST_RATIO = 100
"""How many times larger the parts may be than the file."""
MOST_PARTS = 10_000
_SMALL = 2_000_000
_DECLARES = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_archive(raw: bytes, name: str) -> None:
    """Look through a package without keeping anything.

    Raises:
        DocumentError: DAMAGED, ENCRYPTED or TOO_LARGE.
    """
    archive = _open(raw, name)
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise DocumentError(
            RejectionCode.ENCRYPTED, f"{name} is encrypted; save a copy without a password and give that."
        )
    expanded = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or expanded > MOST_EXPANDED or (expanded > _SMALL and expanded > MOST_RATIO * len(raw)):
        raise DocumentError(
            RejectionCode.TOO_LARGE,
            f"{name} unpacks to {expanded / 1e6:,.0f} MB in {len(parts):,} parts, more than a document has; "
            "save it anew from Word.",
        )
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _DECLARES.search(_narrow(_part(archive, part, name))):
            raise DocumentError(
                RejectionCode.DAMAGED,
                f"{name} declares XML entities, which no Word file does; save it anew from Word.",
            )


def _open(raw: bytes, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise damaged(name, error) from error


def _part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError) as error:
        raise damaged(name, error) from error
    except Exception as error:
        if type(error).__module__ in ("zlib", "lzma", "bz2", "_bz2", "_lzma"):
            raise damaged(name, error) from error
        raise


def _narrow(data: bytes) -> bytes:
    """UTF-16 as one byte a character, so that what is declared in it is seen too."""
    return data.replace(b"\x00", b"") if data[:4].count(b"\x00") or data[:2] in (b"\xff\xfe", b"\xfe\xff") else data


def damaged(name: str, error: Exception) -> DocumentError:
    """The refusal of a package that is not whole."""
    detail = f"{error}".strip().splitlines()[:1] or [type(error).__name__]
    return DocumentError(
        RejectionCode.DAMAGED, f"{name} is no whole Word file ({detail[0][:120]}); open it in Word and save it again."
    )
