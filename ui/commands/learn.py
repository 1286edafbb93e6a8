"""`gcmkg learn`: labelled passages into the store's linker, and out again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ontology.errors import UsageError
from ui.options import FormatOption, StoreOption, store_path
from ui.output import Format, Listing, say, write
from ui.progress import Progress

if TYPE_CHECKING:
    from ingest.learning import Learning

_COLUMNS = {"objective": "Objective", "passages": "Passages", "before": "F1 before", "after": "F1 after"}


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(epilog="Example: gcmkg learn labels.jsonl, then: gcmkg index")(learn)


def learn(
    ctx: typer.Context,
    labels: Annotated[
        Path | None,
        typer.Argument(help='JSON Lines {"text", "objectives"}; [] is a passage of none.', show_default=False),
    ] = None,
    store: StoreOption = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last step of learning back.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Say what is learned.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Let the linker learn from passages that you have labelled, and see what that changes.

    Each passage weighs as two sentences of the vocabulary. F1 before and after is cross-validated: no passage is
    judged by what was learned from it.
    """
    import gcmkg

    if (labels is not None) + undo + show != 1:
        raise UsageError("Give one of LABELS.jsonl, --undo and --show.")
    path = store_path(ctx, store)
    if labels is not None:
        with Progress() as progress:
            found = gcmkg.learn(labels, store=path, progress=progress)
    else:
        found = gcmkg.unlearn(path) if undo else gcmkg.learned(path)
    _tell(found, form)


def _tell(found: Learning, form: Format) -> None:
    if found.passages:
        say(f"{found.store} has learned from {found.passages} labelled passages (steps: {found.steps}).")
    else:
        say(f"{found.store} has learned nothing; its linker is that of the vocabulary.")
    if not found.relinked:
        say("Its documents are linked by that at the next gcmkg ingest; gcmkg index does it now.")
    every = [change for change in found.changes if change["objective"] is None]
    if any(change["after"] < change["before"] for change in every):
        say("On passages that it did not learn from the linker is worse than before; gcmkg learn --undo takes it back.")
    rows = [{**change, "objective": change["objective"] or "all"} for change in found.changes]
    records = found.changes if form is Format.JSON else rows
    facts = {"passages": found.passages, "steps": found.steps, "relinked": found.relinked}
    if rows or form is not Format.TABLE:
        write(Listing("changes", records, _COLUMNS, facts, len(rows)), form, output=None)
