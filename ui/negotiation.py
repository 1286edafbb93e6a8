"""Content negotiation: https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1."""

from __future__ import annotations

import re
from collections.abc import Sequence

_QUALITY = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)


def negotiate(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of `offered` that an Accept header likes best; the first of equals; none if it likes none."""
    wishes = [_wish(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for place, media in enumerate(offered):
        fitting = [(_exactness(pattern), quality) for pattern, quality in wishes if _fits(pattern, media)]
        if fitting and (value := (max(fitting)[1], -place)) > best and value[0] > 0:
            best, chosen = value, media
    return chosen


def _wish(part: str) -> tuple[str, float]:
    pattern, *parameters = [p.strip().lower() for p in part.split(";")]
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            quality = float(value) if _QUALITY.fullmatch(value) else 0.0
    return pattern, quality


def _fits(pattern: str, media: str) -> bool:
    return pattern in ("*/*", media) or (pattern.endswith("/*") and media.startswith(pattern[:-1]))


def _exactness(pattern: str) -> int:
    return 0 if pattern == "*/*" else 1 if pattern.endswith("/*") else 2
