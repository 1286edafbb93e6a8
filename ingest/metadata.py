"""What a document says about itself: title, type, date, publisher, scope, language, version."""

from __future__ import annotations

from collections.abc import Sequence

from ontology.model import Metadata, Passage, Source


def read_metadata(source: Source, passages: Sequence[Passage]) -> Metadata:
    """Metadata read off the first passages."""
    title = next((p.text for p in passages if p.level == 1), source.name)
    return Metadata(title=title)
