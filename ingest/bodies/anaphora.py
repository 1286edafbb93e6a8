"""Short ways to name a body again: "the Network", "the global Network", "the UN Network"."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.bodies.entities import Entity
from ingest.bodies.forms import Form
from ingest.bodies.names import NameKey
from ingest.bodies.placing import government_of, shortens, worldwide_body
from ingest.bodies.scan import Hit, Scanned
from ingest.bodies.state import Reading
from ingest.bodies.words import COLLECTIVES, folded

_IN_AREA = re.compile(r"^(?:In|Across|Within) (?:the )?$")


GLOBAL = re.compile(r"\b(?:global(?:ly)?|worldwide|Secretary[- ]General|General Assembly|[Hh]eadquarters)\b")


_HIGHEST = frozenset(["prime minister", "parliament", "cabinet", "council of ministers"])


def resolve_anaphor(reading: Reading, s: Scanned, form: Form, key: NameKey) -> Entity | None:
    """ "the Network": the one just named in the paragraph, else the section's, the document's own, or the last."""
    head = folded(form.head)
    if form.plural:
        return None
    if head in _HIGHEST and reading.country and (form.definite or head == "cabinet"):
        name = f"{form.head.title()} of {reading.country.name}"
        parsed = reading.entities.parse(name, head=form.head)
        if parsed:
            holder = reading.entities.of_form(name, parsed, label="", owner=None, generic=False)
            holder.names[form.head.title()] += 1
            return holder
    if head == "government" and not form.level:
        near = reading.near.get("government") or reading.recent.get("government")
        return government_of(reading, reading.country) if reading.country else near
    if form.level == "global":
        return worldwide_body(reading, head)
    own = reading.own if reading.own and reading.own.head == head else None
    if form.level == "national" and own and not form.plural:
        return own
    if key.area:
        for entity in [*([own] if own else []), *reading.entities.by_iri.values()]:
            if entity.key and entity.key.head == head and entity.key.area == key.area and not entity.key.plural:
                return entity
        return None
    area = _opening_area(s, form)
    focus = reading.focus(s.passage)
    focus = focus if focus and focus.head == head else None
    if area and own and own.key and own.key.area == area:
        return own
    if not form.definite and not own and not focus:
        return None
    near = reading.near.get(head) if form.definite or own else None
    return near or focus or own or reading.recent.get(head)


def _opening_area(s: Scanned, form: Form | None) -> str:  # noqa: ARG001
    """The area of an opening "In Area, …"."""
    for m in s.areas[:1]:
        if m.area and _IN_AREA.match(s.text[: m.start]):
            return m.area.iri
    return ""


def local_body(reading: Reading, s: Scanned, hit: Hit, key: NameKey) -> Entity | None:
    """Whether a name without a place means the document's own body, or the one in focus, rather than the global one."""
    if key.area or key.head not in COLLECTIVES:
        return None
    if GLOBAL.search(s.text[max(0, hit.start - 160) : hit.end + 60]) or re.search(r"^global", hit.text, re.I):
        return None
    for entity in (reading.focus(s.passage), reading.own):
        if entity and entity.key and entity.key.area and entity.key.placeless() == key:
            return None if reading.near.get(key.head) not in (None, entity) else entity
    area = _opening_area(s, None)
    if area and reading.country and area == reading.country.iri:
        return reading.entities.by_key.get(replace(key, area=area))
    return None


def abbreviated_body(reading: Reading, s: Scanned, key: NameKey) -> Entity | None:
    """A longer name that this one shortens ("the UN Network"): the section's, the own body's, then the latest."""
    candidates = [reading.focus(s.passage), reading.own, reading.near.get(key.head), reading.recent.get(key.head)]
    if key.area or key.level:
        candidates += reading.entities.by_iri.values()
    return next((e for e in candidates if e and e.key and shortens(reading, key, e)), None)
