"""The files as they were given, kept in the store, so that a document can be read again without its folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Container
from pathlib import Path


def digest_of(path: Path) -> str | None:
    """The SHA-256 of a file's bytes; none where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


class Originals:
    """A folder of files by digest: `<sha256>/<name>`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, path: Path, sha256: str) -> None:
        """Keep a copy of a file; one that is kept already is left alone."""
        kept = self._folder / sha256 / path.name
        if kept.exists():
            return
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_name(".new")
        shutil.copyfile(path, fresh)
        fresh.replace(kept)

    def find(self, sha256: str, name: str) -> Path | None:
        """The kept file, whole; none where there is none, or where a byte of it is wrong."""
        kept = self._folder / sha256 / name
        return kept if digest_of(kept) == sha256 else None

    def keep_only(self, wanted: Container[str]) -> None:
        """Remove what no document of the store needs."""
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if folder.name not in wanted:
                    shutil.rmtree(folder)
