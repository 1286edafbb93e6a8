"""What a document says about itself: title, type, date, publisher, scope, language, version.

Rules read the title, the lines around it and the imprint; a catalogue overrides what they find
(`ingest.catalogue`). Where the text does not say, the field stays empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.dates import MONTH, Dated, first_date, years_of
from ingest.front_page import issuer_of, placed_date, title_below
from ingest.headings import is_date_line
from ingest.language import language_of
from ingest.scope import scope_of
from ontology.document import DocumentType, Metadata, Passage, PassageKind, Source

_FRONT = 14
_TYPES: tuple[tuple[DocumentType, str], ...] = (
    (DocumentType.TERMS_OF_REFERENCE, r"terms? of reference|\btors?\b|termes de référence|términos de referencia"),
    (
        DocumentType.OUTREACH_REPORT,
        r"outreach|(?:consultation|workshop|stakeholder|meeting|event|dialogue)s?\b.{0,40}\breport|"
        r"report (?:of|on) the .{0,60}(?:consultation|workshop|dialogue)|summary of (?:the )?consultation",
    ),
    (DocumentType.RESOLUTION, r"\bresolution\b|a/res/|résolution|resolución"),
    (DocumentType.ACTION_PLAN, r"action plan|plan of action|implementation plan|work ?plan|road ?map|plan d['’]action|"
                               r"plan de acción|feuille de route|hoja de ruta"),
    (DocumentType.STRATEGY, r"strateg(?:y|ic (?:framework|plan|vision))|stratégie|estrategia"),
    (DocumentType.REVIEW, r"\breview\b|\bvnr\b|examen|revisión"),
    (DocumentType.REPORT, r"\breport\b|rapport|informe"),
)
_TYPE_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _TYPES)
_TRAILING_DATE = re.compile(
    rf"(?i)(?<! of)(?<! on)(?<! in)(?<! from)[\s,–—-]+\(?(?:\d{{1,2}}(?:\s?[-–]\s?\d{{1,2}})?\s+)?(?:{MONTH})\.?,?\s+"
    r"(?:19|20)\d\d\)?$"
)
_NAME = r"(?P<name>[A-Z][^.;:|\n©]{2,120}?)"
_COPYRIGHT = re.compile(r"©|\(c\)|[Cc]opyright")
_RIGHTS: tuple[re.Pattern[str], ...] = (
    re.compile(
        r"(?:©|\(c\)|[Cc]opyright)[\s©]*(?:\(?[Cc]\)?\s*)?(?:19|20)\d\d(?:[-–](?:19|20)?\d\d)?,?\s+(?:by\s+)?"
        rf"{_NAME}(?:[.,;]?\s*All rights.*)?[.,]?$"
    ),
    re.compile(rf"(?:©|[Cc]opyright)\s+{_NAME},?\s+(?:19|20)\d\d"),
)
_PUBLISHED = re.compile(
    r"(?i:(?:published|prepared|issued|produced|compiled) by|(?:publisher|author|issued by|prepared by)s?\s*:)"
    rf"\s*(?:the\s+)?{_NAME}(?:[.,]|$)"
)
_ORGANISED = re.compile(
    r"(?:^|[,.;]\s)(?:[Tt]he\s)?(?P<name>[A-Z][\w’'&./()-]*(?:\s(?:[A-Z(][\w’'&./()-]*|of|for|on|and|in|the))*)\s"
    r"(?:\([^()]{1,40}\)\s)?(?:jointly\s)?(?:organi[sz]ed|convened|hosted|held|conducted|prepared|commissioned)\s"
)
_OWNED = re.compile(
    r"(?i)^(?:the\s)?(?P<before>.{2,120}?)[\s:–—-]+(?:terms of reference|\btors?\b)$"
    r"|^(?:terms of reference|tors?)[\s:–—-]+(?:(?:of|for)\s)?(?:the\s)?(?P<after>.{2,160})$"
)
_STRATEGY_OF = re.compile(
    r"^(?P<name>[A-Z][\w&’'.() -]{1,80}?)(?:['’]s)?\s+"
    r"(?i:(?:global |regional |country |national )?(?:strateg|migration strateg|action plan|plan of action))"
)
_COUNTRY_PLAN = re.compile(r"(?i)^(?:national|regional|global|country|draft|the|a|joint|migration)\b")
_TERMS = re.compile(r"(?i)(?:terms of reference|tors?)\W*$")
_VERSION = re.compile(
    r"(?i)^(?:(?:updated|revised|version|draft|final|rev\.)\b|"
    r"(?:first|second|third|\d{1,2}(?:st|nd|rd|th)) edition\b).{0,60}$"
)


@dataclass(frozen=True, slots=True)
class _Front:
    """The title and the passages around it."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Short passages of the front: subtitles, dates, symbols."""
        return tuple(p.text for p in self.passages if len(p.text) <= 160)


