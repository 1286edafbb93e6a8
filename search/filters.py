"""Filters from the edge: values checked, so that a slip is told and never gives an empty answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ontology.document import DocumentType, PassageKind
from ontology.errors import UsageError
from ontology.model import StatementType
from search.entries import Filters

REVIEW_STATES = ("unreviewed", "accepted", "rejected")
ROLES = ("any", "agent", "addressee")

_CHOICES: Mapping[str, tuple[str, ...]] = {
    "statement_types": tuple(t.value for t in StatementType),
    "document_types": tuple(t.value for t in DocumentType),
    "kinds": tuple(k.value for k in PassageKind),
}
_SDG = re.compile(r"(?:[1-9]|1[0-7])(?:\.(?:[1-9]\d?|[a-d]))?")


def checked_filters(**given: Any) -> Filters:
    """`Filters` with every value checked; lists may be any iterable.

    Raises:
        UsageError: a value is none of those that exist; names it and the nearest that does.
    """
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
        for name, value in given.items()
    }
    for name, choices in _CHOICES.items():
        for value in values.get(name, ()):
            _check(name.removesuffix("s").replace("_", " "), value, choices)
    _check("role of body", values.get("role_of_body", "any"), ROLES)
    if (state := values.get("review_state")) is not None:
        _check("review state", state, REVIEW_STATES)
    for number in values.get("objectives", ()):
        if not 1 <= number <= 23:
            raise UsageError(f"{number} is no objective of the Compact; give a number from 1 to 23.")
    for code in values.get("sdgs", ()):
        if not _SDG.fullmatch(code):
            raise UsageError(f"{code!r} is no SDG; give a goal as 10 or a target as 10.7.")
    return Filters(**values)


def _check(what: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        near = get_close_matches(value, choices, 1)
        hint = f"did you mean {near[0]}?" if near else f"use one of {', '.join(choices)}."
        raise UsageError(f"{value!r} is no {what}; {hint}")
