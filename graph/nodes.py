"""One document's graph as nodes in memory: what the records are made from, read in one pass."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence

import pyoxigraph as ox

from graph.namespaces import SECTION_MARK, term
from graph.store import GraphReader, python_value
from ontology import iris
from ontology.model import Span

RDF_TYPE = term("rdf:type").value


class DocumentNodes:
    """The nodes of one document with their values; memory is that of one document, not of the store."""

    def __init__(self, reader: GraphReader, slug: str) -> None:
        self.slug = slug
        self.document = iris.document(slug)
        self._values: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
        self._types: dict[str, list[str]] = defaultdict(list)
        for quad in reader.quads(iris.document_graph(slug)):
            self._keep(quad)

    def _keep(self, quad: ox.Quad) -> None:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode | ox.Literal):
            return
        self._values[subject.value][predicate].append(value)
        if predicate == RDF_TYPE:
            self._types[value.value].append(subject.value)

    def of_type(self, name: str) -> list[str]:
        """Nodes of a class given by its prefixed name, sorted."""
        return sorted(self._types.get(term(name).value, ()))

    def all(self, node: str, predicate: str) -> tuple[str, ...]:
        """The values as text, sorted."""
        return tuple(sorted(v.value for v in self._values.get(node, {}).get(term(predicate).value, ())))

    def one(self, node: str, predicate: str) -> str | None:
        """The value as text; the first in order where there are several, `None` where there is none."""
        return next(iter(self.all(node, predicate)), None)

    def number(self, node: str, predicate: str) -> int | None:
        """The value as a whole number."""
        value = self._number(node, predicate)
        return None if value is None else int(value)

    def decimal(self, node: str, predicate: str, default: float = 0.0) -> float:
        """The value as a number."""
        value = self._number(node, predicate)
        return default if value is None else float(value)

    def flag(self, node: str, predicate: str) -> bool:
        """Whether the value is true."""
        return self.one(node, predicate) == "true"

    def offsets(self, node: str) -> tuple[int, int, str]:
        """Start, end and exact quote of a passage or other evidence."""
        selector = self.one(node, "oa:hasSelector") or ""
        start, end = self.number(selector, "oa:start"), self.number(selector, "oa:end")
        return start or 0, end or 0, self.one(selector, "oa:exact") or ""

    def fragments(self, node: str) -> tuple[Span, ...]:
        """All stretches of the evidence, in the order of the text."""
        pairs = [text.split("-") for text in self.all(node, "gcm:fragment")]
        spans = sorted((Span(int(start), int(end)) for start, end in pairs), key=lambda s: (s.start, s.end))
        start, end, _ = self.offsets(node)
        return tuple(spans) or (Span(start, end),)

    def section(self, node: str) -> tuple[str, ...]:
        """The heading path, outermost first."""
        exact = self.one(node, "gcm:sectionPath")
        if exact is not None:
            return tuple(json.loads(exact))
        joined = self.one(node, "gcm:section")
        return () if joined is None else tuple(joined.split(SECTION_MARK))

    def listed(self, node: str, predicate: str) -> tuple[str, ...]:
        """The elements of a JSON list."""
        value = self.one(node, predicate)
        return () if value is None else tuple(json.loads(value))

    def objective_numbers(self, node: str) -> tuple[int, ...]:
        """The numbers of the objectives that a link or statement names, sorted."""
        found = (iri.removeprefix(iris.objective(0)[:-1]) for iri in self.all(node, "gcm:objective"))
        return tuple(sorted(int(number) for number in found if number.isdecimal()))

    def sdg_codes(self, node: str) -> tuple[str, ...]:
        """The codes of the goals and targets that a link or statement names, in the order of their numbers."""
        return tuple(sorted((iri.removeprefix(iris.SDG) for iri in self.all(node, "gcm:sdg")), key=code_order))

    def principles(self, node: str) -> tuple[str, ...]:
        """The slugs of the principles that a link names, sorted."""
        return tuple(iri.removeprefix(iris.principle("")) for iri in self.all(node, "gcm:principle"))

    def passages_of(self, evidence: str) -> tuple[str, ...]:
        """The passages that evidence stands in: itself, or those it names, in reading order."""
        named = self.all(evidence, "gcm:passage")
        return tuple(sorted(named, key=lambda p: self.number(p, "gcm:passageIndex") or 0)) or (evidence,)

    def _number(self, node: str, predicate: str) -> int | float | None:
        values: Sequence[ox.NamedNode | ox.Literal] = self._values.get(node, {}).get(term(predicate).value, ())
        value = python_value(values[0]) if values else None
        return value if isinstance(value, int | float) else None


def documents_by_name(reader: GraphReader) -> list[tuple[str, str]]:
    """File name and slug of every document, sorted by name."""
    rows = reader.select("SELECT ?document ?name WHERE { ?document a gcm:Document ; gcm:fileName ?name }")
    return sorted((str(row["name"]), str(row["document"]).removeprefix(iris.document(""))) for row in rows)


def code_order(code: str) -> tuple[int, int, str]:
    """Sort key of a goal or target: "2" before "10", "10.7" before "10.10", "10.a" last."""
    goal, _, target = code.partition(".")
    return int(goal) if goal.isdecimal() else 0, int(target) if target.isdecimal() else 1000 if target else 0, code
