"""The numbers that Word gives to paragraphs by itself: "1.", "2.3", "(a)", "iv.", or a bullet."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "•"

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of each list as they come."""

    levels: Mapping[str, Mapping[int, _Level]]
    lists: Mapping[str, str]
    restarts: Mapping[tuple[str, int], int]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def mark(self, number: str, level: int) -> str | None:
        """The mark of the next paragraph of a list at a level; None where the list is not defined or shows none."""
        kind = self.lists.get(number)
        levels = self.levels.get(kind or "", {})
        here = levels.get(level)
        if kind is None or here is None:
            return None
        counts = self._counts.setdefault(kind, {})
        if number not in self._begun:
            self._begun.add(number)
            for (owner, at), start in self.restarts.items():
                if owner == number:
                    counts[at] = start - 1
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]
        if here.form == "bullet":
            return BULLET
        if here.form == "none" or not here.text:
            return None
        return re.sub(r"%([1-9])", lambda m: self._shown(levels, counts, int(m[1]) - 1), here.text).strip() or None

    @staticmethod
    def _shown(levels: Mapping[int, _Level], counts: Mapping[int, int], level: int) -> str:
        at = levels.get(level)
        if at is None:
            return ""
        return formatted(counts.get(level, at.start), at.form)


def read_numbering(root: Any) -> Numbering:
    """The lists that a numbering part defines; `root` is its element, or None where there is no such part."""
    if root is None:
        return Numbering({}, {}, {})
    levels: dict[str, dict[int, _Level]] = {}
    for kind in root.iter(f"{W}abstractNum"):
        levels[kind.get(f"{W}abstractNumId", "")] = {
            _integer(level.get(f"{W}ilvl")): _level(level) for level in kind.iter(f"{W}lvl")
        }
    lists: dict[str, str] = {}
    restarts: dict[tuple[str, int], int] = {}
    for number in root.iter(f"{W}num"):
        owner = number.get(f"{W}numId", "")
        kind = number.find(f"{W}abstractNumId")
        lists[owner] = kind.get(f"{W}val", "") if kind is not None else ""
        for override in number.iter(f"{W}lvlOverride"):
            start = override.find(f"{W}startOverride")
            if start is not None:
                restarts[owner, _integer(override.get(f"{W}ilvl"))] = _integer(start.get(f"{W}val"), 1)
    return Numbering(levels, lists, restarts)


def _level(level: Any) -> _Level:
    def value(name: str, default: str) -> str:
        found = level.find(f"{W}{name}")
        return str(found.get(f"{W}val", default)) if found is not None else default

    return _Level(value("numFmt", "decimal"), value("lvlText", "")[:40], _integer(value("start", "1"), 1))


def _integer(text: str | None, default: int = 0) -> int:
    return int(text) if text and len(text) < 9 and text.lstrip("-").isdecimal() else default


def formatted(number: int, form: str) -> str:
    """A number in one of Word's forms; forms of other scripts are shown as figures."""
    letters: Mapping[str, Callable[[int], str]] = {
        "lowerLetter": _letter,
        "upperLetter": lambda n: _letter(n).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda n: _roman(n).upper(),
        "decimalZero": lambda n: f"{n:02}",
    }
    return letters.get(form, str)(number) if 0 < number < 5000 else str(number)


def _letter(number: int) -> str:
    return chr(97 + (number - 1) % 26) * min(1 + (number - 1) // 26, 10)


def _roman(number: int) -> str:
    out = ""
    for value, numeral in _ROMAN:
        out += numeral * (number // value)
        number %= value
    return out
