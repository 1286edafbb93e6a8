"""One opened store for all requests and sessions of a process; a newer generation is taken when it comes."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import gcmkg
from gcmkg import Store
from graph.limits import Limits

_LOOK_EVERY = 2.0  # seconds between looks for a newer generation
_PARTS = frozenset(name for name, member in vars(Store).items() if isinstance(member, cached_property))


class ThreadSafeStore(Store):
    """A store whose parts (engine, index, encoder …) are made once, however many threads first ask for them."""

    def __init__(self, path: Path, *, limits: Limits | None = None) -> None:
        self._making = threading.RLock()  # a part may need other parts
        super().__init__(path, limits=limits)

    def __getattribute__(self, name: str) -> Any:
        if name in _PARTS and name not in self.__dict__:
            with self._making:
                return super().__getattribute__(name)
        return super().__getattribute__(name)


class SharedStore:
    """Opens the store when first asked, and again when a newer generation is published.

    Whoever uses a store keeps the one it was given; one that has been replaced is closed when its last user
    is done.

    Args:
        path: of the store, see `gcmkg.locate_store`.
        limits: of its queries.
    """

    def __init__(self, path: Path | None, *, limits: Limits | None = None) -> None:
        self.path = path
        self._limits = limits
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._users: Counter[Store] = Counter()
        self._looked = 0.0

    @contextmanager
    def using(self) -> Iterator[Store]:
        """The store at its newest generation, which stays open while it is used.

        Raises:
            StoreError: there is no store, or it is damaged.
        """
        with self._lock:
            store = self._newest()
            self._users[store] += 1
        try:
            yield store
        finally:
            self._release(store)

    def close(self) -> None:
        """Close what is open; what is in use is closed by its last user."""
        with self._lock:
            self._retire()

    def _newest(self) -> Store:
        now = time.monotonic()
        if self._store is not None and now - self._looked > _LOOK_EVERY:
            self._looked = now
            if not self._store.is_current:
                self._retire()
        if self._store is None:
            self._store = ThreadSafeStore(gcmkg.locate_store(self.path), limits=self._limits)
            self._looked = now
        return self._store

    def _retire(self) -> None:
        store, self._store = self._store, None
        if store is not None and not self._users[store]:
            store.close()

    def _release(self, store: Store) -> None:
        with self._lock:
            self._users[store] -= 1
            if self._users[store]:
                return
            del self._users[store]
            if store is not self._store:
                store.close()
