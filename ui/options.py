"""The options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.output import Format

StoreOption = Annotated[
    Path | None,
    typer.Option(
        "--store",
        envvar="GCMKG_STORE",
        help="The store's folder (default ./gcmkg-store).",
        show_default=False,
        show_envvar=True,
    ),
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How to print the result.")]
OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="Write to this file in place of stdout.", show_default=False)
]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="At most so many; a cut is always said.")]
ObjectiveOption = Annotated[
    int, typer.Option("--objective", min=1, max=23, help="Number of the GCM objective, 1 to 23.", show_default=False)
]


def store_path(ctx: typer.Context, given: Path | None) -> Path | None:
    """The store named by the command's own option, else by the option before the command, else none."""
    chosen: Path | None = given or (ctx.obj or {}).get("store")
    return chosen
