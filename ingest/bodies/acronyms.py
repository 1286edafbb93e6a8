"""Short forms that a document defines itself: "Name (SHORT)", "SHORT (Name)", tables of acronyms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.bodies.registry import plain
from ingest.memory import remembered
from ontology.document import Passage, PassageKind

_SHORT = r"[A-Z][A-Za-z0-9&/\-]{0,13}[A-Z0-9l][A-Za-z]?s?|[A-Z][A-Z0-9&]{1,9}"
_BRACKET = re.compile(
    rf"\(\s*(?:(?:hereinafter|hereafter|henceforth|herein|referred to|known|abbreviated|as|the|or|also"
    rf"|called)\s+){{0,5}}"
    rf"(?:[\"“”'][^()\"“”]{{2,50}}[\"“”'],? (?:or )?)?[\"“”']?({_SHORT})[\"“”']?\s*\)"
)
_REVERSE = re.compile(rf"\b({_SHORT}) \(([A-Z][^()]{{5,120}})\)")
_CELL = re.compile(rf"(?:{_SHORT})")
_TABBED = re.compile(rf"^({_SHORT})\s*(?:\t| {{2,}}|\s[-–—:|]\s?)\s*(\S.{{3,150}})$")
_SMALL = frozenset(
    ["of", "the", "and", "for", "on", "in", "to", "de", "du", "des", "la", "le", "a", "against", "with", "&"]
)
_TABLE = re.compile(r"\b(?:acronyms?|abbreviations?|glossary)\b", re.I)
_WORDS = re.compile(r"[^\W_][\w']*")


@dataclass(frozen=True, slots=True)
class Definition:
    """`short` stands for the words that end at `name_end` of the passage's text, or for `expansion` itself."""

    passage: int
    short: str
    short_start: int
    short_end: int
    name_end: int
    expansion: str
    expansion_start: int
    table: bool = False


def definitions(passage: Passage, text: str) -> Iterator[Definition]:
    """The short forms that one passage defines; `text` is its text through `plain`, of the same length."""
    if _in_table(passage):
        row = _row(passage, text)
        if row:
            yield row
            return
    if "(" not in text:
        return
    for found in _BRACKET.finditer(text):
        end = found.start()
        while end and text[end - 1] in " \"'”":
            end -= 1
        start, words = expansion_of(text, end, found[1])
        yield Definition(passage.index, found[1], found.start(1), found.end(1), end, words, start)
    for found in _REVERSE.finditer(text):
        if initials_fit(found[1], found[2]):
            yield Definition(
                passage.index, found[1], found.start(1), found.end(1), found.end(2), found[2], found.start(2)
            )


def _in_table(passage: Passage) -> bool:
    return passage.kind is PassageKind.TABLE_ROW or any(_of_acronyms(s) for s in passage.section)


@remembered
def _of_acronyms(heading: str) -> bool:
    return _TABLE.search(heading) is not None


def _row(passage: Passage, text: str) -> Definition | None:
    if len(passage.cells) == 2 and _CELL.fullmatch(passage.cells[0].strip()):
        short, name = passage.cells[0].strip(), plain(passage.cells[1].strip())
    elif (found := _TABBED.match(passage.text)) and any(_TABLE.search(s) for s in passage.section):
        short, name = found[1], plain(found[2].strip())
    else:
        return None
    name = re.sub(rf"\s*\({re.escape(short)}\)\s*$", "", name)
    start = text.find(name, text.find(short) + len(short))
    if start < 0 or not (initials_fit(short, name) or any(_TABLE.search(s) for s in passage.section)):
        return None
    at = text.find(short)
    return Definition(passage.index, short, at, at + len(short), start + len(name), name, start, table=True)


def expansion_of(text: str, end: int, short: str) -> tuple[int, str]:
    """Where the words before `end` that the letters of `short` stand for begin, and they; `(end, "")` if none do."""
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    words = list(_WORDS.finditer(text, max(0, end - 160), end))
    for count in range(1, min(len(words), len(letters) + 7) + 1):
        first = words[-count]
        fits = first[0][0].lower() == letters[0] and first[0] not in _SMALL
        if fits and initials_fit(short, text[first.start() : end]):
            return first.start(), text[first.start() : end]
    return end, ""


def initials_fit(short: str, name: str) -> bool:
    """Whether the letters of a short form are found in order in the name, most of them at the heads of words."""
    letters = [c.lower() for c in short.removesuffix("s") if c.isalnum()]
    words = [w.lower() for w in re.findall(r"[^\W_]+", name)]
    if not letters or not words or words[0][0] != letters[0]:
        return False
    initials = 0
    at = 0
    for word in words:
        if at < len(letters) and word[0] == letters[at]:
            initials += 1
            at += 1
            for c in word[1:]:
                if at < len(letters) and c == letters[at] and not _starts_later(words, word, letters[at]):
                    at += 1
    return at >= len(letters) - (len(letters) > 3) and initials >= min(2, len(words))


def _starts_later(words: list[str], word: str, letter: str) -> bool:
    later = words[words.index(word) + 1 :]
    return any(w[0] == letter and w not in _SMALL for w in later)


_ALIKE = str.maketrans({"l": "I", "1": "I", "|": "I"})


def slip_form(short: str) -> str:
    """A short form with the letters that scanning confuses (I, l, 1) made one."""
    return short.translate(_ALIKE)
