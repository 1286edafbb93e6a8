"""Locks between processes: one writer a store, and readers that keep a generation from being removed."""

from __future__ import annotations

import fcntl
import os
import platform
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from ontology.errors import StoreError

_POLL_SECONDS = 0.05
_TOLD = re.compile(r"(?P<pid>\d+) (?P<since>[\d-]+ [\d:]+ UTC) (?P<host>\S*)")


@contextmanager
def exclusive(path: Path, *, what: str, wait_seconds: float = 0.5) -> Iterator[None]:
    """Hold the lock file `path`, which then tells its holder: process id, computer, and since when (UTC).

    Args:
        path: lock file; made if it is not there, and left in place (removing it would let two in).
        what: what is locked, for the message.
        wait_seconds: how long to wait for a holder that is about to end.

    Raises:
        StoreError: another process, or another part of this one, holds it; names the holder.
    """
    with path.open("a+b", buffering=0) as file:
        deadline = time.monotonic() + wait_seconds
        while not _locked(file):
            if time.monotonic() > deadline:
                raise StoreError(f"{what} is being written by {_holder(path)}; wait until it ends, or stop it.")
            time.sleep(_POLL_SECONDS)
        file.truncate(0)
        file.write(f"{os.getpid()} {_now()} {platform.node()}\n".encode())
        yield
        file.truncate(0)


@contextmanager
def shared(path: Path) -> Iterator[bool]:
    """Hold a shared lock on a file for as long as it is read; works on read-only media.

    Yields:
        Whether the file is there: not so when it was removed, or renamed while we waited.
    """
    file = _opened(path)
    if file is None:
        yield False
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


@contextmanager
def unused(path: Path) -> Iterator[bool]:
    """Keep readers away from a file while it is moved; yields whether none was reading it."""
    file = _opened(path)
    if file is None:
        yield True
        return
    with file:
        yield _locked(file)


def _holder(path: Path) -> str:
    """Who holds the lock, as far as the file tells; it is empty for the moment between lock and name."""
    match = _TOLD.fullmatch(path.read_text("utf-8", "replace").strip())
    if match is None:
        return "another process"
    return f"process {match['pid']} of {match['host'] or 'this computer'} since {match['since']}"


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def _locked(file: IO[bytes]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _opened(path: Path) -> IO[bytes] | None:
    try:
        return path.open("rb")
    except FileNotFoundError:
        return None
