"""How much of the corpus is read back from PDF, DOCX and HTML, against its Markdown; and pages a second.

Run from the root of the repository: `python -m benchmarks.reading.run > benchmarks/reading/result.json`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ingest.pipeline import annotate
from ingest.read import read_source
from ingest.segment import segment
from ontology.document import Document
from ontology.model import Annotated
from ontology.vocabulary import load_vocabulary
from tests.ingest.rendered.compare import Score, compare
from tests.ingest.rendered.material import FILES, blocks, document, plain
from tests.ingest.rendered.office import word_file
from tests.ingest.rendered.page import web_page
from tests.ingest.rendered.typeset import STYLES, Typeset, typeset

Rendered = tuple[bytes, dict[int, int], frozenset[int]]


def main() -> None:
    """Print the figures as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        figures = {name: _measured(name, render, Path(folder)) for name, render in _renderers().items()}
    json.dump(figures, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def _renderers() -> dict[str, Callable[[Document], Rendered]]:
    def pdf(style: str) -> Callable[[Document], Rendered]:
        def render(source: Document) -> Rendered:
            made: Typeset = typeset(blocks(source), STYLES[style], title=source.metadata.title)
            return made.raw, made.pages, made.crossing

        return render

    return {
        **{f"pdf, {style}": pdf(style) for style in STYLES},
        "docx": lambda source: (word_file(blocks(source)), {}, frozenset()),
        "html": lambda source: (web_page(blocks(source), title=source.metadata.title), {}, frozenset()),
    }


def _measured(name: str, render: Callable[[Document], Rendered], folder: Path) -> dict[str, object]:
    scores: list[Score] = []
    facts: list[tuple[int, int, int]] = []
    pages, seconds = 0, 0.0
    for file in FILES:
        original = document(file)
        raw, places, crossing = render(original)
        path = folder / f"{name.split(',')[0]}-{file}"
        path.write_bytes(raw)
        began = time.process_time()
        read = segment(read_source(path))
        seconds += time.process_time() - began
        pages += len(read.source.pages)
        scores.append(compare(original, read, pages=places, crossing=crossing))
        facts.append(_agreement(original, read))
    common, ours, theirs = (sum(column) for column in zip(*facts, strict=True))
    found = sum(s.found for s in scores)
    crossed = sum(s.crossing for s in scores)
    paged = sum(s.paged for s in scores)
    return {
        "sentences": sum(s.expected for s in scores),
        "recovered": _share(found, sum(s.expected for s in scores)),
        "crossing": crossed,
        "crossing recovered": _share(sum(s.crossing_found for s in scores), crossed),
        "right page": _share(sum(s.right_page for s in scores), paged),
        "right heading path": _share(sum(s.right_path for s in scores), sum(s.placed for s in scores)),
        "facts, F1 against those out of the Markdown": _share(2 * common, ours + theirs),
        "pages a second, read and segmented": round(pages / seconds) if pages else None,
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _agreement(original: Document, read: Document) -> tuple[int, int, int]:
    """Facts in common, and of each; links are left out, for they need the encoder."""
    vocabulary = load_vocabulary()
    one, two = (set(_facts(annotate(d, vocabulary))) for d in (original, read))
    return len(one & two), len(one), len(two)


def _facts(annotated: Annotated) -> Iterator[tuple[str, ...]]:
    for body in annotated.bodies:
        yield "body", plain(body.name), body.type.value
    for relation in annotated.relations:
        yield "relation", plain(relation.subject), relation.relation.value, plain(relation.object)
    for statement in annotated.statements:
        passage = annotated.document.passages[statement.evidence.passage]
        yield "statement", plain(passage.text), statement.type.value, plain(statement.agent or "")
    for instrument in annotated.instruments:
        yield "instrument", plain(instrument.name)


if __name__ == "__main__":
    main()
