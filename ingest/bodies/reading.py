"""Reads a document in order and tells which body each name stands for: the discourse behind `find_bodies`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from ingest.bodies.acronyms import Definition, definitions
from ingest.bodies.entities import Entities, Entity
from ingest.bodies.forms import Form
from ingest.bodies.names import NameKey, Parsed
from ingest.bodies.place import country_of, heading_names, title_names
from ingest.bodies.registry import Registry, plain
from ingest.bodies.scan import Hit, Scanned, scan
from ingest.bodies.words import folded
from ontology import iris
from ontology.model import BodyType, Document, Passage
from ontology.vocabulary import Area

_GLOBAL = re.compile(r"\b(?:global(?:ly)?|worldwide|Secretary[- ]General|General Assembly|[Hh]eadquarters)\b")
_IN_AREA = re.compile(r"^(?:In|Across|Within) (?:the )?$")
_OWNER_GAP = re.compile(r"^\)?'s? (?:own |new |national |global |regional |central |local )?$")
_AS_ROLE = re.compile(r"\b(?:as|is|be|role of|and|or)(?: a| the| its| both)?(?: [Cc]o-?ordinator and)? $")
_THIS_BODY = re.compile(
    r"\bhereby (?:established|created|instituted|set up)(?: as)? (?:the |a |an )?|\b(?:[Ee]stablishing|[Ee]stablishment of|[Cc]reating|[Cc]reation of) (?:the |a )?|"
    r"\b(?:[Rr]eport|[Ss]tatement|[Ss]ubmission|[Cc]ontribution|[Rr]ules of [Pp]rocedure|[Ss]tatutes?|[Cc]harter) (?:of|by) (?:the )?"
)
_OPENING_PASSAGES = 12
_ORGAN_AFTER = re.compile(r"^(.+) (Secretariat|Executive Committee|Steering Committee)$")
_ORGANS = frozenset(["executive", "steering", "management", "advisory", "managing", "governing", "coordination"])
_ORGAN_HEADS = frozenset(
    ["committee", "board", "secretariat", "bureau", "steering group", "advisory group", "advisory board"]
)
_STATE_HEADS = frozenset(["ministry", "government", "prime minister", "parliament", "cabinet", "embassy"])
_COLLECTIVES = frozenset(
    [
        "network",
        "coalition",
        "platform",
        "working group",
        "task force",
        "committee",
        "forum",
        "alliance",
        "coordination mechanism",
        "cluster",
        "commission",
        "consortium",
        "partnership",
        "council",
    ]
)


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of a passage's text that stands for a body; `explicit` where it names it in so many words."""

    entity: Entity
    start: int
    end: int
    text: str
    explicit: bool = True


@dataclass(slots=True)
class Reading:
    """What reading the document gave.

    `named` lists what each passage names, by index; `owned` the bodies whose name says what they belong to, as
    (part, whole, passage); `own` the document's own body; `sections` the body that each heading path speaks of.
    """

    document: Document
    registry: Registry
    scanned: tuple[Scanned, ...]
    entities: Entities
    country: Area | None
    own: Entity | None = None
    own_in_title: bool = False
    region: str = ""
    definitions: tuple[tuple[Scanned, Definition], ...] = ()
    shorts: dict[str, str] = field(default_factory=dict)
    named: dict[int, list[Named]] = field(default_factory=dict)
    owned: list[tuple[Entity, Entity, int]] = field(default_factory=list)
    sections: dict[str, Entity | None] = field(default_factory=dict)
    recent: dict[str, Entity] = field(default_factory=dict)
    near: dict[str, Entity] = field(default_factory=dict)
    paragraph: tuple[int, tuple[str, ...]] = (-1, ())
    history: list[tuple[int, str, Entity]] = field(default_factory=list)

    def focus(self, passage: Passage) -> Entity | None:
        """The body that the passage's section speaks of; the document's own body by default."""
        for heading in reversed(passage.section):
            found = self.sections.get(heading)
            if heading not in self.sections:
                found = self.sections[heading] = _heading_body(self, heading)
            if found:
                return found
        return self.own


