"""Terms of a vocabulary found in text: stemmed phrases, one linear pass, longer terms over the shorter they contain."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import Stemmer

FUNCTION_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "the", "their", "to", "with"]
)
_COMMON = 200.0
_LOOSE = 2  # function words that may stand between the words of a term: "drivers for the migration"
LONGEST_TEXT = 20_000  # characters; a passage that is longer is no passage, and its rest adds nothing
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_BRITISH = (
    (re.compile(r"(?<=\w{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations|able)$)"), "iz"),
    (re.compile(r"(?<=\w{2})our(?=(?:s|ed|er|ers|ing|able|ful|hood|hoods)?$)"), "or"),
    (re.compile(r"(?<=\w{2})tre(?=s?$)"), "ter"),
    (re.compile(r"programme(?=s?$)"), "program"),
    (re.compile(r"defence(?=s?$)"), "defense"),
    (re.compile(r"(?<=\wl)l(?=(?:ed|ing|er|ers)$)"), ""),
)
# "regularization" is not "regular", nor "nationality" "national", "university" "universal", "governance" "government"
_KEPT = re.compile(
    r"(\w{3,}iz)(?:e|es|ed|ing|er|ers|ation|ations|able)|((?:nationalit|universalit|universit)(?=y|ies)|governance)(?:y|ies)?"
)
_stemmer = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: its stem, and where it stands."""

    stem: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A text as its words: the places of those that are no function words, their stems, and how often each gram stands.

    Grams are stems and pairs of neighbouring stems.
    """

    tokens: tuple[Token, ...]
    content: tuple[int, ...]
    stems: tuple[str, ...]
    grams: Counter[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a term says of a concept: `kind` is strong, key or misleading; `weight` its rarity among concepts
    and in texts of the field."""

    concept: int
    kind: str
    term: str
    weight: float
    shared: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found: tokens `[first, last)`; `contained` where a longer term of another concept covers it."""

    entry: Entry
    first: int
    last: int
    contained: bool


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a word; British and American spellings have one."""
    word = re.sub(r"['’].*", "", word.casefold())
    for pattern, plain in _BRITISH:
        word = pattern.sub(plain, word)
    if kept := _KEPT.fullmatch(word):
        return kept[1] or kept[2]
    return str(_stemmer.stemWord(word))


def tokens_of(text: str) -> list[Token]:
    """The words of the first 20,000 characters; hyphens and slashes part words."""
    return [Token(stem(m[0]), m[0], m.start(), m.end()) for m in _WORD.finditer(text[:LONGEST_TEXT])]


def words_of(text: str) -> Words:
    """The words of a text, as everything that reads it for its terms needs them."""
    return words_from(tokens_of(text))


def words_from(tokens: Sequence[Token]) -> Words:
    """The same of words that stand in a row."""
    every = [token.stem for token in tokens]
    content = tuple([place for place, stem_ in enumerate(every) if stem_ not in FUNCTION_WORDS])
    grams = Counter([*every, *(f"{a} {b}" for a, b in pairwise(every))])
    return Words(tuple(tokens), content, tuple([every[place] for place in content]), grams)


def words_within(words: Words, part: tuple[int, int]) -> Words:
    """The words that begin in `[start, end)` of the text."""
    start, end = part
    return words_from([token for token in words.tokens if start <= token.start < end])


@dataclass(frozen=True, slots=True)
class _Phrase:
    stems: tuple[str, ...]
    written: tuple[str, ...]
    entries: tuple[Entry, ...]


def rarity_of(terms: Sequence[Mapping[str, Iterable[str]]], texts: Sequence[Words]) -> tuple[float, ...]:
    """How rare each phrase is in texts of the field: 1 at one text in two hundred or fewer, 0 where all have it.

    In the order of the phrases of `TermIndex`. "Migration" tells nothing in a document about migration.
    """
    index = TermIndex(terms)
    counts = [0] * index.size
    for words in texts:
        for place in {place for _, _, place in index.places(words)}:
            counts[place] += 1
    return tuple(min(1.0, math.log(len(texts) / max(1, n)) / math.log(_COMMON)) for n in counts)


