"""Partners, government counterparts, and parties to instruments."""

from __future__ import annotations

import re
from collections.abc import Iterator

import ingest.instruments as instruments
from ingest.bodies.align import evidence_of_passage
from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found, Ledger
from ingest.bodies.masks import ANY, BODY, Masked, collective
from ingest.bodies.placing import government_of
from ingest.bodies.state import Named, Reading
from ingest.caseless import Caseless, lower
from ontology.model import BodyType, Reason, Relation, RelationType, Status

_WITH = Caseless(
    r"\b(?:(?:in )?(?:close |active |formal |institutional |strategic |strong |or )*(?:collaborat(?:ion|e|es|ing)"
    r"|co-?operat(?:ion|e|es|ing)|"
    r"partnerships?|relationships?|partners?|engag(?:e|es|ing)|work(?:s|ing)? (?:closely|together|in partnership"
    r"|jointly|hand in hand|in tandem|side by side)|work|(?:close |regular )?(?:contact|exchange|liaison)s?)"
    r"(?: \w+){0,4}?(?: closely| and coordination)?) with\b|\b(?:together|jointly) with\b"
    r"|\bwith (?:the )?(?:\w+ )?(?:support|assistance|help|backing|aid) (?:of|from)\b"
)
_BETWEEN = re.compile(
    rf"\b(?:co-?operation|collaboration|partnership) between (?:the )?{BODY} and (?:the )?{BODY}(?! and|,)"
)
_PROPOSED = re.compile(
    r"\b(?:will be (?:deepened|strengthened|developed|built|established|sought)|could|should|would|willing(?:ness)?"
    r"|called for|"
    r"essential|needed|need to|is important|crucial|plan(?:s|ned) to|intend\w*)\b"
)
_ARE_PARTNERS = re.compile(
    rf"(?P<list>{ANY}(?:,? (?:and )?(?:the )?{ANY})*) (?:is|are|(?:act|serve|take part|participate"
    rf"|join) as) (?:(?:the )?{BODY}'s |its |the "
    rf"|an? )?(?:[\w-]+ ){{0,3}}?"
    rf"partners?\b(?: (?:of|to|for) (?:the )?{BODY})?"
)
_INVITE = re.compile(
    rf"\b[Ii]nvit(?:e|es|ed|ing)\b(?P<list>.{{0,600}}?) to (?:attend|participate|join|take part|engage)\b|"
    rf"{BODY}[^.;]{{0,200}}? (?:is|are|will be) invited to (?:attend|participate|join)"
)
_SUPPORTS = re.compile(
    rf"\b(?:support(?:s|ing|ed)?|assist(?:s|ing|ance)?|advis(?:e|es|ing))(?: (?:to|for))? (?:the )?{BODY}"
)
_HINTS = (" with ", "between", "partner", "support", "assist", "invit", "advis", "counterpart", "interlocut", "focal")
_COUNTERPART = re.compile(
    rf"{BODY} (?:is|are|remains?|serves? as|acts? as|will be)(?: also)? (?:the |an? |our |its |their "
    rf"|[^.;⟦]{{0,60}}?(?P<of>{ANY})(?:'s?)? )?(?:\w+ ){{0,2}}"
    rf"(?:counterparts?|focal point|interlocutors?)\b(?: (?:of|to|for) (?:the )?(?P<whose>{ANY}))?"
)
_COUNTERPARTS_ARE = re.compile(
    rf"^\W*(?:(?:The|Our|Its|Main|Key|National) )*(?:[a-z]+ ){{0,2}}?(?:[Gg]overnment |[Nn]ational "
    rf"|[Ss]tate )?[Cc]ounterparts?"
    rf"(?: (?:of|for|to) (?:the )?(?P<of>{ANY}))?(?:\s?[:.]| (?:are|is|include))\s?(?:the )?(?={ANY})"
)
_PARTNERS_ARE = re.compile(
    rf"\b(?:(?:[Oo]ur|[Ii]ts|[Tt]he|[Mm]ain|[Kk]ey|[Pp]rincipal|[Ii]mplementing) )+partners (?:include|are"
    rf"|comprise|will be)"
    rf" (?:the )?(?={ANY})"
)
_STATE = frozenset([BodyType.GOVERNMENT, BodyType.MINISTRY])
_HELPERS = frozenset(
    [
        BodyType.UN_NETWORK,
        BodyType.UN_ENTITY,
        BodyType.COORDINATION_MECHANISM,
        BodyType.NGO,
        BodyType.REGIONAL_ORGANISATION,
        BodyType.FUND,
    ]
)
_JOINED = re.compile(
    r"\b(?:ratified|acceded to|signed|joined|adhered to|(?:is|became|are) (?:an? )?(?:state )?part(?:y|ies) to"
    r"|(?:is|became) (?:a )?signatory (?:of|to))\b"
)
_CALLED = re.compile(
    r"\b(?:call(?:s|ed|ing)? (?:for|on|upon)|urge[sd]?|recommend(?:s|ed)? that|encourage[sd]?)\b.{0,160}?\b(?:join"
    r"|ratify|accede to|sign)\b"
)
# Every pattern of parties has one of these.
_JOINING = ("ratif", "acced", "sign", "join", "adhered", "party to", "parties", "agreement", "memorandum", "mou")
_SIGNATORY = re.compile(
    r"\band (?:all )?other (?P<name>[A-Z][\w ]{1,60}?) (?:signator(?:y|ies)|signatory (?:countries|states)|parties"
    r"|States parties)\b"
)
_AGREEMENT = re.compile(
    rf"(?:[Aa]greement|[Mm]emorandum of [Uu]nderstanding|\bMoU)(?: \w+){{0,3}}? with (?:the )?{BODY}"
)


