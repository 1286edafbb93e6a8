"""All relations of a document: passes every passage by the patterns, then the lists."""

from __future__ import annotations

from ingest.bodies.body_facts import body_facts, chaired_meetings
from ingest.bodies.facts_of import Ledger, note_all
from ingest.bodies.loose import besides, loose_roles
from ingest.bodies.masks import Masked, masked
from ingest.bodies.members import conveners, inner_circle, member_lists, member_sentences
from ingest.bodies.offices import offices
from ingest.bodies.partners import parties, partners
from ingest.bodies.role_tables import role_tables
from ingest.bodies.roles import in_this_capacity, roles
from ingest.bodies.standing import standing
from ingest.bodies.state import Reading
from ingest.bodies.structure import arisen, listed_parts, owned, structure, to_come
from ontology.document import PassageKind


def relations(reading: Reading) -> Ledger:
    """Relations and body facts of a document that has been read."""
    ledger = Ledger()
    passages: list[Masked] = [m for m in masked(reading) if m.passage.kind is not PassageKind.CONTENTS]
    before: Masked | None = None
    for m in passages:
        if m.passage.kind is PassageKind.HEADING:
            before = None
            continue
        if m.items:
            strict = roles(reading, m)
            strict = [*strict, *loose_roles(reading, m, strict)]
            note_all(
                ledger,
                m,
                [
                    *strict,
                    *besides(strict, [*offices(reading, m), *standing(reading, m)]),
                    *member_sentences(reading, m, before),
                    *conveners(m),
                    *inner_circle(reading, m),
                    *structure(reading, m),
                    *partners(reading, m),
                    *in_this_capacity(reading, m, before),
                ],
            )
            chaired_meetings(reading, m, before, ledger)
        if m.items or m.scanned.areas:
            parties(reading, m, ledger)
        before = m
    ledger.coming |= to_come(reading, passages)
    member_lists(reading, passages, ledger)
    owned(reading, ledger)
    arisen(reading, passages, ledger)
    role_tables(reading, passages, ledger)
    listed_parts(reading, passages, ledger)
    body_facts(reading, passages, ledger)
    return ledger
