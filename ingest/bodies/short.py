"""Second pass over a document: the short forms it defines, their occurrences, and the slips of a scanner in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ingest.bodies.acronyms import Definition, initials_fit, slip_form
from ingest.bodies.entities import Entity
from ingest.bodies.listed import add_listed
from ingest.bodies.names import without_parentheses
from ingest.bodies.placing import government_of
from ingest.bodies.scan import Scanned
from ingest.bodies.state import Named, Reading, merge
from ingest.bodies.words import folded
from ontology import iris
from ontology.document import PassageKind
from ontology.model import BodyType

_TOKEN = re.compile(r"\b[A-Z][A-Za-z0-9&]*(?:[/\-][A-Za-z0-9&]+)*\b")
_WORD = re.compile(r"[A-Z][A-Za-z0-9&]*")
_CO = re.compile(r"\bCo-?[Cc]onven[eo]rs\b")
_MEMBERS = re.compile(r"\b(?:member(?:s|ship)?|participants|signator(?:y|ies)|composition|partners)\b", re.I)
_SLASH = re.compile(r"\s?(?:\([^()]*\))?/")
_OFFICER = re.compile(r"\b(?:[Cc]o-?ordinator|[Rr]epresentative)$|Representative of the Secretary[- ]General")
_SECRETARIATS = frozenset(["secretariat"])


def add_short_forms(reading: Reading) -> None:
    """Bind the short forms that the document defines and add every occurrence of them to `reading.named`."""
    known: dict[str, Entity | None] = {}
    for s, found in reading.definitions:
        _bind(reading, s, found, known)
    concepts = {short for short, entity in known.items() if entity is None}
    bodies = {short: entity for short, entity in known.items() if entity is not None}
    for index, names in reading.named.items():
        reading.named[index] = [n for n in names if n.text not in concepts and n.text.rstrip("s") not in concepts]
    for index, names in reading.named.items():
        reading.named[index] = [
            Named(bodies[n.text], n.start, n.end, n.text) if bodies.get(n.text, n.entity) is not n.entity else n
            for n in names
        ]
    _add_occurrences(reading, bodies)
    add_listed(reading)
    _join_offices(reading)


def _join_offices(reading: Reading) -> None:
    """ "Resident Coordinator/Humanitarian Coordinator": titles joined by a slash are one person's."""
    for s in reading.scanned:
        if "/" not in s.text:
            continue
        for a, b in pairwise(list(reading.named[s.passage.index])):
            between = s.text[a.end : b.start]
            kept, gone = a.entity, b.entity
            if _SLASH.fullmatch(between) and _OFFICER.search(kept.name) and _OFFICER.search(gone.name):
                current = {n.start: n.entity for n in reading.named[s.passage.index]}
                kept, gone = current[a.start], current[b.start]
                if kept is not gone and not (kept.parent or gone.parent):
                    gone.names[gone.name] += 1
                    merge(reading, gone, kept)


def _bind(reading: Reading, s: Scanned, found: Definition, known: dict[str, Entity | None]) -> None:
    names = reading.named[s.passage.index]
    before = next((n for n in names if n.explicit and _fits(n, found)), None)
    own = next(
        (n for n in names if n.start <= found.short_start and n.end >= found.short_end and n is not before), None
    )
    if before and own and before.entity is not own.entity:
        _settle(reading, s, before, own, found)
        names = reading.named[s.passage.index]
        before = next((n for n in names if n.start == before.start), before)
    if before is None and own and own.explicit:
        if found.expansion and own.text == found.short and not found.table and _about(found, own.entity):
            _extend(reading, s, own.entity, found)
        elif found.table and not _about(found, own.entity):
            known[found.short] = None
        return
    entity = before.entity if before else _listed_member(reading, s, found)
    if entity is None:
        known.setdefault(found.short, None)
        return
    if found.short.endswith("s") and entity.type is BodyType.STAKEHOLDER_GROUP:
        known[found.short.removesuffix("s")] = entity
    if known.get(found.short) is None or not found.table:
        known[found.short] = entity
    if not entity.acronym and "".join(c for c in found.short if c.isupper()):
        entity.acronym = found.short


def _fits(named: Named, found: Definition) -> bool:
    """Whether a name before "(SHORT)" is what SHORT stands for: it ends there, and its head is among the words."""
    if not (found.name_end - 2 <= named.end <= found.name_end + 1) or named.start >= found.name_end:
        return False
    if not found.expansion:
        return True
    return found.expansion_start <= named.end - max(len(named.entity.head), 1) or named.start >= found.expansion_start


def _about(found: Definition, entity: Entity) -> bool:
    """Whether the words of a definition are a form of the body's name."""
    mine = set(folded(found.expansion).split())
    return any(2 * len(mine & set(folded(n).split())) >= len(mine) for n in (entity.name, *entity.names))


def _settle(reading: Reading, s: Scanned, before: Named, own: Named, found: Definition) -> None:
    """ "Name (SHORT)" where SHORT is registered: one body if the heads agree, else the name takes the short form."""
    whole, short = before.entity, own.entity
    same = whole.registered is False and (not short.head or not whole.head or folded(whole.head) == folded(short.head))
    if same and whole is not reading.own and not (whole.parent or whole.head in _SECRETARIATS):
        merge(reading, whole, short)
    elif not whole.registered:
        whole.acronym = found.short
        short.names[own.text] -= 1
        index = s.passage.index
        reading.named[index] = [Named(whole, n.start, n.end, n.text) if n is own else n for n in reading.named[index]]


