"""A request that is answered with a status and one sentence."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import PlainTextResponse

_PLAIN = {"X-Content-Type-Options": "nosniff"}


class ProblemError(Exception):
    """What is wrong with a request; the text is one sentence for whoever sent it.

    Args:
        status: of HTTP.
        message: one sentence.
        headers: that the answer has besides.
    """

    def __init__(self, status: int, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = dict(headers or {})

    def response(self) -> PlainTextResponse:
        """The answer."""
        return PlainTextResponse(f"{self}\n", self.status, {**_PLAIN, **self.headers})
