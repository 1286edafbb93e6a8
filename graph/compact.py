"""IRIs written with the usual prefixes (objective:10), where somebody asks for it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from graph.guard import OFFERED
from graph.rows import LazyRows
from graph.terms import STRING, QueryResult, Row, Term

# What SPARQL and Turtle take for the local part of a prefixed name without an escape.
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.\-]*[A-Za-z0-9_\-])?")
_BY_LENGTH = sorted(OFFERED.items(), key=lambda item: (-len(item[1]), item[0]))


@lru_cache(maxsize=65_536)
def compact_iri(iri: str) -> str | None:
    """The prefixed name of an IRI by the longest namespace that fits; `None` where there is none."""
    for prefix, namespace in _BY_LENGTH:
        if iri.startswith(namespace) and _LOCAL.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace):]}"
    return None


def compacted(result: QueryResult) -> QueryResult:
    """The result with those IRIs that a prefix fits as prefixed names, which are plain text then."""
    rows, triples = result.rows, result.triples
    if result.kind == "select":
        return replace(result, rows=LazyRows(len(rows), lambda: map(_compacted, rows)))
    return replace(result, triples=LazyRows(len(triples), lambda: map(_compacted, triples)))  # type: ignore[arg-type]


def _compacted(row: Row) -> Row:
    return tuple([_name(term) if term is not None and term.kind == "iri" else term for term in row])


def _name(term: Term) -> Term:
    name = compact_iri(term.value)
    return term if name is None else Term("literal", name, STRING)