def _extend(reading: Reading, s: Scanned, entity: Entity, found: Definition) -> None:
    """A name that only its registered acronym makes known: "Some Other Wording (ACR)"."""
    text = s.text[found.expansion_start : found.name_end]
    if text[:1].isupper():
        names = reading.named[s.passage.index]
        clear = [n for n in names if n.end <= found.expansion_start or n.start >= found.name_end]
        reading.named[s.passage.index] = sorted(
            [*clear, Named(entity, found.expansion_start, found.name_end, text)], key=lambda n: n.start
        )
        entity.names[text] += 1


def _listed_member(reading: Reading, s: Scanned, found: Definition) -> Entity | None:
    """A name with its acronym that makes a whole line of a list of members is a body, head noun or not."""
    listed = s.passage.kind in (PassageKind.LIST_ITEM, PassageKind.TABLE_ROW, PassageKind.SENTENCE)
    alone = found.expansion_start <= 2 and len(s.text) - found.short_end <= 4
    if not (listed and alone and found.expansion[:1].isupper() and any(_MEMBERS.search(h) for h in s.passage.section)):
        return None
    kind = BodyType.UN_ENTITY if re.match(r"(?:UN|United Nations)\b", found.expansion) else BodyType.OTHER
    name = without_parentheses(found.expansion)
    entity = reading.entities.add(Entity(iris.body(name), name, kind, "list"))
    entity.names[name] += 1
    clear = [n for n in reading.named[s.passage.index] if n.start >= found.name_end]
    reading.named[s.passage.index] = [Named(entity, found.expansion_start, found.name_end, name), *clear]
    return entity


def _add_occurrences(reading: Reading, bodies: dict[str, Entity]) -> None:
    slips = {
        slip_form(short): entity
        for short, entity in bodies.items()
        if (len(short) <= 8 and slip_form(short) != short) or "I" in short
    }
    meant: dict[str, Entity | None] = {}
    for s in reading.scanned:
        names = reading.named[s.passage.index]
        if s.passage.kind is PassageKind.CONTENTS:
            continue
        taken = [(n.start, n.end) for n in names]
        added = []
        for token in _tokens(s.text, bodies):
            if token[0] not in meant:
                meant[token[0]] = _of_token(reading, token[0], bodies, slips)
            entity = meant[token[0]]
            if entity is None:
                continue
            if token[0] in bodies:
                covered = [n for n in names if n.start >= token.start() and n.end <= token.end() and n.text != token[0]]
                names = [n for n in names if n not in covered]
                taken = [(n.start, n.end) for n in names]
            if all(token.end() <= a or token.start() >= b for a, b in taken):
                entity.names[token[0]] += 1
                added.append(Named(entity, token.start(), token.end(), token[0]))
        if "onven" in s.text:
            added += [m for m in _conveners(reading, s) if all(m.end <= a or m.start >= b for a, b in taken)]
        if added:
            reading.named[s.passage.index] = sorted([*names, *added], key=lambda n: n.start)


def _tokens(text: str, bodies: dict[str, Entity]) -> Iterator[re.Match[str]]:
    """Words that may be short forms; one with a slash is taken apart unless the document defines it whole."""
    for token in _TOKEN.finditer(text):
        if "/" not in token[0] or token[0] in bodies:
            yield token
        else:
            yield from _WORD.finditer(text, token.start(), token.end())


def _of_token(reading: Reading, token: str, bodies: dict[str, Entity], slips: dict[str, Entity]) -> Entity | None:
    found = bodies.get(token) or bodies.get(token.removesuffix("s"))
    if found is None and len(token) <= 8 and any(c in token for c in "lI1"):
        found = slips.get(slip_form(token))
    if found is None and reading.country and token == f"Go{reading.country.name[0]}":
        return government_of(reading, reading.country)
    if found is None and reading.own and token.isupper() and len(token) >= 3 and _initials(token, reading):
        return next(e for e in _collectives(reading) if initials_fit(token, e.name))
    return found


def _collectives(reading: Reading) -> list[Entity]:
    """Networks and the like of the document that an undefined acronym may stand for, its own and local ones first."""
    seen = [
        e
        for e in reading.entities.by_iri.values()
        if e.key and e.head in ("network", "coalition", "platform") and not e.key.plural
    ]
    here = reading.country.iri if reading.country else ""
    return sorted(seen, key=lambda e: (e is not reading.own, not here or e.area != here, e.order))


def _initials(token: str, reading: Reading) -> bool:
    return len(token) <= 5 and any(
        token
        == "".join(w[0] for w in folded(e.name.split(" in ")[0]).split() if w not in ("on", "of", "for", "the")).upper()
        for e in _collectives(reading)
    )


def _conveners(reading: Reading, s: Scanned) -> list[Named]:
    owner = reading.focus(s.passage) or reading.own
    out = []
    for found in _CO.finditer(s.text):
        if owner is None or (found.start() == 0 and len(s.text) < 25):
            continue
        root = reading.own or owner
        entity = reading.entities.add(
            Entity(
                iris.body(f"Co-Conveners of {root.iri.rsplit('/', 1)[-1]}"),
                found[0],
                BodyType.COORDINATION_MECHANISM,
                "organ",
                parent=root,
                generic=True,
            )
        )
        entity.names[found[0]] += 1
        out.append(Named(entity, found.start(), found.end(), found[0], explicit=False))
    return out
