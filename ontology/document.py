"""A document as it was read: its text with regions and remarks, its metadata, its passages.

All offsets are in characters (Unicode code points) of `Source.text`, end exclusive; pages begin at 1.
"""

from __future__ import annotations

from dataclasses import dataclass
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
