"""Reads a document in order and tells which body each name stands for."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.bodies.acronyms import definitions
from ingest.bodies.anaphora import abbreviated_body, local_body, resolve_anaphor
from ingest.bodies.entities import Entities, Entity
from ingest.bodies.forms import Form
from ingest.bodies.names import Parsed
from ingest.bodies.organs import AS_ROLE, ORGAN_AFTER, base_body, local_organ, organ_of
from ingest.bodies.own import founded_here, heading_body, own_body
from ingest.bodies.place import country_of
from ingest.bodies.placing import government_of, place_label, placed_key, same_elsewhere
from ingest.bodies.registry import Registry, plain
from ingest.bodies.scan import Hit, Scanned, scan
from ingest.bodies.state import Named, Reading
from ingest.bodies.words import COLLECTIVES, STATE_HEADS
from ontology import iris
from ontology.document import Document
from ontology.model import BodyType

_WORDS = r"[A-Z][\w'-]+(?: [A-Z][\w'-]+)*"
_PORTFOLIOS = re.compile(rf"[Mm]inistries (?=of )(?P<all>(?:(?:,| and|, and)? ?(?:of )?(?:the )?{_WORDS})+)")
_PORTFOLIO = re.compile(rf"(?:of |, |and )(?:the )?(?P<name>{_WORDS})")
_OF_PORTFOLIO = re.compile(rf"of (?:the )?(?P<name>{_WORDS}(?:(?:, {_WORDS})* and {_WORDS})?)")
_OWNER_GAP = re.compile(r"^\)?'s? (?:own |new |national |global |regional |central |local )?$")


def read(document: Document, registry: Registry) -> Reading:
    """Resolve every name of the document, in reading order."""
    scanned = scan(document, registry)
    reading = Reading(
        document, registry, scanned, Entities(registry), country_of(document, scanned, registry), heading_body
    )
    reading.definitions = tuple((s, d) for s in scanned for d in definitions(s.passage, s.text))
    reading.shorts = {d.short: d.expansion for _, d in reading.definitions if d.expansion}
    reading.own = own_body(reading)
    if reading.own is None or reading.own.type in (BodyType.GOVERNMENT, BodyType.MINISTRY) or not reading.own_in_title:
        reading.own = founded_here(reading) or reading.own
    for s in scanned:
        paragraph = (s.passage.paragraph, s.passage.section)
        if paragraph != reading.paragraph:
            reading.paragraph, reading.near = paragraph, {}
        names: list[Named] = []
        for hit in s.hits:
            if hit.form and hit.form.plural and hit.form.head == "government" and not hit.form.bare:
                names += _governments(reading, s, hit)
                continue
            if hit.form and hit.form.plural and hit.form.head == "ministry":
                several = _ministries(reading, s, hit)
                names += several
                if several:
                    continue
            named = _resolve(reading, s, hit, names)
            if named:
                names.append(named)
        reading.named[s.passage.index] = names
    # a heading may be about an organ that the text below it named first
    reading.sections = {heading: e for heading, e in reading.sections.items() if e}
    return reading


def _governments(reading: Reading, s: Scanned, hit: Hit) -> list[Named]:
    """ "the Governments of A, B and C": one government for each country named."""
    out: list[Named] = []
    at = -1
    for m in s.areas:
        if (
            m.area is None
            or m.start < hit.start
            or (at >= 0 and not re.fullmatch(r",? (?:and |or )?(?:the )?|, ", s.text[at : m.start]))
        ):
            continue
        if at < 0 and m.start > hit.end:
            break
        government = government_of(reading, m.area)
        start = hit.start if at < 0 else m.start
        government.names[f"Government of {m.area.name}"] += 1
        out.append(Named(government, start, m.end, s.text[start : m.end]))
        at = m.end
    return out


def _ministries(reading: Reading, s: Scanned, hit: Hit) -> list[Named]:
    """ "the Ministries of A, of B and C and of D": one ministry for each portfolio named."""
    listed = _PORTFOLIOS.match(s.text, hit.start)
    if listed is None:
        return []
    repeated = re.search(r"(?:,| and|, and) of ", listed["all"])
    pieces = list((_OF_PORTFOLIO if repeated else _PORTFOLIO).finditer(s.text, listed.start("all"), listed.end("all")))
    out: list[Named] = []
    for piece in pieces if len(pieces) > 1 else ():
        name = f"Ministry of {piece['name']}"
        parsed = reading.entities.parse(name, head="ministry")
        if parsed:
            form = Form(0, len(name), "ministry", 0)
            key = placed_key(reading, parsed, form)
            entity = reading.entities.of_key(key) or reading.entities.of_form(
                name, replace(parsed, key=key), label=place_label(reading, parsed, key), owner=None, generic=False
            )
            start = hit.start if not out else piece.start("name")
            entity.names[name] += 1
            out.append(Named(entity, start, piece.end("name"), s.text[start : piece.end("name")]))
    return out


def _resolve(reading: Reading, s: Scanned, hit: Hit, before: list[Named]) -> Named | None:
    """The body that a hit stands for; None where nothing in the document tells."""
    entity: Entity | None
    if hit.body:
        entity = reading.entities.of_registry(hit.body)
        if hit.place:
            place = hit.area.name if hit.area else reading.shorts.get(hit.place, hit.place)
            entity = reading.entities.office(entity, hit.text, place)
        elif organ := local_organ(reading, s, hit):
            return _note(reading, s, hit, organ, before, explicit=False)
        elif entity.key and (stands := local_body(reading, s, hit, entity.key)):
            entity = stands
        elif ORGAN_AFTER.match(hit.text) and hit.start:
            entity.generic = not entity.names or entity.generic
        return _note(reading, s, hit, entity, before, explicit=True)
    form = hit.form
    if form is None:
        return None
    parsed = reading.entities.parse(hit.text, head=form.head, level=form.level, plural=form.plural)
    if parsed is None:
        return None
    owner = _owner(reading, s, hit, before)
    if form.head == "secretariat" and AS_ROLE.search(s.text[: hit.start]):
        return None
    if form.head == "secretariat" and owner is None and (entity := _secretariat(reading, hit)):
        return _note(reading, s, hit, entity, before, explicit=True)
    if form.head == "secretariat" and owner is None:
        owner = base_body(reading, s, hit, form)
    organ = organ_of(reading, s, parsed, form, owner)
    if organ:
        if before and owner is before[-1].entity:
            organ.names[s.text[before[-1].start : hit.end]] += 1
        return _note(reading, s, hit, organ, before, explicit=False)
    if (
        not parsed.key.words
        and parsed.key.level
        and form.head in ("assembly", "parliament", "management team")
        and (form.head not in reading.recent or reading.recent[form.head].registered)
    ):
        parsed = replace(parsed, key=replace(parsed.key, words=frozenset([parsed.key.level])))
    placed = bool(parsed.key.level and parsed.key.area and " " in hit.text)
    if not parsed.key.words and placed and form.head not in COLLECTIVES | STATE_HEADS:
        parsed = replace(parsed, key=replace(parsed.key, words=frozenset(["national"])))
    if not parsed.key.words and not (parsed.key.area and form.head in STATE_HEADS):
        entity = resolve_anaphor(reading, s, form, parsed.key)
        inner = (
            None if entity else next((m.body for m in reading.registry.find(hit.text) if m.body and m.start == 0), None)
        )
        entity = reading.entities.of_registry(inner) if inner else entity
        return _note(reading, s, hit, entity, before, explicit=inner is not None) if entity else None
    entity = _from_form(reading, s, hit, parsed, form, owner)
    if owner and owner is not entity and entity.type is not BodyType.STAKEHOLDER_GROUP:
        reading.owned.append((entity, owner, s.passage.index))
    return _note(reading, s, hit, entity, before, explicit=True)


def _note(reading: Reading, s: Scanned, hit: Hit, entity: Entity, before: list[Named], *, explicit: bool) -> Named:  # noqa: ARG001
    if explicit:
        entity.names[hit.text] += 1
    if entity.head and not (entity.key and entity.key.plural):
        if explicit:
            reading.recent[entity.head] = entity
            reading.near[entity.head] = entity
        reading.history.append((s.passage.index, entity.head, entity))
    return Named(entity, hit.start, hit.end, hit.text, explicit)


def _secretariat(reading: Reading, hit: Hit) -> Entity | None:
    """ "SADC Secretariat": that of a registered organisation which is not itself a network."""
    inner = next((m.body for m in reading.registry.find(hit.text) if m.body and m.start == 0), None)
    if inner is None or inner.type is not BodyType.REGIONAL_ORGANISATION or not hit.text.endswith(" Secretariat"):
        return None
    parent = reading.entities.of_registry(inner)
    name = f"{inner.acronym or inner.name} Secretariat"
    made = Entity(iris.body(name), hit.text, inner.type, "form:secretariat", parent=parent)
    return reading.entities.add(made)


def _owner(reading: Reading, s: Scanned, hit: Hit, before: list[Named]) -> Entity | None:
    """The body whose part a name says it is: by a possessive before it, or by its own first word."""
    if (
        before
        and _OWNER_GAP.match(s.text[before[-1].end : hit.start])
        and before[-1].entity.type is not BodyType.STAKEHOLDER_GROUP
    ):
        return before[-1].entity
    first = hit.text.split(" ")[0]
    if first in reading.shorts and " " in hit.text:
        parsed = reading.entities.parse(plain(reading.shorts[first]))
        known = reading.entities.of_key(parsed.key) if parsed else None
        if known:
            return known
    inner = next((m for m in reading.registry.find(hit.text) if m.body and m.start == 0), None)
    if inner and inner.body and re.match(r" [A-Z]", hit.text[inner.end :]) and inner.body.acronym != "UN":
        if inner.body.type is BodyType.STAKEHOLDER_GROUP or hit.form is None or hit.form.head == "secretariat":
            return None
        return reading.entities.of_registry(inner.body)
    if reading.country and re.fullmatch(rf"Go[{reading.country.name[0]}][A-Za-z]?", first):
        return government_of(reading, reading.country)
    return None


def _from_form(reading: Reading, s: Scanned, hit: Hit, parsed: Parsed, form: Form, owner: Entity | None) -> Entity:
    key = placed_key(reading, parsed, form)
    found = reading.entities.by_key.get(key)
    if found is None and not parsed.key.area and form.level != "global":
        found = local_body(reading, s, hit, key.placeless()) if not key.level else None
        found = found or abbreviated_body(reading, s, key)
    found = found or same_elsewhere(reading, key, parsed) or _without_owner(reading, hit, owner)
    if found:
        return found
    generic = form.plural and not any(w[0].isupper() for w in hit.text.split(" ")[:1])
    return reading.entities.of_form(
        hit.text,
        replace(parsed, key=key),
        label=place_label(reading, parsed, key),
        owner=owner.type if owner else None,
        generic=generic,
    )


def _without_owner(reading: Reading, hit: Hit, owner: Entity | None) -> Entity | None:
    """ "OWNER Name" where the name alone is known already or registered."""
    if owner is None:
        return None
    for name in (owner.acronym, owner.name, *owner.names):
        if name and hit.text.startswith(f"{name} "):
            rest = hit.text[len(name) + 1 :]
            match = next((m for m in reading.registry.find(rest.replace(" (", "  (")) if m.body and m.start == 0), None)
            parsed = reading.entities.parse(rest)
            if match and match.body and match.end == len(rest):
                return reading.entities.of_registry(match.body)
            return reading.entities.of_key(parsed.key) if parsed and len(parsed.key.words) > 1 else None
    return None
