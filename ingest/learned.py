"""What the linker of a store has learned: labelled passages beside the generations, one file a step, so that a step
can be taken back.

    gcmkg-store/learned/state-1.jsonl    the labels in force after the first `gcmkg learn`, whole and sorted
    gcmkg-store/learned/state-1.json     what its cross-validation found
    gcmkg-store/gen-7/learned.jsonl      the labels that the links of this generation were made with

A folder without states, and then no folder, is what `gcmkg learn --undo` leaves: the store's files are those of before.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from graph.files import write_atomically
from ingest.linking.labels import Labelled, label_lines, read_labels
from ontology.errors import StoreError, UsageError

PUBLISHED = "learned.jsonl"
_FOLDER = "learned"
_STATE = re.compile(r"state-([1-9]\d{0,8})\.jsonl")


def learned_labels(store: Path) -> tuple[Labelled, ...]:
    """The labels that a store's linker learns from; none where it has learned nothing.

    Raises:
        StoreError: they are damaged.
    """
    state = last_state(store)
    return _read(_path(store, state)) if state else ()


def published_labels(generation: Path) -> tuple[Labelled, ...]:
    """The labels that the links of a published generation were made with.

    Raises:
        StoreError: they are damaged.
    """
    path = generation / PUBLISHED
    return _read(path) if path.is_file() else ()


def last_state(store: Path) -> int:
    """The number of the state in force; 0 where nothing is learned."""
    folder = store / _FOLDER
    names = [_STATE.fullmatch(path.name) for path in folder.iterdir()] if folder.is_dir() else []
    return max((int(match[1]) for match in names if match), default=0)


def report_of(store: Path) -> Mapping[str, Any] | None:
    """What the cross-validation of the state in force found, as it was written; None where there is none."""
    path = _path(store, last_state(store)).with_suffix(".json")
    if not path.is_file():
        return None
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} is damaged; run gcmkg learn --undo, and learn again.") from error
    return found if isinstance(found, dict) else None


def put_state(store: Path, labels: Sequence[Labelled], report: Mapping[str, Any]) -> None:
    """Put labels in force; call it under the store's lock. The labels come last: without them there is no state."""
    path = _path(store, last_state(store) + 1)
    path.parent.mkdir(exist_ok=True)
    write_atomically(path.with_suffix(".json"), (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode())
    write_atomically(path, label_lines(labels))


def drop_state(store: Path) -> None:
    """Take back the last step; call it under the store's lock.

    Raises:
        UsageError: nothing is learned.
    """
    state = last_state(store)
    if not state:
        raise UsageError(f"The store {store} has learned nothing, so there is nothing to undo; see gcmkg learn --help.")
    path = _path(store, state)
    path.unlink()
    path.with_suffix(".json").unlink(missing_ok=True)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def _path(store: Path, state: int) -> Path:
    return store / _FOLDER / f"state-{state}.jsonl"


def _read(path: Path) -> tuple[Labelled, ...]:
    try:
        return read_labels(path, fewest=1)
    except UsageError as error:
        told = str(error).rstrip(".")
        raise StoreError(f"What the store has learned is damaged ({told}); run gcmkg learn --undo.") from error
