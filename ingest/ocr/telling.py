"""What is said of pages that are pictures: read by OCR, not read, or not to be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.content import Content
from ingest.ocr.recognised import TRUST, Recognition
from ingest.quality import numbered
from ontology.document import Region, Remark, RemarkCode
from ontology.errors import DocumentError, RejectionCode


def without_text(name: str, scanned: Sequence[int], recognition: Recognition | None) -> DocumentError:
    """The error of a document that holds no text at all."""
    if recognition is None:
        sentence = f"{name} has no text layer, only pictures of text; read it with --ocr (see README.md)."
    elif recognition.failures:
        why = next(iter(recognition.failures.values()))
        sentence = f"{name} has no text layer, and OCR failed ({why}); scan it anew."
    else:
        sentence = f"{name} has no text layer, and OCR found no text in its pictures; scan it anew, or leave it out."
    return DocumentError(RejectionCode.NO_TEXT_LAYER, sentence, scanned=tuple(scanned))


def told(
    content: Content, name: str, *, lost: Sequence[int], empty: Sequence[int], recognition: Recognition | None
) -> Content:
    """The content with its warnings and remarks, and with regions for the pages that OCR read."""
    warnings: list[str] = []
    remarks: list[Remark] = []
    regions = list(content.regions)
    if lost:
        warnings.append(f"{numbered(lost)} of {name} cannot be read and so went lost; save or download the file again.")
        remarks.append(Remark(RemarkCode.LOST, tuple(lost), 0.0))
    read = sorted(n for n, page in recognition.pages.items() if page.lines) if recognition else []
    failures = recognition.failures if recognition else {}
    blank = [n for n in empty if n not in read and n not in failures]
    if blank and recognition is None:
        have = "has" if len(blank) == 1 else "have"
        warnings.append(f"{numbered(blank)} of {name} {have} no text layer, only a picture; read it with --ocr.")
    elif blank:
        show = "shows a picture" if len(blank) == 1 else "show pictures"
        warnings.append(f"{numbered(blank)} of {name} {show} in which OCR found no text; nothing was taken from there.")
    if blank:
        remarks.append(Remark(RemarkCode.NO_TEXT_LAYER, tuple(blank), 0.0))
    for reason in sorted(set(failures.values())):
        failed = tuple(sorted(n for n, why in failures.items() if why == reason))
        pages = numbered(failed).lower()
        warnings.append(f"OCR of {pages} of {name} failed ({reason}), so that their text is missing; scan them anew.")
        remarks.append(Remark(RemarkCode.OCR_FAILED, failed, 0.0))
    if recognition is not None and read:
        ends = [*content.pages[1:], len(content.text)]
        for n in read:
            confidence = recognition.pages[n].confidence
            regions.append(
                Region(content.pages[n - 1], ends[n - 1], weight=round(TRUST * confidence, 3), ocr=confidence)
            )
        was, weigh = ("was", "weighs") if len(read) == 1 else ("were", "weigh")
        warnings.append(
            f"{numbered(read)} of {name} {was} read by OCR (Tesseract, {recognition.language}, mean confidence "
            f"{recognition.confidence:.2f}) and {weigh} less; compare quotes with the page before you cite them."
        )
        remarks.append(Remark(RemarkCode.OCR, tuple(read), round(TRUST * recognition.confidence, 3)))
    regions.sort(key=lambda r: (r.start, r.end))
    return replace(content, warnings=tuple(warnings), regions=tuple(regions), remarks=tuple(remarks))
