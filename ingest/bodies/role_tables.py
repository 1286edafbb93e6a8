"""Tables whose heading row says what their columns hold: who leads, chairs, takes part in or works with a body."""

from __future__ import annotations

import re

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Ledger
from ingest.bodies.masks import Masked, collective, whole
from ingest.bodies.roles import ROLES, relation_of, role_words
from ingest.bodies.state import Named, Reading
from ontology import iris
from ontology.document import PassageKind
from ontology.model import BodyType, RelationType

_BODIES = r"(?:agenc\w+|entit\w+|organi[sz]ations?|institutions?|associations?|bod(?:y|ies)|ngos?|partners?|members?)"
_OFFICE = re.compile(rf"(?:{ROLES})(?: {_BODIES})?(?:\(s\)|s)?", re.I)
_MEMBERS = re.compile(
    rf"(?:(?:participating|member|supporting|other|core|full|contributing) )?(?:members?|participants)"
    rf"|(?:member|participating|supporting|contributing) {_BODIES}",
    re.I,
)
_PARTNERS = re.compile(
    r"(?:(?:key|main|implementing|national|development|un) )?partners?(?: (?:agenc"
    r"|organi)\w+)?", re.I
)
_ORGANISED = re.compile(
    rf"(?:[\w-]+ ){{0,2}}{_BODIES}|government|civil society|(?:line )?ministr\w+|private sector|academia", re.I
)
_GROUPS = re.compile(
    r"(?:sub-?|technical |thematic |national |regional )*(?:sectors?|working groups?|groups?|clusters?"
    r"|task (?:teams?|forces?)"
    r"|committees?|workstreams?|pillars?|thematic areas?|sub-?groups?|sub-?sectors?)",
    re.I,
)
_POSTS = re.compile(r"(?:roles?|functions?|positions?|offices?|capacit(?:y|ies)|responsibilit(?:y|ies))", re.I)
_OF_MEMBERS = re.compile(r"\b(?:member(?:s|ship)?|composition|participating)\b", re.I)
_OUTSIDE = re.compile(r"\b(?:observers?|donors?|former|partners?)\b", re.I)
_LONGEST_NAME = 60


class _Table:
    """What the heading row of a table and the words before it say of its columns."""

    def __init__(self, heads: tuple[str, ...], said: str) -> None:
        of_members = bool(_OF_MEMBERS.search(said)) and not _OUTSIDE.search(said)
        self.group = heads[0] if _GROUPS.fullmatch(heads[0]) else ""
        self.posts = bool(_POSTS.fullmatch(heads[0]))
        self.kinds = {n: kind for n, head in enumerate(heads) if (kind := self._kind(head, n, of_members))}

    def _kind(self, head: str, n: int, of_members: bool) -> str:
        """ "member", "partner", the words for an office, or nothing known of the column."""
        if _MEMBERS.fullmatch(head) and not _OUTSIDE.search(head):
            return "member"
        if _PARTNERS.fullmatch(head):
            return "partner"
        if n and _OFFICE.fullmatch(head):
            return head
        return "member" if of_members and _ORGANISED.fullmatch(head) and not _OUTSIDE.search(head) else ""


def role_tables(reading: Reading, passages: list[Masked], ledger: Ledger) -> None:
    """Enter what tables give: "| Group | Chair | Co-chair |", "| Sector | Members |", "| Partner |", "| Role |"."""
    table: _Table | None = None
    said, inside = "", False
    for m in passages:
        p = m.passage
        if p.kind is not PassageKind.TABLE_ROW or len(p.cells) < 2:
            heading = p.section[-1] if p.section else ""
            said, inside, table = f"{heading} {p.text}", False, None
            continue
        if not inside:
            inside = True
            if _is_heading(m):
                table = _Table(tuple(c.strip(" *_") for c in p.cells), said)
                continue
        if table is None:
            continue
        if table.posts:
            _post(reading, m, ledger)
            continue
        led = _led(reading, m, table)
        if led:
            _row(reading, m, ledger, led, table)
        else:
            _own_row(reading, m, ledger, table)


