"""The access log of the endpoint: one line of JSON a request."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ontology.errors import UsageError
from ui.output import say


@contextmanager
def open_log(path: Path | None) -> Iterator[Callable[[str], None] | None]:
    """Takes the lines of the log; `None` where no log is wanted. `-` is standard error.

    Raises:
        UsageError: the file cannot be written.
    """
    if path is None or str(path) == "-":
        yield None if path is None else say
        return
    try:
        stream = path.open("a", encoding="utf-8", buffering=1)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another --access-log.") from error
    with stream:
        yield lambda line: _write(stream.write, line)


def _write(write: Callable[[str], int], line: str) -> None:
    write(f"{line}\n")
