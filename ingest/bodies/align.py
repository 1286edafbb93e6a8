"""Where a stretch of a passage's mended text stands in the source."""

from __future__ import annotations

from ontology.document import Passage, Span
from ontology.model import Evidence


class Alignment:
    """Maps offsets of `Passage.text` to offsets of `Source.text`.

    The mended text is the source without marks and line breaks, so a greedy walk that skips what the mending
    dropped finds every character; where the mending put a character that the source has not, the walk gives
    the place reached so far.
    """

    __slots__ = ("_map",)

    def __init__(self, passage: Passage, source: str) -> None:
        self._map: list[int] | int = passage.start
        if passage.text != passage.quote or len(passage.fragments) > 1:
            self._map = _walk(passage, source)

    def span(self, start: int, end: int) -> Span:
        """The source offsets of `text[start:end]`, which is not empty."""
        if isinstance(self._map, int):
            return Span(self._map + start, self._map + end)
        return Span(self._map[start], self._map[end - 1] + 1)


def _walk(passage: Passage, source: str) -> list[int]:
    fragments = passage.fragments or (Span(passage.start, passage.end),)
    places = [i for f in fragments for i in range(f.start, f.end)]
    out: list[int] = []
    at, last = 0, len(places) - 1
    for c in passage.text:
        found = at
        while found <= last and not _same(source[places[found]], c):
            found += 1
        if found <= last and (found - at < 400 or not out):
            at = found + 1
            out.append(places[found])
        else:
            out.append(places[min(at, last)])
    return out


def _same(raw: str, mended: str) -> bool:
    return raw == mended or (raw.isspace() and mended.isspace()) or (raw == "\u00ad" and mended == "-")


def evidence_of_passage(passage: Passage) -> Evidence:
    """The whole passage as evidence."""
    return Evidence(
        passage=passage.index,
        start=passage.start,
        end=passage.end,
        quote=passage.quote,
        page=passage.page,
        section=passage.section,
        fragments=passage.fragments,
        text=passage.text,
    )


def evidence_of_span(passage: Passage, span: Span, source: str) -> Evidence:
    """A stretch of the source within a passage as evidence; a stretch that a break interrupts is cut there."""
    inside = [
        Span(max(span.start, f.start), min(span.end, f.end))
        for f in passage.fragments or (Span(passage.start, passage.end),)
        if min(span.end, f.end) > max(span.start, f.start)
    ] or [span]
    first = inside[0]
    return Evidence(
        passage=passage.index,
        start=first.start,
        end=first.end,
        quote=source[first.start : first.end],
        page=passage.page,
        section=passage.section,
        fragments=tuple(inside),
        text=passage.text,
    )
