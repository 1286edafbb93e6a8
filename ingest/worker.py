"""The process that reads documents: no sockets, no writing, held to its memory, ended at its time.

It takes pickled `(function, arguments, limits)` from its parent on its standard input and answers on what was
its standard output; what libraries print goes nowhere.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import resource
import signal
import struct
from pathlib import Path
from typing import Any, BinaryIO

from graph import sandbox
from ingest.answers import write_answer

LENGTH = struct.Struct(">Q")
DONE, MEMORY, FAILED = "done", "memory", "failed"
_MEGABYTE = 1 << 20
_GRACE = 5.0
COLLECT = (100_000, 20, 20)
"""Documents are made of many small values without cycles: looking for cycles less often saves a fifth of the time."""


def main() -> None:
    """Serve until the input ends; a process that ran out of memory ends itself."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sandbox.enter([Path("/")])
    gc.set_threshold(*COLLECT)
    fresh = True
    while (frame := _frame(requests)) is not None:
        function, arguments, seconds, memory_mb = pickle.loads(frame)  # noqa: S301 - from our parent only
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE)
        verdict, value = _outcome(function, arguments, memory_mb)
        signal.setitimer(signal.ITIMER_REAL, 0)
        _send(answers, verdict, value)
        if verdict == MEMORY:
            return
        del function, arguments, value
        if fresh:  # modules and vocabulary are loaded now, and stay
            gc.collect()
            gc.freeze()
            fresh = False


def _outcome(function: Any, arguments: tuple[Any, ...], memory_mb: int) -> tuple[str, Any]:
    try:
        with _held_to(memory_mb):
            return DONE, function(*arguments)
    except MemoryError:
        return MEMORY, None
    except Exception as error:  # noqa: BLE001 - whatever a document brings about costs that document alone
        return FAILED, f"{type(error).__name__}: {error}"[:300].replace("\n", " ")


@contextlib.contextmanager
def _held_to(memory_mb: int) -> Any:
    """At most so much more memory than the process holds now; where the system has no such limit, none."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    held = data_size("self")
    if held is not None:
        most = held + memory_mb * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)


def data_size(process: int | str) -> int | None:
    """Bytes of data that a process holds, as Linux counts them for its limit; None where it cannot be told."""
    try:
        fields = Path(f"/proc/{process}/statm").read_text("ascii").split()
    except (OSError, ValueError):
        return None
    return int(fields[5]) * resource.getpagesize() if len(fields) > 5 else None


def _frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(LENGTH.size)
    return stream.read(LENGTH.unpack(head)[0]) if len(head) == LENGTH.size else None


def _send(stream: BinaryIO, verdict: str, value: Any) -> None:
    try:
        body = write_answer((verdict, value))
    except MemoryError:
        body = write_answer((MEMORY, None))
    stream.write(LENGTH.pack(len(body)) + body)
    stream.flush()
