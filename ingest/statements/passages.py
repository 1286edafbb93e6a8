"""Which passages speak: what is a statement, what only leads in a list, what belongs to the item before it."""

from __future__ import annotations

import re

from ingest.statements import lexicon as lx
from ingest.statements.context import Place, lead_in_place, places_of
from ingest.statements.grammar import Clause, Shape, parse
from ingest.statements.leads import LeadIns
from ontology.document import Document, Passage, PassageKind

_KINDS = frozenset([PassageKind.SENTENCE, PassageKind.LIST_ITEM, PassageKind.TABLE_ROW, PassageKind.FOOTNOTE])
_NOT_SAID = (
    "all rights reserved",
    "no part of this publication",
    "©",
    "copyright",
    "opinions expressed",
    "views expressed",
    "not necessarily reflect",
    "not reflect",
    "not imply",
    "makes no claim",
    "tel:",
    "fax:",
    "email:",
    "e-mail:",
    "website:",
    "general information purposes",
)
_SOURCE_NOTE = re.compile(
    r"^(?:source|see|ibid|cf\.|adapted from|available at|for:|note:|photo|figure"
    r"|table)\b", re.I
)
_CITED = re.compile(
    r"\b[AES]/(?:RES/|C\.|\d+/)|\bpara(?:graph)?s?\.? \d|\((?:\d+ \w+ )?\d{4}\)|\bpp?\. ?\d|\bISBN\b|\bdoi\b"
)
_FINITE_WORDS = lx.MODALS | lx.AUXILIARIES
_LEAST_LETTERS = 12


class PassageReader:
    """Judges the passages of one document by their layout, before anything is typed."""

    def __init__(self, document: Document, leads: LeadIns) -> None:
        self._document, self._leads = document, leads

    def places(self, passage: Passage) -> tuple[Place, ...]:
        """What the headings above a passage announce; the title of the document announces nothing."""
        section, title = passage.section, self._document.metadata.title.casefold()
        top = section[0].casefold() if section else ""
        return places_of(section[1:] if top and (top in title or title in top) else section)

    def speaks(self, passage: Passage) -> bool:
        """Whether the passage is prose, an item or a row that can say something at all."""
        text = passage.text
        if passage.kind is PassageKind.HEADING:
            # an objective set as a heading: a whole sentence that opens with a verb
            clause = parse(text) if text.endswith(".") and len(text.split()) >= 6 else None
            return clause is not None and clause.shape is Shape.INFINITIVE
        if passage.kind not in _KINDS or sum(map(str.isalpha, text[:80])) < _LEAST_LETTERS:
            return False
        low = text.lower()
        return not (any(words in low for words in _NOT_SAID) or _SOURCE_NOTE.match(text))

    def group(self, i: int) -> tuple[Passage, ...]:
        """A labelled principle and the sentences that go on with it in the same item."""
        passages = self._document.passages
        first = passages[i]
        if first.kind is not PassageKind.LIST_ITEM or Place.PRINCIPLES not in self.places(first):
            return (first,)
        if not parse(first.text).label:
            return (first,)
        end = i + 1
        while (
            end < len(passages)
            and passages[end].kind is PassageKind.LIST_ITEM
            and (
                (passages[end].paragraph, passages[end].marker) == (first.paragraph, first.marker)
                and not parse(passages[end].text).label
            )
        ):
            end += 1
        return passages[i:end]

    def introduces(self, i: int) -> bool:
        """Whether the passage only leads in a list."""
        passages, text = self._document.passages, self._document.passages[i].text.rstrip(" *_")
        following = passages[i + 1] if i + 1 < len(passages) else None
        if following is None or following.kind is not PassageKind.LIST_ITEM:
            return False
        return text.endswith(":") or (
            following.lead_in is not None and following.lead_in.rstrip(" :") == text.rstrip(" :.")
        )

    def worth(self, passage: Passage, clause: Clause, lead_in: str | None) -> bool:
        """Whether there is anything that a statement could rest on: a verb, a label, or a lead-in."""
        if passage.kind is PassageKind.FOOTNOTE and _CITED.search(clause.text) and not clause.words & _FINITE_WORDS:
            return False
        if clause.shape is Shape.FINITE or clause.numbered:
            return True
        if passage.kind is PassageKind.LIST_ITEM and lead_in:
            lead = self._leads.clause(lead_in)
            nominal = clause.shape is Shape.NOMINAL
            naming = lead.verb in (
                "be",
                "include",
                "comprise",
                "consist",
                "have",
                "compose",
                "make",
                "join",
                "form",
                "",
            )
            return not nominal or lead_in_place(lead_in) is not None or not naming
        if clause.shape is Shape.NOMINAL:
            telling = (Place.FUNCTIONS, Place.OBJECTIVES, Place.RECOMMENDATIONS, Place.OUTCOMES)
            place = self.places(passage)[:1]
            return self._prose(passage) or (
                passage.kind is PassageKind.LIST_ITEM
                and place[:1] != ()
                and place[0] in telling
                and (len(passage.text.split()) >= 4 and not clause.label)
            )
        return len(clause.text.split()) >= 4

    def _prose(self, passage: Passage) -> bool:
        """A sentence in which no verb was recognised is still what the document says."""
        text = passage.text.rstrip('”"’) ')
        return passage.kind is PassageKind.SENTENCE and text.endswith((".", "!", "?")) and len(text.split()) >= 5
