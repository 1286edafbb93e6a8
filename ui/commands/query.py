"""`gcmkg query`: SPARQL from a file, from stdin, or one of the ready-made questions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ontology.errors import UsageError
from ui.options import LimitOption, OutputOption, StoreOption, at_least, refuse_unknown, store_path
from ui.output import Format as ListingFormat
from ui.output import Listing, opened_output, say, write


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        epilog="Examples: gcmkg query bodies-for-objective --objective 10 --format csv; gcmkg query my.rq; "
        "echo 'ASK { ?s ?p ?o }' | gcmkg query -; gcmkg query --list",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(query)


def query(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="FILE.rq|NAME|-", help="A file, a ready-made question, or stdin.")
    ] = None,
    store: StoreOption = None,
    listed: Annotated[bool, typer.Option("--list", help="List the ready-made questions and their parameters.")] = False,
    show: Annotated[bool, typer.Option("--show", help="Print the SPARQL in place of running it.")] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table, json, jsonl, csv, tsv, xml, xlsx, parquet; spreadsheet-csv (no cell runs as a formula); "
            "for graphs turtle, ntriples, …",
        ),
    ] = "table",
    output: OutputOption = None,
    limit: LimitOption = 10_000,
    timeout: Annotated[
        float, typer.Option("--timeout", callback=at_least(0.1), help="Seconds before the query is stopped.")
    ] = 60.0,
) -> None:
    """Run read-only SPARQL; parameters of a ready-made question are given as options (--objective 10)."""
    import gcmkg

    if listed:
        _list_questions(form, output)
        return
    if what is None:
        raise UsageError("Name a .rq file, a ready-made question (gcmkg query --list shows them), or - for stdin.")
    parameters = _parameters(ctx.args)
    name, text = _source(what)
    sparql = text if text is not None else gcmkg.bind_question(name, parameters)
    if text is not None and parameters:
        raise UsageError(f"{', '.join('--' + p for p in parameters)}: only ready-made questions take parameters.")
    if show:
        typer.echo(sparql)
        return
    with gcmkg.open_store(store_path(ctx, store)) as opened:
        result = opened.query(sparql, limit=limit, timeout=timeout)
    data = gcmkg.write_result(result, form)
    if output is None:
        if gcmkg.is_binary(form) and sys.stdout.isatty():
            raise UsageError(f"{form} is a binary form; name a file for it with --output FILE.{form}.")
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        with opened_output(output) as stream:
            stream.write(data)
    if result.truncated:
        say(f"Cut at {limit} rows; there are more: raise --limit.")


def _list_questions(form: str, output: Path | None) -> None:
    import gcmkg

    refuse_unknown("form of a list", form, ListingFormat)
    rows = [
        {"name": q.name, "title": q.title, "parameters": [p.usage for p in q.parameters], "columns": list(q.columns)}
        for q in gcmkg.questions()
    ]
    columns = {"name": "Name", "title": "Question", "parameters": "Parameters"}
    write(Listing("questions", rows, columns, {}, len(rows)), ListingFormat(form.casefold()), output=output)


def _source(what: str) -> tuple[str, str | None]:
    """(name, text): the text of stdin or of a file; none for the name of a ready-made question."""
    if what == "-":
        return what, sys.stdin.buffer.read().decode("utf-8", "replace")
    path = Path(what)
    if path.suffix in (".rq", ".sparql") or path.is_file():
        try:
            return what, path.read_bytes().decode("utf-8", "replace")
        except OSError as error:
            raise UsageError(f"{what} cannot be read ({error.strerror}); name a .rq file that exists.") from error
    return what, None


def _parameters(arguments: list[str]) -> dict[str, str]:
    """`--name value` and `--name=value` pairs."""
    found: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        name, given, value = rest.pop(0).partition("=")
        if not name.startswith("--") or name == "--":
            raise UsageError(f"{name!r} is not understood; parameters are given as --name value.")
        if not given:
            if not rest:
                raise UsageError(f"{name} lacks its value; give it as {name} VALUE.")
            value = rest.pop(0)
        found[name.removeprefix("--")] = value
    return found
