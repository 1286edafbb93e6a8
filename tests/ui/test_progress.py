"""Progress: silent in short runs without a terminal, a line now and then in long ones, on a terminal a bar."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys

import pytest

from ui.progress import Progress

_RUN = """
import time
from ui.progress import Progress
with Progress() as progress:
    for done in range(1, 41):
        time.sleep(0.01)
        progress("documents", done, 40)
"""


def test_a_short_run_leaves_no_line_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        progress("documents", 1, 5)
        progress("documents", 5, 5)
    assert capsys.readouterr().err == ""


def test_a_long_run_says_in_a_log_how_far_it_is_how_fast_and_how_long_it_will_take(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Progress(every=0.0) as progress:
        progress("documents", 1, 5)
        progress("index", 256, 1000)
        progress("index", 1000, 1000)
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert said.out == ""
    assert [line.partition(",")[0] for line in lines] == ["documents: 1 of 5", "index: 256 of 1000"]
    assert all(re.search(r", [\d.]+/s, \d+:\d\d:\d\d left$", line) for line in lines)


def test_on_a_terminal_a_bar_shows_count_rate_and_remaining_time() -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    subprocess.run([sys.executable, "-c", _RUN], stderr=theirs, check=True, env=environment, timeout=60)
    os.close(theirs)
    drawn = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", os.read(ours, 1 << 20).decode())
    os.close(ours)
    assert "40/40" in drawn
    assert re.search(r"\d\.\d/s", drawn)
