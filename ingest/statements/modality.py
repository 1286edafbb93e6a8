"""The modal force of a clause, in the values of the contract."""

from __future__ import annotations

import re

from ingest.statements import lexicon as lx
from ingest.statements.context import Genre
from ingest.statements.grammar import Clause, Shape, Tense
from ingest.statements.setting import head_of
from ontology.model import Modality

_NEED_WORDS = frozenset(
    [
        "needed",
        "essential",
        "crucial",
        "necessary",
        "vital",
        "imperative",
        "indispensable",
        "paramount",
        "key",
        "critical",
        "important",
        "required",
        "urgent",
    ]
)
_NEED_START = re.compile(
    r"^(?:(?:still|also|further|urgently|therefore|absolutely|particularly|very|of|is|are|was|were|be|been"
    r"|being|as|equally|"
    r"critically|increasingly) )*(?:needed|essential|crucial|necessary|vital|imperative|indispensable|paramount|"
    r"critical|important|required|urgent|in (?:\w+ )?need of|utmost importance|key to|fundamental to|"
    r"a (?:must|necessity|prerequisite))\b"
)
_NEED_NOUN = re.compile(
    r"^(?:\w+ ){0,3}(?:need (?:for|to)|necessity (?:of|to|for)|requirement (?:for|to)|importance of"
    r"|urgency of)\b", re.I
)
_DEMANDING = frozenset(["need", "require", "necessitate", "demand", "deserve", "warrant"])
_ASKED = frozenset(["expected", "encouraged", "supposed", "advised", "recommended"])
_CALLED = frozenset(["urged", "requested", "invited", "asked", "called"])
_AIMING = frozenset(["aim", "strive", "seek"])
_PURPOSE = re.compile(
    r"\b(?:objectives?|goals?|aims?|purposes?|mission|vision|ambition|"
    r"roles?|functions?|tasks?|remit|mandate)\b",
    re.I,
)


def states_need(clause: Clause) -> str:
    """The words by which a clause says that something is needed, or the empty string."""
    if clause.modal or clause.negated:
        return ""
    if clause.verb in _DEMANDING and (not clause.passive or clause.participle in ("needed", "required")):
        return "" if _bound(clause) else clause.participle or clause.verb
    if clause.shape is Shape.FINITE and clause.tense in (Tense.PRESENT, Tense.PAST, Tense.PERFECT):
        rest = clause.text[clause.subject_start + len(clause.subject) :].lower().strip(" ,")
        rest = rest.split(" ", 1)[1] if " " in rest else ""
        if clause.verb in ("be", "remain", "become") or clause.participle in _NEED_WORDS:
            hit = _NEED_START.match(rest)
            if hit and not _important_noun(hit, rest):
                return hit.group().split(" ", 1)[-1] if len(hit.group()) > 30 else hit.group()
        if clause.subject.lower() == "there" and (found := re.match(r"(?:\w+ ){0,4}needs? (?:for|to)\b", rest)):
            return found.group()
    if clause.verb in (
        "speak",
        "point",
        "testify",
        "show",
        "demonstrate",
        "indicate",
        "underline",
        "highlight",
        "stress",
        "underscore",
        "emphasise",
        "emphasize",
    ):
        found = re.search(r"\bneed (?:for|to)\b", clause.predicate[:40])
        return found.group() if found else ""
    return ""


def _bound(clause: Clause) -> bool:
    """Whether somebody is required to do something ("recipients are required to", not "monitoring is required to")."""
    if (
        not clause.passive
        or clause.participle not in ("required", "obliged", "obligated")
        or (not clause.predicate.startswith("to "))
    ):
        return False
    last = head_of(clause.subject).lower().split()[-1:] or [""]
    return clause.participle != "required" or last[0] in lx.ACTOR_NOUNS or last[0] in lx.PEOPLE_NOUNS


def _important_noun(hit: re.Match[str], rest: str) -> bool:
    """Whether "important" only qualifies a noun ("is an important hurdle", "are crucial pillars of")."""
    after = rest[hit.end() :].strip()
    if not after or after[0] in ".,;":
        return False
    if hit.group().endswith((" of", "for", "to")):
        return False
    return not re.match(r"(?:to|for|that|in|if|as|so|and|given|because|when|by|at|from|with|on|,)\b", after)


def modality_of(clause: Clause, genre: Genre) -> Modality | None:
    """The modality that the clause itself shows, or None for the plain present and past."""
    low = clause.modal
    if low:
        return _of_modal(low, genre)
    if clause.shape in (Shape.INFINITIVE, Shape.GERUND) and clause.tense is Tense.NONE:
        return Modality.INFINITIVE
    if states_need(clause):
        return Modality.NEED
    if clause.shape is not Shape.FINITE or clause.tense in (Tense.PAST, Tense.PERFECT):
        return None
    if clause.passive and clause.participle in _ASKED and _infinitive_follows(clause):
        return Modality.SHOULD
    if clause.passive and clause.participle in _CALLED and _infinitive_follows(clause):
        return Modality.CALL
    if _bound(clause):
        return Modality.SHALL
    if clause.verb in _AIMING and not clause.passive and clause.predicate.startswith(("to ", "at ")):
        return Modality.INFINITIVE
    if clause.verb == "be" and (clause.predicate.startswith("to ") or clause.predicate == "to"):
        return Modality.INFINITIVE if _PURPOSE.search(head_of(clause.subject)) else Modality.SHALL
    return None


def _infinitive_follows(clause: Clause) -> bool:
    return re.match(r"(?:(?:on|upon) )?(?:[\w ]{0,40}\b)?to\b", clause.predicate) is not None


def _of_modal(low: str, genre: Genre) -> Modality:
    if low in ("will", "would"):
        return Modality.WILL
    if low in ("should", "ought"):
        return Modality.SHOULD
    if low == "could":
        return Modality.COULD
    if low in ("can", "cannot"):
        return Modality.COULD if genre in (Genre.VOICES, Genre.PLAN) else Modality.MAY
    if low in ("may", "might"):
        return Modality.MAY
    return Modality.SHALL if low == "shall" else Modality.MUST
