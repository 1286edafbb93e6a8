"""Who may ask the endpoint, how much at once, and what it writes down: real servers with options of their own."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from http_requests import Answer, send

Serve = Callable[..., AbstractContextManager[str]]
ASK = [("query", "ASK {}")]
HEAVY = [("query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")]


def test_without_the_token_nobody_reads(serve: Serve) -> None:
    with serve(env={"GCMKG_TOKEN": "a secret"}) as endpoint:
        assert send(endpoint, "GET", query=ASK, Authorization="Bearer a secret").truth()
        assert send(endpoint, "GET", query=ASK, Authorization="bearer a secret").truth()
        for wrong in ("Bearer another", "Basic a secret", "a secret", "Bearer", "Bearer \xe9"):
            refused = send(endpoint, "GET", query=ASK, Authorization=wrong)
            assert (refused.status, refused.headers["www-authenticate"]) == (401, 'Bearer realm="gcmkg"')
        for path in ("/sparql", "/dump.nq", "/.well-known/void"):
            assert send(endpoint.replace("/sparql", path), "GET").status == 401


def test_pages_of_other_origins_read_only_what_they_are_allowed(serve: Serve, endpoint: str) -> None:
    closed = send(endpoint, "GET", query=ASK, Origin="https://example.org")
    assert (closed.status, "access-control-allow-origin" in closed.headers) == (200, False)
    with serve("--allow-origin", "https://example.org", "--token", "t") as opened:
        allowed = send(opened, "GET", query=ASK, Origin="https://example.org", Authorization="Bearer t")
        assert allowed.headers["access-control-allow-origin"] == "https://example.org"
        assert "X-Truncated" in allowed.headers["access-control-expose-headers"]
        other = send(opened, "GET", query=ASK, Origin="https://example.com", Authorization="Bearer t")
        assert "access-control-allow-origin" not in other.headers
        asked = send(opened, "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="POST",
                     Access_Control_Request_Headers="authorization")
        assert (asked.status, asked.headers["access-control-allow-origin"]) == (200, "https://example.org")


def test_more_requests_than_allowed_are_told_to_come_back(serve: Serve) -> None:
    answers: list[Answer] = []

    def ask(endpoint: str) -> None:
        answers.append(send(endpoint, "GET", query=HEAVY))

    with serve("--requests", "2", "--timeout", "3") as endpoint:
        send(endpoint, "GET", query=ASK)
        waiting = [threading.Thread(target=ask, args=(endpoint,)) for _ in range(2)]
        for thread in waiting:
            thread.start()
        time.sleep(1.0)
        full = send(endpoint, "GET", query=ASK)
        assert (full.status, full.headers["retry-after"]) == (503, "1")
        for thread in waiting:
            thread.join()
        assert {(a.status, a.body) for a in answers} == {
            (503, "The query was stopped after 3 seconds; narrow it, or give it more time.\n")}
        assert send(endpoint, "GET", query=ASK).truth()


def test_every_limit_can_be_set(serve: Serve) -> None:
    with serve("--limit", "2", "--query-size", "200", "--nesting", "3", "--request-size", "400") as endpoint:
        cut = send(endpoint, "GET", query=[("query", "SELECT ?o { ?o a gcm:Objective }")])
        assert (cut.status, cut.headers["x-truncated"]) == (200, "true")
        assert json.loads(cut.body)["truncated"] is True
        whole = send(endpoint, "GET", query=[("query", "SELECT ?o { ?o gcm:number 1 }")])
        assert "x-truncated" not in whole.headers
        assert "limit is 200" in send(endpoint, "GET", query=[("query", "ASK {} #" + "x" * 200)]).body
        assert "limit is 3" in send(endpoint, "GET", query=[("query", "ASK {{{{}}}}")]).body
        long = send(endpoint, "POST", body=b"ASK {}" + b" " * 500, media="application/sparql-query")
        assert (long.status, "400 bytes" in long.body) == (413, True)


def test_the_log_has_a_line_a_request(serve: Serve, tmp_path: Path) -> None:
    log = tmp_path / "access.jsonl"
    with serve("--access-log", str(log), "--token", "t") as endpoint:
        send(endpoint, "GET", query=ASK, Authorization="Bearer t")
        send(endpoint, "GET", query=ASK)
        send(endpoint, "POST", body=b"DROP ALL", media="application/sparql-query", Authorization="Bearer t")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert [(line["method"], line["status"]) for line in lines] == [("GET", 200), ("GET", 401), ("POST", 403)]
    assert lines[0]["query"] == "query=ASK+%7B%7D"
    assert all(line["client"] == "127.0.0.1" and line["bytes"] > 0 and line["seconds"] >= 0 for line in lines)
    assert "Bearer" not in log.read_text("utf-8")


def test_a_large_result_is_sent_by_stream_and_whole(endpoint: str) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o }"
    count = send(endpoint, "GET", query=[("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("format", "csv")]).body
    answer = send(endpoint, "GET", query=[("query", text), ("format", "tsv")])
    assert answer.headers["transfer-encoding"] == "chunked"
    assert len(answer.body.splitlines()) - 1 == int(count.split()[1]) > 20_000


@pytest.mark.parametrize("text", [
    "SELECT * " + "{" * 5_000 + "}" * 5_000, "SELECT * { " + "?s ?p ?o . " * 900_000 + "}", HEAVY[0][1],
    "SELECT * { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "LOAD <file:///etc/passwd>", "\x00\x00",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
], ids=lambda text: text[:40])
def test_a_hostile_query_ends_with_a_status_and_the_next_is_answered(serve: Serve, text: str) -> None:
    with serve("--timeout", "1") as endpoint:
        try:
            answer = send(endpoint, "POST", body=text.encode(), media="application/sparql-query")
        except (ConnectionError, TimeoutError):  # the server closed on a body that it does not want
            pass
        else:
            assert answer.status in {400, 403, 413, 503}
            assert answer.body.count("\n") == 1
        assert send(endpoint, "GET", query=ASK).truth()


def test_a_caller_who_hangs_up_or_dawdles_costs_nobody_else_anything(endpoint: str) -> None:
    parts = urlsplit(endpoint)
    held = [socket.create_connection((parts.hostname or "", parts.port or 0)) for _ in range(20)]
    for number, connection in enumerate(held):
        connection.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
                           b"Content-Length: 100\r\n\r\nASK")
        if number % 2:
            connection.close()
    assert send(endpoint, "GET", query=ASK).truth()
    for connection in held:
        connection.close()


@pytest.mark.parametrize(("options", "said"), [
    (["--token", " "], "The token is empty"), (["--allow-origin", "example.org"], "is no web origin"),
    (["--allow-origin", "https://example.org/page"], "is no web origin"), (["--workers", "0"], "0 is too low"),
    (["--access-log", "/nowhere/log"], "cannot be written"), (["--memory", "1"], "1 is too low"),
])
def test_a_wrong_option_is_one_sentence(store_path: Path, options: list[str], said: str) -> None:
    program = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--port", "0", "--store"]
    done = subprocess.run([*program, str(store_path), *options], capture_output=True, text=True, timeout=60,
                          check=False)
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (2, True, 1)
