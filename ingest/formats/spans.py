"""Tables whose cells span rows: what a cell says holds for each of its rows, so that a row can be read by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MOST_COLUMNS = 200
_MOST_ROWS = 1_000


def spread(rows: Iterable[Sequence[tuple[str, int, int]]]) -> list[list[str]]:
    """The rows with every column filled.

    Args:
        rows: cells as `(text, columns, rows)` that they span, from the left; a span is cut where it is absurd.

    Returns:
        Rows of texts. A cell that spans columns has its text in the first; one that spans rows has it in all.
    """
    open_cells: dict[int, tuple[str, int]] = {}
    out = []
    for row in rows:
        texts: list[str] = []
        still: dict[int, tuple[str, int]] = {}

        def place(text: str, down: int, texts: list[str] = texts, still: dict[int, tuple[str, int]] = still) -> None:
            if down > 1:
                still[len(texts)] = (text, down - 1)
            texts.append(text)

        for text, across, down in row:
            while len(texts) in open_cells and len(texts) < MOST_COLUMNS:
                place(*open_cells[len(texts)])
            for number in range(min(max(across, 1), MOST_COLUMNS - len(texts))):
                place("" if number else text, min(max(down, 1), _MOST_ROWS))
        while len(texts) in open_cells and len(texts) < MOST_COLUMNS:
            place(*open_cells[len(texts)])
        open_cells = still
        out.append(texts)
    return out
