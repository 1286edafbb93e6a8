"""Details that a query asks for by their form: an amount, a date, an address, the name of a person.

A passage may be about the very thing and still not tell its price or date. Where the wording of the query asks for
such a detail, a passage without anything of that form is only a guess. The list is short on purpose: a word that
is a subject as often as a question ("cost of remittances") is not on it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|forty|fifty|hundreds?|"
    "thousands?|millions?|billions?|once|twice|half|third|quarter"
)
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DATE = rf"\b(?:1[89]|20)\d\d\b|\b(?:{_MONTHS})\b|\b\d{{1,2}}[./]\d{{1,2}}\b"
_OFFICE = (
    "chief|head|director|minister|coordinator|officer|president|secretary|chair|chairperson|representative|"
    "ambassador|manager|person|spokesperson|commissioner|governor"
)


@dataclass(frozen=True, slots=True)
class Detail:
    """One kind of detail: the wording that asks for it, and what every text that gives it has."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DETAILS = (
    Detail(
        "amount of money",
        _words(r"\b(?:salary|salaries|minimum wage|annual budget|how much (?:money|funding)|how much does|how much did|"
               r"price of|in (?:us )?dollars|in euros?|daily allowance)\b"),
        _words(r"[$€£¥]|\d\s?(?:usd|eur|dollars|euros)\b|\b(?:usd|eur|us dollars|dollars|euros)\b"),
    ),
    Detail(
        "date",
        _words(r"\b(?:date (?:on which|of|when|by which)|on (?:what|which) (?:date|day)|(?:what|which) year|"
               r"exact date)\b"),
        _words(_DATE),
    ),
    Detail(
        "time", _words(r"^\W*when (?:was|were|did|is|will|does|do)\b"),
        _words(rf"{_DATE}|\b(?:now|days?|weeks?|months?|years?|annual|annually|quarterly|monthly|yearly)\b"),
    ),
    Detail("e-mail address", _words(r"\be-?mails?(?: address(?:es)?)?\b"), _words(r"@|\be-?mail")),
    Detail(
        "telephone number",
        _words(r"\b(?:(?:tele)?phone|hotline|fax) number\b|\bnumber to call\b"),
        _words(r"\d[\d ()+/-]{4,}\d|\b(?:tel|phone|fax)\b"),
    ),
    Detail("web address", _words(r"\b(?:url|web ?site address|web address|link to the)\b"), _words(r"https?:|www\.")),
    Detail(
        "name of a person",
        _words(rf"\bname of\b.{{0,60}}\b(?:{_OFFICE})\b|\bwhat is the name of the (?:{_OFFICE})\b"),
        re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Sheikh|Ambassador|H\.E|[Nn]amed|[Cc]alled)\b"),
    ),
    Detail(
        "number",
        _words(r"^\W*how many\b|\b(?:total|exact|precise) number of\b|\b(?:what|which) (?:percentage|share) of\b"),
        _words(rf"\d|\b(?:{_NUMBER_WORDS})\b|\b(?:daily|weekly|monthly|quarterly|annually|yearly|biannual|biannually)\b"),
    ),
)


def lacking(query: str) -> Callable[[str], bool]:
    """A test for texts that lack a detail which the query asks for by its form."""
    asked = [detail.given for detail in DETAILS if detail.asked.search(query)]
    return lambda text: any(not given.search(text) for given in asked)
