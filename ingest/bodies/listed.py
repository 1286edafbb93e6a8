"""Bodies that only a list makes known: names without a head noun, bare acronyms, countries in a body's membership."""

from __future__ import annotations

import re

from ingest.bodies.entities import Entity
from ingest.bodies.placing import government_of
from ingest.bodies.scan import Scanned
from ingest.bodies.state import Named, Reading
from ontology import iris
from ontology.model import BodyType, PassageKind

_MEMBERS = re.compile(r"\b(?:member(?:s|ship)?|participants|signator(?:y|ies)|composition|partners)\b", re.I)
_LABELLED = re.compile(r"^[\W_]*Members(?:hip)?\b[^:.]{0,80}:")
_BARE = re.compile(
    r"(?<=[,;/:] )[A-Z]{3,9}\b(?=\s*(?:,|;|/|and\b|\.|$))|(?<=[,;/])[A-Z]{3,9}\b(?=\s*(?:,|;|/|\.|$))"
    r"|(?<= )[A-Z]{3,9}\b(?=/[A-Z])"
)
_LIST_AFTER = re.compile(
    r"\b(?:[Mm]embers|[Mm]embership|[Pp]articipants|[Pp]articipating \w+|[Ss]ignatories|[Cc]o-?(?:[Cc]onveners"
    r"|[Cc]hairs|[Ll]eads)"
    r"|joined)\b[^:.]{0,60}:\s|\b(?:consists? of|composed of|comprises|made up of|brings together)\s"
)
_COMPOSED_OF = re.compile(r"\b(?:consists?|composed|comprises?|made up|members?|membership|represented)\b[^.]{0,60}$")
_PIECE = re.compile(
    r"(?:^|(?<=[,;:] )|(?<=and )|(?<=currently )|(?<=of )|(?<=of the ))(?:the )?(?P<name>[A-Z][^,;:()|.]*?)"
    r"(?= and |,|;|\s?\(|\.|$| with )"
)
_NAME_LIKE = re.compile(
    r"[A-Z][\w'&.-]*(?: (?:(?:of|for|the|on|in|to|against|without|de|la|des|du|del) ){0,2}[A-Z][\w'&.-]*){0,5}"
)
_BREAK = re.compile(r"[,;]")
_STATE_ACTS = re.compile(
    r" (?:currently |also |will |shall )?(?:holds?|chairs?|co-chairs?|presides?|assum\w+|leads?|hosts?"
    r"|ratif\w+|pledg\w+|commits?"
    r"|undertakes?) "
)
_ROLE_LABEL = re.compile(
    r"\b(?:[Cc]o-?[Cc]hairs?|[Cc]hair|[Ss]ecretariat|[Cc]o-?[Ll]eads?|[Ll]ead|[Cc]o-?[Cc]onveners?"
    r"|[Cc]oordinator):\s([A-Z]{3,9})\b"
)
_LISTING = ("consist", "composed of", "made up of", "comprises", "brings together")


def add_listed(reading: Reading) -> None:
    """Add to `reading.named` what lists of members and labels of roles name."""
    _add_listed(reading)
    _add_labelled(reading)
    _add_members(reading)
    _add_states(reading)


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
    for s in reading.scanned:
        found = _LIST_AFTER.search(s.text) if ": " in s.text or any(w in s.text for w in _LISTING) else None
        start = found.end() if found else 0
        item = s.passage.kind in (PassageKind.LIST_ITEM, PassageKind.TABLE_ROW) and _composed(s)
        if not (found or item) or s.passage.kind in (PassageKind.CONTENTS, PassageKind.HEADING):
            continue
        names = list(reading.named[s.passage.index])
        known = sum(n.start >= start for n in names) + sum(a.start >= start for a in s.areas)
        if known < (1 if found else 0) or (found and len(_BREAK.findall(s.text, start)) < 2):
            continue
        stop = re.search(r"\.(?:\s|$)", s.text[start:])
        end = start + stop.start() if stop else len(s.text)
        for piece in _PIECE.finditer(s.text, start, end):
            if any(piece.start() < n.end and n.start < piece.end() for n in names):
                continue
            area = next(
                (a.area for a in s.areas if a.start == piece.start("name") and a.end == piece.end("name")), None
            )
            entity = None
            if area and area.alpha3:
                entity = government_of(reading, area)
            elif (
                (found or piece.end() - piece.start() >= len(s.text) - 2)
                and not area
                and _NAME_LIKE.fullmatch(piece["name"])
            ):
                entity = reading.entities.add(Entity(iris.body(piece["name"]), piece["name"], BodyType.OTHER, "list"))
            if entity:
                entity.names[piece["name"]] += 1
                names.append(Named(entity, piece.start("name"), piece.end("name"), piece["name"]))
                if entity.method == "list" and " " in entity.name:
                    listed.setdefault(entity.name, entity)
        reading.named[s.passage.index] = sorted(names, key=lambda n: n.start)
    for name, entity in listed.items():
        _add_everywhere(reading, name, entity)


def _add_everywhere(reading: Reading, name: str, entity: Entity) -> None:
    """Further places of a name that only a list of members made known."""
    for s in reading.scanned:
        at = s.text.find(name)
        names = reading.named[s.passage.index]
        if at >= 0 and all(at + len(name) <= n.start or at >= n.end for n in names):
            added = Named(entity, at, at + len(name), name)
            reading.named[s.passage.index] = sorted([*names, added], key=lambda n: n.start)


def _add_states(reading: Reading) -> None:
    """A country that chairs, pledges or commits is its government."""
    for s in reading.scanned:
        names = reading.named[s.passage.index]
        for a in s.areas:
            alone = all(a.end <= n.start or a.start >= n.end for n in names)
            if a.area and a.area.alpha3 and not a.demonym and alone and _STATE_ACTS.match(s.text, a.end):
                if a.start and not re.search(r"(?:^|[.;:,] |\b(?:and|that|by) )(?:the )?$", s.text[: a.start]):
                    continue
                entity = government_of(reading, a.area)
                text = s.text[a.start : a.end]
                entity.names[text] += 1
                names = sorted([*names, Named(entity, a.start, a.end, text)], key=lambda n: n.start)
        reading.named[s.passage.index] = names


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
