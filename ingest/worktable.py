"""The table of documents: what the working graph holds, entry by entry, and what a generation publishes.

An entry stands in the table only while the working graph holds exactly that document: it is taken out before
the graph changes and put in after. A run that is killed in between is repeated for that document alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from ontology.iris import digest, slug


@dataclass(frozen=True, slots=True)
class TableEntry:
    """One document in the store.

    `path` is absolute; `root` is the folder that was given when it was found; `key` changes with anything that
    its facts depend on: content, name, slug, pipeline, catalogue.
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


class WorkTable:
    """The writer's table, one JSON file, replaced atomically at each change."""

    def __init__(self, path: Path, entries: Iterable[TableEntry] = ()) -> None:
        self._path = path
        self._entries = {entry.slug: entry for entry in entries}

    @classmethod
    def open(cls, path: Path) -> WorkTable:
        """The table in the file; empty where the file is missing or torn (then all is read again)."""
        try:
            records = json.loads(path.read_bytes())
        except (OSError, ValueError):
            return cls(path)
        return cls(path, read_entries(records))

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
        self.save()

    def drop(self, document_slug: str) -> None:
        """Take an entry out; one that is not there is no error."""
        if self._entries.pop(document_slug, None) is not None:
            self.save()

    def save(self) -> None:
        """Write the table; the old file stands until the new one is whole."""
        fresh = self._path.with_name(self._path.name + ".new")
        with fresh.open("wb") as out:
            out.write(json.dumps([asdict(e) for e in self.entries], ensure_ascii=True, indent=1).encode("ascii"))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self._path)


def read_entries(records: Iterable[Mapping[str, Any]]) -> tuple[TableEntry, ...]:
    """Entries out of JSON; those that lack a field are left out, so that their documents are read again."""
    names = {f.name for f in fields(TableEntry)}
    return tuple(
        TableEntry(**{**record, "warnings": tuple(record["warnings"])}) for record in records if names <= record.keys()
    )


RESERVED = frozenset({"ontology", "derived", "indirect"})
"""Slugs that no document takes, since the store has graphs of these names."""


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
        groups.setdefault(slug(Path(path).stem), []).append((_below(path, root), path))
    slugs = {}
    for stem, members in sorted(groups.items()):
        for place, (below, path) in enumerate(sorted(members)):
            twin = str(place) if below == members[0][0] else ""
            plain = place == 0 and stem not in RESERVED
            slugs[path] = stem if plain else f"{stem}-{digest(below, twin)}"
    return slugs


def _below(path: str, root: str) -> str:
    try:
        return Path(path).relative_to(root).as_posix()
    except ValueError:
        return Path(path).name
