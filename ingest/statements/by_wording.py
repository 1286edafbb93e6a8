"""Features of wording: roles, aims, promises, composition, rules of decision, principles."""

from __future__ import annotations

import re

from ingest.caseless import Caseless
from ingest.statements.context import Genre, Place
from ingest.statements.frames import Frame
from ingest.statements.grammar import Shape, Tense
from ingest.statements.setting import Hit, Setting, Subject, head_of
from ontology.model import Modality, StatementType

REC, COM, FUN = StatementType.RECOMMENDATION, StatementType.COMMITMENT, StatementType.FUNCTION
OBJ, OUT, PRI = StatementType.OBJECTIVE, StatementType.OUTCOME, StatementType.PRINCIPLE
DEC, OBS = StatementType.DECISION_RULE, StatementType.OBSERVATION

_ROLE_VERB = Caseless(
    r"\b(?:(?:serve|serves|act|acts|acting|served|functions?) as|(?:responsible|responsibility) for|"
    r"(?:is|are|be) (?:chaired|led|staffed|governed|supervised|hosted|headed|tasked|mandated)|tasked with"
    r"|mandated to|"
    r"(?:has|have) (?:the|a) (?:mandate|task|duty|role) (?:to|of)|"
    r"in charge of|(?:is|are|be) (?:the )?(?:co-lead|chair|co-chair|secretariat|lead agency|coordinator)|"
    r"serve in (?:this|that|the) capacity)\b"
)
_COMPOSED = Caseless(
    r"\b(?:consists? of|compris(?:e|es|ed|ing)|composed of|drawn from|open to|"
    r"made up of|up to \w+ members|constitute)\b"
)
_RULE_WORDS = Caseless(
    r"\b(?:by consensus|consensus|quorum|majority|right to vote|vote\b|no-objection|one vote|unanim\w+"
    r"|simple vote|casting vote|vote|prior approval|rotat\w+|"
    r"no-objection|term of \w+ years?|upon the agreement|subject to|eligible|re-?elected|"
    r"renewable|(?:serves?|appointed|elected) for)\b"
)
_REGULARLY = re.compile(
    r"\b(?:quarterly|annually|biannually|bi-annually|monthly|weekly|twice|once|biennially|at least|"
    r"every \w+|per year|a year)\b",
    re.I,
)
_PRINCIPLE_WORDS = Caseless(
    r"\b(?:principles?|rights-based|people-cent(?:re|er)ed|gender-(?:responsive|sensitive)|child-sensitive"
    r"|area-based|"
    r"conflict-sensitive|do no harm|whole-of-\w+|non-discriminat\w+|inclusive|transparen\w+|accountab\w+"
    r"|participatory|"
    r"adherence|right to|confidential\w*|impartial\w*|evidence-based|community-based)\b"
)
_MANNER_VERBS = frozenset(
    [
        "employ",
        "adopt",
        "utilise",
        "utilize",
        "apply",
        "follow",
        "mainstream",
        "govern",
        "guide",
        "drive",
        "design",
        "respect",
        "adhere",
        "pay",
    ]
)
_AMBITION = Caseless(
    r"\b(?:aims? (?:to|at)|(?:objectives?|goals?|aims?|purposes?|mission|ambition)\b[^.]{0,90}"
    r"\b(?:is|are|were|was) (?:to|that)|"
    r"strives? to|established to|set up to)\b"
)
_PROMISING = Caseless(
    r"\b(?:intends? to|plans? to|planning to|(?:is|are) committed to|commits? to|pledges? to|undertakes? to|"
    r"is determined to)\b"
)
_LEGAL = Caseless(
    r"\b(?:shall be represented|in full respect|without prejudice|in accordance with its rules"
    r"|enters? into force|takes? effect|rotates?|casting vote)\b"
)
_BOILERPLATE_BE = frozenset(["opportunity", "platform", "forum"])
_STRONG_RULES = frozenset(
    [
        "by consensus",
        "quorum",
        "majority",
        "re-elected",
        "reelected",
        "renewable",
        "serve for",
        "serves for",
        "unanimity",
        "unanimously",
        "casting vote",
    ]
)
_OVERDUE = re.compile(r"(?:long |much |far )?overdue\b|(?:sorely |badly |still )?(?:missing|lacking)\b")
_PREAMBLE = re.compile(
    r"(?:whereas|recalling|considering|mindful|noting|recognising|recognizing|having (?:regard|considered|in mind)|"
    r"bearing in mind|convinced|reaffirming|in view of|in exercise of|pursuant to the powers)\b(?! the group)",
    re.I,
)
_DECIDING = re.compile(
    r"\b(?:decisions?|decides?|decided|agreements?|vot(?:e|es|ing)|amendments?|changes|approv\w+)\b", re.I
)
_DUTY = re.compile(r"\b(?:roles?|functions?|tasks?|dut(?:y|ies)|responsibilit(?:y|ies)|remit|mandate)\b", re.I)
_LEADING = frozenset(["co-lead", "co-chair", "chair"])


