"""The type of a statement: a visible list of weighted features, and the highest sum wins.

Each feature names what it looks for, gives the words that it saw, and says for which types that speaks and how much.
Weights are round numbers set by hand from how such texts are written; none was fitted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.statements import lexicon as lx
from ingest.statements.context import Genre, Place
from ingest.statements.frames import Frame
from ingest.statements.grammar import Shape, Tense
from ingest.statements.setting import Setting, Subject, is_process
from ontology.model import Modality, PassageKind, Reason, StatementType

REC, COM, FUN = StatementType.RECOMMENDATION, StatementType.COMMITMENT, StatementType.FUNCTION
OBJ, OUT, PRI = StatementType.OBJECTIVE, StatementType.OUTCOME, StatementType.PRINCIPLE
DEC, OBS = StatementType.DECISION_RULE, StatementType.OBSERVATION

Weights = Mapping[StatementType, float]


@dataclass(frozen=True, slots=True)
class Feature:
    """`test` returns the words that it saw and the weights that they carry, or None."""

    name: str
    test: Callable[[Setting], tuple[str, Weights] | None]


_LEAD_TYPES = {
    Place.OBJECTIVES: OBJ, Place.FUNCTIONS: FUN, Place.PRINCIPLES: PRI, Place.DECISIONS: DEC,
    Place.RECOMMENDATIONS: REC, Place.COMMITMENTS: COM, Place.OUTCOMES: OUT,
}
_NUMBERED_TYPES = {
    "outcome": OUT, "output": OUT, "result": OUT, "objective": OBJ, "goal": OBJ, "target": OBJ, "priority": OBJ,
    "pillar": OBJ, "recommendation": REC, "commitment": COM, "principle": PRI, "action": COM, "activity": COM,
}
_ROLE_VERB = re.compile(
    r"\b(?:(?:serve|serves|act|acts|acting|served|functions?) as|(?:responsible|responsibility) for|co-?leads?|co-?led|"
    r"co-?chair(?:s|ed)?|(?:is|are|be) (?:chaired|led|staffed|hosted|headed|tasked|mandated)|tasked with|mandated to|"
    r"in charge of|(?:is|are|be) (?:the )?(?:co-lead|chair|co-chair|secretariat|lead agency|coordinator)|chairs|"
    r"serve in (?:this|that|the) capacity)\b", re.I)
_COMPOSED = re.compile(
    r"\b(?:consists? of|compris(?:e|es|ed|ing)|composed of|drawn from|open to|made up of|up to \w+ members|constitute)\b", re.I)
_RULE_WORDS = re.compile(
    r"\b(?:by consensus|consensus|quorum|majority|unanim\w+|simple vote|casting vote|vote|prior approval|rotat\w+|"
    r"no-objection|term of \w+ years?|upon the agreement|subject to|eligible)\b", re.I)
_REGULARLY = re.compile(
    r"\b(?:quarterly|annually|biannually|bi-annually|monthly|weekly|twice|once|biennially|at least|every \w+|per year|a year)\b", re.I)
_PRINCIPLE_WORDS = re.compile(
    r"\b(?:principles?|rights-based|people-cent(?:re|er)ed|gender-(?:responsive|sensitive)|child-sensitive|area-based|"
    r"conflict-sensitive|do no harm|whole-of-\w+|non-discriminat\w+|inclusive|transparen\w+|accountab\w+|participatory|"
    r"adherence|right to|confidential\w*|impartial\w*|evidence-based|community-based)\b", re.I)
_MANNER_VERBS = frozenset("employ adopt utilise utilize apply follow mainstream govern guide drive design respect adhere pay".split())
_AMBITION = re.compile(r"\b(?:aims? (?:to|at)|(?:objectives?|goals?|aims?|purposes?|mission|ambition)\b[^.]{0,90}\b(?:is|are|were|was) (?:to|that)|"
                       r"strives? to|established to|set up to)\b", re.I)
_PROMISING = re.compile(r"\b(?:intends? to|plans? to|planning to|(?:is|are) committed to|commits? to|pledges? to|undertakes? to|"
                        r"is determined to)\b", re.I)
_LEGAL = re.compile(r"\b(?:shall be represented|in full respect|without prejudice|in accordance with its rules)\b", re.I)
_BOILERPLATE_BE = frozenset(["opportunity", "platform", "forum"])


def _lead_in(s: Setting) -> tuple[str, Weights] | None:
    if s.lead_clause is None:
        return None
    bare = s.clause.shape is not Shape.FINITE
    if bare and s.lead_clause.tense in (Tense.PAST, Tense.PERFECT) and s.lead not in (Place.OBJECTIVES, Place.RECOMMENDATIONS):
        return "past lead-in", {OBS: 5}
    if s.lead is None:
        will = s.lead_clause.modal in ("will", "shall", "would")
        return (s.lead_clause.modal, {FUN: 2.0, COM: 1.5}) if bare and will else None
    return f"lead-in: {s.lead.value}", {_LEAD_TYPES[s.lead]: 5.0 if bare else 3.0}


def _lead_subject(s: Setting) -> tuple[str, Weights] | None:
    return ("role in the lead-in", {FUN: 1.5}) if s.lead_clause is not None and s.subject is Subject.ROLE and (
        s.clause.shape is not Shape.FINITE) else None


def _numbered(s: Setting) -> tuple[str, Weights] | None:
    kind = _NUMBERED_TYPES.get(s.clause.numbered)
    return (s.clause.label, {kind: 7}) if kind else None


def _bare_section(s: Setting) -> tuple[str, Weights] | None:
    if s.clause.shape is Shape.FINITE:
        return None
    kind = next((k for p in s.places if (k := _LEAD_TYPES.get(p) or (FUN if p is Place.ROLE else OBJ if p is Place.VISION else None))), None)
    return (f"section: {s.places[0].value}", {kind: 3.0}) if kind else None


def _bare(s: Setting) -> tuple[str, Weights] | None:
    shape = s.clause.shape
    if shape is Shape.MEANS:
        return "through …", {COM: 3.5}
    if shape is Shape.INFINITIVE:
        if s.genre is Genre.VOICES:
            return s.clause.verb, {REC: 3.0}
        return s.clause.verb, {OBJ: 2.5 if s.genre is Genre.PLAN else 1.8, FUN: 1.5, COM: 1.5, REC: 1.5}
    if shape is Shape.GERUND and s.in_list:
        return s.clause.verb, {FUN: 2.0, OBS: 0.5}
    return None


def _section(s: Setting) -> tuple[str, Weights] | None:
    if s.clause.shape is not Shape.FINITE or not s.places:
        return None
    place = s.places[0]
    past = s.clause.tense in (Tense.PAST, Tense.PERFECT)
    moving = s.modality not in (None, Modality.PRESENT)
    weights: dict[Place, Weights] = {
        Place.RECOMMENDATIONS: {REC: 2.5 if moving else 0.5},
        Place.DECISIONS: {DEC: 3.5},
        Place.PRINCIPLES: {PRI: 3.5 if s.clause.label or s.in_list else 1.5},
        Place.CROSSCUTTING: {} if moving else {PRI: 1.5 if s.subject in (Subject.TEXT, Subject.GROUP) else 2.5},
        Place.OBJECTIVES: {OBJ: 1.0 if moving else 0.8},
        Place.VISION: {OBJ: 4.0},
        Place.OUTCOMES: {OUT: 1.5},
        Place.MEETINGS: {DEC: 0.8, COM: 0.5},
        Place.FUNCTIONS: {FUN: 1.5},
        Place.ROLE: {FUN: 2.0 if s.genre is not Genre.PLAN else 0.5},
        Place.MEMBERSHIP: {DEC: 1.0 if s.genre is Genre.MANDATE else 0.3},
        Place.COMMITMENTS: {COM: 1.5 if moving else 0.5},
        Place.CONTEXT: {OBS: 1.0},
        Place.CONCLUSION: {},
    }
    found = weights.get(place) or {}
    return None if past or not found else (f"section: {place.value}", found)


def _framed(s: Setting) -> tuple[str, Weights] | None:
    if s.frame is None:
        return None
    word = s.frame.word
    if s.frame.frame is Frame.CALL:
        return word, {REC: 7}
    if s.frame.frame is Frame.PROMISE:
        past = s.genre is Genre.MANDATE and s.outer.tense is Tense.PAST
        return word, {COM: 3} if past else {COM: 6}
    if s.frame.inner is not None:
        return (word, {REC: 1.0}) if s.frame.frame is Frame.STRESS else None
    if s.frame.frame is Frame.STRESS:
        return word, {REC: 6}
    return word, {OBS: 5}


def _obliged(s: Setting) -> tuple[str, Weights] | None:
    m = s.modality
    if m is Modality.SHOULD:
        if s.genre is Genre.MANDATE:
            return s.clause.modal or s.clause.participle, {REC: 2.5, FUN: 1.5 if s.subject is Subject.ROLE else 0.5, DEC: 1.5}
        return s.clause.modal or s.clause.participle, {REC: 5}
    if m is Modality.CALL:
        return s.clause.participle, {REC: 6}
    if m is Modality.MUST:
        return s.clause.modal, {DEC: 3, COM: 1} if s.genre is Genre.MANDATE else {REC: 5}
    if m is Modality.NEED:
        strong = 2.5 if s.genre is Genre.MANDATE else 4.5
        return s.need or "need", {REC: strong}
    return None


def _will(s: Setting) -> tuple[str, Weights] | None:
    if s.modality not in (Modality.WILL, Modality.SHALL):
        return None
    word, subject = s.clause.modal or "is to", s.subject
    if s.genre is Genre.VOICES:
        acting = subject in (Subject.BODY, Subject.ROLE, Subject.MEMBERS, Subject.GROUP)
        if is_process(s.clause.subject) and not acting and _harm(s):
            return word, {OBS: 3}
        return word, {COM: 4} if acting else {REC: 2.5, COM: 1.0}
    if s.genre is Genre.PLAN:
        if is_process(s.clause.subject) and subject in (Subject.THING, Subject.PEOPLE):
            return word, {OBS: 3}
        return word, {COM: 4}
    by_subject: dict[Subject, Weights] = {
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
    return word, by_subject.get(subject, {DEC: 2.2, COM: 2})


def _could(s: Setting) -> tuple[str, Weights] | None:
    if s.modality not in (Modality.COULD, Modality.MAY):
        return None
    word = s.clause.modal
    if s.genre is Genre.MANDATE:
        return word, {COM: 2.5, FUN: 1.5, DEC: 2.4} if word == "could" else {DEC: 4, FUN: 1.5}
    good = not _harm(s) and (s.clause.verb in lx.CONSTRUCTIVE or s.clause.participle in lx.CONSTRUCTIVE or _done(s))
    if s.genre is Genre.PLAN:
        owner = s.subject in (Subject.BODY, Subject.OWN_WORK, Subject.ROLE, Subject.MEMBERS)
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


def _harms(s: Setting) -> tuple[str, Weights] | None:
    if s.clause.modal and s.modality is not Modality.SHOULD and _harm(s) and s.subject not in (Subject.BODY, Subject.ROLE):
        return "harm", {OBS: 2.0}
    return None


def _past(s: Setting) -> tuple[str, Weights] | None:
    if s.frame is not None and s.frame.frame is not Frame.NOTE:
        return None
    if s.need or s.clause.shape is not Shape.FINITE or s.clause.modal:
        return None
    if s.clause.tense is Tense.PAST:
        return "past tense", {OBS: 5}
    if s.clause.tense is Tense.PERFECT:
        return "perfect", {OBS: 2.5 if s.subject in (Subject.BODY, Subject.ROLE) else 4}
    return None


def _present(s: Setting) -> tuple[str, Weights] | None:
    c = s.clause
    if c.shape is not Shape.FINITE or c.modal or s.need or s.frame is not None or s.modality not in (None, Modality.PRESENT):
        return None
    acting = s.subject in (Subject.BODY, Subject.ROLE, Subject.MEMBERS)
    if c.tense is Tense.PROGRESSIVE:
        mine = acting or s.subject is Subject.OWN_WORK
        return "progressive", {COM: 3.5} if mine and s.genre is not Genre.VOICES else {OBS: 2.5}
    if c.tense is not Tense.PRESENT:
        return None
    if c.verb in ("be", "have", "remain", "face", "lack", "host", "become", "belong"):
        return c.verb, {OBS: 3.0}
    if c.passive:
        ruled = s.subject in (Subject.RULED, Subject.GROUP) and s.genre is Genre.MANDATE
        if s.subject is Subject.OWN_WORK:
            return c.participle, {OBS: 2.5, PRI: 1.5}
        return c.participle, {DEC: 3.0} if ruled else {OBS: 2.5}
    if acting and s.genre is not Genre.VOICES:
        loose = c.verb in ("collaborate", "recognise", "recognize", "acknowledge", "note", "believe", "welcome", "consider")
        return c.verb, {OBS: 2.5} if loose else {FUN: 3.5}
    if s.subject is Subject.GROUP and s.genre is Genre.MANDATE:
        return c.verb, {DEC: 2.0, FUN: 2.2}
    if s.subject is Subject.OWN_WORK and s.genre is Genre.PLAN:
        return c.verb, {PRI: 1.5, OBS: 2.2, COM: 1.2}
    return c.verb, {OBS: 2.5}


def _continues(s: Setting) -> tuple[str, Weights] | None:
    """"This includes …" goes on with the statement before it."""
    c = s.clause
    start = c.text[c.subject_start:].lower()
    if s.previous in (None, OBS) or c.modal or not (
            start.startswith(("this includes", "these include", "it includes", "this involves", "this encompasses",
                              "a critical component of this", "a key component of this", "this will include"))):
        return None
    return "this includes", {s.previous: 5.0} if s.previous is not None else {}


def _roles(s: Setting) -> tuple[str, Weights] | None:
    hit = _ROLE_VERB.search(s.clause.text[s.clause.subject_start:][:260])
    if hit is None or s.clause.tense is Tense.PAST or s.frame is not None or s.need:
        return None
    if s.clause.verb == "continue" or s.subject in (Subject.TEXT, Subject.PEOPLE) or s.modality in (Modality.MAY, Modality.COULD):
        return None
    near = hit.start() <= len(s.clause.subject) + 40
    if s.subject is Subject.MEMBERS:
        return hit.group(), {FUN: 0.5}
    joint = s.genre is Genre.PLAN and not s.clause.modal
    return (hit.group(), {FUN: 4.0 if joint or s.clause.modal or s.subject is Subject.ROLE else 3.0}) if near else None


def _ambition(s: Setting) -> tuple[str, Weights] | None:
    if s.clause.modal or s.clause.shape is not Shape.FINITE or s.clause.tense is Tense.PAST:
        return None
    if s.modality is Modality.INFINITIVE and s.clause.verb in ("aim", "strive", "be"):
        return s.clause.verb, {OBJ: 5}
    if s.modality is Modality.INFINITIVE:
        return s.clause.verb, {OBJ: 2.5, COM: 2.4}
    hit = _AMBITION.search(s.clause.text[s.clause.subject_start:][:200])
    return (hit.group(), {OBJ: 1.5}) if hit else None


def _promising(s: Setting) -> tuple[str, Weights] | None:
    if s.clause.tense is Tense.PAST or s.frame is not None and s.frame.frame is not Frame.PROMISE:
        return None
    text = s.clause.text[s.clause.subject_start:]
    hit = _PROMISING.search(text[:len(s.clause.subject) + 60])
    if hit is None:
        return None
    if "principle" in text[hit.end():hit.end() + 20]:
        return "committed to the principle", {PRI: 6}
    return hit.group(), {COM: 4.5}


def _planned(s: Setting) -> tuple[str, Weights] | None:
    c = s.clause
    return ("there are plans to", {COM: 5}) if c.subject.lower() == "there" and "plans to" in c.predicate[:30] else None


def _composed(s: Setting) -> tuple[str, Weights] | None:
    hit = _COMPOSED.search(s.clause.text[s.clause.subject_start:][:220])
    if hit is None or s.genre is not Genre.MANDATE or s.clause.tense is Tense.PAST:
        return None
    return hit.group(), {DEC: 4.0 if s.clause.modal else 2.0}


def _members_are(s: Setting) -> tuple[str, Weights] | None:
    c = s.clause
    if s.genre is Genre.MANDATE and c.verb == "be" and not c.modal and re.match(r"^(?:all|each|every|any)\b", c.subject, re.I):
        return c.subject.split()[0], {DEC: 4.0}
    return None


def _rules(s: Setting) -> tuple[str, Weights] | None:
    hit = _RULE_WORDS.search(s.clause.text) or _LEGAL.search(s.clause.text)
    if hit is None or s.genre in (Genre.VOICES, Genre.PLAN) or s.clause.tense is Tense.PAST:
        return None
    if s.clause.shape is not Shape.FINITE:
        return None
    return hit.group(), {DEC: 2.5}


def _meets(s: Setting) -> tuple[str, Weights] | None:
    if s.clause.verb not in ("meet", "convene", "hold") or s.genre is Genre.VOICES:
        return None
    hit = _REGULARLY.search(s.clause.predicate[:120])
    return (hit.group(), {COM: 1.0, DEC: 1.5}) if hit and s.modality is not None else None


def _principled(s: Setting) -> tuple[str, Weights] | None:
    c = s.clause
    hit = _PRINCIPLE_WORDS.search(c.text)
    if hit is None or c.tense is Tense.PAST or s.frame is not None or s.need or s.genre is Genre.VOICES:
        return None
    if c.verb == "have" and "right to" in c.predicate[:20]:
        return "right to", {PRI: 3.5}
    manner = c.verb in _MANNER_VERBS or c.verb in ("be", "") or hit.group() in (c.participle,) or c.participle.endswith("-based")
    own = s.subject in (Subject.OWN_WORK, Subject.BODY)
    if manner and own and (not c.modal or c.participle or c.verb == "be"):
        return hit.group(), {PRI: 3.0 if c.verb in _MANNER_VERBS or c.participle or c.modal else 1.0}
    return None


def _opportunity(s: Setting) -> tuple[str, Weights] | None:
    c = s.clause
    if c.verb == "be" and c.modal == "will" and c.predicate.split()[:2][-1:] and set(c.predicate.lower().split()[:4]) & _BOILERPLATE_BE:
        return "will be an opportunity", {OBS: 5}
    return None


def _footnote(s: Setting) -> tuple[str, Weights] | None:
    return ("footnote", {OBS: 1.0}) if s.kind is PassageKind.FOOTNOTE else None


def _labelled(s: Setting) -> tuple[str, Weights] | None:
    if not s.clause.label or s.clause.numbered:
        return None
    return (s.clause.label, {PRI: 1.5}) if Place.PRINCIPLES in (*s.places, s.lead) else None


FEATURES: tuple[Feature, ...] = (
    Feature("lead-in", _lead_in), Feature("lead subject", _lead_subject), Feature("numbered", _numbered),
    Feature("section of a list", _bare_section), Feature("bare", _bare), Feature("section", _section),
    Feature("frame", _framed), Feature("obligation", _obliged), Feature("will", _will), Feature("could", _could),
    Feature("harm", _harms), Feature("past", _past), Feature("present", _present), Feature("continues", _continues),
    Feature("role", _roles), Feature("ambition", _ambition), Feature("promise", _promising), Feature("plans", _planned),
    Feature("composition", _composed), Feature("membership", _members_are), Feature("rule", _rules),
    Feature("meeting", _meets), Feature("principle", _principled), Feature("opportunity", _opportunity),
    Feature("footnote", _footnote), Feature("label", _labelled),
)


def type_of(setting: Setting) -> tuple[StatementType, Reason]:
    """The type with the highest sum of weights (an observation where nothing speaks), and the reason."""
    sums: dict[StatementType, float] = dict.fromkeys(StatementType, 0.0)
    sums[OBS] = 1.0
    seen: list[tuple[str, Weights]] = []
    for feature in FEATURES:
        hit = feature.test(setting)
        if hit:
            seen.append(hit)
            for kind, weight in hit[1].items():
                sums[kind] += weight
    order = list(StatementType)
    ranked = sorted(sums, key=lambda k: (-sums[k], order.index(k)))
    best, second = ranked[0], ranked[1]
    margin = sums[best] - sums[second]
    confidence = round(min(0.97, 0.5 + 0.5 * math.tanh(margin / 4)), 3)
    words = tuple(dict.fromkeys(word for word, weights in seen if weights.get(best) and word))
    against = [word for word, weights in seen if weights.get(second) and word]
    runner = f"{second.value} ({sums[second]:.1f} against {sums[best]:.1f}"
    runner += f"; for it: {', '.join(dict.fromkeys(against))})" if against else "; nothing but its base weight)" if (
        sums[second]) else "; nothing speaks for it)"
    note = f"Typed {best.value.replace('_', ' ')} by {len(words)} signs of grammar and layout."
    return best, Reason("rules", confidence, round(sums[best], 2), words, runner, note)
