"""Who is addressed: for a recommendation who should act, for the rest who receives."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.caseless import Caseless
from ingest.statements import lexicon as lx
from ingest.statements.address import addressed
from ingest.statements.context import Genre
from ingest.statements.frames import Frame
from ingest.statements.grammar import Shape, parse
from ingest.statements.naming import Actor, by_phrase, clean, named
from ingest.statements.protocol import BodyResolver
from ingest.statements.setting import Setting, Subject, head_of, subject_class
from ontology.document import Passage
from ontology.model import AddresseeSource, Modality, StatementType

_OFFICE = re.compile(
    r"^(?:the )?(?:[A-Z][\w’'-]* ){0,4}(?:Coordinator|Co-ordinator|Secretariat|Chair|Board|Bureau|Committee|"
    r"Co-Conveners?|Co-Chairs?|Commission|Council|Trustees|Assembly)$"
)
_RECEIVES = Caseless(
    r"\b(?:(?:support(?:s|ing)?|assist(?:s|ing)?|advis(?:e|es|ing)|brief(?:s|ing)?|inform(?:s|ing)?|invit(?:e"
    r"|es|ing)|"
    r"help(?:s|ing)?|enabl(?:e|es|ing)|updat(?:e|es|ing)|consult(?:s|ing)?|alert(?:s|ing)?|offer(?:s|ing)?"
    r"|keep(?:s|ing)?|"
    r"remind(?:s|ing)?|equip(?:s|ping)?)(?!\s+(?:to|of|for|from|in|on|as|with|and)\b)"
    r"|(?:support|advice|assistance|guidance|input|inputs|report|reports|reporting|updates?|services"
    r"|proposals?|resources|"
    r"information|recommendations?|contributions?|matter|matters|accountable|answerable|attention|help|funds?"
    r"|grants?|backstopping|briefings?)\s+"
    r"(?:(?!\bto\b)[\w-]+\s+){0,6}to|(?:submit(?:s|ted|ting)?|present(?:s|ed|ing)?|circulat(?:e|es|ing)"
    r"|transmit(?:s|ting)?|sends?|sending|refer(?:s|ring)?|"
    r"forward(?:s|ing)?|tabl(?:e|es|ed)|propos(?:e|es|ing)|declared?|address(?:ed)?|sent|recommend(?:s|ed)?"
    r"|hand(?:s|ed|ing)? over|deliver(?:s|ing)?)\s+(?:[\w-]+\s+){0,8}to|"
    r"(?:share|shares|sharing|advocat\w+|sign(?:s|ing)?|exchang\w+|coordinat\w+"
    r"|disseminat\w+)\s+(?:[\w-]+\s+){0,6}with|"
    r"(?:answers?|accounts?|findings)\s+(?:\w+\s+){0,3}(?:of|to|for)|"
    r"(?:entry|focal|contact)\s+point\s+for|report(?:s|ing)?\s+(?:[\w-]+\s+){0,4}to|"
    r"(?:collaborat\w+|cooperat\w+|co-operat\w+|liais\w+|meet|meets|engage|engages|engaging|consultation)\s+"
    r"(?:\w+ly\s+)?with|action\s+(?:[\w-]+\s+){0,3}by)\s+"
    r"(?P<who>(?=\w))"
)
_CAPITALS = re.compile(r"(?:the )?[A-Z][\w/&-]*(?: (?:(?:of|for|on|the|and) ){0,2}[A-Z][\w/&-]*)*")
# "all parts of the Network", "collaboration between the members": not the body that the phrase ends with.
_PART_OF = re.compile(r"(?:all |the |its |their |any )*(?:[a-z-]+ ){1,4}(?:of|between|within|in|among) ")
_CONJ = re.compile(
    r"\s+(?:and|or|in|on|for|to|with|through|towards|upon|as|within|at|by|from|under|during|"
    r"every|once|when|of)\b|[,.;:]"
)
_STATE_SUBJECTS = re.compile(
    r"\b(?:laws?|legislation|legal framework|(?:relevant|local|national|public) authorities|polic(?:y|ies)|border|"
    r"national (?:mechanism|plan|strategy|system|body)|public services|visas?|residence permits?"
    r"|labour inspect\w+)\b",
    re.I,
)
_STATE_DUTIES = re.compile(
    r"\b(?:ratif(?:y|ied|ication)|legislat(?:e|ed)|enact(?:ed)?|(?:with|by) (?:\w+ )?legislation|"
    r"border (?:management|control)|"
    r"(?:human )?rights are (?:upheld|respected|protected)|bilateral agreements?)\b",
    re.I,
)
_NOT_STATE = re.compile(r"\b(?:rule of law|international law|community policing)\b", re.I)
_THAT_WHO = re.compile(r"(?:\w+ ){0,4}that\s+", re.I)
_THROUGH_WHO = re.compile(
    r"\b(?:through|with|via|by)\b(?: \w+){0,4}? (?:between|among|amongst|from|with)\s+(?P<who>[^,.;:]{3,90})", re.I
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is addressed, and whether the text says so."""

    name: str
    iri: str | None
    source: AddresseeSource


