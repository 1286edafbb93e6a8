"""The units of a document that links are made for, and what surrounds each."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from ingest.linking.explicit import labels_itself, mentions_agenda, mentions_compact
from ingest.linking.generic import is_reference
from ingest.linking.scheme_linker import Stance
from ontology.document import Passage, PassageKind, Span
from ontology.model import Annotated, Evidence, StatementType

_PROSE = frozenset({PassageKind.SENTENCE, PassageKind.LIST_ITEM, PassageKind.FOOTNOTE})
_FEWEST_WORDS = 3
_BEGINNING = 40  # characters
_NAMES_ONLY = 0.5
_SITUATION = re.compile(
    r"\b(?:context|background|situation|(?:situation|migration|country) analysis|country profile|overview|introduction"
    r"|about us|history|outlook|setting the scene)\b", re.IGNORECASE,
)
_CLAIMS_NOTHING = frozenset({StatementType.OBSERVATION, StatementType.DECISION_RULE, StatementType.PRINCIPLE})
_LINKED = frozenset({PassageKind.HEADING, PassageKind.CAPTION, PassageKind.TABLE_ROW, *_PROSE})


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage that links are made for.

    `content` tells whether its meaning counts (prose), or only what it cites (headings, captions, rows);
    `stance` whether somebody acts in it.
    """

    evidence: Evidence
    text: str
    passage: Passage
    content: bool
    stance: Stance


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


def _mere_names(annotated: Annotated) -> frozenset[int]:
    """The passages that are hardly more than the names of bodies: an entry of a list of members says nothing."""
    named: dict[int, int] = defaultdict(int)
    for mention in annotated.mentions:
        named[mention.passage] += mention.end - mention.start
    return frozenset(
        p.index for p in annotated.document.passages if named[p.index] > _NAMES_ONLY * max(1, len(p.quote))
    )


def _led_by_body(annotated: Annotated) -> frozenset[int]:
    """The passages that begin with a body: what they report is somebody's doing."""
    starts = {p.index: p.start for p in annotated.document.passages}
    return frozenset(m.passage for m in annotated.mentions if m.start - starts[m.passage] <= _BEGINNING)


def units_of(annotated: Annotated) -> list[Unit]:
    """The units in reading order."""
    types: dict[int, set[StatementType]] = defaultdict(set)
    for statement in annotated.statements:
        types[statement.evidence.passage].add(statement.type)
    led, names = _led_by_body(annotated), _mere_names(annotated)
    return [
        _unit(p, types[p.index], led=p.index in led, names=p.index in names)
        for p in annotated.document.passages
        if p.kind in _LINKED
    ]


def _unit(passage: Passage, types: set[StatementType], *, led: bool, names: bool) -> Unit:
    prose = passage.kind in _PROSE or (passage.kind is PassageKind.TABLE_ROW and bool(types))
    content = prose and not names and len(passage.text.split()) >= _FEWEST_WORDS
    content = content and not is_reference(passage.text, note=passage.kind is PassageKind.FOOTNOTE)
    situation = any(_SITUATION.search(heading) for heading in passage.section)
    passive = bool(types) and types <= _CLAIMS_NOTHING
    stance = Stance.SITUATION if passive and situation else Stance.DESCRIBES if passive and not led else Stance.ACTS
    return Unit(evidence_of(passage), passage.text, passage, content, stance)


def evidence_of(passage: Passage) -> Evidence:
    """The whole passage as evidence."""
    fragments: tuple[Span, ...] = passage.fragments
    return Evidence(
        passage.index, passage.start, passage.end, passage.quote, passage.page, passage.section, fragments, passage.text
    )
