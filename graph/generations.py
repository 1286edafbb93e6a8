"""Published generations: a graph and an index that belong together, switched in one step, checked by digest.

A store is a folder:

    gcmkg-store.json     what it is, and the version of this layout
    LOCK                 held by the one writer; tells its process id, computer and since when
    CURRENT              the name of the published generation; replaced by rename
    work/                what the writer changes; readers never look here
    gen-7/graph, /index  a generation: never changed once it has its name
    gen-7/manifest.json  counts, pipeline version, documents, and the SHA-256 of every file
"""

from __future__ import annotations

import json
import logging
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from graph import files, locks
from graph.manifest import MANIFEST, Generation, dump, write_manifest
from ontology.errors import StoreError

log = logging.getLogger(__name__)

FORMAT = 1
KEPT = 2

_MARK = "gcmkg-store.json"
_LOCK = "LOCK"
_CURRENT = "CURRENT"
_BUILDING = ".building"
_OLD = ".old-"
_NAME = re.compile(r"gen-([1-9]\d{0,8})")


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
        while True:
            name = self._pointer()
            try:
                return None if name is None else self._read(name)
            except StoreError:
                if self._pointer() == name:
                    raise  # else it was replaced, and removed, while we looked

    def readable(self) -> Generation | None:
        """The generation that readers get, or `None` where nothing has been published yet.

        That is the published one. Where a file of it is missing or cut short, it is the newest other one that
        has all its files in full length, and a warning is logged. Bytes are compared by `verify` alone.

        Raises:
            StoreError: there are generations, and none of them is whole.
        """
        while True:
            name = self._pointer()
            try:
                generation = self.current()
                if generation is None or (problem := generation.torn()) is None:
                    return generation
            except StoreError as error:
                problem = error
            if self._pointer() == name:
                return self._instead(problem)

    def is_current(self, generation: Generation) -> bool:
        """Whether readers would get this generation now.

        Raises:
            StoreError: no generation is whole any more.
        """
        if self._pointer() == generation.folder.name:
            return True
        newest = self.readable()
        return newest is not None and newest.number == generation.number

    @contextmanager
    def reading(self, *, published: bool = False) -> Iterator[Generation | None]:
        """The generation that readers get, kept from being removed as long as the context lasts.

        Args:
            published: the one that was published last, in whatever state it is.
        """
        look = self.current if published else self.readable
        with ExitStack() as held:
            generation = look()
            while generation and not held.enter_context(locks.shared(generation.folder / MANIFEST)):
                generation = look()
            yield generation

    def last_whole(self) -> tuple[Generation | None, bool]:
        """The generation that a writer goes on from, and whether it is another than the one published last.

        It is another where `CURRENT` or the manifest that it leads to is damaged. Whatever the writer has
        beside the generations is then as doubtful.
        """
        try:
            return self.current(), False
        except StoreError:
            return next(self._whole(), None), True

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer; makes the store where there is none.

        Raises:
            StoreError: another process writes; names it.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        self._check()
        with locks.exclusive(self.path / _LOCK, what=f"The store {self.path}"):
            if self._marked() is None:
                files.write_atomically(self.path / _MARK, dump({"format": FORMAT, "software": "gcmkg"}))
            self.work.mkdir(exist_ok=True)
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
        manifest = write_manifest(building, told | {"number": number})
        folder = self.path / f"gen-{number}"
        building.rename(folder)
        files.sync(self.path)
        files.write_atomically(self.path / _CURRENT, f"gen-{number}\n".encode())
        self._remove_old()
        return Generation(number, folder, manifest)

    def _check(self) -> None:
        found = self._marked()
        if found not in (FORMAT, None):
            raise StoreError(
                f"The store {self.path} has format {found!r} and this version of gcmkg reads format {FORMAT}; "
                "ingest the documents into a new store, or use the version that made it."
            )
        if found is None and self.path.exists() and not _is_fresh(self.path):
            raise StoreError(f"{self.path} is no gcmkg store and not empty; name a new or an empty folder.")

    def _marked(self) -> object:
        """The format that the mark tells; none where there is no mark, or none that can be read."""
        try:
            return json.loads((self.path / _MARK).read_bytes())["format"]
        except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
            return None

    def _read(self, name: str) -> Generation:
        if not _NAME.fullmatch(name):
            pointer = self.path / _CURRENT
            raise StoreError(f"{pointer} is damaged (it reads {name[:40]!r}); run the last ingest again to repair it.")
        return Generation.read(self.path / name)

    def _numbers(self) -> list[int]:
        names = (_NAME.fullmatch(path.name) for path in self.path.iterdir())
        return sorted(int(match[1]) for match in names if match)

    def _pointer(self) -> str | None:
        pointer = self.path / _CURRENT
        return pointer.read_bytes().decode("utf-8", "replace").strip() if pointer.is_file() else None

    def _whole(self) -> Iterator[Generation]:
        """Generations whose manifest is whole and whose files have their length, the newest first."""
        for number in reversed(self._numbers()):
            try:
                generation = self._read(f"gen-{number}")
            except StoreError:
                continue
            if generation.torn() is None:
                yield generation

    def _instead(self, problem: StoreError) -> Generation:
        generation = next(self._whole(), None)
        if generation is None:
            raise problem
        log.warning("%s Until then readers get generation %d.", problem, generation.number)
        return generation

    def _remove_old(self) -> None:
        for number in self._numbers()[:-KEPT]:
            folder = self.path / f"gen-{number}"
            with locks.unused(folder / MANIFEST) as free:
                if free:
                    # Renamed under the lock, so that a reader gets a whole generation or looks for the next.
                    folder.rename(self.path / f"{_OLD}{number}")
        self._remove_leftovers()

    def _remove_leftovers(self) -> None:
        for path in self.path.iterdir():
            if path.name == _BUILDING or path.name.startswith(_OLD):
                shutil.rmtree(path)


def _is_fresh(path: Path) -> bool:
    """Whether the folder holds nothing, what a run killed while making a store leaves, or a store with a torn mark."""
    if not path.is_dir():
        return False
    here = {entry.name for entry in path.iterdir()}
    return here <= {_LOCK, f".{_MARK}.new"} or {_LOCK, _MARK, "work"} <= here
