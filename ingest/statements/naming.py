"""Names for those who act or are addressed: a body where the words name one, else the words."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.memory import remembered
from ingest.statements.grammar import Clause
from ingest.statements.protocol import BodyResolver
from ingest.statements.setting import head_of
from ontology.document import Passage
from ontology.model import BodyType

_LEADING = re.compile(
    r"^(?:all|each|every|both|any|the|a|an|its|their|our|other|different|relevant|such|these|those)\s+", re.I
)
_BY = re.compile(
    r"\bby (?P<who>(?:the |an? |all )?[^,.;:()]{2,80}?)"
    r"(?= (?:and|to|in|on|for|through|with|at|under|from|as)\b|[,.;:()]|$)",
    re.I,
)


_ASIDE = re.compile(r"\s*\([^()]*\)")
_LINK = re.compile(r"[,;]| (?:in|at|for|on|to|with|from|including|such as|who|which|that)\b")
_JOINED = re.compile(r"\s+(?:and|or)\s+|\s*/\s*")
_MOST_CUTS = 4


class Actor(NamedTuple):
    """A body (then with IRI) or the words of the text; `how` says by which rule it was found."""

    name: str
    iri: str | None = None
    how: str = ""
    kind: BodyType | None = None


def clean(phrase: str) -> str:
    """A phrase as a name: outer articles and quantifiers off, spaces single."""
    out = " ".join(phrase.split()).strip(' ,;:.*–—-“”"')
    while (cut := _LEADING.sub("", out, count=1)) != out:
        out = cut
    return out


def named(bodies: BodyResolver, passage: Passage, phrase: str, how: str) -> Actor | None:
    """The body that a phrase names, shortened step by step, or None."""
    for text in _shortened(phrase):
        body = bodies.resolve(passage, text)
        if body is not None:
            return Actor(body.name, body.iri, how, body.type)
    return None


@remembered
def _shortened(phrase: str) -> tuple[str, ...]:
    """A phrase and what is left of it without asides and complements, each once, of two letters or more.

    Longest first: "the Network on Migration in X" is another body than "the Network".
    """
    head = head_of(phrase)
    bare = _ASIDE.sub("", phrase)
    shorter = [bare[: m.start()] for m in reversed(list(_LINK.finditer(bare)))][:_MOST_CUTS]
    texts = [text.strip() for text in (phrase, bare, *shorter, head, _JOINED.split(head, maxsplit=1)[0])]
    return tuple(text for text in dict.fromkeys(texts) if len(text) > 1)


def by_phrase(clause: Clause) -> re.Match[str] | None:
    """The by-phrase of a passive clause, where it stands close to its verb."""
    predicate = clause.predicate.removeprefix("to be ")
    hit = _BY.search(predicate[:120])
    near = hit is not None and hit.start() <= 60 and not re.search(r"[,;:]|\bto\b", predicate[: hit.start()])
    return hit if near else None
