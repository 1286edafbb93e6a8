"""`gcmkg check`, `verify` and `evaluate`: is the ontology sound, the store whole, the extraction good?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.options import FormatOption, OutputOption, StoreOption, at_least, store_path
from ui.output import Format, Listing, say, visible, write


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: gcmkg check")(check)
    app.command(epilog="Examples: gcmkg verify --store gcmkg-store; gcmkg verify answer.zip")(verify)
    app.command(epilog="Example: gcmkg evaluate tests/gold --errors 5")(evaluate)


def check(
    ctx: typer.Context,
    store: StoreOption = None,
    ontology_only: Annotated[bool, typer.Option("--ontology-only", help="Leave the store's data out.")] = False,
    reasoner: Annotated[bool, typer.Option(help="Run the OWL reasoner (HermiT).")] = True,
    form: FormatOption = Format.TABLE,
) -> None:
    """Check the ontology and the data: SHACL shapes, OWL consistency, vocabulary lint."""
    import gcmkg

    named = None if ontology_only else store_path(ctx, store)
    if named is not None:  # only the store that nobody named may be absent
        gcmkg.open_store(named).close()
    findings, scope = gcmkg.check(named, data=not ontology_only, reasoner=reasoner)
    records = [f.to_record() for f in findings]
    say(f"{scope}: {'no findings' if not records else f'{len(records)} findings'}.")
    if records or form is not Format.TABLE:
        columns = {"severity": "Severity", "what": "What", "where": "Where", "mend": "How to mend"}
        write(Listing("findings", records, columns, {"scope": scope}, len(records)), form, output=None)
    if any(f.severity == "error" for f in findings):
        raise typer.Exit(1)


def verify(
    ctx: typer.Context,
    pack: Annotated[
        Path | None, typer.Argument(help="A citation pack to compare with the store.", show_default=False)
    ] = None,
    store: StoreOption = None,
) -> None:
    """Verify that graph, vectors and text index are one undamaged generation; or that a citation pack still holds."""
    import gcmkg

    if pack is not None:
        _verify_pack(pack, store_path(ctx, store))
        return
    outcome = gcmkg.verify(store_path(ctx, store))
    for finding in outcome.findings:
        typer.echo(finding)
    if outcome.findings:
        say("The store is damaged: ingest the same folders again into a new store.")
        raise typer.Exit(1)
    say(f"Generation {outcome.generation} of {outcome.store} is whole: {outcome.files} files checked.")


def _verify_pack(pack: Path, store: Path | None) -> None:
    import gcmkg

    with gcmkg.open_store(store) as opened:
        outcome = opened.citing.check_pack(pack)
    for finding in outcome.findings:
        typer.echo(visible(finding))
    for note in outcome.notes:
        say(visible(note))
    if outcome.findings:
        say(f"{pack} does not hold: {len(outcome.findings)} findings.")
        raise typer.Exit(1)
    say(f"{pack} holds: the same answer ({outcome.rows} rows), and {outcome.quotes} quotes stand where it says.")


def evaluate(
    ctx: typer.Context,
    gold: Annotated[Path, typer.Argument(help="Folder of annotations, one JSON file a document.")],
    store: StoreOption = None,
    docs: Annotated[
        Path | None, typer.Option("--docs", help="Folder of the documents' texts; default: where they came from.")
    ] = None,
    errors: Annotated[
        int, typer.Option("--errors", callback=at_least(0), help="Show up to so many errors of each kind.")
    ] = 0,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
) -> None:
    """Measure what was extracted against annotated documents."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened:
        outcome = opened.evaluate(gold, docs=docs)
    records = outcome.records()
    columns = {"metric": "Metric", **{name: name for name in outcome.names}}
    write(Listing("metrics", records, columns, {"gold": str(gold)}, len(records)), form, output=output)
    for line in outcome.errors(errors):
        say(line)
