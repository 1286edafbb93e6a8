"""Secretariats, executive committees and the like: parts of the body that owns them."""

from __future__ import annotations

import re

from ingest.bodies.anaphora import abbreviated_body, local_body, resolve_anaphor
from ingest.bodies.entities import Entity
from ingest.bodies.forms import Form
from ingest.bodies.masks import COLLECTIVE_HEADS
from ingest.bodies.names import NameKey, Parsed
from ingest.bodies.placing import placed_key
from ingest.bodies.scan import Hit, Scanned
from ingest.bodies.state import Reading
from ingest.bodies.words import COLLECTIVES, ORGAN_HEADS, ORGANS
from ontology import iris
from ontology.model import BodyType

ORGAN_AFTER = re.compile(r"^(.+) (Secretariat|Executive Committee|Steering Committee)$")


AS_ROLE = re.compile(r"\b(?:as|is|be|role of|and|or)(?: a| the| its| both)?(?: [Cc]o-?ordinator and)? $")


# An executive committee in a sentence about what the Secretary-General decided is that of the Secretary-General.
_ANOTHERS = re.compile(r"\b(?:Secretary-General|President|Director(?: |-)General)\b(?!.*\b[Nn]etwork\b)")
_LONE_ORGANS = frozenset(["general meeting", "assembly", "plenary", "board", "bureau"])
_NEED_WORDS = frozenset(["committee", "board", "bureau"])


def organ_of(reading: Reading, s: Scanned, parsed: Parsed, form: Form, owner: Entity | None) -> Entity | None:
    """A secretariat, executive committee or groups in general: an organ of its owner or of the body in focus."""
    words = {w for w in parsed.key.words if w not in COLLECTIVES and w != "fund"}
    if owner and form.head == "secretariat" and owner.head in COLLECTIVES:
        words = set()
    groups = form.plural and not parsed.key.words and form.head in ("working group", "task force")
    last = reading.recent.get(form.head)
    lone = form.head in _LONE_ORGANS and form.bare and not form.plural and (last is None or last.registered)
    national = last and last.method.startswith("form") and last.key and last.key.level and not form.plural
    if last and last.key and national and owner is None and parsed.key.words and parsed.key.words <= last.key.words:
        return last
    if parsed.key.level and owner is None and form.head != "secretariat":
        return None
    if not (groups or lone) and (
        form.head not in ORGAN_HEADS or words - ORGANS or (form.head in _NEED_WORDS and not words)
    ):
        return None
    heads = [w for w in parsed.key.words if w in COLLECTIVES or w == "fund"]
    if owner is None and heads:
        owner = resolve_anaphor(
            reading, s, form._replace(head=heads[0], bare=True, plural=False), NameKey(heads[0], frozenset())
        )
    named = owner is not None
    if groups and not named:
        owner = reading.own
    elif not named and "executive" in words:
        if _ANOTHERS.search(s.text, 0, form.start):
            return None
        owner = _owner_of_organ(reading, s)
    focus = reading.focus(s.passage)
    focus = focus if focus and (focus.head in COLLECTIVE_HEADS or focus is reading.own) else reading.own or focus
    owner = owner or reading.near.get("network") or focus
    if owner is None:
        return None
    label = " ".join([*sorted(w.capitalize() for w in words), *(w.capitalize() for w in form.head.split(" "))])
    label += "s" if form.plural else ""
    kind = (
        BodyType.OTHER
        if form.head == "secretariat"
        else (BodyType.WORKING_GROUP if groups and form.head == "working group" else BodyType.COORDINATION_MECHANISM)
    )
    entity = reading.entities.add(
        Entity(
            iris.body(f"{label} of {owner.iri.rsplit('/', 1)[-1]}"),
            label,
            kind,
            "organ",
            parent=owner,
            generic=not named,
        )
    )
    entity.generic = entity.generic and not named
    entity.names[label] += 1
    return entity


def base_body(reading: Reading, s: Scanned, hit: Hit, form: Form) -> Entity | None:
    """The network whose secretariat "X Network Secretariat" is, where the document knows it already."""
    base = hit.text[: form.head_start - hit.start].strip()
    parsed = reading.entities.parse(base) if " " in base else None
    if parsed is None or parsed.key.head not in COLLECTIVES:
        return None
    key = placed_key(reading, parsed, form._replace(head=parsed.key.head))
    return reading.entities.by_key.get(key) or (
        abbreviated_body(reading, s, key) if key.head in ("network", "coalition") else None
    )


def _owner_of_organ(reading: Reading, s: Scanned) -> Entity | None:
    """Whose executive committee is meant: that of the paragraph's or section's body, else the one named before."""
    focus = reading.near.get("network") or reading.focus(s.passage)
    known = [
        e.parent for e in reading.entities.by_iri.values() if e.method == "organ" and e.parent and "Executive" in e.name
    ]
    return focus if focus in known or focus is not reading.own or not known else known[-1]


def local_organ(reading: Reading, s: Scanned, hit: Hit) -> Entity | None:
    """The secretariat or committee that the registry knows of the global body, named for the document's own one."""
    found = ORGAN_AFTER.match(hit.text)
    parsed = reading.entities.parse(found[1]) if found else None
    if found is None or parsed is None or not local_body(reading, s, hit, parsed.key):
        return None
    form = Form(hit.start, hit.end, found[2].lower().split(" ")[-1], hit.start)
    organ = reading.entities.parse(found[2], head=form.head)
    return organ_of(reading, s, organ, form, local_body(reading, s, hit, parsed.key)) if organ else None
