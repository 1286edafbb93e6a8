"""The first finite verb of a clause, and where its main clause begins."""

from __future__ import annotations

from ingest.statements import lexicon as lx
from ingest.statements.tokens import Token, form_of, is_plural

_SEARCH_LIMIT = 90
_OPENERS = frozenset(["to", "building", "based", "so", "according"])
BREAKS = frozenset(",;:")
_DECIDE = frozenset(["decide", "meet", "agree", "vote"])
# Verbs that are no participles where this word follows: "called on", "agreed to" (but "people forced to").
_WITH_PREPOSITION = frozenset(
    (verb, word)
    for verbs, words in (
        ("call", "on upon for"),
        ("appeal", "to for"),
        ("ask", "for"),
        ("insist", "on"),
        ("agree", "to on that with"),
        ("decide", "to on that"),
        ("promise pledge hope wish want refuse continue begin fail try undertake", "to"),
        ("complain", "of about that"),
        ("speak", "of about for"),
    )
    for verb in verbs.split()
    for word in words.split()
)
_QUOTES = frozenset("“”\"'‘’(")


def main_start(tokens: list[Token], start: int) -> int:
    """Where the main clause begins after an opening adverbial ("To …,", "In line with …,", "If …,")."""
    first = tokens[start].low
    _, kind = form_of(first)
    opens = first in lx.PREPOSITIONS or first in lx.SUBORDINATORS or first in _OPENERS
    participle = kind in (lx.GERUND, lx.PAST) and not names(tokens, start)
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
        at, strength = finite(tokens, j)
        if at is None:
            break
        if strength == 1 and participle:
            continue
        fallback = j
        if at == j or not _broken(tokens, j, at) or tokens[j].low in lx.DETERMINERS:
            return j
    return fallback


def names(tokens: list[Token], i: int) -> bool:
    """Whether a name goes on after the word ("Working Groups", "United Nations")."""
    return i + 1 < len(tokens) and tokens[i].text[0].isupper() and tokens[i + 1].text[0].isupper()


def _broken(tokens: list[Token], begin: int, end: int) -> bool:
    """Whether a comma stands between two words, outside brackets."""
    depth = 0
    for token in tokens[begin:end]:
        depth += (token.low == "(") - (token.low == ")" and depth > 0)
        if not depth and token.low in BREAKS:
            return True
    return False


def _subject_like(token: Token) -> bool:
    low = token.low
    if low in lx.DETERMINERS or low in lx.PRONOUNS:
        return True
    if (
        low in lx.PREPOSITIONS
        or low in lx.RELATIVES
        or low in ("and", "or", "but", "such", "to", "as", "nor", "e.g", "i.e")
    ):
        return False
    if not token.text[0].isalnum():
        return False
    _, kind = lx.CLEAR.get(low, ("", ""))
    return kind in ("", lx.THIRD) or token.text[0].isupper()


def _skip(tokens: list[Token], i: int, over: frozenset[str]) -> int:
    while i < len(tokens) and tokens[i].low in over:
        i += 1
    return i


def finite(tokens: list[Token], start: int) -> tuple[int | None, int]:
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
    if low in lx.MODALS:
        return 0 if token.text[0].isupper() and i > start else 2
    if low in lx.AUXILIARIES:
        return 0 if low in ("be", "been", "being") else 2
    _, kind = form_of(low)
    before = tokens[i - 1] if i > start else None
    if not kind or kind == lx.GERUND or before is None or token.text[0].isupper():
        return 0
    ahead = i + 1
    while ahead < len(tokens) - 1 and (tokens[ahead].low in lx.CLAUSE_ADVERBS or tokens[ahead].low.endswith("ly")):
        ahead += 1
    after = tokens[ahead] if ahead < len(tokens) else None
    while before.low in lx.CLAUSE_ADVERBS or before.low.endswith("ly"):
        i -= 1
        if i <= start:
            return 0
        before = tokens[i - 1]
    relative = before.low == "that" and i - 1 > start
    if (before.low in lx.DETERMINERS and before.low not in lx.ANAPHORS and not relative) or before.low in (
        "to",
        "and",
        "or",
        "of",
        "'s",
    ):
        return 0
    if before.low in lx.PREPOSITIONS or before.low.endswith(("'s", "s'")):
        return 0
    if after is not None and kind != lx.PAST and (after.low in lx.MODALS or after.low in lx.AUXILIARIES):
        return 0
    clear = low in lx.CLEAR
    if low == "needs" and after is not None and after.low == "to":
        return 2
    if kind == lx.THIRD:
        return _third_strength(before, after, clear=clear)
    if kind == lx.BASE:
        subject = before.low in ("they", "we", "you", "i", "these", "those", "who", "which", "that") or is_plural(
            before
        )
        if not subject and clear and before.text[0].isupper() and any(is_plural(t) for t in tokens[start:i]):
            return 1
        decides = low in _DECIDE and is_plural(before)
        if not subject or after is None or (after.low in ("by", "of", ",", ".", "and", "or") and not decides):
            return 0
        return 2 if clear or after.low in lx.DETERMINERS or before.low in lx.PRONOUNS or not is_plural(after) else 1
    if after is None:
        # "the Board decided" but not "decisions taken"
        return 1 if before.text[0].isupper() or before.low in lx.PRONOUNS else 0
    if after.low == "by":
        return 0
    if (form_of(low)[0], after.low) in _WITH_PREPOSITION:
        return 2
    follows = (
        after.low in lx.DETERMINERS or after.low in ("that", "for", "how", "willingness") or after.text[0].isupper()
    )
    return 2 if follows and before.low != "," else 1


def _third_strength(before: Token, after: Token | None, *, clear: bool) -> int:
    if before.low == ",":
        return 1 if clear else 0
    if clear:
        return 2
    named = before.text[0].isupper() or before.low in lx.PRONOUNS or before.low == ")"
    object_follows = after is not None and (
        after.low in lx.DETERMINERS
        or after.low in lx.PREPOSITIONS - {"of"}
        or after.low in ("to", "and", "as", "that", "out")
        or is_plural(after)
    )
    if named and object_follows:
        return 2
    plain = after is not None and (after.low in lx.DETERMINERS or after.low in ("to", "that"))
    return 1 if plain and not is_plural(before) else 0
