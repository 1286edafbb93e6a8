"""How much a document, or what is said of a body, is about each objective: graded, and never by "any mention".

    mass       sum over distinct passages of strength (3: 1, 2: 0.7; a weak link claims nothing) x confidence; for a
               body, a passage that only names it counts half of one in which it acts or is addressed
    density    mass, by distinct passages of prose
    relevance  sqrt(mass / (mass + 3) * density / (density + 0.1)), 0 to 1: much of it, and much of the whole

Passages that are copies of one another (`boilerplate`) are one passage, in mass and in density, whichever documents
they stand in. The constants are set by hand: three sure passages are half of what can be asked for, and so is a tenth
of a text.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from graph.boilerplate import groups_of_copies
from graph.passages import PassageRecord
from ontology.document import PassageKind

HALF_MASS = 3.0
HALF_DENSITY = 0.1
CENTRAL, TREATED = 0.5, 0.25
_WEIGHTS: Mapping[int, float] = {3: 1.0, 2: 0.7}
_NAMED_ONLY = 0.5
_PROSE = frozenset({PassageKind.SENTENCE, PassageKind.LIST_ITEM, PassageKind.TABLE_ROW, PassageKind.FOOTNOTE})


@dataclass(frozen=True, slots=True)
class Relevance:
    """How relevant one objective is: `grade` is central, treated or touched.

    `evidence` counts distinct passages and `copies` those that only repeat one; `of` are the distinct passages of
    prose. `quote`, at [start, end) of `document`, is the strongest piece; `confidence` is that of its link.
    """

    objective: int
    grade: str
    relevance: float
    density: float
    evidence: int
    copies: int
    of: int
    documents: int
    strength: int
    confidence: float
    quote: str
    document: str
    page: int | None
    start: int
    end: int

    def to_record(self) -> dict[str, Any]:
        """The values by name, as JSON takes them."""
        return asdict(self)


def profile_of(records: Iterable[PassageRecord], *, body: frozenset[str] = frozenset()) -> tuple[Relevance, ...]:
    """The relevance of every objective that passages give evidence of, the most relevant first.

    Args:
        records: passages, of one document or of many.
        body: IRIs of a body; then only passages that mention it count.
    """
    prose = [r for r in records if r.passage.kind in _PROSE and (not body or body & set(r.body_iris))]
    copy_of = groups_of_copies([record.passage.text for record in prose])
    pieces: dict[int, dict[int, list[PassageRecord]]] = defaultdict(lambda: defaultdict(list))
    for record, first in zip(prose, copy_of, strict=True):
        for number, strength in record.objectives.items():
            if strength in _WEIGHTS:
                pieces[number][first].append(record)
    distinct = len(set(copy_of))
    found = [_relevance(number, list(groups.values()), distinct, body) for number, groups in pieces.items()]
    return tuple(sorted(found, key=lambda one: (-one.relevance, one.objective)))


def _relevance(
    number: int, groups: Sequence[Sequence[PassageRecord]], distinct: int, body: frozenset[str]
) -> Relevance:
    def worth(record: PassageRecord) -> float:
        weight = _WEIGHTS[record.objectives[number]] * record.objective_confidence[number]
        return weight if not body or _acts(record, body) else weight * _NAMED_ONLY

    heaviest = [max(group, key=worth) for group in groups]
    best = max(heaviest, key=worth)
    mass = sum(worth(record) for record in heaviest)
    density = mass / distinct
    relevance = math.sqrt(mass / (mass + HALF_MASS) * density / (density + HALF_DENSITY))
    every = [record for group in groups for record in group]
    return Relevance(
        objective=number,
        grade="central" if relevance >= CENTRAL else "treated" if relevance >= TREATED else "touched",
        relevance=round(relevance, 4),
        density=round(density, 4),
        evidence=len(groups),
        copies=len(every) - len(groups),
        of=distinct,
        documents=len({record.document for record in every}),
        strength=best.objectives[number],
        confidence=best.objective_confidence[number],
        quote=best.passage.quote,
        document=best.document,
        page=best.passage.page,
        start=best.passage.start,
        end=best.passage.end,
    )


def _acts(record: PassageRecord, body: frozenset[str]) -> bool:
    """Whether the body does something in the passage, or is addressed there."""
    names = {name for name, iri in zip(record.bodies, record.body_iris, strict=True) if iri in body}
    return record.agent in names or record.addressee in names
