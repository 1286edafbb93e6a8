"""The one error tree of the project.

GcmkgError                 anything this project raises on purpose; `exit_code` is what the command line returns
├── UsageError             2  a wrong argument, option or value
│   └── QueryError         2  a query that does not parse, an unknown ready-made question, an unbound parameter
├── RefusedError           3  a query that is not allowed (update, SERVICE, FROM outside the store)
├── LimitError             4  stopped at a limit of time or memory
├── StoreError             1  a store that is missing, damaged, of another version or held by another writer
│   └── DamagedStoreError  1  a graph whose files hold what nobody wrote; an ingest makes it again
├── DocumentError          1  one document that cannot be read; carries a code of the closed list
├── VocabularyError        1  an ontology file that does not parse or does not hold together; names file and line
└── ModelError             1  the embedding model is missing or its digest is wrong

The text of every error is one sentence that names the value and the fix.
"""

from __future__ import annotations

from enum import StrEnum


class GcmkgError(Exception):
    """Base of all errors of this project; the text is one sentence for the user."""

    exit_code = 1


class UsageError(GcmkgError):
    """A wrong argument, option or value."""

    exit_code = 2


class QueryError(UsageError):
    """A query that does not parse, names no ready-made question or lacks a parameter."""


class RefusedError(GcmkgError):
    """A query that is understood and not allowed."""

    exit_code = 3


class LimitError(GcmkgError):
    """Work that was stopped at a limit of time or memory."""

    exit_code = 4


class StoreError(GcmkgError):
    """A store that is missing, damaged, of another version or held by another writer."""


class DamagedStoreError(StoreError):
    """A graph whose files hold what nobody wrote."""


class VocabularyError(GcmkgError):
    """An ontology file that does not parse or does not hold together."""


class ModelError(GcmkgError):
    """An embedding model that is missing or is not the one it should be."""


class RejectionCode(StrEnum):
    """Why a document was not ingested: a closed list that users and scripts can rely on."""

    UNREADABLE = "unreadable"
    NOT_A_FILE = "not_a_file"
    OUTSIDE_FOLDER = "outside_folder"
    UNSUPPORTED_FORMAT = "unsupported_format"
    BINARY = "binary"
    BAD_ENCODING = "bad_encoding"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_LONG = "too_long"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    NO_TEXT_LAYER = "no_text_layer"
    DUPLICATE = "duplicate"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"


class DocumentError(GcmkgError):
    """One document that cannot be ingested.

    Args:
        code: why, from the closed list.
        message: one sentence that names the file and what to do.
        scanned: the pages, from 1, that are pictures of text which OCR may be able to read.
    """

    def __init__(self, code: RejectionCode, message: str, *, scanned: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.scanned = scanned
