"""Tables whose heading row names roles: the first column holds bodies, the others who leads or chairs each."""

from __future__ import annotations

import re

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Ledger
from ingest.bodies.masks import Masked, collective
from ingest.bodies.roles import ROLES, relation_of, role_words
from ingest.bodies.state import Reading
from ontology.model import PassageKind, RelationType

_HEADING = re.compile(rf"(?:{ROLES})(?: (?:agency|agencies|entity|entities|organi[sz]ations?))?(?:\(s\)|s)?")


def role_tables(reading: Reading, passages: list[Masked], ledger: Ledger) -> None:
    """Enter the roles that the columns of tables give: "| Group | Chair | Co-chair |"."""
    columns: dict[int, list[str]] = {}
    section: tuple[str, ...] = ()
    for m in passages:
        p = m.passage
        if p.kind is not PassageKind.TABLE_ROW or p.section != section:
            columns, section = {}, p.section
        if p.kind is not PassageKind.TABLE_ROW or len(p.cells) < 2:
            continue
        heads = {n: role_words(c.strip()) for n, c in enumerate(p.cells) if n and _HEADING.fullmatch(c.strip())}
        if heads and not any(_cell(m, n) for n in heads):
            columns = heads
            continue
        led = _led(m)
        if columns and led:
            _row(reading, m, ledger, led, columns)


def _led(m: Masked) -> Entity | None:
    """The collective body of the first cell."""
    first = _cell(m, 0)
    return first[0] if first and collective(first[0]) else None


def _row(reading: Reading, m: Masked, ledger: Ledger, led: Entity, columns: dict[int, list[str]]) -> None:
    for n, words in columns.items():
        for holder in _cell(m, n):
            for word in words:
                relation = relation_of(word)
                if relation is not RelationType.MEMBER_OF or not collective(holder):
                    ledger.relate(
                        holder, relation, led, m.passage, method="role-column", confidence=0.85, words=(word,)
                    )
    own = reading.own
    if own and led is not own and collective(own) and led.method.startswith("form"):
        ledger.relate(led, RelationType.PART_OF, own, m.passage, method="row-of-groups", confidence=0.65)


def _cell(m: Masked, n: int) -> list[Entity]:
    """The bodies named in the n-th cell of a row."""
    at = 0
    for k, cell in enumerate(m.passage.cells):
        start = m.scanned.text.find(cell, at) if cell else at
        start = at if start < 0 else start
        at = start + len(cell)
        if k == n:
            return [i.entity for i in m.items if start <= i.start and i.end <= at]
    return []
