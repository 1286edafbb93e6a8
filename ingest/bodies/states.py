"""Countries that act: one that chairs, pledges or holds an office is its government."""

from __future__ import annotations

import re

from ingest.bodies.placing import government_of
from ingest.bodies.registry import Match
from ingest.bodies.state import Named, Reading
from ontology.model import BodyType

_STATE_ACTS = re.compile(
    r",?(?: (?:currently|also|now|then|has|have|had|will|shall|is to|again|further|which|who|itself|already))* "
    r"(?:holds?|held|(?:co-)?chair(?:s|ed)?|presid(?:es|ed)|assum\w+|(?:co-)?le(?:ads?|d)|host(?:s|ed)|ratif\w+"
    r"|acced\w+|pledg\w+|commit(?:s|ted)?|undert(?:akes?|ook|aken)|promis(?:es|ed)|announc\w+|intends?|plans? to"
    r"|aims? to|agreed|adopt(?:s|ed)|endors\w+|do(?:es|ne)? so|did so|express(?:es|ed)|applied|joined|offer(?:s|ed)"
    r"|request(?:s|ed)|is going to|undertaken|is (?:the|a|an)? ?(?:current |new |outgoing )?(?:vice-|co-)?(?:chair"
    r"|president|member|champion|observer|signatory|party))\b"
)
_STATES_LED = re.compile(
    r"\b(?:(?:co-)?chaired|(?:co-)?led|presided over|(?:co-)?convened|headed|coordinated|financed|funded|hosted"
    r"|joined) (?:jointly )?by (?:the )?$|\bafter (?:the )?$"
)
_AND_STATE = re.compile(r"(?:,| and|, and) (?:the )?$")
_OPENS = re.compile(r"(?:^|[.;:,] |\b(?:and|that|by|while|whereas) )(?:the )?$")


def add_states(reading: Reading) -> None:
    """A country that chairs, pledges or commits is its government."""
    for s in reading.scanned:
        names = reading.named[s.passage.index]
        for a in s.areas:
            alone = all(a.end <= n.start or a.start >= n.end for n in names)
            if a.area and a.area.alpha3 and not a.demonym and alone and _acts(s.text, a, names):
                entity = government_of(reading, a.area)
                text = s.text[a.start : a.end]
                entity.names[text] += 1
                names = sorted([*names, Named(entity, a.start, a.end, text)], key=lambda n: n.start)
        reading.named[s.passage.index] = names


def _acts(text: str, a: Match, names: list[Named]) -> bool:
    """Whether a country stands where one stands that acts: before such a verb, or after "chaired by"."""
    before = text[max(0, a.start - 60) : a.start]
    if _OPENS.search(before) and _STATE_ACTS.match(text, a.end):
        return True
    if _STATES_LED.search(before):
        return not before.endswith(("after ", "after the ")) or _STATE_ACTS.match(text, a.end) is not None
    joined = _AND_STATE.search(before)
    last = next((n for n in names if n.end == a.start - len(joined[0])), None) if joined else None
    return last is not None and last.entity.type is BodyType.GOVERNMENT and last.entity.head == "government"
