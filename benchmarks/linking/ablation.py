"""What each signal of the linker adds: without it, and it alone, weights fitted anew.

    python benchmarks/linking/ablation.py > benchmarks/linking/ablation.json

On the sentences, and on the two sets of annotated documents that the linker was developed with (`tests/gold`,
`tests/unseen`), since citations, headings and surroundings only exist in documents. `objectives` is the micro F1 of
links of strength 2 and 3 there, `objectives.p_at_1` the share of statements whose surest link is right.

`cross_validated` scores linkers trained on four fifths of the training sentences on the fifth: the texts that the
settings of the other methods were chosen on.
"""

from __future__ import annotations

import json
import logging
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from measures import Scores, acceptance, best_of, calibration, ranking, weighted_f1  # noqa: E402
from run import sentences  # noqa: E402
from switches import ALONE, WITHOUT, Switches, retrained, switched  # noqa: E402
from training import folds_of  # noqa: E402

SETS = {
    "gold": (ROOT / "corpus", ROOT / "tests" / "gold"),
    "unseen": (ROOT / "tests" / "unseen" / "documents", ROOT / "tests" / "unseen" / "gold"),
}
METRICS = ("objectives", "objectives.p_at_1")
Rows = Sequence[Mapping[str, Any]]


def on_sentences(rows: Rows, tagged: Sequence[Any]) -> dict[str, float]:
    """The figures of tagged sentences."""
    records = [t.to_record() for t in tagged]
    scores: list[Scores] = [{int(n): s for n, s in r["scores"].items()} for r in records]
    found = acceptance(rows, [r["objectives"] for r in records])
    kept = ("precision", "recall", "f1", "least_f1_of_an_objective", "silent")
    ece = calibration(rows, *best_of(rows, scores))["ece"]
    return {**ranking(rows, scores), **{name: found[name] for name in kept}, "ece": ece}


class Documents:
    """The annotated documents of one set, read once, and their labels."""

    def __init__(self, folder: Path, gold: Path, vocabulary: Any) -> None:
        from ingest.pipeline import annotate
        from ingest.read import read_source
        from ingest.segment import segment

        self._gold = gold
        paths = {path.stem: next(folder.glob(f"{path.stem}.*")) for path in sorted(gold.glob("*.json"))}
        self._annotated = {
            stem: annotate(segment(read_source(path)), vocabulary) for stem, path in paths.items()
        }

    def figures(self, linker: Any) -> dict[str, float]:
        """Figures of a linker's objectives."""
        from ingest.evaluation.report import evaluate

        texts = {stem: one.document.source.text for stem, one in self._annotated.items()}
        counts = evaluate(self._gold, texts, self._facts(linker))
        return {r["metric"]: r["all"] for r in counts.records() if r["metric"] in METRICS}

    def _facts(self, linker: Any) -> Iterator[dict[str, Any]]:
        for stem, one in self._annotated.items():
            for link in linker.link_document(one).objectives:
                at = link.evidence
                yield {
                    "kind": "objective_link", "document": f"{stem}.md", "start": at.start, "end": at.end,
                    "quote": at.quote, "objective": link.objective, "strength": link.strength,
                    "confidence": link.reason.confidence,
                }


def main() -> None:
    """Print the results as JSON."""
    from ingest.linking import load_linker
    from ontology.vocabulary import load_vocabulary
    from search.encoder import load_encoder
    from search.vector_cache import VectorCache

    logging.getLogger("ingest").setLevel(logging.WARNING)
    rows, vocabulary = sentences(), load_vocabulary()
    texts = [row["text"] for row in rows]
    documents = {name: Documents(*places, vocabulary) for name, places in SETS.items()}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        encoder = VectorCache(folder / "vectors", load_encoder())
        full = load_linker(encoder=encoder)

        def score(linker: Any) -> dict[str, Any]:
            return {
                "sentences": on_sentences(rows, linker.tag(texts)),
                **{name: some.figures(linker) for name, some in documents.items()},
            }

        def variant(switches: Switches) -> dict[str, Any]:
            with switched(switches):
                return score(retrained(full, encoder, switches))

        results = {
            "environment": {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"},
            "linker": score(full),
            "without": {name: variant(switches) for name, switches in WITHOUT.items()},
            "alone": {name: variant(switches) for name, switches in ALONE.items()},
            "cross_validated": cross_validated(full, encoder),
        }
    print(json.dumps(results, indent=1))


def cross_validated(full: Any, encoder: Any) -> dict[str, float]:
    """Figures of the linker over the held-out fifths of its training sentences, counted as Annif's settings were."""
    rows: list[Mapping[str, Any]] = []
    records: list[dict[str, Any]] = []
    for fold in folds_of(full.objectives.scheme):
        linker = retrained(full, encoder, Switches(), samples=fold.train)
        records += [t.to_record() for t in linker.tag([row["text"] for row in fold.held])]
        rows += fold.held
    scores: list[Scores] = [{int(n): s for n, s in r["scores"].items()} for r in records]
    return {**ranking(rows, scores), "f1": round(weighted_f1(rows, [r["objectives"] for r in records]), 4)}


if __name__ == "__main__":
    main()
