"""Query results in the forms of the W3C, piece by piece: JSON, XML, CSV, TSV."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar
from xml.sax.saxutils import escape, quoteattr

from graph.namespaces import PREFIXES
from graph.terms import BOOLEAN, LANG_STRING, STRING, QueryResult, Row, Term

T = TypeVar("T")
PIECE = 2_000  # rows that are written at once

_NAMESPACE = "http://www.w3.org/2005/sparql-results#"
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TURTLE_NUMBERS = {
    f"{PREFIXES['xsd']}integer": re.compile(r"[+-]?\d+", re.ASCII),
    f"{PREFIXES['xsd']}decimal": re.compile(r"[+-]?\d*\.\d+", re.ASCII),
    f"{PREFIXES['xsd']}double": re.compile(r"[+-]?(\d+\.\d*|\.?\d+)[eE][+-]?\d+", re.ASCII),
}


def json_results(result: QueryResult) -> Iterator[bytes]:
    """SPARQL 1.1 Query Results JSON; `"truncated": true` on top where there were more rows."""
    head = {"vars": list(result.columns)} if result.kind == "select" else {}
    begin = f'{{"head": {_compact(head)}' + (',\n"truncated": true' if result.truncated else "")
    if result.kind == "ask":
        yield f'{begin},\n"boolean": {_compact(result.boolean)}}}\n'.encode()
        return
    bindings = (
        {name: _json_term(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
        for row in result.rows
    )
    yield f'{begin},\n"results": {{"bindings": [\n'.encode()
    between = ""
    for piece in batched(map(_compact, bindings), PIECE):
        yield (between + ",\n".join(piece)).encode()
        between = ",\n"
    yield b"\n]}}\n"


def xml_results(result: QueryResult) -> Iterator[bytes]:
    """SPARQL Query Results XML; a cut is told in a comment, since the form has no place for it.

    Characters that no XML can hold become U+FFFD.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_NAMESPACE}">', "<head>"]
    lines += [f"<variable name={_attribute(name)}/>" for name in result.columns]
    lines.append("</head>")
    if result.kind == "ask":
        lines.append(f"<boolean>{str(result.boolean).lower()}</boolean>")
    yield _lines(lines)
    if result.kind != "ask":
        yield b"<results>\n"
        yield from (_lines(piece) for piece in batched((_xml_row(result.columns, row) for row in result.rows), PIECE))
        yield b"</results>\n"
    note = ["<!-- truncated: there were more rows than the limit -->"] if result.truncated else []
    yield _lines([*note, "</sparql>"])


def csv_results(result: QueryResult) -> Iterator[bytes]:
    """SPARQL 1.1 CSV: plain values, CRLF; what is no number is quoted where it must be."""
    yield separated([result.columns])
    for piece in batched(result.rows, PIECE):
        yield separated([_csv_term(term) for term in row] for row in piece)


def tsv_results(result: QueryResult) -> Iterator[bytes]:
    """SPARQL 1.1 TSV: terms as Turtle writes them, so that nothing of them is lost."""
    yield _lines(["\t".join(f"?{name}" for name in result.columns)])
    for piece in batched(result.rows, PIECE):
        yield _lines("\t".join("" if term is None else _tsv_term(term) for term in row) for row in piece)


def separated(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of a CSV file."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def batched(values: Iterable[T], size: int) -> Iterator[tuple[T, ...]]:
    """The values in tuples of so many; the last may be shorter."""
    waiting = iter(values)
    while piece := tuple(islice(waiting, size)):
        yield piece


def _lines(lines: Iterable[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def _xml_row(columns: Sequence[str], row: Row) -> str:
    named = zip(columns, row, strict=True)
    cells = [f"<binding name={_attribute(n)}>{_xml_term(t)}</binding>" for n, t in named if t is not None]
    return f"<result>{''.join(cells)}</result>"


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _json_term(term: Term) -> dict[str, str]:
    if term.kind == "literal":
        value = {"type": "literal", "value": term.value}
        if term.language:
            return {**value, "xml:lang": term.language}
        return value if term.datatype in {None, STRING} else {**value, "datatype": str(term.datatype)}
    return {"type": {"iri": "uri"}.get(term.kind, term.kind), "value": term.value}


def _xml_term(term: Term) -> str:
    text = escape(_XML_ILLEGAL.sub("\ufffd", term.value)).replace("\r", "&#13;")
    if term.kind != "literal":
        tag = {"iri": "uri"}.get(term.kind, term.kind)
        return f"<{tag}>{text}</{tag}>"
    if term.language:
        return f"<literal xml:lang={_attribute(term.language)}>{text}</literal>"
    if term.datatype in {None, STRING, LANG_STRING}:
        return f"<literal>{text}</literal>"
    return f"<literal datatype={_attribute(str(term.datatype))}>{text}</literal>"


def _attribute(text: str) -> str:
    return quoteattr(_XML_ILLEGAL.sub("\ufffd", text))


def _csv_term(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if term.kind == "bnode" else term.value


def _tsv_term(term: Term) -> str:
    number = _TURTLE_NUMBERS.get(term.datatype or "")
    if number and number.fullmatch(term.value):
        return term.value
    if term.datatype == BOOLEAN and term.value in {"true", "false"}:
        return term.value
    return term.n3()
