"""Score the extraction against every set of annotated documents.

    python benchmarks/extraction/run.py > benchmarks/extraction/results.json

`gold` are three documents of the corpus that the rules were developed on; `unseen` and `fresh` are four and ten
documents whose errors were read later; `held` are five documents that nobody has looked at: what carries over.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

SETS = {
    "gold": (ROOT / "corpus", ROOT / "tests" / "gold"),
    "unseen": (ROOT / "tests" / "unseen" / "documents", ROOT / "tests" / "unseen" / "gold"),
    "fresh": (ROOT / "tests" / "fresh" / "documents", ROOT / "tests" / "fresh" / "gold"),
    "held": (ROOT / "tests" / "held" / "documents", ROOT / "tests" / "held" / "gold"),
}


# The fresh documents are not annotated with objectives, principles or goals.
UNANNOTATED = {"fresh": ("objectives", "principles", "sdgs")}


def figures(documents: Path, gold: Path, store: Path) -> dict[str, float | None]:
    """Metric → headline figure over all documents of a set."""
    import gcmkg

    gcmkg.ingest([documents], store=store)
    with gcmkg.open_store(store) as opened:
        return {r["metric"]: r["all"] for r in opened.evaluate(gold).records()}


def main() -> None:
    """Print the results as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        results = {
            name: {
                metric: value
                for metric, value in figures(*places, Path(folder) / name).items()
                if not metric.startswith(UNANNOTATED.get(name, ("-",)))
            }
            for name, places in SETS.items()
        }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
