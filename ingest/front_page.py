"""The lines of a title page that are no title: who issues the document, its symbol, distribution, place and date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.dates import MONTH, Dated, first_date
from ingest.headings import is_date_line

_STATE = (
    r"(?:(?:the )?(?:(?:federal |islamic |democratic |people['’]s |united |hellenic |arab )*"
    r"(?:republic|kingdom|states?)|"
    r"government|commonwealth|principality|sultanate) of .{3,50}|.{3,40} republic)"
)
_OFFICE = r"(?:(?:federal |state |national )?(?:ministry|department|directorate|secretariat|office) (?:of|for) .{3,80})"
_ORGANISATION = (
    r"(?:(?:the )?(?:united nations|(?:european|african) union|league of arab states|council of europe)"
    r"(?: commission| secretariat)?|european commission|(?:.{2,30} )?general assembly|security council|"
    r"economic and social council|human rights council|conference of the parties)"
)
_ISSUER = re.compile(rf"(?i)^(?:{_STATE}|{_OFFICE}|{_ORGANISATION})$")
_STATE_OR_WORLD = re.compile(rf"(?i)^(?:{_STATE}|united nations|general assembly)$")
_FORMAL = re.compile(
    r"(?i)^(?:distr(?:ibution)?\b.{0,30}|original\b.{0,30}|(?:english|french|spanish|arabic|russian|chinese)(?: only)?|"
    r"[A-Z]{1,6}(?:/[\w.()-]{1,16}){1,8}|(?:agenda )?items? .{1,80}|.{3,40}(?:session|meeting)|advance .{0,30}version|"
    r"(?:com|swd|sec|join)\s?\(\d{4}\).{0,20}|for official use.{0,20}|limited|general)$"
)
_PLACE = r"(?:[^\W\d_][\w.'’ -]{1,30},\s*){1,3}"
_PLACED = re.compile(
    rf"(?i)^{_PLACE}(?:(?:\d{{1,2}}\s?[-–]\s?)?\d{{1,2}}[\s./]|(?:{MONTH})\b).{{0,20}}$"
)
_DONE = re.compile(r"(?i)\b(?:held|adopted|approved|dated|done|released|issued)\b.{0,40}\b(?:on|in|at)\b")
_NAME = r"(?P<name>[A-Z][^.;:|\n©]{2,120}?)"
_BY = (
    re.compile(rf"(?i:^(?:an? )?(?:joint )?(?:report|study|paper|brief|publication) by)\s+(?:the\s+)?{_NAME}\W*$"),
    re.compile(rf"(?i:^(?:co-?)?(?:organi[sz]ed|hosted|convened) by)\s*:?\s*(?:the\s+)?{_NAME}\W*$"),
    re.compile(rf"(?i:^(?:annual |interim |final )?report of the)\s+{_NAME}\W*$"),
    re.compile(rf"(?i:\b(?:adopted|approved|endorsed) by the)\s+{_NAME}(?=\s+(?:on|at|in)\b|\W*$)"),
)
_MINUTES = re.compile(r"(?i)^(?:minutes|summary record|record|conclusions|agenda) (?:of|from) (?:the|its)\b")
_GROUP = re.compile(r"(?i)\b(?:group|committee|task ?force|network|council|board|commission|forum|platform)\b")


def is_masthead(text: str) -> bool:
    """Whether a line names who issues a document, or its symbol, distribution, session, place and date, alone."""
    return bool(_ISSUER.match(text) or _FORMAL.match(text) or _PLACED.match(text))


def title_below(lines: Sequence[str]) -> str | None:
    """The first line that is no masthead, where others stand above it; None where there are none, or nothing else."""
    if not lines or not is_masthead(lines[0]):
        return None
    return next((line for line in lines if not (is_masthead(line) or is_date_line(line)) and len(line) > 3), None)


def placed_date(lines: Sequence[str]) -> Dated | None:
    """The date of a line such as "Dakar, 5 July 2022" or "Held on 5 July 2022 in Dakar"; at least its month."""
    for line in lines:
        if _PLACED.match(line) or (len(line) < 100 and _DONE.search(line)):
            date = first_date(line)
            if date and len(date) > 4:
                return date
    return None


def issuer_of(lines: Sequence[str]) -> str | None:
    """Who issues the document by the lines of its title page: named as such, a ministry, or a group and its minutes."""
    for line in lines:
        for pattern in _BY:
            match = pattern.search(line) if len(line) < 160 else None
            if match:
                return match["name"].strip(" ,")
    office = next((line for line in lines if _ISSUER.match(line) and not _STATE_OR_WORLD.match(line)), None)
    if office is None and len(lines) > 1 and _MINUTES.match(lines[1]) and _GROUP.search(lines[0]):
        return lines[0]
    return office