def partners(reading: Reading, m: Masked) -> list[Found]:
    """Partners and government counterparts that one passage names."""
    if not m.items or not m.has(*_HINTS):
        return []
    return [*_with(reading, m), *_counterparts(reading, m)]


def _speaker(reading: Reading, m: Masked, end: int) -> Entity | None:
    """Who the sentence is about: its first body, but in a list item the body of the lead-in, else the section's."""
    focus = reading.focus(m.passage)
    near = re.search(rf"{BODY} (?:\w+ ){{0,4}}$", m.text[:end])
    if near and m.entity(near[1]).type is not BodyType.STAKEHOLDER_GROUP:
        return m.entity(near[1])
    subject = m.subject(end)
    if subject is not None and m.text.find("⟦") < 60 and not re.match(r"(?:In|Through|At|Within) ", m.text):
        return subject
    if m.passage.lead_in and subject is None:
        return focus
    return subject if subject and (subject is reading.own or subject is focus) else focus or subject


def _with(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _WITH.finditer(m.text) if "with" in m.low else ():
        subject, words = _speaker(reading, m, found.start()), m.text[found.start() : found.end()]
        if "greement" in words:
            continue
        if subject is None or subject.iri.endswith("/united-nations-system"):
            continue
        here = m.text[max(0, found.start() - 90) : found.end() + 10]
        after = m.text[found.end() : found.end() + 160]
        proposed = _PROPOSED.search(here) or re.search(r"\bis (?:essential|needed|crucial)\b", after)
        status = Status.PROPOSED if proposed else Status.CURRENT
        for other in m.after(found.end(), loose=True):
            if other is not subject and other.iri.rsplit("/", 1)[-1] != "united-nations-system" and _partner(other):
                if subject.parent is other or other.parent is subject:
                    continue
                ours, theirs = (other, subject) if other is reading.own else (subject, other)
                yield Found(ours, RelationType.PARTNER_OF, theirs, "with", status, 0.75, (words,))
    for found in _ARE_PARTNERS.finditer(m.text) if "partner" in m.low else ():
        number = found[2] or found[3]
        focus = m.entity(number) if number else reading.focus(m.passage)
        if focus and collective(focus):
            for n in re.findall(BODY, found["list"]):
                if m.entity(n) is not focus:
                    yield Found(focus, RelationType.PARTNER_OF, m.entity(n), "are-partners", confidence=0.75)
    for found in _PARTNERS_ARE.finditer(m.text):
        focus = reading.focus(m.passage)
        for other in m.after(found.end()):
            if focus and other is not focus:
                yield Found(focus, RelationType.PARTNER_OF, other, "partners-are", confidence=0.75, words=("partners",))
    for found in _BETWEEN.finditer(m.text) if "between" in m.low else ():
        status = Status.PROPOSED if _PROPOSED.search(m.text) else Status.CURRENT
        yield Found(m.entity(found[1]), RelationType.PARTNER_OF, m.entity(found[2]), "between", status, 0.75)


def _partner(entity: Entity) -> bool:
    return entity.method != "organ" and entity.name != "Member States"


def _counterparts(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _INVITE.finditer(m.text) if "invit" in m.low else ():
        target = _speaker(reading, m, found.start())
        names = [m.entity(n) for n in re.findall(BODY, found["list"] or found[0])]
        for body in names:
            if target and body is not target and body.type in _STATE:
                yield Found(body, RelationType.GOVERNMENT_COUNTERPART_OF, target, "invited", confidence=0.85)
    listed = _COUNTERPARTS_ARE.match(m.text)
    whose = reading.focus(m.passage) if listed is None or not listed["of"] else m.entity(listed["of"][1:-1])
    for body in m.after(listed.end()) if listed else ():
        if whose and body is not whose and body.type in _STATE:
            kind = RelationType.GOVERNMENT_COUNTERPART_OF
            yield Found(body, kind, whose, "counterparts-are", words=("counterparts",))
    for found in _COUNTERPART.finditer(m.text):
        mark = found["of"] or found["whose"]
        whose = m.entity(mark[1:-1]) if mark else reading.focus(m.passage)
        for body in m.before(found.end(1) + 1) or [m.entity(found[1])]:
            if whose and body is not whose and body.type in _STATE:
                kind = RelationType.GOVERNMENT_COUNTERPART_OF
                yield Found(body, kind, whose, "is-counterpart", words=("counterpart",))
    own = reading.own
    if own is None or own.type not in _HELPERS:
        return
    for found in _SUPPORTS.finditer(m.text):
        body = m.entity(found[1])
        subject = m.subject(found.start())
        ours = (
            (subject is None and reading.focus(m.passage) is own)
            or subject is own
            or (subject and own.parent is subject)
        )
        national = body.type is BodyType.GOVERNMENT and body.head == "government" and bool(body.area)
        if ours and national and reading.country and body.area == reading.country.iri:
            target = subject if subject and own.parent is subject else own
            yield Found(
                body, RelationType.GOVERNMENT_COUNTERPART_OF, target, "supports", confidence=0.65, words=(found[0],)
            )


def parties(reading: Reading, m: Masked, ledger: Ledger) -> None:
    """Who has joined, or is called on to join, an instrument."""
    text = m.scanned.text
    low = lower(text)
    if not any(stem in low for stem in _JOINING):
        return
    called = _CALLED.search(text)
    joined = None if called else _JOINED.search(text)
    if called or joined:
        at = (called or joined).end() if called or joined else 0  # type: ignore[union-attr]
        actor = _actor(
            reading, m, called.end() if called else joined.start() if joined else 0, first=joined is not None
        )
        status = Status.PROPOSED if called else Status.CURRENT
        if actor:
            for item in instruments.mentioned(m.passage):
                if item.start >= at and item.type in ("treaty", "agreement", "declaration", "global_compact"):
                    _party(ledger, m, actor, item, status, "called-to-join" if called else "joined")
    for found in _SIGNATORY.finditer(text):
        actor = _actor(reading, m, found.start(), first=False)
        for item in instruments.mentioned(m.passage):
            if actor and found.start("name") <= item.start < found.end("name"):
                _party(ledger, m, actor, item, Status.CURRENT, "signatory")
    for found in _AGREEMENT.finditer(m.text):
        other, own = m.entity(found[1]), reading.own
        if re.search(BODY, m.text[: found.start()]) or any(a.area is not reading.country for a in m.scanned.areas):
            continue
        if own and other is not own and not collective(other) and other.type is not BodyType.STAKEHOLDER_GROUP:
            ledger.relate(own, RelationType.PARTNER_OF, other, m.passage, method="agreement-with", confidence=0.8)
            for item in instruments.mentioned(m.passage):
                if item.type == "agreement":
                    for body in (own, other):
                        _party(ledger, m, body, item, Status.CURRENT, "agreement-with")


def _actor(reading: Reading, m: Masked, end: int, *, first: bool) -> Entity | None:
    """The government that joins: named, or by its country's name."""
    states = [n for n in m.items if n.entity.type is BodyType.GOVERNMENT and n.end <= end]
    areas = [a for a in m.scanned.areas if a.area and a.area.alpha3 and not a.demonym and a.end <= end]
    spots = [(n.start, n.entity) for n in states]
    spots += [(a.start, government_of(reading, a.area)) for a in areas if a.area]
    if not spots:
        return None
    start, actor = min(spots, key=lambda s: s[0]) if first else max(spots, key=lambda s: s[0])
    names = reading.named[m.passage.index]
    area = next((a for a in areas if a.start == start), None)
    if area and all(n.end <= area.start or n.start >= area.end for n in names):
        text = m.scanned.text[area.start : area.end]
        actor.names[text] += 1
        reading.named[m.passage.index] = sorted(
            [*names, Named(actor, area.start, area.end, text)], key=lambda n: n.start
        )
    return actor


def _party(ledger: Ledger, m: Masked, actor: Entity, item: instruments.Mentioned, status: Status, method: str) -> None:
    ledger.used[actor.iri] = actor
    ledger.add(
        Relation(
            actor.name,
            actor.iri,
            RelationType.PARTY_TO,
            item.name,
            item.iri,
            status,
            evidence_of_passage(m.passage),
            Reason(f"pattern:{method}", 0.8, note=f"{actor.name} and {item.name}"),
        )
    )


__all__ = ["ANY", "parties", "partners"]
