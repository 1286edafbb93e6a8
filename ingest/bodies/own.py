"""Whose document it is, and which body each of its sections speaks of."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from ingest.bodies.anaphora import GLOBAL
from ingest.bodies.entities import Entity
from ingest.bodies.forms import Form
from ingest.bodies.masks import COLLECTIVE_HEADS
from ingest.bodies.place import heading_names, title_block, title_names
from ingest.bodies.placing import government_of, known_body, place_label, placed_key, worldwide_body
from ingest.bodies.registry import plain
from ingest.bodies.scan import Hit
from ingest.bodies.state import Reading
from ingest.bodies.words import COLLECTIVES, ORGAN_HEADS, ORGANS
from ontology import iris
from ontology.document import DocumentType
from ontology.model import BodyType

_THIS_BODY = re.compile(
    r"\bhereby (?:established|created|instituted|set up)(?: as)? (?:the |a |an )?|\b(?:[Ee]stablishing"
    r"|[Ee]stablishment of|[Cc]reating|[Cc]reation of) (?:the |a )?|"
    r"\b(?:[Rr]eport|[Ss]tatement|[Ss]ubmission|[Cc]ontribution|[Rr]ules of [Pp]rocedure|[Ss]tatutes?"
    r"|[Cc]harter) (?:of|by) (?:the )?"
)


_OF_STATE = re.compile(
    r"\b(?:ministr(?:y|ies)|government|republic|cabinet|(?:prime )?minister"
    r"|state department)\b", re.I
)
_SITTING = frozenset(["committee", "board", "steering group", "advisory group", "advisory board"])
_OPENING_PASSAGES = 12
_DEFINED_WITHIN = 60
_OFTEN_NAMED = 3
_CALLED = re.compile(
    r",? ?\((?:hereinafter|hereafter|henceforth|the|referred to as|also)?[^()]{0,25}?[\"“'](?:the )?([\w ]+)[\"”']"
)


def own_body(reading: Reading) -> Entity | None:
    """The body whose document it is: named in the title block, defined as "the Network", or the one that speaks."""
    lines = title_block(reading.document)
    reading.titles = frozenset(lines)
    first = title_names(lines[0], reading.registry)
    names = [*first, *(n for line in lines[1:] for n in title_names(line, reading.registry))]
    best = (
        next((n for n in names if n[1] and not n[1].bare and not n[1].plural and n[1].head in COLLECTIVE_HEADS), None)
        or next((n for n in first if n[1] and not n[1].bare), None)
        or next((n for n in first if n[2]), None)
    )
    if best is None:
        return _defined(reading) or _author(reading, " ".join(lines)) or _speaker(reading)
    reading.own_in_title = True
    name, form, body = best
    if form:
        return _entity_of(reading, name, form)
    if body is None:
        return None
    entity = reading.entities.of_registry(body)
    office = next(
        (
            h
            for s in reading.scanned
            for h in s.hits
            if h.place and h.body is body and h.area is not None and h.area is reading.country
        ),
        None,
    )
    return reading.entities.office(entity, office.text, office.area.name) if office and office.area else entity


def _defined(reading: Reading) -> Entity | None:
    """The first body that the text calls "the Network" or the like from then on, of no other country."""
    for s in reading.scanned[:_DEFINED_WITHIN]:
        for h in s.hits:
            if h.form and not h.form.bare and not h.form.plural and h.form.head in COLLECTIVE_HEADS:
                called = _CALLED.match(s.text, h.end)
                if called and called[1].lower().split(" ")[-1] == h.form.head.split(" ")[-1]:
                    return _entity_of(reading, h.text, h.form)
    return None


def _author(reading: Reading, titles: str) -> Entity | None:
    """A national strategy, plan or review without a body in its title is the government's."""
    kinds = (DocumentType.STRATEGY, DocumentType.ACTION_PLAN, DocumentType.REVIEW, DocumentType.REPORT)
    national = re.search(r"\b(?:national|government|republic|kingdom|voluntary)\b", titles, re.I)
    publisher = reading.document.metadata.publisher or ""
    ours = reading.document.metadata.type in kinds and national and (not publisher or _OF_STATE.search(publisher))
    return government_of(reading, reading.country) if ours and reading.country else None