def addressee(
    passage: Passage, s: Setting, kind: StatementType, agent: Actor | None, bodies: BodyResolver, state: Actor | None
) -> Addressee | None:
    """Who is addressed: for a recommendation who should act, for the rest who receives; None where untold.

    `state` is the government that the document is about, for recommendations that only a state can carry out.
    """
    if kind is StatementType.RECOMMENDATION:
        return _asked(passage, s, bodies, state)
    if kind in (StatementType.COMMITMENT, StatementType.FUNCTION, StatementType.OBJECTIVE, StatementType.DECISION_RULE):
        return _receiver(passage, s, agent, bodies)
    return None


def _asked(passage: Passage, s: Setting, bodies: BodyResolver, state: Actor | None) -> Addressee | None:
    clause = s.clause
    told = addressed(passage, bodies) if clause.shape is not Shape.FINITE or s.frame is None else ""
    if told and (clause.shape is not Shape.FINITE or clause.subject.lower() in ("it", "")):
        return _as_addressee(passage, told, bodies, AddresseeSource.STATED)
    if clause.shape is Shape.INFINITIVE and clause.subject and clause.verb != "be":
        return _as_addressee(passage, clause.subject, bodies, AddresseeSource.STATED)
    if s.frame is not None and s.frame.addressee:
        if state is not None and _is_country(state, s.frame.addressee):
            return Addressee(state.name, state.iri, AddresseeSource.STATED)
        return _as_addressee(passage, s.frame.addressee, bodies, AddresseeSource.STATED)
    if _is_country(state, head_of(clause.subject)) and state is not None and not clause.passive:
        return Addressee(state.name, state.iri, AddresseeSource.STATED)
    that = _THAT_WHO.match(clause.predicate) if s.need and clause.subject.lower() == "it" else None
    if that:
        inner = parse(clause.predicate[that.end() :])
        who = inner.subject if inner.shape is Shape.FINITE and not inner.passive else ""
        if subject_class(inner, is_body=False) in (Subject.ACTOR, Subject.ROLE, Subject.MEMBERS):
            return _as_addressee(passage, who, bodies, AddresseeSource.STATED)
    pressed = clause.verb == "need" and clause.predicate.startswith("to ") and not clause.predicate.startswith("to be ")
    if pressed and s.subject in (Subject.ACTOR, Subject.BODY, Subject.ROLE) and s.frame is None:
        return _as_addressee(passage, clause.subject, bodies, AddresseeSource.STATED)
    reporting = s.frame is not None and (s.frame.inner is None or s.frame.frame is Frame.CALL)
    if clause.shape is Shape.FINITE and not clause.passive and s.need == "" and clause.subject and not reporting:
        acts = s.subject in (Subject.ACTOR, Subject.BODY, Subject.ROLE, Subject.MEMBERS, Subject.GROUP)
        if acts and clause.subject.lower() not in lx.ANAPHORS | {"we"}:
            found = _as_addressee(passage, clause.subject, bodies, AddresseeSource.STATED)
            if found is not None:
                return found
    by = by_phrase(clause) if clause.passive and s.modality is not Modality.NEED else None
    doer = clean(by.group("who")) if by else ""
    if by and (any(w in lx.ACTOR_NOUNS for w in doer.lower().split()) or doer[:1].isupper()):
        return _as_addressee(passage, by.group("who"), bodies, AddresseeSource.STATED)
    through = _THROUGH_WHO.search(clause.predicate) if clause.passive else None
    if through and any(w in lx.ACTOR_NOUNS for w in through.group("who").lower().split()):
        return Addressee(clean(through.group("who")), None, AddresseeSource.STATED)
    if told and s.lead_frame is None:
        return _as_addressee(passage, told, bodies, AddresseeSource.STATED)
    if s.lead_frame is not None and s.lead_frame.addressee:
        return _as_addressee(passage, s.lead_frame.addressee, bodies, AddresseeSource.STATED)
    if s.lead_clause is not None and s.lead_clause.subject:
        lead = s.lead_clause
        if lead.passive or lead.modal in ("should", "must"):
            return _as_addressee(passage, lead.subject, bodies, AddresseeSource.STATED)
    if (
        state is not None
        and s.genre in (Genre.VOICES, Genre.OTHER)
        and (_STATE_SUBJECTS.search(_NOT_STATE.sub("", clause.subject)) or _STATE_DUTIES.search(clause.text))
    ):
        return Addressee(state.name, state.iri, AddresseeSource.INFERRED)
    return None


