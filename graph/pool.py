"""The workers of one engine: started when first needed, kept between queries, replaced when they end.

One worker of several is kept for light queries. What a query costs is known only when it has run, so a query that
finds all other workers busy has that one for a moment; if the moment is not enough, it waits for another worker.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from pathlib import Path

from graph.limits import Limits
from graph.process import Worker, WorkerEndedError
from ontology.errors import LimitError, StoreError

_LEAST_MOMENT = 0.1
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
        self._light_waiting = 0
        self._changed = threading.Condition()
        self._graphs: tuple[str, ...] | None = None

    def graphs(self, deadline: float) -> tuple[str, ...]:
        """The named graphs of the store, sorted; asks a worker the first time."""
        if self._graphs is None:
            self.give_back(self.take(deadline), whole=True)
        return self._graphs or ()

    def take(self, deadline: float, *, heavy: bool = False) -> Worker:
        """A worker that nobody else has, new if need be; `moment` tells for how long.

        Args:
            deadline: of `time.monotonic`.
            heavy: never give the worker that is kept for light queries.

        Raises:
            LimitError: all were busy until the deadline.
            StoreError: the engine is closed, or the graph cannot be read.
        """
        with self._changed:
            self._heavy_waiting += heavy
            self._light_waiting += not heavy
            try:
                reserved = self._lane(deadline, heavy=heavy)
            finally:
                self._heavy_waiting -= heavy
                self._light_waiting -= not heavy
            worker = self._free.pop() if self._free else Worker(self._folder, self._limits.memory_mb)
            self._lent.add(worker)
            if reserved:
                self._reserved = worker
        if worker.fresh:
            self._greet(worker, deadline)
        return worker

    def moment(self, worker: Worker) -> float:
        """Seconds for which the worker is lent: endless but for the one for light queries.

        That one is lent for a shorter time the more queries wait for it.
        """
        if worker is not self._reserved:
            return math.inf
        return max(_LEAST_MOMENT, self._limits.light_seconds / (1 + self._light_waiting))

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
        """Return a worker; one whose answer is not whole, or that has been made to give way to others, is ended."""
        with self._changed:
            self._lent.discard(worker)
            if worker is self._reserved:
                self._reserved = None
            if whole and not self.closed and not worker.slowed:
                self._free.append(worker)
            else:
                worker.kill()
                if not self.closed and not worker.fresh:  # the next starts now, before somebody waits for it
                    self._free.append(Worker(self._folder, self._limits.memory_mb))
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
