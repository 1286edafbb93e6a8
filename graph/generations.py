"""Published generations: a graph and an index that belong together, switched in one step, checked by digest.

A store is a folder:

    gcmkg-store.json     what it is, and the version of this layout
    LOCK                 held by the one writer; contains its process id
    CURRENT              the name of the published generation; replaced by rename
    work/                what the writer changes; readers never look here
    gen-7/graph, /index  a generation: never changed once it has its name
    gen-7/manifest.json  counts, pipeline version, documents, and the SHA-256 of every file
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import files, locks
from ontology.errors import StoreError

FORMAT = 1
KEPT = 2

_MARK = "gcmkg-store.json"
_LOCK = "LOCK"
_CURRENT = "CURRENT"
_BUILDING = ".building"
_OLD = ".old-"
_MANIFEST = "manifest.json"
_NAME = re.compile(r"gen-([1-9]\d{0,8})")


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the store; its files never change.

    `manifest` has "number", "files" (path to size and SHA-256), "digest" (of the manifest itself), and what
    the builder gave: counts, pipeline version, documents.
    """

    number: int
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def graph(self) -> Path:
        """The folder of the graph database."""
        return self.folder / "graph"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.folder / "index"


class Generations:
    """The generations of one store.

    Making the object touches nothing on disk; the folder need not exist yet.

    Raises:
        StoreError: the path is a file, a folder of something else, or a store of another version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.work = path / "work"
        self._check()

    def current(self) -> Generation | None:
        """The published generation, or `None` where nothing has been published yet.

        Raises:
            StoreError: what `CURRENT` names is missing or damaged.
        """
        pointer = self.path / _CURRENT
        if not pointer.is_file():
            return None
        name = pointer.read_bytes().decode("utf-8", "replace").strip()
        if not _NAME.fullmatch(name):
            raise StoreError(f"{pointer} is damaged (it reads {name[:40]!r}); run the last ingest again to repair it.")
        return self._read(name)

    @contextmanager
    def reading(self) -> Iterator[Generation | None]:
        """The published generation, kept from being removed as long as the context lasts."""
        with ExitStack() as held:
            generation = self.current()
            while generation and not held.enter_context(locks.shared(generation.folder / _MANIFEST)):
                generation = self.current()
            yield generation

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer; makes the store where there is none.

        Where `CURRENT` or the manifest that it leads to is damaged, the newest generation with a whole
        manifest becomes the current one, so that the writer can go on from it.

        Raises:
            StoreError: another process writes; names its process id.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self._check()
        with locks.exclusive(self.path / _LOCK, what=f"The store {self.path}"):
            if not (self.path / _MARK).exists():
                files.write_atomically(self.path / _MARK, _dump({"format": FORMAT, "software": "gcmkg"}))
            self.work.mkdir(exist_ok=True)
            self._repair()
            yield

    def publish(self, build: Callable[[Path], Mapping[str, Any]]) -> Generation:
        """Build a new generation and make it the current one; call it under `lock`.

        Killed at any point, the store still has the generation it had; what is left over is cleared by the
        next call.

        Args:
            build: fills `graph` and `index` in the folder it is given and returns what the manifest shall tell
                (JSON values; not the keys "number", "files" and "digest").
        """
        self._remove_leftovers()
        number = max([0, *self._numbers()]) + 1
        building = self.path / _BUILDING
        building.mkdir()
        told = dict(build(building))
        manifest: dict[str, Any] = told | {"number": number, "files": files.fingerprints(building, durable=True)}
        manifest["digest"] = _digest(manifest)
        files.write_atomically(building / _MANIFEST, _dump(manifest))
        folder = self.path / f"gen-{number}"
        building.rename(folder)
        files.sync(self.path)
        files.write_atomically(self.path / _CURRENT, f"gen-{number}\n".encode())
        self._remove_old()
        return Generation(number, folder, manifest)

    def _check(self) -> None:
        mark = self.path / _MARK
        if mark.is_file():
            found = _load(mark).get("format")
            if found != FORMAT:
                raise StoreError(
                    f"The store {self.path} has format {found!r} and this version of gcmkg reads format {FORMAT}; "
                    "ingest the documents into a new store, or use the version that made it."
                )
        elif self.path.exists() and not _is_fresh(self.path):
            raise StoreError(f"{self.path} is no gcmkg store and not empty; name a new or an empty folder.")

    def _read(self, name: str) -> Generation:
        manifest = _load(self.path / name / _MANIFEST)
        return Generation(int(name.removeprefix("gen-")), self.path / name, manifest)

    def _numbers(self) -> list[int]:
        names = (_NAME.fullmatch(path.name) for path in self.path.iterdir())
        return sorted(int(match[1]) for match in names if match)

    def _repair(self) -> None:
        try:
            self.current()
        except StoreError:
            whole = [number for number in self._numbers() if _is_whole(self.path / f"gen-{number}" / _MANIFEST)]
            if whole:
                files.write_atomically(self.path / _CURRENT, f"gen-{whole[-1]}\n".encode())
            else:
                (self.path / _CURRENT).unlink()

    def _remove_old(self) -> None:
        for number in self._numbers()[:-KEPT]:
            folder = self.path / f"gen-{number}"
            with locks.unused(folder / _MANIFEST) as free:
                if free:
                    # Renamed under the lock, so that a reader gets a whole generation or looks for the next.
                    folder.rename(self.path / f"{_OLD}{number}")
        self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        for path in self.path.iterdir():
            if path.name == _BUILDING or path.name.startswith(_OLD):
                shutil.rmtree(path)


def verify(generation: Generation) -> tuple[str, ...]:
    """Every file of the generation against its digest.

    Returns:
        One sentence for each missing, damaged or foreign file, sorted by path; empty when all is well.
    """
    recorded: Mapping[str, Any] = generation.manifest.get("files", {})
    found = files.fingerprints(generation.folder, durable=False)
    found.pop(_MANIFEST, None)
    findings = []
    if generation.manifest.get("digest") != _digest(generation.manifest):
        findings.append(f"{generation.folder.name}/{_MANIFEST} is damaged: its own digest does not fit.")
    for path in sorted({*recorded, *found}):
        place = f"{generation.folder.name}/{path}"
        if path not in found:
            findings.append(f"{place} is missing.")
        elif path not in recorded:
            findings.append(f"{place} does not belong there.")
        elif found[path] != recorded[path]:
            findings.append(f"{place} is damaged: its bytes are not those that were published.")
    return tuple(findings)


def _is_fresh(path: Path) -> bool:
    """Whether the folder holds nothing, or only what a run killed while making a store leaves."""
    return path.is_dir() and {entry.name for entry in path.iterdir()} <= {_LOCK, f".{_MARK}.new"}


def _is_whole(manifest: Path) -> bool:
    try:
        value = _load(manifest)
    except StoreError:
        return False
    return value.get("digest") == _digest(value)


def _dump(value: Mapping[str, Any]) -> bytes:
    return (json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode("ascii")


def _load(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} is missing or damaged; run the last ingest again to repair the store.") from error
    if not isinstance(value, dict):
        raise StoreError(f"{path} is damaged; run the last ingest again to repair the store.")
    return value


def _digest(manifest: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dump({key: manifest[key] for key in manifest if key != "digest"})).hexdigest()
