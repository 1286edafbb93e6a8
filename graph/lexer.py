"""A lexer of the SPARQL grammar, as Oxigraph reads it: tokens, without ever mistaking text for code.

Terminals are those of SPARQL 1.1, section 19.8, and of 1.2 where Oxigraph has them. Two things make it exact
against a parser that has no lexer: strings are tried long before short, and `<` is an operator only behind an
operand inside the brackets of an expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ontology.errors import QueryError

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", "\\": "\\", '"': '"', "'": "'"}
_START = f"{_BASE}_"
_NAME = f"{_START}\\-0-9\u00b7\u0300-\u036f\u203f-\u2040"
_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_ECHAR = rf"\\[tbnrf\\\"']|{_UCHAR}"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"

_PATTERNS = {
    "space": r"[ \t\r\n]+",
    "comment": r"#[^\r\n]*",
    "string": (
        rf"'''(?:'{{0,2}}(?:[^'\\]|{_ECHAR}))*'''|\"\"\"(?:\"{{0,2}}(?:[^\"\\]|{_ECHAR}))*\"\"\""
        rf"|'(?:[^'\\\r\n]|{_ECHAR})*'|\"(?:[^\"\\\r\n]|{_ECHAR})*\""
    ),
    "variable": rf"[?$][{_START}0-9][{_START}0-9\u00b7\u0300-\u036f\u203f-\u2040]*",
    "language": r"@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[A-Za-z]+)?",
    "blank": rf"_:[{_START}0-9](?:\.*[{_NAME}])*",
    "number": r"[0-9]+\.[0-9]*[eE][+-]?[0-9]+|\.?[0-9]+[eE][+-]?[0-9]+|[0-9]*\.[0-9]+|[0-9]+",
    "word": rf"(?:[A-Za-z_]|{_UCHAR})(?:[A-Za-z0-9_]|{_UCHAR})*",
    "sign": r"\^\^|&&|\|\||!=|>=|>>|\{\||\|\}|[{}()\[\].;,*/+\-|^?!=>~&@$]",
}
_NEXT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _PATTERNS.items()))
_IRI = re.compile(rf"<(?:[^\x00-\x20<>\"{{}}|^`\\]|{_UCHAR})*>")
_RUN = re.compile(rf"[{_BASE}](?:\.*[{_NAME}])*")
_LOCAL = re.compile(rf"(?:[{_START}:0-9]|{_PLX})(?:\.*(?:[{_NAME}:]|{_PLX}))*")
_OPERANDS = frozenset({"string", "variable", "language", "blank", "number", "iri", "name"})
_OPENING = {"{": "}", "{|": "|}", "(": ")", "[": "]", "<<": ">>"}
_CLOSING = frozenset(_OPENING.values())


@dataclass(frozen=True, slots=True)
class Token:
    """One terminal of the query.

    `kind` is string, variable, language, blank, number, iri, name (a prefixed name), word (a keyword or a
    function) or sign; `depth` counts the brackets that are open before it.
    """

    kind: str
    text: str
    start: int
    depth: int

    @property
    def keyword(self) -> str:
        """The word in capitals, its escapes resolved; empty for anything but a word."""
        return unescaped(self.text).upper() if self.kind == "word" else ""


def tokens(query: str) -> tuple[Token, ...]:
    """The tokens of a query without white space and comments; linear in its length.

    Raises:
        QueryError: a character that begins no token, such as the quote of a string that never ends.
    """
    return tuple(_Lexer(query).run())


def place(query: str, offset: int) -> str:
    """Line and column of an offset, for a message."""
    before = query[:offset].replace("\r\n", "\n").replace("\r", "\n")
    return f"line {before.count(chr(10)) + 1}, column {len(before) - before.rfind(chr(10))}"


def unescaped(text: str) -> str:
    """The text with its `\\u` and `\\U` escapes resolved; one beyond Unicode becomes U+FFFD."""
    return re.sub(_UCHAR, lambda found: _character(int(found[0][2:], 16)), text)


def string_value(text: str) -> str:
    """The text that a string token stands for, without its quotes and with its escapes resolved."""
    width = 3 if text[:3] in {"'''", '"""'} and len(text) >= 6 else 1
    return re.sub(_ECHAR, lambda found: _ESCAPED.get(found[0][1]) or unescaped(found[0]), text[width:-width])


