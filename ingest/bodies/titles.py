"""Titles of instruments by their form: capitalised phrases around a word for a kind of instrument."""

from __future__ import annotations

import re

from ingest.bodies.words import words_of

_HEAD = re.compile(
    r"\b(?:Convention|Protocol|Covenant|Treaty|Charter|Agreement|Memorandum|Declaration|Compact|Law|Act|Code"
    r"|Constitution|"
    r"Decree|Regulation|Bill|Ordinance|Strategy|Policy|Plans?|[Pp]lan|Roadmap|Pact|Frameworks?|Agenda|Vision|"
    r"Programme of Action|Guidelines|Principles|Report|Review|Glossary|Matrix|Goals|Directive|Platform for Action|"
    r"[Rr]esolution|Mechanism|System|STRATEGY|POLICY|Concept)\b"
)


_TOKEN = re.compile(r"[^\W_][\w'&/.\-–]*[^\W_]|[^\W_]|\([^()]{1,40}\)|[^\w\s]")


YEARS = re.compile(r"(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?")


_AFTER_YEAR = re.compile(
    r"^ (?:of (?:19|20)\d\d\b|\((?:19|20)\d\d(?: ?[–-] ?(?:19|20)?\d\d)?\)|No\. ?\d+(?: of \d{4})?)"
)


_LOWER_PARTS = words_of("global integrated first voluntary joint internal national regional")
_LINKS = frozenset(["of", "for", "on", "and", "the", "to", "in", "against", "with", "&", "its", "their", "by"])


_STOP = words_of(
    """
the a an this that these those in on at to of for and as by with from its their our his under such each every all any
both including through into it he when while where which other
further also following implement implementing implementation support supporting adopt adopted
"""
)


_BODIES = words_of(
    "forum conference committee commission council network group institute event centre center summit board"
)
_TITLES = frozenset(
    [
        "group",
        "groups",
        "working",
        "objective",
        "objectives",
        "figure",
        "table",
        "annex",
        "chapter",
        "section",
        "committee",
        "commission",
        "council",
        "network",
        "page",
        "paragraph",
        "decision-making",
        "priorities",
    ]
)


def title_phrases(text: str) -> list[tuple[int, int, str]]:
    """Capitalised phrases around a head; the longest where they overlap."""
    if not _HEAD.search(text):
        return []
    tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
    shouted = text.isupper()
    found: list[tuple[int, int, str]] = []
    covered = -1
    for i, (start, _, word) in enumerate(tokens):
        if (
            start < covered
            or not _HEAD.fullmatch(word.removesuffix("'s"))
            or (i + 1 < len(tokens) and _compound(tokens, i))
        ):
            continue
        if word.lower() in ("resolution", "mechanism", "system") and word.lower() == "resolution":
            continue
        first = _left(tokens, i, covered)
        last = _right(tokens, i) if not word.endswith("'s") else i
        modifiers = [t[2] for t in tokens[first:i] if not t[2].startswith("(")]
        if not _names_one(modifiers, word, last > i, shouted):
            continue
        stop = tokens[last][1]
        year = _AFTER_YEAR.match(text[stop : stop + 24])
        stop += year.end() if year else 0
        party = re.match(r" \([A-Z][A-Za-z&]{1,9}\)", text[stop : stop + 14])
        if party and word in ("Agreement", "Memorandum") and last > i:
            stop += party.end()
        found.append((tokens[first][0], stop, word))
        covered = stop
    return found


def _compound(tokens: list[tuple[int, int, str]], i: int) -> bool:
    """Whether the head only modifies a head right after it ("Cooperation Framework Agreement")."""
    start, _, word = tokens[i + 1]
    if start - tokens[i][1] > 1 or not word[0].isupper():
        return False
    return _HEAD.fullmatch(word) is not None or word.lower() in _BODIES or word in ("Objectives", "Champion")


