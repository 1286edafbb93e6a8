"""Which files are documents, and what is said of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ingest.discover import find_documents, survey
from ontology.errors import RejectionCode, UsageError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "docs"
    (root / "sub" / ".hidden").mkdir(parents=True)
    for name in ("b.md", "a.txt", "README.md", "catalogue.toml", ".secret", "sub/c.pdf", "sub/.hidden/d.md"):
        (root / name).write_text("words", encoding="utf-8")
    return root


def test_folders_are_searched_in_order(folder: Path) -> None:
    found = find_documents([folder])
    assert [c.path.relative_to(folder).as_posix() for c in found] == ["a.txt", "b.md", "sub/c.pdf"]
    assert {c.root for c in found} == {folder}


def test_each_file_once_however_given(folder: Path) -> None:
    found = find_documents([folder / "b.md", folder, folder / "sub"])
    assert [c.name for c in found] == ["a.txt", "b.md", "c.pdf"]


def test_what_is_left_out_is_told(folder: Path) -> None:
    skipped = {s.path.name: s for s in survey([folder]).skipped}
    assert set(skipped) == {"README.md", "catalogue.toml", ".secret"}
    assert all(s.reason and s.code is None for s in skipped.values())


def test_links_that_leave_and_pipes_are_not_opened(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "outside.md").write_text("secret", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (folder / "out.md").symlink_to(tmp_path / "outside.md")
    (folder / "away").symlink_to(tmp_path / "elsewhere")
    (folder / "loop").symlink_to(folder)
    (folder / "broken.md").symlink_to(folder / "nothing.md")
    os.mkfifo(folder / "pipe.md")
    found = survey([folder])
    codes = {s.path.name: s.code for s in found.skipped}
    assert [c.name for c in found.candidates] == ["a.txt", "b.md", "c.pdf"]
    assert codes["out.md"] is codes["away"] is RejectionCode.OUTSIDE_FOLDER
    assert codes["pipe.md"] is codes["broken.md"] is RejectionCode.NOT_A_FILE
    assert codes["loop"] is None


def test_a_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.md does not exist"):
        find_documents([tmp_path / "gone.md"])


@pytest.mark.parametrize("names", [[], ["README.md", ".x"]])
def test_a_folder_without_documents_is_an_error(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="holds no document"):
        find_documents([tmp_path])


def test_no_path_is_an_error() -> None:
    with pytest.raises(UsageError, match="No path"):
        find_documents([])
