"""Running heads, running feet and page numbers: what stands in the same place on page after page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ingest.formats.pdf_words import PageWords, Segment

_ZONE = 0.13
_FIGURES = re.compile(r"\d+|\b[ivxl]{1,6}\b", re.IGNORECASE)
_PAGE_NUMBER = re.compile(
    r"(?i)[-–—|\s]*(?:page|p\.|página|seite)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s?(?:of|/|de|sur|\|)\s?\d{1,4})?[-–—|\s]*$"
)


def furniture_of(pages: Sequence[PageWords]) -> list[frozenset[int]]:
    """For each page, the positions in `segments` of what is a running head or foot or a page number."""
    shapes = [[_shape(page, s) for s in page.segments] for page in pages]
    counts: Counter[tuple[str, int]] = Counter()
    for page_shapes in shapes:
        counts.update({shape for shape in page_shapes if shape})
    out = []
    for page, page_shapes in zip(pages, shapes, strict=True):
        found = {
            number for number, shape in enumerate(page_shapes)
            if shape and (_recurs(counts, shape, len(pages)) or _is_number(page, page.segments[number]))
        }
        out.append(frozenset(_outermost(page, found | _beside(page, found))))
    return out


def _shape(page: PageWords, segment: Segment) -> tuple[str, int] | None:
    """The words without their figures and the height, of a segment at the top or the bottom of its page."""
    middle = segment.y + segment.height / 2
    if _ZONE * page.height < middle < (1 - _ZONE) * page.height:
        return None
    return _FIGURES.sub("#", segment.text.casefold())[:200], round(middle / 4)


def _beside(page: PageWords, found: set[int]) -> set[int]:
    """What stands on one line with furniture, such as the name of a chapter beside a page number."""
    bases = [page.segments[n].y for n in sorted(found)]
    return {
        n for n, s in enumerate(page.segments)
        if _shape(page, s) is not None and any(abs(s.y - base) < 0.4 * s.size for base in bases)
    }


def _recurs(counts: Counter[tuple[str, int]], shape: tuple[str, int], pages: int) -> bool:
    words, place = shape
    seen = sum(counts[words, place + near] for near in (-1, 0, 1))
    return seen >= 3 or (seen == 2 and pages <= 4) or (seen >= 2 and words.strip("# |-–—") == "")


def _is_number(page: PageWords, segment: Segment) -> bool:
    """A page number by itself on its line, beyond everything else on the page."""
    if not _PAGE_NUMBER.match(segment.text):
        return False
    others = [s for s in page.segments if s is not segment]
    return all(s.y > segment.y + 0.5 * segment.height for s in others) or all(
        s.y + 0.5 * s.height < segment.y for s in others
    )


def _outermost(page: PageWords, found: set[int]) -> set[int]:
    """Without what stands nearer to the middle than a line of text: furniture is never inside the text."""
    body = [s for number, s in enumerate(page.segments) if number not in found]
    if not body:
        return found
    top = max(s.y for s in body)
    bottom = min(s.y for s in body)
    return {n for n in found if page.segments[n].y > top - 1 or page.segments[n].y < bottom + 1}
