"""Score the linker on a small scheme of another field that it gets as a Turtle file.

    python benchmarks/linking/own_scheme.py > benchmarks/linking/own_scheme.json

Beside it, in the same run: the cosine of the sentence and the names of the concepts by the same encoder, which ranks
and accepts nothing. Figures are as in run.py.
"""

from __future__ import annotations

import json
import platform
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1]))


def main() -> None:
    """Print the results as JSON."""
    from ingest.linking.own_scheme import load_scheme_linker
    from search.encoder import load_encoder

    rows = [json.loads(line) for line in (HERE / "water" / "sentences.jsonl").read_text("utf-8").splitlines()]
    texts, right = [row["text"] for row in rows], [set(row["concepts"]) for row in rows]
    encoder = load_encoder()
    linker = load_scheme_linker(HERE / "water" / "scheme.ttl", encoder=encoder)
    judged = [tagged.judgement for tagged in linker.tag(texts)]
    likeness = encoder.encode(texts) @ encoder.encode(list(linker.names.values())).T
    nearest = [list(linker.names)[int(row.argmax())] for row in likeness]
    best = [max(one.scores, key=lambda key: (one.scores[key], key)) for one in judged]
    hits = sum(len(true & set(one.accepted)) for true, one in zip(right, judged, strict=True))
    accepted, wanted = sum(len(one.accepted) for one in judged), sum(map(len, right))
    silent = [not one.accepted for true, one in zip(right, judged, strict=True) if not true]
    results = {
        "environment": {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"},
        "sentences": len(rows),
        "linker": {
            "p@1": round(sum(b in t for b, t in zip(best, right, strict=True)) / wanted, 4),
            "precision": round(hits / accepted, 4),
            "recall": round(hits / wanted, 4),
            "f1": round(2 * hits / (accepted + wanted), 4),
            "silent": round(sum(silent) / len(silent), 4),
        },
        "name_similarity": {"p@1": round(sum(n in t for n, t in zip(nearest, right, strict=True)) / wanted, 4)},
    }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
