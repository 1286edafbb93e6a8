"""Features of layout: lead-ins, numbers, sections, items without a verb of their own."""

from __future__ import annotations

from ingest.statements.context import Genre, Place
from ingest.statements.frames import Frame
from ingest.statements.grammar import Shape, Tense
from ingest.statements.setting import Hit, Setting, Subject
from ontology.document import PassageKind
from ontology.model import Modality, StatementType

REC, COM, FUN = StatementType.RECOMMENDATION, StatementType.COMMITMENT, StatementType.FUNCTION
OBJ, OUT, PRI = StatementType.OBJECTIVE, StatementType.OUTCOME, StatementType.PRINCIPLE
DEC, OBS = StatementType.DECISION_RULE, StatementType.OBSERVATION

_LEAD_TYPES = {
    Place.OBJECTIVES: OBJ,
    Place.FUNCTIONS: FUN,
    Place.PRINCIPLES: PRI,
    Place.DECISIONS: DEC,
    Place.RECOMMENDATIONS: REC,
    Place.COMMITMENTS: COM,
    Place.OUTCOMES: OUT,
}
_NUMBERED_TYPES = {
    "outcome": OUT,
    "output": OUT,
    "result": OUT,
    "objective": OBJ,
    "goal": OBJ,
    "target": OBJ,
    "priority": OBJ,
    "pillar": OBJ,
    "recommendation": REC,
    "commitment": COM,
    "principle": PRI,
    "action": COM,
    "activity": COM,
}


def lead_in(s: Setting) -> Hit:
    if s.lead_clause is None:
        return None
    bare = s.clause.shape is not Shape.FINITE
    promised = s.lead_frame is not None and s.lead_frame.frame is Frame.PROMISE
    if bare and promised and s.lead_frame is not None and s.lead in (None, Place.COMMITMENTS):
        return s.lead_frame.word, {COM: 5.5}
    if (
        bare
        and s.lead_clause.tense in (Tense.PAST, Tense.PERFECT)
        and s.lead not in (Place.OBJECTIVES, Place.RECOMMENDATIONS, Place.DECISIONS)
    ):
        return "past lead-in", {OBS: 5}
    if s.lead is None:
        will = s.lead_clause.modal in ("will", "shall", "would")
        if not (bare and will):
            return None
        duties = s.genre is Genre.MANDATE
        return s.lead_clause.modal, {FUN: 2.0, COM: 1.5} if duties else {COM: 4.0}
    return f"lead-in: {s.lead.value}", {_LEAD_TYPES[s.lead]: 5.0 if bare else 3.0}


def lead_subject(s: Setting) -> Hit:
    return (
        ("role in the lead-in", {FUN: 1.5})
        if s.lead_clause is not None and s.subject is Subject.ROLE and (s.clause.shape is not Shape.FINITE)
        else None
    )


def numbered(s: Setting) -> Hit:
    kind = _NUMBERED_TYPES.get(s.clause.numbered)
    return (s.clause.label, {kind: 7}) if kind else None


def bare_section(s: Setting) -> Hit:
    if s.clause.shape is Shape.FINITE:
        return None
    kind = next(
        (
            k
            for p in s.places
            if (k := _LEAD_TYPES.get(p) or (FUN if p is Place.ROLE else OBJ if p is Place.VISION else None))
        ),
        None,
    )
    return (f"section: {s.places[0].value}", {kind: 3.0}) if kind else None


def bare(s: Setting) -> Hit:
    shape = s.clause.shape
    if shape is Shape.MEANS:
        return "through …", {COM: 3.5}
    if shape is Shape.INFINITIVE and s.clause.subject:
        return f"{s.clause.subject} to", {REC: 4.0} if s.place is Place.RECOMMENDATIONS else {COM: 4.0, REC: 1.0}
    if shape is Shape.INFINITIVE and s.kind is PassageKind.TABLE_ROW and s.genre is Genre.PLAN:
        return s.clause.verb, {COM: 5.0, FUN: 1.0}
    if shape is Shape.INFINITIVE and s.clause.tense is Tense.PRESENT and s.genre is not Genre.VOICES:
        return s.clause.verb, {FUN: 3.0}
    if shape is Shape.INFINITIVE and s.kind is PassageKind.TABLE_ROW:
        return s.clause.verb, {COM: 2.5, OBJ: 1.0}
    if shape is Shape.INFINITIVE:
        if s.genre is Genre.VOICES:
            return s.clause.verb, {REC: 3.0}
        return s.clause.verb, {OBJ: 2.5 if s.genre is Genre.PLAN else 1.8, FUN: 1.5, COM: 1.5, REC: 1.5}
    if shape is Shape.GERUND and s.in_list:
        return s.clause.verb, {FUN: 2.0, OBS: 0.5}
    return None


def section(s: Setting) -> Hit:
    if s.clause.shape is not Shape.FINITE or not s.places:
        return None
    place = s.places[0]
    past = s.clause.tense in (Tense.PAST, Tense.PERFECT)
    moving = s.modality not in (None, Modality.PRESENT)
    weights: dict[Place, dict[StatementType, float]] = {
        Place.RECOMMENDATIONS: {REC: 2.5 if moving else 0.5},
        Place.DECISIONS: {DEC: 3.5},
        Place.PRINCIPLES: {PRI: 3.5 if s.clause.label or s.in_list else 4.5},
        Place.CROSSCUTTING: {} if moving else {PRI: 1.5 if s.subject in (Subject.TEXT, Subject.GROUP) else 2.5},
        Place.OBJECTIVES: {OBJ: 1.0 if moving else 0.8},
        Place.VISION: {OBJ: 4.0},
        Place.OUTCOMES: {OUT: 4.0 if s.in_list and not moving else 1.5},
        Place.MEETINGS: {DEC: 0.8, COM: 0.5},
        Place.FUNCTIONS: {FUN: 0.8 if s.subject in (Subject.MEMBERS, Subject.BODY) else 1.5},
        Place.ROLE: {FUN: 2.0 if s.genre is not Genre.PLAN else 0.5},
        Place.MEMBERSHIP: {DEC: 1.0 if s.genre is Genre.MANDATE else 0.3},
        Place.COMMITMENTS: {COM: 1.5 if moving else 0.5},
        Place.CONTEXT: {OBS: 1.0},
        Place.CONCLUSION: {},
    }
    found = weights.get(place) or {}
    return None if past or not found else (f"section: {place.value}", found)


def footnote(s: Setting) -> Hit:
    return ("footnote", {OBS: 1.0}) if s.kind is PassageKind.FOOTNOTE else None


def labelled(s: Setting) -> Hit:
    if not s.clause.label or s.clause.numbered:
        return None
    return (s.clause.label, {PRI: 1.5}) if Place.PRINCIPLES in (*s.places, s.lead) else None
