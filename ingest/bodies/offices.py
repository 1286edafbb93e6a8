"""Offices in a body by the grammar of the clause: who holds which, since when, and whether it is held, was or will be.

The patterns begin from the words for an office ("chair", "is led by", "under the co-leadership of") and take whatever
bodies stand in its places; those of `loose` begin from a verb between two bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.clauses import clause_before, end_of, give, holders_after, status_of, whole_here, whole_nearest
from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found
from ingest.bodies.masks import BODY, Masked, whole
from ingest.bodies.office_words import (
    ACTIVE,
    AFTER,
    ALSO,
    AND_LEADS,
    AND_PROVIDES,
    APPOSED,
    AS_OF,
    AS_OFFICE,
    BEFORE_THAT,
    BRACKETED,
    COMMON_NOUN,
    COORDINATED,
    DASHED,
    FALLS_TO,
    GAPPED,
    HAS_AS,
    HOLDER,
    HOLDS,
    HOUSED,
    IS,
    JOINED,
    LED_BY,
    LINK,
    OFFICE,
    OFFICE_IS,
    OFFICES,
    OWN_KIND,
    OWNED,
    PARTICIPLES,
    PRESIDES,
    ROTATES,
    SUCCEEDING,
    SUPPORT_FROM,
    TOGETHER,
    UNDER,
    UNTIL,
    WHICH,
    WHICH_HOLDS,
    WHICH_IT,
    WHICH_LEADS,
    office_of,
)
from ingest.bodies.state import Reading
from ontology.model import BodyType, RelationType, Status

R = RelationType


WORDS = (
    "chair", "lead", "led ", "presid", "head", "conven", "coordinat", "co-ordinat", "member", "participant", "secretar",
    "manage", "steered", "did so", "do so",
)  # fmt: skip


def offices(reading: Reading, m: Masked) -> list[Found]:
    """The offices that one passage gives to bodies."""
    if not m.has(*WORDS):
        return []
    found = [*_is(reading, m), *holds(reading, m), *_further(m), *_falls(reading, m)]
    found += _led_by(reading, m) if " by " in m.text else ()
    found += [*_which(m), *_which_it(reading, m)] if m.has("which", "that ", "whom") else ()
    found += _under(reading, m) if m.has("under ") else ()
    found += _as(reading, m) if " as " in m.text else ()
    return [f for f in found if sound(f)]


def sound(f: Found) -> bool:
    """Whether the office can be: in a body that others take part in, and of another one."""
    return whole(f.target) and f.subject is not f.target


def _led_by(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "X is chaired by A", and "Y by B" after it; "…, which succeeded C" tells who held the office before."""
    for found in LED_BY.finditer(m.text):
        kind, word = office_of(found, PARTICIPLES)
        clause = clause_before(m.text, found.start())
        target = _led(reading, m, found.start())
        if target is None or (word == "managed" and target.type is BodyType.FUND):
            continue
        holders = holders_after(m, found.end())
        gone = BEFORE_THAT.match(m.text[: m.text.find("⟦")])
        status = Status.FORMER if gone or UNTIL.match(m.text, end_of(m, found.end(), holders)) else status_of(clause)
        yield from give(holders, kind, target, "office-by", status, word)
        last = end_of(m, found.end(), holders)
        again = GAPPED.match(m.text, last)
        if again:
            beside = holders_after(m, again.end())
            yield from give(beside, kind, m.entity(again[1]), "office-by-gap", status_of(clause), word)
        old = SUCCEEDING.match(m.text[found.end() :])
        if old:
            yield from give([m.entity(old[1])], kind, target, "held-before", Status.FORMER, word)


def _led(reading: Reading, m: Masked, start: int) -> Entity | None:
    """What a participle is said of: the body right before it, or the sentence's first ("… and is led by")."""
    ahead = m.text[:start]
    if COMMON_NOUN.search(ahead):
        return None
    linked = LINK.search(ahead)
    if linked and whole(m.entity(linked[1])):
        return m.entity(linked[1])
    if OWN_KIND.search(ahead):
        focus = reading.focus(m.passage)
        return focus if focus and whole(focus) else reading.own
    first = re.match(rf"\W*(?:The |A )?{BODY}", ahead)
    return m.entity(first[1]) if first and COORDINATED.search(ahead) and not re.search(r"[.;]\s", ahead) else None


