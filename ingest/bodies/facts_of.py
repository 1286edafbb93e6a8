"""Collects relations and facts with their evidence and reason, each once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.bodies.align import evidence_of_passage
from ingest.bodies.entities import Entity
from ingest.bodies.masks import Masked
from ontology.document import Passage
from ontology.model import BodyFact, Reason, Relation, RelationType, Status

ROLES = frozenset(RelationType) - {RelationType.PART_OF, RelationType.PARTNER_OF, RelationType.PARTY_TO}


@dataclass(slots=True)
class Ledger:
    """Relations in the order found; a repeated one keeps its first evidence unless the later is surer."""

    relations: dict[tuple[str, RelationType, str, Status], Relation] = field(default_factory=dict)
    facts: dict[tuple[str, str, str], BodyFact] = field(default_factory=dict)
    used: dict[str, Entity] = field(default_factory=dict)
    coming: set[str] = field(default_factory=set)

    def relate(
        self,
        subject: Entity,
        relation: RelationType,
        target: Entity,
        passage: Passage,
        *,
        method: str,
        confidence: float = 0.85,
        status: Status = Status.CURRENT,
        words: tuple[str, ...] = (),
        note: str = "",
    ) -> None:
        """Add a relation between two bodies; a body never stands in a relation to itself."""
        if subject is target:
            return
        self.used[subject.iri] = subject
        self.used[target.iri] = target
        self.add(
            Relation(
                subject.name,
                subject.iri,
                relation,
                target.name,
                target.iri,
                status,
                evidence_of_passage(passage),
                Reason(
                    f"pattern:{method}",
                    confidence,
                    words=words,
                    note=note or _why(subject, relation, target, method, words),
                ),
            )
        )

    def add(self, relation: Relation) -> None:
        """Add a relation as it is; the surer of two equal ones stays."""
        key = (relation.subject_iri, relation.relation, relation.object_iri, relation.status)
        known = self.relations.get(key)
        if known is None or known.reason.confidence < relation.reason.confidence:
            self.relations[key] = relation

    def state(
        self,
        body: Entity,
        name: str,
        value: str,
        passage: Passage,
        *,
        method: str,
        confidence: float = 0.8,
        words: tuple[str, ...] = (),
    ) -> None:
        """Add a fact about a body, each value once."""
        self.used[body.iri] = body
        self.facts.setdefault(
            (body.iri, name, value.lower()),
            BodyFact(
                body.name,
                body.iri,
                name,
                value,
                evidence_of_passage(passage),
                Reason(f"pattern:{method}", confidence, words=words, note=f"{name.replace('_', ' ')} of {body.name}"),
            ),
        )

    def settle(self) -> tuple[Relation, ...]:
        """All relations, with the status that the body's own existence gives them where no tense says so.

        What holds of a body that has a successor is former; what is said of one that is still to be set up is proposed.
        """
        gone = {
            r.object_iri
            for r in self.relations.values()
            if r.relation is RelationType.SUCCESSOR_OF and r.status is Status.CURRENT
        }
        held = frozenset([*ROLES, RelationType.PART_OF]) - {RelationType.SUCCESSOR_OF}
        out: dict[tuple[str, RelationType, str, Status], Relation] = {}
        for r in self.relations.values():
            past = (r.object_iri in gone and r.relation in ROLES and r.relation is not RelationType.SUCCESSOR_OF) or (
                r.subject_iri in gone
                and r.relation in (RelationType.ESTABLISHED_BY, RelationType.PART_OF, RelationType.REPORTS_TO)
            )
            ahead = (r.object_iri in self.coming and r.relation in held) or (
                r.subject_iri in self.coming and r.relation in (RelationType.REPORTS_TO, RelationType.PART_OF)
            )
            status = Status.FORMER if past else Status.PROPOSED if ahead else Status.CURRENT
            kept = replace(r, status=status) if r.status is Status.CURRENT else r
            out.setdefault((kept.subject_iri, kept.relation, kept.object_iri, kept.status), kept)
        return tuple(out.values())


def _why(subject: Entity, relation: RelationType, target: Entity, method: str, words: tuple[str, ...]) -> str:
    """One sentence for a reader: what the pattern reads out of the passage, and by which words."""
    said = " ".join(f"“{w.strip()}”" for w in words if w.strip())
    decided = f"; {said} decides" if said else ""
    role = relation.value.replace("_", " ")
    return f"The wording “{method.replace('-', ' ')}” makes {subject.name} {role} {target.name}{decided}."


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that a pattern of one passage gives, before it is noted."""

    subject: Entity
    relation: RelationType
    target: Entity
    method: str
    status: Status = Status.CURRENT
    confidence: float = 0.85
    words: tuple[str, ...] = ()
    note: str = ""


def note_all(ledger: Ledger, m: Masked, found: list[Found]) -> None:
    """Enter what a passage gave."""
    for f in found:
        ledger.relate(
            f.subject,
            f.relation,
            f.target,
            m.passage,
            method=f.method,
            confidence=f.confidence,
            status=f.status,
            words=f.words,
            note=f.note,
        )