def read(document: Document, registry: Registry) -> Reading:
    """Resolve every name of the document, in reading order."""
    scanned = scan(document, registry)
    reading = Reading(document, registry, scanned, Entities(registry), country_of(document, scanned, registry))
    reading.definitions = tuple((s, d) for s in scanned for d in definitions(s.passage, s.text))
    reading.shorts = {d.short: d.expansion for _, d in reading.definitions if d.expansion}
    reading.own = _own_body(reading)
    if reading.own is None or reading.own.type in (BodyType.GOVERNMENT, BodyType.MINISTRY) or not reading.own_in_title:
        reading.own = _founded_here(reading) or reading.own
    for s in scanned:
        paragraph = (s.passage.paragraph, s.passage.section)
        if paragraph != reading.paragraph:
            reading.paragraph, reading.near = paragraph, {}
        names: list[Named] = []
        for hit in s.hits:
            if hit.form and hit.form.plural and hit.form.head == "government" and not hit.form.bare:
                names += _governments(reading, s, hit)
                continue
            named = _resolve(reading, s, hit, names)
            if named:
                names.append(named)
        reading.named[s.passage.index] = names
    return reading


def merge(reading: Reading, gone: Entity, kept: Entity) -> None:
    """Make two entities one: all that was said of `gone` is said of `kept`."""
    kept.names.update(gone.names)
    kept.order = min(kept.order, gone.order)
    reading.entities.by_iri.pop(gone.iri, None)
    for key, entity in list(reading.entities.by_key.items()):
        if entity is gone:
            reading.entities.by_key[key] = kept
    for index, names in reading.named.items():
        reading.named[index] = [
            Named(kept, n.start, n.end, n.text, n.explicit) if n.entity is gone else n for n in names
        ]
    reading.owned = [(kept if a is gone else a, kept if b is gone else b, i) for a, b, i in reading.owned]
    reading.sections = {k: kept if e is gone else e for k, e in reading.sections.items()}


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


def _own_body(reading: Reading) -> Entity | None:
    names = title_names(reading.document.metadata.title, reading.registry)
    best = next((n for n in names if n[1] and not n[1].bare), None) or next((n for n in names if n[2]), None)
    if best is None:
        return _speaker(reading)
    reading.own_in_title = True
    name, form, body = best
    if form:
        parsed = reading.entities.parse(name, head=form.head, level=form.level)
        if parsed is None:
            return None
        key = _placed(reading, parsed, form)
        reading.region = parsed.area_name
        return reading.entities.of_form(
            name, replace(parsed, key=key), label=_label(reading, parsed, key), owner=None, generic=False
        )
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


def _founded_here(reading: Reading) -> Entity | None:
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
            parsed = reading.entities.parse(s.text[form.start : form.end], head=form.head, level=form.level)
            if parsed:
                key = _placed(reading, parsed, form)
                reading.region = parsed.area_name
                label = _label(reading, parsed, key)
                text = s.text[form.start : form.end]
                return reading.entities.of_form(text, replace(parsed, key=key), label=label, owner=None, generic=False)
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
    if hit.body is None or counts[label] < 1:
        return None
    parent = reading.entities.of_registry(hit.body)
    place = hit.area.name if hit.area else hit.place
    return reading.entities.office(parent, hit.text, place) if hit.place else parent


