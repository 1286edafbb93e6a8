"""Bodies, their roles and relations, and facts about them: what a document says of who is who."""

from __future__ import annotations

from ingest.bodies.build import Built, Places, build
from ingest.bodies.facts_of import Ledger
from ingest.bodies.found import BodiesFound, phrase_key
from ingest.bodies.reading import read
from ingest.bodies.registry import registry_of
from ingest.bodies.relations import relations
from ingest.bodies.short import add_short_forms
from ingest.bodies.state import Reading
from ontology.document import Document
from ontology.model import RelationType, Status
from ontology.vocabulary import Vocabulary

__all__ = ["BodiesFound", "find_bodies"]

_ROLES = {
    RelationType.COORDINATOR_OF: "coordinator",
    RelationType.CHAIR_OF: "chair",
}


def find_bodies(document: Document, vocabulary: Vocabulary) -> BodiesFound:
    """The bodies of a document with their mentions, relations and facts.

    Registered bodies keep their IRI; others are minted from what their name says, so that the variants of a name,
    in one document or several, are one body.
    """
    reading = read(document, registry_of(vocabulary))
    add_short_forms(reading)
    ledger = relations(reading)
    built = build(reading, Places(reading), frozenset(ledger.used))
    return _found(reading, built, ledger)


def _found(reading: Reading, built: Built, ledger: Ledger) -> BodiesFound:
    bodies = built.bodies
    by_iri = {b.iri: b for b in bodies}
    names: dict[str, str] = {}
    for body in bodies:
        for name in (body.name, body.acronym or "", *body.aliases):
            if name:
                names.setdefault(phrase_key(name), body.iri)
    heads: dict[str, str] = {}
    if reading.own and reading.own.head:
        heads[reading.own.head] = reading.own.iri
    foci = {p.index: e.iri for p in reading.document.passages if (e := reading.focus(p))}
    return BodiesFound(
        bodies=bodies,
        mentions=built.mentions,
        relations=tuple(
            r
            for r in ledger.settle()
            if r.subject_iri in by_iri and (r.object_iri in by_iri or r.relation is RelationType.PARTY_TO)
        ),
        body_facts=tuple(f for f in ledger.facts.values() if f.body_iri in by_iri),
        spans={i: tuple((n.start, n.end, n.entity.iri) for n in ns) for i, ns in sorted(reading.named.items()) if ns},
        foci=foci,
        roles=_roles(reading, ledger),
        names=names,
        heads=heads,
        by_iri=by_iri,
    )


def _roles(reading: Reading, ledger: Ledger) -> dict[str, str]:
    """Who is meant by "the Coordinator": the holder of that role in the document's own body."""
    own = reading.own.iri if reading.own else ""
    out: dict[str, str] = {}
    for r in ledger.settle():
        if r.object_iri == own and r.status is Status.CURRENT and r.relation in _ROLES:
            out.setdefault(_ROLES[r.relation], r.subject_iri)
    return out
