"""What stands before the routes of the endpoint: the token, the number of requests at once, the access log."""

from __future__ import annotations

import hmac
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.http_problem import ProblemError

_SHOWN_QUERY = 2_000


class Guard:
    """An ASGI application that lets a request through to another one, or answers why not.

    Args:
        inner: the application.
        token: what requests must bear, as `Authorization: Bearer TOKEN`; none lets everybody in.
        at_once: so many requests are answered at a time; more are told to come back.
        log: takes one line of JSON a request; none writes no log.
    """

    def __init__(
        self, inner: ASGIApp, *, token: str | None, at_once: int, log: Callable[[str], None] | None
    ) -> None:
        self._inner = inner
        self._token = token
        self._at_once = at_once
        self._log = log
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        seen = _Seen(send)
        try:
            await self._answer(scope, receive, seen)
        finally:
            if self._log is not None:
                self._log(_line(scope, seen))

    async def _answer(self, scope: Scope, receive: Receive, send: _Seen) -> None:
        problem = self._problem(scope)
        if problem is not None:
            await problem.response()(scope, receive, send)
            return
        self._running += 1
        try:
            await self._inner(scope, receive, send)
        finally:
            self._running -= 1

    def _problem(self, scope: Scope) -> ProblemError | None:
        if not self._is_known(Headers(scope=scope).get("authorization", "")):
            return ProblemError(401, "A token is needed; send it as Authorization: Bearer TOKEN.",
                                {"WWW-Authenticate": 'Bearer realm="gcmkg"'})
        if self._running >= self._at_once:
            return ProblemError(503, f"{self._at_once} requests are being answered already; try again in a second.",
                                {"Retry-After": "1"})
        return None

    def _is_known(self, authorization: str) -> bool:
        if self._token is None:
            return True
        scheme, _, given = authorization.partition(" ")
        known = hmac.compare_digest(given.strip().encode("utf-8", "replace"), self._token.encode("utf-8", "replace"))
        return known and scheme.lower() == "bearer"


class _Seen:
    """Passes the answer on and remembers its status, size and time."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.began = time.monotonic()
        self.status = 0
        self.size = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "http.response.body":
            self.size += len(message.get("body", b""))
        await self._send(message)


def _line(scope: Scope, seen: _Seen) -> str:
    client = scope.get("client")
    return json.dumps({
        "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "client": client[0] if client else None,
        "method": scope["method"],
        "path": scope["path"],
        "query": scope["query_string"].decode("latin-1")[:_SHOWN_QUERY],
        "status": seen.status,
        "bytes": seen.size,
        "seconds": round(time.monotonic() - seen.began, 4),
    })
