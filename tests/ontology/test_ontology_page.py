"""docs/ontology.md: its tables are those of `gcm.ttl`, and its snippets run and print what it shows."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from graph.findings import short
from ontology.terms import TERMS
from ontology.vocabulary import FOLDER

DOCS = FOLDER.parent / "docs"
TEXT = (DOCS / "ontology.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```\n(?:\n```text\n(.*?)```)?", TEXT, re.DOTALL)


def test_the_tables_are_those_of_the_ontology() -> None:
    assert runpy.run_path(str(DOCS / "render_ontology.py"))["rendered"](TEXT) == TEXT


def test_every_term_has_its_row() -> None:
    assert [name for name in TERMS if f"\n| `{short(name)}` |" not in TEXT] == []


@pytest.mark.parametrize(("code", "shown"), SNIPPETS, ids=["check", "terms", "owlready2"])
def test_a_snippet_prints_what_the_page_shows(code: str, shown: str, tmp_path: Path) -> None:
    script = tmp_path / "snippet.py"
    script.write_text(code, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)], capture_output=True, text=True, check=False, cwd=FOLDER.parent,
        env={"PYTHONPATH": str(FOLDER.parent)},
    )
    assert (done.stdout, done.returncode) == (shown, 0), done.stderr
