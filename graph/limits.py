"""What a query may cost, and the limits that the kernel holds a worker to."""

from __future__ import annotations

import contextlib
import resource
import signal
from dataclasses import dataclass

MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one engine.

    Args:
        seconds: from the call to the last row, waiting for a worker included.
        memory_mb: address space of a worker in MiB, and the greatest size of a result.
        rows: at most so many rows or triples; a result that had more is marked as truncated.
        query_bytes: of the query in UTF-8.
        nesting: of brackets of all kinds.
        workers: how many queries run at once; more wait, within their own time. Where there are two or more, one
            of them is kept for light queries.
        light_seconds: how long a query may have the worker that is kept for light ones, and less where others
            wait for it; one that needs longer begins again on another worker, within its own time. On any worker, a
            query that has run so long gives way to others on the processor.
    """

    seconds: float = 60.0
    memory_mb: int = 1024
    rows: int = 10_000
    query_bytes: int = 65_536
    nesting: int = 100
    workers: int = 4
    light_seconds: float = 0.5


def confine(memory_mb: int) -> None:
    """Hold this process to its memory for good; forbid it to write files and to dump core."""
    memory = memory_mb * MEGABYTE
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with contextlib.suppress(ValueError, OSError):  # macOS has no limit of address space
            resource.setrlimit(what, (most, most))


def end_after(seconds: float) -> None:
    """Have the kernel end this process in so many seconds, whatever it is doing then; 0 calls it off.

    The engine kills a worker at its limit; this holds where the engine itself has gone.
    """
    signal.setitimer(signal.ITIMER_REAL, seconds)
