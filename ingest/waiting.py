"""Documents that are ready to be written: several go into the graph in one step, in half the time."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.worktable import TableEntry

QUADS = 60_000
SECONDS = 2.0


@dataclass(slots=True)
class Waiting:
    """Entry, text and lines of N-Quads of each document that is read, linked and mapped but not yet written.

    What waits is lost with a killed run and made again by the next; so it is little work: at most `QUADS` quads and
    one document, and `SECONDS` of time and one document.
    """

    documents: list[tuple[TableEntry, str, Sequence[str]]] = field(default_factory=list)
    quads: int = 0
    since: float = field(default_factory=time.monotonic)

    def add(self, entry: TableEntry, text: str, lines: Sequence[str]) -> None:
        """Have one more document wait."""
        self.documents.append((entry, text, lines))
        self.quads += len(lines)

    @property
    def enough(self) -> bool:
        """Whether they should be written now."""
        return self.quads >= QUADS or time.monotonic() - self.since >= SECONDS

    def clear(self) -> None:
        """Start anew, everything being written."""
        self.documents.clear()
        self.quads, self.since = 0, time.monotonic()
