"""What is known while a document is read: its bodies so far, and what each passage names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from ingest.bodies.acronyms import Definition
from ingest.bodies.entities import Entities, Entity
from ingest.bodies.registry import Registry
from ingest.bodies.scan import Scanned
from ontology.document import Document, Passage
from ontology.vocabulary import Area


class Named(NamedTuple):
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
    speaks_of: Callable[[Reading, str], Entity | None]
    own: Entity | None = None
    own_in_title: bool = False
    titles: frozenset[str] = frozenset()
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
            if heading == self.document.metadata.title or (self.own_in_title and heading in self.titles):
                return self.own
            found = self.sections.get(heading)
            if heading not in self.sections:
                found = self.sections[heading] = self.speaks_of(self, heading)
            if found:
                return found
        return self.own


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
