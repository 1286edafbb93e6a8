"""A query result as bytes: the W3C forms as they are specified, and forms for people and for other programs.

Sources: SPARQL 1.1 Query Results JSON Format, SPARQL Query Results XML Format (Second Edition), SPARQL 1.1
Query Results CSV and TSV Formats. "csv" and "tsv" are raw, as specified; "spreadsheet-csv" and "xlsx" are safe
to open in a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph import result_graphs, result_tables, result_w3c
from graph.terms import QueryResult
from ontology.errors import UsageError

_SELECT: Mapping[str, Callable[[QueryResult], bytes]] = {
    "table": result_tables.table,
    "json": result_w3c.json_results,
    "jsonl": result_tables.jsonl,
    "csv": result_w3c.csv_results,
    "tsv": result_w3c.tsv_results,
    "xml": result_w3c.xml_results,
    "spreadsheet-csv": result_tables.spreadsheet_csv,
    "xlsx": result_tables.xlsx,
    "parquet": result_tables.parquet,
}
_ASK: Mapping[str, Callable[[QueryResult], bytes]] = {
    "table": result_tables.table,
    "json": result_w3c.json_results,
    "xml": result_w3c.xml_results,
    "csv": result_tables.boolean_csv,
}
_GRAPH: Mapping[str, Callable[[QueryResult], bytes]] = {
    "table": result_tables.table,
    "turtle": result_graphs.turtle,
    "ntriples": result_graphs.ntriples,
    "rdfxml": result_graphs.rdfxml,
    "jsonld": result_graphs.jsonld,
}
_WRITERS = {"select": _SELECT, "ask": _ASK, "graph": _GRAPH}
_KINDS = {"select": "a table of rows", "ask": "a yes or no", "graph": "a graph"}
_BINARY = frozenset({"xlsx", "parquet"})
FORMS = tuple(dict.fromkeys(form for writers in _WRITERS.values() for form in writers))


def write_result(result: QueryResult, form: str) -> bytes:
    """The result in one of the `FORMS`; the same result gives the same bytes.

    Raises:
        UsageError: there is no such form, or it does not fit what the query gives.
    """
    writers = _WRITERS[result.kind]
    if form not in FORMS:
        raise UsageError(f"There is no form {form[:40]!r}; give one of {', '.join(FORMS)}.")
    if form not in writers:
        raise UsageError(f"{form} cannot hold {_KINDS[result.kind]}, which this query gives; "
                         f"give one of {', '.join(writers)}.")
    return writers[form](result)


def is_binary(form: str) -> bool:
    """Whether the bytes of a form are no text."""
    return form in _BINARY
