"""Progress on stderr: a bar with rate and remaining time for a person, now and then a line for a log file."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from types import TracebackType
from typing import Self

import rich.progress
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text


class Progress:
    """Called as `progress(stage, done, total)`: draws one bar a stage on a terminal.

    Where stderr is no terminal (a log file, a scheduled job) it writes a line at most every `every` seconds,
    so that short runs stay silent and long ones can be followed.
    """

    def __init__(self, *, every: float = 30.0) -> None:
        self._bars: dict[str, rich.progress.TaskID] = {}
        self._rich: rich.progress.Progress | None = None
        self._lines = _Lines(every)

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._rich = rich.progress.Progress(
                TextColumn("{task.description:<12}"),
                BarColumn(),
                MofNCompleteColumn(),
                _Rate(),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
            )
            self._rich.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._rich is not None:
            self._rich.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` of a stage are finished."""
        if self._rich is None:
            self._lines.tell(stage, done, total)
            return
        if stage not in self._bars:
            self._bars[stage] = self._rich.add_task(stage, total=total)
        self._rich.update(self._bars[stage], completed=done, total=total)


class _Rate(ProgressColumn):
    """How many a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:.1f}/s" if speed else "", style="progress.data.speed")


class _Lines:
    """One line at most every so many seconds, with the rate since a stage began and the time that remains."""

    def __init__(self, every: float) -> None:
        self._every = every
        self._began: dict[str, float] = {}
        self._told = time.monotonic()

    def tell(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        began = self._began.setdefault(stage, self._told)
        if now - self._told < self._every or done >= total:
            return
        self._told = now
        rate = done / max(now - began, 1e-9)
        left = timedelta(seconds=round((total - done) / rate)) if rate else "unknown time"
        print(f"{stage}: {done} of {total}, {rate:.1f}/s, {left} left", file=sys.stderr, flush=True)
