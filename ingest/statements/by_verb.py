"""Features of the verb group: reported speech, modal verbs, tense."""

from __future__ import annotations

import re

from ingest.statements import lexicon as lx
from ingest.statements.context import Genre, Place
from ingest.statements.frames import Frame
from ingest.statements.grammar import Shape, Tense
from ingest.statements.setting import Hit, Setting, Subject, is_process
from ontology.model import Modality, StatementType

REC, COM, FUN = StatementType.RECOMMENDATION, StatementType.COMMITMENT, StatementType.FUNCTION
OBJ, OUT, PRI = StatementType.OBJECTIVE, StatementType.OUTCOME, StatementType.PRINCIPLE
DEC, OBS = StatementType.DECISION_RULE, StatementType.OBSERVATION
_GOES_ON = re.compile(
    r"(?:this|these|it|they) (?:also |will )?(?:includes?|involves?|encompass(?:es)?|comprises?|entails?)\b", re.I
)
_IF = re.compile(r"(?:if|unless|without|should)\b", re.I)
_USEFUL = re.compile(
    r"(?:\w+ )?(?:useful|desirable|advisable|helpful|beneficial|worthwhile|preferable|better) (?:to|if|that)\b"
)
_OF_THIS = re.compile(r"\bof (?:this|these)$", re.I)


def framed(s: Setting) -> Hit:
    if s.frame is None:
        return None
    word = s.frame.word
    if s.frame.frame is Frame.CALL:
        return word, {REC: 7}
    if s.frame.frame is Frame.PROMISE:
        told = s.outer.tense is Tense.PAST and s.place is Place.CONTEXT and s.genre is not Genre.VOICES
        return word, {OBS: 5, COM: 2} if told else {COM: 6}
    if s.frame.inner is not None:
        return (word, {REC: 1.0}) if s.frame.frame is Frame.STRESS else None
    if s.frame.frame is Frame.STRESS:
        return word, {REC: 6}
    return word, {OBS: 5}


def obliged(s: Setting) -> Hit:
    m = s.modality
    if s.clause.subject.lower() == "it" and s.clause.verb == "be" and _USEFUL.match(s.clause.predicate):
        return "useful to", {REC: 5}
    if m is Modality.SHOULD:
        if s.genre is Genre.MANDATE:
            return s.clause.modal or s.clause.participle, {
                REC: 2.5,
                FUN: 1.5 if s.subject is Subject.ROLE else 0.5,
                DEC: 1.5,
            }
        return s.clause.modal or s.clause.participle, {REC: 5}
    if m is Modality.SHALL and s.clause.participle in ("required", "obliged", "obligated"):
        return s.clause.participle, {DEC: 3}
    if m is Modality.CALL:
        return s.clause.participle, {REC: 6}
    if m is Modality.MUST and s.genre is Genre.OTHER and s.subject is Subject.RULED:
        return s.clause.modal, {DEC: 4.0}
    if m is Modality.MUST:
        return s.clause.modal, {DEC: 3, COM: 1} if s.genre is Genre.MANDATE else {REC: 5}
    if m is Modality.NEED:
        if s.genre is Genre.MANDATE and s.subject is Subject.RULED:
            return s.need or "need", {DEC: 4.0}
        strong = 2.5 if s.genre is Genre.MANDATE else 4.5
        return s.need or "need", {REC: strong}
    return None


