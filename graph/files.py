"""Files that survive a crash: written whole or not at all, and told apart by digest."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

Fingerprint = dict[str, int | str]


def write_atomically(path: Path, content: bytes) -> None:
    """Replace the file in one step, on disk when this returns."""
    temporary = path.with_name(f".{path.name}.new")
    with temporary.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    temporary.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """Have the file or folder on disk, not only in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def size_of(path: Path) -> int | None:
    """The size of a file in bytes; none where there is no such file."""
    try:
        return path.stat().st_size
    except OSError:
        return None


def fingerprints(folder: Path, *, durable: bool) -> dict[str, Fingerprint]:
    """Size in bytes and SHA-256 of every file below the folder, by relative path with slashes.

    Args:
        folder: where to look; links are not followed out of it but named with an empty digest.
        durable: also have every file and folder on disk.
    """
    found: dict[str, Fingerprint] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            found[path.relative_to(folder).as_posix()] = _fingerprint(path)
        elif not path.is_dir():
            found[path.relative_to(folder).as_posix()] = {"size": 0, "sha256": ""}
        if durable and not path.is_symlink():
            sync(path)
    return found


def _fingerprint(path: Path) -> Fingerprint:
    with path.open("rb") as file:
        return {"size": path.stat().st_size, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
