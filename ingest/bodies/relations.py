"""All relations of a document: passes every passage by the patterns, then the lists."""

from __future__ import annotations

from ingest.bodies.body_facts import body_facts, chaired_meetings
from ingest.bodies.facts_of import Ledger, note_all
from ingest.bodies.loose import loose_roles
from ingest.bodies.masks import Masked, masked
from ingest.bodies.members import conveners, inner_circle, member_lists, member_sentences
from ingest.bodies.partners import parties, partners
from ingest.bodies.role_tables import role_tables
from ingest.bodies.roles import in_this_capacity, roles
from ingest.bodies.state import Reading
from ingest.bodies.structure import arisen, listed_parts, owned, structure
from ontology.model import PassageKind

_HINTS = (
    "absor",
    "acced",
    "accountable",
    "activat",
    "advis",
    "affiliat",
    "agreed",
    "agreement",
    "annexed",
    "announc",
    "answer",
    "assist",
    "attached",
    "chair",
    "co-operat",
    "co-ordinat",
    "collaborat",
    "composed",
    "compris",
    "consist",
    "constitut",
    "conven",
    "cooperat",
    "coordinat",
    "creat",
    "decided",
    "belongs",
    "bring",
    "brought",
    "gathers",
    "unites",
    "encompass",
    "endors",
    "engag",
    "entities",
    "establish",
    "evolved",
    "facilitat",
    "following",
    "formerly",
    "found",
    "grew out",
    "heads",
    "hereby",
    "holds the",
    "housed",
    "includ",
    "initiat",
    "invit",
    "is the",
    "join",
    "launch",
    "lay",
    "lead",
    "led",
    "located",
    "member",
    "memorandum",
    "merged",
    "one of the",
    "born",
    "part of",
    "particip",
    "partner",
    "presid",
    "previously",
    "ratif",
    "relationship",
    "renamed",
    "replac",
    "report",
    "role as",
    "seat",
    "secretariat",
    "set up",
    "sign",
    "sits",
    "succe",
    "support",
    "takes over",
    "together with",
    "transform",
    "under",
    "work",
)


def relations(reading: Reading) -> Ledger:
    """Relations and body facts of a document that has been read."""
    ledger = Ledger()
    passages: list[Masked] = [m for m in masked(reading) if m.passage.kind is not PassageKind.CONTENTS]
    before: Masked | None = None
    for m in passages:
        if m.passage.kind is PassageKind.HEADING:
            before = None
            continue
        if m.items and m.has(*_HINTS):
            strict = roles(reading, m)
            note_all(
                ledger,
                m,
                [
                    *strict,
                    *loose_roles(reading, m, strict),
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
    member_lists(reading, passages, ledger)
    owned(reading, ledger)
    arisen(reading, passages, ledger)
    role_tables(reading, passages, ledger)
    listed_parts(reading, passages, ledger)
    body_facts(reading, passages, ledger)
    return ledger
