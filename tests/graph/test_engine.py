"""The guarded engine against hostile and honest queries, with the real workers and a real store."""

from __future__ import annotations

import contextlib
import logging
import pickle
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from query_store import graph_folder

from graph import files
from graph.engine import Engine, Limits
from graph.process import Worker
from ontology import iris
from ontology.errors import LimitError, QueryError, RefusedError, StoreError

GRAPH = iris.document_graph("trial")


class Canary:
    """A listening socket that hears whether anybody calls."""

    def __init__(self) -> None:
        self.calls: list[object] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                connection, caller = self._socket.accept()
            except OSError:
                return
            self.calls.append(caller)
            connection.close()

    def close(self) -> None:
        # A last call of our own shows that the canary could hear all along, and ends the wait.
        with socket.create_connection(("127.0.0.1", self.port)):
            pass
        while not self.calls:
            time.sleep(0.01)
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return graph_folder(tmp_path_factory)


@pytest.fixture(scope="module")
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    heard = list(made.calls)
    made.close()
    assert not heard, "somebody called out"


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    before = files.fingerprints(folder, durable=False)
    with Engine(folder, limits=Limits(seconds=1.0, memory_mb=700)) as opened:
        yield opened
    assert files.fingerprints(folder, durable=False) == before, "a query changed the store"


UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> 1 }", "DELETE DATA { <urn:a> <urn:b> 1 }", "DELETE WHERE { ?s ?p ?o }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:{port}/>", "LOAD SILENT <file:///etc/passwd> INTO GRAPH <urn:g>", "CLEAR ALL",
    "CLEAR SILENT GRAPH <urn:g>", "DROP DEFAULT", "CREATE GRAPH <urn:g>", "ADD <urn:a> TO <urn:b>",
    "MOVE <urn:a> TO <urn:b>", "COPY DEFAULT TO <urn:b>", "PREFIX a: <urn:a> # SELECT\nDROP ALL",
    "SELECT * { ?s ?p ?o } ; DROP ALL", "in\\u0073ert data { <urn:a> <urn:b> 1 }",
)
SERVICES = (
    "SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { service SILENT <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { S\\u0045RVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { SERVICE\r#x\r<http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'SERVICE' } # \r SERVICE <x> {}\nVALUES ?x { SERVICE }",
    "SELECT * { { SELECT * { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } } } }",
    "ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE ?where { ?s ?p ?o } } }",
    "PREFIX : <http://127.0.0.1:{port}/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX SERVICE: <urn:s> PREFIX : <http://127.0.0.1:{port}/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX SERVICESILENT: <urn:s> PREFIX : <http://127.0.0.1:{port}/> SELECT * { SERVICESILENT:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p \"a\\u0022) } # \" . SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { VALUES ?x { '''a' } SERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<1)SERVICE?g#>\n{ ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o FILTER(?o<1)#>'''\nSERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } #'''\n}",
    "PREFIX f: <urn:f> SELECT * { FILTER f:x(?o<1)#>'''\nSERVICE <http://127.0.0.1:{port}/> { ?s ?p ?o } #'''\n}",
)
OUTSIDE = (
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "SELECT * FROM <http://127.0.0.1:{port}/> { ?s ?p ?o }",
    "ASK FROM NAMED <http://127.0.0.1:{port}/> { GRAPH ?g { ?s ?p ?o } }", "BASE <file:///etc/> ASK FROM <passwd> {}",
    "PREFIX f: <file:///etc/> DESCRIBE ?s FROM f:passwd { ?s ?p ?o }",
    "CONSTRUCT { ?s ?p ?o } FROM <https://w3id.org/gcmkg/id/graph/none> WHERE { ?s ?p ?o }",
)
TOO_LARGE = (
    "SELECT * " + "{" * 5_000 + "}" * 5_000, "SELECT * { ?s ?p " + "(" * 150 + ")" * 150 + " }",
    "SELECT * { ?s ?p '" + "x" * 10_000_000 + "' }", "SELECT * { " + "?s ?p ?o . " * 900_000 + " }",
    "SELECT (" + "(" * 5_000 + "1" + ")" * 5_000 + " AS ?x) {}", "SELECT * { ?s ?p " + "[ ?p " * 200 + "]" * 200 + " }",
    "SELECT * { " + " ".join(f"BIND({n} AS ?v{n})" for n in range(5_000)) + " }",
    "SELECT * { ?s ?p " + '"""' + "\\n" * 40_000 + '"""' + " }", "#" + "x" * 70_000 + "\nASK {}",
    "ASK { " + "FILTER(" + "!(" * 3_000 + "true" + ")" * 3_000 + ") }",
)
HEAVY = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a",
    "SELECT (COUNT(*) AS ?n) { ?s (!<urn:x>|^!<urn:y>)* ?o . ?o (!<urn:x>)+ ?q }",
    "SELECT * { ?s ?p " + "(" * 60 + "1" + ")" * 60 + " }",
    "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?d))) AS ?x) { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?x { ?s ?p ?o BIND(REPLACE('" + "a" * 25_000 + "', 'a', '" + "b" * 25_000 + "') AS ?x) }",
    "SELECT * { " + " ".join(f"OPTIONAL {{ ?a{n} ?b{n} ?c{n} }}" for n in range(300)) + " }",
    "SELECT * { " + " UNION ".join(["{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?a = ?l) }"] * 9) + " }",
    "ASK { ?a ?b ?c . FILTER(REGEX(?c, '((a{1,500}){1,500}){1,500}$')) }",
    "ASK { ?a ?b ?c . FILTER(REGEX(STR(?c), '^(a+)+$')) ?d ?e ?f FILTER(REGEX(STR(?f), '(x+x+)+y')) }",
    "SELECT * { ?s (<urn:a>|(<urn:b>/(<urn:c>|^<urn:d>)*)+)* ?o . ?o (!<urn:e>/!<urn:f>)* ?q }",
    "SELECT * { " + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(60)) + " VALUES ?v0 {'ab'} }",
    "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }",
    "SELECT DISTINCT ?a ?f { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY DESC(?a)",
    "ASK { " + " ".join(f"?a ?p{n} ?b{n} ." for n in range(1_500)) + " }",
)


