"""Frames between engine and worker: four bytes of length, then JSON.

JSON and no pickle, since what runs in the worker is not trusted by the process that reads it.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from typing import IO, Any

Frame = dict[str, Any]

LENGTH = struct.Struct("!I")


def packed(frame: Mapping[str, Any]) -> bytes:
    """A frame as bytes."""
    body = json.dumps(frame, separators=(",", ":")).encode()
    return LENGTH.pack(len(body)) + body


def unpacked(body: bytes) -> Frame:
    """A frame from the bytes behind its length."""
    frame: Frame = json.loads(body)
    return frame


def read_frame(stream: IO[bytes]) -> Frame | None:
    """The next frame of a stream, or `None` at its end."""
    head = stream.read(LENGTH.size)
    return unpacked(stream.read(LENGTH.unpack(head)[0])) if len(head) == LENGTH.size else None
