"""All relations of a document: passes every passage by the patterns, then the lists."""

from __future__ import annotations

import re

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

_HINT = re.compile(
    r"chair|secretariat|co-?lead|\blead|\bled\b|coordinat|co-ordinat|conven|member|role as|consist|compris|composed"
    r"|launch|establish|creat|"
    r"found|set up|decided|agreed|succe|transform|replac|renamed|merged|formerly|previously|under|part of"
    r"|one of the|encompass|includ|"
    r"accountable|report|is the|collaborat|cooperat|co-operat|partner|relationship|engag|work|invit|support|assist"
    r"|advis|ratif|acced|"
    r"sign|join|agreement|memorandum|presid|grew out|evolved|emerged|takes over|belongs|affiliated|holds the|attached|"
    r"annexed|housed|particip|entities|signator|following|constitut|born|endors|absorb|activat|announc|answer|sits|affiliat|seat|initiat|heads|facilitat|"
    r"located|hereby|lays?\b|support|together with|chair",
    re.I,
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
        if m.items and _HINT.search(m.text):
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
