"""`gcmkg serve` and `gcmkg explore`: the HTTP endpoint alone, and the explorer with it."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.options import StoreOption, between, store_path

PortOption = Annotated[
    int, typer.Option("--port", callback=between(0, 65_535), help="Port, up to 65535; 0 takes a free one.")
]
HostOption = Annotated[str, typer.Option("--host", help="Address to listen on; loopback unless you change it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: gcmkg serve --port 7878, then ask http://127.0.0.1:7878/sparql")(serve)
    app.command(epilog="Example: gcmkg explore --port 8501")(explore)


def serve(
    ctx: typer.Context,
    store: StoreOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 7878,
) -> None:
    """Answer SPARQL over HTTP at /sparql."""
    from ui.http_server import run_endpoint

    run_endpoint(store_path(ctx, store), host=host, port=port)


def explore(
    ctx: typer.Context,
    store: StoreOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 8501,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = False,
) -> None:
    """Open the explorer, with the SPARQL endpoint on the same origin at /sparql."""
    from ui.http_server import run_explorer

    run_explorer(store_path(ctx, store), host=host, port=port, browser=browser)
