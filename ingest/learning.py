"""`gcmkg learn`: labelled passages into the store's linker, what they change, and the way back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.generations import Generations
from graph.location import locate_store
from ingest.learned import drop_state, last_state, learned_labels, put_state, report_of
from ontology.errors import StoreError

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Learning:
    """What a store's linker has learned: how many labelled passages, in how many steps, and what they change.

    `relinked` tells whether the links of the published generation were made with just these labels.
    """

    store: Path
    passages: int
    steps: int
    changes: tuple[Mapping[str, Any], ...]
    relinked: bool


def learn(
    labels: str | Path, *, store: str | Path | None = None, progress: Progress | None = None
) -> Learning:
    """Let the linker of a store learn from labelled passages besides the vocabulary's sentences.

    They add to those learned before; of a passage in both the newer labels count. Documents are linked anew at the
    next `ingest` or `index`; `tag` with the store goes by the labels at once. `unlearn` takes the step back.

    Args:
        labels: JSON Lines of `{"text", "objectives"}`; see `ingest.linking.labels.read_labels`.
        store: see `locate_store`.
        progress: called as `progress(stage, done, total)`.

    Raises:
        UsageError: the file is wrong, or has too few labels.
        StoreError: there is no store, or another process writes to it.
        ModelError: the embedding model is missing, or is not the one it should be.
    """
    from ingest.linking.labels import joined, read_labels
    from ingest.linking.linker import load_linker
    from ingest.linking.validation import cross_validated
    from search.encoder import load_encoder

    path = locate_store(store)
    generations = _generations(path)
    newer = read_labels(Path(labels))
    with generations.lock():
        every = joined(learned_labels(path), newer)
        encoder = load_encoder(_model(generations))
        changes = cross_validated(every, encoder, progress=progress)
        load_linker(encoder=encoder, labels=every)  # trained now, so that a fault shows before anything is kept
        put_state(path, every, {"passages": len(every), "changes": [change.to_record() for change in changes]})
    return learned(path)


def unlearn(store: str | Path | None = None) -> Learning:
    """Take the last step of learning back; the store is then byte for byte what it was before that step.

    Raises:
        UsageError: nothing is learned.
        StoreError: there is no store, or another process writes to it.
    """
    path = locate_store(store)
    with _generations(path).lock():
        drop_state(path)
    return learned(path)


def learned(store: str | Path | None = None) -> Learning:
    """What the linker of a store has learned.

    Raises:
        StoreError: there is no store, or what it has learned is damaged.
    """
    from ingest.learned import published_labels

    path = locate_store(store)
    generation = _generations(path).readable()
    labels = learned_labels(path)
    report = report_of(path) or {}
    relinked = generation is None or published_labels(generation.folder) == labels
    return Learning(path, len(labels), last_state(path), tuple(report.get("changes", ())), relinked)


def _generations(path: Path) -> Generations:
    generations = Generations(path)
    if generations.readable() is None:
        raise StoreError(f"There is no store at {path}; make one with: gcmkg --store {path} ingest FOLDER")
    return generations


def _model(generations: Generations) -> str:
    generation = generations.readable()
    return "" if generation is None else str(generation.manifest["model"])
