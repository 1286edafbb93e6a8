"""What is found in a document, as frozen values that pass between the stages: bodies, statements, links, evidence.

`read → segment → annotate → map to RDF → store → index` hand these to each other, with the document of
`ontology.document` in them. Offsets are in characters of `Source.text`, which is the text as stored, never mended.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from ontology.document import Document, Span


class BodyType(StrEnum):
    """The kinds of body of the contract."""

    UN_ENTITY = "un_entity"
    UN_NETWORK = "un_network"
    COORDINATION_MECHANISM = "coordination_mechanism"
    WORKING_GROUP = "working_group"
    MINISTRY = "ministry"
    GOVERNMENT = "government"
    REGIONAL_ORGANISATION = "regional_organisation"
    NGO = "ngo"
    FUND = "fund"
    FORUM = "forum"
    STAKEHOLDER_GROUP = "stakeholder_group"
    OTHER = "other"


class RelationType(StrEnum):
    """How one body stands to another (or, for `party_to`, to an instrument)."""

    MEMBER_OF = "member_of"
    EXECUTIVE_COMMITTEE_MEMBER_OF = "executive_committee_member_of"
    COORDINATOR_OF = "coordinator_of"
    SECRETARIAT_OF = "secretariat_of"
    CHAIR_OF = "chair_of"
    CO_CHAIR_OF = "co_chair_of"
    CO_CONVENER_OF = "co_convener_of"
    CO_LEAD_OF = "co_lead_of"
    PART_OF = "part_of"
    REPORTS_TO = "reports_to"
    SUCCESSOR_OF = "successor_of"
    ESTABLISHED_BY = "established_by"
    PARTNER_OF = "partner_of"
    GOVERNMENT_COUNTERPART_OF = "government_counterpart_of"
    PARTY_TO = "party_to"


class Status(StrEnum):
    """Whether a relation holds, held, or is only intended."""

    CURRENT = "current"
    FORMER = "former"
    PROPOSED = "proposed"


class StatementType(StrEnum):
    """What a sentence does."""

    RECOMMENDATION = "recommendation"
    COMMITMENT = "commitment"
    FUNCTION = "function"
    OBJECTIVE = "objective"
    OUTCOME = "outcome"
    PRINCIPLE = "principle"
    DECISION_RULE = "decision_rule"
    OBSERVATION = "observation"


class Modality(StrEnum):
    """The modal force of a statement; `None` in a `Statement` means that there is no verb to tell."""

    WILL = "will"
    SHALL = "shall"
    SHOULD = "should"
    COULD = "could"
    MAY = "may"
    MUST = "must"
    NEED = "need"
    CALL = "call"
    INFINITIVE = "infinitive"
    PRESENT = "present"


class AddresseeSource(StrEnum):
    """Whether the text names the addressee or the reader infers it."""

    STATED = "stated"
    INFERRED = "inferred"


class LinkMethod(StrEnum):
    """By which signal a link was decided."""

    EXPLICIT = "explicit"
    LEXICAL = "lexical"
    SEMANTIC = "semantic"
    INHERITED = "inherited"
    CURATED = "curated"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands: an exact quote and the passage that contains it.

    `fragments` has more than one element where a break interrupts the quote; `start`, `end` and `quote` are
    those of the first.
    """

    passage: int
    start: int
    end: int
    quote: str
    page: int | None
    section: tuple[str, ...]
    fragments: tuple[Span, ...] = ()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the system believes a fact.

    `confidence` is in 0..1; `score` is the raw score of the method; `words` are the words that decided;
    `runner_up` is the next best answer and why it lost; `note` is one sentence for a reader.
    """

    method: str
    confidence: float
    score: float = 1.0
    words: tuple[str, ...] = ()
    runner_up: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A body as one document knows it; its evidence is the first mention."""

    iri: str
    name: str
    type: BodyType
    evidence: Evidence
    reason: Reason
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    registered: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a body in a passage; `[start, end)` are offsets in `Source.text`."""

    body: str
    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Relation:
    """A role or relation between two bodies; `object_iri` is an instrument for `party_to`."""

    subject: str
    subject_iri: str
    relation: RelationType
    object: str
    object_iri: str
    status: Status
    evidence: Evidence
    reason: Reason


@dataclass(frozen=True, slots=True)
class BodyFact:
    """A property of a body: meeting_frequency, established_date, launched_date, decision_rule, scope …"""

    body: str
    body_iri: str
    property: str
    value: str
    evidence: Evidence
    reason: Reason


@dataclass(frozen=True, slots=True)
class Statement:
    """What a sentence or list item says somebody does, will do, or should do.

    `agent` and `addressee` are names as in `Body.name` where resolved (then the IRI is given), else the
    words of the text.
    """

    type: StatementType
    evidence: Evidence
    reason: Reason
    modality: Modality | None = None
    agent: str | None = None
    agent_iri: str | None = None
    addressee: str | None = None
    addressee_iri: str | None = None
    addressee_source: AddresseeSource | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveLink:
    """A passage is about an objective (1 to 23) with strength 3 (named), 2 (clear) or 1 (weak)."""

    objective: int
    strength: int
    method: LinkMethod
    evidence: Evidence
    reason: Reason


@dataclass(frozen=True, slots=True)
class SdgLink:
    """A passage is about a goal ("10") or target ("10.7")."""

    sdg: str
    method: LinkMethod
    evidence: Evidence
    reason: Reason


@dataclass(frozen=True, slots=True)
class PrincipleLink:
    """A passage is about a guiding principle (its slug)."""

    principle: str
    method: LinkMethod
    evidence: Evidence
    reason: Reason


@dataclass(frozen=True, slots=True)
class Instrument:
    """A resolution, convention, law or strategy that the document names; evidence is the first mention."""

    iri: str
    name: str
    type: str
    evidence: Evidence
    reason: Reason
    identifier: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Annotated:
    """A document with every fact that was extracted from it: what `graph` maps to RDF."""

    document: Document
    bodies: tuple[Body, ...] = ()
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    body_facts: tuple[BodyFact, ...] = ()
    statements: tuple[Statement, ...] = ()
    objective_links: tuple[ObjectiveLink, ...] = ()
    sdg_links: tuple[SdgLink, ...] = ()
    principle_links: tuple[PrincipleLink, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    warnings: tuple[str, ...] = field(default=())