def _run(engine: Engine, query: str, canary: Canary) -> None:
    engine.query(query.replace("{port}", str(canary.port)))


@pytest.mark.parametrize("query", [*UPDATES, *SERVICES, *OUTSIDE, *TOO_LARGE], ids=lambda query: query[:60])
def test_what_is_not_allowed_is_refused_at_once_with_a_reason(engine: Engine, canary: Canary, query: str) -> None:
    engine.query("ASK {}")
    started = time.monotonic()
    with pytest.raises(RefusedError) as refused:
        _run(engine, query, canary)
    assert time.monotonic() - started < 1.0
    assert refused.value.exit_code == 3
    assert str(refused.value).count("\n") == 0
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize("query", HEAVY, ids=lambda query: query[:60])
def test_a_heavy_query_ends_at_its_limit_and_the_next_is_answered(engine: Engine, canary: Canary, query: str) -> None:
    started = time.monotonic()
    with contextlib.suppress(LimitError, QueryError):
        _run(engine, query, canary)
    assert time.monotonic() - started < 2.5
    started = time.monotonic()
    assert engine.query("ASK { ?s ?p ?o }").boolean is True
    assert time.monotonic() - started < 1.0


def test_time_memory_and_depth_are_told_apart(engine: Engine) -> None:
    with pytest.raises(LimitError, match=r"stopped after 0\.5 seconds"):
        engine.query(HEAVY[0], seconds=0.5)
    with pytest.raises(LimitError, match="700 MiB"):
        engine.query(HEAVY[5], seconds=20)
    with Engine(engine._pool._folder, limits=Limits(query_bytes=10_000_000, nesting=100_000, seconds=20)) as open_one:
        with pytest.raises(LimitError, match=r"too deep|memory"):
            open_one.query("SELECT * " + "{" * 60_000 + "}" * 60_000)
        assert open_one.query("ASK {}").boolean is True


