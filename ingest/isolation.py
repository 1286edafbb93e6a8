"""Work on hostile files in processes of their own: a crash, a hang or a bomb costs one file and nothing else."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from ingest.answers import read_answer
from ingest.worker import DONE, LENGTH, MEMORY, data_size
from ontology.errors import RejectionCode

T = TypeVar("T")

_ROOT = Path(__file__).resolve().parent.parent
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from ingest.worker import main; main()"
_MEGABYTE = 1 << 20
_LOOK = 0.25
_PIECE = 1 << 18
_LARGEST_ANSWER = 2_000 * _MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds from hand-over to answer, and MiB beyond what an idle worker holds."""

    seconds: float = 60.0
    memory_mb: int = 1024


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a call gave: `value`, or the code and the sentence that say why it gave none."""

    value: T | None = None
    code: RejectionCode | None = None
    reason: str = ""


class Workers:
    """A fixed number of worker processes, each started when first needed and anew after it was lost.

    Use it as a context; leaving it ends the processes.
    """

    def __init__(self, number: int = 1, limits: Limits = Limits()) -> None:
        self._limits = limits
        self._number = max(1, number)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker() for _ in range(self._number)]
        for worker in self._all:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(self._number, thread_name_prefix="reader")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._all:
            worker.close()
        self._threads.shutdown(wait=True)

    def run(self, function: Callable[..., T], *arguments: object) -> Outcome[T]:
        """Call a function of an importable module in a worker; never raises for what happens there."""
        worker = self._idle.get()
        try:
            return worker.run(function, arguments, self._limits)
        finally:
            self._idle.put(worker)

    def run_all(self, function: Callable[..., T], calls: Sequence[tuple[object, ...]]) -> Iterator[Outcome[T]]:
        """The outcomes of many calls in their order; only a few are made ahead, so that memory stays flat."""
        ahead: deque[Future[Outcome[T]]] = deque()
        waiting = iter(calls)
        for _ in range(2 * self._number + 1):
            self._submit(ahead, function, waiting)
        while ahead:
            outcome = ahead.popleft().result()
            self._submit(ahead, function, waiting)
            yield outcome

    def _submit(
        self, ahead: deque[Future[Outcome[T]]], function: Callable[..., T], waiting: Iterator[tuple[object, ...]]
    ) -> None:
        call = next(waiting, None)
        if call is not None:
            ahead.append(self._threads.submit(self.run, function, *call))


class _Worker:
    """One process, as its parent sees it."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def run(self, function: Callable[..., T], arguments: tuple[object, ...], limits: Limits) -> Outcome[T]:
        process = self._started()
        request = pickle.dumps((function, arguments, limits.seconds, limits.memory_mb))
        deadline = time.monotonic() + limits.seconds
        most = _Peak(process.pid, data_size(process.pid) or 0)
        try:
            answer = _exchange(process, request, deadline, most)
        except TimeoutError:
            self._end()
            return Outcome(code=RejectionCode.TIMEOUT, reason=f"took longer than {limits.seconds:g} seconds")
        if answer is None:
            return self._lost(process, most.grown > 0.6 * limits.memory_mb * _MEGABYTE, limits)
        verdict, value = answer
        if verdict == DONE:
            return Outcome(value)
        if verdict == MEMORY:
            self._end()
            return Outcome(code=RejectionCode.OUT_OF_MEMORY, reason=_memory(limits))
        return Outcome(code=RejectionCode.CRASHED, reason=f"made its reader fail ({value})")

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            if self._closed:
                raise RuntimeError("these workers were closed")
            self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                [sys.executable, "-X", "utf8", "-c", _START, str(_ROOT)], bufsize=0, start_new_session=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "MALLOC_ARENA_MAX": "1"},
            )
        return self._process

    def _lost(self, process: subprocess.Popen[bytes], full: bool, limits: Limits) -> Outcome[Any]:
        status = process.wait()
        self._end()
        if full or status == -signal.SIGKILL:
            return Outcome(code=RejectionCode.OUT_OF_MEMORY, reason=_memory(limits))
        how = signal.Signals(-status).name if -status in set(signal.Signals) else f"status {status}"
        return Outcome(code=RejectionCode.CRASHED, reason=f"made its reader crash ({how})")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()


class _Peak:
    """The most data that a process was seen to hold beyond what it held at first."""

    def __init__(self, process: int, before: int) -> None:
        self._process = process
        self._before = before
        self.grown = 0

    def look(self) -> None:
        """Look again."""
        self.grown = max(self.grown, (data_size(self._process) or 0) - self._before)


def _memory(limits: Limits) -> str:
    return f"needs more than {limits.memory_mb:,} MB of memory"


def _exchange(
    process: subprocess.Popen[bytes], request: bytes, deadline: float, peak: _Peak
) -> tuple[str, Any] | None:
    """Ask and wait; None where the process ended first.

    Raises:
        TimeoutError: the deadline has come.
    """
    if process.stdin is None or process.stdout is None:
        return None
    try:
        process.stdin.write(LENGTH.pack(len(request)) + request)
    except OSError:
        return None
    buffer = bytearray()
    wanted = LENGTH.size
    while len(buffer) < wanted:
        piece = _piece(process.stdout.fileno(), deadline, peak)
        if not piece:
            return None
        buffer += piece
        if wanted == LENGTH.size and len(buffer) >= LENGTH.size:
            wanted += LENGTH.unpack_from(buffer)[0]
            if wanted > _LARGEST_ANSWER:
                return None
    try:
        answer: tuple[str, Any] = read_answer(bytes(memoryview(buffer)[LENGTH.size :]))
    except ValueError:
        return None
    return answer


def _piece(stream: int, deadline: float, peak: _Peak) -> bytes:
    poll = select.poll()
    poll.register(stream, select.POLLIN)
    while True:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if poll.poll(1000 * min(left, _LOOK)):
            return os.read(stream, _PIECE)
        peak.look()
