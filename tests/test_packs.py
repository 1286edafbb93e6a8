"""Citation packs of the real corpus: made, read, compared with the store, damaged, forged."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import gcmkg
from gcmkg import Store
from ontology.errors import UsageError

QUESTION = ("bodies-for-objective", {"objective": "10"})


@pytest.fixture(scope="module")
def pack(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pack") / "answer.zip"
    with path.open("wb") as out:
        store.citing.write_pack(gcmkg.bind_question(*QUESTION), out, title="<script>alert(1)</script>")
    return path


def files(pack: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(pack: Path, to: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = False) -> Path:
    """The pack with its files changed; `honest` brings the digests of pack.json up to date."""
    content = files(pack)
    change(content)
    if honest:
        manifest = json.loads(content["pack.json"])
        manifest["files"] = {n: {"size": len(d), "sha256": hashlib.sha256(d).hexdigest()}
                             for n, d in content.items() if n != "pack.json"}
        content["pack.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return to


def test_it_holds_the_answer_with_every_quote_and_its_place(store: Store, pack: Path) -> None:
    content = files(pack)
    result = store.query(gcmkg.bind_question(*QUESTION))
    assert content["result.json"] == gcmkg.write_result(result, "json")
    quotes = json.loads(content["quotes.json"])
    shown = {(r["document"], r["start"], r["end"], r["quote"]) for r in result.records()}
    assert shown <= {(q["document"], q["start"], q["end"], q["quote"]) for q in quotes}
    slugs = {entry["name"]: entry["slug"] for entry in store.documents}
    assert all(store.text(slugs[q["document"]])[q["start"] : q["end"]] == q["quote"] for q in quotes)
    described = json.loads(content["pack.json"])
    assert described["store"]["generation"] == store.generation.number
    assert described["ontology"] == "0.1.0"
    assert described["documents"].keys() == slugs.keys()
    cited = {entry["id"] for entry in json.loads(content["citations.json"])}
    assert cited == {slugs[q["document"]] for q in quotes}


def test_its_page_runs_no_script_and_fetches_nothing(pack: Path) -> None:
    page = files(pack)["index.html"].decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src 'none'" in page
    assert "src=" not in page
    assert "href=" not in page


def test_the_same_answer_gives_the_same_bytes(store: Store, pack: Path) -> None:
    again = io.BytesIO()
    store.citing.write_pack(gcmkg.bind_question(*QUESTION), again, title="<script>alert(1)</script>")
    assert again.getvalue() == pack.read_bytes()


@pytest.mark.parametrize("query", [
    "ASK { objective:10 a gcm:Objective }", "DESCRIBE objective:10",
    'SELECT ?quote ?score { ?passage gcm:matches ("lost identity papers" 5 ?score) ; oa:hasSelector/oa:exact ?quote }',
    "SELECT ?passage ?b { ?passage gcm:mentions body:iom BIND(BNODE() AS ?b) } LIMIT 20",
])
def test_every_kind_of_answer_is_verified(store: Store, tmp_path: Path, query: str) -> None:
    path = tmp_path / "pack.zip"
    with path.open("wb") as out:
        result = store.citing.write_pack(query, out)
    outcome = store.citing.check_pack(path)
    assert outcome.findings == ()
    assert outcome.notes == ("The graph is the one that the pack was made from.",)
    assert (outcome.quotes > 0) == (result.kind == "select")


def test_a_pack_whose_result_is_another_one_is_told(store: Store, pack: Path, tmp_path: Path) -> None:
    def drop_a_row(content: dict[str, bytes]) -> None:
        result = json.loads(content["result.json"])
        del result["results"]["bindings"][0]
        content["result.json"] = json.dumps(result).encode()

    (finding,) = store.citing.check_pack(repacked(pack, tmp_path / "x.zip", drop_a_row, honest=True)).findings
    assert finding.endswith("rows are gone, 1 are new.")


def test_a_quote_that_is_not_in_the_document_is_told(store: Store, pack: Path, tmp_path: Path) -> None:
    def invent(content: dict[str, bytes]) -> None:
        quotes = json.loads(content["quotes.json"])
        quotes[0]["quote"] = "Nobody ever said so."
        content["quotes.json"] = json.dumps(quotes).encode()

    (finding,) = store.citing.check_pack(repacked(pack, tmp_path / "x.zip", invent, honest=True)).findings
    assert "the document does not say 'Nobody ever said so.'" in finding


def test_a_file_that_was_changed_or_added_is_told(store: Store, pack: Path, tmp_path: Path) -> None:
    def change(content: dict[str, bytes]) -> None:
        content["index.html"] += b"<p>more</p>"
        content["../../more.txt"] = b"x"

    findings = store.citing.check_pack(repacked(pack, tmp_path / "x.zip", change)).findings
    assert findings == ("../../more.txt does not belong to the pack.",
                        "index.html was changed: its SHA-256 is not that of pack.json.")


def test_a_query_in_a_pack_is_guarded_like_any_other(store: Store, pack: Path, tmp_path: Path) -> None:
    def forge(content: dict[str, bytes]) -> None:
        content["query.rq"] = b"SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"

    (finding,) = store.citing.check_pack(repacked(pack, tmp_path / "x.zip", forge, honest=True)).findings
    assert finding.startswith("The query does not run any more: SERVICE")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pack.json", b" " * 50_000_000)


def _nested(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("pack.json", "[" * 200_000)


def _other(described: Any) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("pack.json", json.dumps(described))
            archive.writestr("query.rq", "ASK {}")

    return make


@pytest.mark.parametrize("make", [
    _bomb, _nested, lambda path: path.write_bytes(b"no zip"), lambda path: path.write_bytes(b""),
    _other([]), _other({"format": 2}), _other({"format": 1, "result": {}, "files": {}}),
    _other({"format": 1, "result": {"kind": "ask", "rows": 0}, "files": {
        name: {"size": -1, "sha256": ""} for name in ("query.rq", "quotes.json", "result.json")}}),
    _other({"format": 1, "result": {"kind": "ask", "rows": 0}, "files": {
        name: {"size": 9**15, "sha256": ""} for name in ("query.rq", "quotes.json", "result.json")}}),
    lambda path: path.unlink(missing_ok=True),
], ids=["bomb", "nested", "no zip", "empty", "list", "format", "no kind", "below zero", "too large", "missing"])
def test_what_is_no_pack_is_one_sentence(store: Store, tmp_path: Path, make: Callable[[Path], object]) -> None:
    path = tmp_path / "x.zip"
    make(path)
    with pytest.raises(UsageError, match="is no citation pack") as error:
        store.citing.check_pack(path)
    assert "\n" not in str(error.value)


def test_the_command_line_makes_and_verifies_a_pack(
    store_path: Path, tmp_path: Path, run: Callable[..., Any]
) -> None:
    made = run("query", "commitments", "--store", store_path, "--pack", "answer.zip")
    assert (made.returncode, made.stdout) == (0, "")
    held = run("verify", "answer.zip", "--store", store_path)
    assert (held.returncode, held.stdout) == (0, "")
    assert "answer.zip holds: the same answer" in held.stderr
    other = tmp_path / "store"
    shutil.copytree(store_path, other)
    (tmp_path / "new.md").write_text("# Plan\n\nThe Ministry of Labour will protect domestic workers.\n", "utf-8")
    gcmkg.ingest([tmp_path / "new.md"], store=other)
    changed = run("verify", "answer.zip", "--store", other)
    assert changed.returncode == 1
    assert "The graph is not the one that the pack was made from" in changed.stderr
    bib = run("export", "citations", "--format", "bibtex", "--store", store_path)
    assert bib.stdout.count("@misc{") == 5
