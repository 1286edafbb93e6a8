"""The bodies of one document while they are being told apart: one `Entity` for all names of a body."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.bodies.names import NameKey, Parsed, parse_name, type_of, without_parentheses
from ingest.bodies.registry import Registry
from ingest.memory import KEPT, LONGEST
from ontology import iris
from ontology.model import BodyType
from ontology.vocabulary import RegisteredBody


@dataclass(slots=True, eq=False)
class Entity:
    """One body. `names` counts the forms that the text uses, in order of appearance; `method` says how it was found."""

    iri: str
    name: str
    type: BodyType
    method: str
    key: NameKey | None = None
    acronym: str | None = None
    registered: bool = False
    area: str = ""
    parent: Entity | None = None
    names: Counter[str] = field(default_factory=Counter)
    order: int = 0
    generic: bool = False

    @property
    def head(self) -> str:
        """The head noun of its name, "" where there is none."""
        return self.key.head if self.key else ""


@lru_cache(maxsize=KEPT)
def _parsed(registry: Registry, name: str, head: str, level: str, plural: bool) -> Parsed | None:
    areas = [m for m in registry.find(without_parentheses(name)) if m.area]
    return parse_name(name, areas, head=head, level=level, plural=plural)


class Entities:
    """Makes entities and finds them again by IRI and by the key of their name."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.by_iri: dict[str, Entity] = {}
        self.by_key: dict[NameKey, Entity] = {}
        self._index: dict[NameKey, RegisteredBody] | None = None

    def parse(self, name: str, *, head: str = "", level: str = "", plural: bool = False) -> Parsed | None:
        """`parse_name`, with the areas looked up; remembered."""
        parsed = _parsed if len(name) <= LONGEST else _parsed.__wrapped__
        return parsed(self.registry, name, head, level, plural)

    def add(self, entity: Entity) -> Entity:
        """The entity with this IRI, added if there is none."""
        known = self.by_iri.setdefault(entity.iri, entity)
        if known is entity:
            entity.order = len(self.by_iri)
        if entity.key:
            self.by_key.setdefault(entity.key, known)
        return known

    def of_registry(self, body: RegisteredBody) -> Entity:
        """The entity of a registered body."""
        if body.iri in self.by_iri:
            return self.by_iri[body.iri]
        parsed = self.parse(body.name)
        return self.add(
            Entity(
                body.iri,
                body.name,
                body.type,
                "registry",
                key=parsed.key if parsed and body.type is not BodyType.STAKEHOLDER_GROUP else None,
                acronym=body.acronym,
                registered=True,
                area=body.area or "",
            )
        )

    def of_key(self, key: NameKey) -> Entity | None:
        """The entity, or the registered body, whose name has this key."""
        if key in self.by_key:
            return self.by_key[key]
        body = self.registered_keys().get(key)
        return self.of_registry(body) if body else None

    def registered_keys(self) -> dict[NameKey, RegisteredBody]:
        """Registered bodies by the keys of their names; a key that two bodies share means neither."""
        if self._index is None:
            self._index = registered_keys(self.registry)
        return self._index

    def of_form(self, name: str, parsed: Parsed, *, label: str, owner: BodyType | None, generic: bool) -> Entity:
        """The entity of a name that only its form makes a body; `label` is the area that tells it apart in its IRI."""
        known = self.of_key(parsed.key)
        if known:
            return known
        kind = type_of(name, parsed.key.head, owner=owner)
        return self.add(
            Entity(
                iris.body(parsed.canonical(label)),
                without_parentheses(name),
                kind,
                f"form:{parsed.key.head}",
                key=parsed.key,
                area=parsed.key.area,
                generic=generic,
            )
        )

    def office(self, parent: Entity, text: str, place: str) -> Entity:
        """The office of a registered body for a place ("IOM Iraq")."""
        short = parent.acronym or parent.name
        return self.add(
            Entity(iris.body(f"{short} {place}"), text, parent.type, "form:office", parent=parent, area=place)
        )


_KEYS: dict[int, tuple[Registry, dict[NameKey, RegisteredBody]]] = {}


def registered_keys(registry: Registry) -> dict[NameKey, RegisteredBody]:
    """The keys of all names of registered bodies that have a head noun; built once a registry."""
    kept = _KEYS.get(id(registry))
    if kept and kept[0] is registry:
        return kept[1]
    found: dict[NameKey, RegisteredBody | None] = {}
    for iri in sorted(registry.bodies):
        body = registry.bodies[iri]
        if body.type is BodyType.STAKEHOLDER_GROUP:
            continue
        head = ""
        for name in (body.name, *body.aliases):
            areas = [m for m in registry.find(without_parentheses(name)) if m.area]
            parsed = parse_name(name, areas) if name.isascii() and " " in name else None
            head = head or (parsed.key.head if parsed else "")
            if parsed and parsed.key.head != head:
                continue
            if parsed and len(parsed.key.words) > 1 and found.setdefault(parsed.key, body) is not body:
                found[parsed.key] = None
    keys = {key: body for key, body in found.items() if body}
    _KEYS.clear()
    _KEYS[id(registry)] = (registry, keys)
    return keys
