"""Vectors by the hash of their text, so that unchanged text is never embedded twice."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from pathlib import Path

from search.encoder import Encoder, Vectors, clean, encode_parts
from search.keyed_vectors import KeyedVectors
from search.pieces import Part, stacked


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
        return self.encode_parts(texts, [()] * len(texts))[0]

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> tuple[Vectors, Vectors]:
        """Unit vectors of texts and of all their parts, text by text; a text with an unknown part is read again."""
        keys = [_key(text) for text in texts]
        inside = [[_key(text, part) for part in some] for text, some in zip(texts, parts, strict=True)]
        flat = [key for some in inside for key in some]
        known = self._known.get_all({*keys, *flat})
        wanted: dict[bytes, tuple[str, dict[bytes, Part]]] = {}
        for text, key, some, places in zip(texts, keys, inside, parts, strict=True):
            if any(k not in known for k in (key, *some)):
                wanted.setdefault(key, (text, {}))[1].update(zip(some, places, strict=True))
        if wanted:
            asked = [tuple(some.values()) for _, some in wanted.values()]
            whole, within = encode_parts(self._encoder, [text for text, _ in wanted.values()], asked)
            found = dict(zip(wanted, whole, strict=True))
            found |= dict(zip([key for _, some in wanted.values() for key in some], within, strict=True))
            fresh = {key: vector for key, vector in found.items() if key not in known}
            self._known.add(list(fresh), stacked(list(fresh.values()), self.dimension))
            known |= fresh
            self.computed += len(wanted)
        return stacked([known[k] for k in keys], self.dimension), stacked([known[k] for k in flat], self.dimension)


def _key(text: str, part: Part | None = None) -> bytes:
    """What a vector is kept under: the text, and which part of it (after a byte that no text begins with)."""
    whole = hashlib.sha256(clean(text).encode()).digest()
    return whole if part is None else hashlib.sha256(b"\xff" + whole + struct.pack("<qq", *part)).digest()
