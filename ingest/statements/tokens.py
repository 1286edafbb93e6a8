"""Words and marks, the forms of verbs, and the labels that open an item."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

from ingest.statements import lexicon as lx

_NO_PAST = frozenset(["hundred", "sacred", "kindred", "biased", "so-called", "unemployed", "self-employed"])
_TOKEN = re.compile(r"[A-Za-zÀ-ɏ0-9](?:[\w/&.]*\w)?(?:[’'-]\w+)*[’']?|[^\w\s]")
_LABEL = re.compile(r"^[“\"(]?([A-Z][\w’'/&-]*(?: [\w’'/&,-]+){0,9})(?::|\.(?= [A-Z])| [–—](?= [A-Z]))\s+")
_NUMBERED = re.compile(
    r"^(outcome|output|result|objective|goal|target|priority|pillar|recommendation|commitment|principle|action"
    r"|activity)s?"
    r"\s+\(?[\dA-Z][\d.:]*\)?\s*[:.–—-]?\s+",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(
    r"^(?:\(?(?:[a-z]|\d{1,2}|[ivx]{1,5})\)|\d{1,2}(?:\.\d{1,2})+\.?(?=\s+[A-Z“\"])|"
    r"(?:Art(?:icle|\.)|Section|Rule|Para(?:graph|\.))\s\d{1,3}[.:]?(?=\s+[A-Z“\"]))\s+"
)


class Token(NamedTuple):
    """A word or mark; offsets are in the text parsed. A tuple, since a page makes five hundred of them."""

    text: str
    low: str
    start: int
    end: int


# half the time of `Token(…)`: most of the work of a parse is in making tokens
_new_token = partial(tuple.__new__, Token)


def tokenize(text: str) -> list[Token]:
    """Words and marks of a text, in order."""
    lowered = text.lower().replace("’", "'")
    if len(lowered) != len(text):
        # a few letters grow when lower-cased
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text).replace("’", "'")
    spans = [m.span() for m in _TOKEN.finditer(text)]
    return [_new_token((text[a:b], lowered[a:b], a, b)) for a, b in spans]


def form_of(word: str) -> tuple[str, str]:
    """Base form and kind of form of a verb, or two empty strings."""
    known = lx.VERB_FORMS.get(word)
    if known is None and len(word) > 5 and word.endswith("ed") and word not in _NO_PAST and not word.endswith("eed"):
        return word[:-2], lx.PAST
    return known or ("", "")


def is_plural(token: Token) -> bool:
    """Whether a word looks like a plural noun."""
    return (
        (token.low.endswith("s") and not token.low.endswith(("ss", "us", "is", "'s")))
        or token.low in lx.PEOPLE_NOUNS
        or token.low.endswith("men")
    )


def labels(text: str) -> tuple[str, str, int]:
    """Label, kind of a numbered label ("outcome") and the offset at which the clause proper begins."""
    mark = _ENUMERATOR.match(text)
    if mark:
        return "", "", mark.end()
    numbered = _NUMBERED.match(text)
    if numbered:
        return numbered.group().strip(), numbered.group(1).lower(), numbered.end()
    label = _LABEL.match(text)
    if label is None or label.end() >= len(text) or label.end() > 0.7 * len(text):
        return "", "", 0
    words = label.group(1).split()
    if any(w in lx.MODALS or w in lx.AUXILIARIES for w in words):
        return "", "", 0
    if text[label.end() - 2] == "." and len(words) > 7:
        return "", "", 0
    return label.group(1), "", label.end()
