"""`gcmkg export`: facts, graph, passages and the ontology, as files."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO

import typer

from ui.jsonlines import json_bytes
from ui.options import OutputOption, StoreOption, refuse_unknown, store_path
from ui.output import Format, Listing, opened_output, write


def register(app: typer.Typer) -> None:
    """Add the command group to the application."""
    group = typer.Typer(help="Export facts, the graph, the passages or the ontology.")
    group.command(epilog="Example: gcmkg export facts --format jsonl > facts.jsonl")(facts)
    group.command(epilog="Example: gcmkg export passages --format parquet -o passages.parquet")(passages)
    group.command(epilog="Example: gcmkg export graph --format nquads -o graph.nq")(graph)
    group.command(epilog="Example: gcmkg export ontology --format html -o ontology.html")(ontology)
    group.command(epilog="Example: gcmkg export citations --format bibtex -o gcmkg.bib")(citations)
    app.add_typer(group, name="export")


FACT_KINDS = (
    "body", "relation", "body_fact", "statement", "objective_link", "sdg_link", "principle_link", "instrument",
)
FormOption = Annotated[Format, typer.Option("--format", "-f", help="How to write the records.")]


def facts(
    ctx: typer.Context,
    store: StoreOption = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help="Only this kind, as statement.")] = None,
    form: FormOption = Format.JSONL,
    output: OutputOption = None,
) -> None:
    """Write every extracted fact with its quote, offsets, confidence and reason, one record a fact."""
    import gcmkg

    for value in kind or ():
        refuse_unknown("kind of fact", value, FACT_KINDS)
    kinds = {value.casefold() for value in kind or ()}
    with gcmkg.open_store(store_path(ctx, store)) as opened:
        records = (f for f in opened.facts() if not kind or f["kind"] in kinds)
        columns = {"kind": "Kind", "document": "Document", "quote": "Quote", "confidence": "Confidence"}
        _records("facts", records, columns, form, output)


def passages(
    ctx: typer.Context, store: StoreOption = None, form: FormOption = Format.JSONL, output: OutputOption = None
) -> None:
    """Write every passage of every document with its place."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened:
        columns = {"document": "Document", "section": "Section", "kind": "Kind", "text": "Text"}
        _records("passages", opened.passages(), columns, form, output)


def graph(
    ctx: typer.Context,
    store: StoreOption = None,
    form: Annotated[
        str, typer.Option("--format", "-f", help="nquads, trig, turtle, ntriples, jsonld or graphml.")
    ] = "nquads",
    output: OutputOption = None,
) -> None:
    """Write the whole graph; the same generation gives the same bytes."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened, _stream(output) as out:
        opened.dump(form, out)


def ontology(
    form: Annotated[
        str, typer.Option("--format", "-f", help="turtle, jsonld, rdfxml, ntriples, or html to read.")
    ] = "turtle",
    output: OutputOption = None,
) -> None:
    """Write the vocabulary with a description of itself: for other programs as RDF, for people as a page."""
    import gcmkg

    with _stream(output) as out:
        gcmkg.export_ontology(form, out)


def citations(
    ctx: typer.Context,
    store: StoreOption = None,
    form: Annotated[str, typer.Option("--format", "-f", help="bibtex, ris or csl-json.")] = "bibtex",
    output: OutputOption = None,
) -> None:
    """Write every document as it is cited, for a reference manager."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened, _stream(output) as out:
        out.write(opened.citing.cite_all(form))


def _records(
    name: str, records: Iterator[dict[str, Any]], columns: dict[str, str], form: Format, output: Path | None
) -> None:
    if form is Format.JSONL:
        with _stream(output) as out:
            for record in records:
                out.write(json_bytes(record))
        return
    rows = list(records)
    if form is not Format.JSON:
        keys = {key: None for row in rows for key in row}
        rows = [{key: row.get(key) for key in keys} for row in rows]
    write(Listing(name, rows, columns, {}, len(rows)), form, output=output)


@contextmanager
def _stream(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with opened_output(output) as stream:
        yield stream
