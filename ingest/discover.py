"""Which files of the given paths are documents."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import RejectionCode, UsageError

CATALOGUE = "catalogue.toml"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to read. `root` is the folder that was given, or that of the file that was given; `name` the file name."""

    path: Path
    root: Path
    name: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not opened. `code` is None for what is no document by its name (README, catalogue, hidden)."""

    path: Path
    reason: str
    code: RejectionCode | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What a search met: documents to read, and everything else with its reason."""

    candidates: tuple[Candidate, ...]
    skipped: tuple[Skipped, ...]


def find_documents(paths: Sequence[Path]) -> tuple[Candidate, ...]:
    """The documents of files and folders, sorted by path, each once; see `survey` for what was left out.

    Raises:
        UsageError: no path given, a path does not exist, or nothing in the paths is a document.
    """
    return survey(paths).candidates


def survey(paths: Sequence[Path]) -> Found:
    """The documents of files and folders, and the files left out with their reasons, both sorted.

    Folders are searched to any depth. Hidden files, README files and the catalogue are no documents. Nothing
    that is not a regular file is opened, and no link is followed out of its folder.

    Raises:
        UsageError: no path given, a path does not exist, or nothing in the paths is a document.
    """
    if not paths:
        raise UsageError("No path was given; name a document or a folder of documents.")
    met: dict[Path, Candidate | Skipped] = {}
    for path in paths:
        if not os.path.lexists(path):
            raise UsageError(f"{path} does not exist; check the spelling of the path.")
        for entry in _folder(path) if path.is_dir() else [_file(path, path.parent)]:
            met.setdefault(entry.path.parent.resolve() / entry.path.name, entry)
    ordered = [met[key] for key in sorted(met, key=lambda p: p.parts)]
    candidates = tuple(entry for entry in ordered if isinstance(entry, Candidate))
    skipped = tuple(entry for entry in ordered if isinstance(entry, Skipped))
    if not candidates and not any(entry.code for entry in skipped):
        given = ", ".join(str(path) for path in paths)
        raise UsageError(f"{given} holds no document; give a folder with text, Markdown, PDF or Word files.")
    return Found(candidates, skipped)


def _folder(root: Path) -> Iterator[Candidate | Skipped]:
    """Walks without following links to folders; a link to a file inside the folder counts as that file."""
    def unreadable(error: OSError) -> None:
        reason = f"the folder cannot be read ({error.strerror})"
        problems.append(Skipped(Path(error.filename), reason, RejectionCode.UNREADABLE))

    problems: list[Skipped] = []
    for folder, subfolders, files in os.walk(root, onerror=unreadable, followlinks=False):
        here = Path(folder)
        linked = sorted(name for name in subfolders if (here / name).is_symlink())
        subfolders[:] = sorted(name for name in subfolders if not name.startswith(".") and name not in linked)
        yield from (_linked_folder(here / name, root) for name in linked if not name.startswith("."))
        yield from (_file(here / name, root, named=False) for name in sorted(files))
    yield from problems


def _linked_folder(path: Path, root: Path) -> Skipped:
    if _inside(path, root):
        return Skipped(path, "it is a link to a folder that is searched anyway")
    return Skipped(path, "it is a link that leaves the folder", RejectionCode.OUTSIDE_FOLDER)


def _file(path: Path, root: Path, *, named: bool = True) -> Candidate | Skipped:
    """One file; a file that the user `named` is taken whatever its name, and its link is followed."""
    if not named:
        reason = _no_document(path.name)
        if reason:
            return Skipped(path, reason)
        if path.is_symlink() and not _inside(path, root):
            return Skipped(path, "it is a link that leaves the folder", RejectionCode.OUTSIDE_FOLDER)
    if not path.exists():
        return Skipped(path, "it is a link to nothing", RejectionCode.NOT_A_FILE)
    if not stat.S_ISREG(path.stat().st_mode):
        return Skipped(path, "it is not a regular file", RejectionCode.NOT_A_FILE)
    return Candidate(path, root, path.name)


def _no_document(name: str) -> str | None:
    if name.startswith((".", "~$")):
        return "hidden files are no documents"
    if name == CATALOGUE:
        return "it is the catalogue"
    if name.casefold().split(".")[0] in ("readme", "license", "licence", "notice"):
        return "it describes the folder"
    return None


def _inside(path: Path, root: Path) -> bool:
    return path.resolve().is_relative_to(root.resolve())
