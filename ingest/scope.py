"""Which country or region a document is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ontology.model import Passage, PassageKind
from ontology.vocabulary import Area, load_vocabulary

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
_WORLD = re.compile(r"(?i)\b(?:global|world|international migration review forum)\b")


def scope_of(title: str, passages: Sequence[Passage], areas: Sequence[Area] | None = None) -> tuple[str, ...]:
    """ISO 3166 alpha-3 codes of the countries in the title, else its region, else the country that prevails.

    Without countries in the vocabulary only regions are told. A country prevails where it has three mentions
    and more than half of all mentions of countries.
    """
    known = _areas() if areas is None else tuple(areas)
    names = {name.casefold(): area.alpha3 for area in known if area.alpha3 for name in (area.name, *area.aliases)}
    pattern = _alternation(tuple(sorted(names)))
    if pattern:
        found = {names[m[0].casefold()]: None for m in pattern.finditer(title)}
        if found:
            return tuple(found)
    region = next((name for name, regex in _PATTERNS if regex.search(title)), None)
    if region:
        return (region,)
    if pattern is None or _WORLD.search(title):
        return ()
    text = " ".join(p.text for p in passages if p.kind is not PassageKind.FOOTNOTE)[:_SAMPLE]
    counts = Counter(names[m[0].casefold()] for m in pattern.finditer(text))
    best = max(sorted(counts), key=lambda code: counts[code], default=None)
    if best and counts[best] >= 3 and counts[best] * 2 > sum(counts.values()):
        return (best,)
    return ()


@lru_cache(maxsize=4)
def _alternation(names: tuple[str, ...]) -> re.Pattern[str] | None:
    longest_first = sorted((n for n in names if len(n) > 3), key=lambda n: (-len(n), n))
    if not longest_first:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(n) for n in longest_first) + r")(?!\w)", re.IGNORECASE)


def _areas() -> tuple[Area, ...]:
    return load_vocabulary().areas
