"""What is indexed, and what a search gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from ontology.document import PassageKind

LONGEST_TITLE = 80  # characters of each part of a context; more would drown the sentence
LONGEST_HEADING = 120
LONGEST_LEAD_IN = 150
CLEAR = 2  # strength from which an objective counts as addressed
PLAIN_KINDS = (PassageKind.SENTENCE, PassageKind.LIST_ITEM, PassageKind.TABLE_ROW, PassageKind.FOOTNOTE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage with what is known of it, as the index keeps it.

    `text` is mended for reading, `quote` is exact. `context` says where the text stands (`context_of`);
    it is embedded and indexed beside the text. `objectives` holds (number, strength 1 to 3, confidence).
    `scope` holds the places of the document, `roles` the kinds of relation and of fact on bodies that the passage
    is evidence of (`secretariat_of`, `meeting_frequency`); `weight` is the weight of the source, 1.0 for running text.
    """

    passage_iri: str
    document: str
    document_slug: str
    quote: str
    text: str
    start: int
    end: int
    title: str = ""
    document_type: str = "other"
    year: int | None = None
    scope: tuple[str, ...] = ()
    kind: str = PassageKind.SENTENCE
    page: int | None = None
    section: str = ""
    lead_in: str = ""
    context: str = ""
    objectives: tuple[tuple[int, int, float], ...] = ()
    sdgs: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    agent: str | None = None
    addressee: str | None = None
    statement_type: str | None = None
    modality: str | None = None
    confidence: float = 1.0
    review_state: str = "unreviewed"
    weight: float = 1.0
    roles: tuple[str, ...] = ()


def context_of(title: str, section: tuple[str, ...], lead_in: str | None = None) -> str:
    """Where a passage stands, as one short text: title, the two innermost headings, lead-in."""
    parts = (title[:LONGEST_TITLE], *(heading[:LONGEST_HEADING] for heading in section[-2:]),
             (lead_in or "")[:LONGEST_LEAD_IN])
    return ". ".join(part.strip() for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Filters:
    """What a hit must be; empty means anything. Values of one field are alternatives, fields add up.

    `objectives` counts links of `min_strength` or more. `role_of_body` is `agent`, `addressee` or `any`.
    Without `kinds`, headings, captions and contents are left out. Names are compared without case.
    """

    objectives: tuple[int, ...] = ()
    min_strength: int = CLEAR
    sdgs: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    role_of_body: str = "any"
    statement_types: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    document_types: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    min_confidence: float = 0.0
    review_state: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found: the words that matched, and the parts whose sum is the score."""

    words: tuple[str, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copy:
    """Another passage with the same words as a hit."""

    passage: str
    document: str
    start: int
    end: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found; `weak` means that it is only a guess."""

    entry: Entry
    score: float
    weak: bool
    why: Why
    copies: tuple[Copy, ...] = ()

    def to_record(self) -> dict[str, object]:
        """The hit as users get it in JSON."""
        entry = self.entry
        return {
            "document": entry.document, "quote": entry.quote, "start": entry.start, "end": entry.end,
            "page": entry.page, "section": entry.section, "score": self.score, "kind": entry.kind,
            "objectives": [number for number, strength, _ in entry.objectives if strength >= CLEAR],
            "bodies": list(entry.bodies),
            "why": {"words": list(self.why.words), "parts": dict(self.why.parts)},
            "weak": self.weak, "text": entry.text, "title": entry.title, "passage": entry.passage_iri,
            "statement_type": entry.statement_type, "agent": entry.agent, "addressee": entry.addressee,
            "sdgs": list(entry.sdgs), "confidence": entry.confidence, "review_state": entry.review_state,
            "copies": [asdict(copy) for copy in self.copies],
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """One page of an answer.

    `total` counts the hits that are more than guesses, copies folded, among the best 1,000; where there are none it
    is the number of guesses, at most 10. Guesses stand between and after them and can be paged through too, until
    a page comes back short; `total` is never less than what has been passed over and shown. `facets`
    gives, by field, (value, number of passages) over everything that passes the filters, most frequent first.
    `weak` is true where nothing really answers. `notes` are one sentence each.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    weak: bool = False
    notes: tuple[str, ...] = ()
