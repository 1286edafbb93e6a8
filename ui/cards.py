"""Evidence drawn for a reader of a terminal: who or what, the quote, the place."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Mapping
from typing import Any

_WIDEST = 110
_INDENT = "    "
_PLACE = frozenset({"quote", "document", "title", "section", "page", "start", "end", "passage"})


def body_card(_number: int, record: Mapping[str, Any]) -> str:
    """A body in its capacity, the strongest quote, where it stands, and how much more there is."""
    more = record["evidence"] - 1
    count = f", {more} more like it in {documents(record['documents'])}" if more else ""
    head = f"{record['body']} — {record['capacity']} (confidence {record['confidence']:.2f}{count})"
    return _card(head, record, "")


def hit_card(number: int, record: Mapping[str, Any]) -> str:
    """A hit with its rank and score, the quote, where it stands, and why it was found."""
    kind = (record.get("statement_type") or record["kind"]).replace("_", " ")
    objectives = ", ".join(map(str, record["objectives"]))
    head = f"{number}. {record['score']:.2f}  {kind}" + (f", objective {objectives}" if objectives else "")
    words = ", ".join(record["why"]["words"])
    why = f"matched {words}" if words else "matched by meaning"
    return _card(head + ("  — only a guess" if record.get("weak") else ""), record, why)


def row_card(_number: int, record: Mapping[str, Any]) -> str:
    """Any row of a question that has a quote: what it says in short, the quote, where it stands."""
    short = [
        f"{value:.2f}" if isinstance(value, float) else str(value).replace("_", " ")
        for key, value in record.items()
        if key not in _PLACE and value not in (None, "") and "://" not in str(value)
    ]
    return _card(" · ".join(short), record, "")


def documents(count: int) -> str:
    """"1 document", "2 documents"."""
    return f"{count} document{'' if count == 1 else 's'}"


def _card(head: str, record: Mapping[str, Any], tail: str) -> str:
    width = min(shutil.get_terminal_size((_WIDEST, 24)).columns, _WIDEST)
    path = str(record.get("section") or "").split(" > ")
    section = " > ".join(path[1:] or path)
    page = f"p. {record['page']}" if record.get("page") else ""
    place = " · ".join(part for part in (record["document"], section, page, tail) if part)
    lines = [*_filled(head, width, ""), *_filled(f"“{_one_line(record['quote'])}”", width, _INDENT)]
    return "\n".join([*lines, *_filled(place, width, _INDENT)]) + "\n"


def _filled(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