def _which(m: Masked) -> Iterator[Found]:
    """ "X, which A leads together with B and C co-chairs", "X, for which A has the lead"."""
    for found in WHICH.finditer(m.text):
        target = m.entity(found[1])
        at = found.end() + len(found["who"])
        holders = [m.entity(n) for n in re.findall(BODY, found["who"])]
        verb = WHICH_LEADS.match(m.text, at)
        holds = None if verb else WHICH_HOLDS.match(m.text, at)
        if verb is None and holds is None:
            continue
        kind, word = office_of(verb, ACTIVE) if verb else office_of(holds, OFFICES)  # type: ignore[arg-type]
        past = (verb or holds)["past"]  # type: ignore[index]
        end = (verb or holds).end()  # type: ignore[union-attr]
        beside = TOGETHER.match(m.text[end:])
        holders += holders_after(m, end + beside.end()) if beside else []
        yield from give(holders, kind, target, "which", Status.FORMER if past else Status.CURRENT, word)
        more = AND_LEADS.match(m.text[end:])
        if more:
            kind, word = office_of(more, ACTIVE)
            yield from give([m.entity(more[1])], kind, target, "and-leads", Status.CURRENT, word)


def _which_it(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "X, which it chairs together with B": the pronoun is the body of the section or document."""
    for found in WHICH_IT.finditer(m.text):
        kind, word = office_of(found, ACTIVE)
        focus = reading.focus(m.passage)
        holder = focus if focus and not whole(focus) else reading.own
        beside = holders_after(m, found.end()) if found["with"] else []
        if holder and not whole(holder):
            yield from give([holder, *beside[:1]], kind, m.entity(found[1]), "which-it", Status.CURRENT, word)


def _under(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "X, under the joint leadership of A and B"."""
    for found in UNDER.finditer(m.text):
        if found["led"]:
            continue
        kind, word = office_of(found, OFFICES)
        holders = holders_after(m, found.end())
        if not re.search(r"\b(?:joint|co-?)", found[0], re.I) and not JOINED.match(m.text, found.end()):
            holders = holders[:1]
        if kind is not R.MEMBER_OF and kind is not R.SECRETARIAT_OF:
            target = whole_here(reading, m, found.start())
            yield from give(holders, kind, target, "under", status_of(clause_before(m.text, found.start())), word)


def _as(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "X has A as its chair and B as deputy chair"."""
    for opening in HAS_AS.finditer(m.text):
        target = whole_here(reading, m, opening.start())
        stop = re.search(r"[.;]\s", m.text[opening.end() :])
        end = opening.end() + stop.start() if stop else len(m.text)
        for found in AS_OFFICE.finditer(m.text, opening.end(), end):
            kind, word = office_of(found, OFFICES)
            if kind is not R.MEMBER_OF:
                yield from give(m.before(found.end(1) + 1), kind, target, "has-as", Status.CURRENT, word)


def _is(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "A and B are associate members", "A will act as co-lead of X", "A, a member of X, …"."""
    for found in IS.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        of = (
            next((g for g in reversed(found.groups()) if g and g.isdigit()), None) if found["generic"] is None else None
        )
        numbers = re.findall(BODY, found[0])
        target = m.entity(numbers[-1]) if of and len(numbers) > 1 else None
        if target is None and kind is not R.MEMBER_OF and found["generic"] is None:
            target = whole_here(reading, m, found.start(), its=" its " in found[0])
        elif target is None:
            target = reading.focus(m.passage) if kind is R.MEMBER_OF else whole_nearest(m, found.start())
            target = target if target and whole(target) else reading.own
        past = re.match(r"was|were|served", found["verb"])
        status = (
            Status.FORMER if past and not re.search(r"\bsince\b", m.text[found.end() :]) else status_of(found["verb"])
        )
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        yield from give(holders, kind, target, "is-office", status, word)
        before = AFTER.search(m.text, found.end())
        if before:
            yield from give([m.entity(before[1])], kind, target, "held-before", Status.FORMER, word)
        more = ALSO.match(m.text[found.end() :]) if target else None
        if more and re.search(r"\b(?:its|the)\b", more[0]):
            kind, word = office_of(more, OFFICES)
            yield from give(holders, kind, target, "and-holds", status_of(found["verb"]), word)
    for found in APPOSED.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        if not re.search(rf"\b(?:is|are) (?:the |a )?{OFFICE} of\b", m.text[: found.start()]):
            target = m.entity(found[found.re.groups])
            yield from give([m.entity(found[1])], kind, target, "apposed", Status.CURRENT, word)


def holds(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "A holds the presidency, while B and C provide the vice-presidents"; "the secretariat, housed in A"."""
    for found in HOLDS.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        if kind is R.MEMBER_OF or (found["verb"] in ("has", "takes") and kind is R.SECRETARIAT_OF):
            continue
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        after = re.match(rf" (?:of|to|in) (?:the )?{BODY}", m.text[found.end() :])
        target = m.entity(after[1]) if after else whole_here(reading, m, found.start())
        target = reading.focus(m.passage) if target in holders else target
        status = Status.FORMER if found["verb"] == "held" else status_of(found[0])
        yield from give(holders, kind, target or reading.own, "holds", status, word)
    for found in HOUSED.finditer(m.text):
        host = m.entity(found[1])
        if not whole(host):
            target = whole_here(reading, m, found.start())
            yield from give([host], R.SECRETARIAT_OF, target, "housed", status_of(found[0]), "secretariat")
    for found in ROTATES.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        holders = holders_after(m, found.end())
        yield from give(holders[:1], kind, reading.focus(m.passage), "rotates", Status.CURRENT, word)
        for other in holders[1:]:
            yield from give([other], kind, reading.focus(m.passage), "rotates", Status.PROPOSED, word)


def _further(m: Masked) -> Iterator[Found]:
    """ "A coordinates X and provides its secretariat", "As Coordinator of X, A …", "(lead: A)"."""
    for found in PRESIDES.finditer(m.text):
        more = AND_PROVIDES.match(m.text[found.end() :])
        if more:
            kind, word = office_of(more, OFFICES)
            holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
            yield from give(holders, kind, m.entity(found[found.re.groups]), "and-provides", Status.CURRENT, word)
    for found in AS_OF.finditer(m.text):
        target = m.entity(found[found.re.groups])
        for kind, pattern in OFFICES:
            told = re.search(rf"\b(?:{pattern})\b", found["all"])
            if told and kind is not R.MEMBER_OF:
                yield from give(holders_after(m, found.end()), kind, target, "as-office-of", Status.CURRENT, told[0])
    for found in OWNED.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        yield from give(holders, kind, m.entity(found[2]), "owned-office", Status.CURRENT, word)
    for found in BRACKETED.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        yield from give(holders_after(m, found.end()), kind, m.entity(found[1]), "bracketed", Status.CURRENT, word)
    dashed = DASHED.match(m.text)
    for found in HOLDER.finditer(m.text, dashed.end()) if dashed else ():
        kind, word = office_of(found, OFFICES)
        yield from give([m.entity(found[1])], kind, m.entity(dashed[1]), "dashed", Status.CURRENT, word)  # type: ignore[index]


def _falls(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "The role of Coordinator falls to A", "secretariat support comes from A"."""
    for found in FALLS_TO.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        target = whole_here(reading, m, found.start())
        yield from give(holders_after(m, found.end()), kind, target, "falls-to", status_of(found[0]), word)
    for found in OFFICE_IS.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        target = whole_here(reading, m, found.start())
        yield from give(holders_after(m, found.end())[:1], kind, target, "office-is", Status.CURRENT, word)
    for found in SUPPORT_FROM.finditer(m.text):
        target = whole_here(reading, m, found.start())
        holders = holders_after(m, found.end())
        yield from give(holders, R.SECRETARIAT_OF, target, "support-from", Status.CURRENT, "secretariat")