def _entity_of(reading: Reading, name: str, form: Form) -> Entity | None:
    parsed = reading.entities.parse(name, head=form.head, level=form.level)
    if parsed is None:
        return None
    key = placed_key(reading, parsed, form)
    reading.region = parsed.area_name
    label = place_label(reading, parsed, key)
    return reading.entities.of_form(name, replace(parsed, key=key), label=label, owner=None, generic=False)


def founded_here(reading: Reading) -> Entity | None:
    """The body that a decree founds, or whose report this is, where the title names none."""
    for n, s in enumerate(reading.scanned):
        for found in _THIS_BODY.finditer(s.text):
            form = next(
                (
                    h.form
                    for h in s.hits
                    if h.form and not h.form.bare and found.end() - 4 <= h.start <= found.end() + 4
                ),
                None,
            )
            if form is None or (n > _OPENING_PASSAGES and "hereby" not in found[0]):
                continue
            found_entity = _entity_of(reading, s.text[form.start : form.end], form)
            if found_entity:
                return found_entity
    return None


def _speaker(reading: Reading) -> Entity | None:
    """Where no title names a body: the publisher, or the body that sentences most often begin with."""
    publisher = reading.document.metadata.publisher
    if publisher:
        match = next((m for m in reading.registry.find(plain(publisher)) if m.body), None)
        if match and match.body:
            return reading.entities.of_registry(match.body)
    counts: Counter[str] = Counter()
    first: dict[str, Hit] = {}
    for s in reading.scanned:
        for hit in s.hits:
            if (
                hit.body
                and hit.body.type is not BodyType.STAKEHOLDER_GROUP
                and not hit.text.startswith(("UN ", "United Nations"))
            ):
                label = f"{hit.body.iri} {hit.place}"
                counts[label] += 1
                first.setdefault(label, hit)
    if not counts:
        return None
    label = min(counts, key=lambda c: (-counts[c], c))
    hit = first[label]
    if hit.body is None or counts[label] < _OFTEN_NAMED:
        return None
    parent = reading.entities.of_registry(hit.body)
    place = hit.area.name if hit.area else hit.place
    return reading.entities.office(parent, hit.text, place) if hit.place else parent


def _heading_organ(reading: Reading, text: str, name: str, form: Form) -> Entity | None:
    """The committee or board of the own body that a heading of its own is about."""
    words = {w.lower() for w in name.split(" ")} - set(form.head.split(" "))
    own = reading.own
    alone = re.fullmatch(r"(?:[\dIVX]+(?:\.\d+)*\.?|[A-Z][.)])?\s*(?:The )?" + re.escape(name), text.strip())
    if not (own and own.head in COLLECTIVE_HEADS and alone and form.head in _SITTING and words and words <= ORGANS):
        return None
    label = " ".join(w.capitalize() for w in name.lower().split(" "))
    iri = iris.body(f"{label} of {own.iri.rsplit('/', 1)[-1]}")
    return reading.entities.by_iri.get(iri)


def heading_body(reading: Reading, heading: str) -> Entity | None:
    text = plain(heading)
    names = heading_names(text, reading.registry)
    found: list[Entity] = []
    for name, form, body in names:
        entity = None
        if form and (organ := _heading_organ(reading, text, name, form)):
            entity = organ
        elif form and (form.bare or form.level == "global" or "(global)" in text.lower()):
            if GLOBAL.search(text) and form.head in COLLECTIVES:
                entity = worldwide_body(reading, form.head)
        elif form and not (form.head in ORGAN_HEADS and {w.lower() for w in name.split(" ")} <= ORGANS | ORGAN_HEADS):
            parsed = reading.entities.parse(name, head=form.head, level=form.level, plural=form.plural)
            entity = known_body(reading, parsed, form) if parsed else None
        elif body:
            entity = reading.entities.of_registry(body)
            if reading.own and entity.key and reading.own.key and not GLOBAL.search(text):
                same = entity.key.placeless() == reading.own.key.placeless()
                entity = reading.own if same else entity
        if entity and entity not in found:
            found.append(entity)
    found = [e for e in found if e.head != "secretariat"]
    if len(found) != 1 or found[0].type in (BodyType.STAKEHOLDER_GROUP, BodyType.MINISTRY):
        return None
    return (
        None
        if found[0].type is BodyType.GOVERNMENT
        and (found[0].head not in COLLECTIVES or "minister" in (found[0].key.words if found[0].key else ()))
        else found[0]
    )
