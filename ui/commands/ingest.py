"""`gcmkg ingest` and `gcmkg tag`: documents into the store, and text that is not stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from ontology.errors import UsageError
from ui.options import StoreOption, store_path
from ui.output import Format, Listing, say, write
from ui.progress import Progress


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: gcmkg ingest corpus --jobs 2 --report report.json")(ingest)
    app.command(epilog="Example: echo 'Shelters for victims of trafficking' | gcmkg tag - --format json")(tag)


def ingest(
    ctx: typer.Context,
    paths: Annotated[list[Path], typer.Argument(help="Documents, or folders of documents.", show_default=False)],
    store: StoreOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Worker processes that read and annotate.")] = 1,
    report: Annotated[
        Path | None, typer.Option("--report", help="Write a report on every file as JSON.", show_default=False)
    ] = None,
) -> None:
    """Read documents into the store; only what changed is read again."""
    import gcmkg

    if report is not None and not report.absolute().parent.is_dir():
        raise UsageError(f"--report {report}: the folder {report.absolute().parent} does not exist; create it first.")
    with Progress() as progress:
        outcome = gcmkg.ingest(paths, store=store_path(ctx, store), jobs=jobs, progress=progress)
    record = outcome.to_record()
    if report is not None:
        report.write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for document in outcome.documents:
        said = f"{document.status:9}  {document.document}"
        if document.status == "ingested":
            said += f"  ({document.passages} passages, {document.statements} statements, {document.seconds:.1f} s)"
        typer.echo(said)
        if document.reason:
            say(f"{document.document}: {document.reason}")
        for warning in document.warnings:
            say(f"{document.document}: {warning}")
    for warning in outcome.warnings:
        say(warning)
    totals = ", ".join(f"{count} {status}" for status, count in record["totals"]["status"].items() if count)
    say(f"{totals or 'nothing to do'}; the store {outcome.store} is at generation {outcome.generation}.")
    if outcome.rejected:
        raise typer.Exit(3)


def tag(
    file: Annotated[str, typer.Argument(help='A file of text or of JSON Lines {"id", "text"}; "-" is stdin.')],
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")] = Format.JSONL,
) -> None:
    """Link text to objectives and SDGs without storing it.

    Plain text is one passage; JSON Lines are one passage a line. JSON Lines out hold all 23 scores.
    """
    import gcmkg

    items = list(_passages(_read(file)))
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


def _passages(text: str) -> Iterator[tuple[str, str]]:
    """(id, text) of each passage: JSON Lines when the first line is a JSON object, else one passage."""
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines:
        raise UsageError("There is no text to tag; give a file with text, or pipe text in with -.")
    if not lines[0].lstrip().startswith("{"):
        yield "1", text.strip()
        return
    for number, line in enumerate(lines, 1):
        yield _record(line, number)


def _record(line: str, number: int) -> tuple[str, str]:
    try:
        record: Any = json.loads(line)
    except json.JSONDecodeError as error:
        shape = '{"id": …, "text": …}'
        raise UsageError(f"Line {number} is not JSON ({error.msg}); each line must be {shape}.") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise UsageError(f'Line {number} has no "text"; each line must be {{"id": …, "text": …}}.')
    return str(record.get("id", number)), record["text"]
