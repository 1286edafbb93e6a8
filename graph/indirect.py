"""Indirect links: members of a body that addresses an objective, in a graph of their own.

This is the one inference of the ontology that the store holds (`gcm:memberOf` then `gcm:addresses` gives
`gcm:addressesIndirectly`). It says nothing of what a member itself does, so it is never mixed with the links
that documents support: other graph, other property.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Set
from functools import cache
from itertools import chain

import pyoxigraph as ox

from graph.namespaces import term
from ontology import iris
from ontology.terms import ObjectProperty
from ontology.vocabulary import FOLDER, read_turtle

INDIRECT_GRAPH = f"{iris.ID}indirect"


def indirect_quads(store: ox.Store) -> tuple[ox.Quad, ...]:
    """What follows from the shortcuts of a store, as quads of `INDIRECT_GRAPH`.

    Executive committee members count as members, as the ontology says; coordinators, chairs and secretariats
    do not, unless they are members too. One step only: the member of a member has no indirect link, as OWL
    has it. Nothing is read from the graph of indirect links itself, so the result is the same on every run.

    Returns:
        Each quad once, sorted as N-Quads lines.
    """
    networks = _pairs(store, member_properties())
    objectives = _pairs(store, {term(ObjectProperty.ADDRESSES)})
    graph = term(INDIRECT_GRAPH)
    indirectly = term(ObjectProperty.ADDRESSES_INDIRECTLY)
    found = {
        ox.Quad(member, indirectly, objective, graph)
        for member, joined in networks.items()
        for network in joined
        for objective in objectives.get(network, ())
    }
    return tuple(sorted(found, key=str))


def _pairs(store: ox.Store, predicates: Set[ox.NamedNode]) -> Mapping[ox.NamedNode, set[ox.NamedNode]]:
    """Subjects with the objects that any of the predicates gives them, outside the graph of indirect links."""
    found, graph = defaultdict[ox.NamedNode, set[ox.NamedNode]](set), term(INDIRECT_GRAPH)
    for quad in chain.from_iterable(store.quads_for_pattern(None, predicate, None, None) for predicate in predicates):
        subject, value = quad.subject, quad.object
        if quad.graph_name == graph or not isinstance(subject, ox.NamedNode) or not isinstance(value, ox.NamedNode):
            continue
        found[subject].add(value)
    return found


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
