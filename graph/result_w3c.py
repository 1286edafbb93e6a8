"""Query results in the forms of the W3C: JSON, XML, CSV, TSV."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.namespaces import PREFIXES
from graph.terms import BOOLEAN, LANG_STRING, STRING, QueryResult, Term

_NAMESPACE = "http://www.w3.org/2005/sparql-results#"
_XML_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_TURTLE_NUMBERS = {
    f"{PREFIXES['xsd']}integer": re.compile(r"[+-]?\d+", re.ASCII),
    f"{PREFIXES['xsd']}decimal": re.compile(r"[+-]?\d*\.\d+", re.ASCII),
    f"{PREFIXES['xsd']}double": re.compile(r"[+-]?(\d+\.\d*|\.?\d+)[eE][+-]?\d+", re.ASCII),
}


def json_results(result: QueryResult) -> bytes:
    """SPARQL 1.1 Query Results JSON; `"truncated": true` on top where there were more rows."""
    head = {"vars": list(result.columns)} if result.kind == "select" else {}
    parts = [f'"head": {_compact(head)}']
    if result.truncated:
        parts.append('"truncated": true')
    if result.kind == "ask":
        parts.append(f'"boolean": {_compact(result.boolean)}')
    else:
        bindings = (
            {name: _json_term(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
            for row in result.rows
        )
        listed = ",\n".join(_compact(binding) for binding in bindings)
        parts.append(f'"results": {{"bindings": [\n{listed}\n]}}')
    return ("{" + ",\n".join(parts) + "}\n").encode()


def xml_results(result: QueryResult) -> bytes:
    """SPARQL Query Results XML; a cut is told in a comment, since the form has no place for it.

    Characters that no XML can hold become U+FFFD.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<sparql xmlns="{_NAMESPACE}">', "<head>"]
    lines += [f"<variable name={_attribute(name)}/>" for name in result.columns]
    lines.append("</head>")
    if result.kind == "ask":
        lines.append(f"<boolean>{str(result.boolean).lower()}</boolean>")
    else:
        lines.append("<results>")
        for row in result.rows:
            named = zip(result.columns, row, strict=True)
            cells = [f"<binding name={_attribute(n)}>{_xml_term(t)}</binding>" for n, t in named if t is not None]
            lines.append(f"<result>{''.join(cells)}</result>")
        lines.append("</results>")
    if result.truncated:
        lines.append("<!-- truncated: there were more rows than the limit -->")
    return ("\n".join([*lines, "</sparql>"]) + "\n").encode()


def csv_results(result: QueryResult) -> bytes:
    """SPARQL 1.1 CSV: plain values, CRLF; what is no number is quoted where it must be."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(result.columns)
    writer.writerows([_csv_term(term) for term in row] for row in result.rows)
    return out.getvalue().encode()


def tsv_results(result: QueryResult) -> bytes:
    """SPARQL 1.1 TSV: terms as Turtle writes them, so that nothing of them is lost."""
    lines = ["\t".join(f"?{name}" for name in result.columns)]
    lines += ["\t".join("" if term is None else _tsv_term(term) for term in row) for row in result.rows]
    return ("\n".join(lines) + "\n").encode()


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
