"""The W3C's tests of the SPARQL 1.1 Protocol, request by request, against the real server.

Source: the manifest of https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/; its graphs from the web are
graphs of the store here, and all its updates are expected to be refused.
"""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import urlencode

import pytest
from http_requests import send

from ontology import iris

ONE, TWO = iris.document_graph("un-network-kazakhstan-tor"), iris.document_graph("iraq-outreach-report-2021")
OTHER = iris.document_graph("un-network-iraq-tor-2020")
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
RESULTS = {"application/sparql-results+json", "application/sparql-results+xml", "text/csv",
           "text/tab-separated-values", "application/json", "application/xml"}
GRAPHS = {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json", "application/n-quads"}


def form(*fields: tuple[str, str]) -> bytes:
    return urlencode(fields).encode()


@pytest.mark.parametrize(("method", "request_of"), [
    ("GET", {"query": [("query", "ASK {}")]}),
    ("POST", {"body": form(("query", "ASK {}")), "media": FORM}),
    ("POST", {"body": b"ASK {}", "media": QUERY}),
    ("POST", {"body": b"ASK {}", "media": f"{QUERY}; charset=UTF-8"}),
], ids=["query_get", "query_post_form", "query_post_direct", "query_post_direct with charset"])
def test_a_query_comes_in_three_ways(endpoint: str, method: str, request_of: dict[str, Any]) -> None:
    answer = send(endpoint, method, **request_of)
    assert (answer.status, answer.truth()) == (200, True)
    assert answer.media in RESULTS


IN = "ASK WHERE {{ {} }}"
HAS = "?d a gcm:Document ; gcm:fileName '{}' ."
KAZAKHSTAN, OUTREACH = HAS.format("un-network-kazakhstan-tor.md"), HAS.format("iraq-outreach-report-2021.md")


@pytest.mark.parametrize("direct", [False, True], ids=["get", "post"])
@pytest.mark.parametrize(("graphs", "pattern", "expected"), [
    ([("default-graph-uri", ONE), ("default-graph-uri", TWO)], f"{KAZAKHSTAN} {OUTREACH.replace('?d', '?e')}", True),
    ([("default-graph-uri", ONE)], OUTREACH, False),
    ([("default-graph-uri", ONE)], f"GRAPH ?g {{ {KAZAKHSTAN} }}", False),
    ([("named-graph-uri", ONE), ("named-graph-uri", TWO)], f"GRAPH <{TWO}> {{ {OUTREACH} }}", True),
    ([("named-graph-uri", ONE), ("named-graph-uri", TWO)], f"GRAPH <{OTHER}> {{ ?s ?p ?o }}", False),
    ([("named-graph-uri", ONE), ("named-graph-uri", TWO)], "?s ?p ?o", False),
    ([("default-graph-uri", ONE), ("named-graph-uri", TWO)],
     f"{KAZAKHSTAN} GRAPH ?g {{ {OUTREACH.replace('?d', '?e')} }}", True),
    ([("default-graph-uri", ONE), ("named-graph-uri", TWO)], f"GRAPH <{ONE}> {{ {KAZAKHSTAN} }}", False),
], ids=["dataset_default_graphs", "only that default", "no named beside default", "dataset_named_graphs",
        "only those named", "no default beside named", "dataset_full", "default is not named"])
def test_the_request_names_the_dataset(
    endpoint: str, direct: bool, graphs: list[tuple[str, str]], pattern: str, expected: bool
) -> None:
    text = IN.format(pattern)
    answer = (send(endpoint, "POST", query=graphs, body=text.encode(), media=QUERY) if direct
              else send(endpoint, "GET", query=[("query", text), *graphs]))
    assert (answer.status, answer.truth()) == (200, expected)


def test_the_dataset_of_the_request_goes_over_that_of_the_query(endpoint: str) -> None:
    """query_multiple_dataset."""
    text = f"ASK FROM <{TWO}> {{ {KAZAKHSTAN} }}"
    assert not send(endpoint, "GET", query=[("query", text)]).truth()
    assert send(endpoint, "GET", query=[("query", text), ("default-graph-uri", ONE)]).truth()
    body = form(("query", text), ("default-graph-uri", ONE))
    assert send(endpoint, "POST", body=body, media=FORM).truth()


@pytest.mark.parametrize(("text", "accept", "media"), [
    ("SELECT (1 AS ?value) {}", "application/sparql-results+xml, application/sparql-results+json, text/csv", RESULTS),
    ("ASK {}", "application/sparql-results+xml, application/sparql-results+json", RESULTS),
    ("DESCRIBE <http://example.org/>", "application/rdf+xml, text/turtle", GRAPHS),
    ("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/rdf+xml, text/turtle", GRAPHS),
], ids=["query_content_type_select", "query_content_type_ask", "query_content_type_describe",
        "query_content_type_construct"])
def test_the_media_type_is_one_of_those_that_fit(endpoint: str, text: str, accept: str, media: set[str]) -> None:
    text = text if "<s>" not in text else f"BASE <http://example.org/> {text}"
    answer = send(endpoint, "GET", query=[("query", text)], Accept=accept)
    assert answer.status == 200
    assert answer.media in media & set(accept.split(", "))


LATIN = "ASK { ?s ?p 'é' }".encode("latin-1")


@pytest.mark.parametrize(("method", "request_of", "status"), [
    ("PUT", {"query": [("query", "ASK {}")]}, 405),
    ("DELETE", {"query": [("query", "ASK {}")]}, 405),
    ("GET", {"query": [("query", "ASK {}"), ("query", "SELECT * {}")]}, 400),
    ("POST", {"query": [("query", "ASK {}")], "body": b"SELECT * {}", "media": QUERY}, 400),
    ("POST", {"body": form(("query", "ASK {}")), "media": "text/plain"}, 415),
    ("POST", {"body": form(("query", "ASK {}"))}, 415),
    ("POST", {"body": b"ASK {}"}, 415),
    ("POST", {"body": "ASK {}".encode("utf-16"), "media": QUERY}, 400),
    ("POST", {"body": LATIN, "media": QUERY}, 400),
    ("POST", {"body": LATIN, "media": f"{QUERY}; charset=iso-8859-1"}, 415),
    ("POST", {"body": b"query=ASK+%7B+%3Fs+%3Fp+%27%E9%27+%7D", "media": FORM}, 400),
    ("GET", {"query": "query=ASK+%7B+%3Fs+%3Fp+%27%E9%27+%7D"}, 400),
    ("GET", {"query": [("query", "ASK {")]}, 400),
    ("POST", {"body": b"", "media": QUERY}, 400),
    ("POST", {"body": b"", "media": FORM}, 400),
    ("GET", {"query": "&".join(["a=b"] * 300)}, 400),
], ids=["bad_query_method", "bad method DELETE", "bad_multiple_queries", "query in address and body",
        "bad_query_wrong_media_type", "bad_query_missing_form_type", "bad_query_missing_direct_type",
        "bad_query_non_utf8", "latin-1", "charset of another name", "latin-1 in a form", "latin-1 in the address",
        "bad_query_syntax", "empty body", "empty form", "too many fields"])
def test_a_bad_query_is_refused_with_a_reason(
    endpoint: str, method: str, request_of: dict[str, Any], status: int
) -> None:
    answer = send(endpoint, method, **request_of)
    assert (answer.status, answer.media) == (status, "text/plain")
    assert answer.body.endswith(".\n")
    assert answer.body.count("\n") == 1


INSERT = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@pytest.mark.parametrize(("method", "request_of"), [
    ("POST", {"body": form(("update", INSERT)), "media": FORM}),
    ("POST", {"body": INSERT.encode(), "media": UPDATE}),
    ("POST", {"query": [("using-graph-uri", ONE)], "body": INSERT.encode(), "media": UPDATE}),
    ("POST", {"query": [("using-graph-uri", ONE), ("using-named-graph-uri", TWO)], "body": INSERT.encode(),
              "media": UPDATE}),
    ("POST", {"body": form(("update", INSERT), ("using-named-graph-uri", ONE)), "media": FORM}),
    ("POST", {"body": form(("update", f"BASE <http://example.org/> {INSERT}")), "media": FORM}),
    ("GET", {"query": [("update", INSERT)]}),
    ("POST", {"body": form(("update", "CLEAR ALL"), ("update", INSERT)), "media": FORM}),
    ("POST", {"body": INSERT.encode(), "media": QUERY}),
    ("POST", {"body": form(("update", INSERT)), "media": "text/plain"}),
    ("POST", {"body": form(("update", INSERT))}),
    ("POST", {"body": INSERT.encode("utf-16"), "media": UPDATE}),
    ("POST", {"body": form(("update", "NO UPDATE")), "media": FORM}),
    ("POST", {"body": form(("update", f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"),
                           ("using-graph-uri", ONE)), "media": FORM}),
], ids=["update_post_form", "update_post_direct", "update_dataset_default_graph", "update_dataset_full",
        "update_dataset_named_graphs", "update_base_uri", "bad_update_get", "bad_multiple_updates",
        "an update sent as a query", "bad_update_wrong_media_type", "bad_update_missing_form_type",
        "bad_update_non_utf8", "bad_update_syntax", "bad_update_dataset_conflict"])
def test_every_update_is_refused_and_changes_nothing(endpoint: str, method: str, request_of: dict[str, Any]) -> None:
    answer = send(endpoint, method, **request_of)
    assert answer.status in {403, 415}
    assert answer.body.count("\n") == 1
    assert not send(endpoint, "GET", query=[("query", "ASK { <urn:a> <urn:b> <urn:c> }")]).truth()
    assert send(endpoint, "GET", query=[("query", "ASK { ?s ?p ?o }")]).truth()


VALUES = ("SELECT ?u ?p ?l ?i ?d ?t ?none ?b { VALUES (?u ?p ?l ?i ?d ?t) { (<http://example.org/a> 'x\"y, z' "
          "'chat'@fr 7 1.5 '2020-01-01'^^xsd:date) } BIND(BNODE() AS ?b) }")


def test_json_csv_and_tsv_are_those_of_the_recommendations(endpoint: str) -> None:
    answers = {name: send(endpoint, "GET", query=[("query", VALUES), ("format", name)]).body
               for name in ("json", "csv", "tsv")}
    found = json.loads(answers["json"])
    assert found["head"]["vars"] == ["u", "p", "l", "i", "d", "t", "none", "b"]
    row = found["results"]["bindings"][0]
    xsd = "http://www.w3.org/2001/XMLSchema#"
    assert {name: value for name, value in row.items() if name != "b"} == {
        "u": {"type": "uri", "value": "http://example.org/a"}, "p": {"type": "literal", "value": 'x"y, z'},
        "l": {"type": "literal", "value": "chat", "xml:lang": "fr"},
        "i": {"type": "literal", "value": "7", "datatype": f"{xsd}integer"},
        "d": {"type": "literal", "value": "1.5", "datatype": f"{xsd}decimal"},
        "t": {"type": "literal", "value": "2020-01-01", "datatype": f"{xsd}date"},
    }
    assert row["b"]["type"] == "bnode"
    head, line = answers["csv"].removesuffix("\r\n").split("\r\n")
    assert head == "u,p,l,i,d,t,none,b"
    assert line.startswith('http://example.org/a,"x""y, z",chat,7,1.5,2020-01-01,,_:')
    assert next(csv.reader(io.StringIO(line)))[1] == 'x"y, z'
    head, line, _ = answers["tsv"].split("\n")
    assert head == "?u\t?p\t?l\t?i\t?d\t?t\t?none\t?b"
    assert line.startswith(f'<http://example.org/a>\t"x\\"y, z"\t"chat"@fr\t7\t1.5\t"2020-01-01"^^<{xsd}date>\t\t_:')


def test_a_bare_request_is_told_what_is_here(endpoint: str) -> None:
    from rdflib import Graph, URIRef
    from rdflib.namespace import RDF, VOID

    service = Graph().parse(data=send(endpoint, "GET", Accept="text/turtle").body, format="turtle")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert (URIRef(endpoint), RDF.type, URIRef(f"{sd}Service")) in service
    assert (URIRef(endpoint), URIRef(f"{sd}supportedLanguage"), URIRef(f"{sd}SPARQL11Query")) in service
    assert URIRef(ONE) in set(service.objects(predicate=URIRef(f"{sd}name")))
    answer = send(endpoint.replace("/sparql", "/.well-known/void"), "GET", Accept="application/rdf+xml")
    assert (answer.status, answer.media) == (200, "application/rdf+xml")
    data = Graph().parse(data=answer.body, format="xml")
    count = send(endpoint, "GET", query=[("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("format", "csv")]).body
    (triples,) = (int(str(n)) for s, n in data.subject_objects(VOID.triples) if str(s).endswith("#gcmkg"))
    assert triples == int(count.split()[1])
    (dump,) = data.objects(predicate=VOID.dataDump)
    assert str(dump) == endpoint.replace("/sparql", "/dump.nq")


def test_the_whole_graph_is_there_to_fetch(endpoint: str) -> None:
    answer = send(endpoint.replace("/sparql", "/dump.nq"), "GET")
    count = send(endpoint, "GET", query=[("query", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"),
                                         ("format", "csv")]).body
    assert (answer.status, answer.media) == (200, "application/n-quads")
    assert answer.body.count(" .\n") == int(count.split()[1])
    assert send(endpoint.replace("/sparql", "/dump.nq"), "POST").status == 405


def test_a_head_request_has_no_body(endpoint: str) -> None:
    answer = send(endpoint, "HEAD", query=[("query", "ASK {}")])
    assert (answer.status, answer.media, answer.body) == (200, "application/sparql-results+json", "")
