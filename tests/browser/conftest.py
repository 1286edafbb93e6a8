"""A real explorer in a process of its own, and a real browser."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def explorer(store_path: Path) -> Iterator[str]:
    """The address of a running explorer on the corpus."""
    port = free_port()
    program = [sys.executable, "-c", "from ui.cli import main; main()", "explore", "--port", str(port)]
    process = subprocess.Popen([*program, "--store", str(store_path)], env={**os.environ}, stderr=subprocess.PIPE)
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the explorer did not start: {process.stderr.read() if process.stderr else ''!r}")
            try:
                with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                    break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless chromium; the tests are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed (Debian: apt-get install chromium), so no page can be opened")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, explorer: str) -> Iterator[Page]:
    """A new page in a session of its own, on the explorer; requests to other hosts are counted as failures."""
    context = browser.new_context(base_url=explorer, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    elsewhere: list[str] = []
    opened.on("request", lambda r: None if r.url.startswith((explorer, "data:", "blob:")) else elsewhere.append(r.url))
    opened.set_default_timeout(30_000)
    yield opened
    context.close()
    assert elsewhere == []
