"""A light parse of one clause: lead, subject, verb group, predicate. Rules over word forms, no model.

Method: the first verb that can be finite, found by closed classes (modals, auxiliaries), inflection and the
words on either side; relative clauses and infinitives inside the subject are stepped over. Linear in the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.statements import lexicon as lx

_TOKEN = re.compile(r"[A-Za-zÀ-ɏ0-9](?:[\w/&.]*\w)?(?:[’'-]\w+)*[’']?|[^\w\s]")
_LABEL = re.compile(r"^[“\"(]?([A-Z][\w’'/&-]*(?: [\w’'/&,-]+){0,9})(?::|\.(?= [A-Z])| [–—](?= [A-Z]))\s+")
_NUMBERED = re.compile(
    r"^(outcome|output|result|objective|goal|target|priority|pillar|recommendation|commitment|principle|action|activity)s?"
    r"\s+\(?[\dA-Z][\d.:]*\)?\s*[:.–—-]?\s+", re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"^\(?(?:[a-z]|\d{1,2}|[ivx]{1,5})\)\s+")
_MEANS = frozenset(["through", "by"])
_SEARCH_LIMIT = 90
_BREAKS = frozenset(",;:")
_QUOTES = frozenset("“”\"'‘’(")


class Shape(StrEnum):
    """What kind of clause it is."""

    FINITE = "finite"
    INFINITIVE = "infinitive"
    GERUND = "gerund"
    MEANS = "means"
    NOMINAL = "nominal"


class Tense(StrEnum):
    """Tense and aspect of a finite clause without a modal verb."""

    PRESENT = "present"
    PAST = "past"
    PERFECT = "perfect"
    PROGRESSIVE = "progressive"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark; offsets are in the text parsed."""

    text: str
    low: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause; `subject` and `predicate` are stretches of `text`, `verb` a base form or "be"."""

    text: str
    shape: Shape
    words: frozenset[str]
    label: str = ""
    numbered: str = ""
    lead: str = ""
    subject: str = ""
    modal: str = ""
    verb: str = ""
    participle: str = ""
    tense: Tense = Tense.NONE
    passive: bool = False
    negated: bool = False
    predicate: str = ""
    subject_start: int = 0
    predicate_start: int = 0


def tokenize(text: str) -> list[Token]:
    """Words and marks of a text, in order."""
    return [Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def form_of(word: str) -> tuple[str, str]:
    """Base form and kind of form of a verb, or two empty strings."""
    return lx.VERB_FORMS.get(word, ("", ""))


def is_plural(token: Token) -> bool:
    """Whether a word looks like a plural noun."""
    return (token.low.endswith("s") and not token.low.endswith(("ss", "us", "is", "'s"))) or token.low in lx.PEOPLE_NOUNS


def parse(text: str, *, item: bool = False) -> Clause:
    """Parse one clause or sentence. Never fails: what has no verb is nominal.

    Args:
        text: mended text, without its list mark.
        item: a list item: a verb in base form that opens it is an infinitive even where it could be a noun.
    """
    label, numbered, begin = _labels(text)
    tokens = [t for t in tokenize(text) if t.start >= begin]
    words = frozenset(t.low for t in tokens)
    head = Clause(text, Shape.NOMINAL, words, label=label, numbered=numbered, predicate=text[begin:],
                  predicate_start=begin)
    start = _first_word(tokens)
    if start is None:
        return head
    imperative = _imperative(tokens, start)
    if imperative is not None and (imperative[1] or item):
        return _bare(head, tokens, imperative[0])
    main = _main_start(tokens, start)
    at, strength = _finite(tokens, main)
    if at is None and main != start:
        at, strength = _finite(tokens, start)
    gerund = form_of(tokens[start].low)[1] == lx.GERUND and not _names(tokens, start)
    opens_bare = imperative is not None or gerund or tokens[start].low in _MEANS
    if at is None or (strength == 1 and opens_bare):
        return _bare(head, tokens, start if imperative is None else imperative[0])
    return _build(head, tokens, start, main if at > main else start, at)


def _labels(text: str) -> tuple[str, str, int]:
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


def _first_word(tokens: list[Token]) -> int | None:
    return next((i for i, t in enumerate(tokens) if t.text[0].isalnum()), None)


def _imperative(tokens: list[Token], start: int) -> tuple[int, bool] | None:
    """The index of a verb in base form that opens the clause, and whether it is sure to be one."""
    i = start
    while i < len(tokens) - 1 and (tokens[i].low in lx.CLAUSE_ADVERBS or tokens[i].low.endswith("ly")):
        i += 1
    base, kind = form_of(tokens[i].low)
    if kind != lx.BASE:
        return None
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if after in lx.MODALS or after in lx.AUXILIARIES or (after in ("of", ",", ":") and base not in lx.CLEAR):
        return None
    for token in tokens[i + 1:i + 4]:
        # "Transfer fees are high": a noun before a noun
        if token.low in lx.MODALS or token.low in lx.AUXILIARIES:
            return None
        if not token.text[0].isalnum() or token.low in lx.DETERMINERS or token.low in lx.PREPOSITIONS | {"that", "and"}:
            break
    if base in lx.CLEAR:
        return (i, after != "of")
    sure = after in lx.DETERMINERS or after in ("with", "towards", "together")
    if after == "and" and i + 2 < len(tokens):
        sure = form_of(tokens[i + 2].low)[1] == lx.BASE and tokens[i + 2].low in lx.CLEAR
    return (i, sure)


def _main_start(tokens: list[Token], start: int) -> int:
    """Where the main clause begins after an opening adverbial ("To …,", "In line with …,", "If …,")."""
    first = tokens[start].low
    _, kind = form_of(first)
    opens = first in lx.PREPOSITIONS or first in lx.SUBORDINATORS or first in ("to", "building", "based", "so")
    participle = kind in (lx.GERUND, lx.PAST) and not _names(tokens, start)
    if first in lx.CLAUSE_ADVERBS or first in ("however", "moreover", "likewise", "also", "altogether"):
        after = start + 1
        return after + 1 if after < len(tokens) and tokens[after].low == "," else start
    if not opens and not participle:
        return start
    fallback, depth = start, 0
    for i in range(start + 1, min(len(tokens) - 1, start + _SEARCH_LIMIT)):
        depth += (tokens[i].low == "(") - (tokens[i].low == ")" and depth > 0)
        if tokens[i].low not in (",", ";") or depth:
            continue
        j = _skip(tokens, i + 1, lx.CLAUSE_ADVERBS | _QUOTES | {"*"})
        if j >= len(tokens) or not _subject_like(tokens[j]):
            continue
        at, strength = _finite(tokens, j)
        if at is None:
            break
        if strength == 1 and participle:
            continue
        fallback = j
        if at == j or not _broken(tokens, j, at) or tokens[j].low in lx.DETERMINERS:
            return j
    return fallback


def _names(tokens: list[Token], i: int) -> bool:
    """Whether a name goes on after the word ("Working Groups", "United Nations")."""
    return i + 1 < len(tokens) and tokens[i].text[0].isupper() and tokens[i + 1].text[0].isupper()


def _broken(tokens: list[Token], begin: int, end: int) -> bool:
    """Whether a comma stands between two words, outside brackets."""
    depth = 0
    for token in tokens[begin:end]:
        depth += (token.low == "(") - (token.low == ")" and depth > 0)
        if not depth and token.low in _BREAKS:
            return True
    return False


def _subject_like(token: Token) -> bool:
    low = token.low
    if low in lx.DETERMINERS or low in lx.PRONOUNS:
        return True
    if low in lx.PREPOSITIONS or low in lx.RELATIVES or low in ("and", "or", "but", "such", "to", "as", "nor", "e.g", "i.e"):
        return False
    if not token.text[0].isalnum():
        return False
    _, kind = lx.CLEAR.get(low, ("", ""))
    return kind in ("", lx.THIRD) or token.text[0].isupper()


def _skip(tokens: list[Token], i: int, over: frozenset[str]) -> int:
    while i < len(tokens) and tokens[i].low in over:
        i += 1
    return i


def _finite(tokens: list[Token], start: int) -> tuple[int | None, int]:
    """The index of the first finite verb from `start` on, or of the first that may be one, and its strength."""
    weak: int | None = None
    relative = False
    depth = 0
    for i in range(start, min(len(tokens), start + _SEARCH_LIMIT)):
        token = tokens[i]
        depth += (token.low == "(") - (token.low == ")" and depth > 0)
        if depth or not token.text[0].isalnum():
            continue
        if token.low in lx.RELATIVES and i > start:
            relative = True
            continue
        strength = _strength(tokens, i, start)
        if not strength:
            continue
        if relative:
            relative = False
            continue
        if strength == 2:
            return i, 2
        weak = i if weak is None else weak
    return weak, 1


def _strength(tokens: list[Token], i: int, start: int) -> int:
    """2: a finite verb; 1: perhaps one; 0: none."""
    token, low = tokens[i], tokens[i].low
    before = tokens[i - 1] if i > start else None
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if low in lx.MODALS:
        return 0 if token.text[0].isupper() and i > start else 2
    if low in lx.AUXILIARIES:
        return 0 if low in ("be", "been", "being") else 2
    _, kind = form_of(low)
    if not kind or kind == lx.GERUND or before is None or token.text[0].isupper():
        return 0
    while before.low in lx.CLAUSE_ADVERBS or before.low.endswith("ly"):
        i -= 1
        if i <= start:
            return 0
        before = tokens[i - 1]
    if (before.low in lx.DETERMINERS and before.low not in lx.ANAPHORS) or before.low in ("to", "and", "or", "of", "'s"):
        return 0
    if before.low in lx.PREPOSITIONS or before.low.endswith(("'s", "s'")):
        return 0
    clear = low in lx.CLEAR
    if kind == lx.THIRD:
        return _third_strength(before, after, clear=clear)
    if kind == lx.BASE:
        subject = before.low in ("they", "we", "you", "i", "these", "those", "who", "which") or is_plural(before)
        if not subject and clear and before.text[0].isupper() and any(is_plural(t) for t in tokens[start:i]):
            return 1
        if not subject or after is None or after.low in ("of", ",", ".", "and", "or"):
            return 0
        return 2 if clear or after.low in lx.DETERMINERS or before.low in lx.PRONOUNS or not is_plural(after) else 1
    if after is None or after.low == "by":
        return 0
    follows = after.low in lx.DETERMINERS or after.low in ("that", "for", "how", "willingness") or after.text[0].isupper()
    return 2 if follows else 1


def _third_strength(before: Token, after: Token | None, *, clear: bool) -> int:
    if before.low == ",":
        return 1 if clear else 0
    if clear:
        return 2
    named = before.text[0].isupper() or before.low in lx.PRONOUNS or before.low in (")", "programming")
    object_follows = after is not None and (after.low in lx.DETERMINERS or after.low in lx.PREPOSITIONS - {"of"}
                                            or after.low in ("to", "and", "as", "that", "out") or is_plural(after))
    return 2 if named and object_follows else 0


def _bare(head: Clause, tokens: list[Token], i: int) -> Clause:
    """A clause without a finite verb: infinitive, gerund, means ("Through …") or a noun phrase."""
    first = tokens[i].low
    base, kind = form_of(first)
    if first == "to" and i + 1 < len(tokens) and form_of(tokens[i + 1].low)[1] == lx.BASE:
        shape, base = Shape.INFINITIVE, form_of(tokens[i + 1].low)[0]
    elif kind in (lx.BASE, lx.THIRD):
        shape = Shape.INFINITIVE
    elif kind == lx.GERUND:
        shape = Shape.GERUND
    elif first in _MEANS:
        shape, base = Shape.MEANS, ""
    else:
        shape, base = Shape.NOMINAL, ""
    tense = Tense.PRESENT if kind == lx.THIRD else Tense.NONE
    return Clause(head.text, shape, head.words, label=head.label, numbered=head.numbered, verb=base, tense=tense,
                  predicate=head.text[tokens[i].end:].strip(), predicate_start=tokens[i].end)


def _build(head: Clause, tokens: list[Token], start: int, main: int, at: int) -> Clause:
    text = head.text
    subject, subject_start = _subject(text, tokens, main, at)
    low = tokens[at].low
    modal, verb, participle, tense, passive = "", "", "", Tense.PRESENT, False
    i = at
    if low in lx.MODALS:
        modal = low
        i = _next_verb(tokens, at + 1)
        tense = Tense.NONE
        low = tokens[i].low if i < len(tokens) else ""
    if low in ("be", "is", "are", "was", "were", "am", "been"):
        passive_at = _next_verb(tokens, i + 1)
        verb, participle, aspect = _after_be(tokens, passive_at)
        passive = bool(participle)
        tense = tense if modal else Tense.PAST if low in ("was", "were") else aspect
        i = passive_at if passive or aspect is Tense.PROGRESSIVE else i
    elif low in ("have", "has", "had"):
        j = _next_verb(tokens, i + 1)
        word = tokens[j].low if j < len(tokens) else ""
        base, kind = form_of(word)
        if word == "been":
            k = _next_verb(tokens, j + 1)
            verb, participle, _ = _after_be(tokens, k)
            passive, tense, i = bool(participle), Tense.PERFECT, k if participle else j
        elif kind == lx.PAST or (base and word == base and base in ("become", "set")):
            verb, tense, i = base, Tense.PERFECT, j
        elif word == "to":
            modal, tense = modal or "must", Tense.NONE
            i = _next_verb(tokens, j + 1)
            verb = form_of(tokens[i].low)[0] if i < len(tokens) else ""
        else:
            verb, tense = "have", Tense.PAST if low == "had" else tense
    elif low in ("do", "does", "did"):
        i = _next_verb(tokens, i + 1)
        verb, tense = form_of(tokens[i].low)[0] if i < len(tokens) else "do", Tense.PAST if low == "did" else tense
    else:
        base, kind = form_of(low)
        verb = base or low
        if not modal and kind == lx.PAST:
            tense = Tense.PAST
    end = tokens[min(i, len(tokens) - 1)].end
    group = {t.low for t in tokens[at:min(i, len(tokens) - 1) + 1]}
    return Clause(
        text, Shape.FINITE, head.words, label=head.label, numbered=head.numbered,
        lead=text[tokens[start].start:tokens[main].start].strip(" ,;") if main > start else "",
        subject=subject, subject_start=subject_start, modal=modal, verb=verb, participle=participle, tense=tense,
        passive=passive, negated=bool(group & lx.NEGATIONS) or subject.lower().startswith(("no ", "none ")),
        predicate=text[end:].strip(), predicate_start=end,
    )


def _next_verb(tokens: list[Token], i: int) -> int:
    """Step over adverbs, negation and a short aside between commas inside a verb group."""
    for _ in range(6):
        if i < len(tokens) and tokens[i].low == ",":
            close = next((j for j in range(i + 1, min(i + 12, len(tokens))) if tokens[j].low == ","), None)
            if close is None:
                return i
            i = close + 1
        elif i < len(tokens) and (tokens[i].low in lx.CLAUSE_ADVERBS or tokens[i].low in ("not", "need", "then", "thus")
                                  or (tokens[i].low.endswith("ly") and not form_of(tokens[i].low)[1])):
            if tokens[i].low == "need" and i + 1 < len(tokens) and tokens[i + 1].low == "to":
                return i
            i += 1
        else:
            return i
    return i


def _after_be(tokens: list[Token], i: int) -> tuple[str, str, Tense]:
    """Base form, participle and aspect after a form of "be"."""
    word = tokens[i].low if i < len(tokens) else ""
    base, kind = form_of(word)
    if word == "being" and i + 1 < len(tokens):
        inner, inner_kind = form_of(tokens[i + 1].low)
        if inner_kind == lx.PAST or tokens[i + 1].low.endswith("ed"):
            return inner or tokens[i + 1].low, tokens[i + 1].low, Tense.PROGRESSIVE
    if kind == lx.GERUND:
        return base, "", Tense.PROGRESSIVE
    if kind == lx.PAST:
        return base, word, Tense.PRESENT
    if word.endswith("ed") and len(word) > 5:
        return word, word, Tense.PRESENT
    return "be", "", Tense.PRESENT


def _subject(text: str, tokens: list[Token], main: int, at: int) -> tuple[str, int]:
    i = main
    while i < at and not tokens[i].text[0].isalnum():
        i += 1
    if i >= at:
        return "", tokens[at].start
    if tokens[i].low in lx.PREPOSITIONS or tokens[i].low in ("to", "as"):
        # "In Baghdad the Network met": the subject begins at the next article, else at the last comma
        later = next((j for j in range(i + 2, at) if tokens[j].low in ("the", "all", "each", "every")
                      and tokens[j - 1].low not in lx.PREPOSITIONS), None)
        comma = next((j + 1 for j in range(at - 1, i, -1) if tokens[j].low == ","), None)
        i = later or (comma if comma is not None and comma < at else None) or i
    end = at
    while end > i and (tokens[end - 1].low in lx.CLAUSE_ADVERBS or tokens[end - 1].low in _BREAKS):
        end -= 1
    return text[tokens[i].start:tokens[end - 1].end] if end > i else "", tokens[i].start
