"""What a user typed, made safe and taken apart: words, and where operators are used, what a hit must have.

`"a phrase"`, `AND`, `OR`, `NOT`, `+word`, `-word`, `word*`, `field:word` and brackets are exact: they decide
which passages are allowed, and the remaining words rank those. Whatever does not parse is read as words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from ontology.errors import UsageError

LONGEST = 1_000
DEEPEST = 20
FIELDS = ("text", "title", "section", "body", "agent", "addressee", "document", "type")
_TOKEN = re.compile(r'"([^"]*)"|([()])|([^\s()"]+)')
_SHORTEST_STEM = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A word, a phrase (several words) or a pattern with `*`, in one field or anywhere."""

    words: tuple[str, ...]
    field: str = ""
    pattern: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions that must all hold, of which any must hold, or that must not."""

    kind: str  # "and", "or", "not"
    parts: tuple[Node, ...]


Node = Term | Group


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart; `words` is the text that ranks, `condition` what a hit must fulfil."""

    words: str
    condition: Node | None = None
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _State:
    tokens: list[str]
    position: int = 0
    depth: int = 0
    words: list[str] = field(default_factory=list)

    def peek(self) -> str:
        return self.tokens[self.position] if self.position < len(self.tokens) else ""


class _NotParsedError(Exception):
    """The operators do not fit together."""


def words_of(text: str) -> list[str]:
    """The runs of letters and digits of a text."""
    return re.findall(r"[^\W_]+", text)


def read_query(text: str) -> Query:
    """Take a query apart.

    Raises:
        UsageError: there is no word in it, or only words to leave out.
    """
    notes: list[str] = []
    cleaned = "".join(" " if unicodedata.category(c) in ("Cc", "Cs", "Cf") else c for c in text[: LONGEST + 1])
    cleaned = unicodedata.normalize("NFC", cleaned)
    if len(text) > LONGEST:
        cleaned = cleaned[:LONGEST]
        notes.append(f"Only the first {LONGEST:,} of {len(text):,} characters of the query were used.")
    if not words_of(cleaned):
        raise UsageError(f"The query {text[:40]!r} has no word to look for; give some, as in: lost identity documents.")
    if not _has_operators(cleaned):
        return Query(" ".join(cleaned.split()), None, tuple(notes))
    state = _State(_tokens(cleaned))
    try:
        condition = _either(state)
    except _NotParsedError:
        notes.append("The operators of the query do not fit together, so it was read as plain words.")
        return Query(" ".join(words_of(cleaned)), None, tuple(notes))
    if not state.words:
        raise UsageError(f"The query {cleaned[:40]!r} says only what to leave out; add a word to look for.")
    return Query(" ".join(state.words), condition, tuple(notes))


def _has_operators(text: str) -> bool:
    shouted = text.upper() == text
    return bool(
        re.search(r'"|(?:^|[\s(])[+-]\w|\w\*|\*\w', text)
        or re.search(rf"(?:^|[\s(])(?:{'|'.join(FIELDS)}):\S", text)
        or (not shouted and re.search(r"(?:^|[\s(])(?:AND|OR|NOT)(?=[\s)]|$)", text))
    )


def _tokens(text: str) -> list[str]:
    if text.count('"') % 2:
        text = text.replace('"', " ")
    text = re.sub(r'(?:^|(?<=[\s(]))-(?=["(])', " NOT ", text)
    found = []
    for phrase, bracket, word in _TOKEN.findall(text):
        found.append(f'"{phrase}' if phrase else bracket or word)
    return [token for token in found if token in ("(", ")") or words_of(token)]


def _either(state: _State) -> Node | None:
    parts = [_both(state)]
    while state.peek() == "OR":
        state.position += 1
        parts.append(_both(state))
    if state.depth == 0 and state.peek():
        raise _NotParsedError
    kept = tuple(part for part in parts if part is not None)
    if len(kept) < len(parts):
        return None  # one alternative is free, so all is allowed
    return kept[0] if len(kept) == 1 else Group("or", kept)


def _both(state: _State) -> Node | None:
    parts: list[Node] = []
    joined = False
    bare: list[Node] = []
    while (token := state.peek()) not in ("", ")", "OR"):
        if token == "AND":  # noqa: S105 - an operator
            state.position += 1
            joined = True
            if state.peek() in ("", ")", "OR", "AND"):
                raise _NotParsedError
            continue
        node, required = _one(state)
        (parts if required else bare).append(node)
    if not parts and not bare:
        raise _NotParsedError
    if joined or state.depth or "OR" in state.tokens:
        parts += bare
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else Group("and", tuple(parts))


def _one(state: _State) -> tuple[Node, bool]:
    token = state.peek()
    state.position += 1
    if token == "NOT" or (token.startswith("-") and len(token) > 1):  # noqa: S105
        if token != "NOT":  # noqa: S105
            state.tokens[state.position - 1] = token[1:]
            state.position -= 1
        if state.peek() in ("", ")", "AND", "OR", "NOT"):
            raise _NotParsedError
        kept = list(state.words)
        node, _ = _one(state)
        state.words[:] = kept
        return Group("not", (node,)), True
    if token == "(":  # noqa: S105
        state.depth += 1
        if state.depth > DEEPEST:
            raise _NotParsedError
        inner = _either(state)
        if state.peek() != ")" or inner is None:
            raise _NotParsedError
        state.position += 1
        state.depth -= 1
        return inner, True
    required = token.startswith(("+", '"'))
    return _term(token.removeprefix("+"), state, required=required)


def _term(token: str, state: _State, *, required: bool) -> tuple[Node, bool]:
    name, colon, rest = token.partition(":")
    where = ""
    if colon and name in FIELDS:
        where, required, token = name, True, rest or state.peek()
        if not rest:
            state.position += 1
    words = tuple(words_of(token))
    if not words:
        raise _NotParsedError
    if where in ("", "text", "section", "title") or not state.words:
        state.words.extend(words)
    if "*" in token and not token.startswith('"'):
        stem = re.sub(r"[^\w*]|_", "", token)
        if len(stem.replace("*", "")) < _SHORTEST_STEM:
            raise _NotParsedError
        return Term((stem.lower(),), where, pattern=True), True
    return Term(words, where), required
