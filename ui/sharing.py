"""One opened store for all requests and sessions of a process; a newer generation is taken when it comes."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import gcmkg
from gcmkg import Store

_LOOK_EVERY = 2.0  # seconds between looks for a newer generation


class SharedStore:
    """Opens the store when first asked, and again when a newer generation is published.

    Requests under way keep the store object they were given; it is closed only once it has been replaced
    and a grace time has passed.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._old: list[tuple[float, Store]] = []
        self._looked = 0.0

    def get(self) -> Store:
        """The store at its newest generation.

        Raises:
            StoreError: there is no store, or it is damaged.
        """
        with self._lock:
            now = time.monotonic()
            if self._store is not None and now - self._looked > _LOOK_EVERY:
                self._looked = now
                if not self._store.is_current:
                    self._old.append((now, self._store))
                    self._store = None
            if self._store is None:
                self._store = gcmkg.open_store(self.path)
                self._looked = now
            self._close_old(now)
            return self._store

    def close(self) -> None:
        """Close whatever is open."""
        with self._lock:
            for _, store in self._old:
                store.close()
            if self._store is not None:
                self._store.close()
            self._old, self._store = [], None

    def _close_old(self, now: float) -> None:
        grace = 120.0
        for since, store in self._old:
            if now - since > grace:
                store.close()
        self._old = [(since, store) for since, store in self._old if now - since <= grace]
