"""Bodies, their roles and relations, and facts about them: what a document says of who is who."""

from __future__ import annotations

from ingest.bodies.build import Places, build
from ingest.bodies.found import BodiesFound, phrase_key
from ingest.bodies.reading import Reading, read
from ingest.bodies.registry import registry_of
from ingest.bodies.short import add_short_forms
from ontology.model import Document, RelationType
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
    places = Places(reading)
    built = build(reading, places)
    return _found(reading, built.bodies, built.mentions)


def _found(reading: Reading, bodies: tuple, mentions: tuple) -> BodiesFound:
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
        mentions=mentions,
        relations=(),
        body_facts=(),
        spans={i: tuple((n.start, n.end, n.entity.iri) for n in ns) for i, ns in sorted(reading.named.items()) if ns},
        foci=foci,
        roles={},
        names=names,
        heads=heads,
        by_iri=by_iri,
    )
