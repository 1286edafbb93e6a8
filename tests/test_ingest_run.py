"""The main job on the real corpus: what is in the store, and what a second, changed or broken ingest does to it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import gcmkg
from gcmkg import Store
from graph.dumps import graph_digest
from ontology.errors import StoreError, UsageError
from search.encoder import load_encoder

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
TWO = ("iraq-outreach-report-2021.md", "un-network-kazakhstan-tor.md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two documents of the corpus and no catalogue."""
    place = tmp_path / "documents"
    place.mkdir()
    for name in TWO:
        shutil.copy(CORPUS / name, place / name)
    return place


def digest(path: Path) -> str:
    with gcmkg.open_store(path) as store:
        return graph_digest(store.reader)


class Remembered:
    """The encoder, and every text that it was given."""

    def __init__(self, encoder: Any) -> None:
        self._encoder = encoder
        self.name, self.dimension = encoder.name, encoder.dimension
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Any:
        self.texts += texts
        return self._encoder.encode(texts)

    def encode_parts(self, texts: Sequence[str], parts: Any) -> Any:
        self.texts += texts
        return self._encoder.encode_parts(texts, parts)


def test_a_first_ingest_embeds_no_text_twice_and_the_next_only_what_is_new(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = Remembered(load_encoder())
    monkeypatch.setattr("search.encoder.load_encoder", lambda _: remembered)
    gcmkg.ingest([folder], store=tmp_path / "store")
    assert len(remembered.texts) > 100
    assert len(set(remembered.texts)) == len(remembered.texts)
    before = len(remembered.texts)
    (folder / "note.md").write_text("# A note\n\nThe ministry opens a desk for migrants.\n", "utf-8")
    gcmkg.ingest([folder], store=tmp_path / "store")
    new = remembered.texts[before:]
    assert sorted(new) == ["A note", "A note. A note", "The ministry opens a desk for migrants."]


def statuses(report: object) -> dict[str, str]:
    return {d.document: d.status for d in report.documents}  # type: ignore[attr-defined]


def test_every_quote_stands_where_its_fact_says(store: Store) -> None:
    texts = {str(e["name"]): (CORPUS / str(e["name"])).read_bytes().decode() for e in store.documents}
    facts = list(store.facts())
    assert {f["kind"] for f in facts} >= {
        "body", "relation", "body_fact", "statement", "objective_link", "sdg_link", "principle_link", "instrument",
    }
    wrong = [f for f in facts if texts[f["document"]][f["start"] : f["end"]] != f["quote"]]
    assert wrong == []
    assert all(0 <= f["confidence"] <= 1 and f["method"] and f["reason"] for f in facts)


def test_every_passage_stands_where_it_says(store: Store) -> None:
    for passage in store.passages():
        text = (CORPUS / passage["document"]).read_bytes().decode()
        assert text[passage["start"] : passage["end"]] == passage["quote"]


def test_groups_of_the_outreach_report_have_the_objectives_of_their_headings(store: Store) -> None:
    named: dict[str, set[int]] = defaultdict(set)
    for fact in store.facts():
        is_heading = fact["kind"] == "objective_link" and fact["quote"].startswith("Group ")
        if fact["document"] == "iraq-outreach-report-2021.md" and is_heading:
            assert fact["method"] == "explicit"
            assert fact["strength"] == 3
            named[fact["quote"][:7]].add(fact["objective"])
    assert named == {
        "Group 1": {2, 5, 6, 12, 18},
        "Group 2": {4, 8, 9, 10, 11, 13, 21},
        "Group 3": {14, 15, 16, 19, 20, 22},
        "Group 4": {1, 3, 7, 17, 23},
    }


def test_the_ontology_is_in_the_store_whatever_the_documents_mention(store: Store) -> None:
    rows = store.query(
        "SELECT (COUNT(DISTINCT ?o) AS ?objectives) (COUNT(DISTINCT ?a) AS ?actions) WHERE "
        "{ ?o a gcm:Objective OPTIONAL { ?o gcm:hasAction ?a } }"
    ).rows
    assert [term.python() for term in rows[0] if term] == [23, 187]


def test_a_second_ingest_changes_nothing(folder: Path, tmp_path: Path) -> None:
    first = gcmkg.ingest([folder], store=tmp_path / "store")
    again = gcmkg.ingest([folder], store=tmp_path / "store")
    assert set(statuses(first).values()) == {"ingested"}
    assert set(statuses(again).values()) == {"unchanged"}
    assert again.generation == first.generation


def test_changed_added_renamed_and_removed_files_end_as_a_clean_rebuild(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    gcmkg.ingest([folder], store=store)
    report = folder / TWO[0]
    report.write_bytes(report.read_bytes() + b"\n\nIOM should open one more shelter for victims of trafficking.\n")
    (folder / TWO[1]).rename(folder / "kazakhstan.md")
    shutil.copy(CORPUS / "un-network-iraq-tor-2020.md", folder / "new.md")
    changed = statuses(gcmkg.ingest([folder], store=store))
    assert changed == {TWO[0]: "ingested", TWO[1]: "removed", "kazakhstan.md": "ingested", "new.md": "ingested"}
    (folder / "new.md").unlink()
    assert statuses(gcmkg.ingest([folder], store=store))["new.md"] == "removed"
    gcmkg.ingest([folder], store=tmp_path / "clean")
    assert digest(store) == digest(tmp_path / "clean")
    with gcmkg.open_store(store) as ours, gcmkg.open_store(tmp_path / "clean") as clean:
        query = "shelter for victims of trafficking"
        assert [h.to_record() for h in ours.search(query).hits] == [h.to_record() for h in clean.search(query).hits]


def test_another_folder_leaves_the_first_alone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(CORPUS / "un-network-iraq-tor-2020.md", other)
    gcmkg.ingest([folder], store=tmp_path / "store")
    gcmkg.ingest([other], store=tmp_path / "store")
    with gcmkg.open_store(tmp_path / "store") as store:
        assert len(store.documents) == 3


def test_workers_and_hash_seeds_change_no_byte(folder: Path, tmp_path: Path) -> None:
    def built(name: str, jobs: int, seed: str) -> bytes:
        code = (
            "import sys, gcmkg\n"
            "if __name__ == '__main__':\n"
            f"    gcmkg.ingest([{str(folder)!r}], store={str(tmp_path / name)!r}, jobs={jobs})\n"
            f"    with gcmkg.open_store({str(tmp_path / name)!r}) as s: s.dump('nquads', sys.stdout.buffer)\n"
        )
        script = tmp_path / f"{name}.py"
        script.write_text(code, "utf-8")
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        return subprocess.run([sys.executable, str(script)], capture_output=True, check=True, env=env).stdout

    one = built("one", 1, "1")
    assert one
    assert built("two", 2, "2") == one


def test_bad_files_cost_themselves_alone(folder: Path, tmp_path: Path) -> None:
    gcmkg.ingest([folder], store=tmp_path / "good")
    (folder / "empty.md").write_bytes(b"")
    (folder / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (folder / "twin.md").write_bytes((folder / TWO[0]).read_bytes())
    os.mkfifo(folder / "pipe.md")
    (folder / "away.md").symlink_to("/etc/hostname")
    found = gcmkg.ingest([folder], store=tmp_path / "store")
    rejected = {d.document: d.code for d in found.documents if d.status == "rejected"}
    assert rejected == {
        "empty.md": "empty",
        "picture.md": "unsupported_format",
        "twin.md": "duplicate",
        "pipe.md": "not_a_file",
        "away.md": "outside_folder",
    }
    assert all(d.reason and d.reason.endswith(".") for d in found.documents if d.status == "rejected")
    assert digest(tmp_path / "store") == digest(tmp_path / "good")


def test_the_report_names_every_file_once(folder: Path, tmp_path: Path) -> None:
    (folder / "README.md").write_text("About this folder.", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    record = gcmkg.ingest([folder], store=tmp_path / "store").to_record()
    json.dumps(record)
    assert sorted(d["document"] for d in record["documents"]) == sorted([*TWO, "empty.txt"])
    assert [Path(s["path"]).name for s in record["skipped"]] == ["README.md"]
    assert record["totals"]["status"] == {"ingested": 2, "unchanged": 0, "rejected": 1, "removed": 0}
    good = next(d for d in record["documents"] if d["document"] == TWO[0])
    assert good["passages"] > 50
    assert good["objective_links"] > 20
    assert good["graph"].startswith("https://w3id.org/gcmkg/id/graph/")


def test_a_catalogue_only_overrides(folder: Path, tmp_path: Path) -> None:
    gcmkg.ingest([folder], store=tmp_path / "without")
    (folder / "catalogue.toml").write_text(
        f'[[document]]\nfile = "{TWO[0]}"\ntitle = "What people said"\npublisher = "Somebody"\n', "utf-8"
    )
    report = gcmkg.ingest([folder], store=tmp_path / "with")
    assert set(statuses(report).values()) == {"ingested"}
    with gcmkg.open_store(tmp_path / "without") as a, gcmkg.open_store(tmp_path / "with") as b:
        before, after = ({d["document"]: d for d in s.status()["documents"]}[TWO[0]] for s in (a, b))
    assert (after["title"], after["publisher"]) == ("What people said", "Somebody")
    assert (after["type"], after["date"]) == (before["type"], before["date"]) == ("outreach_report", "2021-02-18")


def test_a_lost_working_copy_is_made_again_from_the_generation(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    gcmkg.ingest([folder], store=store)
    before = digest(store)
    shutil.rmtree(store / "work")
    assert set(statuses(gcmkg.ingest([folder], store=store)).values()) == {"unchanged"}
    assert digest(store) == before


def test_verify_names_a_flipped_byte_and_ingest_mends_it(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    generation = gcmkg.ingest([folder], store=store).generation
    assert gcmkg.verify(store).findings == ()
    file = max((store / f"gen-{generation}" / "index").rglob("*"), key=lambda p: p.stat().st_size if p.is_file() else 0)
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    assert any(file.name in finding for finding in gcmkg.verify(store).findings)
    gcmkg.ingest([folder], store=store)
    assert gcmkg.verify(store).findings == ()


def made_of(tmp_path: Path, name: str, **files: str) -> Path:
    """A folder of short documents, one a keyword."""
    place = tmp_path / name
    place.mkdir()
    for stem, text in files.items():
        (place / f"{stem}.md").write_text(text, "utf-8")
    return place


SHELTER = "# Notes\n\nIOM should open one more shelter for victims of trafficking.\n"
PAPERS = "# Notes\n\nThe Government of Kenya will issue identity papers to migrants.\n"


def test_files_of_one_name_in_two_folders_are_both_kept_in_any_order(tmp_path: Path) -> None:
    a, b = made_of(tmp_path, "a", report=SHELTER), made_of(tmp_path, "b", report=PAPERS)
    for name, order in (("ab", [a, b]), ("ba", [b, a])):
        for folder in order:
            gcmkg.ingest([folder], store=tmp_path / name)
    gcmkg.ingest([a, b], store=tmp_path / "clean")
    with gcmkg.open_store(tmp_path / "ba") as store:
        assert len(store.documents) == 2
    assert digest(tmp_path / "ab") == digest(tmp_path / "ba") == digest(tmp_path / "clean")


def test_a_copy_that_comes_first_by_name_takes_the_place_of_the_other(tmp_path: Path) -> None:
    folder = made_of(tmp_path, "d", b=SHELTER)
    gcmkg.ingest([folder], store=tmp_path / "store")
    shutil.copy(folder / "b.md", folder / "a.md")
    report = gcmkg.ingest([folder], store=tmp_path / "store")
    gcmkg.ingest([folder], store=tmp_path / "clean")
    assert statuses(report) == {"a.md": "ingested", "b.md": "rejected"}
    assert digest(tmp_path / "store") == digest(tmp_path / "clean")


def test_a_stored_file_that_may_no_longer_be_opened_leaves_the_store(tmp_path: Path) -> None:
    folder = made_of(tmp_path, "d", a=SHELTER, b=PAPERS)
    gcmkg.ingest([folder], store=tmp_path / "store")
    (folder / "a.md").unlink()
    (folder / "a.md").symlink_to("/etc/hostname")
    assert statuses(gcmkg.ingest([folder], store=tmp_path / "store")) == {"a.md": "rejected", "b.md": "unchanged"}
    with gcmkg.open_store(tmp_path / "store") as store:
        assert [e["name"] for e in store.documents] == ["b.md"]


def test_damage_costs_no_document_of_a_folder_that_is_not_given(tmp_path: Path) -> None:
    first, second = made_of(tmp_path, "e1", a=SHELTER), made_of(tmp_path, "e2", b=PAPERS)
    store = tmp_path / "store"
    gcmkg.ingest([first], store=store)
    generation = gcmkg.ingest([second], store=store).generation
    before = digest(store)
    file = store / f"gen-{generation}" / "index" / "index.json"
    file.write_bytes(file.read_bytes().replace(b"{", b"[", 1))
    shutil.rmtree(second)
    report = gcmkg.ingest([first], store=store)
    assert statuses(report) == {"a.md": "ingested", "b.md": "ingested"}
    assert gcmkg.verify(store).findings == ()
    assert digest(store) == before


def test_another_pipeline_reads_every_document_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = made_of(tmp_path, "e1", a=SHELTER), made_of(tmp_path, "e2", b=PAPERS)
    store = tmp_path / "store"
    with monkeypatch.context() as older:
        older.setattr("ingest.run.pipeline_version", lambda *_: "0+older")
        gcmkg.ingest([first, second], store=store)
    shutil.rmtree(second)
    assert statuses(gcmkg.ingest([first], store=store)) == {"a.md": "ingested", "b.md": "ingested"}
    with gcmkg.open_store(store) as opened:
        rows = list(opened.reader.select("SELECT DISTINCT ?v WHERE { ?a a gcm:ExtractionActivity ; dcat:version ?v }"))
    assert [row["v"] for row in rows] != ["0+older"]
    assert len(rows) == 1


@pytest.mark.parametrize("text", ["42\n", "![a picture](x.png)\n", "---\nx\n", "a"])
def test_a_document_without_a_sentence_stops_nobody(tmp_path: Path, text: str) -> None:
    folder = made_of(tmp_path, "d", good=SHELTER, odd=text)
    report = gcmkg.ingest([folder], store=tmp_path / "store")
    assert statuses(report)["good.md"] == "ingested"
    assert "crashed" not in {d.code for d in report.documents}


def test_no_store_and_no_document_are_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ingest"):
        gcmkg.open_store(tmp_path / "none")
    with pytest.raises(UsageError, match="does not exist"):
        gcmkg.ingest([tmp_path / "none"], store=tmp_path / "store")
    assert not (tmp_path / "store").exists()
