"""`gcmkg profile` on the corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gcmkg import Store
from ui.cli import run

DOCUMENT = "iraq-outreach-report-2021.md"


@pytest.mark.parametrize(("name", "kind"), [(DOCUMENT, "document"), ("iom", "body")])
def test_a_profile_grades_objectives_with_evidence_that_stands_in_the_document(
    store: Store, store_path: Path, name: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--store", str(store_path), "profile", name, "--format", "json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    found = printed["objectives"]
    assert printed[kind] == name
    assert [row["relevance"] for row in found] == sorted((row["relevance"] for row in found), reverse=True)
    assert {row["grade"] for row in found} > {"touched"}
    slugs = {entry["name"]: entry["slug"] for entry in store.documents}
    for row in found:
        text = store.text(slugs[row["document"]])
        assert text[row["start"] : row["end"]] == row["quote"]
        assert row["of"] >= row["evidence"] > 0


def test_an_unknown_name_is_one_sentence(store_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--store", str(store_path), "profile", "Guild of Cartographers"]) == 2
    assert "'Guild of Cartographers' is no document of this store and no body" in capsys.readouterr().err
