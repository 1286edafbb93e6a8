"""The SPARQL endpoint as a program meets it: a real server, real requests."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPMessage
from pathlib import Path

import pytest

from ui.negotiation import negotiate

COUNT = "SELECT (COUNT(?d) AS ?n) WHERE { ?d a gcm:Document }"
RESULTS = "application/sparql-results+json"
OFFERED = ["application/json", "text/csv"]


def ask(address: str, *, data: bytes | None = None, headers: dict[str, str] | None = None,
        **parameters: str) -> tuple[int, HTTPMessage, str]:
    """Status, headers and body of one request."""
    url = address + ("?" + urllib.parse.urlencode(parameters) if parameters else "")
    request = urllib.request.Request(url, data=data, headers=headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_get_answers_json_by_default(endpoint: str) -> None:
    status, headers, body = ask(endpoint, query=COUNT)
    assert status == 200
    assert headers["content-type"].startswith(RESULTS)
    assert json.loads(body)["results"]["bindings"][0]["n"]["value"] == "5"


@pytest.mark.parametrize(
    ("media", "data"),
    [
        ("application/x-www-form-urlencoded", urllib.parse.urlencode({"query": COUNT}).encode()),
        ("application/sparql-query", COUNT.encode()),
    ],
)
def test_both_ways_to_post_give_the_same(endpoint: str, media: str, data: bytes) -> None:
    assert ask(endpoint, data=data, headers={"Content-Type": media})[2] == ask(endpoint, query=COUNT)[2]


@pytest.mark.parametrize(
    ("accept", "media", "begins"),
    [
        ("text/csv", "text/csv", "n"),
        ("text/tab-separated-values", "text/tab-separated-values", "?n"),
        ("application/sparql-results+xml", "application/sparql-results+xml", "<"),
    ],
)
def test_the_form_is_negotiated(endpoint: str, accept: str, media: str, begins: str) -> None:
    status, headers, body = ask(endpoint, query=COUNT, headers={"Accept": accept})
    assert status == 200
    assert headers["content-type"].startswith(media)
    assert body.startswith(begins)


def test_construct_gives_turtle(endpoint: str) -> None:
    query = "CONSTRUCT { ?d a gcm:Document } WHERE { ?d a gcm:Document }"
    status, headers, body = ask(endpoint, query=query, headers={"Accept": "text/turtle"})
    assert (status, headers["content-type"].split(";")[0]) == (200, "text/turtle")
    assert body.count("Document") >= 5


@pytest.mark.parametrize(
    ("request_of", "status"),
    [
        ({"query": "SELECT nonsense"}, 400),
        ({"format": "csv"}, 400),
        ({"query": "DROP ALL"}, 403),
        ({"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}, 403),
        ({"query": COUNT, "headers": {"Accept": "image/png"}}, 406),
        ({"data": b"x", "headers": {"Content-Type": "text/plain"}}, 415),
        ({"data": b"DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
        ({"data": b"q" * 300_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
    ],
)
def test_refusals_say_why_in_one_sentence(endpoint: str, request_of: dict[str, object], status: int) -> None:
    got, _, body = ask(endpoint, **request_of)  # type: ignore[arg-type]
    assert got == status
    assert len(body.strip().splitlines()) == 1
    assert body.strip().endswith(".")
    assert ask(endpoint, query=COUNT)[0] == 200


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("application/json;q=0.1, text/*;q=0.9", "text/csv"),
        ("*/*;q=0.1, application/json;q=0", "text/csv"),
        ("text/csv;q=nonsense", None),
        ("image/png", None),
        ("", "application/json"),
    ],
)
def test_negotiation_follows_the_client(accept: str, chosen: str | None) -> None:
    assert negotiate(accept, OFFERED) == chosen


def test_a_request_may_name_the_graphs(endpoint: str) -> None:
    everything = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    graphs = json.loads(ask(endpoint, query="SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")[2])
    graph = graphs["results"]["bindings"][0]["g"]["value"]
    inside = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    wanted = ask(endpoint, query=inside, format="csv")[2]
    assert ask(endpoint, query=everything, format="csv")[2] != wanted
    assert ask(endpoint, query=everything, format="csv", **{"default-graph-uri": graph})[2] == wanted
    form = urllib.parse.urlencode({"query": everything, "default-graph-uri": graph, "format": "csv"}).encode()
    assert ask(endpoint, data=form, headers={"Content-Type": "application/x-www-form-urlencoded"})[2] == wanted
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert ask(endpoint, query=named, format="csv", **{"named-graph-uri": graph})[2].split() == ["n", "1"]
    assert ask(endpoint, query=everything, **{"default-graph-uri": "http://example.org/none"})[0] == 403


@pytest.mark.parametrize(
    ("host", "status"), [("127.0.0.1:7878", 200), ("localhost", 200), ("[::1]:1", 200), ("rebound.example", 400)]
)
def test_on_loopback_only_requests_meant_for_it_are_answered(endpoint: str, host: str, status: int) -> None:
    assert ask(endpoint, query=COUNT, headers={"Host": host})[0] == status


def test_an_interruption_stops_the_endpoint_as_it_says(store_path: Path) -> None:
    program = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--port", "0", "--store"]
    process = subprocess.Popen([*program, str(store_path)], stderr=subprocess.PIPE, text=True, env={**os.environ})
    if process.stderr is None:
        raise RuntimeError("no stderr")
    address = re.search(r"http://\S+/sparql", process.stderr.readline())
    if address is None:
        raise RuntimeError("the endpoint did not say its address")
    assert ask(address[0], query=COUNT)[0] == 200
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert said == "Stopped.\n"
