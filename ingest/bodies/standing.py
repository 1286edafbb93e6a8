"""Who joined, left or wishes to join, who fills which line of minutes, and whose turn an office is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.clauses import give
from ingest.bodies.facts_of import Found
from ingest.bodies.masks import BODY, Masked, collective, whole
from ingest.bodies.office_words import (
    ACTIVE,
    AS_OFFICE,
    BRACKET,
    DID_SO,
    JOINS,
    LABEL,
    LEFT,
    OFFICE,
    OFFICES,
    PERSON,
    PRESIDES,
    TAKEN_PART_IN,
    TAKES_OVER,
    office_of,
)
from ingest.bodies.offices import WORDS, holds, sound
from ingest.bodies.state import Reading
from ontology.model import RelationType, Status

R = RelationType


_JOINING = (
    "left", "join", "withdr", "depart", "take part", "becom", "became", "particip", "represented", " sit", "of which",
    "in which", "was a ", "were ", "former",
)  # fmt: skip


def standing(reading: Reading, m: Masked) -> list[Found]:
    """What one passage says of who came, went, sits in brackets or lines, and of turns in an office."""
    found = [*_membership(reading, m)] if m.has(*_JOINING) else []
    found += _circle(m) if "(⟦" in m.text else ()
    found += [*_labelled(reading, m), *_turns(reading, m)] if m.has(*WORDS) else ()
    return [f for f in found if sound(f)]


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
        yield from give(holders, R.MEMBER_OF, target, "joins", status, verb)
    for found in TAKEN_PART_IN.finditer(m.text):
        members = [m.entity(n) for n in re.findall(BODY, found["who"])]
        yield from give(members, R.MEMBER_OF, m.entity(found[1]), "take-part", Status.CURRENT, "take part")
    left_out = LEFT.match(m.text)
    if left_out:
        yield from give(m.after(left_out.end()), R.MEMBER_OF, own, "left", Status.FORMER, "left")


def _labelled(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "Vice-Chair: Ms X, A" in the head of minutes."""
    found = LABEL.match(m.text)
    focus = reading.focus(m.passage)
    target = focus if focus and whole(focus) else reading.own
    if found and PERSON.fullmatch(found["who"]):
        kind, word = office_of(found, OFFICES)
        yield from give(m.after(found.end()), kind, target, "label", Status.CURRENT, word)


def _turns(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "A presides over X in one year; B did so before and C will do so next"; "so that B takes over in May"."""
    first = next((f for f in (*_held_first(reading, m),) if f.relation is not R.MEMBER_OF), None)
    for found in DID_SO.finditer(m.text):
        if first:
            status = {"did so": Status.FORMER, "does so": Status.CURRENT}.get(found["verb"], Status.PROPOSED)
            yield from give([m.entity(found[1])], first.relation, first.target, "did-so", status, found["verb"])
    office = re.search(rf"\b{OFFICE}\b", m.text)
    for found in TAKES_OVER.finditer(m.text):
        if office:
            kind, word = office_of(office, OFFICES)
            target = reading.focus(m.passage)
            yield from give([m.entity(found[1])], kind, target, "takes-over", Status.PROPOSED, word)


def _held_first(reading: Reading, m: Masked) -> Iterator[Found]:
    yield from holds(reading, m)
    for found in PRESIDES.finditer(m.text):
        kind, word = office_of(found, ACTIVE)
        yield from give([m.entity(found[1])], kind, m.entity(found[found.re.groups]), "leads", Status.CURRENT, word)


def _circle(m: Masked) -> Iterator[Found]:
    """ "the Executive Committee (A, B and C)": who stands in brackets after an organ sits in it."""
    for found in BRACKET.finditer(m.text):
        group = m.entity(found[1])
        inside = m.text[found.end() :].split(")", 1)[0]
        if not collective(group) or re.search(r"\b(?:is|are|was|with|in|by|of)\b", inside):
            continue
        members = [m.entity(n) for n in re.findall(BODY, inside)]
        for held in AS_OFFICE.finditer(inside):
            kind, word = office_of(held, OFFICES)
            if kind is not R.MEMBER_OF:
                yield from give([m.entity(held[1])], kind, group, "in-brackets", Status.CURRENT, word)
        inner = group.method == "organ" and group.parent is not None and "Executive" in group.name
        target = group.parent if inner else group
        kind = R.EXECUTIVE_COMMITTEE_MEMBER_OF if inner else R.MEMBER_OF
        yield from give(members, kind, target, "in-brackets", Status.CURRENT, group.name)
