"""Facts out of text of poor quality are less certain: their confidence counts for what their passage weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from ontology.document import Passage
from ontology.model import (
    Body,
    BodyFact,
    Instrument,
    ObjectiveLink,
    PrincipleLink,
    Reason,
    Relation,
    SdgLink,
    Statement,
)

Fact = TypeVar("Fact", Body, BodyFact, Instrument, ObjectiveLink, PrincipleLink, Relation, SdgLink, Statement)


def weighed(facts: Sequence[Fact], passages: Sequence[Passage]) -> tuple[Fact, ...]:
    """The facts; where the passage of the evidence weighs less than 1, confidence is multiplied by its weight.

    Args:
        facts: facts of one document.
        passages: all passages of the document, by their index.
    """
    return tuple(_weighed(fact, passages[fact.evidence.passage]) for fact in facts)


def _weighed(fact: Fact, passage: Passage) -> Fact:
    if passage.weight >= 1:
        return fact
    return replace(fact, reason=_lowered(fact.reason, passage))


def _lowered(reason: Reason, passage: Passage) -> Reason:
    why = "OCR read the text" if passage.ocr is not None else "The text is of poor quality"
    note = f"{reason.note} {why}, so that the confidence counts for {passage.weight:g} of itself.".strip()
    return replace(reason, confidence=round(reason.confidence * passage.weight, 4), note=note)
