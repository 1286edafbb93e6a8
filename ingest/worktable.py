"""The table of documents: what the working graph holds, entry by entry, and what a generation publishes.

An entry stands in the table only while the working graph holds exactly that document: it is taken out before
the graph changes and put in after. A run that is killed in between is repeated for that document alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ontology.iris import digest, slug

RESERVED = frozenset({"ontology", "derived", "indirect"})
"""Slugs that no document takes, since the store has graphs of these names."""


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One document in the store.

    `path` is absolute; `root` is the folder that was given when it was found; `key` changes with anything that
    its facts depend on: content, name, slug, pipeline, catalogue. `override` is what the catalogue gave, so
    that the document can be read again when its folder is not at hand. `ocr` is the language in which OCR read
    its pictures of text, "" where it has such but OCR was off, None where it has none. `remarks` are records of
    `ontology.document.Remark`.
    """

    path: str
    root: str
    name: str
    slug: str
    sha256: str
    key: str
    pages: int | None = None
    passages: int = 0
    statements: int = 0
    objective_links: int = 0
    warnings: tuple[str, ...] = ()
    override: Mapping[str, Any] = field(default_factory=dict)
    ocr: str | None = None
    remarks: tuple[Mapping[str, Any], ...] = ()

    def serves(self, key: str, ocr: str | None) -> bool:
        """Whether the document need not be read again for this key and language of OCR (None for no OCR)."""
        return self.key == key and self.ocr in (None, ocr or "")


class WorkTable:
    """The writer's table: a journal, one JSON line a change, on disk before the change counts."""

    def __init__(self, path: Path, entries: Iterable[TableEntry] = ()) -> None:
        self._path = path
        self._entries = {entry.slug: entry for entry in entries}
        self.sound = True
        """Whether every line but the last could be read; else it may name documents that have changed since."""

    @classmethod
    def open(cls, path: Path) -> WorkTable:
        """The table that the journal tells; a torn last line is passed over, and its document read again."""
        table = cls(path)
        try:
            lines = path.read_bytes().splitlines()
        except FileNotFoundError:
            return table
        readable = [table._replay(line) for line in lines]
        table.sound = all(readable[:-1])
        return table

    @property
    def entries(self) -> tuple[TableEntry, ...]:
        """All entries, by slug."""
        return tuple(self._entries[key] for key in sorted(self._entries))

    def get(self, document_slug: str) -> TableEntry | None:
        """The entry of a slug."""
        return self._entries.get(document_slug)

    def put(self, entry: TableEntry) -> None:
        """Add or replace an entry."""
        self._entries[entry.slug] = entry
        self._append({"put": asdict(entry)})

    def drop(self, document_slug: str) -> None:
        """Take an entry out; one that is not there is no error."""
        if self._entries.pop(document_slug, None) is not None:
            self._append({"drop": document_slug})

    def save(self) -> None:
        """Write the journal anew, one line an entry; the old one stands until the new one is whole."""
        fresh = self._path.with_name(self._path.name + ".new")
        with fresh.open("wb") as out:
            out.writelines(_line({"put": asdict(entry)}) for entry in self.entries)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._path)

    def _append(self, change: Mapping[str, Any]) -> None:
        with self._path.open("ab") as out:
            out.write(_line(change))
            out.flush()
            os.fsync(out.fileno())

    def _replay(self, line: bytes) -> bool:
        """Follow one line; whether it could be read."""
        try:
            change = json.loads(line)
        except ValueError:
            return False
        if not isinstance(change, dict) or len(change) != 1:
            return False
        if "drop" in change:
            self._entries.pop(change["drop"], None)
        for entry in read_entries([change["put"]] if "put" in change else []):
            self._entries[entry.slug] = entry
        return True


def read_entries(records: Iterable[Mapping[str, Any]]) -> tuple[TableEntry, ...]:
    """Entries out of JSON; those that lack a field are left out, so that their documents are read again."""
    names = {f.name for f in fields(TableEntry)}
    return tuple(
        TableEntry(**{**record, "warnings": tuple(record["warnings"]), "remarks": tuple(record["remarks"])})
        for record in records
        if names == record.keys()
    )


def assign_slugs(files: Iterable[tuple[str, str]]) -> dict[str, str]:
    """A slug for each file, the same whatever the order in which the files came.

    Args:
        files: (path, root) of every document that the store shall hold.

    Returns:
        Path → slug. Of files with one slug the first by path below its root keeps it plain; the others carry
        a digest of that path.
    """
    groups: dict[str, list[tuple[str, str]]] = {}
    for path, root in sorted(set(files)):
        groups.setdefault(slug(Path(path).stem), []).append((below(path, root), path))
    slugs = {}
    for stem, members in sorted(groups.items()):
        for place, (inner, path) in enumerate(sorted(members)):
            twin = str(place) if inner == members[0][0] else ""
            plain = place == 0 and stem not in RESERVED
            slugs[path] = stem if plain else f"{stem}-{digest(inner, twin)}"
    return slugs


def below(path: str, root: str) -> str:
    """The path of a file below its root, or its name."""
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:
        return Path(path).name


def _line(change: Mapping[str, Any]) -> bytes:
    return json.dumps(change, ensure_ascii=True).encode("ascii") + b"\n"
