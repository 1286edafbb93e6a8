"""What all tests share: the corpus, a store made from it once, and the command line as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

import gcmkg
from gcmkg import Store

# In continuous integration the examples are the same at every run: what is found by chance is found by a developer.
# How quickly examples are made says how busy the computer is, and nothing of the tests.
_SLOW_TOO = (HealthCheck.too_slow,)
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=_SLOW_TOO)
settings.register_profile("gcmkg", suppress_health_check=_SLOW_TOO)
settings.load_profile("ci" if os.environ.get("CI") else "gcmkg")

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
DOCUMENTS = tuple(sorted(p.name for p in CORPUS.glob("*.md") if p.name != "README.md"))

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def store_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made from the corpus: one for all tests and all workers of a run. Read only."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    path = shared / "corpus-store"
    with FileLock(shared / "corpus-store.lock"):
        if not path.exists():
            gcmkg.ingest([CORPUS], store=path)
    return path


@pytest.fixture(scope="session")
def store(store_path: Path) -> Iterator[Store]:
    """The store of the corpus, opened."""
    with gcmkg.open_store(store_path) as opened:
        yield opened


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs `gcmkg ARGUMENTS` in a process of its own, in an empty folder."""

    def command(*arguments: object, stdin: str | None = None, env: dict[str, str] | None = None,
                cwd: Path = tmp_path) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from ui.cli import main; main()", *map(str, arguments)]
        clean = {k: v for k, v in os.environ.items() if k != "GCMKG_STORE"}
        return subprocess.run(
            program, input=stdin, capture_output=True, text=True, cwd=cwd, timeout=300, check=False,
            env={**clean, "COLUMNS": "140", **(env or {})},
        )

    return command
