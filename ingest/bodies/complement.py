"""What follows the head of a name: "of Labour and Social Affairs", "on Migration in Area"."""

from __future__ import annotations

import re

from ingest.bodies.tokens import FIRST_WORDS, LONGEST_SIDE, Line, acronym, base, capital, head_at, people
from ingest.bodies.words import (
    HEADING_WORDS,
    NOT_IN_NAMES,
    PARTICLES,
    WEAK_HEADS,
    words_of,
)
from ontology.model import BodyType

_OF_AREA = frozenset(["government", "embassy", "prime minister", "parliament", "cabinet"])


_PREPOSITIONS = frozenset(["of", "on", "for", "against"])


_TOPICAL = frozenset(
    ["committee", "working group", "task force", "coalition", "platform", "forum", "panel", "expert group", "task team"]
)


# "Trafficking in Persons", "Education in Emergencies": what follows "in" is a subject, not a place.
_SUBJECTS_IN = words_of(
    """
    persons human children women people migrants emergencies crisis crises situations transit trade schools
    agriculture education employment detention conflict disasters need area field domain sphere
    """
)


_WHOLES = frozenset(["ministry", "government", "council", "commission", "parliament", "department", "directorate"])


_ENDS_TOPIC = frozenset(["is", "was", "will", "shall", "has", "are"])
_LONGEST_TOPIC = 5
_NUMBERED = frozenset(["working group", "task team", "task force", "results group", "thematic group", "sub-group"])
_NUMBER = re.compile(r"\d{1,2}|[A-F]|I{1,3}|IV|VI?")


_LINKS = frozenset(["of", "for", "and", "the", "on", "&", "with", "to", "against"])


_REGION = frozenset(["region", "regions", "countries", "states"])


_AFTER_TOPIC = frozenset(
    ["in", "and", "or", "to", "for", "of", "as", "is", "was", "will", "which", "that", "at", "by", "with"]
)


def right_end(line: Line, last: int, head: str, plural: bool) -> int:
    """The last token of the name whose head ends at `last`."""
    end = last
    at = last + 1
    if at < len(line.words) and not plural and head in _NUMBERED and _NUMBER.fullmatch(line.words[at]):
        last = end = at
        at += 1
    if at < len(line.words) and line.words[at].startswith("(") and at + 1 < len(line.words):
        at += 1
        if line.words[at].lower() not in _PREPOSITIONS | {"in"}:
            return end
    if at >= len(line.words) - 1:
        return end
    preposition = line.words[at].lower()
    if preposition == "to" and head in ("embassy", "special envoy"):
        preposition = "of"
    if head == "secretariat" and at == last + 1 and not (preposition == "for" and _proper_topic(line, at + 1)):
        return end
    if preposition in _PREPOSITIONS:
        end = max(end, _complement(line, at, head, plural))
        if end == last:
            return end
    return _area_after(line, end, head) if preposition in _PREPOSITIONS or preposition == "in" else end


def _proper_topic(line: Line, n: int) -> bool:
    """Whether a name of its own follows: "for Repatriates", not "for the Network" or "for Migration Network"."""
    return n < len(line.words) and capital(line.words[n]) and not _has_head(line, n, _run(line, n))


def _complement(line: Line, at: int, head: str, plural: bool) -> int:
    """The last token of the complement that the preposition at `at` opens; `at - 1` if there is none."""
    n = at + 1
    if n < len(line.words) and line.words[n].lower() in ("the", "its"):
        n += 1
    if n >= len(line.words):
        return -1
    if not capital(line.words[n]):
        topic = line.words[at].lower() == "on" and not plural and head not in WEAK_HEADS and n == at + 1
        return _plain_topic(line, n, several=head in _TOPICAL) if topic else -1
    repeated, same = head_at(line, n)
    if repeated and (same == head or (plural and same)):
        return -1
    if plural and _has_head(line, n, _run(line, n)):
        return -1
    match = line.area_begin.get(line.starts[n])
    if head in _OF_AREA or (match and match.end >= line.ends[_run(line, n)]):
        return _token_ending(line, n, match.end) if match else _run(line, n)
    end = _run(line, n)
    while end - at <= LONGEST_SIDE:
        step = _linked(line, end, head, seen_and="and" in line.words[at:end])
        if step == end:
            break
        end = step
    return end


def _plain_topic(line: Line, n: int, *, several: bool) -> int:
    """The end of a topic in small letters: one word before any break, several only before a mark or "is"."""
    if not line.words[n].isalpha() or line.words[n].lower() in NOT_IN_NAMES:
        return -1
    if n + 1 == len(line.words) or not line.words[n + 1].isalpha():
        return n
    last = n if several else len(line.words)
    while last + 1 < len(line.words) and last - n < _LONGEST_TOPIC and line.words[last + 1].isalpha():
        word = line.words[last + 1]
        if word in _ENDS_TOPIC:
            return last
        if not word.islower() or (word in _AFTER_TOPIC and word != "and"):
            break
        last += 1
    if not several:
        return n if line.words[n + 1].lower() in _AFTER_TOPIC else -1
    ended = last + 1 == len(line.words) or not line.words[last + 1].isalpha()
    if ended and last - n < _LONGEST_TOPIC and line.words[last] != "and":
        return last
    return n if line.words[n + 1].lower() in _AFTER_TOPIC else -1


