"""A query worker as its parent sees it: frames in, frames out, and an end that can be told apart."""

from __future__ import annotations

import contextlib
import math
import os
import select
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graph.limits import MEGABYTE
from graph.wire import LENGTH, packed, unpacked

_ROOT = Path(__file__).resolve().parent.parent
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from graph.worker import main; main()"
_PIECE = 1 << 16
_GIVES_WAY = 15  # the niceness of a process whose query has turned out to be heavy
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME", "LANG")
# What a worker says when it ends by itself; Oxigraph sorts values of mixed types in no total order, and aborts.
_SIGNS = {"total order": "order", "memory allocation": "memory", "MemoryError": "memory", "bad_alloc": "memory"}


class WorkerEndedError(Exception):
    """A worker ended, or must be ended, before its answer was whole; never shown to users.

    Args:
        cause: "time", "memory", "order" or "crash".
        last_words: what it wrote to its standard error.
    """

    def __init__(self, cause: str, last_words: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.last_words = last_words


class Worker:
    """One process that runs one query after the other."""

    def __init__(self, folder: Path, memory_mb: int) -> None:
        self.fresh = True
        self.slowed = False
        self._slow_from = math.inf
        self._most = memory_mb * MEGABYTE
        self._received = 0
        self._buffer = bytearray()
        self._process = subprocess.Popen(  # noqa: S603 - our own program, no shell
            [sys.executable, "-X", "utf8", "-c", _START, str(_ROOT), str(folder), str(memory_mb)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0, start_new_session=True,
            env=_environment(),
        )

    def send(self, request: Mapping[str, Any], *, slow_from: float = math.inf) -> None:
        """Ask; raises `WorkerEndedError` where nobody listens any more.

        Args:
            request: of `graph.worker`.
            slow_from: when a query still runs at this time (of `time.monotonic`), its process gives way to others
                from then on, for good: `slowed`.
        """
        self._received = 0
        self._slow_from = slow_from
        if self._process.stdin is None:
            raise WorkerEndedError("crash")
        try:
            self._process.stdin.write(packed(request))
        except OSError:
            raise self._death() from None

    def receive(self, deadline: float) -> dict[str, Any]:
        """The next frame.

        Raises:
            WorkerEndedError: the deadline (of `time.monotonic`) has come, the answer is too large, or the
                process ended.
        """
        while (frame := self._whole_frame()) is None:
            piece = self._piece(deadline)
            if not piece:
                raise self._death()
            self._buffer += piece
            self._received += len(piece)
            if self._received > self._most:
                raise WorkerEndedError("memory")
        return frame

    def kill(self) -> None:
        """End the process now, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()

    def _piece(self, deadline: float) -> bytes:
        out = self._process.stdout
        if out is None or out.closed:
            raise WorkerEndedError("crash")
        until = min(deadline, self._slow_from)
        try:
            ready = select.select([out], [], [], max(0.0, until - time.monotonic()))[0]
        except (OSError, ValueError):
            raise WorkerEndedError("crash") from None  # closed under our hands
        if not ready and until < deadline:
            self._slow_down()
            return self._piece(deadline)
        if not ready:
            raise WorkerEndedError("time")
        return os.read(out.fileno(), _PIECE)

    def _slow_down(self) -> None:
        self._slow_from = math.inf
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _GIVES_WAY)
            self.slowed = True

    def _whole_frame(self) -> dict[str, Any] | None:
        if len(self._buffer) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack_from(self._buffer)[0]
        if len(self._buffer) < end:
            return None
        frame = unpacked(bytes(self._buffer[LENGTH.size : end]))
        del self._buffer[:end]
        return frame

    def _death(self) -> WorkerEndedError:
        self._process.wait()
        errors = self._process.stderr
        words = "" if errors is None else (errors.read(_PIECE) or b"").decode("utf-8", "replace").strip()
        cause = next((cause for sign, cause in _SIGNS.items() if sign in words), "crash")
        return WorkerEndedError(cause, words.rpartition("\n")[2])


def _environment() -> dict[str, str]:
    """Nothing of this process's environment but what Python needs; one heap, so that threads reserve no space."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}
