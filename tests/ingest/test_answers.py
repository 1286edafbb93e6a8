"""Answers of the reading process: our values come back as they were, anything else is refused."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from ingest.answers import read_answer, write_answer
from ingest.pipeline import extract

CORPUS = Path(__file__).parents[2] / "corpus"


class Acts:
    """What a parser that was taken over would send."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch /tmp/should-not-be",)


def test_a_whole_extraction_comes_back_equal() -> None:
    extracted = extract(CORPUS / "un-network-kazakhstan-tor.md", "kazakhstan", None)
    assert extracted.annotated
    assert read_answer(write_answer(("done", extracted))) == ("done", extracted)


@pytest.mark.parametrize(
    "data",
    [
        pickle.dumps(Acts()),
        pickle.dumps(Path("/etc/passwd")),
        pickle.dumps(pickle.loads),
        b"cingest.pipeline\nlink.__globals__\n.",
        b"cbuiltins\neval\n(S'1'\ntR.",
        b"",
        b"\x80\x05torn",
    ],
)
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        read_answer(data)
