"""The frozen values that pass between the stages: a document read, segmented, annotated.

`read → segment → annotate → map to RDF → store → index` hand these to each other. All offsets are in
characters (Unicode code points) of `Source.text`, which is the text as stored, never mended.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class DocumentType(StrEnum):
    """What a document is, as its title and wording say."""

    TERMS_OF_REFERENCE = "terms_of_reference"
    OUTREACH_REPORT = "outreach_report"
    STRATEGY = "strategy"
    ACTION_PLAN = "action_plan"
    REVIEW = "review"
    REPORT = "report"
    RESOLUTION = "resolution"
    OTHER = "other"


class PassageKind(StrEnum):
    """What a passage is in the layout of its document."""

    SENTENCE = "sentence"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    CONTENTS = "contents"


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
class Span:
    """A stretch `[start, end)` of `Source.text`."""

    start: int
    end: int


class RegionKind(StrEnum):
    """What the layout of a file tells of a stretch of its text."""

    PROSE = "prose"
    FURNITURE = "furniture"
    CAPTION = "caption"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch `[start, end)` that a reader knows to be no prose or, with a weight below 1, of poor quality.

    `ocr` is the confidence, 0 to 1, of the OCR that read it; None where the file itself holds the text.
    """

    start: int
    end: int
    kind: RegionKind = RegionKind.PROSE
    weight: float = 1.0
    ocr: float | None = None


class RemarkCode(StrEnum):
    """What can be wrong with the text of a page: a closed list that users and scripts can rely on."""

    NO_TEXT_LAYER = "no_text_layer"
    LOST = "lost"
    SPACELESS = "words_without_spaces"
    GARBLED = "garbled"
    DISORDERED = "disordered"
    FOREIGN = "other_language"
    OCR = "ocr"
    OCR_FAILED = "ocr_failed"


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of the quality of some pages.

    `pages` count from 1 and are empty where the format has none, so that the remark is on part of the text;
    `weight` is what passages there weigh, 0 where there are none.
    """

    code: RemarkCode
    pages: tuple[int, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a document; read off it, and overridden by a catalogue.

    `date` is as precise as the text gives it: "2021", "2020-12" or "2021-02-18". `scope` holds ISO 3166
    alpha-3 codes of countries or the name of a region. `language` is a BCP 47 tag.
    """

    title: str
    type: DocumentType = DocumentType.OTHER
    date: str | None = None
    publisher: str | None = None
    scope: tuple[str, ...] = ()
    language: str = "en"
    version: str | None = None
    rights: str | None = None
    source_note: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One file, decoded.

    `name` is the file name, `slug` the part of the document's IRI, `pages` the offset at which each page
    begins (empty where the format has none), `warnings` one sentence each on what was lost or is uncertain,
    `regions` what the layout of the file tells of stretches of its text, in order, `remarks` the quality of pages.
    """

    path: str
    name: str
    slug: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence, list item, table row, heading, footnote sentence, caption or line of contents.

    `quote` is `text[start:end]` of its first fragment; `fragments` are all of them where a page break or a
    note interrupts; `text` is joined and mended for reading (no note marks, no line breaks, no emphasis
    marks). `paragraph` numbers the block it stands in, so that neighbours can be told. `section` is the
    heading path, outermost first, as headings stand in the text (mended). `lead_in` is the mended text of the
    sentence that introduces the list, `marker` the list mark ("a.", "-", "1."), `level` the depth of a
    heading (1 the outermost) or of a list item (1 the outermost). `cells` are the cells of a table row.
    `key` is the last part of its IRI: hash of its text and occurrence. `weight` is below 1 where the text is of
    poor quality; `ocr` is the confidence, 0 to 1, of the OCR that read its page, None where the file holds the text.
    """

    index: int
    key: str
    kind: PassageKind
    start: int
    end: int
    quote: str
    text: str
    fragments: tuple[Span, ...]
    paragraph: int
    section: tuple[str, ...] = ()
    page: int | None = None
    lead_in: str | None = None
    marker: str | None = None
    level: int = 0
    note: str | None = None
    cells: tuple[str, ...] = ()
    weight: float = 1.0
    ocr: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A document after reading and segmentation; passages in reading order, indexed by `Passage.index`."""

    source: Source
    metadata: Metadata
    passages: tuple[Passage, ...]


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
