"""How well scans are read by OCR: the corpus set as PDF, scanned askew with noise, recognised, against the PDF itself.

Run from the root of the repository: `python -m benchmarks.reading.scans > benchmarks/reading/scans.json`
(some seven minutes on one core; name a style and a count of documents to run less: `"one column" 1`).
"""

from __future__ import annotations

import json
import platform
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
from tesserocr import tesseract_version

from ingest.ocr.engine import recognise
from ingest.ocr.languages import DEFAULT_LANGUAGE
from ingest.ocr.recognised import Recognition
from ingest.read import read_source
from ingest.segment import segment
from ontology.document import Document, Source
from tests.ingest.rendered.compare import compare
from tests.ingest.rendered.material import FILES, blocks, document, expected, plain
from tests.ingest.rendered.scanned import scanned
from tests.ingest.rendered.typeset import STYLES, typeset

SCANS = {"200 dots an inch, 0.6° askew": 200, "300 dots an inch, 0.6° askew": 300}


def main(styles: list[str], files: tuple[str, ...]) -> None:
    """Print the figures as JSON."""
    figures = {
        f"{style}, {name}": _measured(style, dots, files) for style in styles for name, dots in SCANS.items()
    }
    record = {
        "environment": {"python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}"},
        "tesseract": tesseract_version().splitlines()[0],
        "documents": list(files),
        "scans": figures,
    }
    json.dump(record, sys.stdout, indent=2, ensure_ascii=False)
    sys.stdout.write("\n")


def _measured(style: str, dots: int, files: tuple[str, ...]) -> dict[str, object]:
    wrong = letters = pages = nearly = 0
    seconds, confidence, scores, clean = 0.0, 0.0, [], []
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            original = document(file)
            made = typeset(blocks(original), STYLES[style], title=original.metadata.title)
            sharp, scan = Path(folder, "sharp.pdf"), Path(folder, "scan.pdf")
            sharp.write_bytes(made.raw)
            scan.write_bytes(scanned(made.raw, dots=dots))
            printed = read_source(sharp)
            began = time.process_time()
            count = len(printed.pages)
            recognised = {n: recognise(scan, n, DEFAULT_LANGUAGE) for n in range(1, count + 1)}
            found = Recognition(DEFAULT_LANGUAGE, recognised)
            seconds += time.process_time() - began
            read = read_source(scan, recognition=found)
            for one, two in zip(_pages(printed), _pages(read), strict=True):
                wrong += distance(one, two)
                letters += len(one)
            pages += count
            confidence += found.confidence * count
            nearly += _nearly(original, segment(read))
            scores.append(compare(original, segment(read), pages=made.pages, crossing=made.crossing))
            clean.append(compare(original, segment(printed), pages=made.pages, crossing=made.crossing))
    whole = sum(s.expected for s in scores)
    return {
        "pages": pages,
        "mean confidence": round(confidence / pages, 4),
        "character error": round(wrong / letters, 4),
        "sentences": whole,
        "recovered without an error": round(sum(s.found for s in scores) / whole, 4),
        "recovered with three letters in a hundred wrong": round(nearly / whole, 4),
        "recovered out of the text layer": round(sum(s.found for s in clean) / whole, 4),
        "right page": round(sum(s.right_page for s in scores) / sum(s.paged for s in scores), 4),
        "right heading path": round(sum(s.right_path for s in scores) / sum(s.placed for s in scores), 4),
        "seconds a page, processor time": round(seconds / pages, 2),
    }


def _nearly(original: Document, read: Document) -> int:
    """How many sentences stand in one passage with few letters wrong."""
    pool = [plain(p.text) for p in read.passages]
    wanted = [plain(p.text) or plain(" ".join(p.cells)) for p in expected(original).values()]
    return sum(any(_is_near(sentence, other) for other in pool) for sentence in wanted)


def _is_near(one: str, two: str) -> bool:
    most = max(1, round(0.03 * len(one)))
    return abs(len(one) - len(two)) <= most and distance(one, two) <= most


def _pages(source: Source) -> list[str]:
    """The letters and figures of each page, in small letters, words parted by one space."""
    return [plain(source.text[start:end]) for start, end in pairwise([*source.pages, len(source.text)])]


def distance(one: str, two: str) -> int:
    """The edit distance of two texts (Levenshtein 1966), a row of the table at a time."""
    first, second = (np.frombuffer(text.encode("utf-32-le"), np.uint32) for text in (one, two))
    steps = np.arange(len(second) + 1)
    row = steps
    for number, letter in enumerate(first, 1):
        below = np.concatenate(([number], np.minimum(row[1:] + 1, row[:-1] + (second != letter))))
        row = np.minimum.accumulate(below - steps) + steps
    return int(row[-1])


if __name__ == "__main__":
    first = int(sys.argv[2]) if len(sys.argv) > 2 else len(FILES)
    main([sys.argv[1]] if len(sys.argv) > 1 else list(STYLES), FILES[:first])