def _heading_body(reading: Reading, heading: str) -> Entity | None:
    text = plain(heading)
    names = heading_names(text, reading.registry)
    found: list[Entity] = []
    for name, form, body in names:
        entity = None
        if form and (form.bare or form.level == "global" or "(global)" in text.lower()):
            if _GLOBAL.search(text) and form.head in _COLLECTIVES:
                entity = _worldwide(reading, form.head)
        elif form and not (
            form.head in _ORGAN_HEADS and {w.lower() for w in name.split(" ")} <= _ORGANS | _ORGAN_HEADS
        ):
            parsed = reading.entities.parse(name, head=form.head, level=form.level, plural=form.plural)
            entity = _known(reading, parsed, form) if parsed else None
        elif body:
            entity = reading.entities.of_registry(body)
            if reading.own and entity.key and reading.own.key and not _GLOBAL.search(text):
                same = entity.key.placeless() == reading.own.key.placeless()
                entity = reading.own if same else entity
        if entity and entity not in found:
            found.append(entity)
    if len(found) != 1 or found[0].type in (BodyType.STAKEHOLDER_GROUP, BodyType.MINISTRY):
        return None
    return None if found[0].type is BodyType.GOVERNMENT and found[0].head not in _COLLECTIVES else found[0]


def _known(reading: Reading, parsed: Parsed, form: Form) -> Entity | None:
    key = _placed(reading, parsed, form)
    found = reading.entities.of_key(key)
    if found:
        return found
    for entity in reading.entities.by_iri.values():
        if entity.key and _short_for(reading, key, entity):
            return entity
    name = parsed.stem
    return (
        None
        if key.plural or len(name.split()) < 2
        else reading.entities.of_form(
            name, replace(parsed, key=key), label=_label(reading, parsed, key), owner=None, generic=False
        )
    )


def _worldwide(reading: Reading, head: str) -> Entity | None:
    """The body with this head noun that belongs to no country: the own body's model first."""
    if reading.own and reading.own.key and reading.own.key.head == head:
        model = reading.entities.of_key(reading.own.key.placeless())
        if model:
            return model
    for entity in reading.entities.by_iri.values():
        if (
            entity.key
            and entity.key.head == head
            and not entity.key.area
            and not entity.key.level
            and not entity.generic
        ):
            return entity
    return None


def _label(reading: Reading, parsed: Parsed, key: NameKey) -> str:
    """The area that the document adds to a name, for its IRI."""
    if parsed.area_name or not key.area:
        return ""
    if reading.country and key.area == reading.country.iri:
        return reading.country.name
    return reading.region


def _placed(reading: Reading, parsed: Parsed, form: Form) -> NameKey:
    """The key with the area that the document supplies: the country of a ministry, the region of a regional body."""
    key = parsed.key
    if key.area or key.level == "global" or form.level == "global":
        return replace(key, level="") if key.level == "global" else key
    if key.level == "regional":
        own = reading.own.key if reading.own else None
        if own and own.area and own.area not in reading.registry.countries:
            return replace(key, area=own.area, level="")
        return key
    if reading.country and not key.plural:
        if key.level == "national" or (key.head in _STATE_HEADS and not key.words & {"un", "regional", "european"}):
            return replace(key, area=reading.country.iri, level="")
    return key


def _resolve(reading: Reading, s: Scanned, hit: Hit, before: list[Named]) -> Named | None:
    """The body that a hit stands for; None where nothing in the document tells."""
    entity: Entity | None
    if hit.body:
        entity = reading.entities.of_registry(hit.body)
        if hit.place:
            place = hit.area.name if hit.area else reading.shorts.get(hit.place, hit.place)
            entity = reading.entities.office(entity, hit.text, place)
        elif organ := _local_organ(reading, s, hit):
            return _note(reading, s, hit, organ, before, explicit=False)
        elif entity.key and (stands := _local(reading, s, hit, entity.key)):
            entity = stands
        elif _ORGAN_AFTER.match(hit.text) and hit.start:
            entity.generic = not entity.names or entity.generic
        return _note(reading, s, hit, entity, before, explicit=True)
    form = hit.form
    if form is None:
        return None
    parsed = reading.entities.parse(hit.text, head=form.head, level=form.level, plural=form.plural)
    if parsed is None:
        return None
    owner = _owner(reading, s, hit, before)
    if form.head == "secretariat" and _AS_ROLE.search(s.text[: hit.start]):
        return None
    if form.head == "secretariat" and owner is None:
        owner = _base_body(reading, s, hit, form)
    organ = _organ(reading, s, parsed, form, owner)
    if organ:
        if before and owner is before[-1].entity:
            organ.names[s.text[before[-1].start : hit.end]] += 1
        return _note(reading, s, hit, organ, before, explicit=False)
    if (
        not parsed.key.words
        and parsed.key.level
        and form.head in ("assembly", "parliament")
        and (form.head not in reading.recent or reading.recent[form.head].registered)
    ):
        parsed = replace(parsed, key=replace(parsed.key, words=frozenset([parsed.key.level])))
    if not parsed.key.words and not (parsed.key.area and form.head in _STATE_HEADS):
        entity = _anaphor(reading, s, form, parsed.key)
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


