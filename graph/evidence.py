"""Bodies for an objective: the rows of the ready-made question as values, and the strongest of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from graph.terms import QueryResult

# From what a body has to do, to where it is only spoken of.
CAPACITIES = (
    "mandate", "commitment", "aim", "principle", "activity", "asked to act", "recommends", "receives", "named",
)
# Whoever these names stand for, they are no body that one could write to.
_GENERIC = frozenset({"stakeholder_group"})


@dataclass(frozen=True, slots=True)
class BodyEvidence:
    """A body in one capacity with one piece of evidence.

    `strength` is 3 (objective named) or 2 (subject clear); `start` and `end` are offsets of `quote` in the
    document's text; `evidence` counts the passages that show the body in this capacity, `documents` the
    documents they are in.
    """

    body: str
    iri: str
    type: str
    capacity: str
    strength: int
    confidence: float
    method: str
    reason: str
    document: str
    title: str
    quote: str
    start: int
    end: int
    page: int | None
    section: str
    passage: str
    evidence: int = 1
    documents: int = 1

    def to_record(self) -> dict[str, Any]:
        """The values by name, as JSON takes them."""
        return asdict(self)


def read_evidence(result: QueryResult) -> tuple[BodyEvidence, ...]:
    """The pieces of evidence in a result of `bodies-for-objective`, one for each body, capacity and place.

    Where several links make the same place evidence, the strongest, then the surest, stands.
    """
    found: dict[tuple[str, str, str, int], BodyEvidence] = {}
    for row in result.records():
        piece = _piece(row)
        key = (piece.iri, piece.capacity, piece.document, piece.start)
        if key not in found or _worth(piece) > _worth(found[key]):
            found[key] = piece
    return tuple(sorted(found.values(), key=lambda p: (*_place(p), p.document, p.start)))


def strongest(rows: Iterable[BodyEvidence]) -> tuple[BodyEvidence, ...]:
    """One piece for each body and capacity, with how many there are.

    A body that is named only is left with that; one that acts or is asked to act keeps just those capacities.
    Real bodies come before groups such as "civil society", then by capacity, number of documents, confidence
    and name.
    """
    groups: dict[tuple[str, str], list[BodyEvidence]] = defaultdict(list)
    for piece in rows:
        groups[piece.iri, piece.capacity].append(piece)
    acting = {iri for iri, capacity in groups if capacity != CAPACITIES[-1]}
    best = [
        replace(
            max(pieces, key=lambda p: (_worth(p), [-ord(c) for c in p.document], -p.start)),
            evidence=len({piece.passage for piece in pieces}),
            documents=len({piece.document for piece in pieces}),
        )
        for (iri, capacity), pieces in groups.items()
        if capacity != CAPACITIES[-1] or iri not in acting
    ]
    return tuple(sorted(best, key=lambda p: (p.type in _GENERIC, *_place(p))))


def _place(piece: BodyEvidence) -> tuple[int, int, float, str, str]:
    return CAPACITIES.index(piece.capacity), -piece.documents, -piece.confidence, piece.body.casefold(), piece.iri


def _worth(piece: BodyEvidence) -> tuple[int, float]:
    return piece.strength, piece.confidence


def _piece(row: dict[str, Any]) -> BodyEvidence:
    return BodyEvidence(
        body=row["name"] or row["body"].rpartition("/")[2],
        iri=row["body"],
        type=row["type"] or "other",
        capacity=row["capacity"],
        strength=row["strength"],
        confidence=float(row["confidence"]),
        method=row["method"],
        reason=row["reason"] or "",
        document=row["document"],
        title=row["title"],
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        page=row["page"],
        section=row["section"] or "",
        passage=row["passage"],
    )
