"""Isolation: whatever a file does to its reader, the next one is read; every loss has its code."""

from __future__ import annotations

import math
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.isolation import Limits, Workers
from ingest.pipeline import extract
from ontology.errors import RejectionCode

CORPUS = Path(__file__).parents[2] / "corpus"
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="this limit is Linux's")


@pytest.mark.parametrize(
    ("function", "arguments", "code"),
    [
        (time.sleep, (30,), RejectionCode.TIMEOUT),
        (os.abort, (), RejectionCode.CRASHED),
        (os._exit, (3,), RejectionCode.CRASHED),
        (math.sqrt, (-1,), RejectionCode.CRASHED),
        pytest.param(bytearray, (600_000_000,), RejectionCode.OUT_OF_MEMORY, marks=ON_LINUX),
    ],
)
def test_a_lost_worker_costs_one_call(
    function: Callable[..., object], arguments: tuple[object, ...], code: RejectionCode
) -> None:
    with Workers(1, Limits(seconds=1.5, memory_mb=300)) as workers:
        assert workers.run(math.sqrt, 4).value == 2
        began = time.monotonic()
        outcome = workers.run(function, *arguments)
        assert (outcome.value, outcome.code) == (None, code)
        assert outcome.reason
        assert time.monotonic() - began < 10
        assert workers.run(math.sqrt, 9).value == 3


def test_outcomes_keep_the_order_of_the_calls() -> None:
    calls = [(0.2 if n % 3 == 0 else 0.0,) for n in range(6)]
    with Workers(2, Limits(seconds=20)) as workers:
        assert [o.code for o in workers.run_all(time.sleep, calls)] == [None] * 6
        assert [o.value for o in workers.run_all(math.sqrt, [(n * n,) for n in range(20)])] == list(range(20))


@ON_LINUX
def test_a_worker_opens_no_socket_and_writes_no_file(tmp_path: Path) -> None:
    with Workers() as workers:
        assert workers.run(socket.create_connection, ("127.0.0.1", 9)).code is RejectionCode.CRASHED
        assert workers.run(Path.write_text, tmp_path / "a.txt", "words").code is RejectionCode.CRASHED
    assert not (tmp_path / "a.txt").exists()


def test_leaving_ends_the_processes() -> None:
    with Workers() as workers:
        pid = workers.run(os.getpid).value
    assert pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_document_comes_back_whole() -> None:
    path = CORPUS / "un-network-kazakhstan-tor.md"
    with Workers() as workers:
        there = workers.run(extract, path, "a", None).value
    here = extract(path, "a", None)
    assert there is not None
    assert there.annotated == here.annotated
    assert 20 < there.peak_rss_mb < 1000
