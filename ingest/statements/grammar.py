"""A light parse of one clause: lead, subject, verb group, predicate. Rules over word forms, no model.

Method: the first verb that can be finite, found by closed classes (modals, auxiliaries), inflection and the
words on either side; relative clauses and infinitives inside the subject are stepped over. Linear in the words.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from ingest.statements import lexicon as lx
from ingest.statements.finite import BREAKS, finite, main_start, names
from ingest.statements.tokens import Token, form_of, is_plural, labels, tokenize

_SAME_PAST = frozenset(["set", "read", "run", "become", "put", "cut"])
_MEANS = frozenset(["through", "by"])


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


class Clause(NamedTuple):
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


_LONGEST_HOLDER = 12


class _Head(NamedTuple):
    """What is known of a clause before its verb is looked for."""

    text: str
    words: frozenset[str]
    label: str
    numbered: str


def parse(text: str, *, item: bool = False) -> Clause:
    """Parse one clause or sentence. Never fails: what has no verb is nominal.

    Args:
        text: mended text, without its list mark.
        item: a list item: a verb in base form that opens it is an infinitive even where it could be a noun.
    """
    label, numbered, begin = labels(text)
    tokens = tokenize(text)
    if begin:
        tokens = [t for t in tokens if t.start >= begin]
    words = frozenset(t.low for t in tokens)
    head = _Head(text, words, label, numbered)
    start = _first_word(tokens)
    if start is None:
        return Clause(
            text, Shape.NOMINAL, words, label=label, numbered=numbered, predicate=text[begin:], predicate_start=begin
        )
    imperative = _imperative(tokens, start)
    if imperative is not None and (imperative[1] or item):
        return _bare(head, tokens, imperative[0])
    main = main_start(tokens, start)
    at, strength = finite(tokens, main)
    if at is None and main != start:
        at, strength = finite(tokens, start)
    gerund = form_of(tokens[start].low)[1] == lx.GERUND and not names(tokens, start)
    third = form_of(tokens[start].low)[1] == lx.THIRD and len(tokens) > start + 2
    opens_bare = (
        item or imperative is not None or gerund or third or tokens[start].low == "to" or tokens[start].low in _MEANS
    )
    assigned = _assigned(head, tokens, start) if at is None or strength == 1 else None
    if assigned is not None:
        return assigned
    if at is None or (strength == 1 and opens_bare and not (third and at == start + 1)):
        return _bare(head, tokens, start if imperative is None else imperative[0])
    return _build(head, tokens, start, main if at > main else start, at)


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
    for token in tokens[i + 1 : i + 4]:
        # "Transfer fees are high": a noun before a noun
        if token.low in lx.MODALS or token.low in lx.AUXILIARIES:
            return None
        if not token.text[0].isalnum() or token.low in lx.DETERMINERS or token.low in lx.PREPOSITIONS | {"that", "and"}:
            break
    if base in lx.CLEAR:
        joined = tokens[i + 2].low if after == "and" and i + 2 < len(tokens) else ""
        if joined and form_of(joined)[1] not in (lx.BASE, lx.THIRD) and not joined.endswith("ly"):
            return None
        return (i, after != "of")
    sure = after in lx.DETERMINERS or after in ("with", "towards", "together")
    if after == "and" and i + 2 < len(tokens):
        sure = form_of(tokens[i + 2].low)[1] == lx.BASE and tokens[i + 2].low in lx.CLEAR
    return (i, sure)


def _assigned(head: _Head, tokens: list[Token], start: int) -> Clause | None:
    """ "A and B to share the minutes": a task and who has it, as minutes and plans of work put it."""
    first = tokens[start]
    opens = first.text[0].isupper() or first.low in lx.DETERMINERS
    if first.low in lx.PREPOSITIONS | {"to"} or not opens or form_of(first.low)[1] in (lx.BASE, lx.THIRD, lx.GERUND):
        return None
    for i in range(start + 1, min(start + _LONGEST_HOLDER, len(tokens) - 1)):
        token, after = tokens[i], tokens[i + 1]
        if token.low == "to":
            base, kind = form_of(after.low)
            task = kind == lx.BASE or after.low == "be"
            named = tokens[i - 1].text[0].isupper() or is_plural(tokens[i - 1]) or tokens[i - 1].low == ")"
            if not (task and named and after.text.islower()):
                return None
            return Clause(
                head.text, Shape.INFINITIVE, head.words, label=head.label, numbered=head.numbered,
                subject=head.text[first.start : tokens[i - 1].end], subject_start=first.start, verb=base or "be",
                tense=Tense.NONE, predicate=head.text[after.end :].strip(), predicate_start=after.end,
            )  # fmt: skip
        plain = token.text[0].islower() and token.low not in lx.DETERMINERS | {"and", "of", "for"}
        if plain and (not is_plural(token) or form_of(token.low)[1] == lx.PAST):
            return None
    return None


def _bare(head: _Head, tokens: list[Token], i: int) -> Clause:
    """A clause without a finite verb: infinitive, gerund, means ("Through …") or a noun phrase."""
    first = tokens[i].low
    base, kind = form_of(first)
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if first == "to" and after is not None and after.text.islower() and after.low not in lx.DETERMINERS:
        shape, base = Shape.INFINITIVE, form_of(after.low)[0] or after.low
    elif kind in (lx.BASE, lx.THIRD):
        shape = Shape.INFINITIVE
    elif kind == lx.GERUND:
        shape = Shape.GERUND
    elif first in _MEANS and i + 1 < len(tokens) and not tokens[i + 1].text[0].isdigit():
        shape, base = Shape.MEANS, ""
    else:
        shape, base = Shape.NOMINAL, ""
    tense = Tense.PRESENT if kind == lx.THIRD else Tense.NONE
    return Clause(
        head.text,
        shape,
        head.words,
        label=head.label,
        numbered=head.numbered,
        verb=base,
        tense=tense,
        predicate=head.text[tokens[i].end :].strip(),
        predicate_start=tokens[i].end,
    )


def _build(head: _Head, tokens: list[Token], start: int, main: int, at: int) -> Clause:
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
        elif word == "to" and low == "had":
            i = _next_verb(tokens, j + 1)
            verb, tense = (form_of(tokens[i].low)[0] if i < len(tokens) else "have"), Tense.PAST
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
    if verb == "go" and tense is Tense.PROGRESSIVE and i + 1 < len(tokens) and tokens[i + 1].low == "to":
        modal, tense = "will", Tense.NONE
    if verb == "be" and not modal and _due(tokens, i + 1):
        modal, tense = "will", Tense.NONE
    end = tokens[min(i, len(tokens) - 1)].end
    group = {t.low for t in tokens[at : min(i, len(tokens) - 1) + 1]}
    return Clause(
        text,
        Shape.FINITE,
        head.words,
        label=head.label,
        numbered=head.numbered,
        lead=text[tokens[start].start : tokens[main].start].strip(" ,;") if main > start else "",
        subject=subject,
        subject_start=subject_start,
        modal=modal,
        verb=verb,
        participle=participle,
        tense=tense,
        passive=passive,
        negated=bool(group & lx.NEGATIONS) or subject.lower().startswith(("no ", "none ")),
        predicate=text[end:].strip(),
        predicate_start=end,
    )


def _due(tokens: list[Token], i: int) -> bool:
    """ "is due to publish", "is about to begin": what will be done."""
    words = [t.low for t in tokens[i : i + 3]]
    follows = len(words) == 3 and words[0] in ("due", "about", "set") and words[1] == "to"
    return follows and form_of(words[2])[1] == lx.BASE and words[2] not in lx.DETERMINERS


def _next_verb(tokens: list[Token], i: int) -> int:
    """Step over adverbs, negation and a short aside between commas inside a verb group."""
    for _ in range(6):
        if i < len(tokens) and tokens[i].low == ",":
            close = next((j for j in range(i + 1, min(i + 12, len(tokens))) if tokens[j].low == ","), None)
            if close is None:
                return i
            i = close + 1
        elif i < len(tokens) and (
            tokens[i].low in lx.CLAUSE_ADVERBS
            or tokens[i].low in ("not", "need", "then", "thus")
            or (tokens[i].low.endswith("ly") and not form_of(tokens[i].low)[1])
        ):
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
    if kind == lx.PAST or word in _SAME_PAST:
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
        later = next(
            (
                j
                for j in range(i + 2, at)
                if tokens[j].low in ("the", "all", "each", "every") and tokens[j - 1].low not in lx.PREPOSITIONS
            ),
            None,
        )
        comma = next((j + 1 for j in range(at - 1, i, -1) if tokens[j].low == ","), None)
        i = later or (comma if comma is not None and comma < at else None) or i
    end = at
    while end > i and (tokens[end - 1].low in lx.CLAUSE_ADVERBS or tokens[end - 1].low in BREAKS):
        end -= 1
    return text[tokens[i].start : tokens[end - 1].end] if end > i else "", tokens[i].start
