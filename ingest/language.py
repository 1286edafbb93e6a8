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
_FOREIGN = frozenset().union(*(words for language, words in _VOTES.items() if language != "en"))
_ENGLISH = (_VOTES["en"] - _FOREIGN) | _ENGLISH_ALONE
_TELLING = FUNCTION_WORDS | _ENGLISH_ALONE
_LONGEST = max(map(len, _TELLING))
_SCRIPTS = (
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
)
_ANY_SCRIPT = re.compile(r"[\u0600-\u06ff\u0400-\u04ff\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_RUN = re.compile(r"\w+")


def language_of(text: str) -> str:
    """A BCP 47 tag: ar, ru or zh by script, else the language with most function words; "und" without any.

    A text of few function words is English unless another language has three of its own and English has none:
    short words are shared ("do" is Portuguese too).
    """
    sample = text[:_SAMPLE]
    if (language := _by_script(sample)) is not None:
        return language
    counts = _function_words(sample)
    votes = {language: sum(counts[word] for word in words & counts.keys()) for language, words in _VOTES.items()}
    best = max(votes, key=lambda language: (votes[language], language == "en"))
    known = sum(count for word, count in counts.items() if word in FUNCTION_WORDS)
    if not known:
        return "und"
    return best if known >= _FEW or _clearly(best, counts) else "en"


def _by_script(sample: str) -> str | None:
    """The language whose script more than two fifths of the letters belong to."""
    if sample.isascii() or not _ANY_SCRIPT.search(sample):
        return None
    for language, script in _SCRIPTS:
        found = len(script.findall(sample))
        if found and found > 0.4 * sum(map(str.isalpha, sample)):
            return language
    return None


def _function_words(sample: str) -> Counter[str]:
    """How often each word that tells a language stands in the text; each form is looked at once."""
    out: Counter[str] = Counter()
    for form, count in Counter(_RUN.findall(sample)).items():
        for part in (form,) if form.isalpha() else _WORD.findall(form):
            if len(part) <= _LONGEST and (word := part.casefold()) in _TELLING:
                out[word] += count
    return out


def _clearly(language: str, counts: Counter[str]) -> bool:
    """Whether a short text has enough function words of the language and none that only English has."""
    own = sum(counts[word] for word in sorted(_VOTES[language] - _VOTES["en"]))
    return own >= _EVIDENCE and _ENGLISH.isdisjoint(counts)
