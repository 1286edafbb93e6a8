"""One clause with everything that decides its type: the context of its passage and the class of its subject."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ingest.memory import remembered
from ingest.statements import lexicon as lx
from ingest.statements.context import Genre, Place
from ingest.statements.frames import Reported
from ingest.statements.grammar import Clause
from ontology.document import PassageKind
from ontology.model import Modality, StatementType

Weights = Mapping[StatementType, float]
Hit = tuple[str, Weights] | None
"""What a feature saw and for which types that speaks, or None."""


class Subject(StrEnum):
    """What kind of thing the subject of a clause is."""

    NONE = "none"
    BODY = "body"
    ROLE = "role"
    MEMBERS = "members"
    GROUP = "group"
    ACTOR = "actor"
    OWN_WORK = "own_work"
    RULED = "ruled"
    TEXT = "text"
    ANAPHOR = "anaphor"
    PEOPLE = "people"
    THING = "thing"


class Setting(NamedTuple):
    """A clause to be typed. `places` are innermost first; `previous` is the type of the statement before."""

    clause: Clause
    outer: Clause
    genre: Genre
    kind: PassageKind
    places: tuple[Place, ...]
    lead: Place | None
    lead_clause: Clause | None
    frame: Reported | None
    subject: Subject
    modality: Modality | None
    need: str
    previous: StatementType | None = None
    lead_frame: Reported | None = None

    @property
    def in_list(self) -> bool:
        """Whether the passage is an item that continues a lead-in or has no verb of its own."""
        return self.kind is PassageKind.LIST_ITEM

    @property
    def place(self) -> Place | None:
        """What the nearest telling heading announces."""
        return self.places[0] if self.places else None


_ROLE = re.compile(
    r"\b(?:co-?ordinators?|secretariat|(?:co-?|vice-?)?chair(?:s|person|man|woman|persons)?|co-?conven[eo]rs?"
    r"|conven[eo]rs?|"
    r"executive committee|steering committee|steering group|bureau|focal points?|director|president|rapporteur|"
    r"administrator|administrative agent|trustees?|troika|management unit|chief of mission|secretary|designee|"
    r"(?:advisory |governing |executive )?board|committee|"
    r"technical committee|governing body|team leader|lead agency)\b",
    re.I,
)
_MEMBERS = re.compile(
    r"\bmembers?\b(?! states?\b)|\bparticipating (?:organi[sz]ations|agencies|entities)\b|\bsignatories\b", re.I
)
_GROUPS = re.compile(r"\b(?:working groups?|task ?forces?|sub-?groups?|thematic groups?|committees|chapters)\b", re.I)
_RULED = re.compile(
    r"\b(?:composition|membership|chairing|participation|decisions?|quorum|meetings?|minutes|proposals?|votes?"
    r"|voting|"
    r"terms? of office|applications?|amendments?|agenda|allocations?|grants?|disbursements?|seats?|"
    r"outputs?|documents?|information|procedures?|session|presidency|quorum|chairmanship|regulation|decree|"
    r"terms of reference|charter|overheads|contributions?|recommendations?|resolutions?)\b",
    re.I,
)
_OWN_WORK = re.compile(
    r"\b(?:program(?:me)?s?|programming|projects?|initiatives?|efforts?|activities|assistance|interventions?"
    r"|work|strateg(?:y|ies)|"
    r"support|partnerships?|emphasis|attention|priority|resources|funding|approach|services|campaigns?"
    r"|operations|system|"
    r"strengthening|focus|evidence|knowledge|trainings?|investments?|measures|plans?|actions?)\b",
    re.I,
)
_TEXT = re.compile(
    r"\b(?:strategy|vision|report|document|plan|framework|pillars?|matrix|figure|table|chapter|section|annex"
    r"|box|survey|"
    r"study|paper|compact|agenda|convention|declaration|resolution|law|act|toR|terms of reference|outcomes"
    r"|findings)\b",
    re.I,
)
_CUT = re.compile(
    r"[,;(]| (?:including|such as|who|which|that|whose|"
    r"in|at|under|between|among|for|on|from|to|with|within|as well as)\b"
)
_ACRONYM = re.compile(r"^[A-Z][A-Z/&-]{2,}s?$")
_PROCESS = re.compile(
    r"\b(?:climate|migration|crisis|pandemic|conflict|growth|poverty|economy|displacement|change|demand)\b", re.I
)


@remembered
def head_of(subject: str) -> str:
    """The subject up to its first aside, relative clause or prepositional phrase other than "of"."""
    hit = _CUT.search(subject, 1)
    return subject[: hit.start()].strip() if hit else subject.strip()


def subject_class(clause: Clause, *, is_body: bool) -> Subject:
    """The class of the subject of a clause; `is_body`: the subject resolves to a body."""
    subject = clause.subject
    if not subject:
        return Subject.NONE
    low = subject.lower()
    if low in lx.ANAPHORS:
        return Subject.ANAPHOR
    head = head_of(subject)
    core = re.split(r"\bof\b", head, maxsplit=1)[0].strip() or head
    core = re.sub(r"^.*[’'](?:s\b)?\s", "", core) if re.search(r"[’']s? ", core) else core
    words = core.lower().split()
    last = words[-1] if words else ""
    if _RULED.search(last) or (words and _RULED.search(words[0]) and len(words) <= 3):
        return Subject.RULED
    if last in ("duties", "functions", "roles", "tasks", "responsibilities"):
        return Subject.THING
    if _ROLE.search(core):
        return Subject.ROLE
    if _MEMBERS.search(core):
        return Subject.MEMBERS
    if _GROUPS.search(core):
        return Subject.GROUP
    if re.search(r"[’']s? ", head) and not is_body:
        return Subject.OWN_WORK if _OWN_WORK.search(core) else Subject.THING
    if words and (last in lx.PEOPLE_NOUNS or words[0] in lx.PEOPLE_NOUNS):
        return Subject.PEOPLE
    if is_body:
        return Subject.BODY
    if re.search(r"\b(?:strateg(?:y|ies)|program)", last) or _OWN_WORK.search(last):
        return Subject.OWN_WORK
    if last in lx.PEOPLE_NOUNS or (words and words[0] in lx.PEOPLE_NOUNS):
        return Subject.PEOPLE
    if any(w in lx.ACTOR_NOUNS for w in words) or _ACRONYM.match(core):
        return Subject.ACTOR
    if low in ("we", "i"):
        return Subject.BODY
    if _OWN_WORK.search(core):
        return Subject.OWN_WORK
    if _TEXT.search(core):
        return Subject.TEXT
    return Subject.THING


def is_process(subject: str) -> bool:
    """Whether the subject is a social or natural process that nobody steers ("climate change")."""
    return bool(_PROCESS.search(head_of(subject).split(" of ")[0]))
