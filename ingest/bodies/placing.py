"""The country or region that a document takes for granted, and names that differ only by it."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.bodies.entities import Entity
from ingest.bodies.forms import Form
from ingest.bodies.names import NameKey, Parsed
from ingest.bodies.state import Reading
from ingest.bodies.words import STATE_HEADS
from ontology import iris
from ontology.model import BodyType
from ontology.vocabulary import Area

_WITH_ARTICLE = re.compile(
    r"(?:Republic|United|Democratic|Kingdom|Central African|Dominican|Syrian|Islamic|Russian|Plurinational|Bolivarian"
    r"|State of|Union|Netherlands|Philippines|Gambia|Bahamas|Comoros|Maldives|Marshall|Solomon|Congo|Sudan$)\b"
)


def place_label(reading: Reading, parsed: Parsed, key: NameKey) -> str:
    """The area that the document adds to a name, for its IRI."""
    if parsed.area_name or not key.area:
        return ""
    if reading.country and key.area == reading.country.iri:
        return reading.country.name
    return reading.region


def placed_key(reading: Reading, parsed: Parsed, form: Form) -> NameKey:
    """The key with the area that the document supplies: the country of a ministry, the region of a regional body."""
    key = parsed.key
    if key.area or key.level == "global" or form.level == "global":
        return replace(key, level="") if key.level == "global" else key
    if key.level == "regional":
        own = reading.own.key if reading.own else None
        if own and own.area and own.area not in reading.registry.countries:
            return replace(key, area=own.area, level="")
        return key
    national = key.level == "national" or (key.head in STATE_HEADS and not key.words & {"un", "regional", "european"})
    if reading.country and not key.plural and national:
        return replace(key, area=reading.country.iri, level="")
    return key


def shortens(reading: Reading, key: NameKey, entity: Entity) -> bool:
    whole = entity.key
    if (
        whole is None
        or whole.head != key.head
        or whole.plural != key.plural
        or not key.words
        or key.head in STATE_HEADS
    ):
        return False
    if key.level and not (whole.level == key.level or (whole.area and whole.area not in reading.registry.countries)):
        return False
    if key.area and key.area != whole.area:
        return False
    return key.words < whole.words or (key.words == whole.words and bool(key.level or key.area))


def known_body(reading: Reading, parsed: Parsed, form: Form) -> Entity | None:
    key = placed_key(reading, parsed, form)
    found = reading.entities.of_key(key)
    if found:
        return found
    for entity in reading.entities.by_iri.values():
        if entity.key and shortens(reading, key, entity):
            return entity
    name = parsed.stem
    return (
        None
        if key.plural or len(name.split()) < 2
        else reading.entities.of_form(
            name, replace(parsed, key=key), label=place_label(reading, parsed, key), owner=None, generic=False
        )
    )


def worldwide_body(reading: Reading, head: str) -> Entity | None:
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


def government_of(reading: Reading, area: Area) -> Entity:
    """The government of a country."""
    name = f"Government of {'the ' if _WITH_ARTICLE.match(area.name) else ''}{area.name}"
    parsed = reading.entities.parse(name, head="government")
    key = parsed.key if parsed else NameKey("government", frozenset(), area.iri)
    found = reading.entities.of_key(key)
    if found:
        return found
    return reading.entities.add(
        Entity(
            iris.body(f"Government {area.name}"),
            name,
            BodyType.GOVERNMENT,
            "form:government",
            key=key,
            area=area.iri,
        )
    )


def same_elsewhere(reading: Reading, key: NameKey, parsed: Parsed) -> Entity | None:
    """The same name once with and once without the country, which the document takes for granted."""
    if parsed.key.area or key.plural or key.head in ("network", "coalition", "platform") or len(key.words) < 2:
        return None
    if key.area:
        return reading.entities.by_key.get(replace(key, area=""))
    return reading.entities.by_key.get(replace(key, area=reading.country.iri)) if reading.country else None
