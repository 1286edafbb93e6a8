"""The workers of one engine: started when first needed, kept between queries, replaced when they end.

One worker of several is kept for light queries. What a query costs is known only when it has run, so a query that
finds all other workers busy has that one for a moment; if the moment is not enough, it waits for another worker.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from graph.limits import Limits
from graph.process import Worker, WorkerEndedError
from ontology.errors import LimitError, StoreError

_LOG = logging.getLogger(__name__)


class Pool:
    """Lends workers, each to one query at a time; safe for threads."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.closed = False
        self._folder = folder
        self._limits = limits
        self._free: list[Worker] = []
        self._lent: set[Worker] = set()
        self._reserved: Worker | None = None
        self._heavy_waiting = 0
        self._changed = threading.Condition()
        self._graphs: tuple[str, ...] | None = None

    def graphs(self, deadline: float) -> tuple[str, ...]:
        """The named graphs of the store, sorted; asks a worker the first time."""
        if self._graphs is None:
            self.give_back(self.take(deadline), whole=True)
        return self._graphs or ()

    def take(self, deadline: float, *, heavy: bool = False) -> Worker:
        """A worker that nobody else has, new if need be; `is_reserved` tells whether it is the one for light queries.

        Args:
            deadline: of `time.monotonic`.
            heavy: never give the worker that is kept for light queries.

        Raises:
            LimitError: all were busy until the deadline.
            StoreError: the engine is closed, or the graph cannot be read.
        """
        with self._changed:
            self._heavy_waiting += heavy
            try:
                reserved = self._lane(deadline, heavy=heavy)
            finally:
                self._heavy_waiting -= heavy
            worker = self._free.pop() if self._free else Worker(self._folder, self._limits.memory_mb)
            self._lent.add(worker)
            if reserved:
                self._reserved = worker
        if worker.fresh:
            self._greet(worker, deadline)
        return worker

    def is_reserved(self, worker: Worker) -> bool:
        """Whether the worker is lent as the one for light queries."""
        return worker is self._reserved

    def _lane(self, deadline: float, *, heavy: bool) -> bool:
        """Wait until there is a worker to lend; whether it is the one for light queries."""
        kept = 1 if self._limits.workers > 1 else 0
        while not self.closed:
            ordinary = len(self._lent) - (self._reserved is not None)
            open_lane = ordinary < self._limits.workers - kept
            open_reserve = bool(kept) and self._reserved is None and not heavy
            if open_lane and not (open_reserve and self._heavy_waiting):
                return False
            if open_reserve:
                return True
            if not self._changed.wait(max(0.0, deadline - time.monotonic())):
                raise LimitError("All query workers were busy until the time was up; try again a little later.")
        raise StoreError("This store is closed; open it again.")

    def give_back(self, worker: Worker, *, whole: bool) -> None:
        """Return a worker; one whose answer is not whole is ended."""
        with self._changed:
            self._lent.discard(worker)
            if worker is self._reserved:
                self._reserved = None
            if whole and not self.closed:
                self._free.append(worker)
            else:
                worker.kill()
            self._changed.notify_all()

    def close(self) -> None:
        """End all workers, lent ones too."""
        with self._changed:
            self.closed = True
            for worker in (*self._free, *self._lent):
                worker.kill()
            self._free.clear()
            self._changed.notify_all()

    def _greet(self, worker: Worker, deadline: float) -> None:
        try:
            hello = worker.receive(deadline)
        except WorkerEndedError as end:
            self.give_back(worker, whole=False)
            raise self._start_error(end) from None
        worker.fresh = False
        if hello["missing"] and self._graphs is None:
            _LOG.warning("Queries run without %s, which this kernel lacks; their text is still checked, and time and "
                         "memory are limited.", " and ".join(hello["missing"]))
        self._graphs = tuple(hello["graphs"])

    def _start_error(self, end: WorkerEndedError) -> LimitError | StoreError:
        if end.cause == "time":
            return LimitError("The query worker did not start within the time; give it more seconds.")
        words = end.last_words or "the worker stopped"
        return StoreError(f"The graph {self._folder} cannot be read ({words}); run `gcmkg verify`, "
                          "or allow queries more memory.")
