"""Which country a document is about, and which body speaks in it."""

from __future__ import annotations

import re
from collections import Counter

from ingest.bodies.forms import Form
from ingest.bodies.leading import names_by_form
from ingest.bodies.registry import Registry, plain
from ingest.bodies.scan import Scanned
from ontology.document import Document, PassageKind
from ontology.model import BodyType
from ontology.vocabulary import Area, RegisteredBody

_KIND_OF_PAPER = re.compile(
    r"\b(?:terms of reference|rules of procedure|strategic plan|action plan|work ?plan|annual report|final report|"
    r"progress report|concept note|meeting report|charter|statutes?|mandate|strategy|report)\b(?: (?:for|of"
    r"|on)(?: the)?)?",
    re.I,
)
_SMALL = frozenset(["of", "the", "and", "for", "on", "in", "to", "a", "at", "by", "with"])
_SHARE = 0.6
_TITLE_LINES = 8
_TITLE_WORDS = 9
_NUMBERED = re.compile(r"^(?:[IVX]+|[A-Z]|\d+)[.)] ")
_SET_OFF = re.compile(r"(?:Network|Migration|Mobility|Platform|Coalition|Group|Force|Forum|Team)(\s*[-:,(]\s*)$")


def country_of(document: Document, scanned: tuple[Scanned, ...], registry: Registry) -> Area | None:
    """The one country that the document is about: by its metadata, its title, or most of the countries it names."""
    codes = [c for c in document.metadata.scope if c in registry.areas]
    if len(codes) == 1:
        return registry.areas[codes[0]]
    if codes:
        return None
    title = [m.area for m in registry.find(plain(document.metadata.title)) if m.area and m.area.alpha3]
    if title:
        return title[0] if len({a.iri for a in title}) == 1 else None
    if re.search(r"\b(?:region|regional|global|world)\b", document.metadata.title, re.I):
        return None
    counts = Counter(m.area.iri for s in scanned for m in s.areas if m.area and m.area.alpha3)
    if not counts:
        return None
    iri, most = min(counts.items(), key=lambda c: (-c[1], c[0]))
    if most < 3 or most < _SHARE * sum(counts.values()):
        return None
    return next(a for a in registry.areas.values() if a.iri == iri)


def title_names(title: str, registry: Registry) -> list[tuple[str, Form | None, RegisteredBody | None]]:
    """The names of bodies in a title, with the words for the kind of paper cut out; forms first."""
    text = plain(_KIND_OF_PAPER.sub(" | ", plain(title)))
    return heading_names(_with_place(text, registry), registry)


def title_block(document: Document) -> list[str]:
    """The title and the lines under it that come before the first prose: names stand there as often as in the title."""
    lines = [document.metadata.title]
    for p in document.passages[:_TITLE_LINES]:
        if p.kind is PassageKind.SENTENCE and p.text.rstrip().endswith(".") and len(p.text.split()) > _TITLE_WORDS:
            break
        if p.kind in (PassageKind.HEADING, PassageKind.SENTENCE) and not _NUMBERED.match(p.text):
            lines.append(p.text.strip("*_ "))
    return list(dict.fromkeys(lines))


def _with_place(text: str, registry: Registry) -> str:
    """ "Network on Migration - Area" and "Network (Area)" with the place as a name has it: "Network … in Area"."""
    for m in registry.find(text):
        before = _SET_OFF.search(text, 0, m.start) if m.area and not m.demonym else None
        if before:
            return f"{text[: before.start(1)]} in {text[m.start : m.end]}{text[m.end :].removeprefix(')')}"
    return text


def heading_names(text: str, registry: Registry) -> list[tuple[str, Form | None, RegisteredBody | None]]:
    """The names of bodies in a heading that has gone through `plain`, capitals evened out."""
    if text.isupper() or _mostly_capitals(text):
        text = even_case(text, registry)
    matches = registry.find(text)
    bodies = [m for m in matches if m.body and m.body.type is not BodyType.STAKEHOLDER_GROUP]
    forms = [
        f
        for f in names_by_form(text, matches)
        if all(f.end <= m.start or f.start >= m.end or f.end - f.start > m.end - m.start for m in bodies)
    ]
    bodies = [m for m in bodies if all(m.end <= f.start or m.start >= f.end for f in forms)]
    found: list[tuple[int, str, Form | None, RegisteredBody | None]] = [
        (f.start, text[f.start : f.end], f, None) for f in forms
    ]
    found += [(m.start, text[m.start : m.end], None, m.body) for m in bodies]
    return [(name, form, body) for _, name, form, body in sorted(found, key=lambda f: f[0])]


def _mostly_capitals(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    return bool(letters) and sum(c.isupper() for c in letters) > 0.7 * len(letters)


def even_case(text: str, registry: Registry) -> str:
    """Capitals of a shouted heading as a title has them; acronyms of the registry stay."""
    words = []
    for word in text.split(" "):
        bare = word.strip("()[],.:;\"'|")
        if bare in registry.by_acronym or not bare.isupper():
            words.append(word)
        else:
            words.append(word.lower() if bare.lower() in _SMALL else word.capitalize())
    return " ".join(words)
