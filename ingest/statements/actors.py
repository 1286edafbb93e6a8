"""Who acts and who is addressed: grammar first, then the section, then the document."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.statements import lexicon as lx
from ingest.statements.context import Genre, Place
from ingest.statements.frames import Frame
from ingest.statements.grammar import Clause, Shape, parse
from ingest.statements.protocol import BodyResolver
from ingest.statements.setting import Setting, Subject, head_of, subject_class
from ontology.model import AddresseeSource, Passage, StatementType


@dataclass(frozen=True, slots=True)
class Actor:
    """A body (then with IRI) or the words of the text; `how` says by which rule it was found."""

    name: str
    iri: str | None = None
    how: str = ""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who is addressed, and whether the text says so."""

    name: str
    iri: str | None
    source: AddresseeSource


_HEADING_WORDS = re.compile(
    r"^(?:[a-z]\.|[ivx]+\.|[\d.]+)\s+|\s*\b(?:working principles?|functions?|objectives?|roles?|dut(?:y|ies)|tasks?|"
    r"responsibilit(?:y|ies)|terms of reference|membership|composition|structure|mandate|members at large)\b.*$|^.*\b(?:of|for) (?=the )", re.I)
_LEADING = re.compile(r"^(?:all|each|every|both|any|the|a|an|its|their|our|other|different|relevant|such|these|those)\s+", re.I)
_BY = re.compile(r"\bby (?P<who>(?:the |an? |all )?[^,.;:()]{2,80}?)(?= (?:and|to|in|on|for|through|with|at|under|from|as)\b|[,.;:()]|$)", re.I)
_OF = re.compile(r"\bof (?P<who>(?:the )?[^,.;:()]{2,60}?)(?= (?:and|to|in|on|for|through|with|at|under|is|are)\b|[,.;:()]|$)", re.I)
_POSSESSIVE = re.compile(r"^(?P<who>(?:the )?[^,.;:()]{2,60}?)(?:[’']s|s[’'])\s")
_RECEIVES = re.compile(
    r"\b(?:(?:support(?:s|ing)?|assist(?:s|ing)?|advis(?:e|es|ing)|brief(?:s|ing)?|inform(?:s|ing)?|invit(?:e|es|ing)|"
    r"help(?:s|ing)?|enabl(?:e|es|ing)|updat(?:e|es|ing)|consult(?:s|ing)?)(?!\s+(?:to|of|for|from|in|on|as|with|and)\b)"
    r"|(?:support|advice|assistance|guidance|input|inputs|report|reports|reporting|updates?|services|proposals?|resources|"
    r"information|recommendations?|contributions?|matter|matters|accountable|help|funds?|grants?|backstopping|briefings?)\s+"
    r"(?:(?!\bto\b)[\w-]+\s+){0,6}to|submit(?:s|ted|ting)?\s+(?:[\w-]+\s+){0,8}to|report(?:s|ing)?\s+(?:[\w-]+\s+){0,4}to|"
    r"(?:collaborat\w+|cooperat\w+|co-operat\w+|liais\w+|meet|meets|engage|engages|engaging|consultation)\s+"
    r"(?:\w+ly\s+)?with|action\s+(?:[\w-]+\s+){0,3}by)\s+"
    r"(?P<who>(?:the |an? |all )?(?:[\w’'/&()-]+ ?){1,9})", re.I)
_CONJ = re.compile(r"\s+(?:and|or|in|on|for|to|with|through|towards|upon|as|within|at|by|from|under|during|every|once|when|of their)\b|[,.;:]")
_STATE_SUBJECTS = re.compile(
    r"\b(?:laws?|legislation|legal framework|(?:relevant|local|national|public) authorities|polic(?:y|ies)|border|"
    r"national (?:mechanism|plan|strategy|system|body)|public services|visas?|residence permits?|labour inspect\w+)\b", re.I)
_STATE_DUTIES = re.compile(
    r"\b(?:ratif(?:y|ied|ication)|legislat(?:e|ed)|enact(?:ed)?|(?:with|by) (?:\w+ )?legislation|border (?:management|control)|"
    r"human rights are (?:upheld|respected)|(?:access to|more) (?:\w+ )?(?:public )?services and|bilateral agreements?)\b", re.I)
_NOT_STATE = re.compile(r"\b(?:rule of law|international law|community policing)\b", re.I)
_THROUGH_WHO = re.compile(
    r"\b(?:through|with|via|by)\b(?: \w+){0,4}? (?:between|among|amongst|from|with)\s+(?P<who>[^,.;:]{3,90})", re.I)
_STATE = re.compile(r"^(?:the )?(?:governments?|states?|authorities|parliament|municipalit\w+|city|ministr\w+)\b", re.I)


def clean(phrase: str) -> str:
    """A phrase as a name: outer articles and quantifiers off, spaces single."""
    out = " ".join(phrase.split()).strip(" ,;:.*–—-“”\"")
    while (cut := _LEADING.sub("", out, count=1)) != out:
        out = cut
    return out


