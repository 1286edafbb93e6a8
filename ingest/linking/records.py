"""What the linker hands back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ontology.model import LinkMethod, ObjectiveLink, PrincipleLink, SdgLink


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a document, in reading order and the most confident of a passage first."""

    objectives: tuple[ObjectiveLink, ...] = ()
    sdgs: tuple[SdgLink, ...] = ()
    principles: tuple[PrincipleLink, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One concept accepted for a text (strength 3 named, 2 clear, 1 weak), with its reason."""

    key: str
    strength: int
    method: LinkMethod
    confidence: float
    score: float
    words: tuple[str, ...]
    runner_up: str | None
    note: str

    def to_record(self, name: str) -> dict[str, Any]:
        """The verdict as it is printed; `name` is what its concept is called there."""
        return {
            name: int(self.key) if name == "objective" else self.key,
            "strength": self.strength,
            "method": self.method.value,
            "confidence": self.confidence,
            "words": list(self.words),
            "runner_up": self.runner_up,
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one scheme says of one text: all scores, the verdicts (most confident first), and why if there is none."""

    scores: Mapping[str, float]
    verdicts: tuple[Verdict, ...]
    reason: str | None = None

    @property
    def accepted(self) -> tuple[str, ...]:
        """The keys of what is named or clear; a weak link makes no claim."""
        return tuple(v.key for v in self.verdicts if v.strength > 1)


@dataclass(frozen=True, slots=True)
class Tagged:
    """One text that was linked without being stored."""

    text: str
    objectives: Judgement
    sdgs: Judgement
    principles: Judgement

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record: all 23 scores, the accepted objectives in their order, the links with their reasons."""
        record: dict[str, Any] = {
            "text": self.text,
            "scores": dict(self.objectives.scores),
            "objectives": sorted(int(key) for key in self.objectives.accepted),
            "links": [v.to_record("objective") for v in self.objectives.verdicts],
            "sdgs": {"scores": dict(self.sdgs.scores), "accepted": list(self.sdgs.accepted)},
            "principles": {"scores": dict(self.principles.scores), "accepted": list(self.principles.accepted)},
        }
        if self.objectives.reason:
            record["reason"] = self.objectives.reason
        return record
