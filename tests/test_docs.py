"""The documentation tells the truth of today: shown output is real, and links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from gcmkg import Store

ROOT = Path(__file__).parents[1]


def _renderer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("render_pages", ROOT / "docs" / "render_pages.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError("docs/render_pages.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


RENDERER = _renderer()
BLOCKS = [block for page in RENDERER.PAGES for block in RENDERER.blocks(page.read_text("utf-8"))]


QUERIES = re.findall(r"```sparql\n(.*?)```", (ROOT / "docs" / "sparql.md").read_text("utf-8"), re.DOTALL)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query[:60])
def test_queries_of_the_sparql_page_run_and_find_something(store: Store, query: str) -> None:
    assert store.query(query).rows


def plain(output: str) -> str:
    """The output without the digits of scores, whose last one another processor may round otherwise."""
    return re.sub(r"\d\.\d+", "0.0", output)


@pytest.mark.parametrize(("command", "shown"), BLOCKS, ids=[command for command, _ in BLOCKS])
def test_pages_show_what_the_command_prints(store_path: Path, command: str, shown: str) -> None:
    assert plain(RENDERER.output_of(command, store_path)) == plain(shown)


@pytest.mark.parametrize("page", sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md")), ids=str)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_every_command_has_its_place_in_the_commands_page() -> None:
    from typer.main import get_command

    from ui.cli import app

    root = get_command(app)
    names = [*(n for n in root.commands if n != "export"), *(f"export {n}" for n in root.commands["export"].commands)]
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert [name for name in names if f"$ gcmkg {name} --help" not in page] == []
