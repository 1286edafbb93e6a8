"""Which country or region a document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ontology.document import Passage, PassageKind
from ontology.vocabulary import load_vocabulary

_REGIONS: tuple[tuple[str, str], ...] = (
    ("Arab region", r"arab (?:region|states|world|countries)"),
    ("Middle East and North Africa", r"middle east and north(?:ern)? africa|\bmena\b"),
    ("Asia and the Pacific", r"asia[- ](?:and the )?pacific"),
    ("Latin America and the Caribbean", r"latin america(?: and the caribbean)?"),
    ("Europe and Central Asia", r"europe and central asia"),
    ("East and Horn of Africa", r"(?:east(?:ern)? and )?horn of africa"),
    ("West and Central Africa", r"west(?:ern)? and central africa"),
    ("Southern Africa", r"southern africa"),
    ("Western Balkans", r"western balkans"),
    ("South-East Asia", r"south-?\s?east(?:ern)? asia"),
    ("South Asia", r"south(?:ern)? asia"),
    ("Central Asia", r"central asia"),
    ("Western Asia", r"west(?:ern)? asia"),
    ("Central America", r"central america"),
    ("South America", r"south america"),
    ("North America", r"north(?:ern)? america"),
    ("Caribbean", r"caribbean"),
    ("Pacific", r"\bpacific\b"),
    ("Europe", r"\beurope(?:an (?:region|union))?\b"),
    ("Africa", r"\bafrica\b(?!n)"),
)
_PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _REGIONS)
_SAMPLE = 60_000
_WORD = re.compile(r"\w+")
_WORLD = re.compile(r"(?i)\b(?:global|world|international migration review forum)\b")


def scope_of(title: str, passages: Sequence[Passage]) -> tuple[str, ...]:
    """ISO 3166 alpha-3 codes of the countries in the title, else its region, else the country that prevails.

    A country prevails where it has three mentions and more than half of all mentions of countries.
    """
    found = dict.fromkeys(_mentioned(title))
    if found:
        return tuple(found)
    region = next((name for name, regex in _PATTERNS if regex.search(title)), None)
    if region:
        return (region,)
    if _WORLD.search(title):
        return ()
    text = " ".join(p.text for p in passages if p.kind is not PassageKind.FOOTNOTE)[:_SAMPLE]
    counts = Counter(_mentioned(text))
    best = max(sorted(counts), key=lambda code: counts[code], default=None)
    if best and counts[best] >= 3 and counts[best] * 2 > sum(counts.values()):
        return (best,)
    return ()


def _mentioned(text: str) -> Iterator[str]:
    """The codes of the countries named in a text, in order; of two names at one place the longer counts."""
    names, end = _names(), 0
    telling = {form for form in set(_WORD.findall(text)) if _folded(form) in names}
    for word in _WORD.finditer(text) if telling else ():
        start = word.start()
        if word[0] not in telling or start < end:
            continue
        for name, code in names[_folded(word[0])]:
            after = text[start + len(name) : start + len(name) + 1]
            if not (after.isalnum() or after == "_") and _folded(text[start : start + len(name)]) == name:
                end = start + len(name)
                yield code
                break


def _folded(text: str) -> str:
    """Without case; the dotted capital of Turkish is an i."""
    return text.casefold().replace("i\u0307", "i")


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The names of the countries of the vocabulary with their codes, by their first word, the longest first."""
    areas = [area for area in load_vocabulary().areas if area.alpha3]
    codes = {_folded(name): area.alpha3 for area in areas for name in (area.name, *area.aliases)}
    out: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(codes, key=lambda n: (-len(n), n)):
        first = _WORD.match(name)
        if first and len(name) > 3:
            out.setdefault(first[0], []).append((name, codes[name]))
    return {first: tuple(found) for first, found in out.items()}
