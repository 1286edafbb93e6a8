"""Results in every form, read back with another library wherever there is one."""

from __future__ import annotations

import csv
import io
import json
import pickle
import tracemalloc
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from query_store import graph_folder

from graph import rows
from graph.engine import Engine
from graph.results import FORMS, is_binary, result_pieces, write_result
from graph.terms import STRING, QueryResult, Term
from ontology.errors import UsageError

XSD = "http://www.w3.org/2001/XMLSchema#"
ROWS = (
    (Term("iri", "http://example.org/a"), Term("literal", "=1+1", STRING), Term("literal", "7", f"{XSD}integer"),
     Term("literal", "chat", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "fr"), None),
    (Term("bnode", "b0"), Term("literal", 'a "b",\n\tc\\', STRING), Term("literal", "-3", f"{XSD}integer"),
     Term("literal", "0.50", f"{XSD}decimal"), Term("literal", "true", f"{XSD}boolean")),
)
SELECT = QueryResult("select", ("a", "b", "c", "d", "e"), ROWS)
CUT = QueryResult("select", SELECT.columns, ROWS, truncated=True)
ASK = QueryResult("ask", boolean=False)
GRAPH = QueryResult("graph", triples=(
    (Term("iri", "https://w3id.org/gcmkg/id/objective/1"), Term("iri", "http://www.w3.org/2004/02/skos/core#prefLabel"),
     Term("literal", 'a "b"\n', STRING)),
    (Term("bnode", "x"), Term("iri", "urn:p"), Term("literal", "chat", None, "fr")),
))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with Engine(graph_folder(tmp_path_factory)) as opened:
        yield opened


def test_json_is_that_of_the_recommendation() -> None:
    found = json.loads(write_result(SELECT, "json"))
    assert found["head"] == {"vars": ["a", "b", "c", "d", "e"]}
    assert "truncated" not in found
    first, second = found["results"]["bindings"]
    assert first == {
        "a": {"type": "uri", "value": "http://example.org/a"},
        "b": {"type": "literal", "value": "=1+1"},
        "c": {"type": "literal", "value": "7", "datatype": f"{XSD}integer"},
        "d": {"type": "literal", "value": "chat", "xml:lang": "fr"},
    }
    assert second["a"] == {"type": "bnode", "value": "b0"}
    assert json.loads(write_result(CUT, "json"))["truncated"] is True
    assert json.loads(write_result(ASK, "json")) == {"head": {}, "boolean": False}
    assert json.loads(write_result(QueryResult("select", ("a",)), "json"))["results"]["bindings"] == []


def test_rdflib_reads_our_json_and_xml_as_the_same_rows() -> None:
    from rdflib.query import Result

    by_form = {}
    for form in ("json", "xml"):
        parsed = Result.parse(io.BytesIO(write_result(SELECT, form)), format=form)
        assert [str(v) for v in parsed.vars or ()] == list(SELECT.columns)
        by_form[form] = [[None if t is None else (type(t).__name__, str(t)) for t in row[1:]] for row in parsed]
    assert by_form["json"] == by_form["xml"]
    assert by_form["json"][1][0] == ("Literal", 'a "b",\n\tc\\')


def test_xml_says_what_was_cut_and_holds_any_character() -> None:
    nasty = QueryResult("select", ("x",), ((Term("literal", "a\x00\x0b<&>\r\ufffe", STRING),),), truncated=True)
    text = write_result(nasty, "xml")
    root = ET.fromstring(text)  # noqa: S314 - our own bytes
    literals = root.iter("{http://www.w3.org/2005/sparql-results#}literal")
    assert [e.text for e in literals] == ["a\ufffd\ufffd<&>\r\ufffd"]
    assert b"truncated" in text
    assert ET.fromstring(write_result(ASK, "xml"))[1].text == "false"  # noqa: S314


def test_csv_and_tsv_are_raw_as_the_recommendation_has_them() -> None:
    rows = list(csv.reader(io.StringIO(write_result(SELECT, "csv").decode(), newline="")))
    assert rows == [
        ["a", "b", "c", "d", "e"], ["http://example.org/a", "=1+1", "7", "chat", ""],
        ["_:b0", 'a "b",\n\tc\\', "-3", "0.50", "true"],
    ]
    assert write_result(SELECT, "csv").startswith(b"a,b,c,d,e\r\n")
    lines = write_result(SELECT, "tsv").decode().split("\n")
    assert lines == [
        "?a\t?b\t?c\t?d\t?e", '<http://example.org/a>\t"=1+1"\t7\t"chat"@fr\t',
        '_:b0\t"a \\"b\\",\\n\\tc\\\\"\t-3\t0.50\ttrue', "",
    ]


