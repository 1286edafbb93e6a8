"""Names of bodies by their form: a head noun, the capitalised words before it, the complement after it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.bodies.registry import Match
from ingest.bodies.words import (
    HEADING_WORDS,
    HEADS,
    LEVELS,
    NOT_IN_NAMES,
    OPENING_VERBS,
    PLURALS,
    WEAK_HEADS,
    singular_head,
)

_TOKEN = re.compile(r"[^\W_][\w'&/+\-]*|\([^\W_][\w/&+\-. ]{0,14}\)|[^\w\s]")
_FIRST = {h.split(" ")[0] for h in HEADS}
_FIRST |= {f"{w}s" for w in _FIRST} | set(PLURALS) | {"fora"}
_HINT = re.compile(rf"\b(?:{'|'.join(sorted(_FIRST, key=lambda w: (-len(w), w)))})\b", re.I)
_PEOPLE = frozenset(
    [
        "women's",
        "children's",
        "people's",
        "workers'",
        "employers'",
        "men's",
        "lawyers'",
        "students'",
        "minister's",
        "president's",
        "governor's",
        "mayor's",
        "ombudsman's",
        "prosecutor's",
    ]
)
_OF_AREA = frozenset(["government", "embassy", "prime minister", "parliament", "cabinet"])
_PREPOSITIONS = frozenset(["of", "on", "for", "against"])
_WHOLES = frozenset(["ministry", "government", "council", "commission", "parliament", "department", "directorate"])
_TOPICAL = frozenset(
    ["committee", "working group", "task force", "coalition", "platform", "forum", "panel", "expert group"]
)
_LINKS = frozenset(["of", "for", "and", "the", "on", "&", "with", "to", "against"])
_NOUNS_IN_ING = frozenset(
    ["working", "steering", "standing", "banking", "housing", "planning", "training", "monitoring"]
)
_REGION = frozenset(["region", "regions", "countries", "states"])
_AFTER_TOPIC = frozenset(
    ["in", "and", "or", "to", "for", "of", "as", "is", "was", "will", "which", "that", "at", "by", "with"]
)
_ROLES = frozenset(["coordinator", "secretariat", "chair", "co-chair", "convener", "convenor", "lead", "members"])
_NO_BODY = frozenset(
    ["reform", "peace", "planning", "review", "decision-making", "electoral", "political", "development"]
)
_UNITS = re.compile(
    r"Global Compact (?:for|on) (?:Safe, Orderly and Regular )?(?:Migration|Refugees)|2030 Agenda(?: for Sustainable Development)?"
)
_LONGEST_SIDE = 12


@dataclass(frozen=True, slots=True)
class Form:
    """A body name at `[start, end)`: `head` is its head noun in the singular, `bare` one that has no other words.

    `level` is national, regional or global where an adjective before the name says so; `plural` where the head is.
    """

    start: int
    end: int
    head: str
    head_start: int
    bare: bool = False
    level: str = ""
    plural: bool = False
    definite: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """The tokens of a text, and the registered names and areas in it by where they begin and end."""

    words: list[str]
    starts: list[int]
    ends: list[int]
    begin: dict[int, Match]
    finish: dict[int, Match]
    units: dict[int, int]
    area_begin: dict[int, Match]
    area_at: set[int]


def find_forms(text: str, matches: list[Match]) -> list[Form]:
    """The names in a text that has gone through `plain`, in order; none overlaps another."""
    if not _HINT.search(text):
        return []
    line = _line(text, matches)
    forms: list[Form] = []
    consumed, i = 0, 0
    while i < len(line.words):
        size, head = _head_at(line, i)
        form = _form(line, i, size, head, consumed) if head and not _modifies(line, i + size) else None
        if form is None:
            i += 1
            continue
        forms.append(form)
        while i < len(line.words) and line.starts[i] < form.end:
            i += 1
        consumed = i
    return forms


def _line(text: str, matches: list[Match]) -> _Line:
    found = list(_TOKEN.finditer(text))
    words, starts, ends = [m[0] for m in found], [m.start() for m in found], [m.end() for m in found]
    bodies = [m for m in matches if m.body]
    areas = [m for m in matches if m.area]
    return _Line(
        words,
        starts,
        ends,
        {m.start: m for m in bodies},
        {m.end: m for m in bodies},
        {m.end(): m.start() for m in _UNITS.finditer(text)} if "Compact" in text or "2030" in text else {},
        {m.start: m for m in areas},
        {i for m in areas for i in range(m.start, m.end)},
    )


def _base(word: str) -> str:
    return word[:-2] if word.endswith("'s") else word[:-1] if word.endswith("'") else word


def _capital(word: str) -> bool:
    return word[0].isupper()


def _acronym(word: str) -> bool:
    return word.isupper() and len(word) <= 6


def _head_at(line: _Line, i: int) -> tuple[int, str]:
    """How many tokens from `i` on are a head noun, and which; the longest wins."""
    if _base(line.words[i]).lower() not in _FIRST:
        return 0, ""
    for size in (3, 2, 1):
        part = line.words[i : i + size]
        if len(part) == size and (head := singular_head(_base(" ".join(part)).lower().replace("co-ord", "coord"))):
            return size, head
    return 0, ""


def _modifies(line: _Line, n: int) -> bool:
    """Whether a head that ends before token `n` only modifies the next one ("Committee Secretariat")."""
    if n < len(line.words) and line.words[n].startswith("("):
        n += 1
    if n >= len(line.words) or line.starts[n] - line.ends[n - 1] > 1 or not _capital(line.words[n]):
        return False
    word = line.words[n - 1]
    return (_base(word) == word or word.lower() in _PEOPLE) and _head_at(line, n)[0] > 0


def _form(line: _Line, i: int, size: int, head: str, consumed: int) -> Form | None:
    last = i + size - 1
    plural = _base(" ".join(line.words[i : last + 1])).lower().replace("co-ord", "coord") != head
    capital = _capital(line.words[i])
    first = _without_opening(line, _left(line, i, consumed), i)
    modifiers = [w for w in line.words[first:i] if not w.startswith("(")]
    if not capital and plural:
        return None
    if not capital and modifiers and (len(modifiers) < 2 or head in WEAK_HEADS) and not (modifiers and " " in head):
        return None
    possessive = _base(line.words[last]) != line.words[last]
    end = last if possessive else _right(line, last, head, plural)
    if end > last + 1 and head == "mission" and not modifiers:
        return None
    if head == "process" and ((end == last and len(modifiers) != 1) or _NO_BODY & {w.lower() for w in modifiers}):
        return None
    bare = not modifiers and end == last
    before = line.words[first - 1].lower() if first > 0 else ""
    if bare and not capital and not (before in LEVELS and head in ("network", "coalition", "platform")):
        return None
    stop = line.ends[end] - (len(line.words[end]) - len(_base(line.words[end])))
    return Form(
        start=line.starts[first],
        end=stop,
        head=head,
        head_start=line.starts[i],
        bare=bare,
        level=LEVELS.get(before, ""),
        plural=plural,
        definite=before == "the" or (before in LEVELS and first > 1 and line.words[first - 2].lower() == "the"),
    )


def _left(line: _Line, i: int, consumed: int) -> int:
    """The first token of the name whose head is at `i`."""
    first, j, crossed = i, i - 1, False
    while j >= consumed and i - j <= _LONGEST_SIDE and line.starts[j + 1] - line.ends[j] <= 1:
        word = line.words[j]
        match = line.finish.get(line.ends[j])
        begins = line.units.get(line.ends[j], match.start if match else line.starts[j])
        if begins < line.starts[j] and not word.startswith("("):
            at = next((n for n in range(consumed, j) if line.starts[n] == begins), -1)
            if at >= 0 and _capital(line.words[at]):
                first, j = at, at - 1
                continue
        if word.startswith("("):
            if j == consumed or not _capital(line.words[j - 1]):
                break
        elif _capital(word) and word.lower() not in NOT_IN_NAMES:
            if _base(word) != word and word.lower() not in _PEOPLE:
                break
            first = j
        elif word.lower() in ("and", "&") and j > consumed and first == j + 1:
            other = line.words[j - 1]
            if not _joinable(line, j - 1) or _base(other) != other:
                break
            crossed = True
        elif word == "," and crossed and first == j + 1 and j > consumed and _joinable(line, j - 1):
            pass
        else:
            break
        j -= 1
    return first


def _joinable(line: _Line, j: int) -> bool:
    """Whether a capitalised word before "and" may belong to the same name as what follows it."""
    word = line.words[j]
    return (
        _capital(word)
        and word.lower() not in NOT_IN_NAMES
        and not _acronym(word)
        and line.starts[j] not in line.area_at
        and line.ends[j] not in line.finish
        and not singular_head(word.lower())
        and word.lower() not in _ROLES
    )


def _without_opening(line: _Line, first: int, i: int) -> int:
    """Drop a capitalised verb that only opens the sentence or list item."""
    while first < i and (first == 0 or line.words[first - 1] in '.:;!?•-–—*"“'):
        word = line.words[first].lower()
        gerund = word.endswith("ing") and len(word) > 5 and word not in _NOUNS_IN_ING
        if word not in OPENING_VERBS and not gerund:
            break
        first += 1
        if first < i and line.words[first].lower() in ("and", "the", "of"):
            first += 1
    return first


def _right(line: _Line, last: int, head: str, plural: bool) -> int:
    """The last token of the name whose head ends at `last`."""
    end = last
    at = last + 1
    if at < len(line.words) and line.words[at].startswith("(") and at + 1 < len(line.words):
        at += 1
        if line.words[at].lower() not in _PREPOSITIONS | {"in"}:
            return end
    if at >= len(line.words) - 1:
        return end
    preposition = line.words[at].lower()
    if preposition == "to" and head in ("embassy", "special envoy"):
        preposition = "of"
    if head == "secretariat" and at == last + 1:
        return end
    if preposition in _PREPOSITIONS:
        end = max(end, _complement(line, at, head, plural))
        if end == last:
            return end
    return _area_after(line, end, head) if preposition in _PREPOSITIONS or preposition == "in" else end


def _complement(line: _Line, at: int, head: str, plural: bool) -> int:
    """The last token of the complement that the preposition at `at` opens; `at - 1` if there is none."""
    n = at + 1
    if n < len(line.words) and line.words[n].lower() in ("the", "its"):
        n += 1
    if n >= len(line.words):
        return -1
    if not _capital(line.words[n]):
        topic = line.words[n].isalpha() and line.words[at].lower() == "on" and not plural and head not in WEAK_HEADS
        alone = n + 1 == len(line.words) or not line.words[n + 1].isalpha() or line.words[n + 1].lower() in _AFTER_TOPIC
        return n if topic and alone and line.words[n].lower() not in NOT_IN_NAMES and n == at + 1 else -1
    repeated, same = _head_at(line, n)
    if repeated and (same == head or (plural and same)):
        return -1
    if plural and _has_head(line, n, _run(line, n)):
        return -1
    match = line.area_begin.get(line.starts[n])
    if head in _OF_AREA or (match and match.end >= line.ends[_run(line, n)]):
        return _token_ending(line, n, match.end) if match else _run(line, n)
    end = _run(line, n)
    while end - at <= _LONGEST_SIDE:
        step = _linked(line, end, head)
        if step == end:
            break
        end = step
    return end


def _run(line: _Line, n: int) -> int:
    """The last of the capitalised tokens that follow each other from `n` on."""
    while (
        _base(line.words[n]) == line.words[n]
        and n + 1 < len(line.words)
        and _capital(line.words[n + 1])
        and line.words[n + 1].lower() not in HEADING_WORDS
        and line.starts[n + 1] - line.ends[n] <= 1
    ):
        n += 1
    return n


def _linked(line: _Line, end: int, head: str) -> int:
    """Go on over "and", "of the", … where the name does; `end` where it does not."""
    if _base(line.words[end]) != line.words[end]:
        return end
    n = end + 1
    link = line.words[n].lower() if n < len(line.words) else ""
    if link == "," and head in ("ministry", "department"):
        return _series(line, end)
    if link == "in" and n + 1 < len(line.words) and _capital(line.words[n + 1]):
        area = line.starts[n + 1] in line.area_begin
        return end if area or head not in _TOPICAL else _run(line, n + 1)
    if link not in _LINKS or link == "the":
        return end
    n += 1
    if n < len(line.words) and line.words[n].lower() == "the":
        if link == "and":
            return end
        n += 1
    if n >= len(line.words) or not _capital(line.words[n]):
        return end
    run = _run(line, n)
    if link == "and" and (_acronym(line.words[n]) or line.starts[n] in line.area_begin or _has_head(line, n, run)):
        return end
    known = line.begin.get(line.starts[n])
    if link == "and" and known and known.end >= line.ends[run]:
        return end
    if link == "of" and _head_at(line, n)[1] in _WHOLES:
        return end
    return run


def _series(line: _Line, end: int) -> int:
    """ "Labour, Invalids and Social Affairs": a comma only where an "and" closes the series."""
    n, here = end, end
    while n + 2 < len(line.words) and line.words[n + 1] == "," and _capital(line.words[n + 2]):
        here = _run(line, n + 2)
        if _has_head(line, n + 2, here) or line.starts[n + 2] in line.area_begin or line.starts[n + 2] in line.begin:
            return end
        n = here
    if here == end or n + 2 >= len(line.words) or line.words[n + 1].lower() != "and":
        return end
    last = _run(line, n + 2)
    return last if _capital(line.words[n + 2]) and not _has_head(line, n + 2, last) else end


def _has_head(line: _Line, n: int, last: int) -> bool:
    return any(_head_at(line, k)[0] for k in range(n, last + 1)) or (
        last + 2 < len(line.words) and line.words[last + 1].lower() == "of" and line.words[last].lower() in _FIRST
    )


def _area_after(line: _Line, end: int, head: str) -> int:
    """Go on over "in Area", "for Area" or "in the … Region"."""
    n = end + 1
    if (
        n + 1 >= len(line.words)
        or line.words[n].lower() not in ("in", "for")
        or _base(line.words[end]) != line.words[end]
    ):
        return end
    n += 1
    if line.words[n].lower() == "the" and n + 1 < len(line.words):
        n += 1
    match = line.area_begin.get(line.starts[n])
    if match and not match.demonym:
        return _token_ending(line, n, match.end)
    if not _capital(line.words[n]):
        return end
    last = _run(line, n)
    if last + 1 < len(line.words) and line.words[last + 1].lower() in _REGION:
        return last + 1
    return last if line.words[last].lower() in _REGION or head == "embassy" else end


def _token_ending(line: _Line, n: int, offset: int) -> int:
    while n + 1 < len(line.words) and line.starts[n + 1] < offset:
        n += 1
    if n + 1 < len(line.words) and line.words[n + 1].lower() in _REGION and line.starts[n + 1] - line.ends[n] <= 1:
        return n + 1
    return n