def government_of(reading: Reading, area: Area) -> Entity:
    """The government of a country."""
    name = f"Government of {area.name}"
    parsed = reading.entities.parse(name, head="government")
    key = parsed.key if parsed else NameKey("government", frozenset(), area.iri)
    found = reading.entities.of_key(key)
    if found:
        return found
    return reading.entities.add(
        Entity(iris.body(name), name, BodyType.GOVERNMENT, "form:government", key=key, area=area.iri)
    )


def _organ(reading: Reading, s: Scanned, parsed: Parsed, form: Form, owner: Entity | None) -> Entity | None:
    """A secretariat, executive committee or groups in general: an organ of its owner or of the body in focus."""
    words = {w for w in parsed.key.words if w not in _COLLECTIVES and w != "fund"}
    if owner and form.head == "secretariat" and owner.head in _COLLECTIVES:
        words = set()
    groups = form.plural and not parsed.key.words and form.head in ("working group", "task force")
    if not groups and (form.head not in _ORGAN_HEADS or words - _ORGANS or (form.head != "secretariat" and not words)):
        return None
    heads = [w for w in parsed.key.words if w in _COLLECTIVES or w == "fund"]
    if owner is None and heads:
        owner = _anaphor(
            reading, s, replace(form, head=heads[0], bare=True, plural=False), NameKey(heads[0], frozenset())
        )
    named = owner is not None
    if groups and not named:
        owner = reading.own
    elif not named and "executive" in words:
        owner = _owner_of_organ(reading, s)
    owner = owner or reading.near.get("network") or reading.focus(s.passage)
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


def _base_body(reading: Reading, s: Scanned, hit: Hit, form: Form) -> Entity | None:
    """The network whose secretariat "X Network Secretariat" is, where the document knows it already."""
    base = hit.text[: form.head_start - hit.start].strip()
    parsed = reading.entities.parse(base) if " " in base else None
    if parsed is None or parsed.key.head not in _COLLECTIVES:
        return None
    key = _placed(reading, parsed, replace(form, head=parsed.key.head))
    return reading.entities.by_key.get(key) or (
        _abbreviated(reading, s, key) if key.head in ("network", "coalition") else None
    )


def _owner_of_organ(reading: Reading, s: Scanned) -> Entity | None:
    """Whose executive committee is meant: that of the paragraph's or section's body, else the one named before."""
    focus = reading.near.get("network") or reading.focus(s.passage)
    known = [
        e.parent for e in reading.entities.by_iri.values() if e.method == "organ" and e.parent and "Executive" in e.name
    ]
    return focus if focus in known or focus is not reading.own or not known else known[-1]


def _local_organ(reading: Reading, s: Scanned, hit: Hit) -> Entity | None:
    """The secretariat or committee that the registry knows of the global body, named for the document's own one."""
    found = _ORGAN_AFTER.match(hit.text)
    parsed = reading.entities.parse(found[1]) if found else None
    if found is None or parsed is None or not _local(reading, s, hit, parsed.key):
        return None
    form = Form(hit.start, hit.end, found[2].lower().split(" ")[-1], hit.start)
    organ = reading.entities.parse(found[2], head=form.head)
    return _organ(reading, s, organ, form, _local(reading, s, hit, parsed.key)) if organ else None


