"""Roles: coordinator, secretariat, chair, co-chair, co-convener, co-lead, member, as sentences put them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found
from ingest.bodies.masks import ANY, BODY, Masked, collective
from ingest.bodies.office_words import BEFORE_THAT, ENDED
from ingest.bodies.state import Reading
from ontology.model import BodyType, RelationType, Status

_ROLE = (
    r"(?:[Cc]o-?[Cc]hair(?:person)?s?|[Cc]o-?[Cc]onven[eo]rs?|[Cc]o-?[Ll]ead(?:er|s)?(?: agenc(?:y|ies))?"
    r"|[Cc]o-?[Ss]ecretariat|"
    r"[Cc]hair(?:person)?s?|[Cc]o-?[Oo]rdinators?|[Ss]ecretariat|[Cc]onven[eo]rs?|[Ll]ead(?: agency)?|[Mm]embers?"
    r"|[Pp]residency)"
)
# Every pattern below has one of these.
_STEMS = (
    "chair", "conven", "lead", "led", "ordinat", "secretariat", "member", "presid", "joined", "belongs", "affiliated",
)  # fmt: skip
ROLES = rf"{_ROLE}(?:(?:,| and| or|,? as well as|/)(?: the| a)?(?: key)? ?{_ROLE})*"
_OF = r"(?: (?:of|for|to|in|on) (?:the |all |this )?[^⟦.;]{0,40})"
_AS = re.compile(
    rf"{BODY}(?! members?)(?P<gap>(?:,|'s)?[^.;⟦]{{0,60}}?)\b(?:serv(?:e|es|ed|ing)|act(?:s|ed|ing)?|function(?:s"
    rf"|ed|ing)?|"
    rf"designated|appointed|selected|elected|nominated|works?) as (?:[a-z][a-z ]{{2,40}} and (?:as )?)?(?:the |a "
    rf"|an |its |their |both |key )*(?P<roles>{ROLES})\b"
    rf"(?P<of>{_OF}{BODY})?"
)
_IS = re.compile(
    rf"\b(?:the |The )?(?P<roles>{ROLES}){_OF}{BODY}[^.;⟦]{{0,40}}? (?:is|are|will be|shall be) (?:the "
    rf"|both )?(?={ANY})"
)
_COPULA = re.compile(
    rf"{BODY}(?! members?)[^.;⟦]{{0,40}} (?:is|are|was|were|has been|remains?|became|continues to be) "
)
_ROLE_OF = re.compile(rf"\b(?P<roles>{ROLES}) (?:of|for|in) (?:the |that |this )?(?={ANY})")
_MEMBERSHIP = re.compile(
    rf"{BODY}[^.;⟦]{{0,30}} (?:has|have|holds?) (?:\w+ )?membership (?:of"
    rf"|in) (?:the )?(?={ANY})"
)
_VERB = re.compile(
    rf"{BODY}(?! members?)(?P<gap>[^.;⟦]{{0,50}}?) (?P<verb>co-?chair(?:s|ed)?|co-?lead(?:s)?|co-?led|chair(?:s|ed)"
    rf"|leads|co-?convenes?|"
    rf"co-?convened|coordinates|convenes) (?:the )?(?={ANY})"
)
_PASSIVE = re.compile(
    rf"{BODY}(?P<gap>(?:,|\)| which| that| is| are| was| were| will| shall| be| been| being| has| have| had"
    rf"| currently| to| now| also| in| \d{{4}}| and| created| established| set up)* )"
    rf"(?P<verb>co-?chaired|chaired|co-?led|led|presided over|co-?convened|convened|coordinated) "
    rf"(?:jointly )?by (?:the |both )?(?={ANY})"
)
_SECRETARIAT = re.compile(
    rf"[Ss]ecretariat(?: services?| functions?| duties| support"
    rf"| roles?)?(?P<of>{_OF}(?P<list>{ANY}(?:,? (?:and )?(?:the |of the )*{ANY})*))?"
    rf"[^.;⟦]{{0,40}}?(?:is|are|will be|shall be|has been|(?P<past>had been|was|were)|to be) (?:jointly |also )?"
    rf"(?:undertaken|provided|assumed|staffed|hosted|served|performed|ensured|run|managed|housed|carried out"
    rf"|exercised) (?:jointly )?"
    rf"by (?:the )?(?={ANY})"
)
_ROLE_AS = re.compile(rf"{BODY}'s? (?:[\w-]+ )?role as (?:the |a )?(?P<roles>{ROLES}){_OF}{BODY}")
_IN_CHAIR = re.compile(rf"\bwith (?:the )?{BODY} in the chair\b")
_HOLDS = re.compile(rf"{BODY} (?:holds|currently holds|has held) the (?:chair|chairmanship|presidency)\b")
_BRACKET = re.compile(rf"(?P<roles>{ROLES}) of the (?P<former>former )?{BODY} \((?:the )?(?={ANY})")
_POSSIBLE = re.compile(r"\b(?:may|can|could|might|would|not|never|no longer)\b")
_PROPOSED = re.compile(r"\b(?:propos\w*|plan(?:s|ned)? to|intend\w*|should|is expected to)\b")


def relation_of(word: str) -> RelationType:
    """The relation of a role word or verb in any of its forms."""
    low = re.sub(r"^co-?(?!o|or|nv)", "co-", word.lower())
    low = re.sub(r"^co-?conv", "co-conv", low) if re.match(r"co-?conv", low) and not low.startswith("conv") else low
    for start, relation in _BY_START:
        if low.startswith(start):
            return relation
    return RelationType.MEMBER_OF


_BY_START = (
    ("co-chair", RelationType.CO_CHAIR_OF),
    ("co-conv", RelationType.CO_CONVENER_OF),
    ("co-l", RelationType.CO_LEAD_OF),
    ("co-secretariat", RelationType.SECRETARIAT_OF),
    ("co-o", RelationType.COORDINATOR_OF),
    ("coord", RelationType.COORDINATOR_OF),
    ("secretariat", RelationType.SECRETARIAT_OF),
    ("chair", RelationType.CHAIR_OF),
    ("presid", RelationType.CHAIR_OF),
    ("conv", RelationType.CO_CONVENER_OF),
    ("lead", RelationType.CHAIR_OF),
    ("led", RelationType.CHAIR_OF),
)  # fmt: skip


def role_words(text: str) -> list[str]:
    """The single roles of "Coordinator and Secretariat"."""
    return re.findall(_ROLE, text)


def roles(reading: Reading, m: Masked) -> list[Found]:
    """The roles that one passage gives to bodies."""
    if not m.items or not m.has(*_STEMS):
        return []
    return [f for f in (*_active(reading, m), *_passive(reading, m), *_nominal(reading, m)) if _sound(f)]


def _sound(f: Found) -> bool:
    if f.relation is RelationType.MEMBER_OF:
        return collective(f.target) or f.target.type in (BodyType.REGIONAL_ORGANISATION, BodyType.OTHER)
    state = f.target.type in (BodyType.GOVERNMENT, BodyType.MINISTRY) and not collective(f.target)
    return BodyType.STAKEHOLDER_GROUP not in (f.subject.type, f.target.type) and not state


def _status(text: str) -> Status | None:
    """The status that the words between subject and role say; None where it only may be."""
    if _POSSIBLE.search(text):
        return None
    if _PROPOSED.search(text):
        return Status.PROPOSED
    return Status.FORMER if re.search(r"\b(?:had|used to|formerly|previously|until)\b", text) else Status.CURRENT


def _each(
    subjects: list[Entity], words: str, targets: list[Entity], method: str, status: Status | None
) -> Iterator[Found]:
    if status is None:
        return
    if len(subjects) > 1 and re.fullmatch(r"led|leads?", words):
        words = "co-led"
    for word in role_words(words) or [words]:
        for subject in subjects:
            for target in targets:
                yield Found(subject, relation_of(word), target, method, status, words=(word,))


def _focus(reading: Reading, m: Masked) -> list[Entity]:
    focus = reading.focus(m.passage)
    if focus is not None and not collective(focus) and reading.own and collective(reading.own):
        focus = reading.own
    return [focus] if focus and collective(focus) else []


def _unnamed(reading: Reading, m: Masked, end: int) -> list[Entity]:
    """The body of a role without a name after it: "of the network" is the one just named, else the section's."""
    of = re.match(r" (?:of|for|to) (?:the |this )?([a-z]+)", m.text[end:])
    if of is None:
        return _focus(reading, m)
    index = m.passage.index
    return [e for i, head, e in reading.history if index - 3 <= i <= index and head == of[1]][-1:]


