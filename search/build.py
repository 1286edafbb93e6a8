"""Writing an index: columns, vectors and words of entries, document by document."""

from __future__ import annotations

import json
import shutil
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.columns import ColumnWriter, Rows, write_groups
from search.encoder import Encoder, Vectors
from search.entries import Entry
from search.lexical import STOP_WORDS, LexicalWriter
from search.query_text import words_of
from search.roles import question_list
from search.vector_cache import VectorCache
from search.vectors import BATCH, VectorFile, VectorWriter, blend, write_vectors

VERSION = 3
COLUMNS, BLEND, BARE, LEXICAL, RECORD = "passages.parquet", "ranking.faiss", "sentences.faiss", "words", "index.json"
QUESTIONS, COPIES = "questions.faiss", "copies.npy"
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
    ordered = sorted(entries, key=_slug)
    documents = (tuple(group) for _, group in groupby(ordered, key=_slug))
    return write_index(
        documents, folder, total=len(ordered), encoder=encoder, cache=cache, places=places, progress=progress
    )


def write_index(
    documents: Iterable[Sequence[Entry]],
    folder: Path,
    *,
    total: int,
    encoder: Encoder,
    cache: VectorCache | None = None,
    places: Mapping[str, Sequence[str]] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> IndexStats:
    """Write an index as `build_index` does, from documents as they come: memory is that of a few of them.

    Args:
        documents: the entries of each document, in the order of their slugs.
        folder: where to write; made where missing, emptied where not.
        total: how many entries will come, for `progress`.
        encoder: embeds texts.
        cache: vectors known from earlier, of the same encoder.
        places: names of each place in lower case, by its value in `Entry.scope`.
        progress: called with (done, all) passages.

    Raises:
        ValueError: the documents are not in order.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    coder: Encoder = encoder if cache is None else cache
    before = 0 if cache is None else cache.computed
    told = array("Q")
    with (
        ColumnWriter(folder / COLUMNS) as columns,
        VectorWriter(folder / BLEND, dimension=encoder.dimension) as ranking,
        VectorWriter(folder / BARE, dimension=encoder.dimension) as sentences,
        LexicalWriter(folder / LEXICAL) as words,
    ):
        for batch in _batches(_in_order(documents)):
            bare = _embedded(batch, coder, done=len(told), total=total, progress=progress)
            columns.add(batch)
            ranking.add(blend(batch, bare, coder))
            sentences.add(bare)
            words.add(batch)
            told.extend(_said(entry) for entry in batch)
    written = VectorFile(folder / BARE)
    groups = copies(np.frombuffer(told, np.uint64), written.rows)
    write_groups(folder / COPIES, groups)
    asked = question_list()
    write_vectors(folder / QUESTIONS, coder.encode([question for _, question in asked]))
    record = {
        "version": VERSION, "encoder": encoder.name, "dimension": encoder.dimension, "passages": len(told),
        "roles": [kind for kind, _ in asked],
        "places": {place: list(names) for place, names in sorted((places or {}).items())},
    }
    (folder / RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    embedded = len(told) if cache is None else cache.computed - before
    return IndexStats(len(told), int(np.count_nonzero(groups == np.arange(len(groups)))), embedded)


def _slug(entry: Entry) -> str:
    return entry.document_slug


def _in_order(documents: Iterable[Sequence[Entry]]) -> Iterator[list[Entry]]:
    """The entries of each document by place, as they can be stored.

    Raises:
        ValueError: the documents are not in order.
    """
    last = ""
    for document in documents:
        for entry in document:
            if entry.document_slug < last:
                raise ValueError(f"the document {entry.document_slug!r} came after {last!r}")
            last = entry.document_slug
        storable = [_storable(entry) for entry in document]
        yield sorted(storable, key=lambda entry: (entry.start, entry.passage_iri))


def _batches(documents: Iterable[list[Entry]]) -> Iterator[list[Entry]]:
    """Whole documents, so many together that embedding them is worth while."""
    batch: list[Entry] = []
    for document in documents:
        batch += document
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _storable(entry: Entry) -> Entry:
    """The entry with lone surrogates replaced, which neither Parquet nor tantivy can keep; lengths stay."""
    unsafe: dict[str, Any] = {
        field.name: value.encode("utf-8", "replace").decode()
        for field in fields(entry)
        if isinstance(value := getattr(entry, field.name), str) and not value.isascii()
    }
    return replace(entry, **unsafe) if unsafe else entry


def _embedded(
    entries: Sequence[Entry], encoder: Encoder, *, done: int, total: int, progress: Callable[[int, int], None] | None
) -> Vectors:
    parts = [np.zeros((0, encoder.dimension), np.float32)]
    for start in range(0, len(entries), BATCH):
        some = entries[start : start + BATCH]
        parts.append(encoder.encode([entry.text for entry in some]))
        if progress:
            progress(done + start + len(some), total)
    return np.concatenate(parts)


def copies(told: NDArray[np.uint64], bare: Vectors) -> Rows:
    """For each row, the first that says the same: equal in `told` (`_said`), and vectors at 0.97 or more."""
    out = np.arange(len(told))
    order = np.argsort(told, kind="stable")
    ends = np.flatnonzero(np.diff(told[order])) + 1
    for alike in np.split(order, ends):
        if len(alike) > 1:
            firsts: list[int] = []
            for row in alike.tolist():
                found = next((other for other in firsts if float(bare[other] @ bare[row]) >= SAME), row)
                if found == row:
                    firsts.append(row)
                out[row] = found
    return out


def _said(entry: Entry) -> int:
    """A digest of the words of an entry and of its kind: a heading is no copy of a sentence."""
    said = "\0".join([entry.kind, *_words(entry.text)])
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), "big")


def _words(text: str) -> tuple[str, ...]:
    words = words_of(text.lower())
    return tuple(sorted({word for word in words if word not in STOP_WORDS} or set(words)))
