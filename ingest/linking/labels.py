"""Passages that a user has labelled with objectives: read line by line, and as samples that the head learns from.

They teach the head, the weights of words and the prototypes. The decision is still fitted on the vocabulary's own
sentences, which hold every objective and enough of none: labels of a few objectives would shift what a confidence
means for all others.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.linking.schemes import NONE, Sample, Scheme
from ontology.errors import UsageError

FEWEST = 10
MOST = 5_000
LARGEST = 50_000_000  # bytes
LONGEST = 5_000  # characters
WEIGHT = 2.0  # of a labelled passage; a sentence of the vocabulary weighs 1
_SHAPE = '{"text": "…", "objectives": [8, 21]}'


@dataclass(frozen=True, slots=True, order=True)
class Labelled:
    """A passage and the numbers of its objectives in order; none where it belongs to none."""

    text: str
    objectives: tuple[int, ...]


def with_labels(scheme: Scheme, labels: Sequence[Labelled]) -> Scheme:
    """The scheme of objectives with labelled passages to learn from; a passage of several shares its weight."""
    places = {key: place for place, key in enumerate(scheme.keys)}
    samples = tuple(
        Sample(one.text, place, WEIGHT / max(1, len(one.objectives)))
        for one in labels
        for place in ([places[str(number)] for number in one.objectives] or [NONE])
    )
    return replace(scheme, samples=scheme.samples + samples)


def read_labels(path: Path, *, objectives: int = 23, fewest: int = FEWEST) -> tuple[Labelled, ...]:
    """The labelled passages of a JSON Lines file, sorted, each once.

    Args:
        path: a file of `{"text", "objectives"}` a line; other members are left alone, `[]` is a passage of none.
        objectives: how many objectives there are.
        fewest: refuse fewer passages than this.

    Raises:
        UsageError: the file cannot be read, is too large, or a line of it is wrong (its number is named); one
            passage has two sets of labels; there are too few or too many.
    """
    text = _text_of(path)
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    seen: dict[str, tuple[int, Labelled]] = {}
    for number, line in lines:
        one = _labelled(line, f"{path}, line {number}", objectives)
        before = seen.setdefault(one.text, (number, one))
        if before[1] != one:
            raise UsageError(
                f"{path}, line {number} labels the passage of line {before[0]} otherwise; keep one of the two."
            )
    if len(seen) < fewest:
        raise UsageError(
            f"{path} has {len(seen)} labelled passages, and {fewest} is the least to learn from; add more lines "
            f"of {_SHAPE}."
        )
    if len(seen) > MOST:
        raise UsageError(f"{path} has {len(seen)} labelled passages; give at most {MOST}.")
    return tuple(sorted(one for _, one in seen.values()))


def label_lines(labels: Iterable[Labelled]) -> bytes:
    """Labelled passages as JSON Lines in UTF-8, which `read_labels` takes."""
    records = [{"text": one.text, "objectives": list(one.objectives)} for one in sorted(labels)]
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def joined(former: Iterable[Labelled], newer: Iterable[Labelled]) -> tuple[Labelled, ...]:
    """Former and newer labels together; of a passage in both the newer ones count."""
    by_text = {one.text: one for one in (*former, *newer)}
    return tuple(sorted(by_text.values()))


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); give a JSON Lines file of labels.") from error
    if len(data) > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST // 1_000_000} MB; give a smaller file of labels.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start}); convert it and try again.") from error


def _labelled(line: str, where: str, count: int) -> Labelled:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict):
        raise UsageError(f"{where} is no JSON object; each line must be {_SHAPE}.")
    text, numbers = record.get("text"), record.get("objectives")
    if not isinstance(text, str) or not text.strip():
        raise UsageError(f'{where} has no "text"; each line must be {_SHAPE}.')
    if len(text) > LONGEST:
        raise UsageError(f"{where} has a text of {len(text)} characters; give passages of at most {LONGEST}.")
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise UsageError(f"{where} has half a character (a lone surrogate) in its text; mend the text there.")
    if not isinstance(numbers, list):
        raise UsageError(f'{where} has no list of "objectives"; each line must be {_SHAPE}, with [] for none.')
    for number in numbers:
        if type(number) is not int or not 1 <= number <= count:
            raise UsageError(f"{where}: {number!r:.40} is no objective; give whole numbers from 1 to {count}.")
    return Labelled(text.strip(), tuple(sorted(set(numbers))))