def test_what_a_spreadsheet_opens_runs_nothing() -> None:
    data = write_result(SELECT, "spreadsheet-csv")
    assert data.startswith(b"\xef\xbb\xbfa,b")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[1][1] == "'=1+1"
    assert rows[2][2] == "-3", "a number stays a number"
    nasty = [Term("literal", start + "x", STRING) for start in ("+", "-", "@", "\t", "\r", "＝", "＠", "a")]
    cells = next(csv.reader(io.StringIO(
        write_result(QueryResult("select", tuple("abcdefgh"), (tuple(nasty),)), "spreadsheet-csv").decode("utf-8-sig"),
        newline="").readlines()[1:]))
    assert [cell[0] for cell in cells] == ["'"] * 7 + ["a"]


def test_xlsx_keeps_text_as_text_and_says_what_was_cut() -> None:
    long = QueryResult("select", ("x",), ((Term("literal", "y" * 40_000 + "\x00", STRING),),), truncated=True)
    with zipfile.ZipFile(io.BytesIO(write_result(SELECT, "xlsx"))) as book:
        sheet, strings = book.read("xl/worksheets/sheet1.xml").decode(), book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count("<hyperlink ") == 1, "web addresses can be clicked, and nothing else"
    assert "=1+1" in strings
    assert "<v>7</v>" in sheet
    with zipfile.ZipFile(io.BytesIO(write_result(long, "xlsx"))) as book:
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "[cut; whole on sheet long texts from row 2]" in strings
    assert strings.count("y") > 40_000, "nothing of it is lost"
    assert "Cut at 1 rows" in strings
    assert write_result(SELECT, "xlsx") == write_result(SELECT, "xlsx")


def test_parquet_has_typed_columns() -> None:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(write_result(CUT, "parquet")))
    assert table.column_names == list(SELECT.columns)
    assert [str(field.type) for field in table.schema] == ["string", "string", "int64", "string", "bool"]
    assert table.column("c").to_pylist() == [7, -3]
    assert table.column("d").to_pylist() == ["chat", "0.50"]
    assert table.schema.metadata[b"truncated"] == b"true"


def test_jsonl_and_table_are_for_reading() -> None:
    rows = [json.loads(line) for line in write_result(SELECT, "jsonl").splitlines()]
    assert rows[0] == {"a": "http://example.org/a", "b": "=1+1", "c": 7, "d": "chat", "e": None}
    assert rows[1]["e"] is True
    table = write_result(CUT, "table").decode()
    assert "http://example.org/a" in table
    assert "cut at 2 rows" in table
    assert "\x1b" not in table
    assert write_result(ASK, "table") == b"no\n"
    red = QueryResult("select", ("x",), ((Term("literal", "\x1b[31mred\u202e", STRING),),))
    assert "\x1b" not in write_result(red, "table").decode()
    assert write_result(ASK, "csv") == b"boolean\r\nfalse\r\n"


@pytest.mark.parametrize("form", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_every_form_of_a_graph_is_read_back_as_the_same_graph(engine: Engine, form: str) -> None:
    from rdflib import Graph
    from rdflib.compare import isomorphic

    names = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}
    described = engine.query("DESCRIBE objective:10")
    for result in (GRAPH, described):
        found = Graph().parse(data=write_result(result, form), format=names[form])
        expected = Graph().parse(data=write_result(result, "ntriples"), format="nt")
        assert len(found) == len(result.triples)
        assert isomorphic(found, expected)
    assert write_result(described, form) == write_result(described, form)


def test_a_cut_graph_says_so() -> None:
    cut = QueryResult("graph", triples=GRAPH.triples, truncated=True)
    assert write_result(cut, "turtle").startswith(b"# truncated")
    assert write_result(cut, "ntriples").startswith(b"# truncated")


@pytest.mark.parametrize(("result", "form", "said"), [
    (SELECT, "docx", "There is no form 'docx'; give one of table, json"),
    (SELECT, "turtle", "turtle cannot hold a table of rows"),
    (GRAPH, "csv", "csv cannot hold a graph"),
    (ASK, "parquet", "parquet cannot hold a yes or no"),
])
def test_a_form_that_does_not_fit_is_one_sentence_with_those_that_do(
    result: QueryResult, form: str, said: str
) -> None:
    with pytest.raises(UsageError) as error:
        write_result(result, form)
    assert said in str(error.value)


def test_which_forms_are_binary() -> None:
    assert [form for form in FORMS if is_binary(form)] == ["xlsx", "parquet"]


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
_odd_numbers = st.sampled_from(["INF", "-INF", "NaN", "1e999", "x", "2.5"])
_terms = st.one_of(
    st.none(),
    st.builds(lambda text: Term("literal", text, STRING), _texts),
    st.builds(lambda number: Term("literal", str(number), f"{XSD}integer"), st.integers()),
    st.builds(lambda text: Term("literal", text, f"{XSD}double"), _odd_numbers),
    st.builds(lambda text: Term("literal", text, None, "en"), _texts),
)


