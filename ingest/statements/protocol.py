"""What the statement stage needs of the body stage: two questions, nothing else."""

from __future__ import annotations

from typing import Protocol

from ontology.document import Passage
from ontology.model import Body


class BodyResolver(Protocol):
    """Answers which body a phrase or a place in the document speaks of."""

    def resolve(self, passage: Passage, phrase: str) -> Body | None:
        """The body that the phrase names in this passage ("the Network", "IOM"), or None."""

    def focus(self, passage_index: int) -> Body | None:
        """The body that the section around the passage is about, or None."""
