"""The figures of an evaluation as records, a row a metric and a column a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.evaluation.gold import Counts, Record, read_documents
from ingest.evaluation.metrics import score_document

ALL = "all"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Counts by document, and their sum under "all"; `names` are the documents' stems, "all" last."""

    counts: Mapping[str, Counts]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns of the table."""
        return tuple(self.counts)

    def figures(self) -> dict[str, dict[str, dict[str, float | int | None]]]:
        """Document → metric → figures."""
        return {name: counts.figures() for name, counts in self.counts.items()}

    def records(self) -> list[Record]:
        """One record a metric: the headline figure of every document (F1, share or macro F1), none where empty."""
        figures = self.figures()
        return [
            {"metric": metric, **{name: _headline(figures[name].get(metric, {})) for name in self.names}}
            for metric in figures[ALL]
        ]

    def errors(self, limit: int) -> Iterator[str]:
        """Up to `limit` cases of each metric and kind that count against it."""
        shown: dict[tuple[str, str], int] = defaultdict(int)
        for metric, kind, what in sorted(self.counts[ALL].errors, key=lambda e: e[:2]):
            shown[metric, kind] += 1
            if shown[metric, kind] <= limit:
                yield f"{metric}: {kind}: {what}"


def evaluate(gold: Path, texts: Mapping[str, str], facts: Iterable[Record]) -> Evaluation:
    """Score facts (records of the contract) against a folder of annotations.

    Raises:
        UsageError: no annotations, or no text for one of them.
    """
    documents = read_documents(gold, texts)
    by_stem: dict[str, list[Record]] = defaultdict(list)
    for fact in facts:
        by_stem[Path(fact["document"]).stem].append(fact)
    parts = {stem: score_document(g, text, by_stem[stem]) for stem, (g, text) in documents.items()}
    return Evaluation({**parts, ALL: sum(parts.values(), Counts())})


def _headline(figures: Mapping[str, Any]) -> float | None:
    found = next((figures[key] for key in ("f1", "share", "macro_f1") if figures.get(key) is not None), None)
    return None if found is None else round(found, 4)


def read_texts(folder: Path) -> dict[str, str]:
    """The texts of a folder's .md and .txt files by stem."""
    return {p.stem: p.read_bytes().decode("utf-8") for p in sorted(folder.iterdir()) if p.suffix in (".md", ".txt")}
