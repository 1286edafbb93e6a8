"""An endpoint that answers while its store is written: each answer is of one generation, at last of the newest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

import gcmkg
from tests.ingest.crash.harness import ROOT, ingest
from tests.ingest.crash.material import write_document, write_documents

QUESTION = """SELECT (COUNT(DISTINCT ?d) AS ?documents) (COUNT(DISTINCT ?p) AS ?passages)
WHERE { ?d a gcm:Document . ?p a gcm:Passage }"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two documents."""
    write_documents(tmp_path / "documents", 2)
    gcmkg.ingest([tmp_path / "documents"], store=tmp_path / "store")
    return tmp_path / "store"


@pytest.fixture
def endpoint(store: Path) -> Iterator[str]:
    """The address of `gcmkg serve` on that store."""
    program = [sys.executable, "-c", "from ui.cli import main; main()", "--store", str(store), "serve", "--port", "0"]
    with subprocess.Popen(program, cwd=ROOT, stderr=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        told = process.stderr.readline() if process.stderr else ""
        yield next(word for word in told.split() if word.startswith("http"))
        process.terminate()


def answer(endpoint: str) -> tuple[int, int]:
    """Documents and passages that the endpoint tells of in one answer."""
    address = f"{endpoint}?{urllib.parse.urlencode({'query': QUESTION})}"
    request = urllib.request.Request(address, headers={"Accept": "application/sparql-results+json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        row = json.load(response)["results"]["bindings"][0]
    return int(row["documents"]["value"]), int(row["passages"]["value"])


def published(store: Path) -> tuple[int, int]:
    with gcmkg.open_store(store) as opened:
        counts = opened.generation.manifest["counts"]
        return counts["documents"], counts["passages"]


def test_an_endpoint_answers_from_one_generation_and_takes_up_the_next(
    store: Path, endpoint: str, tmp_path: Path
) -> None:
    wanted, seen = [published(store)], []
    for number in (2, 3, 4):
        write_document(tmp_path / "documents", number)
        process = ingest(tmp_path / "documents", store)
        while process.poll() is None:
            seen.append(answer(endpoint))
        process.communicate()
        assert process.returncode == 0
        wanted.append(published(store))
    deadline = time.monotonic() + 20
    while answer(endpoint) != wanted[-1] and time.monotonic() < deadline:
        time.sleep(0.2)
    assert answer(endpoint) == wanted[-1]
    assert set(seen) <= set(wanted)
    assert seen == sorted(seen), "no answer goes back to a generation that was replaced"
    assert gcmkg.verify(store).findings == ()
