"""A text index that may only be read: tantivy takes a lock on a file in the folder even to read."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from ontology.errors import StoreError

_LOCKS = ".lock"
_CLOSED = "You may not read {}; ask its owner for permission to read the store."


def lockable(folder: Path) -> Path:
    """The folder itself where locks can be taken in it, else a private folder of links to its files.

    The private folder goes when the process ends.

    Raises:
        StoreError: a file may not be read, or there is nowhere to put the links.
    """
    if not os.path.isdir(folder):  # noqa: PTH112 - Path.is_dir raises where the folder above is closed
        return folder  # the caller says what is missing
    if not os.access(folder, os.R_OK | os.X_OK):
        raise StoreError(_CLOSED.format(folder))
    locks = [path for path in folder.iterdir() if path.name.endswith(_LOCKS)]
    if os.access(folder, os.W_OK) and all(os.access(lock, os.W_OK) for lock in locks):
        return folder
    content = folder.stat()
    return _linked(folder.resolve(), content.st_dev, content.st_ino, content.st_mtime_ns)


@cache  # one a process and state of the folder
def _linked(folder: Path, *_state: int) -> Path:
    files = sorted(path for path in folder.iterdir() if not path.name.endswith(_LOCKS))
    closed = [path for path in files if not os.access(path, os.R_OK)]
    if closed:
        raise StoreError(_CLOSED.format(closed[0]))
    try:
        private = Path(tempfile.mkdtemp(prefix="gcmkg-"))
    except OSError as error:
        raise StoreError(
            f"{folder} may only be read, and no temporary folder can be made to search it; set TMPDIR to a folder that "
            "you may write to."
        ) from error
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    for path in files:
        _link(path, private / path.name)
    return private


def _link(path: Path, target: Path) -> None:
    try:
        target.symlink_to(path)
    except OSError:  # a system without links
        shutil.copyfile(path, target)
