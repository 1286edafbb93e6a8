"""What all documents together say: one description of each body and instrument, and the shortcuts.

Two documents that name one body must not describe it twice: a query over the union of the graphs counts a
triple as often as graphs hold it, and a join of three such patterns over twenty documents gives 8,000 rows for
one. So the graph of a document holds only nodes of that document, and what they share stands here, once. It
is derived anew whenever the graph is copied for readers, so it follows additions, removals and reviews.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from graph.namespaces import DERIVED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, term, text
from ontology import iris
from ontology.model import BodyType, RelationType, Status
from ontology.vocabulary import BODY_CLASSES

ROLES = frozenset({
    RelationType.MEMBER_OF,
    RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF,
    RelationType.COORDINATOR_OF,
    RelationType.SECRETARIAT_OF,
    RelationType.CHAIR_OF,
    RelationType.CO_CHAIR_OF,
    RelationType.CO_CONVENER_OF,
    RelationType.CO_LEAD_OF,
})
MEMBERSHIPS = frozenset({RelationType.MEMBER_OF, RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF})

_NAMES = """SELECT DISTINCT ?mention ?thing ?property ?value WHERE {
  ?mention gcm:reviewState ?state ; (gcm:body|gcm:instrument) ?thing ; ?property ?value .
  FILTER(?property IN (gcm:mentionedName, gcm:mentionedAcronym, gcm:mentionedAlias, gcm:mentionedType,
                       dcterms:identifier) && ?state != "rejected")
  ?mention a ?class . FILTER(?class IN (gcm:BodyMention, gcm:InstrumentMention))
}"""
_RELATIONS = f"""SELECT DISTINCT ?subject ?relation ?object WHERE {{
  ?fact a gcm:BodyRelation ; gcm:status "{Status.CURRENT.value}" ; gcm:reviewState ?state ;
    gcm:subject ?subject ; gcm:relationType ?relation ; gcm:object ?object .
  FILTER(?state != "rejected")
}}"""
# Who only observes or recommends does not thereby address an objective.
_ADDRESSES = """SELECT DISTINCT ?body ?objective WHERE {
  ?statement gcm:agent ?body ; gcm:objective ?objective ; gcm:statementType ?type ; gcm:reviewState ?state .
  FILTER(?type NOT IN ("recommendation", "observation") && ?state != "rejected")
}"""
_ASKED = """SELECT DISTINCT ?body ?objective WHERE {
  ?statement gcm:addressee ?body ; gcm:objective ?objective ; gcm:statementType "recommendation" ;
    gcm:reviewState ?state .
  FILTER(?state != "rejected")
}"""
_REGISTRY = f"""SELECT ?body WHERE {{
  GRAPH <{ONTOLOGY_GRAPH}> {{ ?body a gcm:Body MINUS {{ ?body a org:Organization }} }}
}}"""

Names = Mapping[str, Counter[str]]


def derived_quads(store: ox.Store) -> set[ox.Quad]:
    """The quads of the derived graph, from all other graphs of the store.

    Bodies and instruments that the vocabulary describes keep its names. All others get, as `skos:prefLabel`,
    the name that most documents use (of equals the first in the alphabet), and their other names as
    `skos:altLabel`. Shortcuts (`gcm:chairOf`, `gcm:takesPartIn`, `org:memberOf`, `gcm:addresses`,
    `gcm:askedToAddress`) stand for facts that are current, clear (strength 2 or 3) and not rejected.
    """
    triples = [*_descriptions(store), *_relations(store)]
    triples += _pairs(store, _ADDRESSES, "gcm:addresses")
    triples += _pairs(store, _ASKED, "gcm:askedToAddress")
    organisation, agent = term("org:Organization"), term(f"{iris.ID}agent/gcmkg")
    triples += [ox.Triple(term(body), term("rdf:type"), organisation) for (body,) in _rows(store, _REGISTRY)]
    if triples:
        triples += [ox.Triple(agent, term("rdf:type"), term("prov:SoftwareAgent"))]
        triples += [ox.Triple(agent, term("rdfs:label"), text("gcmkg"))]
    graph = term(DERIVED_GRAPH)
    return {ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples}


def property_of(relation: RelationType) -> str:
    """The shortcut of a relation: `co_chair_of` is `gcm:coChairOf`."""
    first, *rest = relation.value.split("_")
    return "gcm:" + first + "".join(part.capitalize() for part in rest)


def _rows(store: ox.Store, query: str) -> Iterator[tuple[str, ...]]:
    rows = store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    if isinstance(rows, ox.QuerySolutions):
        yield from (tuple(value.value for value in row) for row in rows)


def _relations(store: ox.Store) -> Iterator[ox.Triple]:
    for subject, relation, target in _rows(store, _RELATIONS):
        kind = RelationType(relation)
        shortcuts = [property_of(kind)]
        if kind in ROLES:
            shortcuts.append("gcm:takesPartIn")
        if kind in MEMBERSHIPS:
            shortcuts.append("org:memberOf")
        yield from (ox.Triple(term(subject), term(name), term(target)) for name in shortcuts)


def _pairs(store: ox.Store, query: str, shortcut: str) -> Iterator[ox.Triple]:
    for subject, target in _rows(store, query):
        yield ox.Triple(term(subject), term(shortcut), term(target))


def _descriptions(store: ox.Store) -> Iterator[ox.Triple]:
    found: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for _, thing, name, value in _rows(store, _NAMES):
        found[thing][name][value] += 1
    for thing, names in sorted(found.items()):
        node = term(thing)
        known = store.quads_for_pattern(node, term("skos:prefLabel"), None, term(ONTOLOGY_GRAPH))
        if next(iter(known), None) is None:
            yield from _description(node, names)


def _description(node: ox.NamedNode, names: Names) -> Iterator[ox.Triple]:
    name, kind = _best(names, "gcm:mentionedName"), _best(names, "gcm:mentionedType")
    classes = {value.value: BODY_CLASSES[value] for value in BodyType}
    if node.value.startswith(f"{iris.ID}instrument/"):
        types, kind_property = ["gcm:Instrument"], "gcm:instrumentType"
    else:
        types = [f"gcm:{classes.get(kind, 'OtherBody')}", "gcm:Body", "org:Organization"]
        kind_property = "gcm:bodyType"
    yield from (ox.Triple(node, term("rdf:type"), term(name)) for name in types)
    yield ox.Triple(node, term("skos:prefLabel"), text(name))
    yield ox.Triple(node, term(kind_property), text(kind))
    for mentioned, property_ in (("gcm:mentionedAcronym", "gcm:acronym"), ("dcterms:identifier", "dcterms:identifier")):
        if value := _best(names, mentioned):
            yield ox.Triple(node, term(property_), text(value))
    others = {*_all(names, "gcm:mentionedName"), *_all(names, "gcm:mentionedAlias")} - {name}
    yield from (ox.Triple(node, term("skos:altLabel"), text(other)) for other in sorted(others))


def _all(names: Names, kind: str) -> Counter[str]:
    return names.get(term(kind).value, Counter())


def _best(names: Names, kind: str) -> str:
    """The value of most documents; of equals the first in the alphabet; empty where there is none."""
    return min(_all(names, kind).items(), key=lambda item: (-item[1], item[0]), default=("", 0))[0]
