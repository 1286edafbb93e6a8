"""Hostile files: each ends in time as what it may be, none reads another file, none spoils the good documents."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import gcmkg
from graph.dumps import graph_digest
from ingest.isolation import Limits, Outcome, Workers
from ingest.pipeline import Extracted, extract, lost
from ontology.errors import RejectionCode
from tests.ingest.hostile.make import READ, Hostile, hostile_files

CORPUS = Path(__file__).parents[3] / "corpus"
FILES = hostile_files()


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(1, Limits(seconds=30)) as started:
        yield started


def extracted(workers: Workers, path: Path) -> Extracted:
    outcome: Outcome[Extracted] = workers.run(extract, path, "a", None)
    return outcome.value or lost(path.name, outcome)


def test_there_are_many() -> None:
    assert len(FILES) >= 100
    assert len({file.name for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", FILES, ids=lambda f: ascii(f.name)[1:40])
def test_each_ends_as_it_should(file: Hostile, workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / file.name
    path.write_bytes(file.make())
    began = time.monotonic()
    found = extracted(workers, path)
    assert time.monotonic() - began < 20
    assert (found.code.value if found.code else READ) in file.outcomes, found.reason
    if found.annotated is None:
        assert found.reason
        assert found.reason.rstrip().endswith(".")
        return
    source = found.annotated.document.source
    assert "root:" not in source.text
    assert all(source.text[p.start : p.end] == p.quote for p in found.annotated.document.passages)
    assert [p.name for p in tmp_path.iterdir()] == [file.name]


def test_the_good_documents_give_the_same_graph_beside_them(tmp_path: Path) -> None:
    """One of each family here; every file by itself is tested above."""
    name = "un-network-kazakhstan-tor.md"
    folder, mixed = tmp_path / "good", tmp_path / "mixed"
    for place in (folder, mixed):
        place.mkdir()
        shutil.copy(CORPUS / name, place / name)
    rejected = [f for f in FILES if READ not in f.outcomes and f.name not in ("bomb.docx", "huge-line.txt")]
    for file in rejected:
        (mixed / file.name).write_bytes(file.make())
    gcmkg.ingest([folder], store=tmp_path / "one")
    report = gcmkg.ingest([mixed], store=tmp_path / "two", jobs=2)
    assert {d.document for d in report.documents if d.status == "rejected"} == {f.name for f in rejected}
    assert all(d.code in list(RejectionCode) for d in report.documents if d.status == "rejected")
    with gcmkg.open_store(tmp_path / "one") as one, gcmkg.open_store(tmp_path / "two") as two:
        assert graph_digest(one.reader) == graph_digest(two.reader)
