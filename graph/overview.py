"""What the graph says of each document as a whole, for listings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.store import GraphReader
from ontology.iris import ID

_QUERY = """
SELECT ?document ?title ?type ?date ?publisher ?language ?place WHERE {
  ?document a gcm:Document ; dcterms:title ?title ; gcm:documentType ?type .
  OPTIONAL { ?document dcterms:issued ?date }
  OPTIONAL { ?document dcterms:publisher ?publisher }
  OPTIONAL { ?document dcterms:language ?language }
  OPTIONAL { ?document gcm:geographicScope/skos:prefLabel ?area }
  OPTIONAL { ?document gcm:geographicScopeText ?region }
  BIND(COALESCE(?area, ?region) AS ?place)
} ORDER BY ?document ?place
"""


def document_overview(reader: GraphReader) -> dict[str, dict[str, Any]]:
    """Slug → title, type, date, publisher, language, places (a list) of each document."""
    found: dict[str, dict[str, Any]] = {}
    for row in reader.select(_QUERY):
        slug = str(row["document"]).removeprefix(f"{ID}document/")
        entry = found.setdefault(
            slug, {name: row[name] for name in ("title", "type", "date", "publisher", "language")} | {"places": []}
        )
        if row["place"] and row["place"] not in entry["places"]:
            entry["places"].append(row["place"])
    return dict(sorted(found.items()))


def store_overview(reader: GraphReader, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Model, pipeline, counts and documents of a published generation."""
    told = {name: manifest[name] for name in ("model", "pipeline", "counts")}
    return {**told, "documents": store_documents(reader, manifest["documents"])}


def store_documents(reader: GraphReader, entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What graph and manifest say of each document together, in the order of the manifest.

    Args:
        reader: the graph.
        entries: the documents of the manifest.
    """
    known = document_overview(reader)
    names = ("slug", "sha256", "pages", "passages", "statements", "objective_links", "path")
    return [{"document": e["name"], **known.get(e["slug"], {}), **{n: e[n] for n in names}} for e in entries]
