"""The names of bodies in each passage, before it is known which of them are one body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import NamedTuple

from ingest.bodies.forms import Form
from ingest.bodies.leading import names_by_form
from ingest.bodies.registry import Match, Registry, plain
from ingest.bodies.words import HEADS
from ingest.memory import remembered
from ontology import iris
from ontology.document import Document, Passage, PassageKind
from ontology.model import BodyType
from ontology.vocabulary import Area, RegisteredBody

_OFFICE = re.compile(
    r"\)?(?:'s)? (?:(?:[Cc]ountry|[Rr]egional|[Ss]ub-[Rr]egional|[Ll]iaison|[Ff]ield) )?(?:Office|Mission"
    r"|Delegation|Bureau)"
    r"(?: (?:for|in|of|to) (?:the )?)?"
)
_PLACE = re.compile(r"[A-Z][\w\-]+(?:(?: and| of| the)* [A-Z][\w\-]+){0,6}")
_POPULATION = re.compile(
    r"^(?:(?:host|local|migrant|diaspora|displaced|affected|communities|community|themselves|and|the|their"
    r"|members|of|"
    r"national|law|enforcement|governments?|authorit(?:y|ies)|transit|migrants?|diasporas?|wom[ae]n|girls?|youth"
    r"|young|people|children|refugees?|returnees?|famil(?:y|ies)|workers?|persons)"
    r"[ ]?)+$",
    re.I,
)
_OPENING = re.compile(r"^(Stakeholders|Participants|Delegates) [a-z]")
_STAKEHOLDERS = f"{iris.ID}body/stakeholders"
_ANYBODY = re.compile(
    r"^(?:all |other |relevant |key |external |national |local )*(?:stakeholders|partners|actors)$", re.I
)
_STARTS_WITH_HEAD = re.compile(rf"^(?:{'|'.join(sorted(HEADS))}) \w", re.I)
_PROPER_PARENTS = frozenset([BodyType.UN_ENTITY, BodyType.NGO, BodyType.REGIONAL_ORGANISATION])
_ACTOR_PLACE = re.compile(
    r"(?:^\W*|[.;:,(|]\s?|\b(?:by|with|from|between|among|including|such as|and|or|as well as|like|to|on|upon|for|as|"
    r"(?:participation|involvement|engagement|inclusion|role|representatives?|members?|consultation|support) of|"
    r"invit\w+|engag\w+|involv\w+|consult\w+|support\w*|call\w*|urg\w+|enabl\w+|help\w*|allow\w*|ask\w*|\d+|"
    r"that|where|while|when|if|because|many|some|most|several)\s)"
    r"(?:(?:the|other|all|local|national|relevant|various|key|different|civil|its|their|these|small|many|some)\s)*$"
)
_SMALL = ascii_lowercase.encode()
_NEAR = 60
_BEFORE = 120


class Hit(NamedTuple):
    """A name at `[start, end)` of a passage's text: of the registry, by form, or an office of a registered body.

    An office has `body` for its parent and `place` for what it serves; `area` is the place's area where known.
    """

    start: int
    end: int
    text: str
    body: RegisteredBody | None = None
    form: Form | None = None
    place: str = ""
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Scanned:
    """One passage with its hits in order (none overlapping) and the areas named in it."""

    passage: Passage
    text: str
    hits: tuple[Hit, ...]
    areas: tuple[Match, ...]


def scan(document: Document, registry: Registry) -> tuple[Scanned, ...]:
    """All passages of a document; lines of contents hold no names."""
    allowed = _Allowed(document)
    return tuple(scan_text(p, registry, allowed) for p in document.passages)


class _Allowed:
    """Which registered acronyms count in this document (`alias_requires`)."""

    def __init__(self, document: Document) -> None:
        self._text = document.source.text.lower()
        self._known: dict[str, bool] = {}

    def __call__(self, body: RegisteredBody, written: str) -> bool:
        if not body.alias_requires or written not in (body.acronym, *body.case_sensitive_aliases):
            return True
        if body.iri not in self._known:
            self._known[body.iri] = any(w.lower() in self._text for w in body.alias_requires)
        return self._known[body.iri]


def scan_text(passage: Passage, registry: Registry, allowed: _Allowed | None = None) -> Scanned:
    """The names in one passage."""
    text = divided(passage)
    if passage.kind is PassageKind.CONTENTS:
        return Scanned(passage, text, (), ())
    matches = registry.find(text)
    matches = [m for m in matches if m.area or _counts(m, text, allowed)]
    areas = tuple(m for m in matches if m.area)
    hits = [Hit(m.start, m.end, text[m.start : m.end], body=m.body) for m in matches if m.body]
    hits += [_office(h, text, areas) or h for h in hits]
    if not _shouted(text):
        hits += [Hit(f.start, f.end, text[f.start : f.end], form=f) for f in names_by_form(text, matches)]
    opening = _OPENING.match(text)
    everyone = registry.bodies.get(_STAKEHOLDERS)
    if opening and everyone:
        hits.append(Hit(0, opening.end(1), opening[1], body=everyone))
    return Scanned(passage, text, _organised(_longest(hits), text), areas)


def divided(passage: Passage) -> str:
    """The text through `plain`, with a bar between the cells of a table row, so that no name runs over it."""
    text, at = plain(passage.text), 0
    for cell in passage.cells:
        found = text.find(plain(cell), at) if cell else -1
        if found > 0 and text[found - 1] == " ":
            text = f"{text[: found - 1]}|{text[found:]}"
        at = max(at, found + len(cell))
    return text


def _shouted(text: str) -> bool:
    """Whether of several words four letters of five are capitals."""
    small = len(text) - len(text.encode("ascii", "replace").translate(None, _SMALL))
    if 5 * small >= len(text) or " " not in text.strip():  # even if all others were capitals
        return False
    return sum(map(str.isupper, text)) > 0.8 * max(sum(map(str.isalpha, text)), 1)


@remembered
def _starts_with_head(name: str) -> bool:
    return _STARTS_WITH_HEAD.match(name) is not None


def _counts(match: Match, text: str, allowed: _Allowed | None) -> bool:
    written = text[match.start : match.end]
    if match.body is None or _starts_with_head(written):
        return False
    return allowed is None or allowed(match.body, written)


def _office(hit: Hit, text: str, areas: tuple[Match, ...]) -> Hit | None:
    """ "IOM Iraq", "IOM Mission in …", "IOM's Regional Office for …": the office that begins with a parent's name."""
    if hit.body is None or hit.body.type not in _PROPER_PARENTS or hit.text in ("UN", "United Nations", "U.N."):
        return None
    found = _OFFICE.match(text, hit.end)
    at = found.end() if found else hit.end + (2 if text.startswith(") ", hit.end) else 1)
    named = found is not None and found[0].endswith(("for ", "in ", "of ", "to ", "the "))
    if not named and (found or (text[hit.end : at] not in (" ", ") "))):
        return None
    area = next((m for m in areas if m.start == at and not m.demonym), None)
    end = area.end if area else at
    if area is None and named and (place := _PLACE.match(text, at)):
        end = place.end()
    if end == at:
        return None
    return Hit(
        hit.start, end, text[hit.start : end], body=hit.body, place=text[at:end], area=area.area if area else None
    )


