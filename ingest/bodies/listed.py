"""Bodies that only a list makes known: names without a head noun, bare acronyms, countries in a body's membership."""

from __future__ import annotations

import re

from ingest.bodies.entities import Entity
from ingest.bodies.placing import government_of
from ingest.bodies.scan import Scanned
from ingest.bodies.state import Named, Reading
from ingest.bodies.states import add_states
from ontology import iris
from ontology.document import PassageKind, Span
from ontology.model import BodyType

_MEMBERS = re.compile(
    r"\b(?:member(?:s|ship)?|participants|signator(?:y|ies)|composition|partners|who (?:belongs"
    r"|takes part|participates))\b",
    re.I,
)
_LABELLED = re.compile(r"^[\W_]*Members(?:hip)?\b[^:.]{0,80}:")
_ANY_LABEL = re.compile(r"^[\W_]*[A-Za-z][\w /&-]{2,40}: ")
_BARE = re.compile(
    r"(?<=[,;/:] )[A-Z]{3,9}\b(?=\s*(?:,|;|/|and\b|\.|$))|(?<=[,;/])[A-Z]{3,9}\b(?=\s*(?:,|;|/|\.|$))"
    r"|(?<= )[A-Z]{3,9}\b(?=/[A-Z])"
)
_LIST_AFTER = re.compile(
    r"\b(?:among (?:them|which|whom)|namely|notably):?\s|"
    r"\b(?:[Mm]embers|[Mm]embership|[Pp]articipants|[Pp]articipating \w+|[Ss]ignatories|[Cc]o-?(?:[Cc]onveners"
    r"|[Cc]hairs|[Ll]eads)"
    r"|joined)\b[^:.]{0,60}:\s|\b(?:consists? of|composed of|comprises|made up of|brings together)\s"
)
_COMPOSED_OF = re.compile(r"\b(?:consists?|composed|comprises?|made up|members?|membership|represented)\b[^.]{0,60}$")
_PIECE = re.compile(
    r"(?:^|(?<=[,;:] )|(?<=\|)|(?<=and )|(?<=currently )|(?<=of )|(?<=of the ))(?:the )?(?P<name>[A-Z][^,;:()|.]*?)"
    r"(?= and |,|;|\s?\(|\.|$| with |\s?\|)"
)
_NAME_LIKE = re.compile(
    r"[A-Z][\w'&.-]*(?: (?:(?:of|for|the|on|in|to|against|without|de|la|des|du|del) ){0,2}(?:[dl]')?"
    r"[A-Z][\w'&.-]*){0,5}"
)
_FIRST_CELL = re.compile(r"[| ]*([^|]*[^| ])\s*\|")
_BREAK = re.compile(r"[,;]| and ")
_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|H\.E|Sir|Dame|Hon)\b")
_ROLE_LABEL = re.compile(
    r"\b(?:[Cc]o-?[Cc]hairs?|[Cc]hair|[Ss]ecretariat|[Cc]o-?[Ll]eads?|[Ll]ead|[Cc]o-?[Cc]onveners?"
    r"|[Cc]oordinator):\s([A-Z]{3,9})\b"
)
_LISTING = ("consist", "composed of", "made up of", "comprises", "brings together", "among ", "namely", "notably")


def add_listed(reading: Reading) -> None:
    """Add to `reading.named` what lists of members and labels of roles name."""
    _add_listed(reading)
    _add_labelled(reading)
    _add_members(reading)
    add_states(reading)


def _add_listed(reading: Reading) -> None:
    """Acronyms in a labelled list of members are bodies, known or not."""
    for s in reading.scanned:
        label = _LABELLED.match(s.text)
        if label is None:
            continue
        names = list(reading.named[s.passage.index])
        for found in _BARE.finditer(s.text, label.end()):
            if all(found.end() <= n.start or found.start() >= n.end for n in names):
                kind = BodyType.UN_ENTITY if found[0].startswith("UN") else BodyType.OTHER
                entity = reading.entities.add(Entity(iris.body(found[0]), found[0], kind, "list", acronym=found[0]))
                entity.names[found[0]] += 1
                names.append(Named(entity, found.start(), found.end(), found[0]))
        reading.named[s.passage.index] = sorted(names, key=lambda n: n.start)


