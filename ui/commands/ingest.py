"""`gcmkg ingest`: documents into the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import UsageError
from ui.jsonlines import json_bytes
from ui.options import StoreOption, at_least, store_path
from ui.output import one_line, say, visible
from ui.progress import Progress

if TYPE_CHECKING:
    from ingest.report import IngestReport


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: gcmkg ingest corpus --jobs 2 --report report.json")(ingest)


def ingest(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Documents, or folders of documents.", show_default=False)],
    store: StoreOption = None,
    jobs: Annotated[
        int, typer.Option("--jobs", "-j", callback=at_least(1), help="Worker processes that read and annotate.")
    ] = 1,
    ocr: Annotated[bool, typer.Option("--ocr", help="Read pages that are pictures of text by OCR.")] = False,
    ocr_language: Annotated[
        str | None, typer.Option("--ocr-language", help="Language of --ocr, as eng or eng+fra.", show_default="eng")
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write a report on every file as JSON.", show_default=False)
    ] = None,
) -> None:
    """Read documents into the store; only what changed is read again."""
    import gcmkg
    from ingest.ocr.languages import DEFAULT_LANGUAGE

    if ocr_language is not None and not ocr:
        raise UsageError(f"--ocr-language {ocr_language} says in which language --ocr reads; give --ocr too.")
    if report is not None:
        _check_writable(report)
    language = (ocr_language or DEFAULT_LANGUAGE) if ocr else None
    with Progress() as progress:
        outcome = gcmkg.ingest(paths, store=store_path(ctx, store), jobs=jobs, ocr=language, progress=progress)
    record = outcome.to_record()
    if report is not None:
        report.write_bytes(json_bytes(record, indent=2))
    tell(outcome)


def tell(outcome: IngestReport) -> None:
    """Print what became of every document, and leave with 3 where one was rejected."""
    for document in outcome.documents:
        name = one_line(document.document)
        said = f"{document.status:9}  {name}"
        if document.status == "ingested":
            said += f"  ({document.passages} passages, {document.statements} statements, {document.seconds:.1f} s)"
        typer.echo(said)
        if document.reason:
            say(f"{name}: {visible(document.reason)}")
        for warning in document.warnings:
            say(f"{name}: {visible(warning)}")
    for warning in outcome.warnings:
        say(visible(warning))
    counts = outcome.to_record()["totals"]["status"]
    totals = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    warned = sum(1 for d in outcome.documents if d.warnings)
    if warned:
        totals += f", {warned} with warnings"
    say(f"{totals or 'nothing to do'}; the store {outcome.store} is at generation {outcome.generation}.")
    if outcome.rejected:
        raise typer.Exit(3)


def _check_writable(report: Path) -> None:
    """Find out before the work whether its report can be written; what was not there is not left behind."""
    new = not report.exists()
    try:
        report.open("ab").close()
    except OSError as error:
        raise UsageError(f"--report {report} cannot be written ({error.strerror}); name another file.") from error
    if new:
        report.unlink()
