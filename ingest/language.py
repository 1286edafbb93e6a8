"""The language of a text, by its script and its function words."""

from __future__ import annotations

import re
from collections import Counter

_SAMPLE = 40_000
_FEW = 20  # function words; below that one shared word ("do", "as", "no") could decide
_EVIDENCE = 3  # own function words by which a short text is not English
_WORDS = {
    "en": "the of and to in for that with is on as by are will be this from which their or at an",
    "fr": "le la les des du et en un une que pour dans par sur est au aux avec qui sont ce cette ne pas ou",
    "es": "el la los las de del y en que por para con una un se su es al como más o son este esta",
    "pt": "o os as do da dos das e em que para com uma um por se não na no ao como mais são",
    "de": "der die das und in den von zu mit für auf ist des im nicht ein eine dem als auch",
}
_VOTES = {language: frozenset(words.split()) for language, words in _WORDS.items()}
_ENGLISH_ALONE = frozenset(re.findall(r"\w+", """
    we you it be not has have was were should must can all if but they there our
"""))
FUNCTION_WORDS = frozenset().union(*_VOTES.values())
"""The function words of all languages that are told apart by them."""
_SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """A BCP 47 tag: ar, ru or zh by script, else the language with most function words; "und" without any.

    A text of few function words is English unless another language has three of its own and English has none:
    short words are shared ("do" is Portuguese too).
    """
    sample = text[:_SAMPLE]
    letters = sum(1 for c in sample if c.isalpha())
    for language, script in _SCRIPTS:
        if letters and len(script.findall(sample)) > 0.4 * letters:
            return language
    counts = Counter(word.casefold() for word in _WORD.findall(sample))
    votes = {language: sum(counts[word] for word in sorted(words)) for language, words in _VOTES.items()}
    best = max(votes, key=lambda language: (votes[language], language == "en"))
    known = sum(counts[word] for word in sorted(frozenset().union(*_VOTES.values())))
    if not known:
        return "und"
    return best if known >= _FEW or _clearly(best, counts) else "en"


def _clearly(language: str, counts: Counter[str]) -> bool:
    """Whether a short text has enough function words of the language and none that only English has."""
    rest = frozenset().union(*(words for other, words in _VOTES.items() if other != "en"))
    english = (_VOTES["en"] - rest) | _ENGLISH_ALONE
    own = sum(counts[word] for word in sorted(_VOTES[language] - _VOTES["en"]))
    return own >= _EVIDENCE and not any(counts[word] for word in sorted(english))
