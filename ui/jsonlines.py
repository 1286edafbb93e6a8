"""JSON Lines in and out: read line by line as users give them, written so that no text can make it fail."""

from __future__ import annotations

import json
from typing import Any

from ontology.errors import UsageError


def json_bytes(value: object, *, indent: int | None = None) -> bytes:
    """A value as one line (or indented block) of JSON in UTF-8; a lone surrogate is written as its escape."""
    return (json.dumps(value, ensure_ascii=False, indent=indent) + "\n").encode("utf-8", "backslashreplace")


def filled_lines(text: str) -> list[tuple[int, str]]:
    """(number, line) of each line that is not blank; only a line feed ends a line, as JSON Lines has it."""
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def as_object(line: str) -> dict[str, Any] | None:
    """The JSON object that a line holds, or none where it holds anything else."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def keyed_text(line: str, *, number: int, name: str, source: str) -> tuple[object, str]:
    """(id, text) of a line {"id": …, NAME: …}; the id as it came, the line's number where it has none.

    Raises:
        UsageError: the line is no such object.
    """
    record = as_object(line)
    shape = f'{{"id": …, "{name}": …}}'
    if record is None:
        raise UsageError(f"{source}, line {number} is no JSON object; each line must be {shape}.")
    if not isinstance(record.get(name), str):
        raise UsageError(f'{source}, line {number} has no "{name}"; each line must be {shape}.')
    return record.get("id", str(number)), record[name]
