"""A passage with its bodies put out of sight, so that patterns read only how they stand to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.bodies.entities import Entity
from ingest.bodies.scan import Scanned
from ingest.bodies.state import Named, Reading
from ontology.document import Passage
from ontology.model import BodyType

BODY = r"⟦(\d+)⟧"
ANY = r"⟦\d+⟧"
_OF_BEFORE = re.compile(rf"{BODY} of (?:the )?$")
_JOINED_BY_NGOS = frozenset(["network", "coalition", "platform", "alliance", "consortium"])
_MARK = re.compile(BODY)
_TIGHT = re.compile(
    r"(?:'s)?(?:\s?\([^()⟦⟧]{0,60}\))?[\s,;:/&*†‡\"“”'()|–-]*(?:(?:and|or|the|as|well|its|their|including|include"
    r"|namely|along|together|with|alongside|"
    r"such|other|both|a|an|inter|alia)[\s,;/]+)*(?:(?:[A-Z][\w-]+ ){0,3}(?:[Cc]o-?ordinator|Director(?: General)?"
    r"|Chief of Mission|Head|"
    r"Representative|Minister|President|Chair|Commissioner|(?:[A-Z][a-z]+ )?Secretary(?:[- ]General)?) (?:of"
    r"|for) (?:the )?)?"
)
_STOP = re.compile(
    r"\b(?:to|will|shall|should|would|could|can|may|which|that|who|is|are|was|were|has|have|had|by|through|on|for"
    r"|from|whose|while|when|"
    r"where|in (?:supporting|order|implementing|line|accordance|its|their))\b|[.!?]\s",
    re.I,
)
_MODIFIES = re.compile(r"'s |'? (?:[Mm]embers?|partners|agencies|staff|officials|system|counterparts)\b")
_NEW_CLAUSE = re.compile(
    r" (?:is|are|was|were|will|shall|has|have|serves?|acts?|provides?|hosts?|holds?|leads?|chairs?|should|may"
    r"|can)\b"
)
_JOINS = re.compile(r"\b(?:and|or|with)\b|&|/|;")
_BY_ONE = re.compile(rf"\bby (?:the )?{ANY},? and (?:the )?$")
_EARLY = 35
_PRONOUN = re.compile(r"(?:(?:[Uu]ntil|[Ii]n|[Ff]rom|[Ss]ince|[Bb]efore) (?:\w+ )?\d{4},? )?([Ii]ts?) ")
_LOOSE = 110
COLLECTIVE_HEADS = frozenset([
    "network", "coalition", "platform", "working group", "task force", "committee", "forum", "alliance", "cluster",
    "coordination mechanism", "country team", "consortium", "partnership", "council", "commission", "board", "group",
    "steering group", "task team", "reference group", "coordination group", "thematic group", "fund", "process",
    "conference",
    "expert group", "contact group", "core group", "consultative process", "taskforce", "advisory group",
    "results group", "sub-group", "subgroup", "sub-working group", "group", "round table", "roundtable", "sub-cluster",
    "sub-sector", "area of responsibility", "management team", "general meeting", "assembly", "panel",
])  # fmt: skip


class Masked(NamedTuple):
    """`text` has a mark ⟦n⟧ for each of `items`; a short form in brackets is taken in with the name before it.

    `low` is the text in lower case, for `has`; `topic` what the sentence before is about, in the same paragraph,
    and `plural` the collectives named in it.
    """

    passage: Passage
    text: str
    items: tuple[Named, ...]
    scanned: Scanned
    low: str
    topic: Entity | None = None
    plural: tuple[Entity, ...] = ()

    def entity(self, n: str | int) -> Entity:
        """The body behind a mark."""
        return self.items[int(n)].entity

    def has(self, *parts: str) -> bool:
        """Whether any of the lower-case parts of words stands in the passage: far cheaper than a pattern."""
        low = self.low
        for part in parts:  # noqa: SIM110 - asked ten times a passage, and a generator takes twice the time
            if part in low:
                return True
        return False

    def before(self, end: int) -> list[Entity]:
        """The bodies listed one after the other right before `end`; the last one stands there."""
        marks = list(_MARK.finditer(self.text, 0, end))
        out: list[Entity] = []
        at, joined = end, False
        for m in reversed(marks):
            if not _TIGHT.fullmatch(self.text, m.end(), at) or (not out and self.text[m.end() : at].strip(" ,")):
                break
            joined = joined or _JOINS.search(self.text, m.end(), at) is not None
            out.insert(0, self.entity(m[1]))
            at = m.start()
            whole = _OF_BEFORE.search(self.text, 0, at)
            if whole:
                out[0], at = self.entity(whole[1]), whole.start()
            lead = re.search(r"(?:and|or|,|the|as well as)(?: the| an?)?[\s]*$", self.text[:at])
            if len(out) == 1 and _BY_ONE.search(self.text[:at]):
                break
            if lead is None:
                break
        # "at the request of A, B launched": a comma alone joins no list
        return out if joined or len(out) < 2 else out[-1:]

    def after(self, start: int, *, loose: bool = False) -> list[Entity]:
        """The bodies listed from `start` on; `loose` lets plain words stand between ("other actors such as")."""
        out: list[Entity] = []
        at = start
        for m in _MARK.finditer(self.text, start):
            between = self.text[at : m.start()]
            tight = _TIGHT.fullmatch(self.text, at, m.start())
            if not tight and not (loose and len(between) <= _LOOSE and not _STOP.search(between)):
                break
            if out and _NEW_CLAUSE.match(self.text, m.end()):
                break
            if not _MODIFIES.match(self.text, m.end()):
                out.append(self.entity(m[1]))
            at = m.end()
        return out

    def subject(self, end: int) -> Entity | None:
        """The first body of the clause before `end`: what the sentence is about."""
        clause = max((m.end() for m in re.finditer(r";\s|:\s|\.\s|, which |, who ", self.text[:end])), default=0)
        first = _MARK.search(self.text, clause, end) or _MARK.search(self.text, 0, end)
        return self.entity(first[1]) if first else None

    def last(self, end: int) -> Entity | None:
        """The last body before `end`."""
        marks = list(_MARK.finditer(self.text, 0, end))
        return self.entity(marks[-1][1]) if marks else None


def masked(reading: Reading) -> Iterator[Masked]:
    """The passages of a document that name a body, masked; others with their plain text."""
    subject: Named | None = None
    paragraph: object = None
    plural: tuple[Entity, ...] = ()
    for s in reading.scanned:
        names = reading.named.get(s.passage.index, [])
        if paragraph != (s.passage.paragraph, s.passage.section):
            paragraph, subject = (s.passage.paragraph, s.passage.section), None
            plural = ()
        topic = subject.entity if subject else None
        if subject and (word := _PRONOUN.match(s.text)):
            subject = Named(subject.entity, word.start(1), word.end(1), word[1], explicit=False)
            names = [subject, *names]
        elif names and names[0].start <= _EARLY and names[0].entity.type is not BodyType.STAKEHOLDER_GROUP:
            opening = names[0].start <= len("The ")
            subject = names[0] if opening else next((n for n in names if collective(n.entity)), names[0])
        yield mask(s, names, topic, plural)
        plural = tuple(dict.fromkeys(n.entity for n in names if collective(n.entity)))


def mask(
    s: Scanned, names: list[Named], topic: Entity | None = None, plural: tuple[Entity, ...] = ()
) -> Masked:
    """One passage masked. The word "Secretariat" stays in sight: it is a role as often as a body."""
    parts: list[str] = []
    items: list[Named] = []
    at = 0
    for n in names:
        if n.start < at or (n.entity.method == "organ" and n.entity.name == "Secretariat"):
            continue
        between = s.text[at : n.start]
        if items and items[-1].entity is n.entity and between in (" (", " (the ", " (or ", ' (the "'):
            close = s.text.find(")", n.end)
            if 0 <= close - n.end <= 2:
                at = close + 1
                continue
        parts += [between, f"⟦{len(items)}⟧"]
        items.append(n)
        at = n.end
    text = "".join(parts) + s.text[at:]
    return Masked(s.passage, text, tuple(items), s, text.lower(), topic, plural)


_ASSOCIATIONS = frozenset(["union", "federation", "confederation", "association", "league", "collective", "movement"])


def whole(entity: Entity) -> bool:
    """Whether others can be members of the body or hold an office in it: a collective, or an association."""
    return collective(entity) or (not entity.registered and entity.head in _ASSOCIATIONS)


def collective(entity: Entity) -> bool:
    """Whether the body is one that others join: a network, group, committee, fund …"""
    if entity.type in (BodyType.GOVERNMENT, BodyType.OTHER):
        return entity.head in COLLECTIVE_HEADS
    return entity.type in (
        BodyType.UN_NETWORK, BodyType.COORDINATION_MECHANISM, BodyType.WORKING_GROUP, BodyType.FORUM, BodyType.FUND
    ) or (entity.type is BodyType.NGO and entity.head in _JOINED_BY_NGOS)  # fmt: skip