def will(s: Setting) -> Hit:
    if s.modality not in (Modality.WILL, Modality.SHALL) or s.clause.shape is not Shape.FINITE:
        return None
    word, subject = s.clause.modal or "is to", s.subject
    if s.genre is not Genre.MANDATE and _IF.match(s.clause.lead) and subject in (Subject.THING, Subject.PEOPLE):
        return "if", {OBS: 4}
    if s.genre is Genre.VOICES:
        acting = subject in (Subject.BODY, Subject.ROLE, Subject.MEMBERS, Subject.GROUP, Subject.ACTOR, Subject.RULED)
        if is_process(s.clause.subject) and not acting and _harm(s):
            return word, {OBS: 3}
        return word, {COM: 4} if acting else {REC: 2.5, COM: 1.0}
    if s.genre is Genre.PLAN:
        if is_process(s.clause.subject) and subject in (Subject.THING, Subject.PEOPLE):
            return word, {OBS: 3}
        return word, {COM: 4}
    if s.genre is Genre.OTHER:
        if is_process(s.clause.subject) and subject in (Subject.THING, Subject.PEOPLE):
            return word, {OBS: 3}
        if subject in (Subject.THING, Subject.PEOPLE) and _harm(s):
            return word, {OBS: 4}
        if word == "would" and subject in (Subject.THING, Subject.PEOPLE, Subject.OWN_WORK):
            return word, {REC: 3, OBS: 1}
        ruled = subject is Subject.RULED or (word == "shall" and s.clause.passive)
        role = subject is Subject.ROLE
        return word, {COM: 3, DEC: 3.2} if ruled else {COM: 3.5, FUN: 2.5} if role else {COM: 4}
    if subject is Subject.MEMBERS and s.clause.passive:
        return word, {DEC: 3.2, COM: 2.5, FUN: 1}
    by_subject: dict[Subject, dict[StatementType, float]] = {
        Subject.ROLE: {FUN: 4, COM: 2, DEC: 1},
        Subject.MEMBERS: {COM: 3.5, FUN: 2.5, DEC: 1},
        Subject.GROUP: {DEC: 2.5, FUN: 2.2, COM: 2},
        Subject.BODY: {COM: 4, FUN: 2, DEC: 1},
        Subject.ACTOR: {COM: 3.5, FUN: 1.5},
        Subject.ANAPHOR: {COM: 3, FUN: 1.5},
        Subject.RULED: {DEC: 4.5},
        Subject.PEOPLE: {COM: 1.5, DEC: 1.5, OUT: 1},
        Subject.OWN_WORK: {COM: 3, DEC: 1.5},
    }
    ruled = s.clause.passive or s.clause.verb in ("be", "include", "consist", "cover", "encompass", "remain")
    return word, by_subject.get(subject, {DEC: 2.2, COM: 2} if ruled else {COM: 2.2, DEC: 2})


def could(s: Setting) -> Hit:
    if s.modality not in (Modality.COULD, Modality.MAY):
        return None
    word = s.clause.modal
    if s.clause.participle in ("found", "accessed", "downloaded"):
        return s.clause.participle, {OBS: 6}
    if s.genre is Genre.MANDATE and s.place is Place.CONTEXT and (_harm(s) or is_process(s.clause.subject)):
        return word, {OBS: 3}
    if s.genre is Genre.MANDATE:
        return word, {COM: 2.5, FUN: 1.5, DEC: 2.4} if word == "could" else {DEC: 4, FUN: 1.5}
    helps = s.clause.verb in lx.CONSTRUCTIVE or s.clause.participle in lx.CONSTRUCTIVE or _done(s)
    good = not _harm(s) and (
        helps
        or (s.subject in (Subject.BODY, Subject.ACTOR, Subject.ROLE) and word == "could" and s.clause.verb != "be")
        or (
            word == "could"
            and s.clause.verb not in ("have", "become", "include")
            and s.clause.predicate.split(" ", 1)[0] not in lx.DETERMINERS
        )
    )
    if good and s.place is Place.RECOMMENDATIONS:
        return word, {REC: 4.5}
    if s.genre is Genre.PLAN:
        owner = s.subject in (Subject.BODY, Subject.OWN_WORK, Subject.ROLE, Subject.MEMBERS)
        if good and helps and s.place is Place.COMMITMENTS:
            return word, {COM: 3.0, OBS: 1.0}
        return word, {COM: 3.0} if owner and good else {OBS: 3.0, REC: 1.0}
    weight = 4.5 if word == "could" else 3.0 if word in ("can", "may", "might") else 0.0
    if s.genre is Genre.OTHER:
        if word in ("may", "can") and s.subject in (Subject.RULED, Subject.MEMBERS, Subject.GROUP, Subject.ROLE):
            return word, {DEC: 3.5}
        weight -= 1.0
    return word, {REC: weight} if good else {OBS: 4.0}


