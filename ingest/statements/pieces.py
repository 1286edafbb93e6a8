"""Compound sentences: where one sentence says several things that differ in action, it is several statements."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.statements import lexicon as lx
from ingest.statements.frames import Frame, frame_of
from ingest.statements.grammar import Clause, Shape, parse
from ingest.statements.modality import states_need
from ingest.statements.tokens import form_of

_CONJUNCTION = re.compile(r"(?:,|;)?\s+(?:and|but)\s+|;\s+")
_OF_WHICH = re.compile(r",\s+(?=(?:both|all|each) of which\s+)")
_QUOTED = re.compile(r":\s*[“\"](?P<said>[A-Z][^“”\"]+)[”\"]?\s*$")
_LATER_ASK = re.compile(
    r"\b(?:will|should|must|could|can|ought|needs?|needed|required|essential|crucial|necessary|vital|important"
    r"|urgent)\b"
)
_ASKING = frozenset(["should", "must", "could", "ought", "can"])
_LEAST_WORDS = 3


class Piece(NamedTuple):
    """A stretch `[start, end)` of the passage's text; `head` is what it shares with the piece before."""

    start: int
    end: int
    clause: Clause
    head: str = ""


def pieces_of(text: str, clause: Clause, *, heard: bool) -> tuple[Piece, ...]:
    """The statements of one sentence, in order; mostly one.

    Splits where both sides have a subject and a verb that asks for something of their own, where a call
    asks for two different things, and where a report joins two reporting verbs.
    """
    whole = (Piece(0, len(text), clause),)
    if clause.shape is not Shape.FINITE or len(text) > 1500:
        return whole
    quoted = _QUOTED.search(text, clause.predicate_start)
    if quoted and len(quoted.group("said").split()) >= 2 * _LEAST_WORDS:
        start, end = quoted.span("said")
        return (Piece(0, quoted.start(), parse(text[: quoted.start()])), Piece(start, end, parse(text[start:end])))
    frame = frame_of(clause, heard=heard)
    if (
        frame is not None
        and frame.frame is Frame.CALL
        and frame.inner is not None
        and frame.inner.shape is Shape.INFINITIVE
    ):
        at = _second_infinitive(text, frame.inner_start)
        return _cut(text, at, head=text[: frame.inner_start]) if at else whole
    if frame is not None and frame.inner is None and heard:
        at = _second_report(text, clause)
        return _cut(text, at, head=clause.subject + " ") if at else whole
    if frame is not None and heard:
        for hit in _CONJUNCTION.finditer(text, clause.predicate_start):
            right = parse(text[hit.end() :])
            if _own_subject(right) and frame_of(right, heard=True) is not None:
                return _cut(text, (hit.start(), hit.end()))
    if _asks(clause):
        for hit in _CONJUNCTION.finditer(text, clause.predicate_start):
            right = parse(text[hit.end() :])
            if _own_subject(right) and _asks(right):
                return _cut(text, (hit.start(), hit.end()))
    for hit in _OF_WHICH.finditer(text, clause.predicate_start):
        rest = parse("They " + text[hit.end() :].split(" of which ", 1)[1])
        if states_need(rest):
            return (Piece(0, hit.start(), parse(text[: hit.start()])), Piece(hit.end(), len(text), rest))
    return whole


def second_clauses(clause: Clause) -> tuple[Clause, ...]:
    """Later clauses of a sentence with a subject of their own that promise or ask for something."""
    if clause.shape is not Shape.FINITE or clause.modal or len(clause.text) > 1500:
        return ()
    rest = _LATER_ASK.search(clause.text, clause.predicate_start)
    if rest is None:
        return ()
    rights = (
        parse(clause.text[hit.end() :])
        for hit in _CONJUNCTION.finditer(clause.text, clause.predicate_start)
        if _LATER_ASK.search(clause.text, hit.end())
    )
    return tuple(right for right in rights if _own_subject(right) and (right.modal == "will" or _asks(right)))


def _asks(clause: Clause) -> bool:
    return clause.shape is Shape.FINITE and (clause.modal in _ASKING or bool(states_need(clause)))


def _own_subject(clause: Clause) -> bool:
    if not clause.subject or clause.lead or clause.subject_start > 2:
        return False
    words = clause.subject.split()
    first = words[0].lower()
    return (
        len(words) <= 14
        and form_of(first)[1] in ("", lx.THIRD, lx.PAST)
        and first not in lx.PREPOSITIONS
        and first not in ("that", "which", "who", "to")
        and not (len(words) == 1 and form_of(first)[1] == lx.PAST)
    )


def _second_infinitive(text: str, start: int) -> tuple[int, int] | None:
    for hit in _CONJUNCTION.finditer(text, start):
        following = text[hit.end() :].split(" ", 2)
        word = following[1] if following[0] == "to" and len(following) > 1 else following[0]
        before = text[start : hit.start()].split()
        if lx.CLEAR.get(word, ("", ""))[1] != lx.BASE or len(before) < _LEAST_WORDS:
            continue
        if len(text[hit.end() :].split()) >= _LEAST_WORDS and form_of(before[-1].strip(",;").lower())[1] != lx.BASE:
            return hit.start(), hit.end()
    return None


def _second_report(text: str, clause: Clause) -> tuple[int, int] | None:
    for hit in _CONJUNCTION.finditer(text, clause.predicate_start):
        right = parse(clause.subject + " " + text[hit.end() :])
        if right.subject == clause.subject and right.verb != clause.verb and frame_of(right, heard=True) is not None:
            return hit.start(), hit.end()
    return None


def _cut(text: str, at: tuple[int, int], head: str = "") -> tuple[Piece, ...]:
    right = parse(head + text[at[1] :]) if head else parse(text[at[1] :])
    return (Piece(0, at[0], parse(text[: at[0]])), Piece(at[1], len(text), right, head))