def _longest(hits: list[Hit]) -> list[Hit]:
    """Of overlapping hits the longest; of equally long ones an office, then the registry's."""
    kept: list[Hit] = []
    for h in sorted(hits, key=lambda h: (h.start - h.end, not h.place, h.body is None, h.start)):
        if all(h.end <= k.start or h.start >= k.end for k in kept):
            kept.append(h)
    return sorted(kept, key=lambda h: h.start)


def _organised(hits: list[Hit], text: str) -> tuple[Hit, ...]:
    """Drop populations (migrants, women …) unless named among other groups, and "stakeholders" unless they act."""

    def group(h: Hit) -> bool:
        return h.body is not None and h.body.type is BodyType.STAKEHOLDER_GROUP

    kept = []
    groups = [h for h in hits if group(h)]
    for n, h in enumerate(hits):
        if group(h) and not _acts(h, text) and all(k is h or _gap(h, k) > _NEAR for k in groups):
            continue
        if group(h) and h.start and _ANYBODY.match(h.text):
            continue
        if group(h) and _POPULATION.match(h.text):
            near = [k for k in hits[max(0, n - 3) : n + 4] if k is not h and group(k)]
            firm = [
                k
                for k in near
                if not _POPULATION.match(k.text) and k.text != "Member States" and _gap(h, k) <= 2 * _NEAR
            ]
            if len(firm) < 1 or len(near) < 2 or not _listed(h, text):
                continue
        kept.append(h)
    return tuple(kept)


def _acts(hit: Hit, text: str) -> bool:
    """Whether a group stands where one stands that acts, is named with others, or is turned to."""
    return _ACTOR_PLACE.search(text, max(0, hit.start - _BEFORE), hit.start) is not None


def _gap(a: Hit, b: Hit) -> int:
    return max(a.start, b.start) - min(a.end, b.end)


def _listed(hit: Hit, text: str) -> bool:
    after, before = text[hit.end : hit.end + 5], text[max(0, hit.start - 6) : hit.start]
    return after.startswith((",", " and ", ";")) or before.endswith((", ", "and ", "; "))