def _done(s: Setting) -> bool:
    return bool(s.clause.passive and s.clause.participle not in lx.HARM_WORDS and s.clause.participle)


def _harm(s: Setting) -> bool:
    c = s.clause
    near = {c.verb, c.participle} | set(re.findall(r"[a-z-]+", c.predicate.lower()[:45]))
    return bool(near & lx.HARM_WORDS) and c.verb not in lx.CONSTRUCTIVE and c.participle not in lx.CONSTRUCTIVE


def harms(s: Setting) -> Hit:
    if (
        s.clause.modal
        and s.modality is not Modality.SHOULD
        and _harm(s)
        and s.subject not in (Subject.BODY, Subject.ROLE)
    ):
        return "harm", {OBS: 2.0}
    return None


def past(s: Setting) -> Hit:
    if s.frame is not None and s.frame.frame is not Frame.NOTE:
        return None
    if s.need or s.clause.shape is not Shape.FINITE or s.clause.modal:
        return None
    if s.clause.tense is Tense.PAST:
        return "past tense", {OBS: 5}
    if s.clause.tense is Tense.PERFECT:
        return "perfect", {OBS: 2.5 if s.subject in (Subject.BODY, Subject.ROLE) else 4}
    return None


def present(s: Setting) -> Hit:
    c = s.clause
    if (
        c.shape is not Shape.FINITE
        or c.modal
        or s.need
        or s.frame is not None
        or s.modality not in (None, Modality.PRESENT)
    ):
        return None
    acting = s.subject in (Subject.BODY, Subject.ROLE, Subject.MEMBERS)
    if c.tense is Tense.PROGRESSIVE:
        mine = acting or s.subject is Subject.OWN_WORK
        return "progressive", {COM: 3.5} if mine and s.genre is not Genre.VOICES else {OBS: 2.5}
    if c.tense is not Tense.PRESENT:
        return None
    if c.verb in ("be", "have", "remain", "face", "lack", "host", "become", "belong", "consist", "comprise"):
        return c.verb, {OBS: 3.0}
    if (
        s.genre is Genre.VOICES
        and (c.predicate if not c.passive else c.text[c.subject_start :]).lower().find(" best ", 0, 140) >= 0
        and (c.passive or c.verb == "be")
    ):
        return "best", {REC: 4.5}
    if c.passive:
        ruled = s.subject in (Subject.RULED, Subject.GROUP) and s.genre is Genre.MANDATE
        if s.subject is Subject.OWN_WORK:
            return c.participle, {OBS: 2.5, PRI: 1.5}
        return c.participle, {DEC: 3.0} if ruled else {OBS: 2.5}
    if acting and s.genre is not Genre.VOICES:
        loose = c.verb in (
            "collaborate",
            "recognise",
            "recognize",
            "acknowledge",
            "note",
            "believe",
            "establish",
            "create",
            "launch",
            "welcome",
        )
        if s.place is Place.CROSSCUTTING and not loose:
            return c.verb, {PRI: 2.5, FUN: 1.5}
        return c.verb, {OBS: 2.5} if loose else {FUN: 3.5}
    if s.subject is Subject.ACTOR and s.genre is Genre.MANDATE:
        return c.verb, {FUN: 3.0}
    if s.subject is Subject.GROUP and s.genre is Genre.MANDATE:
        return c.verb, {DEC: 2.0, FUN: 2.2}
    if s.subject is Subject.OWN_WORK and s.genre is Genre.PLAN:
        return c.verb, {PRI: 1.5, OBS: 2.2, COM: 3.0 if s.place is Place.COMMITMENTS else 1.2}
    return c.verb, {OBS: 2.5}


def continues(s: Setting) -> Hit:
    """A sentence like "This includes …" goes on with the statement before it."""
    c = s.clause
    if s.previous in (None, OBS) or c.modal not in ("", "will"):
        return None
    hit = _GOES_ON.match(c.text[c.subject_start :]) or _OF_THIS.search(c.subject)
    return ("this includes", {s.previous: 5.0}) if hit and s.previous is not None else None