def roles(s: Setting) -> Hit:
    if (
        s.clause.verb in _LEADING
        and s.clause.tense is not Tense.PAST
        and s.clause.shape is Shape.FINITE
        and s.frame is None
    ):
        return (s.clause.verb, {FUN: 4.0}) if s.modality not in (Modality.MAY, Modality.COULD) else None
    heard = s.frame is not None and s.frame.inner is None
    if s.clause.tense is Tense.PAST or heard or s.need or s.clause.verb == "continue":
        return None
    if s.subject in (Subject.TEXT, Subject.PEOPLE) or s.modality in (Modality.MAY, Modality.COULD):
        return None
    start = s.clause.subject_start
    hit = _ROLE_VERB.search(s.clause.text, start, start + len(s.clause.subject) + 80)
    if hit is None:
        return None
    near = hit.start() - start <= len(s.clause.subject) + 40
    words = s.clause.text[hit.start() : hit.end()]
    if s.subject is Subject.MEMBERS:
        return words, {FUN: 0.5}
    if near and s.clause.verb == "have":
        return words, {FUN: 5.0}
    joint = s.genre is Genre.PLAN and not s.clause.modal
    if near and s.clause.modal and hit.group().endswith(" as"):
        return words, {FUN: 5.0}
    return (words, {FUN: 4.0 if joint or s.clause.modal or s.subject is Subject.ROLE else 3.0}) if near else None


def ambition(s: Setting) -> Hit:
    duty = s.clause.verb == "be" and s.clause.predicate.startswith("to ") and _DUTY.search(head_of(s.clause.subject))
    if (s.clause.modal and not duty) or s.clause.shape is not Shape.FINITE or s.clause.tense is Tense.PAST:
        return None
    if duty:
        return s.clause.subject, {FUN: 5.5}
    if s.modality is Modality.INFINITIVE and s.clause.verb in ("aim", "strive", "be"):
        return s.clause.verb, {OBJ: 5}
    if s.modality is Modality.INFINITIVE:
        return s.clause.verb, {OBJ: 2.5, COM: 2.4}
    words = _AMBITION.words(s.clause.text[s.clause.subject_start :][:200])
    return (words, {OBJ: 1.5}) if words else None


def promising(s: Setting) -> Hit:
    if s.clause.tense is Tense.PAST or (s.frame is not None and s.frame.frame is not Frame.PROMISE):
        return None
    text = s.clause.text[s.clause.subject_start + len(s.clause.subject) :]
    hit = _PROMISING.search(text[:60])
    if hit is None or s.subject is Subject.TEXT or re.search(r"\b(?:how|what|that|which|who)\b", text[: hit.start()]):
        return None
    if "principle" in text[hit.end() : hit.end() + 20]:
        return "committed to the principle", {PRI: 6}
    return text[hit.start() : hit.end()], {COM: 4.5}


def preamble(s: Setting) -> Hit:
    """ "Whereas …", "Recalling …": grounds of what follows, said by nobody to do anything."""
    hit = _PREAMBLE.match(s.clause.text)
    return (hit.group(), {OBS: 9.0}) if hit else None


def wishes(s: Setting) -> Hit:
    """ "X may wish to …" asks politely."""
    polite = s.clause.modal in ("may", "might") and s.clause.verb in ("wish", "want", "consider")
    return ("may wish to", {REC: 7.0}) if polite else None


def created_to(s: Setting) -> Hit:
    """ "has been created to …" under a heading that announces a purpose."""
    c = s.clause
    begun = c.participle in ("created", "established", "formed", "launched", "founded", "constituted", "set")
    aims = re.match(r"(?:up )?(?:in order )?to [a-z]", c.predicate)
    if not (begun and c.passive and aims):
        return None
    return c.participle, {OBJ: 6.5 if Place.OBJECTIVES in s.places[:1] else 3.0}


def wants(s: Setting) -> Hit:
    """ "Through this programme the agency wants …"."""
    if s.clause.verb == "hope" and s.clause.tense is Tense.PRESENT and s.clause.predicate.startswith("to "):
        return "hope", {COM: 4.5}
    hit = s.clause.verb in ("want", "wish", "hope") and s.clause.tense is Tense.PRESENT and not s.clause.modal
    return (s.clause.verb, {OBJ: 4.5}) if hit and s.genre is not Genre.VOICES and s.frame is None else None


def please(s: Setting) -> Hit:
    """ "Please send …"."""
    return ("please", {REC: 7.0}) if s.clause.text.lstrip("*_ \"“").startswith("Please ") else None


