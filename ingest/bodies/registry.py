"""The registry's bodies and the areas in a text: one Aho-Corasick pass, whatever their number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import ahocorasick

from ingest.caseless import lower
from ingest.memory import remembered
from ontology.model import BodyType
from ontology.vocabulary import Area, RegisteredBody, Vocabulary

_PLAIN = str.maketrans({
    "’": "'", "‘": "'", "\u00a0": " ", "\u2011": "-", "‐": "-", "–": "-", "\n": " ", "\t": " ",
    "⟦": "[", "⟧": "]",  # our own marks of bodies (`ingest.bodies.masks`), which no document may set
})  # fmt: skip


def plain(text: str) -> str:
    """The text with one form of apostrophe, hyphen, space and square bracket, character for character."""
    return text.translate(_PLAIN)


class Match(NamedTuple):
    """A registered body or an area at `[start, end)` of a text; exactly one of `body` and `area` is set.

    A tuple, as all that is made many times a page: it takes a third of the time of a frozen dataclass.
    """

    start: int
    end: int
    body: RegisteredBody | None = None
    area: Area | None = None
    demonym: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    written: str
    exact: bool
    body: RegisteredBody | None = None
    area: Area | None = None
    demonym: bool = False


class Registry:
    """Finds names of registered bodies and areas.

    Acronyms and case-sensitive aliases count only as written, names and aliases in any case; every match
    stands between word boundaries; of overlapping ones the longest wins.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        entries: dict[str, list[_Entry]] = {}
        for entry in (*_body_entries(vocabulary.bodies), *_area_entries(vocabulary.areas)):
            if entry.written:
                entries.setdefault(lower(plain(entry.written)), []).append(entry)
        self._automaton = ahocorasick.Automaton()
        for key in sorted(entries):
            self._automaton.add_word(key, (len(key), tuple(entries[key])))
        self._automaton.make_automaton()
        self.bodies = {b.iri: b for b in vocabulary.bodies}
        self.by_acronym = {b.acronym: b for b in reversed(vocabulary.bodies) if b.acronym}
        self.areas = {a.alpha3: a for a in vocabulary.areas if a.alpha3}
        self.countries = frozenset(a.iri for a in self.areas.values())
        self._find = remembered(self._search)

    def find(self, text: str) -> list[Match]:
        """All matches of a text that has gone through `plain`, in order, none overlapping another of its kind."""
        return list(self._find(text))

    def _search(self, text: str) -> tuple[Match, ...]:
        low, size = lower(text), len(text)
        found: list[Match] = []
        for last, (length, entries) in self._automaton.iter(low):
            start, end = last - length + 1, last + 1
            if start and (low[start - 1].isalnum() or low[start - 1] == "_"):
                continue
            if end < size and (low[end].isalnum() or low[end] == "_"):
                continue
            if low.endswith("non-", 0, start):
                continue
            written = text[start:end]
            found += [
                Match(start, end, e.body, e.area, e.demonym)
                for e in entries
                if written == e.written or (not e.exact and _as_proper(written, e))
            ]
        return (*_longest([m for m in found if m.body]), *_longest([m for m in found if m.area]))


def _as_proper(text: str, entry: _Entry) -> bool:
    """Whether a text in other case still reads as a proper name: half of the name's capitals, or all capitals."""
    if entry.body is None or entry.body.type is BodyType.STAKEHOLDER_GROUP:
        return True
    wanted = [n for n, c in enumerate(entry.written) if c.isupper()]
    if len(wanted) < 2:
        return True
    return 2 * sum(text[n].isupper() for n in wanted) > len(wanted)


def _longest(matches: list[Match]) -> list[Match]:
    if len(matches) < 2:
        return matches
    kept: list[Match] = []
    for m in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        if all(m.end <= k.start or m.start >= k.end for k in kept):
            kept.append(m)
    return sorted(kept, key=lambda m: m.start)


_KINDS = frozenset(["network", "coalition", "platform", "forum", "fund", "committee", "conference"])


def _body_entries(bodies: Iterable[RegisteredBody]) -> Iterable[_Entry]:
    for body in bodies:
        kinds = _KINDS & set(body.name.lower().split())
        for name in (body.name, *body.aliases):
            other = _KINDS & set(name.lower().split())
            if kinds and other and not kinds & other:
                continue  # a coalition that an alias calls a network may be two bodies in a document
            yield _Entry(plain(name), exact=_needs_case(name, body), body=body)
        for name in (body.acronym or "", *body.case_sensitive_aliases):
            yield _Entry(plain(name), exact=True, body=body)


def _needs_case(name: str, body: RegisteredBody) -> bool:
    """One word that is no group of people is a proper name and means nothing in lower case."""
    return " " not in name and body.type is not BodyType.STAKEHOLDER_GROUP


def _area_entries(areas: Iterable[Area]) -> Iterable[_Entry]:
    for area in areas:
        if area.m49 == "001":
            continue
        for name in (area.name, *area.aliases):
            yield _Entry(plain(name), exact=True, area=area)
            yield _Entry(plain(name).upper(), exact=True, area=area)
            if name.endswith(" region"):
                yield _Entry(plain(name).replace(" region", " Region"), exact=True, area=area)
        for name in area.demonyms:
            yield _Entry(plain(name), exact=True, area=area, demonym=True)


class _Holder:
    """Keeps a vocabulary alive beside its identity; hashing its thousands of values would cost more than a pass."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder) and other.vocabulary is self.vocabulary

    def __hash__(self) -> int:
        return id(self.vocabulary)


@lru_cache(maxsize=4)
def _build(holder: _Holder) -> Registry:
    return Registry(holder.vocabulary)


def registry_of(vocabulary: Vocabulary) -> Registry:
    """The matcher of a vocabulary, built once."""
    return _build(_Holder(vocabulary))
