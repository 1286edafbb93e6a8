"""`gcmkg tag`: text that is not stored, to objectives, SDGs and principles, or to a scheme of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import UsageError
from ui.jsonlines import as_object, filled_lines, keyed_text
from ui.options import StoreOption, store_path
from ui.output import Format, Listing, say, visible, write
from ui.progress import Progress


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: echo 'Shelters for victims of trafficking' | gcmkg tag - --format json")(tag)


def tag(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(help='A file of text or of JSON Lines {"id", "text"}; "-" is stdin.')],
    store: StoreOption = None,
    scheme: Annotated[
        Path | None,
        typer.Option("--scheme", help="Link to the concepts of this SKOS file (Turtle) instead.", show_default=False),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")] = Format.JSONL,
) -> None:
    """Link text to objectives and SDGs without storing it.

    Plain text is one passage; JSON Lines are one passage a line. JSON Lines out hold all 23 scores. What the store
    has learned (gcmkg learn) counts here too.
    """
    import gcmkg

    items = _passages(_read(file), source="stdin" if file == "-" else file)
    if scheme is not None:
        _tag_by_scheme(items, scheme, form)
        return
    with Progress() as progress:
        tagged = gcmkg.tag([text for _, text in items], store=store_path(ctx, store), progress=progress)
    records = [{"id": key, **t.to_record()} for (key, _), t in zip(items, tagged, strict=True)]
    if form in (Format.JSON, Format.JSONL):
        rows = records
    else:
        rows = [{**r, "sdgs": r["sdgs"]["accepted"], "scores": _best(r["scores"])} for r in records]
    columns = {"id": "Passage", "text": "Text", "objectives": "Objectives", "sdgs": "SDGs", "scores": "Best scores"}
    write(Listing("passages", rows, columns, {}, len(rows)), form, output=None)


def _tag_by_scheme(items: list[tuple[object, str]], scheme: Path, form: Format) -> None:
    """Print the concepts of a scheme of the user's own for each passage."""
    import gcmkg

    with Progress() as progress:
        linker = gcmkg.load_scheme_linker(scheme)
        tagged = linker.tag([text for _, text in items], progress=progress)
    for note in linker.notes:
        say(visible(note))
    records = [{"id": key, **t.to_record()} for (key, _), t in zip(items, tagged, strict=True)]
    rows = records if form in (Format.JSON, Format.JSONL) else [{**r, "scores": _best(r["scores"])} for r in records]
    columns = {"id": "Passage", "text": "Text", "concepts": "Concepts", "scores": "Best scores"}
    facts = {"scheme": linker.title, "names": dict(linker.names)}
    write(Listing("passages", rows, columns, facts, len(rows)), form, output=None)


def _best(scores: dict[str, float]) -> list[str]:
    best = sorted(scores.items(), key=lambda s: -s[1])[:3]  # of equals the first in the order of the scheme
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
