"""A full disk, told in one sentence whichever library came upon it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import StoreError

_CODES = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_LITTLE = 1 << 20  # bytes; with less, whatever fails to write fails for want of room


@contextmanager
def told_when_full(store: Path) -> Iterator[None]:
    """Turn what a full disk makes the libraries raise into one error; all else passes.

    Raises:
        StoreError: there is no room left for the store.
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError, StoreError) as error:
        if not (_says_full(error) or shutil.disk_usage(store).free < _LITTLE):
            raise
        raise StoreError(
            f"There is no room left for the store {store}; free some space on its disk and run the same command again."
        ) from error


def _says_full(error: BaseException | None) -> bool:
    """Whether an error, or one that caused it, is about room: by its code, or by the system's words in its text."""
    while error is not None:
        if getattr(error, "errno", None) in _CODES or any(os.strerror(code) in str(error) for code in _CODES):
            return True
        error = error.__cause__ or error.__context__
    return False
