"""Whom a layout addresses: a label before the demand, the line above a list, a heading that asks of somebody."""

from __future__ import annotations

import re

from ingest.statements import lexicon as lx
from ingest.statements.grammar import Shape, parse
from ingest.statements.naming import clean, named
from ingest.statements.protocol import BodyResolver
from ontology.document import Passage

_LABEL = re.compile(
    r"^\W*(?:(?:For|To) )?(?P<who>(?:[Tt]he )?[A-Z][^:.;()]{1,60}): (?=[a-z])"
    r"|^\W*For (?P<whom>[^:.;()]{2,60}): "
)
_ABOVE = re.compile(r"^\W*(?:To|For) (?P<who>[^:.;]{2,120})$")
_HEADING = re.compile(
    r"^(?:[\dIVX]+[.)]?\d* |[A-Za-z][.)] )?(?:And )?(?:(?:what (?:do |does )?(?:we|you|they|participants"
    r"|\w+ ask) \w+(?: \w+)?"
    r"|what (?:we|they) (?:ask|expect|want|demand|recommend)|recommendations?|demands?|proposals?|requests?|calls?"
    r"|messages?|asks?|appeals?|actions?|advice) )?(?:addressed )?(?:of|to|for|from) (?P<who>[^:.;]{3,100}?)\??$",
    re.I,
)
_IF = re.compile(
    r"^it (?:would|might|could) (?:be (?:\w+ )?(?:good|helpful|useful|better|welcome|important"
    r"|best)|help) if\s+", re.I
)
_GENERIC = re.compile(
    r"\b(?:all|each|every|the|other|national|local|regional|international|private|public|our"
    r"|their)\b", re.I
)


def addressed(passage: Passage, bodies: BodyResolver) -> str:
    """The words for those whom a label, the line above the list or a heading addresses; "" where none does."""
    label = _LABEL.match(passage.text)
    for phrase in (label and (label["who"] or label["whom"]), _wished(passage.text), *_announced(passage)):
        if phrase and _somebody(passage, phrase, bodies):
            return phrase.strip()
    return ""


def _announced(passage: Passage) -> list[str]:
    above = _ABOVE.match(passage.lead_in or "")
    found = [above["who"]] if above else []
    found += [m["who"] for h in reversed(passage.section[-2:]) if (m := _HEADING.match(h.strip("*_ ")))]
    return found


def _wished(text: str) -> str:
    """Who is to act in "It would be good if X did …"."""
    opening = _IF.match(text)
    inner = parse(text[opening.end() :]) if opening else None
    return inner.subject if inner is not None and inner.shape is Shape.FINITE else ""


def _somebody(passage: Passage, phrase: str, bodies: BodyResolver) -> bool:
    """Whether the words are for a body or for people who act in an office or enterprise."""
    words = _GENERIC.sub("", clean(phrase)).lower().split()
    return named(bodies, passage, phrase, "") is not None or any(w.strip(",") in lx.ACTOR_NOUNS for w in words)
