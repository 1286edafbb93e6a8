"""Vectors by a key of 32 bytes in one append-only file, of which only the keys are held in memory.

The file is a header of 48 bytes, then blocks, one an `add`: how many vectors (4 bytes), CRC-32 of the next two
parts (4 bytes), the keys, the CRC-32 of each key with its vector (4 bytes each), the vectors. Opening reads the
keys; vectors are read when they are asked for, and not mapped, since pages that were looked at would count as memory
of the process for as long as it runs. A block that was torn, and all that follows it, is cut off by the next `add`;
a vector that was damaged counts as missing, and the one that is added in its place is found before it.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from search.model_files import replace_file

MAGIC = b"gcmkg vectors 2\n"
KEY = 32
_COUNT = struct.Struct("<II")
_LOOSE = 4096  # keys, or a quarter of all, that wait in a dictionary of some 300 bytes each for their place in arrays

Vectors = NDArray[np.float32]


class KeyedVectors:
    """Vectors of one length by their keys. One writer at a time.

    Args:
        path: the file; made by the first `add`.
        owner: a digest of 32 bytes; a file of another owner holds nothing, and is replaced.
        dimension: the length of a vector.
    """

    def __init__(self, path: Path, *, owner: bytes, dimension: int) -> None:
        self._path = path
        self._header = MAGIC + owner
        self._bytes = dimension * 4
        self._end = 0
        blocks = list(self._read())
        self._keys = np.concatenate([np.zeros((0, KEY), np.uint8), *(keys for keys, _, _ in blocks)])
        self._sums = np.concatenate([np.zeros(0, np.uint32), *(sums for _, sums, _ in blocks)])
        self._places = np.concatenate([np.zeros(0, np.int64), *(places for _, _, places in blocks)])
        self._added: dict[bytes, tuple[int, int]] = {}
        self._sort()

    def __len__(self) -> int:
        return len({key.tobytes() for key in self._keys} | set(self._added))

    def __contains__(self, key: bytes) -> bool:
        return self.get(key) is not None

    def __getitem__(self, key: bytes) -> Vectors:
        """The vector of a key.

        Raises:
            KeyError: there is none, or it was damaged.
        """
        vector = self.get(key)
        if vector is None:
            raise KeyError(key)
        return vector

    def get(self, key: bytes) -> Vectors | None:
        """The vector of a key, of shape (dimension,); None where there is none or where it was damaged."""
        return self.get_all([key]).get(key)

    def get_all(self, keys: Iterable[bytes]) -> dict[bytes, Vectors]:
        """The vectors of those keys that have one, in the order of the file.

        Raises:
            OSError: the file cannot be read.
        """
        places = {key: found for key in keys if (found := self._added.get(key) or self._find(key)) is not None}
        if not places:
            return {}
        with self._path.open("rb") as file:
            read = {
                key: os.pread(file.fileno(), self._bytes, place)
                for key, (place, _) in sorted(places.items(), key=lambda item: item[1])
            }
        return {
            key: np.frombuffer(data, "<f4").astype(np.float32, copy=False)
            for key, data in read.items() if zlib.crc32(data, zlib.crc32(key)) == places[key][1]
        }

    def add(self, keys: Sequence[bytes], vectors: Vectors) -> None:
        """Append a vector for each of some keys; on disk when this returns, though not yet forced there.

        Raises:
            OSError: the file cannot be written.
        """
        if not keys:
            return
        rows = np.ascontiguousarray(vectors, dtype="<f4")
        sums = [zlib.crc32(row.tobytes(), zlib.crc32(key)) for key, row in zip(keys, rows, strict=True)]
        told = b"".join(keys) + np.asarray(sums, "<u4").tobytes()
        block = _COUNT.pack(len(keys), zlib.crc32(told)) + told
        if not self._end:
            replace_file(self._path, self._begin)
            self._end = len(self._header)
        with self._path.open("r+b") as file:
            file.truncate(self._end)
            file.seek(self._end)
            file.write(block + rows.tobytes())
        first = self._end + len(block)
        self._end = first + len(keys) * self._bytes
        self._added.update(
            (key, (first + index * self._bytes, checksum))
            for index, (key, checksum) in enumerate(zip(keys, sums, strict=True))
        )
        if len(self._added) > max(_LOOSE, len(self._keys) // 4):
            self._settle()

    def _begin(self, path: Path) -> None:
        path.write_bytes(self._header)

    def _settle(self) -> None:
        """Give what was added its place in the arrays; of two records of a key the later one is found."""
        keys = np.frombuffer(b"".join(self._added), np.uint8).reshape(-1, KEY)
        places, sums = zip(*self._added.values(), strict=True)
        self._keys = np.concatenate([self._keys, keys])
        self._sums = np.concatenate([self._sums, np.array(sums, np.uint32)])
        self._places = np.concatenate([self._places, np.array(places, np.int64)])
        self._added.clear()
        self._sort()

    def _sort(self) -> None:
        heads = np.ascontiguousarray(self._keys[:, :8]).view("<u8").reshape(-1)
        self._order = np.argsort(heads, kind="stable")
        self._heads = heads[self._order]

    def _find(self, key: bytes) -> tuple[int, int] | None:
        """Place and checksum of the last record of a key in the arrays."""
        head = np.frombuffer(key, "<u8", count=1)
        at = int(np.searchsorted(self._heads, head, side="right")[0]) - 1
        if at < 0 or self._heads[at] != head[0]:
            return None
        row = int(self._order[at])
        if self._keys[row].tobytes() != key:
            return None
        return int(self._places[row]), int(self._sums[row])

    def _read(self) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint32], NDArray[np.int64]]]:
        """Keys, checksums and places of vectors, block by block, as far as the file is whole."""
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if file.read(len(self._header)) != self._header:
                return
            self._end = len(self._header)
            while (told := self._block(file, size)) is not None:
                count = len(told) // (KEY + 4)
                first = self._end + _COUNT.size + len(told)
                self._end = first + count * self._bytes
                file.seek(self._end)
                keys = np.frombuffer(told, np.uint8, count=count * KEY).reshape(count, KEY)
                sums = np.frombuffer(told, "<u4", offset=count * KEY).astype(np.uint32, copy=False)
                yield keys, sums, first + np.arange(count, dtype=np.int64) * self._bytes

    def _block(self, file: BinaryIO, size: int) -> bytes | None:
        """Keys and checksums of the block that begins at `_end`; None at the end, or where it is not whole."""
        start = file.read(_COUNT.size)
        if len(start) < _COUNT.size:
            return None
        count, checksum = _COUNT.unpack(start)
        length = count * (KEY + 4)
        if not count or self._end + _COUNT.size + length + count * self._bytes > size:
            return None
        told = file.read(length)
        return told if zlib.crc32(told) == checksum else None
