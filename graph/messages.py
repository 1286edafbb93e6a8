"""What the parser of Oxigraph says, as one sentence for the person who wrote the query."""

from __future__ import annotations

import re

from ontology.errors import QueryError

_WHERE = re.compile(r"error at (\d+):(\d+): expected (.*)", re.DOTALL)
_SENTENCE = re.compile(r"(?:one of )?([A-Z][a-z]+ [^,\[\]\"]{4,}|IRI parsing failed)")
_WORDS = re.compile(r"\b([A-Z][A-Z ]*[A-Z])\b")
_CODE = re.compile(r"[0-9A-F]{4,}|.")
_SHOWN = 24
_PLAIN = {"IRI parsing failed": "an IRI there is not absolute, or not well formed"}


def syntax_error(query: str, message: str) -> QueryError:
    """An error that says line, column, what stands there and what the parser would have taken."""
    found = _WHERE.match(message)
    if found is None:
        return QueryError(f"The query does not parse: {' '.join(message.split())}; mend it and run it again.")
    line, column, expected = int(found[1]), int(found[2]), " ".join(found[3].split())
    return QueryError(
        f"The query does not parse at line {line}, column {column}, {_beside(query, line, column)}: {_why(expected)}."
    )


def _beside(query: str, line: int, column: int) -> str:
    lines = re.split(r"\n", query)
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if rest:
        return f"before {rest[:_SHOWN]!r}"
    return "at its end" if line >= len(lines) else "at the end of the line"


def _why(expected: str) -> str:
    sentence = _SENTENCE.search(expected)
    if sentence:
        text = sentence[1].strip()
        return _PLAIN.get(text, text[0].lower() + text[1:])
    words = sorted({word for word in _WORDS.findall(expected) if not _CODE.fullmatch(word)})
    if words:
        return f"something is missing or misplaced here (the parser would take {', '.join(words[:6])})"
    return "something is missing or misplaced here, such as a bracket, a dot or a quote"