def read_metadata(source: Source, passages: Sequence[Passage]) -> Metadata:
    """What the passages say about their document; the title falls back on the file name."""
    shown = [p for p in passages if p.kind is not PassageKind.CONTENTS]
    heading = next((p.text for p in shown[:_FRONT] if p.kind is PassageKind.HEADING and p.level == 1), "")
    front = _Front(heading, tuple(shown[:_FRONT]))
    masthead = ""
    if below := title_below(front.lines):
        masthead = f"{heading}. "
        front = _Front(heading := below, front.passages)
    if not _owned(title_line := heading):
        parts = [p.text for p in front.passages[1:4] if p.kind is PassageKind.HEADING and _TERMS.match(p.text)]
        title_line = " ".join([heading, *parts[:1]])
    named = Path(source.name).stem.replace("-", " ").replace("_", " ")
    title = _TRAILING_DATE.sub("", title_line).strip(" -–—,:") or named
    dated = _date(front, shown)
    return Metadata(
        title=title,
        type=_type(front),
        date=dated,
        publisher=_publisher(front, title, shown),
        scope=scope_of(f"{masthead}{title}", shown),
        language=language_of(source.text),
        version=next((line for line in front.lines[:6] if _VERSION.match(line)), None),
    )


def _type(front: _Front) -> DocumentType:
    lines = front.lines
    first = lines.index(front.title) if front.title in lines else 0
    for text in (front.title, " | ".join(lines[first : first + 5])):
        for kind, pattern in _TYPE_PATTERNS:
            if pattern.search(text):
                return kind
    return DocumentType.OTHER


def _date(front: _Front, passages: Sequence[Passage]) -> str | None:
    """The date of issue: a line that is a date, the title's, the copyright's, then the first year of a period."""
    lines = [line for line in front.lines if is_date_line(line)]
    found: list[Dated] = [d for line in lines if (d := first_date(line))]
    exact = [d for d in found if len(d) > 4]
    if exact:
        return exact[0]
    in_title = first_date(front.title)
    if in_title and len(in_title) > 4:
        return in_title
    if placed := placed_date(front.lines[:8]):
        return placed
    for passage in [*passages[:40], *passages[-20:]]:
        if "©" in passage.text or passage.text.casefold().startswith("copyright"):
            years = years_of(passage.text)
            if years and len(passage.text) < 200:
                return str(max(years))
    years = years_of(front.title)
    return found[0] if found else in_title or (str(years[0]) if years else None)


def _owned(title: str) -> str | None:
    """The body whose terms of reference the title announces."""
    match = _OWNED.match(title)
    return (match["before"] or match["after"]).strip(" “”\"'«»,:–—-") or None if match else None


def _imprint(text: str) -> re.Match[str] | None:
    """The line that names who holds the rights or who published it."""
    if _COPYRIGHT.search(text):
        match = next((m for pattern in _RIGHTS if (m := pattern.search(text))), None)
        if match:
            return match
    return _PUBLISHED.match(text)


def _publisher(front: _Front, title: str, passages: Sequence[Passage]) -> str | None:
    owned = _owned(title)
    if not owned and _TERMS.match(title):
        owned = next((p.text for p in front.passages[1:3] if p.kind is PassageKind.HEADING), None)
    if owned:
        return owned
    for passage in [*passages[:40], *passages[-20:]]:
        if len(passage.text) <= 200:
            match = _imprint(passage.text)
            if match:
                return match["name"].strip(" ,")
    for passage in front.passages[:8]:
        organised = _ORGANISED.search(passage.text[:600]) if passage.kind is PassageKind.SENTENCE else None
        if organised:
            return organised["name"]
    strategy = _STRATEGY_OF.match(title)
    if strategy and not _COUNTRY_PLAN.match(strategy["name"]):
        return strategy["name"]
    return issuer_of(front.lines[:10])