def _anaphor(reading: Reading, s: Scanned, form: Form, key: NameKey) -> Entity | None:
    """ "the Network": the one just introduced in the paragraph, else the section's, else the document's own, else the last."""
    head = folded(form.head)
    if form.plural:
        return None
    if head in ("prime minister", "parliament", "cabinet") and reading.country and form.definite:
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
        return _worldwide(reading, head)
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


def _local(reading: Reading, s: Scanned, hit: Hit, key: NameKey) -> Entity | None:
    """Whether a name without a place means the document's own body, or the one in focus, rather than the global one."""
    if key.area or key.head not in _COLLECTIVES:
        return None
    if _GLOBAL.search(s.text[max(0, hit.start - 160) : hit.end + 60]) or re.search(r"^global", hit.text, re.I):
        return None
    for entity in (reading.focus(s.passage), reading.own):
        if entity and entity.key and entity.key.area and entity.key.placeless() == key:
            return None if reading.near.get(key.head) not in (None, entity) else entity
    area = _opening_area(s, None)
    if area and reading.country and area == reading.country.iri:
        return reading.entities.by_key.get(replace(key, area=area))
    return None


def _from_form(reading: Reading, s: Scanned, hit: Hit, parsed: Parsed, form: Form, owner: Entity | None) -> Entity:
    key = _placed(reading, parsed, form)
    found = reading.entities.by_key.get(key)
    if found is None and not parsed.key.area and form.level != "global":
        found = _local(reading, s, hit, key.placeless()) if not key.level else None
        found = found or _abbreviated(reading, s, key)
    found = found or _elsewhere(reading, key, parsed) or _without_owner(reading, hit, owner)
    if found:
        return found
    generic = form.plural and not any(w[0].isupper() for w in hit.text.split(" ")[:1])
    return reading.entities.of_form(
        hit.text,
        replace(parsed, key=key),
        label=_label(reading, parsed, key),
        owner=owner.type if owner else None,
        generic=generic,
    )


def _elsewhere(reading: Reading, key: NameKey, parsed: Parsed) -> Entity | None:
    """The same name once with and once without the country, which the document takes for granted."""
    if parsed.key.area or key.plural or key.head in ("network", "coalition", "platform") or len(key.words) < 2:
        return None
    if key.area:
        return reading.entities.by_key.get(replace(key, area=""))
    return reading.entities.by_key.get(replace(key, area=reading.country.iri)) if reading.country else None


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


def _abbreviated(reading: Reading, s: Scanned, key: NameKey) -> Entity | None:
    """A longer name that this one shortens ("the UN Network"): the section's, the own body's, then the latest."""
    candidates = [reading.focus(s.passage), reading.own, reading.near.get(key.head), reading.recent.get(key.head)]
    if key.area or key.level:
        candidates += reading.entities.by_iri.values()
    return next((e for e in candidates if e and e.key and _short_for(reading, key, e)), None)


def _short_for(reading: Reading, key: NameKey, entity: Entity) -> bool:
    whole = entity.key
    if (
        whole is None
        or whole.head != key.head
        or whole.plural != key.plural
        or not key.words
        or key.head in _STATE_HEADS
    ):
        return False
    if key.level and not (whole.level == key.level or (whole.area and whole.area not in reading.registry.countries)):
        return False
    if key.area and key.area != whole.area:
        return False
    return key.words < whole.words or (key.words == whole.words and bool(key.level or key.area))


def by_passage(reading: Reading) -> dict[int, list[Named]]:
    """The names by passage, for those that have any."""
    out: dict[int, list[Named]] = defaultdict(list)
    for index, names in reading.named.items():
        if names:
            out[index] = names
    return out
