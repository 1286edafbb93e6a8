"""The rankings that are compared: ours, its single signals, their plain fusion, and other engines on the same text.

All of them see the same passages (those that a search returns without a filter on kind) and, where words are
matched, the same text: title, headings, lead-in and sentence. Each gives the rows of its best ten passages, best
first; copies of a passage are folded as in the search itself.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

import gcmkg
from search.entries import PLAIN_KINDS, Entry

DEPTH = 10
RANKS = 60  # the constant of reciprocal rank fusion
Ranking = Callable[[str], Sequence[int]]


def usable_entries(store: gcmkg.Store) -> list[Entry]:
    """The passages that are ranked."""
    return [entry for entry in store.index.entries() if entry.kind in PLAIN_KINDS]


def dense(store: gcmkg.Store, entries: Sequence[Entry], *, context: bool) -> Callable[[str], NDArray[np.float32]]:
    """Likeness of the query's vector and that of the sentence, alone or with what stands above it."""
    texts = [f"{entry.context}. {entry.text}" if context else entry.text for entry in entries]
    vectors = store.encoder.encode(texts)
    return lambda query: np.asarray(vectors @ store.encoder.encode([query])[0], np.float32)


def bm25(entries: Sequence[Entry]) -> Callable[[str], NDArray[np.float32]]:
    """BM25 of tantivy over stemmed words, without synonyms."""
    from search.lexical import LexicalIndex, write_lexical

    with TemporaryDirectory() as folder:  # its files stay open for as long as the index
        write_lexical(Path(folder), entries)
        index = LexicalIndex(Path(folder), count=len(entries))
    return lambda query: index.scores(query, {})


def fts5(entries: Sequence[Entry]) -> Callable[[str], NDArray[np.float32]]:
    """SQLite FTS5 with its Porter stemmer and its bm25(), words joined by OR."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='porter unicode61')")
    rows = [(row, f"{entry.context}\n{entry.text}") for row, entry in enumerate(entries)]
    database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", rows)

    def scores(query: str) -> NDArray[np.float32]:
        out = np.zeros(len(entries), np.float32)
        words = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", query))
        for row, score in database.execute(
            "SELECT rowid, -bm25(passages) FROM passages WHERE passages MATCH ?", (words,)
        ):
            out[row] = score
        return out

    return scores


def ranked(scores: Callable[[str], NDArray[np.float32]], folded: Sequence[object]) -> Ranking:
    """The ten best rows by a score, equals in the order of their rows, each group of copies once."""

    def best(query: str) -> list[int]:
        values = scores(query)
        return unique([int(row) for row in np.lexsort((np.arange(len(values)), -values)) if values[row] > 0], folded)

    return best


def fused(parts: Sequence[Callable[[str], NDArray[np.float32]]], folded: Sequence[object]) -> Ranking:
    """Reciprocal rank fusion of the first hundred of each part."""

    def best(query: str) -> list[int]:
        total: dict[int, float] = {}
        for part in parts:
            values = part(query)
            order = [row for row in np.lexsort((np.arange(len(values)), -values))[:100].tolist() if values[row] > 0]
            for rank, row in enumerate(order, 1):
                total[row] = total.get(row, 0.0) + 1 / (RANKS + rank)
        return unique(sorted(total, key=lambda row: (-total[row], row)), folded)

    return best


def unique(rows: Sequence[int], folded: Sequence[object]) -> list[int]:
    """The first ten rows of different groups."""
    first: dict[object, int] = {}
    for row in rows:
        first.setdefault(folded[row], row)
        if len(first) == DEPTH:
            break
    return list(first.values())
