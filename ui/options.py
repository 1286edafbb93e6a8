"""The options that several commands share, each defined once, and the checks of their values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from ontology.errors import UsageError
from ui.output import Format

OBJECTIVES = 23

Number = TypeVar("Number", int, float)
Check = Callable[[typer.CallbackParam, Number | None], Number | None]


def at_least(least: Number) -> Check[Number]:
    """A check that the number given to an option is not below `least`."""

    def check(parameter: typer.CallbackParam, value: Number | None) -> Number | None:
        if value is not None and not value >= least:
            raise UsageError(f"{value} is too low for {parameter.opts[0]}; give {least} or more.")
        return value

    return check


def between(least: Number, most: Number) -> Check[Number]:
    """A check that the number given to an option is from `least` to `most`."""

    def check(parameter: typer.CallbackParam, value: Number | None) -> Number | None:
        if value is not None and not least <= value <= most:
            raise UsageError(f"{value} is no value of {parameter.opts[0]}; give a number from {least} to {most}.")
        return value

    return check


def check_objective(value: int) -> int:
    """The number of an objective, as it was given.

    Raises:
        UsageError: the Compact has no such objective.
    """
    if not 1 <= value <= OBJECTIVES:
        raise UsageError(f"{value} is no objective of the Compact; give a number from 1 to {OBJECTIVES}.")
    return value


def near_match(value: str, known: Iterable[str]) -> str | None:
    """Which of the known names a mistyped one most likely stands for."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(value.casefold(), list(by_fold), 1)
    return by_fold[near[0]] if near else None


def refuse_unknown(what: str, value: str, known: Iterable[str]) -> None:
    """Check that a name is one of those known, in any case.

    Raises:
        UsageError: it is not; the nearest one is told.
    """
    names = list(known)
    if value.casefold() in {name.casefold() for name in names}:
        return
    near = near_match(value, names)
    hint = f"did you mean {near}?" if near else f"use one of {', '.join(names[:20])}."
    raise UsageError(f"{value!r} is no {what}; {hint}")


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
LimitOption = Annotated[
    int, typer.Option("--limit", "-n", callback=at_least(1), help="At most so many; a cut is always said.")
]
ObjectiveOption = Annotated[
    int,
    typer.Option(
        "--objective", callback=check_objective, help="Number of the GCM objective, 1 to 23.", show_default=False
    ),
]


def store_path(ctx: typer.Context, given: Path | None) -> Path | None:
    """The store named by the command's own option, else by the option before the command, else none."""
    chosen: Path | None = given or (ctx.obj or {}).get("store")
    return chosen
