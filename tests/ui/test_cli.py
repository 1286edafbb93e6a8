"""The command line as users and scripts rely on it: output forms, exit codes, one-sentence errors."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

ROOT = Path(__file__).parents[2]
Run = Callable[..., "subprocess.CompletedProcess[str]"]
COMMANDS = (
    "ingest", "tag", "bodies", "search", "ask", "query", "export facts", "export graph", "export passages", "check",
    "verify", "evaluate", "status", "serve", "explore",
)


def is_one_sentence(text: str) -> bool:
    """One line that begins with the program's name and ends as a sentence does; no traceback."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) == 1 and lines[0].startswith("gcmkg: ") and lines[0].endswith((".", "?"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    shown = run(*command.split(), "--help")
    assert shown.returncode == 0
    assert "Example" in shown.stdout
    assert f"gcmkg {command.split()[0]}" in shown.stdout


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, contextlib, io\n"
        "from ui.cli import run\n"
        "with contextlib.redirect_stdout(io.StringIO()): run(['--help'])\n"
        "heavy = {'torch', 'streamlit', 'faiss', 'sentence_transformers', 'rdflib', 'numpy', 'onnxruntime'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_bodies_for_objective_10_say_where_they_say_so(run: Run, store_path: Path) -> None:
    done = run("bodies", "--objective", "10", "--store", store_path, "--format", "json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["objective"] == 10
    assert answer["bodies"]
    for record in answer["bodies"]:
        text = (ROOT / "corpus" / record["document"]).read_bytes().decode()
        assert text[record["start"] : record["end"]] == record["quote"]
        assert record["capacity"]
        assert 0 < record["confidence"] <= 1


def test_the_store_may_be_named_before_the_command_or_in_the_environment(run: Run, store_path: Path) -> None:
    after = run("status", "--format", "json", "--store", store_path)
    before = run("--store", store_path, "status", "--format", "json")
    named = run("status", "--format", "json", env={"GCMKG_STORE": str(store_path)})
    assert after.stdout == before.stdout == named.stdout
    assert len(json.loads(after.stdout)["documents"]) == 5


def test_search_puts_the_answer_first(run: Run, store_path: Path) -> None:
    query = "temporary identity documents for migrants who lost papers"
    done = run("search", query, "--store", store_path, "--format", "json")
    assert done.returncode == 0, done.stderr
    best = json.loads(done.stdout)["hits"][0]
    assert best["document"] == "iraq-outreach-report-2021.md"
    assert "temporary identity documents" in best["quote"]


def test_search_filters_by_statement_type_and_objective(run: Run, store_path: Path) -> None:
    done = run(
        "search", "shelter for victims", "--type", "recommendation", "--objective", "10", "--store", store_path,
        "--format", "jsonl",
    )
    assert done.returncode == 0, done.stderr
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    assert hits
    assert all(hit["statement_type"] == "recommendation" and 10 in hit["objectives"] for hit in hits)


def test_many_queries_give_one_record_each(run: Run, store_path: Path, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"id": "a", "query": "shelters"}\n{"id": "b", "query": "remittances"}\n', "utf-8")
    done = run("search", "--queries", queries, "--format", "jsonl", "--store", store_path)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    assert [r["id"] for r in records] == ["a", "b"]
    assert all(set(r) == {"id", "query", "hits", "weak"} and r["hits"] for r in records)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "xlsx", "parquet", "table"])