def _add_members(reading: Reading) -> None:
    """In a list of members, capitalised names without a head noun are bodies, and countries their governments."""
    listed: dict[str, Entity] = {}
    tables: set[tuple[str, ...]] = set()
    for s in reading.scanned:
        stretch = _stretch(reading, s, tables)
        if stretch is None:
            continue
        names = list(reading.named[s.passage.index])
        for piece in _PIECE.finditer(s.text, stretch.start, stretch.end):
            entity = _member(reading, s, piece, stretch) if _free(piece, names) else None
            if entity:
                entity.names[piece["name"]] += 1
                names.append(Named(entity, piece.start("name"), piece.end("name"), piece["name"]))
                if entity.method == "list" and " " in entity.name:
                    listed.setdefault(entity.name, entity)
        reading.named[s.passage.index] = sorted(names, key=lambda n: n.start)
    for name, entity in listed.items():
        _add_everywhere(reading, name, entity)


def _free(piece: re.Match[str], names: list[Named]) -> bool:
    return all(piece.start() >= n.end or n.start >= piece.end() for n in names)


def _stretch(reading: Reading, s: Scanned, tables: set[tuple[str, ...]]) -> Span | None:
    """Where in a passage members are listed: after "composed of", in an item or row of a list of them."""
    kind, section = s.passage.kind, s.passage.section
    if kind in (PassageKind.CONTENTS, PassageKind.HEADING):
        return None
    if kind is PassageKind.TABLE_ROW:
        heading_row = section not in tables
        tables.add(section)
        cell = _FIRST_CELL.match(s.text)
        return Span(*cell.span(1)) if cell and _composed(s) and not heading_row else None
    found = _LIST_AFTER.search(s.text) if ": " in s.text or any(w in s.text for w in _LISTING) else None
    label = _ANY_LABEL.match(s.text) if found is None and _composed(s) else None
    if found is None and label is None:
        return Span(0, len(s.text)) if kind is PassageKind.LIST_ITEM and _composed(s) else None
    start = (found or label).end()  # type: ignore[union-attr]
    stop = re.search(r"\.(?:\s|$)", s.text[start:])
    end = start + stop.start() if stop else len(s.text)
    near = sum(n.start >= start for n in reading.named[s.passage.index]) + sum(a.start >= start for a in s.areas)
    several = len(_BREAK.findall(s.text, start, end)) >= (1 if near else 2)
    return Span(start, end) if (found and near and several) or label else None


def _member(reading: Reading, s: Scanned, piece: re.Match[str], stretch: Span) -> Entity | None:
    at = piece.span("name")
    area = next((a.area for a in s.areas if (a.start, a.end) == at), None)
    if area:
        return government_of(reading, area) if area.alpha3 else None
    listed = s.text[stretch.start - 2 : stretch.start].strip(" |")
    whole = listed or piece.end() - piece.start() >= stretch.end - stretch.start - 2
    if not whole or not _NAME_LIKE.fullmatch(piece["name"]) or _PERSON.match(piece["name"]):
        return None
    return reading.entities.add(Entity(iris.body(piece["name"]), piece["name"], BodyType.OTHER, "list"))


def _add_everywhere(reading: Reading, name: str, entity: Entity) -> None:
    """Further places of a name that only a list of members made known."""
    for s in reading.scanned:
        at = s.text.find(name)
        names = reading.named[s.passage.index]
        if at >= 0 and all(at + len(name) <= n.start or at >= n.end for n in names):
            added = Named(entity, at, at + len(name), name)
            reading.named[s.passage.index] = sorted([*names, added], key=lambda n: n.start)


def _composed(s: Scanned) -> bool:
    heading = s.passage.section[-1] if s.passage.section else ""
    return bool(_COMPOSED_OF.search(s.passage.lead_in or "") or _MEMBERS.search(heading))


def _add_labelled(reading: Reading) -> None:
    """ "Co-chair: SHORT": an unknown acronym right after a role and a colon is a body."""
    for s in reading.scanned:
        for found in _ROLE_LABEL.finditer(s.text) if ": " in s.text else ():
            names = reading.named[s.passage.index]
            if all(found.end(1) <= n.start or found.start(1) >= n.end for n in names):
                entity = reading.entities.add(
                    Entity(iris.body(found[1]), found[1], BodyType.OTHER, "list", acronym=found[1])
                )
                entity.names[found[1]] += 1
                added = Named(entity, found.start(1), found.end(1), found[1])
                reading.named[s.passage.index] = sorted([*names, added], key=lambda n: n.start)
