"""Indirect links: members of a body that addresses an objective, in a graph of their own.

This is the one inference of the ontology that the store holds (`gcm:memberOf` then `gcm:addresses` gives
`gcm:addressesIndirectly`). It says nothing of what a member itself does, so it is never mixed with the links
that documents support: other graph, other property.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pyoxigraph as ox

from graph.namespaces import term
from graph.store import GraphReader
from ontology import iris
from ontology.terms import ObjectProperty
from ontology.vocabulary import FOLDER, read_turtle

INDIRECT_GRAPH = f"{iris.ID}indirect"


def indirect_quads(store: ox.Store | GraphReader) -> tuple[ox.Quad, ...]:
    """What follows from the shortcuts of a store, as quads of `INDIRECT_GRAPH`.

    Executive committee members count as members, as the ontology says; coordinators, chairs and secretariats
    do not, unless they are members too. One step only: the member of a member has no indirect link, as OWL
    has it. Nothing is read from the graph of indirect links itself, so the result is the same on every run.

    Returns:
        Each quad once, sorted as N-Quads lines.
    """
    memberships, addresses = member_properties(), term(ObjectProperty.ADDRESSES)
    networks: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    objectives: dict[ox.NamedNode, set[ox.NamedNode]] = defaultdict(set)
    graph = term(INDIRECT_GRAPH)
    for quad in store.quads() if isinstance(store, GraphReader) else store:
        subject, value = quad.subject, quad.object
        if quad.graph_name == graph or not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode):
            continue
        if quad.predicate in memberships:
            networks[subject].add(value)
        elif quad.predicate == addresses:
            objectives[subject].add(value)
    indirectly = term(ObjectProperty.ADDRESSES_INDIRECTLY)
    found = {
        ox.Quad(member, indirectly, objective, graph)
        for member, joined in networks.items()
        for network in joined
        for objective in objectives.get(network, ())
    }
    return tuple(sorted(found, key=str))


@cache
def member_properties() -> frozenset[ox.NamedNode]:
    """`gcm:memberOf` and its sub-properties, as `gcm.ttl` has them."""
    below = defaultdict(set)
    for triple in read_turtle(FOLDER / "gcm.ttl"):
        if triple.predicate == term("rdfs:subPropertyOf") and isinstance(triple.subject, ox.NamedNode):
            below[triple.object].add(triple.subject)
    found, waiting = set[ox.NamedNode](), [term(ObjectProperty.MEMBER_OF)]
    while waiting:
        node = waiting.pop()
        found.add(node)
        waiting += sorted(below[node] - found, key=str)
    return frozenset(found)
