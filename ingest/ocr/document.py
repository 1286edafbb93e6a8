"""OCR of one document: its pictures of text page by page, each with limits of its own, then the whole again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.catalogue import Override
from ingest.isolation import Outcome, Workers
from ingest.ocr.engine import recognise
from ingest.ocr.recognised import Recognition
from ingest.pipeline import Extracted, extract


def extract_scanned(
    workers: Workers, path: Path, slug: str, override: Override | None, *, pages: tuple[int, ...], language: str,
    told: Callable[[], None],
) -> Outcome[Extracted]:
    """Read a document whose pages, from 1, hold no good text; a page that fails costs that page alone.

    Args:
        workers: where pages are recognised, as many at a time as there are workers.
        path: the PDF.
        slug: the last part of the document's IRI.
        override: what the catalogue says of it.
        pages: the pages to recognise.
        language: Tesseract's name of the language, "eng" or "eng+fra".
        told: called after each page.
    """
    recognised, failures = {}, {}
    outcomes = workers.run_all(recognise, [(path, number, language) for number in pages])
    for number, outcome in zip(pages, outcomes, strict=True):
        if outcome.value is not None:
            recognised[number] = outcome.value
        else:
            failures[number] = f"it {outcome.reason}"
        told()
    return workers.run(extract, path, slug, override, Recognition(language, recognised, failures))
