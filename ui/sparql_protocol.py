"""SPARQL 1.1 Protocol, query operation: https://www.w3.org/TR/sparql11-protocol/#query-operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

import gcmkg
from ontology.errors import GcmkgError, LimitError, QueryError, RefusedError, StoreError

if TYPE_CHECKING:
    from graph.engine import QueryResult
    from ui.sharing import SharedStore

LARGEST_REQUEST = 128 * 1024
SECONDS = 10.0
ROWS = 10_000

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
    "application/rdf+xml": "rdfxml",
    "application/ld+json": "jsonld",
}
_STATUS: Mapping[type[GcmkgError], int] = {QueryError: 400, RefusedError: 403, LimitError: 503, StoreError: 503}


def routes(shared: SharedStore) -> list[Route]:
    """The endpoint's routes, to be mounted beside the explorer or served alone."""

    async def sparql(request: Request) -> Response:
        return await _answer(request, shared)

    return [Route("/sparql", sparql, methods=["GET", "POST"])]


async def _answer(request: Request, shared: SharedStore) -> Response:
    try:
        asked = await _asked(request)
        form = _requested(asked.form)
        result = await run_in_threadpool(_run, shared, asked)
        return await run_in_threadpool(lambda: _response(result, request.headers.get("accept", "*/*"), form))
    except _ProblemError as problem:
        return PlainTextResponse(f"{problem}\n", problem.status)
    except GcmkgError as error:
        status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 400)
        return PlainTextResponse(f"{error}\n", status)


class _ProblemError(Exception):
    """A request that is answered with a status and one sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query with the graphs that it is asked of, none for those it names itself, and the form of the answer."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    form: str | None


def _run(shared: SharedStore, asked: _Asked) -> QueryResult:
    with shared.using() as store:
        return store.engine.query(
            asked.query, rows=ROWS, seconds=SECONDS, default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
        )


async def _asked(request: Request) -> _Asked:
    """What is asked, from the address, a form, or the body.

    Raises:
        _ProblemError: no query, several, too large, or of another media type.
    """
    if int(request.headers.get("content-length") or 0) > LARGEST_REQUEST:
        raise _ProblemError(413, f"The request is larger than {LARGEST_REQUEST} bytes; send a shorter query.")
    fields: dict[str, list[str]] = {name: request.query_params.getlist(name) for name in request.query_params}
    if request.method == "POST":
        media = request.headers.get("content-type", "").split(";")[0].strip().lower()
        body = await _body(request)
        if media == "application/x-www-form-urlencoded":
            from urllib.parse import parse_qs

            fields |= parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
            if "update" in fields:
                raise _ProblemError(403, "Updates are refused: this endpoint only answers queries.")
        elif media == "application/sparql-query":
            fields["query"] = [body.decode("utf-8", "replace")]
        elif media == "application/sparql-update":
            raise _ProblemError(403, "Updates are refused: this endpoint only answers queries.")
        else:
            raise _ProblemError(415, f"Media type {media or 'none'} is not understood; send application/sparql-query.")
    if len(fields.get("query", [])) != 1:
        raise _ProblemError(400, "Send exactly one query, in the parameter query or as the body of a POST.")
    return _Asked(
        query=fields["query"][0],
        default_graphs=tuple(fields["default-graph-uri"]) if "default-graph-uri" in fields else None,
        named_graphs=tuple(fields["named-graph-uri"]) if "named-graph-uri" in fields else None,
        form=fields["format"][-1] if "format" in fields else None,
    )


async def _body(request: Request) -> bytes:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_REQUEST:
            raise _ProblemError(413, f"The request is larger than {LARGEST_REQUEST} bytes; send a shorter query.")
    return body


def _requested(form: str | None) -> str | None:
    """The form named by `format=`, for people who cannot set headers; checked."""
    known = {*TABLE_FORMS.values(), *GRAPH_FORMS.values()}
    if form is not None and form not in known:
        raise _ProblemError(400, f"format={form[:40]} is not known; use one of {', '.join(sorted(known))}.")
    return form


def _response(result: QueryResult, accept: str, form: str | None) -> Response:
    forms = GRAPH_FORMS if result.kind == "graph" else TABLE_FORMS
    if form is not None:
        media = next((m for m, f in forms.items() if f == form), None)
    else:
        media = negotiate(accept, list(forms))
    if media is None:
        raise _ProblemError(406, f"This result comes as {', '.join(forms)}; ask for one of them.")
    headers = {"X-Truncated": "true"} if result.truncated else {}
    return Response(gcmkg.write_result(result, forms[media]), media_type=media, headers=headers)


def negotiate(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of `offered` that an Accept header likes best; the first of equals; none if it likes none.

    Source: RFC 9110, section 12.5.1.
    """
    wishes = [_wish(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for place, media in enumerate(offered):
        fitting = [(_exactness(pattern), quality) for pattern, quality in wishes if _fits(pattern, media)]
        if fitting and (value := (max(fitting)[1], -place)) > best and value[0] > 0:
            best, chosen = value, media
    return chosen


def _wish(part: str) -> tuple[str, float]:
    pattern, *parameters = [p.strip().lower() for p in part.split(";")]
    quality = 1.0
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "q":
            quality = float(value) if value.replace(".", "", 1).isdigit() else 0.0
    return pattern, quality


def _fits(pattern: str, media: str) -> bool:
    return pattern in ("*/*", media) or (pattern.endswith("/*") and media.startswith(pattern[:-1]))


def _exactness(pattern: str) -> int:
    return 0 if pattern == "*/*" else 1 if pattern.endswith("/*") else 2