def test_a_sort_that_brings_the_engine_down_says_what_to_do(engine: Engine) -> None:
    mixed = " ".join(f"{n * 7 % 401} '{n * 13 % 401}' {str(n % 3 > 0).lower()}" for n in range(400))
    query = f"SELECT ?o {{ VALUES ?o {{ {mixed} }} }} ORDER BY "
    with pytest.raises(LimitError, match=r"ORDER BY STR\(\?x\)"):
        engine.query(query + "?o", seconds=20)
    assert len(engine.query(query + "STR(?o)", seconds=20).rows) == 1_200


def test_the_worker_itself_reaches_nothing_even_past_the_lexer(folder: Path, canary: Canary) -> None:
    worker = Worker(folder, 700)
    try:
        hello = worker.receive(time.monotonic() + 10)
        if hello["missing"]:
            pytest.skip(f"this kernel lacks {hello['missing']}")
        for silent in ("", "SILENT "):
            worker.send({
                "query": f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:{canary.port}/> {{ ?s ?p ?o }} }}", "rows": 5,
                "seconds": 5, "prefixes": {}, "has_dataset": False, "graphs": None,
            })
            frame = worker.receive(time.monotonic() + 10)
            while not ({"error", "end"} & frame.keys()):
                frame = worker.receive(time.monotonic() + 10)
            assert silent or "not permitted" in frame["message"]
    finally:
        worker.kill()


HONEST = (
    "SELECT ?service { ?service ?load ?from FILTER(?load != <urn:insert>) }",
    "SELECT * { ?s ?p 'SERVICE <http://x/> { DROP ALL }' }",
    "SELECT * { ?s ?p \"\"\"INSERT DATA { \"quoted\" } \"\"\" }",
    "# SERVICE <http://x/> {}\nSELECT * { ?s ?p ?o } # DELETE WHERE",
    "SELECT * { ?s <http://example.org/SERVICE/LOAD#FROM> ?o }",
    "PREFIX service: <urn:service/> SELECT * { ?s service:load service:insert . service:a service:b ?o }",
    "PREFIX s: <urn:service/> SELECT * { ?s s:SERVICE ?o . GRAPH s:SERVICE { ?a ?b ?c } }",
    "SELECT $delete ?INSERT { $delete a ?INSERT }",
    "SELECT ?a { ?a ?p ?b, ?c FILTER(?b<?c&&?c>?b) }",
    "SELECT ?a { ?a ?p ?b FILTER(?b<5&&\"SERVICE\">'LOAD') }",
    "SELECT ?l { ?s skos:prefLabel ?l FILTER(CONTAINS(LCASE(?l), 'basic services')) }",
    "SELECT ?s { ?s ?p 'drop'@en-GB, 'clear'^^xsd:string, '''it's a 'service' ''' }",
    "SELECT (COUNT(*)AS ?add) { ?s ?p ?o } HAVING(COUNT(*)>1)",
    "ASK{?s ?p'a\\u0022) } # SERVICE '}",
    "DESCRIBE objective:10",
    "SELECT?s{?s a gcm:Objective;gcm:number?n.FILTER(?n<=2)}ORDER BY?n",
    "SELECT * FROM NAMED <https://w3id.org/gcmkg/id/graph/trial> { GRAPH ?from { ?s ?p ?o } }",
    "BASE <https://w3id.org/gcmkg/id/graph/> SELECT * FROM <trial> { ?s ?p ?o }",
    "VERSION '1.2' SELECT * { ?s ?p ?o FILTER(<<( ?s <urn:p> ?o )>> = ?x) }",
    "SELECT * { ?s ?p _:SERVICE . ?s ?q [] ; ?r (1 2.5 1e3 <urn:move> true) }",
    "SELECT ?x { VALUES ?x { '''''' '' \"SERVICE\" } }",
    "CONSTRUCT WHERE { ?create ?copy ?move }",
)


@pytest.mark.parametrize("query", HONEST, ids=lambda query: query[:60])
def test_honest_queries_that_look_alike_run(engine: Engine, query: str) -> None:
    assert engine.query(query, rows=5).kind in {"select", "ask", "graph"}