def _character(code: int) -> str:
    return chr(code) if code <= 0x10FFFF else "\ufffd"


class _Lexer:
    """Walks through the query, keeping the open brackets and what kind of place each makes."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._frames: list[tuple[str, str]] = [("", "query")]
        self._last: list[Token] = []
        self._run_without_colon = 0

    def run(self) -> Iterator[Token]:
        position = 0
        while position < len(self._query):
            kind, end = self._match(position)
            if kind not in {"space", "comment"}:
                token = Token(kind, self._query[position:end], position, len(self._frames) - 1)
                yield token
                self._follow(token)
            position = end

    def _match(self, position: int) -> tuple[str, int]:
        if self._query[position] == "<":
            return self._angle(position)
        if end := self._prefixed_name(position):
            return "name", end
        found = _NEXT.match(self._query, position)
        if found is None or found.lastgroup is None:
            raise QueryError(
                f"The query does not parse at {place(self._query, position)}: {self._query[position]!r} begins "
                "nothing that SPARQL knows; close the string or bracket before it, or remove it."
            )
        return found.lastgroup, found.end()

    def _prefixed_name(self, position: int) -> int:
        """The end of the prefixed name that begins here, or 0; a run of letters is looked through once only."""
        colon = position
        if self._query[position] != ":":
            if position < self._run_without_colon:
                return 0
            run = _RUN.match(self._query, position)
            if run is None:
                return 0
            colon = run.end()
            if not self._query.startswith(":", colon):
                self._run_without_colon = colon
                return 0
        local = _LOCAL.match(self._query, colon + 1)
        return local.end() if local else colon + 1

    def _angle(self, position: int) -> tuple[str, int]:
        operator = self._frames[-1][1] == "expression" and self._after_operand()
        found = None if operator else _IRI.match(self._query, position)
        if found:
            return "iri", found.end()
        text = self._query[position : position + 2]
        return "sign", position + (2 if text == "<=" or (text == "<<" and not operator) else 1)

    def _after_operand(self) -> bool:
        if not self._last:
            return False
        last = self._last[-1]
        return last.kind in _OPERANDS or last.text in _CLOSING or last.keyword in {"TRUE", "FALSE"}

    def _follow(self, token: Token) -> None:
        if token.kind == "sign" and token.text in _OPENING:
            self._frames.append((_OPENING[token.text], self._frame(token.text)))
        elif token.kind == "sign" and len(self._frames) > 1 and token.text == self._frames[-1][0]:
            self._frames.pop()
        elif token.keyword.startswith("SELECT") and self._last and self._last[-1].text == "{":
            self._frames[-1] = (self._frames[-1][0], "query")
        self._last = [*self._last[-1:], token]

    def _frame(self, bracket: str) -> str:
        """What stands inside a bracket: a graph pattern, a query, an expression, or terms of a triple."""
        outer = self._frames[-1][1]
        if bracket != "(":
            return "pattern" if bracket == "{" else "terms"
        last = self._last[-1] if self._last else None
        if last is None or last.text == "<<" or last.keyword in {"VALUES", "A", "TRUE", "FALSE"}:
            return "terms"
        if outer in {"expression", "query"} or last.kind == "word":
            return "expression" if outer != "terms" else "terms"
        called = last.kind in {"iri", "name"} and len(self._last) > 1 and self._last[-2].keyword == "FILTER"
        return "expression" if called and outer == "pattern" else "terms"