def _names_one(modifiers: list[str], head: str, complement: bool, shouted: bool) -> bool:
    """Whether the words besides the head single out one instrument."""
    proper = [m for m in modifiers if (m.lower() not in _LINKS and m[0].isupper()) or m[:2].isdigit()]
    if (
        head in ("Mechanism", "System")
        and modifiers
        and modifiers[-1].lower() in ("coordination", "building", "development")
    ):
        return False
    if any(m.lower() in _TITLES for m in modifiers) or (shouted and len(modifiers) < 1):
        return False
    if head.lower() in (
        "report",
        "review",
        "system",
        "mechanism",
        "goals",
        "matrix",
        "concept",
        "principles",
        "vision",
        "act",
    ):
        return len(proper) >= 2 or (bool(proper) and complement)
    if head[0].islower():
        return len(proper) >= 2
    return bool(proper) or (complement and head.lower() not in ("law", "code", "agenda", "goals"))


def _left(tokens: list[tuple[int, int, str]], i: int, covered: int) -> int:
    first, j = i, i - 1
    while j >= 0 and tokens[j][0] >= covered and i - j <= 14 and tokens[j + 1][0] - tokens[j][1] <= 1:
        word = tokens[j][2]
        if word.startswith("("):
            if j == 0 or not tokens[j - 1][2][0].isupper():
                break
        elif (word[0].isupper() or YEARS.fullmatch(word)) and word.lower() not in _STOP:
            first = j
        elif (
            word in _LOWER_PARTS
            or ((word in "+,&–-" or word.islower()) and _joins(tokens, j, i, first))
            or (word.isdigit() and tokens[j - 1][2] == "+")
        ):
            pass
        else:
            break
        j -= 1
    return first


def _joins(tokens: list[tuple[int, int, str]], j: int, i: int, first: int) -> bool:
    """Whether the joint at `j` stands between two capitalised parts of one title."""
    word = tokens[j][2].lower()
    if j == 0 or word not in ("and", "&", ",", "–", "-", "of", "for", "+"):
        return False
    before = tokens[j - 1][2]
    if word == "+":
        return before[0].isupper()
    if first != j + 1 or not before[0].isupper() or before.lower() in _STOP or _HEAD.fullmatch(before):
        return False
    return word not in ("of", "for", ",") or (word == "," and _in_series(tokens, j, i))


def _in_series(tokens: list[tuple[int, int, str]], j: int, i: int) -> bool:
    return any(t[2].lower() == "and" for t in tokens[j:i])


def _right(tokens: list[tuple[int, int, str]], i: int) -> int:
    """The last token of the complement of the head at `i`."""
    last, n = i, i + 1
    while n < len(tokens) and n - i <= 24:
        word = tokens[n][2]
        if word[0].isupper() or YEARS.fullmatch(word) or (word.isdigit() and tokens[n - 1][2] == "Resolution"):
            if last == i and n == i + 1 and not YEARS.fullmatch(word):
                break
            last = n
        elif word.lower() in _LINKS:
            opens = tokens[n + 1][2] if n + 1 < len(tokens) else ""
            if word.lower() == "in" and YEARS.fullmatch(opens):
                break
            if last != i and word.lower() in ("in", "to", "with", "by", "its") and opens[:1].islower():
                break
            if word.lower() == "and" and (last == i or opens.lower() == "the" or _new_one(tokens, n + 1)):
                break
        elif (word == "," and last > i and _comma_goes_on(tokens, n)) or (
            word.startswith("(") and last > i and n + 1 < len(tokens) and tokens[n + 1][2][0].isupper()
        ):
            pass
        else:
            break
        n += 1
    return last


def _comma_goes_on(tokens: list[tuple[int, int, str]], n: int) -> bool:
    """ "Women, Peace and Security": capitals up to an "and", without another head on the way."""
    for k in range(n + 1, min(n + 5, len(tokens) - 1)):
        word = tokens[k][2]
        if word.lower() == "and":
            return tokens[k + 1][2][0].isupper() and not _new_one(tokens, k + 1)
        if not (word[0].isupper() or word == ",") or _HEAD.fullmatch(word):
            return False
    return False


def _new_one(tokens: list[tuple[int, int, str]], n: int) -> bool:
    """Whether the capitals from token `n` on hold a head of their own."""
    while n < len(tokens) and tokens[n][2][0].isupper():
        if _HEAD.fullmatch(tokens[n][2]):
            return True
        n += 1
    return False
