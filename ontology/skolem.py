"""Blank nodes of the Turtle files under stable names, and back: the store holds no blank nodes, OWL lists need them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import pyoxigraph as ox

GENID = "https://w3id.org/gcmkg/.well-known/genid/"

T = TypeVar("T")


def skolemised(triples: Iterable[ox.Triple], name: str) -> list[ox.Triple]:
    """The triples with each blank node named by `name` and the order in which it first occurs.

    The method is that of RDF 1.1 Concepts, section 3.5; the same file always gives the same names.
    """
    names: dict[ox.BlankNode, ox.NamedNode] = {}

    def named(node: T) -> T | ox.NamedNode:
        if isinstance(node, ox.BlankNode):
            return names.setdefault(node, ox.NamedNode(f"{GENID}{name}-{len(names) + 1}"))
        return node

    return [ox.Triple(named(t.subject), t.predicate, named(t.object)) for t in triples]


def with_blank_nodes(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """The triples with blank nodes again where `skolemised` put names."""

    def blank(node: T) -> T | ox.BlankNode:
        if isinstance(node, ox.NamedNode) and node.value.startswith(GENID):
            return ox.BlankNode(node.value.removeprefix(GENID))
        return node

    return [ox.Triple(blank(t.subject), t.predicate, blank(t.object)) for t in triples]
