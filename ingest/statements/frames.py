"""Reported speech, calls and promises: who is said to say what, and to whom it is addressed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.statements import lexicon as lx
from ingest.statements.grammar import Clause, Shape, Tense, parse
from ingest.statements.tokens import form_of, tokenize


class Frame(StrEnum):
    """What a reporting clause does with what it reports."""

    CALL = "call"
    STRESS = "stress"
    NOTE = "note"
    PROMISE = "promise"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Reported:
    """A frame, its verb, the clause inside (None where it is a noun phrase), the addressee that it names."""

    frame: Frame
    word: str
    voice: str
    inner: Clause | None = None
    inner_start: int = 0
    addressee: str = ""


_CALL_VERBS = frozenset(
    [
        "call",
        "urge",
        "recommend",
        "request",
        "ask",
        "demand",
        "propose",
        "suggest",
        "appeal",
        "insist",
        "press",
        "advocate",
        "advise",
    ]
)
_SOFT_CALL_VERBS = frozenset(["encourage", "invite"])
_STRESS_VERBS = frozenset(
    ["stress", "emphasise", "emphasize", "highlight", "underline", "underscore", "reiterate", "insist"]
)
_SAY_VERBS = frozenset(
    [
        "note",
        "observe",
        "state",
        "mention",
        "report",
        "say",
        "add",
        "argue",
        "explain",
        "raise",
        "agree",
        "believe",
        "feel",
        "consider",
        "acknowledge",
        "recognise",
        "recognize",
        "express",
        "indicate",
        "point",
        "remark",
        "conclude",
        "describe",
        "share",
        "voice",
        "find",
        "affirm",
        "reaffirm",
        "recall",
        "regret",
        "confirm",
        "discuss",
        "identify",
        "warn",
        "suggest",
        "welcome",
    ]
)
_PROMISE_VERBS = frozenset(["commit", "pledge", "promise", "undertake", "vow", "agree", "resolve"])
_WILLING = re.compile(
    r"(?:(?:their|its|his|her|a|the|strong|full|great|clear) ){0,3}(?:willingness|commitment|readiness|intention|"
    r"determination|resolve|interest in|pledge)\b",
    re.I,
)
_WHO_TO = re.compile(
    r"^(?:for|on|upon|to)?\s*(?P<who>[^,;:]{2,120}?)\s+(?:(?:urgently|further|also|immediately|swiftly|"
    r"jointly|better|fully) )?to(?:\s+(?:\w+ly )?(?=[a-z])|\s*$)"
)
_THAT = re.compile(r"^(?:out |strongly |also )?that\s+", re.I)
_IMPERSONAL = re.compile(
    r"^(?:it (?:is|was|has been)|there (?:is|was|were) (?:a |an |also |broad |general |wide )*)\s*(?:\w+ ){0,2}"
    r"(?P<verb>recommended|suggested|proposed|"
    r"requested|advised|noted|stressed|emphasi[sz]ed|highlighted|agreed|underlined|call|calls|recommendation"
    r"|proposal|demand|agreement|consensus|"
    r"felt|said|argued|mentioned|observed|hoped|considered|recogni[sz]ed|acknowledged)"
    r"\s+(?:that|for|to)\s+",
    re.I,
)
_SAID_STARTS = (
    "note",
    "agree",
    "consensus",
    "felt",
    "said",
    "argued",
    "mention",
    "observ",
    "hoped",
    "consider",
    "recogni",
    "acknow",
)
_PASSIVE_CALLS = frozenset(
    [
        "urged",
        "requested",
        "invited",
        "asked",
        "called",
        "encouraged",
        "advised",
        "recommended",
        "suggested",
        "proposed",
    ]
)
_WHOLE_TO = re.compile(r"^(?:on |upon |strongly )?to\b")
_VALUE = re.compile(r"^(?:the |a |an )?(?:\w+ )?(?P<what>need|importance|value|relevance|necessity|urgency)\b", re.I)


def frame_of(clause: Clause, *, heard: bool) -> Reported | None:
    """The frame of a clause, or None.

    Args:
        clause: a parsed clause.
        heard: whether the document reports what others said, so that soft verbs ("invited", "discussed") count.
    """
    impersonal = _IMPERSONAL.match(clause.text)
    if impersonal:
        return _impersonal(clause, impersonal)
    if clause.shape is Shape.INFINITIVE and clause.tense is Tense.PRESENT:
        return _operative(clause)
    if clause.shape is not Shape.FINITE or clause.modal:
        return None
    if clause.passive:
        return _passive(clause)
    verb, rest = clause.verb, clause.predicate
    if verb in _PROMISE_VERBS and (rest.startswith(("to ", "themselves"))):
        return Reported(Frame.PROMISE, verb, clause.subject)
    if verb in ("express", "reaffirm", "reiterate", "confirm", "affirm", "declare", "state") and _WILLING.match(rest):
        return Reported(Frame.PROMISE, f"{verb} {_first_words(rest, 1)}", clause.subject)
    if verb in _CALL_VERBS or (verb in _SOFT_CALL_VERBS and heard and clause.tense is Tense.PAST):
        found = _call(clause)
        if found:
            return found
    that = _THAT.match(rest)
    if that and (verb in _SAY_VERBS or verb in _STRESS_VERBS or verb in _CALL_VERBS):
        start = clause.predicate_start + _gap(clause) + that.end()
        kind = Frame.STRESS if verb in _STRESS_VERBS else Frame.SAID
        return Reported(kind, f"{verb} that", clause.subject, parse(clause.text[start:]), start)
    value = _VALUE.match(rest)
    if value and (verb in _STRESS_VERBS or verb in _SAY_VERBS):
        needs = value.group("what").lower() in ("need", "necessity", "urgency")
        kind = Frame.STRESS if verb in _STRESS_VERBS or needs else Frame.NOTE
        return Reported(kind, f"{verb} {value.group('what').lower()}", clause.subject)
    if heard and verb in _SAY_VERBS and clause.tense is Tense.PAST:
        return Reported(Frame.NOTE, verb, clause.subject)
    return None


def _gap(clause: Clause) -> int:
    """Spaces between the verb group and the stripped predicate."""
    tail = clause.text[clause.predicate_start :]
    return len(tail) - len(tail.lstrip())


def _first_words(text: str, n: int) -> str:
    return " ".join(text.split()[:n])


def _impersonal(clause: Clause, match: re.Match[str]) -> Reported:
    verb = match.group("verb").lower()
    inner = parse(clause.text[match.end() :])
    if verb.startswith(_SAID_STARTS):
        kind = Frame.SAID
    else:
        kind = Frame.STRESS if verb.startswith(("stress", "emphas", "highl", "underl")) else Frame.CALL
    who = _subjunctive(inner) or inner.subject
    return Reported(kind, verb, "", inner, match.end(), addressee=who.strip() if kind is Frame.CALL else "")


def _operative(clause: Clause) -> Reported | None:
    """A paragraph of a resolution: a verb without a subject ("Requests the Secretary-General to …")."""
    if clause.verb in _CALL_VERBS | _SOFT_CALL_VERBS:
        who = _WHO_TO.match(clause.predicate)
        return Reported(Frame.CALL, clause.verb, "", addressee=who.group("who").strip() if who else "")
    return Reported(Frame.PROMISE, clause.verb, "") if clause.verb in ("undertake", "commit", "pledge") else None


def _passive(clause: Clause) -> Reported | None:
    if clause.tense not in (Tense.PRESENT, Tense.PAST) or clause.participle not in _PASSIVE_CALLS:
        return None
    asked = clause.participle in ("recommended", "suggested", "proposed", "requested", "advised")
    if asked and re.match(r"^(?:by\b|[.,;]|$)", clause.predicate):
        return Reported(Frame.CALL, clause.participle, "")
    if not _WHOLE_TO.match(clause.predicate):
        return None
    return Reported(Frame.CALL, clause.participle, "", addressee=clause.subject)


def _subjunctive(inner: Clause) -> str:
    """Who is to act in "that the Government ratify …", where the verb has no ending; nobody in "that it be …"."""
    tokens = tokenize(inner.text[:160])
    for i, token in enumerate(tokens):
        if token.low in lx.MODALS or token.low in lx.AUXILIARIES - {"be"} or token.low in (",", ";"):
            return ""
        if token.low == "be":
            return " "
        later = tokens[i + 1].low if i + 1 < len(tokens) else ""
        base = token.low in lx.CLEAR and lx.CLEAR[token.low][1] == lx.BASE
        base = base or (token.low in lx.DOUBTFUL and form_of(token.low)[1] == lx.BASE and later in lx.DETERMINERS)
        if base and i > 0 and tokens[i - 1].low not in lx.DETERMINERS and tokens[i - 1].low not in ("to", "and", "of"):
            return inner.text[: token.start].strip()
    return inner.text if inner.shape is Shape.NOMINAL and len(tokens) <= 8 else ""


def _call(clause: Clause) -> Reported | None:
    """A call: "called for X to …", "urges X to …", "recommends that X …", "called for better …"."""
    rest, at = clause.predicate, clause.predicate_start + _gap(clause)
    that = _THAT.match(rest)
    if that:
        inner = parse(clause.text[at + that.end() :])
        who_acts = _subjunctive(inner) or inner.subject
        return Reported(Frame.CALL, clause.verb, clause.subject, inner, at + that.end(), addressee=who_acts.strip())
    who = _WHO_TO.match(rest)
    if who and clause.verb not in ("suggest", "propose", "recommend", "advocate"):
        start = at + who.end()
        return Reported(
            Frame.CALL,
            clause.verb,
            clause.subject,
            parse(clause.text[start:]),
            start,
            addressee=who.group("who").strip(),
        )
    if clause.verb == "call" and not re.match(r"(?:for|on|upon)\b", rest):
        return None
    if clause.verb in ("ask", "request", "propose", "press", "appeal", "advocate", "demand", "advise", "insist") and (
        clause.tense is Tense.PRESENT and not rest.startswith(("for", "that"))
    ):
        return None
    return Reported(Frame.CALL, clause.verb, clause.subject)