class TermIndex:
    """The strong, key and misleading terms of the concepts of one scheme.

    Function words do not count: "drivers of migration" finds "drivers for migration". A term that has a capital
    counts only as written ("VoT"); all others in any case and inflection.
    """

    def __init__(self, terms: Sequence[Mapping[str, Iterable[str]]], rarity: Sequence[float] | None = None) -> None:
        holders: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[tuple[int, str], str]] = defaultdict(dict)
        for concept, kinds in enumerate(terms):
            for kind in ("strong", "key", "misleading"):
                for term in kinds.get(kind, ()):
                    holders[_key(term)].setdefault((concept, kind), term)
        self._by_stems: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._phrases: list[_Phrase] = []
        for place, ((stems, written), found) in enumerate(sorted(holders.items())):
            positive = {concept for concept, kind in found if kind != "misleading"}
            weight = math.log(1 + len(terms) / max(1, len(positive))) * (rarity[place] if rarity else 1.0)
            entries = tuple(
                Entry(concept, kind, term, weight, len(positive) > 1) for (concept, kind), term in sorted(found.items())
            )
            self._phrases.append(_Phrase(stems, written, entries))
            if stems:
                self._by_stems[stems].append(place)
        lengths: dict[str, set[int]] = defaultdict(set)
        for stems in self._by_stems:
            lengths[stems[0]].add(len(stems))
        self._lengths = {first: sorted(some) for first, some in lengths.items()}

    @property
    def size(self) -> int:
        """How many different phrases there are."""
        return len(self._phrases)

    def find(self, words: Words) -> list[Hit]:
        """All hits in reading order; of one concept and place only the longest of a kind."""
        places = [(first, last, self._phrases[place]) for first, last, place in self.places(words)]
        return [
            Hit(entry, first, last, covered is False)
            for first, last, phrase in places
            for entry in phrase.entries
            if (covered := _covered(entry, first, last, places)) is not True
        ]

    def places(self, words: Words) -> list[tuple[int, int, int]]:
        """Every phrase found: tokens `[first, last)`, and which phrase."""
        kept, stems = words.content, words.stems
        found = []
        for first, stem_ in enumerate(stems):
            for length in self._lengths.get(stem_, ()):
                last = first + length
                if last > len(kept) or kept[last - 1] - kept[first] > length + _LOOSE:
                    break
                found += [
                    (kept[first], kept[last - 1] + 1, place)
                    for place in self._by_stems.get(stems[first:last], ())
                    if _as_written(self._phrases[place].written, words, first)
                ]
        return found


def _covered(entry: Entry, first: int, last: int, places: list[tuple[int, int, _Phrase]]) -> bool | None:
    """True where a longer term of the same concept covers the place, False where only another's does, else None."""
    others = False
    for start, end, phrase in places:
        if start <= first and last <= end and end - start > last - first:
            for longer in phrase.entries:
                if longer.concept == entry.concept and (longer.kind != "key" or entry.kind != "strong"):
                    return True
                others = others or longer.kind == "strong"
    return False if others else None


def _as_written(written: tuple[str, ...], words: Words, first: int) -> bool:
    for place, word in enumerate(written, first):
        if word and words.tokens[words.content[place]].text != word:
            return False
    return True


def _key(term: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Stems of a term, and the words that must stand as written (those that have a capital inside or throughout)."""
    every = [m[0] for m in _WORD.finditer(term)]
    words = [w for w in every if stem(w) not in FUNCTION_WORDS] or every
    return tuple(stem(w) for w in words), tuple(w if _acronym(w) else "" for w in words)


def _acronym(word: str) -> bool:
    return len(word) > 1 and any(c.isupper() for c in word[1:])
