"""RDF terms and query results as plain frozen values, free of the engine that made them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from graph.namespaces import PREFIXES

PlainValue = str | int | float | bool | None

_XSD = PREFIXES["xsd"]
STRING = f"{_XSD}string"
LANG_STRING = f"{PREFIXES['rdf']}langString"
BOOLEAN = f"{_XSD}boolean"
WHOLE = frozenset(
    _XSD + name
    for name in ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
                 "nonPositiveInteger", "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort",
                 "unsignedByte")
)
BROKEN = frozenset(_XSD + name for name in ("decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Term:
    """One RDF term.

    `kind` is "iri", "literal", "bnode" or "triple"; `value` the IRI, the label or the lexical form (for a
    triple term its three parts in N-Triples); `datatype` the IRI of a literal's datatype (always there for a
    literal); `language` its tag.
    """

    kind: str
    value: str
    datatype: str | None = None
    language: str | None = None

    def python(self) -> PlainValue:
        """The value as int, float, bool or str; a number that is infinite, none or written wrongly stays text."""
        if self.datatype in WHOLE:
            return _number(self.value, whole=True)
        if self.datatype in BROKEN:
            return _number(self.value, whole=False)
        if self.datatype == BOOLEAN and self.value in {"true", "false", "1", "0"}:
            return self.value in {"true", "1"}
        return self.value

    def n3(self) -> str:
        """The term as N-Triples and SPARQL write it, everything escaped that needs it."""
        if self.kind == "iri":
            return f"<{escaped_iri(self.value)}>"
        if self.kind == "bnode":
            return f"_:{self.value}"
        if self.kind == "triple":
            return self.value
        text = f'"{escaped(self.value)}"'
        if self.language:
            return f"{text}@{self.language}"
        return text if self.datatype in {None, STRING} else f"{text}^^<{self.datatype}>"


Row = tuple[Term | None, ...]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """What a query gave.

    `kind` is "select", "ask" or "graph". `columns` are the variables in the order of the query (`SELECT *` in
    order of first appearance), `rows` the solutions; `boolean` is the answer of an ASK; `triples` those of a
    CONSTRUCT or DESCRIBE, each once. `truncated` says that there was more than the limit of rows; `seconds`
    is the time from the call to the last row. Many rows are no tuple but a sequence that reads them from a file
    whenever somebody goes through them.
    """

    kind: str
    columns: tuple[str, ...] = ()
    rows: Sequence[Row] = ()
    boolean: bool | None = None
    triples: Sequence[tuple[Term, Term, Term]] = ()
    truncated: bool = False
    seconds: float = 0.0

    def records(self) -> list[dict[str, PlainValue]]:
        """Each row as a dictionary of plain values, in the order of the columns."""
        return list(self.each_record())

    def each_record(self) -> Iterator[dict[str, PlainValue]]:
        """As `records`, one at a time."""
        for row in self.rows:
            yield {name: None if term is None else term.python() for name, term in zip(self.columns, row, strict=True)}


_ESCAPES = str.maketrans({
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\x7f": "\\u007F",
    **{chr(code): f"\\u{code:04X}" for code in range(32) if chr(code) not in "\n\r\t\b\f"},
})
_IRI_ESCAPES = str.maketrans({c: f"\\u{ord(c):04X}" for c in '<>"{}|^`\\' + "".join(map(chr, range(33)))})


def escaped(text: str) -> str:
    """The text as it may stand between double quotes in N-Triples and SPARQL."""
    return text.translate(_ESCAPES)


def escaped_iri(text: str) -> str:
    """The text as it may stand between angle brackets in N-Triples and SPARQL."""
    return text.translate(_IRI_ESCAPES)


def _number(text: str, *, whole: bool) -> PlainValue:
    try:
        value = Decimal(text.strip().replace("INF", "Infinity"))
    except InvalidOperation:
        return text
    if not whole:
        number = float(value)
        return number if math.isfinite(number) else text
    return int(value) if value.is_finite() and abs(value.adjusted()) < 400 else text
