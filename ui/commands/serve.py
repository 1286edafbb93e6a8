"""`gcmkg serve` and `gcmkg explore`: the HTTP endpoint alone, and the explorer with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import UsageError
from ui.commands.limits import MemoryOption, NestingOption, QuerySizeOption, TimeoutOption
from ui.options import StoreOption, at_least, between, store_path

_ORIGIN = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d{1,5})?")

PortOption = Annotated[
    int, typer.Option("--port", callback=between(0, 65_535), help="Port, up to 65535; 0 takes a free one.")
]
HostOption = Annotated[str, typer.Option("--host", help="Address to listen on; loopback unless you change it.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(
        epilog="Examples: gcmkg serve --port 7878, then ask http://127.0.0.1:7878/sparql; "
        "gcmkg serve --allow-origin https://example.org --access-log access.jsonl"
    )(serve)
    app.command(epilog="Example: gcmkg explore --port 8501")(explore)


def serve(
    ctx: typer.Context,
    store: StoreOption = None,
    host: HostOption = "127.0.0.1",
    port: PortOption = 7878,
    token: Annotated[
        str | None,
        typer.Option("--token", envvar="GCMKG_TOKEN", help="What requests must bear as Authorization: Bearer TOKEN; "
                     "better given in the environment, where other users cannot see it.", show_default=False),
    ] = None,
    origins: Annotated[
        list[str] | None,
        typer.Option("--allow-origin", help="A web origin whose pages may read answers (CORS), as https://example.org; "
                     "* is all. None by default.", show_default=False),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option("--access-log", help="Write a line of JSON a request to this file; - is stderr.",
                     show_default=False),
    ] = None,
    at_once: Annotated[
        int, typer.Option("--requests", callback=at_least(1), help="Requests at a time; more are told to come back.")
    ] = 32,
    request_size: Annotated[
        int, typer.Option("--request-size", callback=at_least(1), help="Bytes that the body of a request may have.")
    ] = 262_144,
    workers: Annotated[
        int, typer.Option("--workers", callback=at_least(1), help="Queries that run at a time; one is kept for light "
                          "ones.")
    ] = 4,
    limit: Annotated[
        int, typer.Option("--limit", "-n", callback=at_least(1), help="At most so many rows; a cut is always said.")
    ] = 1_000_000,
    timeout: TimeoutOption = 10.0,
    memory: MemoryOption = 1024,
    query_size: QuerySizeOption = 65_536,
    nesting: NestingOption = 100,
) -> None:
    """Answer SPARQL over HTTP at /sparql."""
    from graph.limits import Limits
    from ui.access_log import open_log
    from ui.http_server import run_endpoint
    from ui.sparql_protocol import Access

    if token is not None and not token.strip():
        raise UsageError("The token is empty; give --token (or GCMKG_TOKEN) some characters, or leave it out.")
    limits = Limits(timeout, memory, limit, query_size, nesting, workers)
    with open_log(log) as write:
        access = Access(token, _checked_origins(origins or []), at_once, request_size, write)
        run_endpoint(store_path(ctx, store), host=host, port=port, limits=limits, access=access)


def _checked_origins(origins: list[str]) -> tuple[str, ...]:
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise UsageError(f"{origin!r} is no web origin; write it as https://example.org, without a path.")
    return tuple(origins)


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
