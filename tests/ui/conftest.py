"""A real endpoint for the tests of HTTP: `gcmkg serve` in a process of its own."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@contextmanager
def served(store: Path, *options: str, env: dict[str, str] | None = None) -> Iterator[str]:
    """The address of /sparql of a running endpoint, read off what the command says."""
    program = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--port", "0", "--store", str(store)]
    process = subprocess.Popen(
        [*program, *options], stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})}
    )
    try:
        line = process.stderr.readline() if process.stderr else ""
        address = re.search(r"http://\S+/sparql", line)
        if address is None:
            raise RuntimeError(f"the endpoint did not say its address but {line!r}")
        yield address[0]
    finally:
        process.terminate()
        said = process.communicate(timeout=20)[1]
    assert "Traceback" not in said


@pytest.fixture(scope="session")
def endpoint(store_path: Path) -> Iterator[str]:
    """The address of one endpoint with the options that users get, for all tests."""
    with served(store_path) as address:
        yield address


@pytest.fixture
def serve(store_path: Path) -> Callable[..., AbstractContextManager[str]]:
    """Runs an endpoint with options of the test's own."""

    def start(*options: str, env: dict[str, str] | None = None) -> AbstractContextManager[str]:
        return served(store_path, *options, env=env)

    return start