def in_this_capacity(reading: Reading, m: Masked, before: Masked | None) -> list[Found]:
    """ "The Chief of X will serve in this capacity": the role that the sentence before gave to another."""
    found = re.search(rf"{BODY}[^.;⟦]{{0,60}} (?:serves?|acts?) in (?:this|that) (?:capacity|role)", m.text)
    if found is None or before is None:
        return []
    holder = m.entity(found[1])
    return [replace(f, subject=holder, method="this-capacity", confidence=0.75) for f in roles(reading, before)]


def _active(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _AS.finditer(m.text):
        end = found.end(1) + 1
        target = [m.entity(found[found.re.groups])] if found["of"] else _unnamed(reading, m, found.end())
        yield from _each(
            m.before(end) or [m.entity(found[1])], found["roles"], target, "role-as", _status(found["gap"])
        )
    for found in _VERB.finditer(m.text):
        yield from _led(m, found)


def _led(m: Masked, found: re.Match[str]) -> Iterator[Found]:
    """ "A co-leads X alongside B; and Y alongside B and C"."""
    status, relation = _status(found["gap"]), relation_of(found["verb"])
    if status is None:
        return
    subjects = m.before(found.end(1) + 1) or [m.entity(found[1])]
    stop = re.search(r"\.\s", m.text[found.end() :])
    end = found.end() + stop.start() if stop else len(m.text)
    at = found.end()
    first = True
    for mark in re.finditer(BODY, m.text[:end]):
        if mark.start() < found.end() or mark.start() < at:
            continue
        lead = m.text[at : mark.start()]
        target = m.entity(mark[1])
        opens = first or re.search(r"(?:;|,|⟧)?[^⟦]{0,80}(?:and|along with|as well as|,) (?:the )?$", lead)
        if not opens or not collective(target):
            break
        with_them = re.match(r"[\s,\d]*(?:alongside|together with|jointly with|with) (?:the )?", m.text[mark.end() :])
        partners = m.after(mark.end() + with_them.end()) if with_them else []
        deputy = with_them and re.search(
            r"\bas (?:\w+ )?(?:vice|deputy|alternate|rapporteur|observer)", m.text[mark.end() :]
        )
        partners = [] if deputy else [p for p in partners if not collective(p)]
        for subject in [*subjects, *partners]:
            yield Found(subject, relation, target, "leads", status, words=(found["verb"],))
        last = [x for x in re.finditer(BODY, m.text[mark.end() : end]) if m.entity(x[1]) in partners][: len(partners)]
        at = mark.end() + last[-1].end() if last else mark.end()
        first = False


def _led_status(m: Masked, found: re.Match[str]) -> Status | None:
    if ENDED.match(m.text, found.end()) or BEFORE_THAT.match(m.text[: m.text.find("⟦")]):
        return Status.FORMER
    if re.search(r"\bno longer\b|\bwound up\b|\bdissolved\b|\bdefunct\b", m.text):
        return Status.FORMER
    if re.search(r"\b(?:shall|will) be (?:set up|established|created)\b", m.text):
        return Status.PROPOSED
    return _status(found["gap"])


def _passive(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _PASSIVE.finditer(m.text):
        led = m.entity(found[1])
        if collective(led):
            holders = m.after(found.end())
            holders = [e for e in holders if not collective(e)] or holders[:1]
            yield from _each(holders, found["verb"], [led], "led-by", _led_status(m, found))
    for found in _SECRETARIAT.finditer(m.text):
        whose = re.search(rf"{BODY},? whose $", m.text[: found.start()])
        named = [m.entity(n) for n in re.findall(BODY, found["list"] or "")]
        named = named or ([m.entity(whose[1])] if whose else _focus(reading, m))
        status = Status.FORMER if found["past"] == "had been" else Status.CURRENT
        yield from _each(m.after(found.end()), "secretariat", named, "secretariat-by", status)


def _nominal(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _IS.finditer(m.text) if len(m.items) > 1 else ():
        yield from _each(m.after(found.end()), found["roles"], [m.entity(found[2])], "role-is", Status.CURRENT)
    yield from _predicates(m)
    for found in _MEMBERSHIP.finditer(m.text):
        yield from _each(m.before(found.end(1) + 1), "member", m.after(found.end()), "membership", Status.CURRENT)
    for found in _IN_CHAIR.finditer(m.text):
        led = next(
            (e for e in reversed([m.entity(n) for n in re.findall(BODY, m.text[: found.start()])]) if collective(e)),
            None,
        )
        status = Status.FORMER if re.search(r"\bhad\b|wound up|dissolved", m.text[: found.start()]) else Status.CURRENT
        yield from _each([m.entity(found[1])], "chair", [led] if led else _focus(reading, m), "in-the-chair", status)
    for found in _HOLDS.finditer(m.text):
        yield from _each([m.entity(found[1])], "chair", _focus(reading, m), "holds-the-chair", Status.CURRENT)
        passed = re.search(rf"\bpass(?:es)? to (?:the )?{BODY}", m.text[found.end() :])
        if passed:
            yield from _each([m.entity(passed[1])], "chair", _focus(reading, m), "next-chair", Status.PROPOSED)
    for found in _ROLE_AS.finditer(m.text):
        yield from _each([m.entity(found[1])], found["roles"], [m.entity(found[3])], "role", Status.CURRENT)
    for found in _BRACKET.finditer(m.text) if "⟧ (" in m.text else ():
        status = Status.FORMER if found["former"] else Status.CURRENT
        yield from _each(m.after(found.end()), found["roles"], [m.entity(found[3])], "role-list", status)



def _predicates(m: Masked) -> Iterator[Found]:
    """ "A is a member of X and Y", "A is co-lead of X alongside B, co-lead of Y, and chair of Z"."""
    copula = next((c for c in _COPULA.finditer(m.text) if _ROLE_OF.search(m.text, c.end())), None)
    if copula is None:
        return
    subjects = m.before(copula.end(1) + 1) or [m.entity(copula[1])]
    for found in _ROLE_OF.finditer(m.text, copula.end()):
        if re.search(r"[.;]\s", m.text[copula.end() : found.start()]) or _POSSIBLE.search(
            m.text[copula.start() : found.start()]
        ):
            break
        if found.start() - copula.end() > 25 and not re.search(
            r"(?:,|and|,? and)\s(?:the |a )?$", m.text[: found.start()]
        ):
            continue
        targets = [e for e in m.after(found.end()) if collective(e)]
        partners: list[Entity] = []
        near = re.match(rf"{ANY}[\s,]*(?:alongside|together with|jointly with) (?:the )?", m.text[found.end() :])
        if near:
            targets = targets[:1]
            partners = [e for e in m.after(found.end() + near.end()) if not collective(e)]
        yield from _each([*subjects, *partners], found["roles"], targets, "is-role-of", Status.CURRENT)
