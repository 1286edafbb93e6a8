"""What an ingest did with every file, as a value and as the JSON of `--report`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ingest.worktable import TableEntry
from ontology.errors import RejectionCode

Outcome = Literal["ingested", "unchanged", "rejected", "removed"]
OUTCOMES: tuple[Outcome, ...] = ("ingested", "unchanged", "rejected", "removed")


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one file.

    `remarks` are records of `ontology.document.Remark`: what `warnings` say, by page.
    `graph` is the named graph that holds it; `peak_rss_mb` the most memory of the process that read it;
    `code` and `reason` say why it was rejected.
    """

    path: str
    document: str
    status: Outcome
    code: RejectionCode | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    remarks: tuple[Mapping[str, Any], ...] = ()
    graph: str | None = None
    peak_rss_mb: float | None = None
    sha256: str | None = None
    pages: int | None = None
    passages: int = 0
    statements: int = 0
    objective_links: int = 0
    seconds: float = 0.0

    def to_record(self) -> dict[str, Any]:
        """The entry of the report's "documents"."""
        record = {name: getattr(self, name) for name in self.__slots__}
        lists = {"warnings": list(self.warnings), "remarks": [dict(remark) for remark in self.remarks]}
        return record | lists | {"seconds": round(self.seconds, 3)}


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What a run did; `skipped` are (path, reason) of files that are no documents, `warnings` the catalogue's."""

    store: Path
    generation: int
    documents: tuple[DocumentReport, ...]
    skipped: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    seconds: float

    @property
    def rejected(self) -> bool:
        """Whether any document was rejected."""
        return any(d.status == "rejected" for d in self.documents)

    def to_record(self) -> dict[str, Any]:
        """The JSON of `--report`."""
        status = Counter(d.status for d in self.documents)
        totals = {
            "status": {outcome: status[outcome] for outcome in OUTCOMES},
            "documents": len(self.documents),
            **{
                name: sum(getattr(d, name) for d in self.documents if d.status in ("ingested", "unchanged"))
                for name in ("passages", "statements", "objective_links")
            },
            "seconds": round(self.seconds, 3),
        }
        return {
            "generation": self.generation,
            "documents": [d.to_record() for d in self.documents],
            "skipped": [{"path": path, "reason": reason} for path, reason in self.skipped],
            "warnings": list(self.warnings),
            "totals": totals,
        }


def of_entry(entry: TableEntry, status: Outcome, *, graph: str | None, seconds: float = 0.0,
             peak_rss_mb: float | None = None) -> DocumentReport:
    """The report on a document that the store holds (or, for "removed", held)."""
    return DocumentReport(
        path=entry.path,
        document=entry.name,
        status=status,
        warnings=entry.warnings,
        remarks=entry.remarks,
        graph=graph,
        peak_rss_mb=peak_rss_mb,
        sha256=entry.sha256,
        pages=entry.pages,
        passages=entry.passages,
        statements=entry.statements,
        objective_links=entry.objective_links,
        seconds=seconds,
    )
