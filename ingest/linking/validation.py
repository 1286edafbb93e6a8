"""What labelled passages change: the linker without them and with them, on passages that it has not learned from."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ingest.linking.fit import embedded, relearned
from ingest.linking.labels import Labelled, with_labels
from ingest.linking.linker import Linker, load_linker
from ingest.linking.scheme_linker import SchemeLinker
from ingest.linking.schemes import objective_scheme
from ontology.vocabulary import load_vocabulary
from search.encoder import Encoder

FOLDS = 5
SEED = 195
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Change:
    """F1 of the accepted sets before and after; `objective` is None for all together (micro-averaged).

    `passages` are those labelled with the objective; with none held back for learning from (one passage alone),
    `after` tells little.
    """

    objective: int | None
    passages: int
    before: float
    after: float

    def to_record(self) -> dict[str, Any]:
        """The values by name, as JSON takes them."""
        return asdict(self)


def cross_validated(
    labels: Sequence[Labelled], encoder: Encoder, *, progress: Progress | None = None
) -> tuple[Change, ...]:
    """The change for each labelled objective in order, and last for all of them together.

    In five folds, drawn with a fixed seed and each with its share of every objective: a passage is tagged by the
    linker of the vocabulary alone, and by one that has also learned from the labels of the other folds. The same
    labels in any order give the same figures.
    """
    vocabulary, labels = load_vocabulary(), sorted(labels)
    base = load_linker(encoder=encoder, vocabulary=vocabulary)
    before = _accepted(base, [one.text for one in labels])
    scheme = objective_scheme(vocabulary)
    vectors = embedded([*(s.text for s in scheme.samples), *(one.text for one in labels)], encoder)
    after: list[frozenset[int]] = [frozenset()] * len(labels)
    folds = folds_of(labels)
    for fold in range(FOLDS):
        held = [place for place in range(len(labels)) if folds[place] == fold]
        others = [one for place, one in enumerate(labels) if folds[place] != fold]
        taught = with_labels(scheme, others)
        linker = base.with_objectives(SchemeLinker(taught, relearned(taught, base.objectives.trained, vectors)))
        for place, found in zip(held, _accepted(linker, [labels[place].text for place in held]), strict=True):
            after[place] = found
        if progress is not None:
            progress("cross-validation", fold + 1, FOLDS)
    numbers = sorted({number for one in labels for number in one.objectives})
    return (
        *(_change(number, labels, before, after, [number]) for number in numbers),
        _change(None, labels, before, after, range(1, len(vocabulary.objectives) + 1)),
    )


def folds_of(labels: Sequence[Labelled]) -> list[int]:
    """The fold of each passage: those with the same objectives are spread evenly, from where the last ended."""
    order = list(range(len(labels)))
    random.Random(SEED).shuffle(order)  # noqa: S311 - drawing folds, not secrets
    order.sort(key=lambda place: labels[place].objectives)
    folds = [0] * len(labels)
    for rank, place in enumerate(order):
        folds[place] = rank % FOLDS
    return folds


def _accepted(linker: Linker, texts: Sequence[str]) -> list[frozenset[int]]:
    return [frozenset(int(key) for key in tagged.objectives.accepted) for tagged in linker.tag(texts)]


def _change(
    objective: int | None, labels: Sequence[Labelled], before: Sequence[frozenset[int]],
    after: Sequence[frozenset[int]], numbers: Sequence[int],
) -> Change:
    right = [frozenset(one.objectives) & frozenset(numbers) for one in labels]
    said = [_f1(right, [one & frozenset(numbers) for one in found]) for found in (before, after)]
    passages = len(labels) if objective is None else sum(map(bool, right))
    return Change(objective, passages, *said)


def _f1(right: Sequence[frozenset[int]], found: Sequence[frozenset[int]]) -> float:
    counts = Counter[str]()
    for true, said in zip(right, found, strict=True):
        counts.update(hits=len(true & said), all=len(true) + len(said))
    return round(2 * counts["hits"] / counts["all"], 4) if counts["all"] else 1.0