def named(bodies: BodyResolver, passage: Passage, phrase: str, how: str) -> Actor | None:
    """The body that a phrase names, shortened step by step, or None."""
    tried: list[str] = []
    head = head_of(phrase)
    for candidate in (phrase, head, re.split(r"\s+(?:and|or)\s+|\s*/\s*", head, maxsplit=1)[0]):
        text = candidate.strip()
        if len(text) < 2 or text in tried:
            continue
        tried.append(text)
        body = bodies.resolve(passage, text)
        if body is not None:
            return Actor(body.name, body.iri, how)
    return None


class Agents:
    """Finds agents passage by passage; remembers the last one for pronouns and the voice of a report."""

    def __init__(self, bodies: BodyResolver, genre: Genre, voice: str | None, publisher: str | None) -> None:
        self._bodies, self._genre, self._voice, self._publisher = bodies, genre, voice, publisher
        self._last: tuple[int, Actor] | None = None

    def agent(self, passage: Passage, s: Setting) -> Actor | None:
        """The agent of a statement, or None where nothing in the text or around it tells."""
        found = self._reported(passage, s) or self._grammatical(passage, s) or self._around(passage)
        if found is not None and s.clause.subject.lower() not in lx.ANAPHORS:
            self._last = (passage.paragraph, found)
        return found

    def _reported(self, passage: Passage, s: Setting) -> Actor | None:
        if s.frame is not None and s.frame.voice and s.frame.frame is not Frame.PROMISE:
            voice = clean(s.frame.voice)
            if self._voice and _generic(voice):
                return Actor(self._voice, None, "voice")
            return named(self._bodies, passage, s.frame.voice, "voice") or Actor(voice, None, "voice")
        closing = any(p in (Place.CONCLUSION, Place.CONTEXT) for p in s.places)
        acts = s.subject in (Subject.BODY, Subject.ROLE) and s.clause.modal in ("will", "shall")
        if self._voice and self._genre is Genre.VOICES and not closing and not acts:
            return Actor(self._voice, None, "voice of the report")
        return None

    def _grammatical(self, passage: Passage, s: Setting) -> Actor | None:
        clause = s.clause
        if clause.shape is not Shape.FINITE and s.lead_clause is not None:
            lead = s.lead_clause
            return self._of_clause(passage, lead, lead.subject, subject_class(lead, is_body=False)) if lead.subject else None
        if clause.shape is not Shape.FINITE:
            return None
        if clause.subject.lower() in lx.ANAPHORS:
            if self._last and clause.subject.lower() not in ("there", "this", "these", "those"):
                return self._last[1]
            return None
        return self._of_clause(passage, clause, clause.subject, s.subject)

    def _of_clause(self, passage: Passage, clause: Clause, subject: str, kind: Subject) -> Actor | None:
        if clause.shape is Shape.FINITE and clause.verb == "be" and re.search(r"\b(?:coordinator|secretariat|chair|lead)\b", subject, re.I):
            predicate = named(self._bodies, passage, clause.predicate.rstrip("."), "identified with")
            if predicate is not None and clause.predicate[:1].isupper():
                return predicate
        if kind is Subject.MEMBERS or (re.search(r"\bmembers\b", head_of(subject), re.I) and " and its members" not in subject):
            return Actor(clean(re.split(r"\s+of\s+", head_of(subject))[0]) if " of " in subject and len(
                clean(head_of(subject)).split()) > 6 else clean(head_of(subject)), None, "subject")
        possessor = _POSSESSIVE.match(subject)
        if possessor:
            found = named(self._bodies, passage, possessor.group("who"), "possessor")
            if found is not None:
                return found
        if not possessor or kind in (Subject.ROLE, Subject.GROUP, Subject.BODY):
            found = named(self._bodies, passage, subject, "subject")
            if found is not None:
                return found
        if kind is Subject.ROLE:
            return Actor(clean(head_of(subject)), None, "subject")
        if clause.passive:
            by = _BY.search(clause.predicate)
            found = named(self._bodies, passage, by.group("who"), "by-phrase") if by else None
            if found is not None:
                return found
        of = _OF.search(subject)
        if of:
            found = named(self._bodies, passage, of.group("who"), "of-phrase")
            if found is not None:
                return found
        head = clean(head_of(subject))
        if kind in (Subject.ACTOR, Subject.GROUP) or (len(head) > 1 and head.isupper() and " " not in head):
            return Actor(clean(head_of(subject)), None, "subject")
        return None

    def _around(self, passage: Passage) -> Actor | None:
        for heading in reversed(passage.section[1:] or passage.section):
            topic = _HEADING_WORDS.sub("", heading).strip(" :–-") if len(heading) < 120 else ""
            found = named(self._bodies, passage, topic, "section") if len(topic) > 2 else None
            if found is not None:
                return found
        focus = self._bodies.focus(passage.index)
        if focus is not None:
            return Actor(focus.name, focus.iri, "focus")
        if self._publisher and self._genre in (Genre.VOICES, Genre.PLAN):
            return named(self._bodies, passage, self._publisher, "publisher") or Actor(self._publisher, None, "publisher")
        return self._last[1] if self._last and self._last[0] == passage.paragraph else None


