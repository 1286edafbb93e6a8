"""What `find_bodies` gives, and how later stages ask it what a phrase stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.bodies.registry import plain
from ingest.memory import remembered
from ontology.document import Passage
from ontology.model import Body, BodyFact, Mention, Relation

_ARTICLE = re.compile(r"^(?:the|a|an|its|their|this|these|our)\s+", re.I)
_PRONOUN = re.compile(r"^(?:it|its|they)$", re.I)
_FIRST_PERSON = re.compile(r"^(?:we|our|us)$", re.I)
_POSSESSIVE = re.compile(r"(?:'s|s')$")
_BRACKETED = re.compile(r" ?\([^()]*\)|")
_ASIDE = re.compile(r"(?: \([^()]*\))?(?:,| \(| which\b| that\b| staffed\b| led\b| chaired\b| composed\b)")
_SUBJECT_WINDOW = 4
_EARLY = 35


@remembered
def phrase_key(phrase: str) -> str:
    """A phrase as it is looked up: one apostrophe, no article, no possessive, lower case."""
    text = _ARTICLE.sub("", plain(phrase).strip(' .,;:()[]"“”'))
    return _POSSESSIVE.sub(lambda m: "s" if m[0] == "s'" else "", text).lower()


@dataclass(frozen=True, slots=True)
class BodiesFound:
    """The bodies of a document, where it mentions them, and what it says about them.

    `spans` holds, by passage, (start, end, IRI) in `Passage.text` of every mention, short forms included;
    `foci` the IRI of the body that each passage's section speaks of; `roles` the body that holds a role there
    ("coordinator" -> IRI); `names` the IRIs by looked-up form, for phrases that stand elsewhere.
    """

    bodies: tuple[Body, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    body_facts: tuple[BodyFact, ...]
    spans: dict[int, tuple[tuple[int, int, str], ...]] = field(default_factory=dict)
    foci: dict[int, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)
    by_iri: dict[str, Body] = field(default_factory=dict)
    _keys: dict[int, list[tuple[str, str, str]]] = field(default_factory=dict, compare=False, repr=False)
    _resolved: dict[tuple[int, str], Body | None] = field(default_factory=dict, compare=False, repr=False)

    def focus(self, passage_index: int) -> Body | None:
        """The body that the section of a passage speaks of; the document's own body by default."""
        return self.by_iri.get(self.foci.get(passage_index, ""))

    def resolve(self, passage: Passage, phrase: str) -> Body | None:
        """The body that a phrase stands for in a passage, or None.

        "the Network", "GoI", "The Secretariat", "Government" and the like are read as they are in that passage;
        a pronoun is the subject of the sentences before it in the paragraph, else the body in focus. Answers are
        remembered: a statement asks for its subject several times.
        """
        asked = (passage.index, phrase)
        if asked not in self._resolved:
            self._resolved[asked] = self._resolve(passage, phrase)
        return self._resolved[asked]

    def _resolve(self, passage: Passage, phrase: str) -> Body | None:
        if _FIRST_PERSON.match(phrase.strip()):
            return self.focus(passage.index)
        if _PRONOUN.match(phrase.strip()):
            return self._subject_before(passage)
        key = phrase_key(phrase)
        if not key:
            return None
        here = self._in_passage(passage, key)
        if here:
            return here
        iri = self.names.get(key) or self.roles.get(re.sub(r"^(?:network|coalition) ", "", key)) or self.heads.get(key)
        return self.by_iri.get(iri or "")

    def _in_passage(self, passage: Passage, key: str) -> Body | None:
        spans = self._keyed(passage)
        for tail, own, iri in spans:
            if own == key:
                return self.by_iri[iri]
            if tail.endswith(key) and phrase_key(tail[-len(key) :]) == key:
                return self.by_iri[self._opening(passage, len(tail) - len(key), tail) or iri]
        inside = [
            (len(own), iri)
            for _, own, iri in spans
            if own and key.startswith(own) and _BRACKETED.fullmatch(key, len(own))
        ]
        return self.by_iri[max(inside, key=lambda m: m[0])[1]] if inside else None

    def _opening(self, passage: Passage, start: int, tail: str) -> str:
        """The body that a phrase from `start` on begins with and only says more of: "X, headed by Y", "X (A, B)"."""
        for begin, end, iri in self.spans.get(passage.index, ()):
            if start <= begin <= start + 1 and end < len(tail) and iri in self.by_iri and _ASIDE.match(tail, end):
                return iri
        return ""

    def _keyed(self, passage: Passage) -> list[tuple[str, str, str]]:
        """The mentions of a passage as (text up to the end of the mention in lower case, key of the mention, IRI)."""
        known = self._keys.get(passage.index)
        if known is None:
            text = plain(passage.text)
            known = self._keys[passage.index] = [
                (text[:end].lower(), phrase_key(text[start:end]), iri)
                for start, end, iri in self.spans.get(passage.index, ())
                if iri in self.by_iri
            ]
        return known

    def _subject_before(self, passage: Passage) -> Body | None:
        for index in range(passage.index - 1, max(-1, passage.index - _SUBJECT_WINDOW), -1):
            spans = self.spans.get(index, ())
            if spans and spans[0][0] <= _EARLY and spans[0][2] in self.by_iri:
                return self.by_iri[spans[0][2]]
        return self.focus(passage.index)
