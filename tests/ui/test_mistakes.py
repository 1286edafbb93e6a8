"""Slips and odd input on the command line: told at once, in words that name the value and the fix."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from graph import records
from ui import cli
from ui.commands.export import FACT_KINDS

Run = Callable[..., "subprocess.CompletedProcess[str]"]
TEXT = "Victims of trafficking in persons should be given shelter and legal aid."


@pytest.fixture
def odd_file(tmp_path: Path) -> Path:
    """A document whose name is not UTF-8 and would move the cursor of a terminal."""
    name = os.fsdecode(b"in/re\xffport\x1b[2J.md")
    (tmp_path / "in").mkdir()
    try:
        (tmp_path / name).write_text(f"# Report\n\n{TEXT}\n", "utf-8")
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    return tmp_path / name


def test_a_report_can_name_any_file(run: Run, tmp_path: Path, odd_file: Path) -> None:
    done = run("ingest", "in", "--report", "report.json")
    assert done.returncode in (0, 3), done.stderr
    report = json.loads((tmp_path / "report.json").read_bytes().decode("utf-8"))
    assert [Path(d["path"]).name for d in report["documents"]] == [odd_file.name]
    assert "\x1b" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("report", ["in", "no-such-folder/report.json"])
def test_a_report_that_cannot_be_written_is_said_before_the_work(run: Run, tmp_path: Path, report: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text(f"# Report\n\n{TEXT}\n", "utf-8")
    done = run("ingest", "in", "--report", report)
    assert done.returncode == 2
    assert "--report" in done.stderr
    assert not (tmp_path / "gcmkg-store").exists()


def test_an_interruption_is_said_and_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gcmkg.open_store", interrupted)
    assert cli.run(["status"]) == 1
    assert capsys.readouterr().err == "gcmkg: interrupted; nothing half-done was kept.\n"


def test_a_bad_query_does_not_stop_the_others_and_ids_come_back(run: Run, store_path: Path, tmp_path: Path) -> None:
    lines = [
        {"id": 7, "query": "shelters\u2028for victims"}, {"id": None, "query": ""}, {"query": "remittances"},
    ]
    file = tmp_path / "queries.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n", "utf-8")
    done = run("search", "--queries", file, "--store", store_path)
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.split("\n") if line]
    assert [record["id"] for record in found] == [7, None, "3"]
    assert [bool(record["hits"]) for record in found] == [True, False, True]
    assert found[1]["weak"] is True
    assert "query None" in done.stderr


def test_a_file_without_queries_is_said(run: Run, store_path: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("\n\n", "utf-8")
    done = run("search", "--queries", "empty.jsonl", "--store", store_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "empty.jsonl" in done.stderr


@pytest.mark.parametrize(
    ("stdin", "ids"),
    [
        (f"{{1}} {TEXT}\nSecond line.", ["1"]),
        (json.dumps({"id": 5, "text": f"{TEXT}\u2028More."}, ensure_ascii=False), [5]),
        (json.dumps({"id": None, "text": TEXT}) + "\n" + json.dumps({"text": TEXT}), [None, "2"]),
    ],
)
def test_tag_takes_text_that_begins_as_json_and_keeps_ids(run: Run, stdin: str, ids: list[object]) -> None:
    done = run("tag", "-", stdin=stdin)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["id"] for line in done.stdout.split("\n") if line] == ids


def test_the_help_of_the_graph_names_only_what_can_be_written(run: Run) -> None:
    shown = run("export", "graph", "--help").stdout
    assert "nquads" in shown
    assert "rdfxml" not in shown


def test_the_list_of_questions_comes_in_the_form_asked_for(run: Run) -> None:
    whole = json.loads(run("query", "--list", "--format", "json").stdout)["questions"]
    rows = list(csv.DictReader(run("query", "--list", "--format", "csv").stdout.splitlines()))
    assert [row["name"] for row in rows] == [question["name"] for question in whole]
    assert "spreadsheet-csv" in run("query", "--help").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["bodies", "--objective", "24"], 2, "24 is no objective of the Compact; give a number from 1 to 23."),
        (["search", "x", "--objective", "0"], 2, "0 is no objective of the Compact; give a number from 1 to 23."),
        (["search", "x", "--limit", "0"], 2, "0 is too low for --limit; give 1 or more."),
        (["search", "x", "--confidence", "2"], 2, "2.0 is no value of --confidence; give a number from 0 to 1."),
        (["search", "x", "--confidence", "nan"], 2, "nan is no value of --confidence"),
        (["serve", "--port", "70000"], 2, "70000 is no value of --port; give a number from 0 to 65535."),
        (["search", "x", "--from", "2022", "--to", "2019"], 2, "--from 2022 is after --to 2019"),
        (["search", "x", "--document", "iraq-outreach-report-2012.md"], 2, "mean iraq-outreach-report-2021.md?"),
        (["export", "facts", "--kind", "statment"], 2, "did you mean statement?"),
        (["query", "documents", "-o", "no/such/folder/x"], 2, "no/such/folder/x cannot be written"),
        (["search", "shelter", "--body", "Ministry of Silly Walks"], 0, "--body Ministry of Silly Walks"),
        (["search", "shelter", "--place", "Iraqq"], 0, "--place Iraqq"),
        (["search", "migration", "--offset", "100000"], 0, "--offset 100000 is past the end"),
    ],
)
def test_a_slip_is_told_with_the_fix(
    run: Run, store_path: Path, arguments: list[str], code: int, said: str
) -> None:
    done = run(*arguments, "--store", store_path)
    assert done.returncode == code, done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("before", [True, False])
def test_a_store_that_was_named_must_be_there(run: Run, before: bool) -> None:
    named = ["--store", "typo"]
    done = run(*(named if before else []), "check", "--no-reasoner", *([] if before else named))
    assert done.returncode == 1
    assert "typo" in done.stderr


def test_kinds_of_fact_are_those_of_the_graph(store_path: Path, run: Run) -> None:
    assert set(FACT_KINDS) == set(records._KINDS)
    done = run("export", "facts", "--kind", "Statement", "--store", store_path)
    assert {json.loads(line)["kind"] for line in done.stdout.splitlines()} == {"statement"}
