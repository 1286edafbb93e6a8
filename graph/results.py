"""A query result as bytes: the W3C forms as they are specified, and forms for people and for other programs.

Sources: SPARQL 1.1 Query Results JSON Format, SPARQL Query Results XML Format (Second Edition), SPARQL 1.1
Query Results CSV and TSV Formats. "csv" and "tsv" are raw, as specified; "spreadsheet-csv" and "xlsx" are safe
to open in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graph import result_binary, result_graphs, result_tables, result_w3c
from graph.compact import compacted
from graph.terms import QueryResult
from ontology.errors import UsageError

Writer = Callable[[QueryResult], Iterator[bytes]]

_SELECT: Mapping[str, Writer] = {
    "table": result_tables.table,
    "json": result_w3c.json_results,
    "jsonl": result_tables.jsonl,
    "csv": result_w3c.csv_results,
    "tsv": result_w3c.tsv_results,
    "xml": result_w3c.xml_results,
    "spreadsheet-csv": result_tables.spreadsheet_csv,
    "xlsx": result_binary.xlsx,
    "parquet": result_binary.parquet,
}
_ASK: Mapping[str, Writer] = {
    "table": result_tables.table,
    "json": result_w3c.json_results,
    "xml": result_w3c.xml_results,
    "csv": result_tables.boolean_csv,
}
_GRAPH: Mapping[str, Writer] = {
    "table": result_tables.table,
    "turtle": result_graphs.turtle,
    "ntriples": result_graphs.ntriples,
    "nquads": result_graphs.ntriples,
    "rdfxml": result_graphs.rdfxml,
    "jsonld": result_graphs.jsonld,
    "graphml": result_graphs.graphml,
}
# The forms of specifications that have whole IRIs only; JSON-LD has a context for them.
_WHOLE_IRIS = frozenset({"json", "xml", "ntriples", "nquads", "rdfxml"})
_WRITERS = {"select": _SELECT, "ask": _ASK, "graph": _GRAPH}
_KINDS = {"select": "a table of rows", "ask": "a yes or no", "graph": "a graph"}
_BINARY = frozenset({"xlsx", "parquet"})
FORMS = tuple(dict.fromkeys(form for writers in _WRITERS.values() for form in writers))


def write_result(result: QueryResult, form: str, *, compact: bool = False) -> bytes:
    """The result in one of the `FORMS`, whole; see `result_pieces`."""
    return b"".join(result_pieces(result, form, compact=compact))


def result_pieces(result: QueryResult, form: str, *, compact: bool = False) -> Iterator[bytes]:
    """The result in one of the `FORMS`, piece by piece; the same result gives the same bytes.

    Args:
        result: of a query.
        form: one of `FORMS`.
        compact: write IRIs with the usual prefixes where that is not done anyway.

    Raises:
        UsageError: there is no such form, or it does not fit what the query gives; raised before the first piece.
    """
    writers = _WRITERS[result.kind]
    if form not in FORMS:
        raise UsageError(f"There is no form {form[:40]!r}; give one of {', '.join(FORMS)}.")
    if form not in writers:
        raise UsageError(f"{form} cannot hold {_KINDS[result.kind]}, which this query gives; "
                         f"give one of {', '.join(writers)}.")
    if compact and form in _WHOLE_IRIS:
        raise UsageError(f"{form} has whole IRIs only; leave the prefixes out, or choose another form.")
    if compact and form == "jsonld":
        return result_graphs.compact_jsonld(result)
    if compact and form not in {"turtle", "graphml"}:
        return writers[form](compacted(result))
    return writers[form](result)


def is_binary(form: str) -> bool:
    """Whether the bytes of a form are no text."""
    return form in _BINARY
