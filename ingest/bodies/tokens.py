"""The tokens of a text, and which of them are head nouns of bodies."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.bodies.registry import Match
from ingest.bodies.words import (
    HEADS,
    PLURALS,
    singular_head,
)
from ingest.memory import remembered

_TOKEN = re.compile(r"[^\W_][\w'&/+\-]*|\([^\W_][\w/&+\-. ]{0,14}\)|[^\w\s]")


FIRST_WORDS = {h.split(" ")[0] for h in HEADS}
FIRST_WORDS |= {f"{w}s" for w in FIRST_WORDS} | set(PLURALS) | {"fora"}


_UNITS = re.compile(
    r"Global Compact (?:for|on) (?:Safe, Orderly and Regular )?(?:Migration|Refugees)"
    r"|2030 Agenda(?: for Sustainable Development)?"
)


class Line(NamedTuple):
    """The tokens of a text, and the registered names and areas in it by where they begin and end."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    begin: dict[int, Match]
    finish: dict[int, Match]
    units: dict[int, int]
    area_begin: dict[int, Match]
    area_at: set[int]


def line_of(text: str, matches: list[Match]) -> Line:
    found = list(_TOKEN.finditer(text))
    words, starts, ends = [m[0] for m in found], [m.start() for m in found], [m.end() for m in found]
    bodies = [m for m in matches if m.body]
    areas = [m for m in matches if m.area]
    return Line(
        words,
        starts,
        ends,
        {m.start: m for m in bodies},
        {m.end: m for m in bodies},
        {m.end(): m.start() for m in _UNITS.finditer(text)} if "Compact" in text or "2030" in text else {},
        {m.start: m for m in areas},
        {i for m in areas for i in range(m.start, m.end)},
    )


def base(word: str) -> str:
    return word[:-2] if word.endswith("'s") else word[:-1] if word.endswith("'") else word


_PEOPLE = frozenset(
    [
        "general's", "women's", "children's", "people's", "men's", "minister's", "president's", "governor's", "mayor's",
        "ombudsman's", "prosecutor's",
    ]
)  # fmt: skip


def people(word: str) -> bool:
    """Whether a possessive belongs to the name it stands in: "Workers' Union", "Women's Council"."""
    return word.lower() in _PEOPLE or (word.endswith("s'") and not acronym(word[:-2]))


def capital(word: str) -> bool:
    return word[0].isupper()


def acronym(word: str) -> bool:
    return word.isupper() and len(word) <= 6


@remembered
def may_be_head(word: str) -> bool:
    """Whether a head noun may begin with the word."""
    return base(word).lower() in FIRST_WORDS


def head_at(line: Line, i: int) -> tuple[int, str]:
    """How many tokens from `i` on are a head noun, and which; the longest wins."""
    if not may_be_head(line.words[i]):
        return 0, ""
    for size in (3, 2, 1):
        part = line.words[i : i + size]
        if len(part) == size and (head := singular_head(base(" ".join(part)).lower().replace("co-ord", "coord"))):
            return size, head
    return 0, ""


LONGEST_SIDE = 12
