"""Offices in a body by the grammar of the clause: who holds which, since when, and whether it is held, was or will be.

The patterns begin from the words for an office ("chair", "is led by", "under the co-leadership of") and take whatever
bodies stand in its places; those of `loose` begin from a verb between two bodies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found
from ingest.bodies.masks import BODY, Masked, collective, whole
from ingest.bodies.office_words import (
    ACTIVE,
    AFTER,
    ALSO,
    AND_LEADS,
    AND_PROVIDES,
    APPOSED,
    AS_OF,
    AS_OFFICE,
    BRACKET,
    BRACKETED,
    COMMON_NOUN,
    COORDINATED,
    DASHED,
    DID_SO,
    FALLS_TO,
    GAPPED,
    GONE,
    HAS_AS,
    HOLDER,
    HOLDS,
    HOUSED,
    IS,
    JOINS,
    LABEL,
    LED_BY,
    LEFT,
    LINK,
    MAY,
    OFFICE,
    OFFICES,
    OWNED,
    PARTICIPLES,
    PERSON,
    PRESIDES,
    ROTATES,
    SUCCEEDING,
    SUPPORT_FROM,
    TAKES_OVER,
    TO_COME,
    TOGETHER,
    UNDER,
    UNTIL,
    WHICH,
    WHICH_HOLDS,
    WHICH_LEADS,
    office_of,
)
from ingest.bodies.state import Reading
from ontology.model import BodyType, RelationType, Status

R = RelationType


_WORDS = (
    "chair", "lead", "led ", "presid", "head", "conven", "coordinat", "co-ordinat", "member", "participant", "secretar",
    "manage", "steered", "did so", "do so",
)  # fmt: skip
_JOINING = ("left", "join", "withdr", "depart", "take part", "becom", "was a ", "were ", "former")


def offices(reading: Reading, m: Masked) -> list[Found]:
    """The offices that one passage gives to bodies."""
    found = [*_membership(reading, m)] if m.has(*_JOINING) else []
    if "(⟦" in m.text:
        found += _circle(m)
    if m.has(*_WORDS):
        found += [*_is(reading, m), *_holds(reading, m), *_labelled(reading, m), *_turns(reading, m)]
        found += [*_further(m), *_falls(reading, m)]
        found += _led_by(m) if " by " in m.text else ()
        found += _which(m) if m.has("which", "that ", "whom") else ()
        found += _under(reading, m) if m.has("under ") else ()
        found += _as(reading, m) if " as " in m.text else ()
    return [f for f in found if _sound(f)]


def _sound(f: Found) -> bool:
    return whole(f.target) and f.subject is not f.target


def _status(words: str) -> Status | None:
    """What the words around the verb say of the time; None where it only may be, or is not."""
    if MAY.search(words):
        return None
    if GONE.search(words):
        return Status.FORMER
    return Status.PROPOSED if TO_COME.search(words) else Status.CURRENT


def _give(holders: list[Entity], kind: RelationType, target: Entity | None, how: str, status: Status | None,
          word: str) -> Iterator[Found]:  # fmt: skip
    if status is None or target is None:
        return
    if len(holders) > 1 and kind is R.CHAIR_OF:
        kind = R.CO_LEAD_OF if word.lower().startswith(("lead", "led", "head")) else R.CO_CHAIR_OF
    for holder in holders:
        note = f"“{word}” gives {holder.name} this office in the clause"
        yield Found(holder, kind, target, how, status, 0.72, (word,), note)


def _before(m: Masked, end: int) -> Entity | None:
    """The nearest body before `end` in the sentence that others can hold an office in."""
    start = max((x.end() for x in re.finditer(r"[.;:]\s", m.text[:end])), default=0)
    marks = [m.entity(n) for n in re.findall(BODY, m.text[start:end])]
    return next((e for e in reversed(marks) if whole(e)), None)


def _nearest(m: Masked, end: int) -> Entity | None:
    """The last body before `end`, over semicolons too, that others can hold an office in."""
    marks = [m.entity(n) for n in re.findall(BODY, m.text[:end])]
    return next((e for e in reversed(marks) if whole(e)), None)


def _here(reading: Reading, m: Masked, end: int, *, its: bool = False) -> Entity | None:
    """The body that an office without "of" is in: one before it in the sentence, else the section's or the own.

    `its` looks to the sentence before first, where this one begins with the holder.
    """
    if its and m.topic and whole(m.topic) and not _before(m, end):
        return m.topic
    focus = reading.focus(m.passage)
    near = _before(m, end) or focus
    return near if near and whole(near) else reading.own


def _holders(m: Masked, start: int) -> list[Entity]:
    listed = m.after(start)
    return [e for e in listed if not collective(e)] or listed[:1]


def _led_by(m: Masked) -> Iterator[Found]:
    """ "X is chaired by A", and "Y by B" after it; "…, which succeeded C" tells who held the office before."""
    for found in LED_BY.finditer(m.text):
        kind, word = office_of(found, PARTICIPLES)
        clause = _clause(m.text, found.start())
        target = _led(m, found.start())
        if target is None or (word == "managed" and target.type is BodyType.FUND):
            continue
        holders = _holders(m, found.end())
        status = Status.FORMER if UNTIL.match(m.text, _last_mark(m, found.end(), holders)) else _status(clause)
        yield from _give(holders, kind, target, "office-by", status, word)
        last = _last_mark(m, found.end(), holders)
        for again in GAPPED.finditer(m.text, last, last + 12):
            yield from _give(_holders(m, again.end()), kind, m.entity(again[1]), "office-by-gap", _status(clause), word)
        old = SUCCEEDING.match(m.text[found.end() :])
        if old:
            yield from _give([m.entity(old[1])], kind, target, "held-before", Status.FORMER, word)


def _led(m: Masked, start: int) -> Entity | None:
    """What a participle is said of: the body right before it, or the sentence's first ("… and is led by")."""
    ahead = m.text[:start]
    if COMMON_NOUN.search(ahead):
        return None
    linked = LINK.search(ahead)
    if linked:
        return m.entity(linked[1])
    first = re.match(rf"\W*(?:The |A )?{BODY}", ahead)
    return m.entity(first[1]) if first and COORDINATED.search(ahead) and not re.search(r"[.;]\s", ahead) else None


