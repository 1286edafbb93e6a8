"""Documents wait to be written together, but not for long: what waits is lost with a killed run."""

from __future__ import annotations

from ingest.waiting import QUADS, SECONDS, Waiting
from ingest.worktable import TableEntry

ENTRY = TableEntry(
    path="a.md", root="", name="a.md", slug="a", sha256="", key="", pages=None, passages=0, statements=0,
    objective_links=0, warnings=(),
)


def test_a_few_small_documents_wait_and_much_or_old_work_does_not() -> None:
    waiting = Waiting()
    waiting.add(ENTRY, "Text.", ["line"] * (QUADS - 1))
    assert not waiting.enough
    waiting.add(ENTRY, "Text.", ["line"])
    assert waiting.enough
    waiting.clear()
    assert (waiting.documents, waiting.enough) == ([], False)
    waiting.since -= SECONDS
    assert waiting.enough