def _is_heading(m: Masked) -> bool:
    """Whether the first row of a table says what its columns hold: it names no body, or kinds of bodies only."""
    first = m.passage.cells[0].strip(" *_")
    known = (_ORGANISED, _GROUPS, _POSTS, _MEMBERS)
    return any(k.fullmatch(first) for k in known) or not any(_firm(m, n) for n in range(len(m.passage.cells)))


def _firm(m: Masked, n: int) -> list[Entity]:
    return [e for e in _cell(m, n) if e.type is not BodyType.STAKEHOLDER_GROUP]


def _led(reading: Reading, m: Masked, table: _Table) -> Entity | None:
    """The body of the first cell that the row is about: a group, named in full or by its theme under "Sector"."""
    first = _cell(m, 0)
    if first:
        return first[0] if collective(first[0]) else None
    theme = m.passage.cells[0].strip(" *_")
    offices = any(kind not in ("member", "partner") for kind in table.kinds.values())
    own = reading.own
    if not (table.group and offices and theme and own and collective(own)) or len(theme) > _LONGEST_NAME:
        return None
    word = re.sub(r"s$", "", table.group.lower())
    name = theme if theme.lower().endswith(word) else f"{theme} {word}"
    iri = iris.body(f"{name} of {own.iri.rsplit('/', 1)[-1]}")
    made = reading.entities.add(Entity(iri, name, BodyType.WORKING_GROUP, "form:group row", parent=own))
    made.names[theme] += 1
    start = m.scanned.text.find(theme)
    if start >= 0:
        names = [*reading.named[m.passage.index], Named(made, start, start + len(theme), theme)]
        reading.named[m.passage.index] = sorted(names, key=lambda n: n.start)
    return made


def _row(reading: Reading, m: Masked, ledger: Ledger, led: Entity, table: _Table) -> None:
    for n, kind in table.kinds.items():
        words = [] if not n or kind == "partner" else ["member"] if kind == "member" else role_words(kind)
        holders = _cell(m, n)
        for holder in holders:
            for word in words:
                relation = relation_of(word)
                if relation is RelationType.CHAIR_OF and len(holders) > 1 and word.lower().startswith("lead"):
                    relation = RelationType.CO_LEAD_OF
                if relation is not RelationType.MEMBER_OF or not collective(holder):
                    ledger.relate(
                        holder, relation, led, m.passage, method="role-column", confidence=0.85, words=(word,)
                    )
    own = reading.own
    groups = table.group or any(n and kind not in ("member", "partner") for n, kind in table.kinds.items())
    if own and led is not own and collective(own) and led.method.startswith("form") and groups:
        ledger.relate(led, RelationType.PART_OF, own, m.passage, method="row-of-groups", confidence=0.65)


def _own_row(reading: Reading, m: Masked, ledger: Ledger, table: _Table) -> None:
    """A row about a place or theme: whom its columns name belongs to, or works with, the section's body."""
    focus = reading.focus(m.passage)
    if focus is None or any(_OUTSIDE.match(c.strip(" *_")) for c in m.passage.cells[1:]):
        return
    for n, kind in table.kinds.items():
        for holder in _firm(m, n):
            if holder is focus:
                continue
            if kind == "partner":
                how = "partner-column"
                ledger.relate(focus, RelationType.PARTNER_OF, holder, m.passage, method=how, words=(kind,))
            elif whole(focus) and not collective(holder) and kind == "member":
                ledger.relate(holder, RelationType.MEMBER_OF, focus, m.passage, method="member-column", words=(kind,))


def _post(reading: Reading, m: Masked, ledger: Ledger) -> None:
    """A row that begins with an office: "| Secretariat | A |"."""
    focus = reading.focus(m.passage)
    label = m.passage.cells[0].strip(" *_")
    if focus is None or not whole(focus) or not (_OFFICE.fullmatch(label) or _MEMBERS.fullmatch(label)):
        return
    words = ["member"] if _MEMBERS.fullmatch(label) else role_words(label)
    for n in range(1, len(m.passage.cells)):
        for holder in _firm(m, n):
            for word in words:
                ledger.relate(holder, relation_of(word), focus, m.passage, method="office-row", words=(label,))


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
