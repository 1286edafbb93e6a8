"""What a plain question names: objectives, bodies, places, Goals, kinds of statement, and its subject."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ontology.vocabulary import Area, Objective, Vocabulary

LONGEST = 1_000
# How much each sign says that a question is about an objective.
STRONG_TERM, LABEL_WORD, KEY_TERM, MEANING = 3.0, 1.5, 0.75, 3.0
ENOUGH = 1.5
CLEARLY = 1.25

_NUMBER = re.compile(r"\b(?:objectives?|obj\.?|gcm)\s*(?:no\.?|number|#)?\s*(\d{1,2})\b", re.IGNORECASE)
_SDG = re.compile(r"\b(?:sdgs?|goals?|targets?)\s*(\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?)\b", re.IGNORECASE)
_IRI = re.compile(r"https?://w3id\.org/gcmkg/id/[^\s<>\"?]+")
_WORD = re.compile(r"[^\W_]+")
_QUOTED = re.compile(r"[\"“”‘'](.{2,80}?)[\"“”’']")
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning)\s+((?:[\w-]+\s?){1,4})", re.IGNORECASE)
_STOP_ABOUT = re.compile(
    r"\b(?:has|have|had|is|are|was|were|did|do|does|that|which|who|by|in|to|from|for|made|nobody|no|not|and|the|a|an|"
    r"this|objectives?)\b.*", re.IGNORECASE)
_KINDS = {
    "recommendation": r"recommend|suggest|ask(?:ed|s)? (?:of|for)|call(?:ed|s)? (?:on|for|upon)",
    "commitment": r"commit|pledge|promis|undert(?:ake|ook)",
    "function": r"function|\btask|mandate|responsib|terms of reference|\bduties|\bduty",
    "principle": r"principle",
    "outcome": r"outcome|\bresult",
    "decision_rule": r"decision rule|decides? by|consensus|\bquorum|\bvot(?:e|ing)",
}
_WITHIN = re.compile(r"\b(?:in|within|across|throughout|for)\s+(?:the\s+)?$", re.IGNORECASE)
_TOWARDS = re.compile(r"\b(?:to|of|asks?|addressing|told)\s+(?:the\s+)?$", re.IGNORECASE)
# Words of labels that many objectives share.
_COMMON = frozenset({
    "migration", "migrant", "of", "and", "the", "for", "to", "in", "a", "an", "all", "access", "manage", "provide",
    "information", "international", "cooperation", "save", "live", "reduce", "eliminate", "minimize", "counter",
    "regular", "basic", "service", "legal", "contribution", "development", "protection", "recognition", "social",
    "skill", "work", "decent", "fair", "people",
})


@dataclass(frozen=True, slots=True)
class Slots:
    """What was found in a question.

    `objectives` are number and weight, the likeliest first; `named` says that a number was given. `bodies` are
    IRI and the words used, the longest first; `addressed` is the body that stands behind "to", `agent` the
    first of the others. `places` are names of countries and areas.
    """

    text: str
    objectives: tuple[tuple[int, float], ...] = ()
    named: bool = False
    bodies: tuple[tuple[str, str], ...] = ()
    addressed: str | None = None
    agent: str | None = None
    places: tuple[str, ...] = ()
    sdg: str | None = None
    iri: str | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)
    about: str | None = None


def find_slots(
    question: str,
    *,
    vocabulary: Vocabulary,
    objective_scores: Mapping[int, float] | None,
    bodies: Sequence[tuple[str, Sequence[str]]],
) -> Slots:
    """Everything that a question names; only its first 1,000 characters are read."""
    raw = " ".join(question[:LONGEST].split())
    found, spans = _bodies(raw, bodies, places=_area_names(vocabulary.areas))
    rest = _blanked(raw, spans)
    number = _NUMBER.search(raw)
    named = number is not None and 1 <= int(number[1]) <= len(vocabulary.objectives)
    if number is not None and named:
        objectives: tuple[tuple[int, float], ...] = ((int(number[1]), 10.0),)
    else:
        objectives = _objectives(rest, vocabulary.objectives, objective_scores or {})
    addressed = _addressed(raw, found, spans)
    sdg, iri = _SDG.search(raw), _IRI.search(raw)
    return Slots(
        text=raw,
        objectives=objectives,
        named=named,
        bodies=found,
        addressed=addressed,
        agent=next((body for body, _ in found if body != addressed), None),
        places=_places(rest, vocabulary.areas),
        sdg=sdg[1].lower() if sdg else None,
        iri=iri[0].rstrip(".,;") if iri else None,
        kinds=frozenset(kind for kind, cue in _KINDS.items() if re.search(cue, raw, re.IGNORECASE)),
        about=_about(rest),
    )


def tokens(text: str) -> str:
    """Words in lower case without plural, between single spaces, with a space at both ends."""
    words = [_singular(word) for word in _WORD.findall(text.casefold())]
    return f" {' '.join(words)} "


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _objectives(
    text: str, objectives: Iterable[Objective], scores: Mapping[int, float]
) -> tuple[tuple[int, float], ...]:
    words = tokens(text)
    weights = {o.number: _weight(words, text, o) + MEANING * max(0.0, scores.get(o.number, 0.0)) for o in objectives}
    likely = sorted(((n, w) for n, w in weights.items() if w >= ENOUGH), key=lambda pair: (-pair[1], pair[0]))
    return tuple(likely[:3])


def _weight(words: str, text: str, objective: Objective) -> float:
    if any(tokens(name) in words for name in (objective.label, objective.title, *objective.alt_titles) if name):
        return 2 * STRONG_TERM
    strong = sum(_stands(term, words, text) for term in objective.strong_terms)
    label = {word for word in tokens(objective.label).split() if word not in _COMMON}
    shared = sum(f" {word} " in words for word in label)
    key = sum(_stands(term, words, text) for term in objective.key_terms)
    return STRONG_TERM * min(strong, 2) + LABEL_WORD * shared + KEY_TERM * min(key, 2)


def _stands(term: str, words: str, text: str) -> bool:
    if term[-1:].isupper() and len(term) <= 6:
        return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
    return tokens(term) in words


def _area_names(areas: Iterable[Area]) -> frozenset[str]:
    return frozenset(name.casefold() for area in areas for name in (area.name, *area.aliases))


def _bodies(
    raw: str, bodies: Sequence[tuple[str, Sequence[str]]], *, places: Container[str]
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[int, int], ...]]:
    """The bodies that are named, the longest names first, and where; no name inside a longer one.

    A government is also called by the name of its country; behind "in" that name is the place.
    """
    folded = raw.casefold()
    hits = []
    for iri, names in bodies:
        for name in names:
            hits += [
                (start, end, iri)
                for start, end in _places_of(name, raw, folded)
                if name.casefold() not in places or not _WITHIN.search(raw[:start])
            ]
    taken: list[tuple[int, int]] = []
    kept: dict[str, str] = {}
    for start, end, iri in sorted(set(hits), key=lambda hit: (hit[0] - hit[1], hit[0], hit[2])):
        if all(end <= a or start >= b for a, b in taken):
            taken.append((start, end))
            kept.setdefault(iri, raw[start:end])
    return tuple(kept.items()), tuple(taken)


def _places_of(name: str, raw: str, folded: str) -> list[tuple[int, int]]:
    """Where a name stands as a word of its own; an acronym counts only as written."""
    acronym = sum(c.isupper() for c in name) > 1 and " " not in name
    where, what = (raw, name) if acronym or len(folded) != len(raw) else (folded, name.casefold())
    found = []
    start = where.find(what) if len(what) > 1 else -1
    while start >= 0:
        end = start + len(what)
        if not where[start - 1 : start].isalnum() and not where[end : end + 1].isalnum():
            found.append((start, end))
        start = where.find(what, start + 1)
    return found


def _blanked(raw: str, spans: Iterable[tuple[int, int]]) -> str:
    out = raw
    for start, end in spans:
        out = out[:start] + "\x00" * (end - start) + out[end:]
    return out.replace("\x00", " ")


def _addressed(
    raw: str, found: Sequence[tuple[str, str]], spans: Sequence[tuple[int, int]]
) -> str | None:
    for iri, words in found:
        for start, end in spans:
            if raw[start:end] == words and _TOWARDS.search(raw[:start]):
                return iri
    return None


def _places(text: str, areas: Iterable[Area]) -> tuple[str, ...]:
    folded = text.casefold()
    found: list[tuple[int, str]] = []
    for area in areas:
        names = (area.name, *area.aliases, *area.demonyms, area.alpha3)
        length = max((len(n) for n in names if len(n) > 2 and _places_of(n, text, folded)), default=0)
        if length:
            found.append((-length, area.name))
    return tuple(name for _, name in sorted(found))


def _about(text: str) -> str | None:
    quoted = _QUOTED.search(text)
    if quoted:
        return quoted[1].strip()
    for found in _ABOUT.finditer(text):
        words = _STOP_ABOUT.sub("", found[1]).strip()
        if len(words) > 2 and not words[0].isdigit():
            # Without its plural the last word is found in both its forms.
            return words.rstrip("s") if words.endswith("s") and not words.endswith("ss") else words
    return None
