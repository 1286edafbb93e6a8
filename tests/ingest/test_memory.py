"""Answers are remembered for short texts alone."""

from __future__ import annotations

import pytest

from ingest.memory import KEPT, LONGEST, remembered


@pytest.mark.parametrize(("length", "asked"), [(LONGEST, 1), (LONGEST + 1, 2)])
def test_what_is_short_is_asked_once(length: int, asked: int) -> None:
    seen: list[str] = []

    @remembered
    def size(text: str) -> int:
        seen.append(text)
        return len(text)

    assert [size("a" * length), size("a" * length)] == [length, length]
    assert len(seen) == asked


def test_what_was_asked_long_ago_is_forgotten() -> None:
    seen: list[str] = []
    remember = remembered(seen.append)
    for number in range(KEPT + 1):
        remember(str(number))
    remember("0")
    assert seen.count("0") == 2
