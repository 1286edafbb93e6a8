"""How good the text of a document is, page by page: words without spaces, garbled letters, order, language.

What is found is said in a warning, and the passages of such a stretch weigh less (`Region.weight`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from ingest.language import FUNCTION_WORDS, language_of
from ontology.document import Region, Remark, RemarkCode

_STRETCH = 6_000
_LEAST = 300
_ADDRESS = re.compile(r"://|www\.|@|\.{4}|_{4}")
_LETTERS = re.compile(r"[A-Za-zÀ-ɏ]+")
_STRAY = re.compile("[\ufffd\ue000-\uf0a6\uf0a8-\uf0b6\uf0b8-\uf8ff\x00-\x08\x0e-\x1b]")
_NAMES = {"fr": "French", "es": "Spanish", "pt": "Portuguese", "de": "German", "ar": "Arabic", "ru": "Russian",
          "zh": "Chinese"}
_LONGEST_WORD = 28
_VOWELS = "aeiouyàáâäèéêëìíîïòóôöùúûü"
_STOPS = (".", "!", "?", ":", ";")


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a stretch: what is wrong, what it makes a passage weigh, and what can be done."""

    code: RemarkCode
    what: str
    weight: float
    advice: str


SPACELESS = Fault(RemarkCode.SPACELESS, "words without spaces", 0.5,
                  "print the original to PDF again, or read it with --ocr")
GARBLED = Fault(RemarkCode.GARBLED, "letters that cannot be made out (a font without a table of its characters)", 0.2,
                "print the original to PDF again, or read it with --ocr")
DISORDERED = Fault(RemarkCode.DISORDERED, "lines that seem to be out of order", 0.7,
                   "compare quotes with the page before you cite them")
_FOREIGN_WEIGHT = 0.6


@dataclass(frozen=True, slots=True)
class Assessment:
    """Warnings about a text, one sentence each, the stretches that weigh less, and the same by page."""

    warnings: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    remarks: tuple[Remark, ...] = ()


def assess(name: str, text: str, pages: Sequence[int], regions: Sequence[Region]) -> Assessment:
    """What is wrong with a text; its regions are those given and those found, in order."""
    found: dict[Fault, list[int]] = {}
    weak: list[Region] = []
    languages: dict[str, list[int]] = {}
    told = 0
    for number, (start, end) in enumerate(_stretches(text, pages), 1):
        stretch = text[start:end]
        words = _LETTERS.findall(stretch)
        if len(stretch) < 2 * _LEAST and sum(map(len, words)) < _LEAST:
            continue
        told += 1
        faults = [fault for fault, test in _TESTS.items() if test(stretch, words)]
        language = "en" if GARBLED in faults or SPACELESS in faults else language_of(stretch)
        for fault in faults:
            found.setdefault(fault, []).append(number)
        if language not in ("en", "und"):
            languages.setdefault(language, []).append(number)
            weak.append(Region(start, end, weight=_FOREIGN_WEIGHT))
        elif faults:
            weak.append(Region(start, end, weight=min(fault.weight for fault in faults)))
    warnings = [_warning(name, fault, found[fault], bool(pages)) for fault in _TESTS if fault in found]
    warnings += [_foreign(name, tag, places, told, bool(pages)) for tag, places in sorted(languages.items())]
    remarks = [Remark(f.code, tuple(found[f]) if pages else (), f.weight) for f in _TESTS if f in found]
    remarks += [
        Remark(RemarkCode.FOREIGN, tuple(languages[tag]) if pages else (), _FOREIGN_WEIGHT) for tag in sorted(languages)
    ]
    return Assessment(tuple(warnings), _together(regions, weak), tuple(remarks))


def _together(regions: Sequence[Region], weak: Sequence[Region]) -> tuple[Region, ...]:
    """All regions in order; a page that OCR read and that has a fault weighs no more than either allows."""
    recognised = {r.start: r for r in regions if r.ocr is not None}
    kept = [r for r in regions if r.ocr is None]
    for region in weak:
        page = recognised.pop(region.start, None)
        kept.append(region if page is None else replace(page, weight=min(page.weight, region.weight)))
    return tuple(sorted([*kept, *recognised.values()], key=lambda r: (r.start, r.end)))


def remark_text(record: Mapping[str, Any]) -> str:
    """A remark, from its record, in a few words: "garbled: page 3"."""
    name = str(record["code"]).replace("_", " ")
    return f"{name}: {numbered(record['pages']).lower()}" if record["pages"] else name


def numbered(pages: Sequence[int]) -> str:
    """ "Page 3", "Pages 3–5, 9" of ascending page numbers; a long list is cut and says so."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = ", ".join(f"{r[0]}–{r[-1]}" if len(r) > 1 else str(r[0]) for r in runs[:20])
    return f"Page{'s' if len(pages) > 1 else ''} {shown}{' and others' if len(runs) > 20 else ''}"


def _stretches(text: str, pages: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pages, or where there are none stretches of a few thousand characters up to a line's end."""
    if pages:
        yield from pairwise([*pages, len(text)])
        return
    start = 0
    while start < len(text):
        end = text.find("\n", min(start + _STRETCH, len(text)))
        end = len(text) if end < 0 or end > start + 2 * _STRETCH else end + 1
        end = min(end, start + 2 * _STRETCH)
        yield start, end
        start = end


def _is_spaceless(text: str, words: Sequence[str]) -> bool:
    if max(map(len, words), default=0) <= _LONGEST_WORD:
        return False
    plain = [word for token in text.split() if not _ADDRESS.search(token) for word in _LETTERS.findall(token)]
    letters = sum(map(len, plain))
    return letters >= _LEAST and sum(len(w) for w in plain if len(w) > _LONGEST_WORD) > 0.25 * letters


def _is_garbled(text: str, words: Sequence[str]) -> bool:
    if not (text.isascii() and text.isprintable()) and len(_STRAY.findall(text)) > 0.02 * len(text):
        return True
    letters = "".join(words).casefold()
    vowels = sum(map(letters.count, _VOWELS[:6] if letters.isascii() else _VOWELS))
    if len(letters) < _LEAST or vowels > 0.28 * len(letters):
        return False
    return vowels < 0.18 * len(letters) or sum(w.casefold() in FUNCTION_WORDS for w in words) < 0.03 * len(words)


def _is_disordered(text: str, _: Sequence[str]) -> bool:
    paragraphs = [p.strip() for p in text.split("\n\n") if len(p.strip()) > 40]
    broken = sum(
        1 for one, two in pairwise(paragraphs) if one.endswith(_STOPS) and two[0].islower() and two[1:2] not in ".)"
    )
    return len(paragraphs) >= 8 and broken > 0.4 * len(paragraphs)


_TESTS = {SPACELESS: _is_spaceless, GARBLED: _is_garbled, DISORDERED: _is_disordered}


def _warning(name: str, fault: Fault, places: Sequence[int], paged: bool) -> str:
    have = "has" if len(places) == 1 else "have"
    where = f"{numbered(places)} of {name} {have}" if paged else f"Part of {name} has"
    return f"{where} {fault.what}, and weigh{'s' if not paged or len(places) == 1 else ''} less; {fault.advice}."


def _foreign(name: str, tag: str, places: Sequence[int], told: int, paged: bool) -> str:
    language = _NAMES.get(tag, tag)
    if len(places) > 0.6 * told:
        where = f"{name} is in {language}"
    elif paged:
        where = f"{numbered(places)} of {name} {'is' if len(places) == 1 else 'are'} in {language}"
    else:
        where = f"Part of {name} is in {language}"
    return f"{where}, and only English is read well: little will be found there, and it weighs less."
