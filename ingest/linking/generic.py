"""Texts whose wording says less than it seems: references to publications, and support for the Compact at large."""

from __future__ import annotations

import re

from ingest.linking.explicit import mentions_compact

COOPERATION = "23"
_SHORT = 2_000  # characters that are looked at
_LINK = re.compile(r"<[^<>\s]{1,300}>|https?://[^\s<>]{1,300}|\bwww\.[^\s<>]{1,300}|\b[\w-]{1,60}\.(?:org|int|net|com)\b")
_SYMBOL = re.compile(r"\b[A-Z]{1,8}(?:/[\w.()-]{1,20}){1,6}")
_CITES = re.compile(
    r"\b(?:ibid|op\. ?cit|et al|pp?\. ?\d|vol\. ?\d|para(?:graph|s)?\.? ?\d|resolution \d|ISBN|doi)"
    r"|\((?:1[89]|20)\d\d\)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|shall|should|can|could|may|might|must|does|do|did|includes?|refers?"
    r"|provides?|means?|says?|states?|calls?|notes?|supports?|helps?|requires?|remains?|became|began)\b"
)
_WHERE = re.compile(
    r"\b(?:accessed|available|found|consulted|downloaded|retrieved|visit|read more|see|online|website|web ?page)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_TITLE_CASE = 0.4  # share of the longer words that begin with a capital, in a reference with a title
_POINTS = 12  # words besides the link, at most, of a sentence that only says where something is

_SUPPORT = re.compile(
    r"\bNetworks? on Migration\b|\bMigration Networks?\b|\b[Tt]he Networks?\b|\bUNCTs?\b|\b[Cc]ountry [Tt]eams?\b"
    r"|\bUN (?:system|agencies|entities|partners)\b|\bUnited Nations (?:system|agencies|entities)\b"
)
_BETWEEN_STATES = re.compile(
    r"\binter-?(?:state|governmental|regional)|\bbetween (?:the )?(?:states|countries|governments)"
    r"|\b(?:international|regional|subregional|bilateral|multilateral|cross-regional|global) (?:\w+ (?:and|or) )?"
    r"(?:\w+ )?(?:cooperation|co-operation|partnerships?|dialogues?|assistance|solidarity|agreements?|funds?)"
    r"|\b(?:bilateral|multilateral|south-south|triangular)\b"
    r"|\b(?:countries|states|governments|capitals|regions) (?:of|that|which|who|in|with|can|shall|should|to)\b"
    r"|\b(?:developing|poorer|rich|richer|small island|neighbouring|partner|donor|other|transit|champion|two|both|all)"
    r" (?:\w+ )?(?:countries|country|states|governments|capitals)\b"
    r"|\b(?:financial|technical|development|official) (?:and \w+ )?(?:assistance|cooperation)\b"
    r"|\bconsultative process|\bpooled\b|\bdonors?\b|\btwinn|\bsecond(?:ed|ment)|\blent\b|\bmember states\b",
    re.IGNORECASE,
)


def is_reference(text: str, *, note: bool) -> bool:
    """Whether a text only says where something is published: a citation (`note`: of a footnote), or a link to it."""
    text = text[:_SHORT]
    rest, links = _LINK.subn(" ", text)
    words = _WORD.findall(rest)
    if links and len(rest.split()) <= _POINTS and (_WHERE.search(rest) is not None or _FINITE.search(rest) is None):
        return True
    if not note or _FINITE.search(rest) or not (links or _SYMBOL.search(rest) or _CITES.search(rest)):
        return False
    return bool(sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words))


def too_general(text: str) -> frozenset[str]:
    """The objectives that a text seems to be about, only because it speaks of the Compact and those who support it.

    Cooperation of States on migration is an objective; that a network, a country team or a plan supports the
    Compact says nothing of it, unless the text goes on to speak of States with one another.
    """
    text = text[:_SHORT]
    general = mentions_compact(text) or _SUPPORT.search(text)
    return frozenset({COOPERATION}) if general and not _BETWEEN_STATES.search(text) else frozenset()
