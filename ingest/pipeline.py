"""One document's way from file to facts: `read → segment → annotate`; linking follows for several at once.

Reading, segmentation, bodies and statements need no model and run in worker processes; linking embeds text and
runs where the encoder is.
"""

from __future__ import annotations

import hashlib
import re
import resource
import sys
import time
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.bodies import find_bodies
from ingest.catalogue import Override
from ingest.confidence import weighed
from ingest.instruments import find_instruments
from ingest.isolation import Outcome
from ingest.read import read_source
from ingest.segment import segment
from ingest.statements import find_statements
from ontology.document import Document, RemarkCode, Source
from ontology.errors import DocumentError, RejectionCode
from ontology.model import Annotated
from ontology.vocabulary import FOLDER, Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from ingest.linking import Linker
    from ingest.ocr.recognised import Recognition

_FOR_OCR = frozenset({RemarkCode.NO_TEXT_LAYER, RemarkCode.SPACELESS, RemarkCode.GARBLED})
_STAGES = ("ontology", "ingest", "graph", "search")


@dataclass(frozen=True, slots=True)
class Extracted:
    """What one file gave: an annotated document without links, or why it was rejected.

    `scanned` are the pages, from 1, that OCR may read better than the file lets itself be read.
    """

    annotated: Annotated | None
    code: RejectionCode | None
    reason: str | None
    seconds: float
    peak_rss_mb: float
    scanned: tuple[int, ...] = ()


@lru_cache(maxsize=8)
def pipeline_version(model: str, learned: bytes = b"") -> str:
    """The version of everything that decides what is extracted: the release, and a digest of code and vocabulary.

    `learned` are the labels that the store's linker learns from, as `ingest.linking.labels.label_lines` writes them.
    A document is read again when this changes, so that a store never mixes the results of two pipelines.
    """
    seen = hashlib.sha256(model.encode() + learned)
    for stage in _STAGES:
        for path in sorted((FOLDER.parent / stage).rglob("*")):
            if path.suffix in (".py", ".ttl"):
                seen.update(f"{path.relative_to(FOLDER.parent)}\0".encode() + path.read_bytes())
    try:
        release = version("gcmkg")
    except PackageNotFoundError:
        release = "0"
    return f"{release}+{seen.hexdigest()[:12]}"


def annotate(document: Document, vocabulary: Vocabulary) -> Annotated:
    """Bodies, roles, statements and instruments of a segmented document; no links yet.

    What stands in text of poor quality has less confidence (`ingest.confidence`).
    """
    found, passages = find_bodies(document, vocabulary), document.passages
    return Annotated(
        document=document,
        bodies=weighed(found.bodies, passages),
        mentions=found.mentions,
        relations=weighed(found.relations, passages),
        body_facts=weighed(found.body_facts, passages),
        statements=weighed(find_statements(document, found), passages),
        instruments=weighed(find_instruments(document, vocabulary), passages),
        warnings=document.source.warnings,
    )


def extract(
    path: Path, slug: str, override: Override | None, recognition: Recognition | None = None
) -> Extracted:
    """Read, segment and annotate one file; never raises for a document that cannot be read."""
    began = time.perf_counter()
    try:
        source = read_source(path, slug=slug, recognition=recognition)
    except DocumentError as error:
        return Extracted(None, error.code, str(error), time.perf_counter() - began, peak_rss_mb(), error.scanned)
    document = segment(source)
    if override is not None:
        document = replace(document, metadata=override.over(document.metadata))
    annotated = annotate(document, load_vocabulary())
    return Extracted(annotated, None, None, time.perf_counter() - began, peak_rss_mb(), scanned_pages(source))


def scanned_pages(source: Source) -> tuple[int, ...]:
    """The pages of a PDF, from 1, that are pictures, or whose text layer is no good; OCR may read them."""
    if source.media_type != "application/pdf":
        return ()
    return tuple(sorted({page for remark in source.remarks if remark.code in _FOR_OCR for page in remark.pages}))


def lost(name: str, outcome: Outcome[Extracted]) -> Extracted:
    """What stands for a file whose reader was lost: the code, and a sentence that names the file."""
    advice = "leave it out, or save it anew in another format"
    return Extracted(None, outcome.code, f"{name} {outcome.reason}; {advice}.", 0.0, 0.0)


def link(annotated: Annotated, linker: Linker) -> Annotated:
    """The document with its objective, SDG and principle links."""
    links, passages = linker.link_document(annotated), annotated.document.passages
    return replace(
        annotated,
        objective_links=weighed(links.objectives, passages),
        sdg_links=weighed(links.sdgs, passages),
        principle_links=weighed(links.principles, passages),
    )


def peak_rss_mb() -> float:
    """The most memory that this process has held so far, in megabytes."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        status = ""
    high = re.search(r"VmHWM:\s+(\d+) kB", status)
    if high:  # the other figure also counts what the parent held when it started this process
        return round(int(high[1]) / 1024, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (1024 * 1024 if sys.platform == "darwin" else 1024), 1)
