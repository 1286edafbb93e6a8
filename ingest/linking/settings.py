"""The units of a document that links are made for, and what surrounds each."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from ingest.linking.explicit import labels_itself, mentions_agenda, mentions_compact
from ontology.model import Annotated, Evidence, Passage, PassageKind, Span, Statement

_PROSE = frozenset({PassageKind.SENTENCE, PassageKind.LIST_ITEM, PassageKind.FOOTNOTE})
_FEWEST_WORDS = 3
_LINKED = frozenset({PassageKind.HEADING, PassageKind.CAPTION, PassageKind.TABLE_ROW, *_PROSE})


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch that links are made for: a passage, or a statement where statements split a passage.

    `content` tells whether its meaning counts (prose), or only what it cites (headings, captions, rows).
    """

    evidence: Evidence
    text: str
    passage: Passage
    content: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What a whole document says of numbers: whether it numbers objectives of its own, which sections speak of what."""

    own_numbering: bool
    compact_title: bool
    compact_sections: frozenset[tuple[str, ...]]
    agenda_sections: frozenset[tuple[str, ...]]

    def about_compact(self, passage: Passage) -> bool:
        """Whether what stands around a passage names the Compact."""
        near = any(mentions_compact(t) for t in (*passage.section, passage.lead_in or ""))
        return near or self.compact_title or passage.section in self.compact_sections

    def about_agenda(self, passage: Passage) -> bool:
        """Whether what stands around a passage names the 2030 Agenda."""
        near = any(mentions_agenda(t) for t in (*passage.section, passage.lead_in or ""))
        return near or passage.section in self.agenda_sections


def frame_of(annotated: Annotated) -> Frame:
    """What the whole document says of numbers."""
    passages = annotated.document.passages
    return Frame(
        own_numbering=any(labels_itself(p.text) for p in passages),
        compact_title=mentions_compact(annotated.document.metadata.title),
        compact_sections=frozenset(p.section for p in passages if mentions_compact(p.text)),
        agenda_sections=frozenset(p.section for p in passages if mentions_agenda(p.text)),
    )


def units_of(annotated: Annotated) -> list[Unit]:
    """The units in reading order."""
    by_passage: dict[int, list[Statement]] = defaultdict(list)
    for statement in annotated.statements:
        by_passage[statement.evidence.passage].append(statement)
    return [
        unit
        for passage in annotated.document.passages
        if passage.kind in _LINKED
        for unit in _units(passage, by_passage[passage.index])
    ]


def _units(passage: Passage, statements: list[Statement]) -> list[Unit]:
    prose = passage.kind in _PROSE or (passage.kind is PassageKind.TABLE_ROW and bool(statements))
    content = prose and len(passage.text.split()) >= _FEWEST_WORDS
    spans = sorted({(s.evidence.start, s.evidence.end): s.evidence for s in statements}.items())
    apart = all(a[0][1] <= b[0][0] for a, b in pairwise(spans))
    if content and len(spans) > 1 and apart:
        return [Unit(e, e.text or " ".join(e.quote.split()), passage, content) for _, e in spans]
    return [Unit(evidence_of(passage), passage.text, passage, content)]


def evidence_of(passage: Passage) -> Evidence:
    """The whole passage as evidence."""
    fragments: tuple[Span, ...] = passage.fragments
    return Evidence(
        passage.index, passage.start, passage.end, passage.quote, passage.page, passage.section, fragments, passage.text
    )
