"""Since when a body is: dates of establishment and launch, by close patterns and by a verb of founding near a date."""

from __future__ import annotations

import re

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Ledger
from ingest.bodies.masks import BODY, Masked, collective
from ingest.bodies.state import Reading
from ontology.model import BodyType

_MONTHS = {
    n.lower(): i
    for i, n in enumerate(
        (
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ),
        1,
    )
}
_MONTH = "|".join(m.capitalize() for m in _MONTHS)
_DATE = rf"(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH}),? )?(?P<year>(?:19|20)\d\d)"
FOUND = r"(?P<verb>established|launched|created|founded|set up|formed|inaugurated)"
_SINCE = re.compile(
    rf"{BODY}[^.;⟦]{{0,60}}?(?: (?:was|were|is|been)|,) (?:\w+ly )?{FOUND}[^.;⟦]{{0,40}}? (?:in|on|since) {_DATE}"
)
_OPENING = re.compile(
    rf"^(?P<verb>[Ee]stablished|[Ff]ounded|[Cc]reated|[Ll]aunched|[Ss]et up) (?:in|on) {_DATE},? (?:the )?{BODY}"
)
_DATED_BY = re.compile(rf"\b(?:[Ii]n|[Oo]n) {_DATE},?[^.;]{{0,170}}? {FOUND} (?:the |a |an )?[^.;⟦]{{0,30}}{BODY}")
_BEGUN = (
    r"(?:establish\w*|launch\w*|creat\w+|found(?:ed|ing|ation)|set(?:ting)? up|form(?:ed|ation)?\b|inaugurat\w+"
    r"|constitut\w+"
    r"|born|activated|came into being|came into existence|institut(?:ed|ion))"
)
_NEAR_DATE = re.compile(
    rf"\b(?P<verb>{_BEGUN})\b(?P<gap>[^.;]{{0,75}}?) (?:in|on|since|of) (?:early |late |mid-)?{_DATE}"
)
_DATE_FIRST = re.compile(
    rf"\b(?:[Ii]n|[Oo]n|[Ss]ince) (?:early |late |mid-)?{_DATE}(?P<gap>[^.;]{{0,60}}?) (?:to )?(?P<verb>{_BEGUN})\b"
)
_WHICH = re.compile(rf"{BODY},? (?:which|that) [^.;]{{0,40}}?{FOUND} (?:in|on) {_DATE}")
_GENERIC = re.compile(
    r" (?:of )?(?:an? |the )?(?:[\w-]+ ){0,5}?(network|platform|coalition|group|task force|committee)\b"
)
_ACTIVE = re.compile(rf"\b{FOUND} in {_DATE} (?:the |a )?{BODY}")
_AREA_BODY = re.compile(rf"{BODY} (?:was|were) {FOUND} (?:in|on) {_DATE}")


def _iso(found: re.Match[str]) -> str:
    parts = [found["year"]]
    if found["month"]:
        parts.append(f"{_MONTHS[found['month'].lower()]:02d}")
        if found["day"]:
            parts.append(f"{int(found['day']):02d}")
    return "-".join(parts)


def dates(reading: Reading, m: Masked, ledger: Ledger) -> None:
    """Enter the dates that a passage gives for the beginning of bodies."""
    dated: set[Entity] = set()
    if "19" not in m.text and "20" not in m.text:
        return
    for pattern in (_SINCE, _OPENING, _DATED_BY, _ACTIVE, _AREA_BODY, _WHICH):
        for found in pattern.finditer(m.text):
            number = next(g for g in found.groups() if g and g.isdigit() and f"⟦{g}⟧" in found[0])
            verb = found["verb"].lower()
            name = "launched_date" if verb in ("launched", "inaugurated") else "established_date"
            body = m.entity(number)
            if collective(body) or body.type not in (BodyType.GOVERNMENT, BodyType.STAKEHOLDER_GROUP):
                ledger.state(body, name, _iso(found), m.passage, method="dated", words=(verb, found["year"]))
                dated.add(body)
    for pattern in (_NEAR_DATE, _DATE_FIRST):
        for found in pattern.finditer(m.text):
            near = _begun(reading, m, found)
            if near and near not in dated:
                verb = found["verb"].lower()
                name = "launched_date" if verb.startswith(("launch", "inaug")) else "established_date"
                ledger.state(near, name, _iso(found), m.passage, method="dated-nearby", confidence=0.65,
                             words=(verb, found["year"]))  # fmt: skip


def _begun(reading: Reading, m: Masked, found: re.Match[str]) -> Entity | None:
    """What was begun: the body right after the verb, else the subject, else what a generic word stands for."""
    text, verb = m.text, found.start("verb")
    after = re.match(rf"[^.;⟦]{{0,45}}?{BODY}", text[found.end("verb") :])
    active = re.search(r"\b(?:was|were|is|are|been|be|,)\s*$|^\W*$", text[:verb]) is None
    noun = re.search(r"(?:ion|ment|ing)$|^set(?:ting)? up$|^establish$|^create$|^launch$", found["verb"])
    if (active or noun) and after and collective(m.entity(after[1])) and "by" not in after[0].split():
        return m.entity(after[1])
    generic = _GENERIC.match(text, found.end("verb"))
    own = reading.own
    if generic and own and own.head.endswith(generic[1]):
        return own
    marks = [m.entity(n) for n in re.findall(BODY, text[:verb])]
    first = marks[0] if marks else None
    if first and not active and collective(first):
        return first
    subject = re.match(r"(?:\d[\d.]* )?(?:It|Its (?:creation|establishment))\b", text)
    return reading.focus(m.passage) if subject and not marks else None
