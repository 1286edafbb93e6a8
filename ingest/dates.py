"""Dates in running text, as precise as the text gives them."""

from __future__ import annotations

import re

Dated = str
"""An ISO date of four, seven or ten characters: "2021", "2021-02", "2021-02-18"."""

_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier enero", "february feb février fevrier febrero", "march mar mars marzo",
            "april apr avril abril", "may mai mayo", "june jun juin junio", "july jul juillet julio",
            "august aug août aout agosto", "september sept sep septembre septiembre",
            "october oct octobre octubre", "november nov novembre noviembre",
            "december dec décembre decembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name)))
"""Names of months in English, French and Spanish, as alternatives of a pattern."""
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_PATTERNS = (
    re.compile(rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?\b"),
    re.compile(
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th|er)?\s+(?:de\s)?(?P<month>{MONTH})\.?,?\s+(?:de\s)?{_YEAR}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b(?P<month>{MONTH})\.?\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{MONTH})\.?,?\s+(?:de\s)?{_YEAR}\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>[0-3]?\d)[./](?P<number>0?[1-9]|1[0-2])[./]{_YEAR}\b"),
    re.compile(rf"^\W*{_YEAR}\W*$"),
)
_ANY_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])")


def first_date(text: str) -> Dated | None:
    """The first date in the text, of the most precise form that it has; None where it has none.

    A bare year counts only where it is all of the text.
    """
    for pattern in _PATTERNS:
        match = pattern.search(text)
        if match:
            parts = match.groupdict()
            month = _MONTHS[parts["month"].casefold()] if parts.get("month") else int(parts.get("number") or 0)
            day = int(parts.get("day") or 0)
            date = parts["year"] + (f"-{month:02}" if month else "")
            return date + (f"-{day:02}" if month and 1 <= day <= 31 else "")
    return None


def years_of(text: str) -> list[int]:
    """The years named in the text, in order."""
    return [int(year) for year in _ANY_YEAR.findall(text)]