def test_the_union_of_all_graphs_answers_and_from_narrows_it(engine: Engine) -> None:
    count = "SELECT (COUNT(DISTINCT ?d) AS ?n) {} {{ ?d a gcm:Document }}"
    everywhere = engine.query(count.format("", "")).records()
    assert everywhere == [{"n": 2}]
    assert engine.query(count.format(f"FROM <{GRAPH}>")).records() == [{"n": 1}]
    assert engine.query(count.format(f"FROM NAMED <{GRAPH}>")).records() == [{"n": 0}]
    plain = count.format("")
    assert engine.query(plain, default_graphs=[GRAPH]).records() == [{"n": 1}]
    assert engine.query(plain, named_graphs=[GRAPH]).records() == [{"n": 0}]
    with pytest.raises(RefusedError, match="no graph of this store"):
        engine.query(plain, default_graphs=["file:///etc/passwd"])


def test_columns_stand_in_the_order_of_the_query(engine: Engine) -> None:
    star = engine.query("SELECT * { ?z gcm:number ?a . OPTIONAL { ?m skos:prefLabel ?z } BIND(1 AS ?b) } LIMIT 2")
    assert star.columns == ("z", "a", "m", "b")
    assert [term and term.python() for term in star.rows[0]][3] == 1
    assert str(star.records()[0]["z"]).startswith("https://w3id.org/gcmkg/id/objective/")
    assert engine.query("SELECT ?o ?p ?s { ?s ?p ?o } LIMIT 1").columns == ("o", "p", "s")
    inner = engine.query("SELECT ?s ?n { { SELECT * { ?n a ?s } } } LIMIT 1")
    assert inner.columns == ("s", "n")


def test_a_result_that_is_cut_says_so_and_one_that_just_fits_does_not(engine: Engine) -> None:
    twenty_three = "SELECT ?o { ?o a gcm:Objective }"
    cut = engine.query(twenty_three, rows=10)
    assert (len(cut.rows), cut.truncated) == (10, True)
    whole = engine.query(twenty_three, rows=23)
    assert (len(whole.rows), whole.truncated) == (23, False)
    graph = engine.query("CONSTRUCT { ?o a ?c } WHERE { ?o a ?c }", rows=7)
    assert (len(graph.triples), graph.truncated) == (7, True)
    assert engine.query(twenty_three, rows=0).truncated


def test_batches_come_together_in_order(engine: Engine) -> None:
    rows = engine.query("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY STR(?s) STR(?p) STR(?o)", rows=6_000, seconds=20).rows
    again = engine.query("SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY STR(?s) STR(?p) STR(?o)", rows=6_000, seconds=20).rows
    assert rows == again
    assert len(rows) == 6_000
    assert [str(row[0].value) for row in rows if row[0]] == sorted(row[0].value for row in rows if row[0])


def test_a_table_of_terms_that_grows_large_begins_anew(engine: Engine) -> None:
    result = engine.query("SELECT (STR(?s) AS ?x) (CONCAT(STR(?s), STR(?p), STR(?o), STR(?t)) AS ?y) "
                          "{ ?s ?p ?o . ?t a gcm:Objective }", rows=70_000, seconds=20)
    assert len(result.rows) == 70_000
    assert all(row[0] and row[1] and row[1].value.startswith(row[0].value) for row in result.rows)
    assert len({row[1] for row in result.rows}) > 55_000


def test_values_come_as_python_values_and_survive_a_pickle(engine: Engine) -> None:
    result = engine.query(
        "SELECT (7 AS ?i) (0.5 AS ?d) (1e3 AS ?f) (true AS ?b) ('hé'@fr AS ?t) (<urn:x> AS ?u) ?none {}"
    )
    assert list(result.records()[0].values()) == [7, 0.5, 1000.0, True, "hé", "urn:x", None]
    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301 - our own bytes
    assert result.rows[0][4] is not None
    assert result.rows[0][4].language == "fr"


