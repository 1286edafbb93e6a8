"""Writing an index: columns, vectors and words of a list of entries."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np

from search.columns import write_columns
from search.encoder import Encoder, Vectors
from search.entries import Entry
from search.lexical import STOP_WORDS, write_lexical
from search.query_text import words_of
from search.roles import question_list
from search.vector_cache import VectorCache
from search.vectors import BATCH, blend, write_vectors

VERSION = 2
COLUMNS, BLEND, BARE, LEXICAL, RECORD = "passages.parquet", "ranking.faiss", "sentences.faiss", "words", "index.json"
QUESTIONS = "questions.faiss"
SAME = 0.97  # cosine from which two passages of the same words are copies


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What was written: passages, those left after folding copies, vectors that had to be computed."""

    passages: int
    distinct: int
    embedded: int


def build_index(
    entries: Sequence[Entry],
    folder: Path,
    *,
    encoder: Encoder,
    cache: VectorCache | None = None,
    places: Mapping[str, Sequence[str]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> IndexStats:
    """Write the index of `entries` to `folder`, in place of any that is there.

    Args:
        entries: all passages of the store, in any order.
        folder: where to write; made where missing.
        encoder: embeds texts.
        cache: vectors known from earlier, of the same encoder.
        places: names of each place in lower case, by its value in `Entry.scope` (`ontology.places`).
        progress: called with (done, all) passages.
    """
    storable = [_storable(entry) for entry in entries]
    ordered = sorted(storable, key=lambda entry: (entry.document_slug, entry.start, entry.passage_iri))
    coder: Encoder = encoder if cache is None else cache
    before = 0 if cache is None else cache.computed
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    bare = _embedded([entry.text for entry in ordered], coder, progress)
    groups = copies(ordered, bare)
    write_columns(folder / COLUMNS, ordered, groups)
    write_vectors(folder / BLEND, blend(ordered, bare, coder))
    write_vectors(folder / BARE, bare)
    write_lexical(folder / LEXICAL, ordered)
    asked = question_list()
    write_vectors(folder / QUESTIONS, coder.encode([question for _, question in asked]))
    record = {
        "version": VERSION, "encoder": encoder.name, "dimension": encoder.dimension, "passages": len(ordered),
        "roles": [kind for kind, _ in asked],
        "places": {place: list(names) for place, names in sorted((places or {}).items())},
    }
    (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    embedded = len(ordered) if cache is None else cache.computed - before
    return IndexStats(len(ordered), len(set(groups)), embedded)


def _storable(entry: Entry) -> Entry:
    """The entry with lone surrogates replaced, which neither Parquet nor tantivy can keep; lengths stay."""
    unsafe: dict[str, Any] = {
        field.name: value.encode("utf-8", "replace").decode()
        for field in fields(entry)
        if isinstance(value := getattr(entry, field.name), str) and not value.isascii()
    }
    return replace(entry, **unsafe) if unsafe else entry


def _embedded(texts: Sequence[str], encoder: Encoder, progress: Callable[[int, int], None] | None) -> Vectors:
    parts = [np.zeros((0, encoder.dimension), np.float32)]
    for start in range(0, len(texts), BATCH):
        parts.append(encoder.encode(texts[start : start + BATCH]))
        if progress:
            progress(min(start + BATCH, len(texts)), len(texts))
    return np.concatenate(parts)


def copies(entries: Sequence[Entry], bare: Vectors) -> list[int]:
    """For each entry, the row of the first that says the same: the same words, and vectors at 0.97 or more."""
    first: dict[tuple[str, ...], list[int]] = {}
    out: list[int] = []
    for row, entry in enumerate(entries):
        alike = first.setdefault(_words(entry.text), [])
        found = next(_same(alike, entries, bare, row), row)
        if found == row:
            alike.append(row)
        out.append(found)
    return out


def _same(alike: Sequence[int], entries: Sequence[Entry], bare: Vectors, row: int) -> Iterator[int]:
    """Earlier rows that are copies: of the same kind of use (a heading is no copy of a sentence) and near enough."""
    for other in alike:
        if entries[other].kind == entries[row].kind and float(bare[other] @ bare[row]) >= SAME:
            yield other


def _words(text: str) -> tuple[str, ...]:
    words = words_of(text.lower())
    return tuple(sorted({word for word in words if word not in STOP_WORDS} or set(words)))
