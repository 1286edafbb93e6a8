"""`gcmkg profile`: how much a document or a body is about each objective."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.options import FormatOption, LimitOption, OutputOption, StoreOption, store_path
from ui.output import Format, Listing, say, write

_COLUMNS = {
    "objective": "Objective", "title": "Title", "grade": "Grade", "relevance": "Relevance", "density": "Density",
    "evidence": "Evidence", "copies": "Copies",
}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: gcmkg profile IOM --format csv > iom.csv")(profile)


def profile(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="DOCUMENT|BODY", help="A file name, or a body's name.", show_default=False)
    ],
    store: StoreOption = None,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    limit: LimitOption = 100,
) -> None:
    """Grade how much a document, or what is said of a body, is about each objective.

    Relevance is by how many passages speak of it, how surely, and how much that is of the whole. Near-identical
    passages count once.
    """
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened:
        kind, found = opened.profile(name)
        titles = {o.number: o.label for o in opened.vocabulary.objectives}
    if not found:
        say(f"Nothing in the passages of this {kind} clearly speaks of an objective.")
    records = [{"objective": r.objective, "title": titles[r.objective], **r.to_record()} for r in found[:limit]]
    write(Listing("objectives", records, _COLUMNS, {kind: name}, len(found)), form, output=output)
