"""Who acts: grammar first, then the voice of a report, the section, the document."""

from __future__ import annotations

import re

from ingest.caseless import Caseless
from ingest.statements import lexicon as lx
from ingest.statements.context import Genre, Place
from ingest.statements.frames import Frame
from ingest.statements.grammar import Clause, Shape
from ingest.statements.naming import Actor, by_phrase, clean, named
from ingest.statements.protocol import BodyResolver
from ingest.statements.setting import Setting, Subject, head_of, subject_class
from ontology.document import Passage
from ontology.model import StatementType

_HEADING_WORDS = re.compile(
    r"^(?:[a-z]\.|[ivx]+\.|[\d.]+)\s+|\s*\b(?:working principles?|functions?|objectives?|roles?|dut(?:y|ies)|tasks?|"
    r"responsibilit(?:y|ies)|terms of reference|membership|composition|structure|mandate)\b.*$|"
    r"^.*\b(?:of|for) (?=the )",
    re.I,
)
_HOLDER = re.compile(
    r"\b(?:chief of mission|director(?: general)?|head|representative|minister|executive secretary|secretary)\s+"
    r"of (?P<who>.+?)(?: or |/|$)",
    re.I,
)
_POSSESSIVE = re.compile(r"^(?P<who>(?:the )?[^,.;:()]{2,60}?)(?:[’']s|s[’'])\s")
_ACTING = (Subject.BODY, Subject.ROLE, Subject.MEMBERS, Subject.GROUP, Subject.ACTOR)
_ACCORDING = re.compile(r"according to (.+)$", re.I)
_TO_BE = re.compile(r"to be ")
_VOICE = Caseless(
    r"\b(participants|stakeholders|attendees|respondents|delegates|speakers|discussants|panell?ists|"
    r"interviewees|consultees|workers|residents|representatives|"
    r"interlocutors|contributors)\b "
    r"(?:\w+ly |also |further )?(?:called|noted|highlighted|stressed|"
    r"emphasi[sz]ed|underlined|underscored|recommended|suggested|proposed|urged|requested|asked|reported|said"
    r"|stated|agreed|"
    r"raised|pointed|expressed|explained|observed|mentioned|argued|felt|believed|demanded|shared|considered)\b"
)


