"""SPARQL 1.1 Protocol, query operation, over the shared store; with a description of the service and of the data."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

import gcmkg
from ontology.errors import GcmkgError, LimitError, QueryError, RefusedError, StoreError
from ui.http_guards import Guard
from ui.http_problem import ProblemError
from ui.negotiation import negotiate
from ui.sparql_request import read_request

if TYPE_CHECKING:
    from graph.engine import QueryResult
    from ui.sharing import SharedStore
    from ui.sparql_request import Asked

TABLE_FORMS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_FORMS = {
    "text/turtle": "turtle",
    "application/n-triples": "ntriples",
    "application/n-quads": "nquads",
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
_STATUS: Mapping[type[GcmkgError], int] = {QueryError: 400, RefusedError: 403, LimitError: 503, StoreError: 503}
_HOST = re.compile(r"[A-Za-z0-9.\-]+(?::\d+)?|\[[0-9A-Fa-f:.]+\](?::\d+)?")
_DUMP = "application/n-quads"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may ask what of the endpoint.

    Args:
        token: that requests must bear; none lets everybody in.
        origins: web origins whose pages may read answers; `*` is all. None by default.
        at_once: requests that are answered at a time.
        request_bytes: that a request may have.
        log: takes one line of JSON a request.
    """

    token: str | None = None
    origins: tuple[str, ...] = ()
    at_once: int = 32
    request_bytes: int = 262_144
    log: Callable[[str], None] | None = None


def routes(shared: SharedStore, access: Access | None = None) -> list[Route]:
    """The endpoint's routes, to be mounted beside the explorer or served alone."""
    given = access or Access()
    endpoint = _Endpoint(shared, given.request_bytes)
    guard = Guard(endpoint, token=given.token, at_once=given.at_once, log=given.log)
    app: ASGIApp = guard
    if given.origins:
        app = CORSMiddleware(
            guard, allow_origins=given.origins, allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type"], expose_headers=["X-Truncated", "Retry-After"],
        )
    return [Route(path, app) for path in ("/sparql", "/.well-known/void", "/dump.nq")]


class _Endpoint:
    """Answers the three paths; every error is a status with one sentence."""

    def __init__(self, shared: SharedStore, request_bytes: int) -> None:
        self._shared = shared
        self._largest = request_bytes
        self._void: tuple[int, str, QueryResult] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await self._response(request)
        except ProblemError as problem:
            response = problem.response()
        except GcmkgError as error:
            response = _problem(error).response()
        await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        path = request.url.path.rpartition("/")[2]
        allowed = ("GET", "HEAD", "POST") if path == "sparql" else ("GET", "HEAD")
        if request.method not in allowed:
            raise ProblemError(405, f"{request.method[:20]} is not understood here; use {' or '.join(allowed)}.",
                               {"Allow": ", ".join(allowed)})
        if path == "dump.nq":
            return await run_in_threadpool(self._dump)
        if path == "void":
            return await run_in_threadpool(self._described, request, self._data)
        asked = await read_request(request, largest=self._largest)
        if asked is None:
            return await run_in_threadpool(self._described, request, self._service)
        return await run_in_threadpool(self._answered, request, asked)

    def _answered(self, request: Request, asked: Asked) -> Response:
        _check_form(asked.form)
        with self._shared.using() as store:
            result = store.engine.query(
                asked.query, default_graphs=asked.default_graphs, named_graphs=asked.named_graphs
            )
        return _written(result, request, asked.form)

    def _described(self, request: Request, describe: Callable[[str], QueryResult]) -> Response:
        host = request.headers.get("host", "")
        if not _HOST.fullmatch(host):
            raise ProblemError(400, "The request does not name this host; send a Host header.")
        return _written(describe(f"{request.url.scheme}://{host}"), request, None)

    def _service(self, base: str) -> QueryResult:
        from graph.service import service_description

        with self._shared.using() as store:
            return service_description(f"{base}/sparql", store.engine.graphs)

    def _data(self, base: str) -> QueryResult:
        from graph.service import void_description

        with self._shared.using() as store:
            number = store.generation.number
            if self._void is None or self._void[:2] != (number, base):
                self._void = (number, base, void_description(base, store.engine))
            return self._void[2]

    def _dump(self) -> Response:
        with self._shared.using():
            pass  # a store that is missing or damaged is told before anything is sent

        def pieces() -> Iterator[bytes]:
            with self._shared.using() as store:
                yield from store.nquads()

        return StreamingResponse(pieces(), media_type=_DUMP)


def _problem(error: GcmkgError) -> ProblemError:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
    return ProblemError(status, str(error), {"Retry-After": "1"} if status == 503 else None)


def _check_form(form: str | None) -> None:
    """Check the form named by `format=`, which is for people who cannot set headers."""
    known = {*TABLE_FORMS.values(), *GRAPH_FORMS.values()}
    if form is not None and form not in known:
        raise ProblemError(400, f"format={form[:40]} is not known; use one of {', '.join(sorted(known))}.")


def _written(result: QueryResult, request: Request, form: str | None) -> Response:
    """The whole result, written piece by piece while it is sent."""
    forms = GRAPH_FORMS if result.kind == "graph" else TABLE_FORMS
    if result.kind == "ask":
        forms = {media: name for media, name in forms.items() if name != "tsv"}
    media = _chosen(list(forms), request) if form is None else next((m for m, f in forms.items() if f == form), None)
    if media is None:
        raise ProblemError(406, f"This result comes as {', '.join(forms)}; ask for one of them.")
    headers = {"Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    if result.truncated:
        headers["X-Truncated"] = "true"
    return StreamingResponse(gcmkg.result_pieces(result, forms[media]), media_type=media, headers=headers)


def _chosen(offered: Sequence[str], request: Request) -> str | None:
    return negotiate(",".join(request.headers.getlist("accept")), offered)