def _is_country(state: Actor | None, phrase: str) -> bool:
    """Whether the phrase is the country whose government the document is about."""
    return state is not None and bool(phrase) and state.name.lower().endswith(f" of {phrase.lower()}")


def _as_addressee(passage: Passage, phrase: str, bodies: BodyResolver, source: AddresseeSource) -> Addressee | None:
    head = head_of(phrase)
    several = re.search(r",|\band\b", head) is not None
    found = None if several else named(bodies, passage, phrase, "addressee")
    if found is not None:
        return Addressee(found.name, found.iri, source)
    name = re.sub(r" not$", "", clean(head))
    return Addressee(name, None, source) if name and name.lower() not in lx.ANAPHORS else None


def _receiver(passage: Passage, s: Setting, agent: Actor | None, bodies: BodyResolver) -> Addressee | None:
    if s.genre in (Genre.PLAN, Genre.VOICES):
        return None
    start = s.clause.subject_start + len(s.clause.subject)
    text = s.clause.text[start:] if s.clause.shape is Shape.FINITE else s.clause.text
    focus = bodies.focus(passage.index)
    for hit in _RECEIVES.finditer(text):
        own = {focus.iri} if focus is not None and hit.group().startswith("action") else set()
        words = re.split(r"[.;:()]", text[hit.start("who") : hit.start("who") + 110], maxsplit=1)[0]
        name = _CAPITALS.match(words)
        ends: list[int | str] = [len(words), *(m.start() for m in reversed(list(_CONJ.finditer(words))))]
        ends += [name.group()] if name else []
        for end in ends:
            phrase = end if isinstance(end, str) else words[:end].strip()
            part = _PART_OF.match(phrase)
            found = named(bodies, passage, phrase, "receiver") if len(phrase) > 1 and not part else None
            if re.search(r"\bmembers?\b(?! states?\b)", phrase, re.I):
                continue
            if found is None and _OFFICE.search(phrase):
                found = Actor(clean(phrase), None, "receiver")
            if found is None:
                continue
            if found.iri in own or (agent is not None and found.iri == agent.iri and found.name == agent.name):
                break
            return Addressee(found.name, found.iri, AddresseeSource.STATED)
    return None


def state_of(bodies: BodyResolver, passages: tuple[Passage, ...]) -> Actor | None:
    """The government that "the Government" means in the document, or None."""
    for passage in passages:
        if re.search(r"\b[Tt]he Government\b", passage.text):
            body = bodies.resolve(passage, "the Government")
            if body is not None:
                return Actor(body.name, body.iri, "the Government")
    return None