def _clause(text: str, end: int) -> str:
    """The words of the clause before `end`."""
    cut = max((x.end() for x in re.finditer(r"[.;:,]\s|\band (?=⟦)", text[:end])), default=0)
    return text[cut:end] if len(text[cut:end]) > 3 else text[max(0, end - 60) : end]


def _last_mark(m: Masked, start: int, holders: list[Entity]) -> int:
    ends = [x.end() for x in re.finditer(BODY, m.text[start:]) if m.entity(x[1]) in holders][: len(holders)]
    return start + (ends[-1] if ends else 0)


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
        holders += _holders(m, end + beside.end()) if beside else []
        yield from _give(holders, kind, target, "which", Status.FORMER if past else Status.CURRENT, word)
        more = AND_LEADS.match(m.text[end:])
        if more:
            kind, word = office_of(more, ACTIVE)
            yield from _give([m.entity(more[1])], kind, target, "and-leads", Status.CURRENT, word)


def _under(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "X, under the joint leadership of A and B"."""
    for found in UNDER.finditer(m.text):
        if found["led"]:
            continue
        kind, word = office_of(found, OFFICES)
        holders = _holders(m, found.end())
        if kind is not R.MEMBER_OF and kind is not R.SECRETARIAT_OF:
            target = _here(reading, m, found.start())
            yield from _give(holders, kind, target, "under", _status(_clause(m.text, found.start())), word)


def _as(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "X has A as its chair and B as deputy chair"."""
    for opening in HAS_AS.finditer(m.text):
        target = _here(reading, m, opening.start())
        stop = re.search(r"[.;]\s", m.text[opening.end() :])
        end = opening.end() + stop.start() if stop else len(m.text)
        for found in AS_OFFICE.finditer(m.text, opening.end(), end):
            kind, word = office_of(found, OFFICES)
            if kind is not R.MEMBER_OF:
                yield from _give(m.before(found.end(1) + 1), kind, target, "has-as", Status.CURRENT, word)


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
            target = _here(reading, m, found.start(), its=" its " in found[0])
        elif target is None:
            target = reading.focus(m.passage) if kind is R.MEMBER_OF else _nearest(m, found.start())
            target = target if target and whole(target) else reading.own
        past = re.match(r"was|were|served", found["verb"])
        status = (
            Status.FORMER if past and not re.search(r"\bsince\b", m.text[found.end() :]) else _status(found["verb"])
        )
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        yield from _give(holders, kind, target, "is-office", status, word)
        before = AFTER.search(m.text, found.end())
        if before:
            yield from _give([m.entity(before[1])], kind, target, "held-before", Status.FORMER, word)
        more = ALSO.match(m.text[found.end() :]) if target else None
        if more and re.search(r"\b(?:its|the)\b", more[0]):
            kind, word = office_of(more, OFFICES)
            yield from _give(holders, kind, target, "and-holds", _status(found["verb"]), word)
    for found in APPOSED.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        if not re.search(rf"\b(?:is|are) (?:the |a )?{OFFICE} of\b", m.text[: found.start()]):
            target = m.entity(found[found.re.groups])
            yield from _give([m.entity(found[1])], kind, target, "apposed", Status.CURRENT, word)


def _holds(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "A holds the presidency, while B and C provide the vice-presidents"; "the secretariat, housed in A"."""
    for found in HOLDS.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        if kind is R.MEMBER_OF or (found["verb"] in ("has", "takes") and kind is R.SECRETARIAT_OF):
            continue
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        after = re.match(rf" (?:of|to|in) (?:the )?{BODY}", m.text[found.end() :])
        target = m.entity(after[1]) if after else _here(reading, m, found.start())
        target = reading.focus(m.passage) if target in holders else target
        status = Status.FORMER if found["verb"] == "held" else _status(found[0])
        yield from _give(holders, kind, target or reading.own, "holds", status, word)
    for found in HOUSED.finditer(m.text):
        host = m.entity(found[1])
        if not whole(host):
            target = _here(reading, m, found.start())
            yield from _give([host], R.SECRETARIAT_OF, target, "housed", _status(found[0]), "secretariat")
    for found in ROTATES.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        holders = _holders(m, found.end())
        yield from _give(holders[:1], kind, reading.focus(m.passage), "rotates", Status.CURRENT, word)
        for other in holders[1:]:
            yield from _give([other], kind, reading.focus(m.passage), "rotates", Status.PROPOSED, word)


def _further(m: Masked) -> Iterator[Found]:
    """ "A coordinates X and provides its secretariat", "As Coordinator of X, A …", "(lead: A)"."""
    for found in PRESIDES.finditer(m.text):
        more = AND_PROVIDES.match(m.text[found.end() :])
        if more:
            kind, word = office_of(more, OFFICES)
            holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
            yield from _give(holders, kind, m.entity(found[found.re.groups]), "and-provides", Status.CURRENT, word)
    for found in AS_OF.finditer(m.text):
        target = m.entity(found[found.re.groups])
        for kind, pattern in OFFICES:
            told = re.search(rf"\b(?:{pattern})\b", found["all"])
            if told and kind is not R.MEMBER_OF:
                yield from _give(_holders(m, found.end()), kind, target, "as-office-of", Status.CURRENT, told[0])
    for found in OWNED.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        yield from _give(holders, kind, m.entity(found[2]), "owned-office", Status.CURRENT, word)
    for found in BRACKETED.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        yield from _give(_holders(m, found.end()), kind, m.entity(found[1]), "bracketed", Status.CURRENT, word)
    dashed = DASHED.match(m.text)
    for found in HOLDER.finditer(m.text, dashed.end()) if dashed else ():
        kind, word = office_of(found, OFFICES)
        yield from _give([m.entity(found[1])], kind, m.entity(dashed[1]), "dashed", Status.CURRENT, word)  # type: ignore[index]


def _falls(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "The role of Coordinator falls to A", "secretariat support comes from A"."""
    for found in FALLS_TO.finditer(m.text):
        kind, word = office_of(found, OFFICES)
        target = _here(reading, m, found.start())
        yield from _give(_holders(m, found.end()), kind, target, "falls-to", _status(found[0]), word)
    for found in SUPPORT_FROM.finditer(m.text):
        target = _here(reading, m, found.start())
        holders = _holders(m, found.end())
        yield from _give(holders, R.SECRETARIAT_OF, target, "support-from", Status.CURRENT, "secretariat")


def _membership(reading: Reading, m: Masked) -> Iterator[Found]:
    """Who joined, left, or wishes to join."""
    focus = reading.focus(m.passage)
    own = focus if focus and whole(focus) else reading.own
    for found in JOINS.finditer(m.text):
        verb = found["verb"]
        target = m.entity(re.findall(BODY, found["of"])[0]) if found["of"] else own
        left = re.match(r"(?:ha\w+ )?left|withdrew|was|were", verb)
        wish = re.search(r"express|appl|asked|would|will|about|due|expected|set to", verb)
        status = Status.FORMER if left else Status.PROPOSED if wish else Status.CURRENT
        holders = m.before(found.end(1) + 1) or [m.entity(found[1])]
        yield from _give(holders, R.MEMBER_OF, target, "joins", status, verb)
    left_out = LEFT.match(m.text)
    if left_out:
        yield from _give(m.after(left_out.end()), R.MEMBER_OF, own, "left", Status.FORMER, "left")


def _labelled(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "Vice-Chair: Ms X, A" in the head of minutes."""
    found = LABEL.match(m.text)
    focus = reading.focus(m.passage)
    target = focus if focus and whole(focus) else reading.own
    if found and PERSON.fullmatch(found["who"]):
        kind, word = office_of(found, OFFICES)
        yield from _give(m.after(found.end()), kind, target, "label", Status.CURRENT, word)


def _turns(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "A presides over X in one year; B did so before and C will do so next"; "so that B takes over in May"."""
    first = next((f for f in (*_held_first(reading, m),) if f.relation is not R.MEMBER_OF), None)
    for found in DID_SO.finditer(m.text):
        if first:
            status = {"did so": Status.FORMER, "does so": Status.CURRENT}.get(found["verb"], Status.PROPOSED)
            yield from _give([m.entity(found[1])], first.relation, first.target, "did-so", status, found["verb"])
    office = re.search(rf"\b{OFFICE}\b", m.text)
    for found in TAKES_OVER.finditer(m.text):
        if office:
            kind, word = office_of(office, OFFICES)
            target = reading.focus(m.passage)
            yield from _give([m.entity(found[1])], kind, target, "takes-over", Status.PROPOSED, word)




def _held_first(reading: Reading, m: Masked) -> Iterator[Found]:
    yield from _holds(reading, m)
    for found in PRESIDES.finditer(m.text):
        kind, word = office_of(found, ACTIVE)
        yield from _give([m.entity(found[1])], kind, m.entity(found[found.re.groups]), "leads", Status.CURRENT, word)


def _circle(m: Masked) -> Iterator[Found]:
    """ "the Executive Committee (A, B and C)": who stands in brackets after an organ sits in it."""
    for found in BRACKET.finditer(m.text):
        group = m.entity(found[1])
        inside = m.text[found.end() :].split(")", 1)[0]
        if not collective(group) or re.search(r"\b(?:is|are|was|with|in|by|of)\b", inside):
            continue
        members = [m.entity(n) for n in re.findall(BODY, inside)]
        inner = group.method == "organ" and group.parent is not None and "Executive" in group.name
        target = group.parent if inner else group
        kind = R.EXECUTIVE_COMMITTEE_MEMBER_OF if inner else R.MEMBER_OF
        yield from _give(members, kind, target, "in-brackets", Status.CURRENT, group.name)