def _run(line: Line, n: int) -> int:
    """The last of the capitalised tokens that follow each other from `n` on."""
    while (
        (base(line.words[n]) == line.words[n] or people(line.words[n]))
        and n + 1 < len(line.words)
        and capital(line.words[n + 1])
        and line.words[n + 1].lower() not in HEADING_WORDS
        and line.starts[n + 1] - line.ends[n] <= 1
    ):
        n += 1
    return n


def _linked(line: Line, end: int, head: str, *, seen_and: bool = False) -> int:
    """Go on over "and", "of the", … where the name does; `end` where it does not."""
    if base(line.words[end]) != line.words[end] and not people(line.words[end]):
        return end
    n = end + 1
    link = line.words[n].lower() if n < len(line.words) else ""
    if link == ",":
        return _series(line, end)
    if (
        link == "in"
        and n + 2 < len(line.words)
        and line.words[n + 1] == "the"
        and line.words[n + 2].lower() in _SUBJECTS_IN
    ):
        return _run(line, n + 2) if capital(line.words[n + 2]) else end
    if link == "in" and n + 1 < len(line.words) and capital(line.words[n + 1]):
        area = line.starts[n + 1] in line.area_begin
        subject = line.words[n + 1].lower() in _SUBJECTS_IN
        return end if area or not (subject or head in _TOPICAL) else _run(line, n + 1)
    if link not in _LINKS or link == "the":
        return end
    n += 1
    if n < len(line.words) and line.words[n].lower() == "the":
        if link == "and":
            return end
        n += 1
    if n >= len(line.words) or not capital(line.words[n]):
        return end
    run = _run(line, n)
    if link == "and" and (seen_and or _goes_on(line, run)):
        return end
    if link == "and" and (acronym(line.words[n]) or line.starts[n] in line.area_begin or _has_head(line, n, run)):
        return end
    known = line.begin.get(line.starts[n])
    if link == "and" and known and known.end >= line.ends[run]:
        return end
    if link == "and" and run > n and line.ends[run] - 1 in line.area_at:
        return end
    if link == "of" and head_at(line, n)[1] in _WHOLES:
        return end
    return run


def _goes_on(line: Line, n: int) -> bool:
    """Whether a name of its own stands here: its second part follows after a small word of another language."""
    return n + 2 < len(line.words) and line.words[n + 1].lower() in PARTICLES and capital(line.words[n + 2])


def _series(line: Line, end: int) -> int:
    """ "Labour, Invalids and Social Affairs": a comma only where an "and" closes the series."""
    n, here = end, end
    while n + 2 < len(line.words) and line.words[n + 1] == "," and capital(line.words[n + 2]):
        here = _run(line, n + 2)
        named = any(line.starts[k] in line.area_begin or _proper(line, k) for k in range(n + 2, here + 1))
        if named or _has_head(line, n + 2, here) or any(acronym(line.words[k]) for k in range(n + 2, here + 1)):
            return end
        n = here
    if here == end or n + 2 >= len(line.words) or line.words[n + 1].lower() != "and":
        return end
    last = _run(line, n + 2)
    fits = capital(line.words[n + 2]) and not _has_head(line, n + 2, last) and not acronym(line.words[n + 2])
    return last if fits and not _proper(line, n + 2) and line.starts[n + 2] not in line.area_begin else end


def _proper(line: Line, n: int) -> bool:
    """Whether a registered body with a name of its own begins here, not a group of people ("Migrants")."""
    match = line.begin.get(line.starts[n])
    return match is not None and match.body is not None and match.body.type is not BodyType.STAKEHOLDER_GROUP


def _has_head(line: Line, n: int, last: int) -> bool:
    return any(head_at(line, k)[0] for k in range(n, last + 1)) or (
        last + 2 < len(line.words) and line.words[last + 1].lower() == "of" and line.words[last].lower() in FIRST_WORDS
    )


def _area_after(line: Line, end: int, head: str) -> int:
    """Go on over "in Area", "for Area" or "in the … Region"."""
    n = end + 1
    if (
        n + 1 >= len(line.words)
        or line.words[n].lower() not in ("in", "for")
        or base(line.words[end]) != line.words[end]
    ):
        return end
    n += 1
    if line.words[n].lower() == "the" and n + 1 < len(line.words):
        n += 1
    match = line.area_begin.get(line.starts[n])
    if match and not match.demonym:
        return _token_ending(line, n, match.end)
    if not capital(line.words[n]):
        return end
    last = _run(line, n)
    if last + 1 < len(line.words) and line.words[last + 1].lower() in _REGION:
        return last + 1
    return last if line.words[last].lower() in _REGION or head == "embassy" else end


def _token_ending(line: Line, n: int, offset: int) -> int:
    while n + 1 < len(line.words) and line.starts[n + 1] < offset:
        n += 1
    if n + 1 < len(line.words) and line.words[n + 1].lower() in _REGION and line.starts[n + 1] - line.ends[n] <= 1:
        return n + 1
    return n
