"""Sentences of UN text: where one ends, whatever footnote marks, references and abbreviations stand there.

One pass over the stops of a text; each look to the left and right is bounded, so time is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from ingest.mend import NOTE_MARK, SUPERSCRIPTS
from ontology.document import Span

LONGEST = 4000
"""No sentence is longer, in characters: text without any stop is cut at a semicolon or space."""

# Stops, ends of lines that are meant, and blank lines. Each pattern begins with one class of characters, so that
# a search skips all others; a text of one line has stops alone.
_STOPS = r"(?:(?<=[.!?…])[.!?…]*|(?<=[؟۔])[؟۔]*|(?<=[。！？])[。！？]*"
_STOP_IN_LINE = re.compile(rf"[.!?…؟۔。！？]{_STOPS})")
_STOP = re.compile(
    rf"[.!?…؟۔。！？ \t\\<\n]{_STOPS}"
    r"|(?:(?<=[ \t])(?<![ \t][ \t])[ \t]++|(?<=\\)|(?<=<)br\s?/?>)(?:\r\n|\r|\n)|(?<=\n)(?=[ \t]*\n))"
)
_CLOSERS = re.compile(r"[\"'”’»)\]*_]{0,8}")
_NOTES = re.compile(rf"(?:{NOTE_MARK}){{1,5}}")
_GLUED_NOTE = re.compile(r"(?<=[a-z)”\"]\.)\d{1,2}(?=\s+[“\"(]?[A-Z])")
_REFERENCE = re.compile(r"\s?\([^()\n]{1,60}\)[\"”’»]{0,2}")
_OPENERS = re.compile(r"[\s\"'“‘«‹(\[*_>¿¡]*")
_WORD_BEFORE = re.compile(r"[^\s()\[\]“”\"*]{1,24}$")
_ENUMERATOR = re.compile(r"[\s\"“*_(]*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5})\.$")
_LABEL = re.compile(r"\s*(\*{1,3}|_{1,3})(?=\S)[^*_\n.!?]{1,80}[.!?]\1")
_NUMERAL = re.compile(r"[\d§]|[IVXLC]{1,6}\b|[A-Z](?:/|\b)|[a-z]\)|\([a-z0-9]")
_TRAILING_NOTES = re.compile(rf"\s?(?:{NOTE_MARK})\s*$")
_NOTE_ENDS = f"{SUPERSCRIPTS}>]"
_CLOSING = re.compile(r"\s*(?:[;,]\s*(?:and|or|and/or|et|ou|y|o)|[;:])\s*$")
_CLOSING_ENDS = ";:drtuyo"
_PAIR = re.compile(r"[()]")

# Never at the end of a sentence, whatever follows.
_NEVER = frozenset(
    [
        "mr", "mrs", "ms", "mx", "dr", "prof", "messrs", "mme", "mlle", "st", "h.e", "e.g", "i.e", "eg", "ie", "cf",
        "vs", "viz", "al", "ibid", "op", "cit", "approx", "ca", "incl", "excl", "hon", "gen", "col", "lt", "capt",
        "amb", "rev.mo", "sra", "sr", "dra", "doc", "docs", "resp", "a.k.a", "m.m",
    ]
)
# Only before a number, numeral, letter or document symbol.
_BEFORE_NUMBER = frozenset(
    [
        "no", "nos", "art", "arts", "para", "paras", "par", "p", "pp", "vol", "vols", "ch", "chap", "fig", "figs",
        "sec", "sect", "tab", "app", "ann", "add", "corr", "rev", "ser", "supp", "res", "dec", "reg", "ref", "refs",
        "cl", "obj", "st", "ed", "eds", "n", "nr", "núm",
    ]
)
# A capital that opens a sentence more often than it goes on after initials or a country's letters.
_STARTERS = frozenset(
    [
        "the", "this", "these", "that", "those", "it", "its", "in", "on", "at", "as", "a", "an", "and", "but",
        "for", "from", "to", "by", "with", "we", "they", "he", "she", "our", "their", "all", "any", "each", "both",
        "some", "such", "there", "here", "while", "when", "where", "if", "although", "however", "moreover",
        "furthermore", "since", "under", "after", "before", "during", "through", "le", "la", "les", "il", "elle",
        "ils", "el", "los", "las", "en",
    ]
)
_LABELLED = frozenset((
    "annex", "appendix", "group", "part", "phase", "table", "category", "section", "class", "option", "pillar",
    "type", "war",
))
_FIRST_WORD = re.compile(r"[^\W\d_]{1,20}")
_PREVIOUS_WORD = re.compile(r"([^\W\d_]{1,20})\s+\S{1,24}$")


def _bracketed(text: str) -> tuple[list[int], list[int]]:
    """Starts and ends of the outermost short bracketed stretches, in which no sentence ends."""
    starts: list[int] = []
    ends: list[int] = []
    if "(" not in text:
        return starts, ends
    stack: list[int] = []
    for match in _PAIR.finditer(text):
        if match[0] == "(":
            stack.append(match.start())
        elif stack:
            opened = stack.pop()
            if match.start() - opened <= 400:
                while starts and starts[-1] > opened:
                    starts.pop()
                    ends.pop()
                starts.append(opened)
                ends.append(match.start())
    return starts, ends


def _abbreviated(text: str, sentence: int, stop: int, following: int) -> bool:
    """Whether the full stop at `stop` belongs to an abbreviation, initial or enumerator.

    `sentence` is where the sentence began, `following` where the next word begins.
    """
    left = max(sentence, stop - 24)
    word_match = _WORD_BEFORE.search(text, left, stop)
    if word_match is None:
        return False
    word = word_match[0].casefold()
    if word in _BEFORE_NUMBER:
        return bool(_NUMERAL.match(text, following))
    if word in _NEVER:
        return True
    if stop - sentence < 12 and _ENUMERATOR.match(text[sentence : stop + 1]):
        return True
    first = _FIRST_WORD.match(text, following)
    starter = bool(first) and first[0].casefold() in _STARTERS if first else False
    letters = word_match[0]
    if len(letters) == 1 and letters.isalpha() and letters.isupper():
        previous = _PREVIOUS_WORD.search(text, max(sentence, stop - 50), stop)
        return not starter and not (previous and previous[1].casefold() in _LABELLED)
    if len(letters) >= 3 and re.fullmatch(r"(?:[A-Za-z]\.){1,5}[A-Za-z]", letters):
        return not starter
    return False


def _starts_sentence(text: str, position: int) -> bool:
    """Whether a sentence can begin with the character at `position`."""
    character = text[position]
    return not character.islower() and (character.isalnum() or character in "<#$€£–—-+¹²³" or ord(character) > 0x2E7F)


def _boundaries(text: str) -> list[tuple[int, int]]:
    """`(end of the sentence, start of the next)` for every boundary inside the text."""
    out: list[tuple[int, int]] = []
    starts, ends = _bracketed(text)
    label = _LABEL.match(text)
    begin, size = 0, len(text)
    skip = label.end() if label and label.end() < size else 0
    pattern = _STOP if "\n" in text or "\r" in text else _STOP_IN_LINE
    for match in pattern.finditer(text):
        stop, end = match.start(), match.end()
        if stop < max(skip, begin):
            continue
        if match[0][0] in " \t\\<":
            out.append((stop, end))
            begin = end
            continue
        if match[0][0] == "\n":
            continue
        inside = bisect_right(starts, stop) - 1
        if inside >= 0 and ends[inside] > stop and text[end : end + 1] != ")":
            continue
        end = _CLOSERS.match(text, end).end()  # type: ignore[union-attr]
        notes = _NOTES.match(text, end) or (_GLUED_NOTE.match(text, end) if end == match.end() else None)
        after = notes.end() if notes else end
        if notes:
            after = _CLOSERS.match(text, after).end()  # type: ignore[union-attr]
            end = after if text[notes.end() : after].strip("*_") else end
        reference = _REFERENCE.match(text, after)
        if reference and not _sentence_in(reference[0]):
            end = after = reference.end()
        if after >= size:
            continue
        following = _OPENERS.match(text, after).end()  # type: ignore[union-attr]
        if following >= size:
            continue
        spaced = text[after].isspace() or notes or match[0][0] in "。！？؟۔"
        if not spaced or not _starts_sentence(text, following):
            continue
        if match[0] == "." and _abbreviated(text, begin, stop, following):
            continue
        out.append((end, after))
        begin = after
    return out


def _sentence_in(reference: str) -> bool:
    """Whether brackets after a stop hold a sentence of their own rather than a reference."""
    inner = reference.strip(" \n()\"”’»")
    return inner[:1].isupper() and inner.count(" ") > 3


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretch, cut where it is longer than `LONGEST`."""
    out = []
    while end - start > LONGEST:
        limit = start + LONGEST
        cut = max(text.rfind("; ", start + LONGEST // 2, limit) + 1, 0) or text.rfind(" ", start + 1, limit)
        cut = cut if cut > start else limit
        out.append((start, cut))
        start = cut
    return [*out, (start, end)]


def trim(text: str, start: int, end: int) -> Span | None:
    """The span without outer white space, closing note marks and emphasis that wraps the whole; None if empty."""
    while True:
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip())
        end = start + len(piece.strip())
        if start >= end or text[end - 1] not in _NOTE_ENDS:
            break
        notes = _TRAILING_NOTES.search(text, max(start, end - 40), end)
        if not notes or notes.start() <= start:
            break
        end = notes.start()
    if start >= end:
        return None
    if text[start] != "*":
        return Span(start, end)
    for mark in ("***", "**", "*"):
        size = len(mark)
        whole = end - start > 2 * size and text.startswith(mark, start) and text.endswith(mark, start, end)
        if whole and "*" not in text[start + size : end - size]:
            return trim(text, start + size, end - size)
    return Span(start, end)


def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of one paragraph, in order and without overlap; offsets are into `text`.

    Closing stops and quotation marks belong to the sentence; note marks after the stop do not.
    """
    cuts = _boundaries(text)
    starts = [0, *(after for _, after in cuts)]
    stops = [*(end for end, _ in cuts), len(text)]
    pieces = (piece for s, e in zip(starts, stops, strict=True) for piece in _pieces(text, s, e))
    spans = (trim(text, s, e) for s, e in pieces)
    return tuple([span for span in spans if span and _has_letters(text, span)])


def _has_letters(text: str, span: Span) -> bool:
    return text[span.start].isalnum() or any(c.isalnum() for c in text[span.start : span.end])


def without_closing(text: str, span: Span) -> tuple[Span, str]:
    """The span without a closing ";", ":" or "; and", and the mark that was left out ("" where none was)."""
    last = text[span.end - 1 : span.end]
    if last not in _CLOSING_ENDS and not last.isspace():
        return span, ""
    match = _CLOSING.search(text, max(span.start, span.end - 12), span.end)
    if not match or match.start() <= span.start:
        return span, ""
    return Span(span.start, match.start()), match[0].strip()[0]
