"""Objectives, goals and targets that a text cites by number or by title.

"Objective 2" is the Compact's only where something says so: the same sentence, its lead-in, its headings, its
section or the title of the document. The objectives of a strategy of an organisation are numbered too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.linking.numbers import ORDINALS, read_numbers
from ingest.linking.terms import FUNCTION_WORDS, stem, tokens_of
from ontology.vocabulary import Objective, Sdg

OBJECTIVES = 23
GOALS = 17
_COMPACT = re.compile(
    r"\bGCM\b|\b[Gg]lobal [Cc]ompact (?:for|on) (?:[Ss]afe|[Mm]igration|migrants)|\b[Mm]igration [Cc]ompact\b"
    r"|\bGlobal Compact\b(?!\s+on\s+Refugees)|\b[Tt]he Compact\b|\bMarrakech Compact\b|\bA/RES/73/195\b"
)
_AGENDA = re.compile(
    r"\bSDGs?\b|\b[Ss]ustainable [Dd]evelopment [Gg]oals?\b|\b2030 Agenda\b|\bAgenda 2030\b|\bGlobal Goals\b"
)
_CITED = re.compile(
    r"(?P<compact>\bGCM(?:['’]s)?[\s-]{1,3}|\bCompact(?:['’]s)?\s)?"
    r"\b(?:objectives?|obj\.)(?:\s(?:nos?\.?|numbers?))?\s{0,3}[#(\[:]?\s{0,3}(?=[\divxtefnos])", re.IGNORECASE
)
_SHORT = re.compile(r"\bGCM[\s-]?(?=\d{1,2}(?!\d))")
_ORDINAL = re.compile(
    r"\b(?P<word>" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + r")\s(?:GCM\s)?objective\b", re.IGNORECASE
)
_OWN_BEFORE = re.compile(
    r"(?:strategic|specific|overall|immediate|general|project|programme|program|policy|pillar|country|regional"
    r"|national|main|sub-?|development|learning|our|own|SDG|mission|core|key|global strateg\w*|corporate)[\s-]{1,2}$",
    re.IGNORECASE,
)
_OWN_AFTER = re.compile(
    r"[\s,]{0,3}(?:\([^()]{0,80}\)\s)?(?:of|in|under|from)\s(?:the|this|its|our|their|that)\s(?:[\w’'-]+\s){0,5}?"
    r"(?:strategy|strategic plan|plan|programme|program|project|framework|policy|roadmap|mandate|proposal|logframe"
    r"|UNSDCF|cooperation framework|appeal|law|charter|agreement|refugees)\b", re.IGNORECASE,
)
_LABELLED = re.compile(r"\s{0,3}[:.–—-](?:\s|$)|\s*$")
_SDG = re.compile(
    r"\b(?:(?P<sdg>(?:SDGs?|Sustainable Development Goals?)(?:\s(?:targets?|goals?|indicators?|nos?\.?|numbers?))?)"
    r"|(?P<target>targets?)|(?P<goal>goals?)|(?P<indicator>indicators?))[\s-]{0,3}[#(\[:]?\s{0,2}(?=[\divxtefnos])",
    re.IGNORECASE,
)
_CODE = re.compile(r"\s{0,3}(\d{1,2})\.(\d{1,2}|[a-z])(?![\w])(?:\.\d{1,2}(?!\d))?", re.IGNORECASE)
_CODE_SEPARATOR = re.compile(
    r"\s{0,3}(?:,|;|/|&)?\s{0,3}(?:and|or|as well as)?\s{0,3}(?:SDG\s)?(?:targets?\s|goals?\s)?", re.IGNORECASE
)
_QUOTED = re.compile(r"[\"“”‘«(]\s?([^\"“”’»()]{3,120})\s?[\"”’»)]")
_SHORTEST_PREFIX = 5


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation: `key` is the objective's number or the SDG's code; `words` as written."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Cited:
    """What a text cites, and one sentence for each number that it names and that does not count."""

    citations: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()

    def __or__(self, other: Cited) -> Cited:
        return Cited(_unique([*self.citations, *other.citations]), tuple(dict.fromkeys(self.notes + other.notes)))


def mentions_compact(text: str) -> bool:
    """Whether a text names the Global Compact for Migration."""
    return _COMPACT.search(text) is not None


def mentions_agenda(text: str) -> bool:
    """Whether a text names the 2030 Agenda or its goals."""
    return _AGENDA.search(text) is not None


def cited_objectives(text: str, *, about_compact: bool = False, own_numbering: bool = False) -> Cited:
    """The objectives that a text cites by number.

    Args:
        text: a passage, heading or query.
        about_compact: its surroundings (lead-in, headings, section, title) name the Compact.
        own_numbering: the document numbers objectives of its own, so that only "GCM objective 2" and sentences
            that name the Compact themselves count.
    """
    here = mentions_compact(text)
    found: list[Citation] = []
    notes: list[str] = []
    for match in _CITED.finditer(text):
        read = read_numbers(text, match.end(), largest=OBJECTIVES)
        if read.other_numbering or not read.numbers:
            continue
        sure = bool(match["compact"])
        if not sure and (
            _OWN_BEFORE.search(text[max(0, match.start() - 30) : match.start()])
            or _OWN_AFTER.match(text, read.end)
            or not (here or (about_compact and not own_numbering))
        ):
            continue
        if not sure and own_numbering and _is_label(text, match.start(), read.end):
            continue
        _collect(read.numbers, text[match.start() : read.end], found, notes)
    for match in _SHORT.finditer(text):
        read = read_numbers(text, match.end(), largest=OBJECTIVES)
        if not read.other_numbering:
            _collect(read.numbers, text[match.start() : read.end], found, notes)
    if here or about_compact:
        found += [Citation(str(ORDINALS[m["word"].casefold()]), m[0]) for m in _ORDINAL.finditer(text)]
    return Cited(_unique(found), tuple(dict.fromkeys(notes)))


def labels_itself(text: str) -> bool:
    """Whether a heading or item is a label of a numbering of its own: "Objective 2: …" that names no Compact."""
    match = _CITED.search(text[:200])
    if match is None or mentions_compact(text):
        return False
    read = read_numbers(text, match.end(), largest=OBJECTIVES)
    return bool(read.numbers or read.other_numbering) and not text[: match.start()].strip(" *_#-–.0123456789")


def cited_sdgs(text: str, *, about_agenda: bool = False, known: frozenset[str]) -> Cited:
    """The goals ("10") and targets ("10.7") that a text cites; `known` are the codes that exist."""
    near = about_agenda or mentions_agenda(text)
    found: list[Citation] = []
    notes: list[str] = []
    for match in _SDG.finditer(text):
        if not (match["sdg"] or near):
            continue
        codes, end = _codes(text, match.end(), goals=not match["target"] and not match["indicator"])
        words = text[match.start() : end]
        found += [Citation(code, words) for code in codes if code in known]
        notes += [f"There is no goal or target {code}." for code in codes if code not in known]
    return Cited(_unique(found), tuple(dict.fromkeys(notes)))


def _codes(text: str, position: int, *, goals: bool) -> tuple[list[str], int]:
    """Targets "8.7 and 16.2", and goals "5, 8–10" where they may stand there, and where the list ends."""
    codes: list[str] = []
    end = position
    while True:
        if match := _CODE.match(text, position):
            codes.append(f"{int(match[1])}.{match[2].casefold()}")
            end = match.end()
        else:
            read = read_numbers(text, position, largest=GOALS)
            if not goals or not read.numbers:
                break
            codes += [str(number) for number in read.numbers]
            end = read.end
            if read.other_numbering:  # "5, 8 and 10.7": a target follows
                position = end
                continue
        separator = _CODE_SEPARATOR.match(text, end)
        if separator is None or not separator[0].strip():
            break
        position = separator.end()
    return codes, end


def _is_label(text: str, start: int, end: int) -> bool:
    return not text[:start].strip(" *_#-–.0123456789") and _LABELLED.match(text, end) is not None


def _collect(numbers: Iterable[int], words: str, found: list[Citation], notes: list[str]) -> None:
    for number in numbers:
        if 1 <= number <= OBJECTIVES:
            found.append(Citation(str(number), words))
        else:
            notes.append(f"There is no objective {number}; the Compact has 23.")


def _unique(found: Sequence[Citation]) -> tuple[Citation, ...]:
    first: dict[str, Citation] = {}
    for citation in found:
        first.setdefault(citation.key, citation)
    return tuple(first.values())


class TitleIndex:
    """Finds titles (whole, or their first five words and more) and short labels in quotes."""

    def __init__(self, concepts: Sequence[Objective] | Sequence[Sdg]) -> None:
        self._titles: dict[tuple[str, ...], list[tuple[tuple[str, ...], str]]] = {}
        self._labels: dict[tuple[str, ...], str] = {}
        for concept in concepts:
            key = str(concept.number) if isinstance(concept, Objective) else concept.code
            self._labels.setdefault(_stems(concept.label), key)
            for title in (concept.title, *concept.alt_titles) if isinstance(concept, Objective) else ():
                stems = _stems(title)
                if len(stems) >= _SHORTEST_PREFIX:
                    self._titles.setdefault(stems[:3], []).append((stems, key))

    def find(self, text: str, *, about: bool) -> tuple[Citation, ...]:
        """Titles in a text; labels in quotes only where `about` says that the scheme is spoken of."""
        tokens = tokens_of(text)
        stems = tuple(t.stem for t in tokens)
        found = []
        for first in range(len(stems) - _SHORTEST_PREFIX + 1):
            for title, key in self._titles.get(stems[first : first + 3], ()):
                length = _shared(title, stems[first:first + len(title)])
                content = sum(s not in FUNCTION_WORDS for s in title[:length])
                if length == len(title) or (length >= _SHORTEST_PREFIX and content >= _SHORTEST_PREFIX - 1):
                    found.append(Citation(key, text[tokens[first].start : tokens[first + length - 1].end]))
        if about:
            quoted = [m[1] for m in _QUOTED.finditer(text)]
            found += [Citation(self._labels[s], q) for q in quoted if (s := _stems(q)) in self._labels]
        return _unique(found)


def _stems(text: str) -> tuple[str, ...]:
    return tuple(stem(t.text) for t in tokens_of(text))


def _shared(title: tuple[str, ...], stems: tuple[str, ...]) -> int:
    length = 0
    for a, b in zip(title, stems, strict=False):
        if a != b:
            break
        length += 1
    return length
