"""Requests with exactly the headers and the body that a test wants."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit


@dataclass(frozen=True)
class Answer:
    """Status, media type and body."""

    status: int
    media: str
    body: str
    headers: dict[str, str]

    def truth(self) -> bool:
        return bool(json.loads(self.body)["boolean"])


def send(endpoint: str, method: str, *, query: Any = None, body: bytes | None = None, media: str | None = None,
         **headers: str) -> Answer:
    """One request with exactly these headers and this body."""
    parts = urlsplit(endpoint)
    path = parts.path + ("" if query is None else "?" + (query if isinstance(query, str) else urlencode(query)))
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    given |= {} if media is None else {"Content-Type": media}
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)) as connection:
        connection.request(method, path, body=body, headers=given)
        answer = connection.getresponse()
        text = answer.read().decode()
    kept = {name.lower(): value for name, value in answer.getheaders()}
    return Answer(answer.status, kept.get("content-type", "").split(";")[0], text, kept)