def _generic(voice: str) -> bool:
    words = voice.lower().split()
    return len(words) <= 3 and any(w in lx.GENERIC_VOICES for w in words)


def addressee(
    passage: Passage, s: Setting, kind: StatementType, agent: Actor | None, bodies: BodyResolver, state: Actor | None
) -> Addressee | None:
    """Who is addressed: for a recommendation who should act, for the rest who receives; None where untold.

    `state` is the government that the document is about, for recommendations that only a state can carry out.
    """
    if kind is StatementType.RECOMMENDATION:
        return _asked(passage, s, agent, bodies, state)
    if kind in (StatementType.COMMITMENT, StatementType.FUNCTION, StatementType.OBJECTIVE, StatementType.DECISION_RULE):
        return _receiver(passage, s, agent, bodies)
    return None


def _asked(
    passage: Passage, s: Setting, agent: Actor | None, bodies: BodyResolver, state: Actor | None
) -> Addressee | None:
    clause = s.clause
    if s.frame is not None and s.frame.addressee:
        return _as_addressee(passage, s.frame.addressee, bodies, AddresseeSource.STATED, s, agent)
    reporting = s.frame is not None and s.frame.inner is None
    if clause.shape is Shape.FINITE and not clause.passive and s.need == "" and clause.subject and not reporting:
        acts = s.subject in (Subject.ACTOR, Subject.BODY, Subject.ROLE, Subject.MEMBERS, Subject.GROUP)
        if acts and clause.subject.lower() not in lx.ANAPHORS | {"we"}:
            found = _as_addressee(passage, clause.subject, bodies, AddresseeSource.STATED, s, agent)
            if found is not None:
                return found
    if clause.passive and s.modality is not None and (by := _BY.search(clause.predicate)):
        if any(w in lx.ACTOR_NOUNS for w in clean(by.group("who")).lower().split()):
            return _as_addressee(passage, by.group("who"), bodies, AddresseeSource.STATED, s, agent)
    through = _THROUGH_WHO.search(clause.predicate) if clause.passive else None
    if through and any(w in lx.ACTOR_NOUNS for w in through.group("who").lower().split()):
        return Addressee(clean(through.group("who")), None, AddresseeSource.STATED)
    if s.lead_clause is not None and s.lead_clause.subject:
        lead = s.lead_clause
        if lead.passive or lead.modal in ("should", "must"):
            return _as_addressee(passage, lead.subject, bodies, AddresseeSource.STATED, s, agent)
    if state is not None and s.genre in (Genre.VOICES, Genre.OTHER) and (
            _STATE_SUBJECTS.search(_NOT_STATE.sub("", clause.subject)) or _STATE_DUTIES.search(clause.text)):
        return Addressee(state.name, state.iri, AddresseeSource.INFERRED)
    return None


def _as_addressee(
    passage: Passage, phrase: str, bodies: BodyResolver, source: AddresseeSource, s: Setting, agent: Actor | None
) -> Addressee | None:
    head = head_of(phrase)
    several = re.search(r",|\band\b", head) is not None
    found = None if several else named(bodies, passage, phrase, "addressee")
    if found is not None:
        return Addressee(found.name, found.iri, source)
    name = clean(head)
    return Addressee(name, None, source) if name and name.lower() not in lx.ANAPHORS else None


def _receiver(passage: Passage, s: Setting, agent: Actor | None, bodies: BodyResolver) -> Addressee | None:
    if s.genre in (Genre.PLAN, Genre.VOICES):
        return None
    start = s.clause.subject_start + len(s.clause.subject)
    text = s.clause.text[start:] if s.clause.shape is Shape.FINITE else s.clause.text
    focus = bodies.focus(passage.index)
    for hit in _RECEIVES.finditer(text):
        own = {focus.iri} if focus is not None and hit.group().lower().startswith("action") else set()
        words = re.split(r"[,.;:()]", hit.group("who"), maxsplit=1)[0]
        ends = [len(words), *(m.start() for m in reversed(list(_CONJ.finditer(words))))]
        for end in ends:
            phrase = words[:end].strip()
            found = named(bodies, passage, phrase, "receiver") if len(phrase) > 1 else None
            if found is None or re.search(r"\bmembers?\b", phrase, re.I):
                continue
            if found.iri in own or agent is not None and found.iri == agent.iri and found.name == agent.name:
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


def dominant_voice(texts: tuple[str, ...]) -> str | None:
    """The words for those heard that a report uses most as subject of reporting verbs, or None below two uses."""
    counts: dict[str, int] = {}
    for text in texts:
        first = text.split(" ", 1)[0]
        if first.lower() in lx.GENERIC_VOICES and first[:1].isupper():
            clause = parse(text[:300])
            if clause.subject.lower() == first.lower() and clause.shape is Shape.FINITE and not clause.modal:
                counts[first] = counts.get(first, 0) + 1
    best = max(sorted(counts), key=lambda w: counts[w], default=None)
    return best if best is not None and counts[best] >= 2 and best.lower() not in lx.ANAPHORS | {"many", "some", "several"} else None
