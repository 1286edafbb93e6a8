"""Vectors by the hash of their text, so that unchanged text is never embedded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.encoder import Encoder, Vectors, clean
from search.keyed_vectors import KeyedVectors


class VectorCache:
    """Vectors of one model in one file; `encode` is that of an encoder, with what is known looked up.

    Args:
        path: the file, made when first needed. One writer at a time.
        encoder: embeds what is missing. A file of another model is started anew.
    """

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        owner = hashlib.sha256(f"{encoder.name}:{encoder.dimension}".encode()).digest()
        self._known = KeyedVectors(path, owner=owner, dimension=encoder.dimension)
        self.computed = 0

    @property
    def name(self) -> str:
        """The model."""
        return self._encoder.name

    @property
    def dimension(self) -> int:
        """The length of a vector."""
        return self._encoder.dimension

    def __len__(self) -> int:
        return len(self._known)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension), bit for bit those of the encoder."""
        keys = [_key(text) for text in texts]
        found = {key: self._known.get(key) for key in keys}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if found[key] is None}
        if missing:
            vectors = self._encoder.encode(list(missing.values()))
            self._known.add(list(missing), vectors)
            found.update(zip(missing, vectors, strict=True))
            self.computed += len(missing)
        rows = [vector for key in keys if (vector := found[key]) is not None]
        return np.stack(rows) if rows else np.zeros((0, self.dimension), np.float32)


def _key(text: str) -> bytes:
    return hashlib.sha256(clean(text).encode()).digest()
