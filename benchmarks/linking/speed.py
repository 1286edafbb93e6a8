"""What linking costs on the corpus: word pieces embedded, and processor time with and without embedding.

    python benchmarks/linking/speed.py > benchmarks/linking/speed.json

  pieces        word pieces of every different passage; of all that linker and index embed; of the same with each
                clause as a text of its own, as it was before clauses were read within their sentence
  seconds       of processor time: the first linking of the five documents, and the same again when every vector is
                known, the least of five; the trained linker is loaded before
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

ROUNDS = 5


def pieces(texts: Iterable[str]) -> int:
    """Word pieces of the different texts among some, as the default model reads them."""
    from tokenizers import Tokenizer

    from search.model_files import model_folder

    tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    return sum(len(one.ids) for one in tokenizer.encode_batch(list(dict.fromkeys(texts))))


def embedded(documents: Sequence[Any]) -> dict[str, Any]:
    """Word pieces of the annotated documents, by what is embedded."""
    from ingest.linking.clauses import clauses_of
    from ingest.linking.settings import units_of
    from search.entries import context_of

    passages = [p for one in documents for p in one.document.passages]
    texts = [p.text for p in passages]
    leads = [p.lead_in or "" for p in passages] + [p.section[-1] for p in passages if p.section]
    contexts = [context_of(d.document.metadata.title, p.section, p.lead_in) for d in documents
                for p in d.document.passages]
    units = [unit.text for one in documents for unit in units_of(one) if unit.content]
    clauses = [text[start:end] for text in units for start, end in clauses_of(text)]
    return {
        "passages": pieces(texts), "embedded": pieces([*texts, *leads, *contexts]),
        "with_clauses_apart": pieces([*texts, *leads, *contexts, *clauses]),
    }


def main() -> None:
    """Print the results as JSON."""
    from ingest.linking import load_linker
    from ingest.pipeline import annotate
    from ingest.read import read_source
    from ingest.segment import segment
    from ontology.vocabulary import load_vocabulary
    from search.encoder import load_encoder
    from search.vector_cache import VectorCache

    vocabulary = load_vocabulary()
    paths = sorted(path for path in (ROOT / "corpus").glob("*.md") if path.name != "README.md")
    documents = [annotate(segment(read_source(path)), vocabulary) for path in paths]
    load_linker()
    with tempfile.TemporaryDirectory() as folder:
        linker = load_linker(encoder=VectorCache(Path(folder) / "vectors", load_encoder()))
        seconds = []
        for _ in range(ROUNDS + 1):
            began = time.process_time()
            for document in documents:
                linker.link_document(document)
            seconds.append(round(time.process_time() - began, 3))
    results = {
        "environment": {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"},
        "passages": sum(len(d.document.passages) for d in documents),
        "characters": sum(len(d.document.source.text) for d in documents),
        "pieces": embedded(documents),
        "seconds": {"first": seconds[0], "vectors_known": min(seconds[1:])},
    }
    print(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