@pytest.mark.parametrize(("query", "said"), [
    ("SELECT ?x {\n  ?x ?p ?o .\n  FOO }", "line 3, column"),
    ("SELECT ?x { ?x ?p 'never ends }", "line 1, column 19"),
    ("SELECT ?x { nope:x ?p ?x }", "The prefix nope: at line 1, column 13"),
    ("SELECT ?y { ?s ?p ?o } GROUP BY ?s", "unbound"),
    ("SELECT * { ?s ?p ?o", "at its end"),
    ("PLEASE ?x", "begins with 'PLEASE'"),
    ("", "The query is empty"),
    ("# only a comment", "The query is empty"),
    ("SELECT * { ?s <relative> ?o }", "IRI"),
    ("SELECT * { ?s ?p '\ud800' }", "half a character"),
    ("SELECT * FROMx { }", "put spaces round FROM"),
])
def test_a_query_that_does_not_parse_says_where_in_one_sentence(engine: Engine, query: str, said: str) -> None:
    with pytest.raises(QueryError) as error:
        engine.query(query)
    assert said in str(error.value)
    assert error.value.exit_code == 2
    assert "\n" not in str(error.value)


def test_many_threads_each_get_their_own_answer(engine: Engine) -> None:
    found: dict[int, object] = {}

    def ask(number: int) -> None:
        result = engine.query(f"SELECT ?l {{ objective:{number} gcm:number ?l }}", seconds=10)
        found[number] = result.records()[0]["l"]

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(1, 13)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {number: number for number in range(1, 13)}


def test_when_all_workers_are_busy_a_query_waits_no_longer_than_its_time(folder: Path) -> None:
    with Engine(folder, limits=Limits(workers=1)) as engine:
        engine.query("ASK {}")
        heavy = threading.Thread(target=_until_its_limit, args=(engine,))
        heavy.start()
        time.sleep(0.3)
        with pytest.raises(LimitError, match="busy"):
            engine.query("ASK {}", seconds=0.2)
        assert engine.query("ASK {}", seconds=10).boolean is True
        heavy.join()


def _until_its_limit(engine: Engine, seconds: float = 1.5) -> None:
    with pytest.raises(LimitError):
        engine.query(HEAVY[0], seconds=seconds)


def test_light_queries_keep_a_worker_when_heavy_ones_fill_the_rest(folder: Path) -> None:
    with Engine(folder, limits=Limits(workers=2, light_seconds=0.2)) as engine:
        engine.query("ASK {}")
        heavy = [threading.Thread(target=_until_its_limit, args=(engine, 4.0)) for _ in range(3)]
        for thread in heavy:
            thread.start()
        time.sleep(0.3)
        assert [engine.query("ASK {}", seconds=3.0).boolean for _ in range(4)] == [True] * 4
        assert all(thread.is_alive() for thread in heavy)
        for thread in heavy:
            thread.join()


def test_a_query_too_heavy_for_the_light_worker_is_answered_by_another(folder: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a gcm:number ?b . ?c gcm:number ?d . ?e gcm:number ?f . ?s a gcm:SdgTarget }"
    with Engine(folder, limits=Limits(workers=2, light_seconds=0.01)) as engine:
        blocking = threading.Thread(target=_until_its_limit, args=(engine,))
        blocking.start()
        time.sleep(0.3)
        assert engine.query(slow, seconds=60).records()[0]["n"] == 23**3 * 169
        blocking.join()


def test_closing_ends_what_runs_and_every_process(folder: Path) -> None:
    engine = Engine(folder)
    engine.query("ASK {}")
    processes = [worker._process for worker in engine._pool._free]
    engine.close()
    engine.close()
    assert all(process.poll() is not None for process in processes)
    with pytest.raises(StoreError, match="closed"):
        engine.query("ASK {}")


def test_a_folder_without_a_graph_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no graph"):
        Engine(tmp_path / "none")
    with Engine(tmp_path) as engine, pytest.raises(StoreError, match="cannot be read"):
        engine.query("ASK {}")


def test_what_the_kernel_lacks_is_logged_once(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    received = Worker.receive
    monkeypatch.setattr(Worker, "receive", lambda worker, deadline: {
        **(frame := received(worker, deadline)), **({"missing": ["seccomp"]} if "missing" in frame else {})})
    with caplog.at_level(logging.WARNING), Engine(folder) as engine:
        engine.query("ASK {}")
        engine.query("ASK {}")
    assert [record.message.count("seccomp") for record in caplog.records] == [1]
