"""What a body's name says, apart from how it is put: the key under which its variants are one body."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ingest.bodies.registry import Match
from ingest.bodies.words import HEADS, LEVELS, PLAIN_MODIFIERS, folded, singular_head
from ontology import iris
from ontology.model import BodyType

_PAREN = re.compile(r"\s*\([^()]*\)")
_WORD = re.compile(r"[^\W_][\w&/'\-]*")
_SMALL = frozenset(["a", "and", "of", "on", "for", "the", "in", "to", "its", "against", "with", "&", "at", "by"])
_REGION = re.compile(r"\s(?:in|for|of)\s(?:the\s)?([A-Z][\w'\- ]{2,50}?)(?:\s[Rr]egion|\s[Ss]tates|\s[Cc]ountries)?$")
_AREA_HEADS = frozenset(["network", "coalition", "platform", "country team", "embassy", "mission", "government"])


@dataclass(frozen=True, slots=True)
class NameKey:
    """Head noun, the words that tell the subject, area (an IRI or a region's slug), level, and number.

    "UN Migration Network in X", "UN Network on Migration in X" and "X UN Network on Migration" have one key.
    """

    head: str
    words: frozenset[str]
    area: str = ""
    level: str = ""
    plural: bool = False

    def placeless(self) -> NameKey:
        """The key without area and level."""
        return replace(self, area="", level="")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A name taken apart: its key, and the pieces of the name of its IRI."""

    key: NameKey
    stem: str
    area_name: str = ""

    def canonical(self, area_name: str = "") -> str:
        """The name that the IRI is minted from; `area_name` where the document supplies the area."""
        return " ".join(p for p in (self.stem, self.area_name or area_name) if p)


def without_parentheses(name: str) -> str:
    """The name without what stands in brackets inside it."""
    return _PAREN.sub("", name).strip()


def parse_name(
    name: str, areas: list[Match], *, head: str = "", level: str = "", plural: bool = False
) -> Parsed | None:
    """Take a name apart; None where it has no head noun.

    Args:
        name: the name as written, through `plain`.
        areas: the areas found in `without_parentheses(name)`.
        head: the head noun where it is known.
        level: an adjective before the name that says national, regional or global.
        plural: whether the head is in the plural.
    """
    text = without_parentheses(name)
    area, area_name = "", ""
    for match in areas:
        if match.area and text[match.start - 1 : match.start] != "(":
            area, area_name = match.area.iri, match.area.name
            text = f"{text[: match.start]} {text[match.end :]}"
            break
    if not area and (found := _REGION.search(text)) and not _is_subject(text, found):
        area_name = found[1]
        area = iris.slug(area_name)
        text = text[: found.start()]
    text = re.sub(r"(?<=[a-z])-(?=(?:based|partner|level|hoc)\b)", " ", folded(text))
    words = [w.removesuffix("'s").removesuffix("'") for w in _WORD.findall(text)]
    head = head or _head_of(words)
    if not head:
        return None
    rest, number = _without_head(words, head)
    for w in rest:
        if w in LEVELS:
            level = level or LEVELS[w]
    kept = [w for w in rest if w not in _SMALL and w not in LEVELS and not (w == "region" and area)]
    modifiers = [w for w in kept if w in PLAIN_MODIFIERS]
    topic = [w for w in kept if w not in PLAIN_MODIFIERS]
    level = "" if level == "global" or area else level
    key = NameKey(folded(head), frozenset(_one(w) for w in kept), area, level, plural or number)
    known = [_many(head) if key.plural else head] if len(rest) < len(words) else []
    stem = " ".join([*([level] if level else []), *modifiers, *known, *topic])
    return Parsed(key, stem, area_name)


def _is_subject(text: str, found: re.Match[str]) -> bool:
    """ "Ministry of Labour" and "Centre for Community Policing" name a subject after of and for, not a place."""
    opening = text[found.start() :].strip().split(" ")[0]
    if opening == "in":
        return False
    return not re.search(r"[Rr]egion$|\b(?:East|Africa|Asia|Pacific|Europe|America|Caribbean|States)$", text)


def _head_of(words: list[str]) -> str:
    for size in (3, 2, 1):
        for i in range(len(words) - size + 1):
            head = singular_head(" ".join(words[i : i + size]))
            if head:
                return head
    return ""


def _position(words: list[str], head: str) -> int:
    parts = folded(head).split(" ")
    for i in range(len(words) - len(parts), -1, -1):
        phrase = " ".join(words[i : i + len(parts)])
        if phrase == folded(head) or folded(singular_head(phrase)) == folded(head):
            return i
    return -1


def _without_head(words: list[str], head: str) -> tuple[list[str], bool]:
    i = _position(words, head)
    if i < 0:
        return words, False
    size = len(head.split(" "))
    return words[:i] + words[i + size :], " ".join(words[i : i + size]) != folded(head)


def _many(head: str) -> str:
    return f"{head[:-1]}ies" if head.endswith("y") else f"{head}s"


def _one(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def type_of(name: str, head: str, *, owner: BodyType | None = None) -> BodyType:
    """The type that a name's form says; `owner` is the type of the body it belongs to, where the text says so."""
    low = f" {folded(name)} "
    kind = HEADS.get(head, BodyType.OTHER)
    united = re.search(r"\bun\b", low) is not None
    if head in ("network", "platform", "alliance", "coalition") and re.search(
        r"\b(?:ngos?|civil society|csos?)\b", low
    ):
        return BodyType.NGO
    if head == "council" and "ministers" in low:
        return BodyType.GOVERNMENT
    if head == "network":
        return BodyType.UN_NETWORK if united else BodyType.COORDINATION_MECHANISM
    if kind is BodyType.GOVERNMENT or kind is BodyType.OTHER:
        if owner in (BodyType.GOVERNMENT, BodyType.MINISTRY):
            return BodyType.GOVERNMENT
        if united or owner is BodyType.UN_ENTITY:
            return BodyType.UN_ENTITY if head != "secretariat" or united else BodyType.OTHER
    if head in ("commission", "agency", "union", "assembly", "parliament", "court") and re.search(
        r"\b(?:african|european|regional|arab|asian|american|inter-american|pan-african|economic community)\b", low
    ):
        return BodyType.REGIONAL_ORGANISATION
    if head in ("office", "centre", "center", "police", "unit") and re.search(
        r"\b(?:national|federal|ministry|minister|president|prime|state|governor|attorney)\b", low
    ):
        return BodyType.GOVERNMENT
    return kind