def overdue(s: Setting) -> Hit:
    """What those heard want, or find overdue or missing."""
    c = s.clause
    heard = s.genre is Genre.VOICES and c.shape is Shape.FINITE and not c.modal and c.tense is Tense.PRESENT
    if heard and c.verb == "want" and s.subject in (Subject.PEOPLE, Subject.ACTOR, Subject.MEMBERS, Subject.GROUP):
        return "want", {REC: 5.0}
    return ("overdue", {REC: 5.0}) if heard and c.verb == "be" and _OVERDUE.match(c.predicate) else None


def planned(s: Setting) -> Hit:
    c = s.clause
    return ("there are plans to", {COM: 5}) if c.subject.lower() == "there" and "plans to" in c.predicate[:30] else None


def composed(s: Setting) -> Hit:
    if s.genre is not Genre.MANDATE or s.clause.tense is Tense.PAST:
        return None
    words = _COMPOSED.words(s.clause.text[s.clause.subject_start :][:220])
    if not words:
        return None
    return words, {DEC: 6.0 if s.clause.modal else 3.5 if s.subject in (Subject.RULED, Subject.ROLE) else 2.0}


def members_are(s: Setting) -> Hit:
    c = s.clause
    if (
        s.genre is Genre.MANDATE
        and (c.verb == "be" or c.passive)
        and c.tense is Tense.PRESENT
        and not c.modal
        and re.match(r"^(?:all|each|every|any)\b", c.subject, re.I)
    ):
        return c.subject.split()[0], {DEC: 4.0}
    return None


def decides(s: Setting) -> Hit:
    """An operative paragraph of a resolution ("Decides to convene …")."""
    c = s.clause
    bare = c.shape is Shape.INFINITIVE and c.tense is Tense.PRESENT
    return (c.verb, {DEC: 5.0}) if bare and c.verb in ("decide", "establish", "adopt", "resolve", "approve") else None


def restricts(s: Setting) -> Hit:
    if s.genre is not Genre.MANDATE or not s.clause.modal:
        return None
    end = s.clause.subject_start + len(s.clause.subject)
    forced = " have to " in s.clause.text[end : end + 40]
    none = s.clause.negated or s.clause.subject.lower().startswith("not ")
    return ("have to" if forced else "not", {DEC: 2.5}) if forced or none else None


def identified(s: Setting) -> Hit:
    """ "The Chair of the platform is the Ministry of …": a role and who holds it."""
    c = s.clause
    if c.verb != "be" or c.tense is not Tense.PRESENT or c.modal or s.subject is not Subject.ROLE:
        return None
    return (
        (c.subject, {FUN: 5.0})
        if c.predicate[:1].isupper() or c.predicate.startswith(("the Ministry", "the Government"))
        else None
    )


def rules(s: Setting) -> Hit:
    if s.genre in (Genre.VOICES, Genre.PLAN) or s.clause.tense is Tense.PAST or s.clause.shape is not Shape.FINITE:
        return None
    words = _RULE_WORDS.words(s.clause.text) or _LEGAL.words(s.clause.text)
    if not words:
        return None
    deciding = _DECIDING.search(s.clause.text) is not None
    return words, {DEC: 5.0 if deciding else 3.5 if words.lower() in _STRONG_RULES else 2.5}


def meets(s: Setting) -> Hit:
    if s.clause.verb not in ("meet", "convene", "hold") or s.genre is Genre.VOICES:
        return None
    hit = _REGULARLY.search(s.clause.predicate[:120])
    return (hit.group(), {COM: 2.0, DEC: 1.5}) if hit and s.modality is not None else None


def principled(s: Setting) -> Hit:
    c = s.clause
    if c.tense is Tense.PAST or s.frame is not None or s.need or s.genre is Genre.VOICES:
        return None
    manner = c.verb in _MANNER_VERBS or c.verb in ("be", "", "have") or bool(c.participle)
    words = _PRINCIPLE_WORDS.words(c.text, c.subject_start, c.subject_start + 400) if manner else ""
    if not words:
        return None
    if c.verb == "have" and "right to" in c.predicate[:20]:
        return "right to", {PRI: 3.5}
    manner = (
        c.verb in _MANNER_VERBS
        or c.verb in ("be", "")
        or words == c.participle
        or c.participle.endswith("-based")
    )
    own = s.subject in (Subject.OWN_WORK, Subject.BODY, Subject.ACTOR)
    if manner and own and (not c.modal or c.participle or c.verb == "be"):
        close = c.predicate.lower().find(words.lower(), 0, 70) >= 0 or words.lower() == c.participle
        strong = c.verb in _MANNER_VERBS or c.participle or c.modal
        return words, {PRI: 5.0 if strong and close else 3.0 if strong else 1.0}
    return None


def opportunity(s: Setting) -> Hit:
    c = s.clause
    if c.verb == "be" and c.modal == "will" and set(c.predicate.lower().split()[:4]) & _BOILERPLATE_BE:
        return "will be an opportunity", {OBS: 5}
    return None
