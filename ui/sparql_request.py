"""What a request of the SPARQL 1.1 Protocol asks for: https://www.w3.org/TR/sparql11-protocol/#query-operation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request

from ui.http_problem import ProblemError

_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_UPDATE = "application/sparql-update"
_NO_UPDATES = "Updates are refused: this endpoint only answers queries."
_MOST_FIELDS = 200
_BODY_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with the graphs that it is asked of, none for those it names itself, and the form of the answer."""

    query: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    form: str | None


async def read_request(request: Request, *, largest: int) -> Asked | None:
    """What is asked, from the address, a form, or the body; `None` for a bare GET, which asks what is here.

    Args:
        request: GET or POST.
        largest: bytes that a body may have.

    Raises:
        ProblemError: no query, several, an update, too large, too slow, not UTF-8, or of another media type.
    """
    fields = _fields(request.scope["query_string"], "The address")
    if request.method == "POST":
        _add_posted(fields, _media(request), await _body(request, largest))
    elif not fields:
        return None
    if "update" in fields:
        raise ProblemError(403, _NO_UPDATES)
    queries = fields.get("query", [])
    if len(queries) != 1:
        raise ProblemError(400, f"Send exactly one query and not {len(queries)}, in the parameter query or as the body "
                                "of a POST.")
    return Asked(
        query=queries[0],
        default_graphs=_graphs(fields, "default-graph-uri"),
        named_graphs=_graphs(fields, "named-graph-uri"),
        form=fields["format"][-1] if "format" in fields else None,
    )


def _add_posted(fields: dict[str, list[str]], media: str, body: bytes) -> None:
    if media == _FORM:
        for name, values in _fields(body, "The form").items():
            fields.setdefault(name, []).extend(values)
    elif media == _QUERY:
        fields.setdefault("query", []).append(_text(body, "The query"))
    elif media == _UPDATE:
        raise ProblemError(403, _NO_UPDATES)
    else:
        raise ProblemError(415, f"Media type {media[:80] or 'none'} is not understood; send {_QUERY} or {_FORM}.")


def _graphs(fields: dict[str, list[str]], name: str) -> tuple[str, ...] | None:
    return tuple(fields[name]) if name in fields else None


def _media(request: Request) -> str:
    """The media type of the body, without parameters; UTF-8 is the only character set."""
    media, *parameters = (part.strip().lower() for part in request.headers.get("content-type", "").split(";"))
    charsets = [p.partition("=")[2].strip('"') for p in parameters if p.startswith("charset=")]
    if any(charset not in {"utf-8", "utf8"} for charset in charsets):
        raise ProblemError(415, f"Character set {charsets[0][:40]} is not understood; send UTF-8.")
    return media


def _fields(data: bytes, what: str) -> dict[str, list[str]]:
    text = _text(data, what)
    try:
        return parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise ProblemError(400, f"{what} is not UTF-8; encode the query as UTF-8.") from None
    except ValueError:
        raise ProblemError(400, f"{what} has more than {_MOST_FIELDS} fields; send fewer.") from None


def _text(data: bytes, what: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise ProblemError(400, f"{what} is not UTF-8; encode the query as UTF-8.") from None


async def _body(request: Request, largest: int) -> bytes:
    try:
        return await asyncio.wait_for(_read(request, largest), _BODY_SECONDS)
    except TimeoutError:
        raise ProblemError(408, f"The request did not come within {_BODY_SECONDS:g} seconds; send it faster.",
                           {"Connection": "close"}) from None
    except ClientDisconnect:
        raise ProblemError(400, "The request ended before it was whole; send it again.") from None


async def _read(request: Request, largest: int) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > largest:
            raise ProblemError(413, f"The request is larger than {largest} bytes; send a shorter query.",
                               {"Connection": "close"})
    return bytes(body)
