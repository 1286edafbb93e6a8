"""Exact evidence: from a stretch of a passage's mended text back to offsets in the source."""

from __future__ import annotations

import re

from ontology.document import Document, Passage, Span
from ontology.model import Evidence

_WORD = re.compile(r"\w+")
_LOOK_AHEAD = 24
_CLOSING = frozenset('.!?”"’)')


def whole(document: Document, passages: tuple[Passage, ...]) -> Evidence:
    """Evidence for one passage, or for neighbouring passages that are one statement."""
    first = passages[0]
    fragments = tuple(f for p in passages for f in (p.fragments or (Span(p.start, p.end),)))
    joined = _join(document.source.text, fragments)
    text = (
        None
        if len(passages) == 1 and len(joined) == 1 and first.text == first.quote
        else " ".join(p.text for p in passages)
    )
    return _of(document, first, joined, text)


def part(document: Document, passage: Passage, start: int, end: int) -> Evidence:
    """Evidence for `[start, end)` of the mended text; falls back to the whole passage where words do not align."""
    source = document.source.text
    fragments = passage.fragments or (Span(passage.start, passage.end),)
    raw = [
        (m.group(), f.start + m.start(), f.start + m.end())
        for f in fragments
        for m in _WORD.finditer(source[f.start : f.end])
    ]
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(passage.text)]
    first = last = None
    at = 0
    for word, begin, finish in words:
        ahead = next((k for k in range(at, min(at + _LOOK_AHEAD, len(raw))) if raw[k][0] == word), None)
        if ahead is None:
            continue
        at = ahead + 1
        if begin >= start and first is None:
            first = raw[ahead][1]
        if finish <= end and first is not None:
            last = raw[ahead][2]
    if first is None or last is None or last <= first:
        return whole(document, (passage,))
    stop = passage.text[end - 1 : end]
    while last < len(source) and stop in _CLOSING and source[last] in _CLOSING:
        last += 1
    cut = tuple(Span(max(f.start, first), min(f.end, last)) for f in fragments if f.start < last and f.end > first)
    return _of(document, passage, cut, passage.text[start:end]) if cut else whole(document, (passage,))


def _join(source: str, fragments: tuple[Span, ...]) -> tuple[Span, ...]:
    out: list[Span] = []
    for fragment in fragments:
        if out and fragment.start >= out[-1].end and not source[out[-1].end : fragment.start].strip(" *_"):
            out[-1] = Span(out[-1].start, fragment.end)
        else:
            out.append(fragment)
    return tuple(out)


def _of(document: Document, passage: Passage, fragments: tuple[Span, ...], text: str | None) -> Evidence:
    total = sum(f.end - f.start for f in fragments)
    if len(fragments) > 1 and 10 * (fragments[0].end - fragments[0].start) < total:
        # a word or two before a page break quote nothing: `text` keeps them
        fragments = fragments[1:]
    first = fragments[0]
    quote = document.source.text[first.start : first.end]
    return Evidence(passage.index, first.start, first.end, quote, passage.page, passage.section, fragments, text)
