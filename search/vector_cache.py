"""Vectors by the hash of their text, in one append-only file, so that unchanged text is never embedded twice.

A record is SHA-256 of the text, CRC-32 of the vector, the vector. Records have one length, so a torn end
is cut off, and a record that was damaged is embedded again.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from search.encoder import Encoder, Vectors, clean
from search.model_files import replace_file

MAGIC = b"gcmkg vectors 1\n"
_HEADER = len(MAGIC) + 32


class VectorCache:
    """Vectors of one model in one file; `encode` is that of an encoder, with what is known looked up.

    Args:
        path: the file, made when first needed. One writer at a time.
        encoder: embeds what is missing. A file of another model is started anew.
    """

    def __init__(self, path: Path, encoder: Encoder) -> None:
        self._path = path
        self._encoder = encoder
        self._header = MAGIC + hashlib.sha256(f"{encoder.name}:{encoder.dimension}".encode()).digest()
        self._record = np.dtype(
            [("key", "V32"), ("crc", "<u4"), ("vector", "<f4", (encoder.dimension,))]
        )
        self._known: dict[bytes, Vectors] = {}
        self._sound = self._load()
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
        keys = [hashlib.sha256(clean(text).encode()).digest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            self._add(list(missing), self._encoder.encode(list(missing.values())))
            self.computed += len(missing)
        return np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, self.dimension), np.float32)

    def _load(self) -> bool:
        """Read the sound records; whether a record can be appended to the file as it is."""
        if not self._path.is_file():
            return False
        data = self._path.read_bytes()
        if data[:_HEADER] != self._header:
            return False
        whole = (len(data) - _HEADER) // self._record.itemsize
        records = np.frombuffer(data, self._record, count=whole, offset=_HEADER)
        for record in records:
            if zlib.crc32(record["key"].tobytes() + record["vector"].tobytes()) == record["crc"]:
                self._known[record["key"].tobytes()] = record["vector"]
        return len(self._known) == whole and len(data) == _HEADER + whole * self._record.itemsize

    def _add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        self._known.update(zip(keys, vectors, strict=True))
        if self._sound:
            with self._path.open("ab") as file:
                file.write(self._packed(keys, vectors))
            return
        everything = self._header + self._packed(list(self._known), np.stack(list(self._known.values())))
        replace_file(self._path, lambda path: _write(path, everything))
        self._sound = True

    def _packed(self, keys: Sequence[bytes], vectors: Vectors) -> bytes:
        records = np.zeros(len(keys), self._record)
        records["vector"] = vectors
        for index, key in enumerate(keys):
            records["key"][index] = np.void(key)
            records["crc"][index] = zlib.crc32(key + records["vector"][index].tobytes())
        return records.tobytes()


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
