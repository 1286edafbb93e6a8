"""Lines sorted in constant memory: sorted runs in files of their own, merged."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import groupby, islice
from pathlib import Path

RUN = 100_000  # lines that are sorted at once


def sorted_lines(lines: Iterator[bytes], *, run: int = RUN) -> Iterator[bytes]:
    """The lines in the order of their bytes, each once; at most one run of them is in memory.

    Args:
        lines: each with its line feed.
        run: how many are sorted at once.
    """
    chunk = list(islice(lines, run))
    if len(chunk) < run:
        yield from sorted(set(chunk))
        return
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="gcmkg-")))
        paths: list[Path] = []
        while chunk:
            paths.append(folder / str(len(paths)))
            with paths[-1].open("wb") as file:
                file.writelines(sorted(set(chunk)))
            chunk = list(islice(lines, run))
        merged = heapq.merge(*(held.enter_context(path.open("rb")) for path in paths))
        yield from (line for line, _ in groupby(merged))
