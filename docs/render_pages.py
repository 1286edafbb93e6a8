"""Run the commands that the pages show and put their real output under them.

    python docs/render_pages.py [--store STORE]

A test runs the same commands and compares, so the pages cannot go stale.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "commands.md", ROOT / "docs" / "sparql.md")
_BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
_WIDTH = "112"


def blocks(text: str) -> list[tuple[str, str]]:
    """(command, output) of every console block."""
    return [(match["command"], match["output"]) for match in _BLOCK.finditer(text)]


def output_of(command: str, store: Path) -> str:
    """What the command prints on stdout, with `gcmkg` as installed beside this Python."""
    env = {
        **os.environ,
        "GCMKG_STORE": str(store),
        "COLUMNS": _WIDTH,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    done = subprocess.run(  # noqa: S602 - the commands are those of our own README
        command, shell=True, capture_output=True, text=True, check=True, cwd=ROOT, env=env
    )
    return done.stdout.rstrip() + "\n"


def rendered(text: str, store: Path) -> str:
    """The text with the real output in every console block."""
    return _BLOCK.sub(lambda m: f"```console\n$ {m['command']}\n{output_of(m['command'], store)}```", text)


def main() -> None:
    """Rewrite the pages."""
    parser = argparse.ArgumentParser(description="Put the real output under the commands that the pages show.")
    parser.add_argument("--store", type=Path, help="a store made from corpus/; made anew where it is not given")
    given = parser.parse_args().store
    with tempfile.TemporaryDirectory() as folder:
        store = given or Path(folder) / "store"
        if given is None:
            import gcmkg

            gcmkg.ingest([ROOT / "corpus"], store=store)
        for page in PAGES:
            page.write_text(rendered(page.read_text("utf-8"), store.absolute()), "utf-8")


if __name__ == "__main__":
    main()
