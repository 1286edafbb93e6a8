"""Lists of numbers as texts write them: "2, 5 and 6–9", "4 to 7", "II and IV", "ten", "10(c)"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "twenty-one", "twenty-two",
    "twenty-three",
)
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty-first", "twenty-second", "twenty-third",
)
SPELLED = {word: number for number, word in enumerate(_UNITS, 1)}
ORDINALS = {word: number for number, word in enumerate(_ORDINALS, 1)}
ROMAN = {
    "".join(("", "X", "XX")[number // 10] + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[number % 10]):
    number for number in range(1, 24)
}
_WORDS = "|".join(sorted(SPELLED, key=len, reverse=True))
_ITEM = re.compile(
    rf"\s{{0,3}}(?:(?P<digits>\d{{1,3}})(?![\d])|(?P<roman>[IVX]{{1,6}})(?![\w])|(?P<word>(?:{_WORDS}))(?![\w-]))",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"(?:\s?\([a-z]\)|(?<=\d)[a-k](?!\w))(?:\s?(?:[,/&–-]|and|to)?\s?\([a-z]\)){0,12}", re.IGNORECASE)
_RANGE = re.compile(r"\s{0,3}(?:[-–—‒]|to\b|through\b|until\b)(?=\s{0,3}[\divxtefnos])", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s{0,3}(?:,|;|/|&|\+)?\s{0,3}(?:and also|as well as|and/or|and|or|&)?\s{0,3}"
    r"(?:(?:GCM\s)?(?:objectives?|obj\.)\s(?:nos?\.?\s?)?|#)?",
    re.IGNORECASE,
)
_OTHER_NUMBERING = re.compile(r"[.:]\d")
_COUNTED = re.compile(
    r"\s{0,3}(?:%|per\s?cent\b|(?:other|more|new|additional|different|main|key)\b|(?:months?|years?|days?|weeks?|hours?"
    r"|countries|members?|states|people|persons|men|women|migrants|participants|ministries|agencies|partners|million"
    r"|thousand|hundred|billion|million|regions|cities|villages|times|points|priorities|outcomes|outputs|targets)\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\s+(?!and\b|to\b|or\b|of\b)[a-z]")


@dataclass(frozen=True, slots=True)
class NumberList:
    """The numbers read, in order and each once; where the list ends; and whether it is of another numbering ("2.3")."""

    numbers: tuple[int, ...]
    end: int
    other_numbering: bool = False


def read_numbers(text: str, start: int, *, largest: int) -> NumberList:
    """The list of numbers at `start`; a range gives its members up to `largest`, and its end where that is larger.

    "2.3" and "1:1" belong to another numbering; "and 12 months" does not belong to the list.
    """
    found: list[int] = []
    position = start
    while True:
        item = _item(text, position)
        if item is None:
            break
        number, after = item
        if _OTHER_NUMBERING.match(text, after):
            return NumberList(tuple(dict.fromkeys(found)), position, other_numbering=True)
        if found and _COUNTED.match(text, after):
            break
        ahead = _RANGE.match(text, after)
        last = _item(text, ahead.end()) if ahead else None
        if last is not None and not _OTHER_NUMBERING.match(text, last[1]):
            found += members(number, last[0], largest=largest)
            after = last[1]
        else:
            found.append(number)
        position = after
        separator = _SEPARATOR.match(text, after)
        if separator is None or not separator[0].strip():
            break
        if _item(text, separator.end()) is None:
            break
        position = separator.end()
    end = position if not found else _trimmed(text, start, position)
    return NumberList(tuple(dict.fromkeys(found)), end)


def members(first: int, last: int, *, largest: int) -> list[int]:
    """The numbers of a range up to `largest`; a range that runs backwards is its two ends; no range is ever long."""
    if last < first:
        return [first, last]
    within = list(range(first, min(last, largest) + 1))
    return within if last <= largest else [*within, last]


def _item(text: str, position: int) -> tuple[int, int] | None:
    match = _ITEM.match(text, position)
    if match is None:
        return None
    if match["digits"]:
        end = match.end()
        letters = _LETTERS.match(text, end)
        return int(match["digits"]), letters.end() if letters else end
    if match["roman"]:
        number = ROMAN.get(match["roman"]) if match["roman"].isupper() else None
        if number is None or (match["roman"] == "I" and _PRONOUN.match(text, match.end())):
            return None
        return number, match.end()
    return SPELLED[match["word"].casefold()], match.end()


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,;/&+":
        end -= 1
    return end
