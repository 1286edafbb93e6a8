"""Quads of one document under construction: nodes with stable names, evidence, and what every fact carries."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from graph.namespaces import SECTION_MARK, listed
from graph.nquads import Written, below, literal, named, rounded, whole, written
from ontology import iris
from ontology.document import Document, Passage, Span
from ontology.model import Evidence, Reason

CONFIDENCE_DIGITS = 4
SCORE_DIGITS = 6


class GraphBuilder:
    """Collects the quads of one document; every name derives from content, none from order or time."""

    def __init__(self, document: Document, *, pipeline: str) -> None:
        slug = document.source.slug
        self.document = named(iris.document(slug))
        self.activity = named(iris.fact("activity", slug, pipeline))
        self._slug = slug
        self._graph = named(iris.document_graph(slug))
        self._passages = {passage.index: passage for passage in document.passages}
        self._nodes = {passage.index: named(iris.passage(slug, passage.key)) for passage in document.passages}
        self._starts = sorted((passage.start, passage.index) for passage in document.passages)
        self._lines: set[str] = set()
        self._facts: dict[str, object] = {}

    def lines(self) -> list[str]:
        """All quads so far as lines of N-Quads, each once, sorted."""
        return sorted(self._lines)

    def add(self, subject: Written, predicate: str, *values: Written) -> None:
        """Add one triple for each value; `predicate` is a prefixed name."""
        before, graph = f"{subject} {named(predicate)}", self._graph
        for value in values:
            self._lines.add(f"{before} {value} {graph}")

    def add_text(self, subject: Written, predicate: str, value: str | None) -> None:
        """Add a text unless there is none."""
        if value is not None:
            self.add(subject, predicate, literal(value))

    def add_number(self, subject: Written, predicate: str, value: int | None) -> None:
        """Add a whole number unless there is none."""
        if value is not None:
            self.add(subject, predicate, whole(value))

    def add_decimal(self, subject: Written, predicate: str, value: float | None, *, digits: int) -> None:
        """Add a number rounded to so many digits unless there is none."""
        if value is not None:
            self.add(subject, predicate, rounded(value, digits))

    def add_heading_path(self, node: Written, section: Sequence[str]) -> None:
        """Add the heading path as one text; as a list too where a heading itself has the mark between them."""
        if not section:
            return
        joined = SECTION_MARK.join(section)
        self.add(node, "gcm:section", literal(joined))
        if tuple(joined.split(SECTION_MARK)) != tuple(section):
            self.add(node, "gcm:sectionPath", written(listed(section)))

    def add_place(
        self, node: Written, start: int, end: int, quote: str, fragments: Sequence[Span]
    ) -> None:
        """Say where evidence stands: source, selector with quote and offsets, and all fragments if several."""
        selector = below(node, "selector")
        self.add(node, "gcm:inDocument", self.document)
        self.add(node, "oa:hasSource", self.document)
        self.add(node, "oa:hasSelector", selector)
        self.add(selector, "rdf:type", named("gcm:TextSelector"))
        self.add(selector, "oa:exact", literal(quote))
        self.add_number(selector, "oa:start", start)
        self.add_number(selector, "oa:end", end)
        if len(fragments) > 1 or (fragments and fragments[0] != Span(start, end)):
            self.add(node, "gcm:fragment", *(literal(f"{f.start}-{f.end}") for f in fragments))

    def passage(self, index: int) -> Written:
        """The node of a passage, by its index in the document."""
        return self._nodes[index]

    def covered(self, evidence: Evidence) -> list[int]:
        """Indexes of the passages that the evidence stands in: its own, and those that begin within it."""
        end = max([evidence.end, *(fragment.end for fragment in evidence.fragments)])
        first, last = (bisect_left(self._starts, (offset, -1)) for offset in (evidence.start, end))
        return sorted({evidence.passage, *(index for _, index in self._starts[first:last])})

    def place(self, evidence: Evidence) -> tuple[str, ...]:
        """What tells one piece of evidence from another, whatever is edited elsewhere in the document."""
        passage = self._passages[evidence.passage]
        spans = evidence.fragments or (Span(evidence.start, evidence.end),)
        offsets = (f"{s.start - passage.start}-{s.end - passage.start}" for s in spans)
        return (passage.key, *offsets)

    def evidence(self, evidence: Evidence) -> Written:
        """The node of the evidence: the passage itself where the quote is the whole of it, else a node of its own."""
        passage = self._passages[evidence.passage]
        if _is_whole(evidence, passage):
            return self.passage(evidence.passage)
        node = self.mint("evidence", evidence, *self.place(evidence))
        self.add(node, "rdf:type", named("gcm:Evidence"))
        self.add(node, "gcm:passage", *(self.passage(index) for index in self.covered(evidence)))
        self.add_place(node, evidence.start, evidence.end, evidence.quote, evidence.fragments)
        self.add_heading_path(node, evidence.section)
        self.add_number(node, "gcm:page", evidence.page)
        self.add_text(node, "gcm:text", evidence.text)
        return node

    def mint(self, kind: str, value: object, *parts: str) -> Written:
        """The name of a fact from its parts.

        Two different facts with the same parts (say, one relation as current and as former in one sentence,
        told apart by words that are no part of the name) are numbered in their order, so that neither is lost
        and no node gets the values of both.
        """
        occurrence = 1
        name = iris.fact(kind, self._slug, *parts)
        while self._facts.setdefault(name, value) != value:
            occurrence += 1
            name = iris.fact(kind, self._slug, *parts, f"#{occurrence}")
        return named(name)

    def fact(self, kind: str, value: object, evidence: Evidence, reason: Reason, *parts: str) -> Written:
        """A fact node with its evidence, its reason and where it came from."""
        node = self.mint(kind, value, *self.place(evidence), *parts)
        self.add(node, "gcm:inDocument", self.document)
        self.add(node, "gcm:evidence", self.evidence(evidence))
        self.add(node, "prov:wasGeneratedBy", self.activity)
        self.add(node, "gcm:reviewState", literal("unreviewed"))
        self.add_decimal(node, "gcm:confidence", reason.confidence, digits=CONFIDENCE_DIGITS)
        self.add_decimal(node, "gcm:score", reason.score, digits=SCORE_DIGITS)
        self.add_text(node, "gcm:reason", reason.note or None)
        self.add_text(node, "gcm:runnerUp", reason.runner_up)
        self.add(node, "gcm:decidingWord", *(literal(word) for word in reason.words))
        if list(reason.words) != sorted(set(reason.words)):
            self.add(node, "gcm:decidingWords", written(listed(reason.words)))
        return node


def _is_whole(evidence: Evidence, passage: Passage) -> bool:
    if (evidence.start, evidence.end) != (passage.start, passage.end):
        return False
    own = (Span(evidence.start, evidence.end),)
    return (
        (evidence.fragments or own) == (passage.fragments or own)
        and (evidence.quote, evidence.page, evidence.section) == (passage.quote, passage.page, passage.section)
        and evidence.text in {None, passage.text}
    )
