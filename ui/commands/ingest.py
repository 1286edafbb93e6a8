"""`gcmkg ingest` and `gcmkg tag`: documents into the store, and text that is not stored."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import UsageError
from ui.jsonlines import as_object, filled_lines, json_bytes, keyed_text
from ui.options import StoreOption, at_least, store_path
from ui.output import Format, Listing, one_line, say, visible, write
from ui.progress import Progress

if TYPE_CHECKING:
    from ingest.report import IngestReport


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: gcmkg ingest corpus --jobs 2 --report report.json")(ingest)
    app.command(epilog="Example: echo 'Shelters for victims of trafficking' | gcmkg tag - --format json")(tag)


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


def tag(
    file: Annotated[str, typer.Argument(help='A file of text or of JSON Lines {"id", "text"}; "-" is stdin.')],
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")] = Format.JSONL,
) -> None:
    """Link text to objectives and SDGs without storing it.

    Plain text is one passage; JSON Lines are one passage a line. JSON Lines out hold all 23 scores.
    """
    import gcmkg

    items = _passages(_read(file), source="stdin" if file == "-" else file)
    with Progress() as progress:
        tagged = gcmkg.tag([text for _, text in items], progress=progress)
    records = [{"id": key, **t.to_record()} for (key, _), t in zip(items, tagged, strict=True)]
    if form in (Format.JSON, Format.JSONL):
        rows = records
    else:
        rows = [{**r, "sdgs": r["sdgs"]["accepted"], "scores": _best(r["scores"])} for r in records]
    columns = {"id": "Passage", "text": "Text", "objectives": "Objectives", "sdgs": "SDGs", "scores": "Best scores"}
    write(Listing("passages", rows, columns, {}, len(rows)), form, output=None)


def _best(scores: dict[str, float]) -> list[str]:
    best = sorted(scores.items(), key=lambda s: (-s[1], int(s[0])))[:3]
    return [f"{number}: {score:.2f}" for number, score in best]


def _read(file: str) -> str:
    if file == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            data = Path(file).read_bytes()
        except OSError as error:
            raise UsageError(f"{file} cannot be read ({error.strerror}); give a text file or - for stdin.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file} is not UTF-8 (byte {error.start}); convert it and try again.") from error


def _passages(text: str, *, source: str) -> list[tuple[object, str]]:
    """(id, text) of each passage: JSON Lines when the first line is a JSON object, else one passage."""
    lines = filled_lines(text)
    if not lines:
        raise UsageError("There is no text to tag; give a file with text, or pipe text in with -.")
    if as_object(lines[0][1]) is None:
        return [("1", text.strip())]
    return [keyed_text(line, number=number, name="text", source=source) for number, line in lines]
