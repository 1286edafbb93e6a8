"""What stands where in a clause: the body before, the holders after, and what its words say of the time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found
from ingest.bodies.masks import BODY, Masked, collective, whole
from ingest.bodies.office_words import GONE, MAY, TO_COME
from ingest.bodies.state import Reading
from ontology.model import RelationType, Status

R = RelationType


def status_of(words: str) -> Status | None:
    """What the words around the verb say of the time; None where it only may be, or is not."""
    if MAY.search(words):
        return None
    if GONE.search(words):
        return Status.FORMER
    return Status.PROPOSED if TO_COME.search(words) else Status.CURRENT


def give(holders: list[Entity], kind: RelationType, target: Entity | None, how: str, status: Status | None,
          word: str) -> Iterator[Found]:  # fmt: skip
    """The office given to each holder; two who lead or chair do so jointly. Nothing where the status is none."""
    if status is None or target is None:
        return
    if len(holders) > 1 and kind is R.CHAIR_OF:
        kind = R.CO_LEAD_OF if word.lower().startswith(("lead", "led", "head")) else R.CO_CHAIR_OF
    for holder in holders:
        note = f"“{word}” gives {holder.name} this office in the clause"
        yield Found(holder, kind, target, how, status, 0.72, (word,), note)


def whole_before(m: Masked, end: int) -> Entity | None:
    """The nearest body before `end` in the sentence that others can hold an office in."""
    start = max((x.end() for x in re.finditer(r"[.;:]\s", m.text[:end])), default=0)
    marks = [m.entity(n) for n in re.findall(BODY, m.text[start:end])]
    return next((e for e in reversed(marks) if whole(e)), None)


def whole_nearest(m: Masked, end: int) -> Entity | None:
    """The last body before `end`, over semicolons too, that others can hold an office in."""
    marks = [m.entity(n) for n in re.findall(BODY, m.text[:end])]
    return next((e for e in reversed(marks) if whole(e)), None)


def whole_here(reading: Reading, m: Masked, end: int, *, its: bool = False) -> Entity | None:
    """The body that an office without "of" is in: one before it in the sentence, else the section's or the own.

    `its` looks to the sentence before first, where this one begins with the holder.
    """
    if its and m.topic and whole(m.topic) and not whole_before(m, end):
        return m.topic
    focus = reading.focus(m.passage)
    near = whole_before(m, end) or focus
    return near if near and whole(near) else reading.own


def holders_after(m: Masked, start: int) -> list[Entity]:
    """The bodies listed from `start` on that may hold an office: no collective beside others."""
    listed = m.after(start)
    return [e for e in listed if not collective(e)] or listed[:1]


def clause_before(text: str, end: int) -> str:
    """The words of the clause before `end`."""
    cut = max((x.end() for x in re.finditer(r"[.;:,]\s|\band (?=⟦)", text[:end])), default=0)
    return text[cut:end] if len(text[cut:end]) > 3 else text[max(0, end - 60) : end]


def end_of(m: Masked, start: int, holders: list[Entity]) -> int:
    """Where the last of the holders listed from `start` on ends."""
    ends = [x.end() for x in re.finditer(BODY, m.text[start:]) if m.entity(x[1]) in holders][: len(holders)]
    return start + (ends[-1] if ends else 0)
