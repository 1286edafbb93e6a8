"""The guarded SPARQL engine: read-only queries in worker processes, stopped at their limits.

A query is looked at token by token first (`graph.guard`) and refused with a reason. What is allowed runs in a
process that can open no socket and write no file (`graph.sandbox`); parsing, planning and running all count
against the time, and a worker that goes beyond it is killed and replaced. Limits hold wherever Python runs;
where the kernel lacks a part of the sandbox, the log says which.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from graph.guard import OFFERED, check_query
from graph.limits import Limits
from graph.matches import Search, rewritten
from graph.messages import syntax_error
from graph.pool import Pool
from graph.process import Worker, WorkerEndedError
from graph.rows import Collector
from graph.terms import QueryResult, Term
from graph.wire import Frame
from ontology.errors import LimitError, QueryError, RefusedError, StoreError

__all__ = ["OFFERED", "Engine", "Limits", "QueryResult", "Term"]


class Engine:
    """Runs queries over one published graph; use as a context manager, or call `close`.

    May be used by many threads at once: each query has a worker to itself. Workers are started when first
    needed and kept.

    Args:
        folder: an Oxigraph database that nobody writes.
        limits: of every query that does not say otherwise.
        search: finds the passages of search clauses (`graph.matches`); without it there are none.

    Raises:
        StoreError: there is no graph in the folder.
    """

    def __init__(self, folder: Path, *, limits: Limits | None = None, search: Search | None = None) -> None:
        if not folder.is_dir():
            raise StoreError(f"{folder} holds no graph; ingest documents first, or name the right store.")
        self.limits = limits or Limits()
        self._pool = Pool(folder.resolve(), self.limits)
        self._search = search

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop all workers, running queries too; a second call does nothing."""
        self._pool.close()

    @property
    def graphs(self) -> tuple[str, ...]:
        """The named graphs of the store, sorted."""
        return self._pool.graphs(time.monotonic() + self.limits.seconds)

    def query(
        self,
        text: str,
        *,
        rows: int | None = None,
        seconds: float | None = None,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
    ) -> QueryResult:
        """Run a SELECT, ASK, CONSTRUCT or DESCRIBE over the union of all graphs.

        The text goes to Oxigraph unchanged but for search clauses; the prefixes of `OFFERED` are known where it
        declares no other.

        Args:
            text: SPARQL 1.1.
            rows: at most so many rows or triples; that there are more is told by `truncated`.
            seconds: until it is stopped.
            default_graphs: the graphs to query in place of the union and of what FROM says, as the SPARQL
                protocol has it.
            named_graphs: the graphs that GRAPH can name, likewise.

        Raises:
            QueryError: it does not parse.
            RefusedError: it writes, calls a service, or reads from outside the store.
            LimitError: it took too long or too much memory.
        """
        started = time.monotonic()
        limit = self.limits.seconds if seconds is None else seconds
        graphs = self._pool.graphs(started + limit)
        checked = check_query(text, graphs, limits=self.limits)
        request = {
            "query": rewritten(checked, self._search),
            "rows": self.limits.rows if rows is None else rows,
            "seconds": limit,
            "prefixes": dict(OFFERED),
            "has_dataset": checked.has_dataset,
            "graphs": _given(default_graphs, named_graphs, graphs),
        }
        result = self._run(request, started + limit, checked.star)
        return replace(result, seconds=time.monotonic() - started)

    def rewritten(self, text: str) -> str:
        """The query as it runs: with what was found in place of its search clauses.

        Raises:
            QueryError: it does not begin as a query does, or a search clause is not written as it must be.
            RefusedError: as for `query`.
        """
        return rewritten(check_query(text, self.graphs, limits=self.limits), self._search)

    def _run(self, request: Frame, deadline: float, star: tuple[str, ...] | None) -> QueryResult:
        """The answer of a worker: of the one for light queries where the others are busy, if it is quick enough."""
        worker = self._pool.take(deadline)
        until = min(deadline, time.monotonic() + self._pool.moment(worker))
        if until < deadline:
            try:
                return self._answer(worker, request, until, star)
            except WorkerEndedError as end:
                if end.cause != "time":
                    raise self._limit_error(end, request["seconds"]) from None
            worker = self._pool.take(deadline, heavy=True)
        try:
            return self._answer(worker, request, deadline, star)
        except WorkerEndedError as end:
            raise self._limit_error(end, request["seconds"]) from None

    def _answer(self, worker: Worker, request: Frame, until: float, star: tuple[str, ...] | None) -> QueryResult:
        whole = False
        try:
            worker.send(request, slow_from=time.monotonic() + self.limits.light_seconds)
            result = _collect(worker, request["query"], until, star)
            whole = True
        except QueryError:
            whole = True
            raise
        finally:
            self._pool.give_back(worker, whole=whole)
        return result

    def _limit_error(self, end: WorkerEndedError, seconds: float) -> LimitError | StoreError:
        if self._pool.closed:
            return StoreError("The store was closed while the query ran; open it again.")
        if end.cause == "time":
            return LimitError(f"The query was stopped after {seconds:g} seconds; narrow it, or give it more time.")
        if end.cause == "memory":
            return LimitError(f"The query needed more than {self.limits.memory_mb} MiB of memory and was stopped; "
                              "narrow it or ask for fewer rows.")
        if end.cause == "order":
            return LimitError("The engine cannot sort numbers, dates and text in one column and was stopped; "
                              "sort by their text: ORDER BY STR(?x).")
        return LimitError("The query is too deep or too complex for the engine and was stopped; split it up.")


