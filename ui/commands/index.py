"""`gcmkg index`: the same documents, linked and indexed anew, with the same or another embedding model."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.commands.ingest import tell
from ui.options import StoreOption, at_least, store_path
from ui.output import say
from ui.progress import Progress


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: gcmkg index --model models/multilingual")(index)


def index(
    ctx: typer.Context,
    store: StoreOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--model", "-m", show_default=False,
            help="all-MiniLM-L6-v2, or the folder of another sentence-transformers model; by default the one in use.",
        ),
    ] = None,
    fast: Annotated[
        bool, typer.Option("--fast", help="all-MiniLM-L6-v2 in integers: twice as fast, rankings differ a little.")
    ] = False,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", callback=at_least(1), help="Worker processes that read and annotate.")
    ] = 1,
) -> None:
    """Link and index all documents anew, also with another embedding model, which the store keeps from then on.

    The documents are read from the store's own copies. Nothing is downloaded.
    """
    import gcmkg

    path = store_path(ctx, store)
    with Progress() as progress:
        outcome = gcmkg.index(path, model=model, fast=fast, jobs=jobs, progress=progress)
    with gcmkg.open_store(path) as opened:
        say(f"The embedding model is {opened.model}.")
    tell(outcome)
