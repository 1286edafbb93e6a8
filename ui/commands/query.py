"""`gcmkg query`: SPARQL from a file, from stdin, or one of the ready-made questions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from graph.limits import Limits
from ontology.errors import UsageError
from ui.commands.limits import MemoryOption, NestingOption, QuerySizeOption, TimeoutOption
from ui.options import OutputOption, StoreOption, at_least, refuse_unknown, store_path
from ui.output import Format as ListingFormat
from ui.output import Listing, opened_output, say, write

CITATION_FORMS = ("bibtex", "ris", "csl-json")
SCREEN_ROWS = 10_000
FILE_ROWS = 1_000_000


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command(
        epilog="Examples: gcmkg query bodies-for-objective --objective 10 --format csv; gcmkg query my.rq; "
        "gcmkg query commitments --pack answer.zip; echo 'ASK { ?s ?p ?o }' | gcmkg query -; gcmkg query --list",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
    )(query)


def query(
    ctx: typer.Context,
    what: Annotated[
        str | None, typer.Argument(metavar="FILE.rq|NAME|-", help="A file, a ready-made question, or stdin.")
    ] = None,
    store: StoreOption = None,
    listed: Annotated[bool, typer.Option("--list", help="List the ready-made questions and their parameters.")] = False,
    show: Annotated[
        bool, typer.Option("--show", help="Print the SPARQL as it would run, with what gcm:matches found.")
    ] = False,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="table, json, jsonl, csv, tsv, xml, xlsx, parquet; spreadsheet-csv (no cell runs as a formula); "
            "for graphs turtle, ntriples, nquads, rdfxml, jsonld, graphml; bibtex, ris, csl-json cite the documents.",
        ),
    ] = "table",
    output: OutputOption = None,
    pack: Annotated[
        Path | None,
        typer.Option("--pack", help="Write a citation pack (ZIP) to this file: the answer with every quote, its "
                     "documents, and all that gcmkg verify needs.", show_default=False),
    ] = None,
    compact: Annotated[
        bool, typer.Option("--compact", help="Write IRIs with their prefixes, as objective:10.")
    ] = False,
    limit: Annotated[
        int | None,
        typer.Option(
            "--limit", "-n", callback=at_least(1), show_default=False,
            help="At most so many rows; a cut is always said. Default: 10,000 on a screen, 1,000,000 to a file.",
        ),
    ] = None,
    timeout: TimeoutOption = 60.0,
    memory: MemoryOption = 1024,
    query_size: QuerySizeOption = 65_536,
    nesting: NestingOption = 100,
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
        typer.echo(_shown(sparql, store_path(ctx, store)))
        return
    most = limit or (SCREEN_ROWS if output is None and sys.stdout.isatty() else FILE_ROWS)
    limits = Limits(seconds=timeout, memory_mb=memory, query_bytes=query_size, nesting=nesting, rows=most)
    with gcmkg.open_store(store_path(ctx, store), limits=limits) as opened:
        if text is None:
            sparql = opened.bind_question(name, parameters)
        if pack is not None:
            with opened_output(pack) as stream:
                result = opened.citing.write_pack(sparql, stream, title=_title(name, text), rows=most)
            say(f"{pack} holds the answer; compare it with a store by: gcmkg verify {pack}")
        else:
            result = opened.query(sparql)
            cited = form in CITATION_FORMS
            pieces = iter([opened.citing.cite(result, form)]) if cited else gcmkg.result_pieces(
                result, form, compact=compact)
            _write(pieces, form, output)
    if result.truncated:
        say(f"Cut at {most} rows; there are more: raise --limit.")


def _write(pieces: Iterator[bytes], form: str, output: Path | None) -> None:
    import gcmkg

    if output is not None:
        with opened_output(output) as stream:
            stream.writelines(pieces)
        return
    if gcmkg.is_binary(form) and sys.stdout.isatty():
        raise UsageError(f"{form} is a binary form; name a file for it with --output FILE.{form}.")
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()


def _title(name: str, text: str | None) -> str:
    """What the page of a pack is called: the title of a ready-made question, else the name of the file."""
    import gcmkg

    return next((q.title for q in gcmkg.questions() if text is None and q.name == name), Path(name).name)


def _shown(sparql: str, store: Path | None) -> str:
    """The query, whole and fit for every store; this one is needed only where something is to be searched."""
    import gcmkg

    if "matches" not in sparql:
        return sparql
    with gcmkg.open_store(store) as opened:
        return opened.rewritten(sparql)


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
