"""The vectors of an index in FAISS files: flat inner product, every row of a mask scored exactly.

Two vectors a passage: the *blend* ranks (the sentence, its neighbours, where it stands); the *bare* one is of
the sentence alone and decides what is only a guess. The blend costs no further embedding: neighbours are
averaged, headings are embedded once each. Because the score is an inner product, the blend of the vectors
scores as the blend of the scores.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ontology.errors import StoreError
from search.encoder import Encoder, Vectors
from search.entries import Entry

CONTEXT_SHARE = 0.35  # of title, headings and lead-in in a blend; 0.3 and 0.4 measure alike
BATCH = 256
_LENGTH = struct.Struct("=Q")  # how FAISS counts the numbers of its rows, at the end of what comes before them
_SPARSE = 4  # rows are gathered where the mask keeps less than a quarter


def unit(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; a row of zeros stays."""
    norms = np.sqrt((vectors * vectors).sum(axis=1, keepdims=True))
    return np.asarray(vectors / np.maximum(norms, np.float32(1e-9)), dtype=np.float32)


def blend(entries: Sequence[Entry], bare: Vectors, encoder: Encoder) -> Vectors:
    """Ranking vectors of shape (n, d), not of unit length; entries in reading order, document by document."""
    window = bare.copy()
    joined = [
        index for index, (one, two) in enumerate(pairwise(entries))
        if (one.document_slug, one.section) == (two.document_slug, two.section)
    ]
    for index in joined:
        window[index] += bare[index + 1]
        window[index + 1] += bare[index]
    contexts = sorted({entry.context for entry in entries})
    place = {context: index for index, context in enumerate(contexts)}
    heads = encoder.encode(contexts)[[place[entry.context] for entry in entries]] if entries else bare
    heads = heads * np.array([[bool(entry.context)] for entry in entries], np.float32).reshape(-1, 1)
    share = np.float32(CONTEXT_SHARE)
    return np.asarray((1 - share) * (bare + unit(window)) / 2 + share * heads, dtype=np.float32)


def write_vectors(path: Path, vectors: Vectors) -> None:
    """Write a flat inner-product index of FAISS."""
    with VectorWriter(path, dimension=int(vectors.shape[1])) as writer:
        writer.add(vectors)


class VectorWriter:
    """Writes a flat inner-product index of FAISS row by row, so that the vectors need not fit into memory.

    FAISS writes an index that is whole in memory. Here it writes what comes before the rows, which says how many
    there are and so is written once more at the end; the file is, byte for byte, the one that FAISS would write.
    Use as a context manager.

    Args:
        path: the file, replaced where it is there.
        dimension: the length of a vector.

    Raises:
        OSError: the file cannot be written.
    """

    def __init__(self, path: Path, *, dimension: int) -> None:
        self._dimension = dimension
        self._rows = 0
        self._file = path.open("wb")
        self._file.write(self._head())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            self._file.seek(0)
            self._file.write(self._head())

    def add(self, vectors: Vectors) -> None:
        """Append rows, of shape (n, dimension).

        Raises:
            ValueError: the vectors have another length.
            OSError: they cannot be written.
        """
        rows = np.ascontiguousarray(vectors, dtype=np.float32).reshape(len(vectors), self._dimension)
        self._file.write(rows.data)
        self._rows += len(rows)

    def _head(self) -> bytes:
        """What stands before the rows."""
        import faiss

        index = faiss.IndexFlatIP(self._dimension)
        index.ntotal = self._rows
        empty: bytes = faiss.serialize_index(index).tobytes()
        return empty[: -_LENGTH.size] + _LENGTH.pack(self._rows * self._dimension)


class VectorFile:
    """A FAISS file, mapped rather than read; its digest is the caller's to check."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            StoreError: it is missing or no flat FAISS index.
        """
        import faiss

        try:
            index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
        except RuntimeError as error:
            raise StoreError(f"{path} is not a vector index of gcmkg; run `gcmkg ingest` again.") from error
        self._owner = index  # keeps the memory behind `rows` alive: what downcast_index gives does not own it
        flat: Any = faiss.downcast_index(index)
        shape = (int(flat.ntotal), int(flat.d))
        self.rows: Vectors = (
            faiss.rev_swig_ptr(flat.get_xb(), shape[0] * shape[1]).reshape(shape)
            if shape[0] else np.zeros(shape, np.float32)
        )

    def scores(self, vector: Vectors, allowed: NDArray[np.int64]) -> Vectors:
        """Inner products of `vector` (d,) with the rows of the given numbers, in their order."""
        if len(allowed) * _SPARSE < len(self.rows):
            return np.asarray(self.rows[allowed] @ vector, dtype=np.float32)
        return np.asarray((self.rows @ vector)[allowed], dtype=np.float32)