class Agents:
    """Finds agents passage by passage; remembers the last one for pronouns and the voice of a report."""

    def __init__(self, bodies: BodyResolver, genre: Genre, voice: str | None, publisher: str | None) -> None:
        self._bodies, self._genre, self._voice, self._publisher = bodies, genre, voice, publisher
        self._last: tuple[int, Actor] | None = None
        self._heard: Actor | None = None
        self._lists: dict[tuple[tuple[str, ...], str], Actor | None] = {}

    def agent(self, passage: Passage, s: Setting, kind: StatementType) -> Actor | None:
        """The agent of a statement, or None where nothing in the text or around it tells."""
        # an outcome names whom it is for; who pursues it is the body of the section or document
        wished = kind is StatementType.OUTCOME or (kind is StatementType.OBJECTIVE and s.place is Place.VISION)
        found = self._around(passage) if wished else None
        found = found or self._reported(passage, s) or self._grammatical(passage, s) or self._around(passage)
        if found is not None and s.frame is not None and s.frame.voice and s.frame.voice.lower() not in lx.ANAPHORS:
            self._heard = found
        if found is not None and s.clause.subject.lower() not in lx.ANAPHORS:
            self._last = (passage.paragraph, found)
        return found

    def speaker(self, passage: Passage, asked: str) -> Actor | None:
        """Who asks, where the sentence names only who is asked: the body of section or document, if another."""
        found = self._around(passage)
        return found._replace(how="who asks") if found is not None and found.name != asked else None

    def _reported(self, passage: Passage, s: Setting) -> Actor | None:
        quotes = s.frame is not None and s.frame.inner is not None and s.frame.frame is not Frame.CALL
        if quotes and self._genre is not Genre.VOICES:
            return None
        if s.frame is not None and s.frame.voice and s.frame.frame is not Frame.PROMISE:
            voice = clean(s.frame.voice)
            if voice.lower() in lx.ANAPHORS and self._heard:
                return self._heard
            if self._voice and _generic(voice):
                return Actor(self._voice, None, "voice")
            return named(self._bodies, passage, s.frame.voice, "voice") or Actor(voice, None, "voice")
        told = _ACCORDING.match(s.clause.lead)
        if told:
            return named(self._bodies, passage, told.group(1), "voice") or Actor(clean(told.group(1)), None, "voice")
        closing = any(p in (Place.CONCLUSION, Place.CONTEXT) for p in s.places)
        promises = s.frame is not None and s.frame.frame is Frame.PROMISE
        acts = s.subject in _ACTING and (promises or s.clause.modal in ("will", "shall"))
        if self._voice and self._genre is Genre.VOICES and not closing and not acts:
            return Actor(self._voice, None, "voice of the report")
        return None

    def _grammatical(self, passage: Passage, s: Setting) -> Actor | None:
        clause = s.clause
        if clause.shape is Shape.INFINITIVE and clause.subject:
            return self._of_clause(passage, clause, clause.subject, subject_class(clause, is_body=False))
        if clause.shape is not Shape.FINITE and s.lead_clause is not None:
            return self._of_lead_in(passage, s.lead_clause)
        if clause.shape is not Shape.FINITE:
            return None
        if clause.subject.lower() in lx.ANAPHORS:
            if self._last and clause.subject.lower() not in ("there", "this", "these", "those"):
                return self._last[1]
            return None
        return self._of_clause(passage, clause, clause.subject, s.subject)

    def _of_lead_in(self, passage: Passage, lead: Clause) -> Actor | None:
        """The agent of a list, settled at its first item; "They will:" goes on with the agent before the list."""
        key = (passage.section, lead.text)
        if key not in self._lists:
            found: Actor | None = None
            if lead.subject.lower() in lx.ANAPHORS:
                found = self._last[1] if self._last else None
            elif lead.subject:
                found = self._of_clause(passage, lead, lead.subject, subject_class(lead, is_body=False))
            self._lists[key] = found
        return self._lists[key]

    def _of_clause(self, passage: Passage, clause: Clause, subject: str, kind: Subject) -> Actor | None:
        if (
            clause.shape is Shape.FINITE
            and clause.verb == "be"
            and re.search(r"\b(?:coordinator|secretariat|chair|lead)\b", subject, re.I)
        ):
            predicate = named(self._bodies, passage, clause.predicate.rstrip("."), "identified with")
            if predicate is not None and clause.predicate[:1].isupper():
                return predicate
        by = by_phrase(clause) if clause.passive and kind is Subject.MEMBERS else None
        doer = named(self._bodies, passage, by.group("who"), "by-phrase") if by else None
        if doer is not None:
            return doer
        if kind is Subject.MEMBERS or (
            re.search(r"\bmembers\b", head_of(subject), re.I) and " and its members" not in subject
        ):
            return Actor(
                clean(re.split(r"\s+of\s+", head_of(subject))[0])
                if " of " in subject and len(clean(head_of(subject)).split()) > 6
                else clean(head_of(subject)),
                None,
                "subject",
            )
        if kind in (Subject.RULED, Subject.THING, Subject.OWN_WORK) and (
            clause.passive or _TO_BE.match(clause.predicate)
        ):
            by = by_phrase(clause)
            doer = named(self._bodies, passage, by.group("who"), "by-phrase") if by else None
            if doer is not None:
                return doer
        possessor = _POSSESSIVE.match(subject)
        if possessor:
            found = named(self._bodies, passage, possessor.group("who"), "possessor")
            if found is not None:
                return found
        suffers = clause.passive and kind is Subject.PEOPLE
        if (not suffers and not possessor) or kind in (Subject.ROLE, Subject.GROUP, Subject.BODY):
            found = named(self._bodies, passage, subject, "subject")
            if found is not None:
                return found
        holder = _HOLDER.search(subject) if kind is Subject.ROLE else None
        if holder:
            found = named(self._bodies, passage, holder.group("who"), "office")
            if found is not None:
                return found
        if kind is Subject.ROLE:
            return Actor(clean(head_of(subject)), None, "subject")
        if clause.passive or clause.predicate.startswith("to be "):
            by = by_phrase(clause)
            found = named(self._bodies, passage, by.group("who"), "by-phrase") if by else None
            if found is not None:
                return found
        for phrase in _of_phrases(subject):
            found = named(self._bodies, passage, phrase, "of-phrase")
            if found is not None:
                return found
        head = clean(head_of(subject))
        if kind in (Subject.ACTOR, Subject.GROUP) or (
            len(head) > 1 and head.isupper() and " " not in head and self._genre is not Genre.PLAN
        ):
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
            return named(self._bodies, passage, self._publisher, "publisher") or Actor(
                self._publisher, None, "publisher"
            )
        return self._last[1] if self._last and self._last[0] == passage.paragraph else None


def _of_phrases(subject: str) -> list[str]:
    """What follows "of" in a subject, longest first: "the Network on Migration in X" before "the Network"."""
    whole = re.search(r"\bof (?P<who>(?:the )?[^,.;:()]{2,120})", subject)
    if whole is None:
        return []
    who = whole.group("who").strip()
    cuts = [m.start() for m in re.finditer(r" (?:and|to|in|on|for|through|with|at|under|is|are)\b", who)]
    return [who, *(who[:cut] for cut in reversed(cuts))]


def _generic(voice: str) -> bool:
    words = voice.lower().split()
    return len(words) <= 3 and any(w in lx.GENERIC_VOICES for w in words)


def dominant_voice(texts: tuple[str, ...]) -> str | None:
    """The word for those heard that a report uses most as subject of reporting verbs, or None.

    Ties go to the word that comes first in the alphabet.
    """
    counts: dict[str, int] = {}
    for text in texts:
        for hit in _VOICE.finditer(text):
            word = hit.group(1).capitalize()
            counts[word] = counts.get(word, 0) + 1
    return max(sorted(counts), key=lambda w: counts[w], default=None)
