"""A store that belongs to somebody else can be searched, and nothing is left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = 65_534
# All is imported before rights are dropped: where the tests run as root, nobody may not read the installation.
PROGRAM = f"""
import os, sys, tempfile
from pathlib import Path
from ontology.errors import StoreError
from search.encoder import load_encoder
from search.index import SearchIndex
folder, tempfile.tempdir = Path(sys.argv[1]), sys.argv[2]
encoder = load_encoder()
SearchIndex.open(Path(sys.argv[3])).search("border", encoder=encoder)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
assert not os.access(folder / "words", os.W_OK)
try:
    first, second = SearchIndex.open(folder), SearchIndex.open(folder)
except StoreError as error:
    print("refused:", error)
    raise SystemExit
print(first.search("border", encoder=encoder).hits == second.search("border", encoder=encoder).hits)
print(len(first.search("border", encoder=encoder).hits), len(os.listdir(tempfile.tempdir)))
"""


@pytest.fixture
def others(index_folder: Path) -> Iterator[tuple[Path, Path]]:
    """An index that everybody may read and nobody may write, and an empty folder for everybody's files."""
    top = Path(tempfile.mkdtemp())  # the folders of pytest are closed to others
    top.chmod(0o755)
    folder, scratch = top / "index", top / "scratch"
    shutil.copytree(index_folder, folder)
    scratch.mkdir()
    scratch.chmod(0o777)
    for path in (folder / "words", folder):
        path.chmod(0o555)
    yield folder, scratch
    for path in (folder, folder / "words"):
        path.chmod(0o755)
    shutil.rmtree(top)


def opened(folder: Path, scratch: Path, own: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(scratch), str(own)],
        capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_who_may_only_read_can_search(others: tuple[Path, Path], index_folder: Path) -> None:
    folder, scratch = others
    before = sorted(path.name for path in (folder / "words").iterdir())
    assert opened(folder, scratch, index_folder).split() == ["True", "10", "1"]
    assert sorted(path.name for path in (folder / "words").iterdir()) == before
    assert list(scratch.iterdir()) == []


@pytest.mark.parametrize("closed", ["index.json", "words", "words/meta.json"])
def test_without_the_right_to_read_the_message_says_so(
    others: tuple[Path, Path], index_folder: Path, closed: str
) -> None:
    folder, scratch = others
    (folder / closed).chmod(0)
    said = opened(folder, scratch, index_folder)
    assert said.startswith(f"refused: You may not read {folder / closed}")
    assert "ingest" not in said


def test_without_a_place_for_temporary_files_the_message_says_so(
    others: tuple[Path, Path], index_folder: Path
) -> None:
    folder, scratch = others
    scratch.chmod(0o555)
    assert "TMPDIR" in opened(folder, scratch, index_folder)
