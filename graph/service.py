"""What the endpoint says of itself (SPARQL 1.1 Service Description) and of its data (VoID), as graphs.

Sources: https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.engine import Engine
from graph.namespaces import PREFIXES
from graph.terms import STRING, QueryResult, Term
from ontology import iris

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "N-Quads", "RDF_XML", "JSON-LD",
)
_TITLE = "Knowledge graph of the Global Compact for Safe, Orderly and Regular Migration"
_CLASSES = "SELECT ?of (COUNT(DISTINCT ?x) AS ?n) WHERE { ?x a ?of } GROUP BY ?of ORDER BY ?of"
_PROPERTIES = "SELECT ?of (COUNT(*) AS ?n) WHERE { ?s ?of ?o } GROUP BY ?of ORDER BY ?of"

_Triple = tuple[Term, Term, Term]


def service_description(endpoint: str, graphs: Sequence[str]) -> QueryResult:
    """The service as a graph.

    Args:
        endpoint: its address.
        graphs: IRIs of the named graphs.
    """
    return QueryResult("graph", triples=tuple(_service(endpoint, graphs)))


def void_description(base: str, engine: Engine) -> QueryResult:
    """The data set as a graph: its size, its classes and properties with their numbers, where to query and fetch it.

    Args:
        base: address of the server, without a slash at its end.
        engine: counts the data.

    Raises:
        LimitError: counting took longer than a query may.
    """
    return QueryResult("graph", triples=tuple(_data_set(base, engine)))


def _service(endpoint: str, graphs: Sequence[str]) -> Iterator[_Triple]:
    dataset, union = f"{endpoint}#dataset", f"{endpoint}#union"
    yield _link(endpoint, f"{PREFIXES['rdf']}type", f"{_SD}Service")
    yield _link(endpoint, f"{_SD}endpoint", endpoint)
    yield _link(endpoint, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query")
    yield _link(endpoint, f"{_SD}feature", f"{_SD}UnionDefaultGraph")
    yield _link(endpoint, f"{_SD}propertyFeature", f"{iris.ONTOLOGY}matches")
    for name in _RESULTS:
        yield _link(endpoint, f"{_SD}resultFormat", f"{_FORMATS}{name}")
    yield _link(endpoint, f"{_SD}defaultDataset", dataset)
    yield _link(dataset, f"{PREFIXES['rdf']}type", f"{_SD}Dataset")
    yield _link(dataset, f"{_SD}defaultGraph", union)
    yield _link(union, f"{PREFIXES['rdf']}type", f"{_SD}Graph")
    for number, graph in enumerate(graphs, 1):
        node = f"{endpoint}#graph-{number}"
        yield _link(dataset, f"{_SD}namedGraph", node)
        yield _link(node, f"{PREFIXES['rdf']}type", f"{_SD}NamedGraph")
        yield _link(node, f"{_SD}name", graph)


def _data_set(base: str, engine: Engine) -> Iterator[_Triple]:
    data = f"{base}/.well-known/void#gcmkg"
    classes, properties = engine.query(_CLASSES).rows, engine.query(_PROPERTIES).rows
    yield _link(data, f"{PREFIXES['rdf']}type", f"{_VOID}Dataset")
    yield _value(data, f"{PREFIXES['dcterms']}title", _TITLE)
    yield _link(data, f"{_VOID}sparqlEndpoint", f"{base}/sparql")
    yield _link(data, f"{_VOID}dataDump", f"{base}/dump.nq")
    yield _value(data, f"{_VOID}uriSpace", iris.ID)
    yield _link(data, f"{_VOID}exampleResource", iris.objective(10))
    yield _number(data, f"{_VOID}triples", sum(_count(row[1]) for row in properties))
    yield _number(data, f"{_VOID}classes", len(classes))
    yield _number(data, f"{_VOID}properties", len(properties))
    for name in ("gcm", "skos", "org", "prov", "dcterms", "oa"):
        yield _link(data, f"{_VOID}vocabulary", PREFIXES[name])
    for kind, counted, rows in (("class", "entities", classes), ("property", "triples", properties)):
        for number, row in enumerate(rows, 1):
            part = f"{base}/.well-known/void#{kind}-{number}"
            yield _link(data, f"{_VOID}{kind}Partition", part)
            yield _link(part, f"{_VOID}{kind}", row[0].value if row[0] else "")
            yield _number(part, f"{_VOID}{counted}", _count(row[1]))


def _count(term: Term | None) -> int:
    return 0 if term is None else int(term.value)


def _link(subject: str, predicate: str, target: str) -> _Triple:
    return Term("iri", subject), Term("iri", predicate), Term("iri", target)


def _value(subject: str, predicate: str, text: str) -> _Triple:
    return Term("iri", subject), Term("iri", predicate), Term("literal", text, STRING)


def _number(subject: str, predicate: str, number: int) -> _Triple:
    return Term("iri", subject), Term("iri", predicate), Term("literal", str(number), f"{PREFIXES['xsd']}integer")
