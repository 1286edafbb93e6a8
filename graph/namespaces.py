"""The terms of the graph: namespaces, their prefixes, and literals in the one form that a store gives back."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from ontology import iris

PREFIXES: Mapping[str, str] = MappingProxyType({
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "gcm": iris.ONTOLOGY,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sdg": iris.SDG,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
})
ONTOLOGY_GRAPH = f"{iris.ID}graph/ontology"
DERIVED_GRAPH = f"{iris.ID}derived"
SECTION_MARK = " > "

_SURROGATE = re.compile("[\ud800-\udfff]")
_DATE_FORMS = (
    (re.compile(r"\d{4}"), "gYear", "-01-01"),
    (re.compile(r"\d{4}-\d{2}"), "gYearMonth", "-01"),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), "date", ""),
)


@lru_cache(maxsize=512)
def term(name: str) -> ox.NamedNode:
    """The node of a prefixed name ("skos:prefLabel") or of a full IRI.

    Raises:
        ValueError: the text is no IRI.
    """
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else name)


def text(value: str) -> ox.Literal:
    """A plain literal with exactly these characters.

    Half of a surrogate pair is no character, and no RDF, JSON or Parquet can hold it: each becomes one
    U+FFFD, so that all offsets stay true. Everything else, control characters too, is kept.
    """
    return ox.Literal(_SURROGATE.sub("\ufffd", value))


def typed(value: str, datatype: str) -> ox.Literal:
    """A literal of a datatype given by its prefixed name."""
    return ox.Literal(value, datatype=term(datatype))


def decimal(value: float, digits: int) -> ox.Literal:
    """An `xsd:decimal` in canonical form ("0.5", never "0.50"), rounded to so many digits.

    The store keeps numbers by value; only the canonical form comes out as it went in.
    """
    rounded = format(Decimal(repr(round(float(value), digits))), "f")
    canonical = rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
    return typed("0" if canonical == "-0" else canonical, "xsd:decimal")


def issued(value: str) -> ox.Literal:
    """A date as precise as it is given: a year, a month, a day, or plain text where it is none of these."""
    for form, datatype, rest in _DATE_FORMS:
        if form.fullmatch(value) and _is_date(value + rest):
            return typed(value, f"xsd:{datatype}")
    return text(value)


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def listed(values: Sequence[str]) -> ox.Literal:
    """A list of texts, in order, as one JSON literal."""
    clean = [_SURROGATE.sub("\ufffd", value) for value in values]
    return typed(json.dumps(clean, ensure_ascii=False, separators=(",", ":")), "rdf:JSON")