def _given(
    default: Sequence[str] | None, named: Sequence[str] | None, graphs: Sequence[str]
) -> tuple[list[str], list[str]] | None:
    if default is None and named is None:
        return None
    for name in [*(default or ()), *(named or ())]:
        if name not in graphs:
            raise RefusedError(f"<{name}> is no graph of this store; name one that is, or leave it out.")
    return list(default or ()), list(named or ())


def _collect(worker: Worker, text: str, deadline: float, star: tuple[str, ...] | None) -> QueryResult:
    head = worker.receive(deadline)
    _raise_told(head, text)
    if head["kind"] == "ask":
        return QueryResult("ask", boolean=head["boolean"])
    columns = tuple(head.get("columns", ()))
    order = _order(columns, star)
    collector = Collector(order)
    truncated = False
    while "end" not in (frame := worker.receive(deadline)):
        _raise_told(frame, text)
        truncated = truncated or "truncated" in frame
        collector.add(frame)
    if head["kind"] == "graph":
        return QueryResult("graph", triples=collector.rows(), truncated=truncated)  # type: ignore[arg-type]
    ordered = columns if order is None else tuple([columns[n] for n in order])
    return QueryResult("select", ordered, collector.rows(), truncated=truncated)


def _raise_told(frame: dict[str, object], text: str) -> None:
    told, message = frame.get("error"), str(frame.get("message"))
    if told == "syntax":
        raise syntax_error(text, message)
    if told == "memory":
        raise WorkerEndedError("memory")
    if told == "run" and "not permitted" in message:
        raise RefusedError("The query tried to reach outside the store, which is not allowed; leave that part out.")
    if told == "run":
        raise QueryError(f"The query cannot be run: {message}; mend it and run it again.")


def _order(columns: tuple[str, ...], wanted: tuple[str, ...] | None) -> tuple[int, ...] | None:
    """Numbers of the columns, those of a `SELECT *` in order of first appearance; `None` where they stand so."""
    if wanted is None:
        return None
    places = {name: place for place, name in enumerate(wanted)}
    order = tuple(sorted(range(len(columns)), key=lambda n: places.get(columns[n], len(places))))
    return None if order == tuple(range(len(columns))) else order