@given(rows=st.lists(st.tuples(_terms, _terms), max_size=6))
def test_any_row_can_be_written_and_the_exact_forms_lose_nothing(rows: list[tuple[Any, Any]]) -> None:
    import pyoxigraph as ox

    result = QueryResult("select", ("x", "y"), tuple(rows))
    found = json.loads(write_result(result, "json"))["results"]["bindings"]
    expected = [[t and t.value for t in row] for row in rows]
    assert [[b.get(n, {}).get("value") for n in ("x", "y")] for b in found] == expected
    parsed = ox.parse_query_results(write_result(result, "tsv"), format=ox.QueryResultsFormat.TSV)
    assert isinstance(parsed, ox.QuerySolutions)
    assert [[t and t.value for t in solution] for solution in parsed] == expected
    json.loads("[" + ",".join(write_result(result, "jsonl").decode().splitlines()) + "]", parse_constant=_never)
    for form in ("xml", "csv", "spreadsheet-csv", "xlsx", "parquet", "table"):
        assert write_result(result, form)


def _never(constant: str) -> None:
    raise AssertionError(f"{constant} is no JSON")


def test_many_rows_are_read_from_a_file_and_are_the_same_as_few(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "SELECT * { ?s ?p ?o } ORDER BY STR(?s) STR(?p) STR(?o) LIMIT 5000"
    few = engine.query(query)
    monkeypatch.setattr(rows, "KEPT_ROWS", 10)
    many = engine.query(query)
    assert isinstance(few.rows, tuple)
    assert isinstance(many.rows, rows.LazyRows)
    assert many.rows == few.rows
    assert (many.rows[-1], many.rows[7:3:-2]) == (few.rows[-1], few.rows[7:3:-2])
    assert list(zip(many.rows, many.rows, strict=True)) == list(zip(few.rows, few.rows, strict=True))
    assert pickle.loads(pickle.dumps(many.rows)) == few.rows  # noqa: S301 - our own bytes
    for form in ("json", "xml", "csv", "tsv", "jsonl", "spreadsheet-csv", "xlsx", "parquet"):
        assert write_result(many, form) == write_result(few, form)


def test_a_large_result_is_written_without_standing_in_memory(engine: Engine) -> None:
    result = engine.query("SELECT (STR(?s) AS ?x) (STR(?o) AS ?y) { ?s a gcm:SdgTarget . ?o ?q ?t }", rows=60_000,
                          seconds=60)
    assert len(result.rows) == 60_000
    tracemalloc.start()
    written = sum(len(piece) for piece in result_pieces(result, "tsv"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert written > 5_000_000
    assert peak < written / 3


def test_a_workbook_written_row_by_row_has_them_all(engine: Engine) -> None:
    result = engine.query("SELECT ?s { ?s a gcm:SdgTarget . ?o ?q ?t }", rows=60_000, seconds=60)
    with zipfile.ZipFile(io.BytesIO(write_result(result, "xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == 60_001


@pytest.mark.parametrize(("form", "holds"), [
    ("csv", b"objective:1,skos:prefLabel"), ("tsv", b'"objective:1"'), ("jsonl", b'"objective:1"'),
    ("spreadsheet-csv", b"objective:1"), ("table", b"objective:1"),
])
def test_prefixes_are_compacted_on_request(form: str, holds: bytes) -> None:
    row = (Term("iri", "https://w3id.org/gcmkg/id/objective/1"),
           Term("iri", "http://www.w3.org/2004/02/skos/core#prefLabel"), Term("iri", "http://example.org/a,b"))
    result = QueryResult("select", ("a", "b", "c"), (row,))
    assert holds in write_result(result, form, compact=True)
    assert holds not in write_result(result, form)
    assert b"http://example.org/a,b" in write_result(result, form, compact=True)


def test_forms_with_whole_iris_only_say_so() -> None:
    with pytest.raises(UsageError, match="json has whole IRIs only"):
        write_result(SELECT, "json", compact=True)


def test_compact_json_ld_has_a_context_and_means_the_same(engine: Engine) -> None:
    from rdflib import Graph
    from rdflib.compare import isomorphic

    for result in (GRAPH, engine.query("DESCRIBE objective:10")):
        text = write_result(result, "jsonld", compact=True)
        assert b'"objective:1' in text
        expected = Graph().parse(data=write_result(result, "ntriples"), format="nt")
        assert isomorphic(Graph().parse(data=text, format="json-ld"), expected)


def test_graphml_of_a_result_is_read_by_another_parser(engine: Engine) -> None:
    from xml.dom import minidom

    described = engine.query("DESCRIBE objective:10")
    page = minidom.parseString(write_result(described, "graphml"))  # noqa: S318 - our own bytes
    nodes = {node.getAttribute("id") for node in page.getElementsByTagName("node")}
    assert "https://w3id.org/gcmkg/id/objective/10" in nodes
    edges = page.getElementsByTagName("edge")
    assert all({edge.getAttribute("source"), edge.getAttribute("target")} <= nodes for edge in edges)
    assert len(edges) == sum(triple[2].kind == "iri" for triple in described.triples)
