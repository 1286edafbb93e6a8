"""Names of bodies by their form: a head noun, the capitalised words before it, the complement after it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ingest.bodies.complement import right_end
from ingest.bodies.registry import Match
from ingest.bodies.tokens import (
    FIRST_WORDS,
    LONGEST_SIDE,
    Line,
    acronym,
    base,
    capital,
    head_at,
    line_of,
    may_be_head,
    people,
)
from ingest.bodies.words import (
    LEVELS,
    NOT_IN_NAMES,
    OPENING_VERBS,
    TWO_WORD_HEADS,
    WEAK_HEADS,
    singular_head,
)


def _by_first_letter(words: Iterable[str]) -> str:
    """Words as one pattern that looks at the first letter once: several times faster than a plain alternation."""
    letters: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda w: (-len(w), w)):
        letters.setdefault(word[0], []).append(re.escape(word[1:]))
    return "|".join(f"[{c}{c.upper()}](?:{'|'.join(rest)})" for c, rest in sorted(letters.items()))


_HINT = re.compile(rf"\b(?:{_by_first_letter(FIRST_WORDS)})\b")


_NOUNS_IN_ING = frozenset(
    ["working", "steering", "standing", "banking", "housing", "planning", "training", "monitoring"]
)


_ROLES = frozenset(
    [
        "chairmanship",
        "presidency",
        "coordinator",
        "secretariat",
        "chair",
        "co-chair",
        "convener",
        "convenor",
        "lead",
        "members",
    ]
)


_KINDS_OF_GROUP = frozenset(["Age", "Target", "Focus", "Peer", "Ethnic", "Social", "Health", "Public", "Civil"])


_NO_BODY = frozenset(
    ["reform", "peace", "planning", "review", "decision-making", "electoral", "political", "development"]
)


class Form(NamedTuple):
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


def find_forms(text: str, matches: list[Match]) -> list[Form]:
    """The names in a text that has gone through `plain`, in order; none overlaps another."""
    if not _HINT.search(text):
        return []
    line = line_of(text, matches)
    forms: list[Form] = []
    consumed = 0
    for i in [i for i, word in enumerate(line.words) if may_be_head(word)]:
        if i < consumed:
            continue
        size, head = head_at(line, i)
        form = _form(line, i, size, head, consumed) if head and not _modifies(line, i + size) else None
        if form is not None:
            forms.append(form)
            consumed = next((n for n in range(i, len(line.words)) if line.starts[n] >= form.end), len(line.words))
    return forms


def _modifies(line: Line, n: int) -> bool:
    """Whether a head that ends before token `n` only modifies the next one ("Committee Secretariat")."""
    if n < len(line.words) and line.words[n].startswith("("):
        n += 1
    if n >= len(line.words) or line.starts[n] - line.ends[n - 1] > 1 or not capital(line.words[n]):
        return False
    word = line.words[n - 1]
    return (base(word) == word or people(word)) and head_at(line, n)[0] > 0


def _form(line: Line, i: int, size: int, head: str, consumed: int) -> Form | None:
    last = i + size - 1
    plural = base(" ".join(line.words[i : last + 1])).lower().replace("co-ord", "coord") != head
    capitalised = capital(line.words[i])
    first = _without_opening(line, _left(line, i, consumed), i)
    modifiers = [w for w in line.words[first:i] if not w.startswith("(")]
    if not capitalised and (plural or (not modifiers and head in ("sub-group", "subgroup", "sub-cluster"))):
        return None
    if not capitalised and modifiers and (len(modifiers) < 2 or head in WEAK_HEADS) and not (modifiers and " " in head):
        return None
    possessive = base(line.words[last]) != line.words[last]
    end = last if possessive else right_end(line, last, head, plural)
    if end > last + 1 and head == "mission" and not modifiers:
        return None
    if not capitalised and first == 0 and len(modifiers) == 1 and end == last:
        return None
    if head == "secretariat" and modifiers and last + 1 < len(line.words) and line.words[last + 1] == ":":
        return None
    single = len(modifiers) == 1 and modifiers[0] not in _KINDS_OF_GROUP
    definite = first > 1 and line.words[first - 1] == "the" and single
    if head in TWO_WORD_HEADS and (plural or not capitalised or (len(modifiers) < 2 and end == last and not definite)):
        return None
    if head == "process" and ((end == last and len(modifiers) != 1) or _NO_BODY & {w.lower() for w in modifiers}):
        return None
    if not capitalised and not modifiers and head in WEAK_HEADS:
        return None
    bare = not modifiers and end == last
    before = line.words[first - 1].lower() if first > 0 else ""
    if bare and not capitalised and not (before in LEVELS and head in ("network", "coalition", "platform")):
        return None
    stop = line.ends[end] - (len(line.words[end]) - len(base(line.words[end])))
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


def _left(line: Line, i: int, consumed: int) -> int:
    """The first token of the name whose head is at `i`."""
    first, j, crossed = i, i - 1, False
    while j >= consumed and i - j <= LONGEST_SIDE and line.starts[j + 1] - line.ends[j] <= 1:
        word = line.words[j]
        match = line.finish.get(line.ends[j])
        begins = line.units.get(line.ends[j], match.start if match else line.starts[j])
        if begins < line.starts[j] and not word.startswith("("):
            at = next((n for n in range(consumed, j) if line.starts[n] == begins), -1)
            if at >= 0 and capital(line.words[at]):
                first, j = at, at - 1
                continue
        if word.startswith("("):
            if j == consumed or not capital(line.words[j - 1]):
                break
        elif capital(word) and word.lower() not in NOT_IN_NAMES:
            if base(word) != word and not people(word):
                break
            first = j
        elif word.lower() in ("and", "&") and j > consumed and first == j + 1:
            other = line.words[j - 1]
            if not _joinable(line, j - 1) or base(other) != other:
                break
            crossed = True
        elif word == "," and crossed and first == j + 1 and j > consumed and _joinable(line, j - 1):
            pass
        else:
            break
        j -= 1
    return first


def _joinable(line: Line, j: int) -> bool:
    """Whether a capitalised word before "and" may belong to the same name as what follows it."""
    word = line.words[j]
    return (
        capital(word)
        and word.lower() not in NOT_IN_NAMES
        and not acronym(word)
        and line.starts[j] not in line.area_at
        and line.ends[j] not in line.finish
        and not singular_head(word.lower())
        and word.lower() not in _ROLES
    )


def _without_opening(line: Line, first: int, i: int) -> int:
    """Drop a capitalised verb that only opens the sentence or list item."""
    while first < i and (first == 0 or line.words[first - 1] in '.:;!?•-–—*"“'):
        word = line.words[first].lower()
        gerund = word.endswith("ing") and len(word) > 5 and "-" not in word and word not in _NOUNS_IN_ING
        if word not in OPENING_VERBS and not gerund:
            break
        first += 1
        if first < i and line.words[first].lower() in ("and", "the", "of"):
            first += 1
    return first
