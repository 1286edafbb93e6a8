"""One document's graph as nodes in memory: what the records are made from, read in one pass."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pyoxigraph as ox

from graph.namespaces import SECTION_MARK, term
from graph.store import GraphReader, python_value
from ontology import iris
from ontology.document import Span

Value = ox.NamedNode | ox.Literal


class DocumentNodes:
    """The nodes of one document with their values; memory is that of one document, not of the store.

    A property is read from the store, for all nodes, when it is first asked for: reading all of them takes four
    times as long as the few that make an entry of the index.
    """

    def __init__(self, reader: GraphReader, slug: str) -> None:
        self.slug = slug
        self.document = iris.document(slug)
        self._reader = reader
        self._graph = iris.document_graph(slug)
        self._properties: dict[str, Mapping[str, Sequence[Value]]] = {}
        self._types: Mapping[str, Sequence[str]] | None = None

    def of_type(self, name: str) -> list[str]:
        """Nodes of a class given by its prefixed name, sorted."""
        if self._types is None:
            types = defaultdict[str, list[str]](list)
            for node, classes in self._values("rdf:type").items():
                for value in classes:
                    types[value.value].append(node)
            self._types = types
        return sorted(self._types.get(term(name).value, ()))

    def all(self, node: str, predicate: str) -> tuple[str, ...]:
        """The values as text, sorted."""
        values = self._values(predicate).get(node, ())
        return tuple(sorted(v.value for v in values)) if len(values) != 1 else (values[0].value,)

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
        values = self._values(predicate).get(node, ())
        value = python_value(values[0]) if values else None
        return value if isinstance(value, int | float) else None

    def _values(self, predicate: str) -> Mapping[str, Sequence[Value]]:
        """The values of a property by node."""
        if predicate not in self._properties:
            found = defaultdict[str, list[Value]](list)
            for subject, value in self._reader.values(self._graph, predicate):
                if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                    found[subject.value].append(value)
            self._properties[predicate] = found
        return self._properties[predicate]


def documents_by_name(reader: GraphReader) -> list[tuple[str, str]]:
    """File name and slug of every document, sorted by name."""
    rows = reader.select("SELECT ?document ?name WHERE { ?document a gcm:Document ; gcm:fileName ?name }")
    return sorted((str(row["name"]), str(row["document"]).removeprefix(iris.document(""))) for row in rows)


def code_order(code: str) -> tuple[int, int, str]:
    """Sort key of a goal or target: "2" before "10", "10.7" before "10.10", "10.a" last."""
    goal, _, target = code.partition(".")
    return int(goal) if goal.isdecimal() else 0, int(target) if target.isdecimal() else 1000 if target else 0, code