def test_a_listing_says_the_same_in_every_form(run: Run, store_path: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / f"bodies.{form}"
    done = run("bodies", "--objective", "10", "--store", store_path, "--format", form, "--output", file)
    assert done.returncode == 0, done.stderr
    wanted = json.loads(run("bodies", "--objective", "10", "--store", store_path, "--format", "json").stdout)["bodies"]
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
        assert [r["body"] for r in rows] == [w["body"] for w in wanted]
    elif form == "parquet":
        assert pq.read_table(file)["quote"].to_pylist() == [w["quote"] for w in wanted]
    elif form == "xlsx":
        assert file.read_bytes().startswith(b"PK")
    elif form == "jsonl":
        assert [json.loads(line) for line in file.read_text("utf-8").splitlines()] == wanted
    else:
        assert all(w["body"].split()[0] in file.read_text("utf-8") for w in wanted)


def test_a_cut_is_said(run: Run, store_path: Path) -> None:
    done = run("search", "migration", "--limit", "2", "--store", store_path, "--format", "json")
    assert json.loads(done.stdout)["truncated"] is True
    assert "raise --limit" in done.stderr


def test_query_reads_stdin_and_knows_the_prefixes(run: Run, store_path: Path) -> None:
    done = run(
        "query", "-", "--store", store_path, "--format", "csv",
        stdin="SELECT (COUNT(?d) AS ?documents) WHERE { ?d a gcm:Document }",
    )
    assert done.stdout.split() == ["documents", "5"]


def test_ready_made_question_takes_its_parameters(run: Run, store_path: Path) -> None:
    done = run("query", "bodies-for-objective", "--objective", "10", "--store", store_path, "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 1


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (["query", "-"], "SELECT nonsense", 2),
        (["query", "-"], "INSERT DATA { <a:a> <a:b> <a:c> }", 3),
        (["query", "-"], "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 3),
        (["query", "no-such-question"], None, 2),
        (["query", "bodies-for-objective", "--objective", "ten"], None, 2),
        (["query", "-", "--timeout", "1"], "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 4),
        (["bodies", "--objective", "24"], None, 2),
        (["search", ""], None, 2),
        (["search", "x", "--type", "recomendation"], None, 2),
        (["ingest", "no-such-folder"], None, 2),
        (["ingest", "corpus", "--ocr-language", "fra"], None, 2),
        (["ingest", "corpus", "--ocr", "--ocr-language", "../eng"], None, 2),
        (["evaluate", "no-such-folder"], None, 2),
    ],
)
def test_mistakes_are_one_sentence_and_the_right_code(
    run: Run, store_path: Path, arguments: list[str], stdin: str | None, code: int
) -> None:
    done = run(*arguments, "--store", store_path, stdin=stdin)
    assert done.returncode == code, done.stderr
    assert is_one_sentence(done.stderr), done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("command", ["status", "bodies --objective 1", "search x", "verify", "export facts"])
def test_without_a_store_the_way_to_one_is_said(run: Run, command: str) -> None:
    done = run(*command.split())
    assert done.returncode == 1
    assert "ingest" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_of_something_else_is_not_taken_for_a_store(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x", "utf-8")
    done = run("ingest", ROOT / "corpus", "--store", tmp_path / "mine")
    assert done.returncode == 1
    assert is_one_sentence(done.stderr)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


def test_a_store_of_another_version_is_refused_and_left_as_it_was(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "old"
    store.mkdir()
    mark = store / "gcmkg-store.json"
    mark.write_text('{"format": 99, "software": "gcmkg"}', "utf-8")
    done = run("ingest", ROOT / "corpus", "--store", store)
    assert done.returncode == 1
    assert "99" in done.stderr
    assert is_one_sentence(done.stderr)
    assert [p.name for p in store.iterdir()] == ["gcmkg-store.json"]


def test_an_empty_folder_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    done = run("ingest", "nothing")
    assert done.returncode == 2
    assert is_one_sentence(done.stderr)
    assert not (tmp_path / "gcmkg-store").exists()


def test_a_port_in_use_is_said(run: Run, store_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", taken.getsockname()[1], "--store", store_path)
    assert done.returncode == 2
    assert is_one_sentence(done.stderr)


def test_tag_gives_all_scores_and_the_accepted_set(run: Run) -> None:
    line = '{"id": "p1", "text": "Victims of trafficking in persons should be given shelter and legal aid."}\n'
    done = run("tag", "-", stdin=line)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["id"] == "p1"
    assert set(record["scores"]) == {str(n) for n in range(1, 24)}
    assert 10 in record["objectives"]
    assert {"scores", "accepted"} <= set(record["sdgs"])


def test_a_closed_pipe_ends_quietly(store_path: Path) -> None:
    program = f"{sys.executable} -c 'from ui.cli import main; main()' export facts --store {store_path} | head -1"
    done = subprocess.run(["bash", "-c", program], capture_output=True, text=True, check=False, cwd=ROOT,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert done.stdout.startswith("{")
    assert done.stderr == ""
