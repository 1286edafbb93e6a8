"""Lead-ins: the sentence that a list item continues, also through the levels of a nested list."""

from __future__ import annotations

from ingest.statements.grammar import Clause, Shape, parse
from ontology.document import Passage, PassageKind


class LeadIns:
    """Lead-ins of the items of one document, asked for in reading order."""

    def __init__(self) -> None:
        self._above: dict[int, tuple[tuple[str, ...], str | None]] = {}
        self._items: dict[str, str | None] = {}
        self._clauses: dict[str, Clause] = {}

    def of(self, passage: Passage) -> str | None:
        """The lead-in of an item, or of the item above it in a nested list."""
        if passage.kind is not PassageKind.LIST_ITEM:
            return None
        above = self._items.get(passage.lead_in) if passage.lead_in else None
        if above is not None and passage.lead_in and self.clause(passage.lead_in).shape is not Shape.FINITE:
            self._items[passage.text] = above
            return above
        if passage.lead_in is None and passage.level > 1:
            outer = [(s, lead) for level, (s, lead) in sorted(self._above.items()) if level < passage.level]
            section, lead = outer[-1] if outer else ((), None)
            return lead if section == passage.section else None
        self._above = {k: v for k, v in self._above.items() if k < passage.level}
        self._items[passage.text] = passage.lead_in
        self._above[passage.level] = (passage.section, passage.lead_in)
        return passage.lead_in

    def clause(self, lead_in: str) -> Clause:
        """The lead-in parsed; each only once."""
        known = self._clauses.get(lead_in)
        if known is None:
            known = self._clauses[lead_in] = parse(lead_in.rstrip(" :"))
        return known
