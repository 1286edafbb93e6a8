"""Running the endpoint alone, or the explorer with the endpoint on its origin."""

from __future__ import annotations

import contextlib
import os
import socket
import webbrowser
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.limits import Limits
from ontology.errors import UsageError
from ui.output import say

if TYPE_CHECKING:
    from starlette.middleware import Middleware

    from ui.sharing import SharedStore
    from ui.sparql_protocol import Access

SERVED = Limits(seconds=10.0, rows=1_000_000)
"""What a query over HTTP may cost unless somebody says otherwise."""

_LOOPBACK = ("127.0.0.1", "::1", "localhost")

STREAMLIT_SETTINGS: Mapping[str, object] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 50,
    "server.showEmailPrompt": False,
    "theme.primaryColor": "#0b5cad",
}
"""What Streamlit does otherwise: listen everywhere, send usage statistics, show tracebacks, take 200 MB."""

_HOME = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>gcmkg SPARQL endpoint</title></head><body>
<h1>gcmkg SPARQL endpoint</h1>
<p>Programs ask at <a href="/sparql">/sparql</a> (SPARQL 1.1 Protocol, queries only), read what is here at
<a href="/.well-known/void">/.well-known/void</a>, and fetch the whole graph at <a href="/dump.nq">/dump.nq</a>.</p>
<form action="/sparql" method="get">
<p><label for="query">Query</label><br>
<textarea id="query" name="query" rows="12" cols="100">SELECT ?title WHERE { ?d a gcm:Document ; dcterms:title ?title }
</textarea></p>
<p><label for="format">Form</label> <select id="format" name="format"><option>csv</option><option>tsv</option>
<option>json</option><option>xml</option><option>turtle</option><option>ntriples</option><option>jsonld</option>
</select> <button>Run</button></p>
</form></body></html>
"""


def run_endpoint(path: Path | None, *, host: str, port: int, limits: Limits, access: Access) -> None:
    """Serve SPARQL at /sparql until interrupted.

    Raises:
        StoreError: there is no store.
        UsageError: the address is in use or not this machine's.
    """
    from starlette.applications import Starlette
    from starlette.responses import HTMLResponse
    from starlette.routing import Route

    from ui import sparql_protocol
    from ui.sharing import SharedStore

    shared = SharedStore(path, limits=limits)
    with shared.using():
        pass  # a store that is missing or damaged is told before anything listens

    def home(_request: object) -> HTMLResponse:
        return HTMLResponse(_HOME, headers={"Content-Security-Policy": "default-src 'none'; form-action 'self'"})

    app = Starlette(routes=[Route("/", home), *sparql_protocol.routes(shared, access)], middleware=_guards(host))
    _serve(app, shared, host=host, port=port, what="SPARQL endpoint", tail="/sparql", browser=False,
           is_open=access.token is None)


def run_explorer(path: Path | None, *, host: str, port: int, browser: bool) -> None:
    """Serve the explorer, and SPARQL at /sparql of the same origin, until interrupted.

    Raises:
        StoreError: there is no store.
        UsageError: the address is in use or not this machine's.
    """
    import gcmkg
    from ui.sharing import SharedStore

    shared = SharedStore(path, limits=SERVED)
    with shared.using():
        pass
    os.environ["GCMKG_STORE"] = str(gcmkg.locate_store(path).absolute())
    import streamlit as st
    from streamlit import config

    from ui import sparql_protocol

    for name, value in {**STREAMLIT_SETTINGS, "server.address": host, "browser.serverAddress": host}.items():
        config.set_option(name, value)

    script = Path(__file__).parent / "explorer" / "app.py"
    app = st.App(script, routes=sparql_protocol.routes(shared), middleware=_guards(host))
    _serve(app, shared, host=host, port=port, what="Explorer", tail="", browser=browser, is_open=True)


def _guards(host: str) -> list[Middleware]:
    """On loopback, refuse requests that were meant for another host: a page elsewhere may have had its name
    resolved to this machine (DNS rebinding)."""
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    if host not in _LOOPBACK:
        return []
    return [Middleware(TrustedHostMiddleware, allowed_hosts=[*_LOOPBACK, "[::1]"], www_redirect=False)]


def _serve(
    app: Any, shared: SharedStore, *, host: str, port: int, what: str, tail: str, browser: bool, is_open: bool
) -> None:
    import uvicorn

    listening = _listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{listening.getsockname()[1]}{tail}"
    say(f"{what}: {address}  (stop with Ctrl-C)")
    if host not in _LOOPBACK and is_open:
        say(f"{host} can be reached from other machines; anybody there can read this store.")
    if browser:
        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    try:
        with contextlib.suppress(KeyboardInterrupt):  # raised or not, by when the signal met the event loop
            server.run(sockets=[listening])
    finally:
        shared.close()
    say("Stopped.")


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        raise UsageError(f"Port {port} of {host} cannot be used ({error.strerror}); give another --port.") from error
    return listening
