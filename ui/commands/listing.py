"""`gcmkg bodies`, `search`, `ask`, `status`: the questions of researchers and staff."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ontology.errors import UsageError
from ui.cards import body_card, hit_card, row_card
from ui.jsonlines import filled_lines, keyed_text
from ui.options import (
    FormatOption,
    LimitOption,
    ObjectiveOption,
    OutputOption,
    StoreOption,
    at_least,
    between,
    near_match,
    refuse_unknown,
    store_path,
)
from ui.output import Format, Listing, say, visible, write

if TYPE_CHECKING:
    from gcmkg import Store
    from search.entries import Filters

_ANY = "migration"  # a query for what does not depend on the query

BODY_COLUMNS = {
    "body": "Body",
    "capacity": "Capacity",
    "quote": "Quote",
    "document": "Document",
    "section": "Section",
    "page": "Page",
    "confidence": "Confidence",
    "evidence": "Evidence",
}


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: gcmkg bodies --objective 10 --format csv > bodies.csv")(bodies)
    app.command(epilog='Example: gcmkg search "lost identity papers" --objective 4 --type recommendation')(search)
    app.command(epilog='Example: gcmkg ask "which bodies address trafficking in Iraq?"')(ask)
    app.command(epilog="Example: gcmkg status --format json")(status)


def bodies(
    ctx: typer.Context,
    objective: ObjectiveOption,
    store: StoreOption = None,
    every: Annotated[bool, typer.Option("--all", help="Every piece of evidence, not just the strongest.")] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    limit: LimitOption = 100,
) -> None:
    """List the bodies that address an objective, in what capacity, with the sentence that says so."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened:
        found = opened.bodies(objective, every=every)
        title = next(o.title for o in opened.vocabulary.objectives if o.number == objective)
    if form is Format.TABLE:
        say(f"Objective {objective}: {title}")
    if not found:
        say(f"No body addresses objective {objective} in these documents; search for its subject, or ingest more.")
    records = [b.to_record() for b in found[:limit]]
    facts = {"objective": objective, "title": title}
    write(Listing("bodies", records, BODY_COLUMNS, facts, len(found), body_card), form, output=output)


def search(
    ctx: typer.Context,
    text: Annotated[str | None, typer.Argument(metavar="QUERY", help="What to look for.", show_default=False)] = None,
    store: StoreOption = None,
    queries: Annotated[
        Path | None, typer.Option("--queries", help='JSON Lines of {"id", "query"}: one record a query.')
    ] = None,
    objective: Annotated[list[int] | None, typer.Option("--objective", help="Objective number, 1 to 23.")] = None,
    sdg: Annotated[list[str] | None, typer.Option("--sdg", help="Goal or target, as 10 or 10.7.")] = None,
    body: Annotated[list[str] | None, typer.Option("--body", help="Name or acronym of a body.")] = None,
    role: Annotated[str, typer.Option("--role", help="Role of --body: any, agent or addressee.")] = "any",
    kind: Annotated[list[str] | None, typer.Option("--type", help="Statement type, as recommendation.")] = None,
    document: Annotated[list[str] | None, typer.Option("--document", help="File name of a document.")] = None,
    document_type: Annotated[list[str] | None, typer.Option("--document-type", help="As outreach_report.")] = None,
    year_from: Annotated[int | None, typer.Option("--from", help="First year.")] = None,
    year_to: Annotated[int | None, typer.Option("--to", help="Last year.")] = None,
    place: Annotated[list[str] | None, typer.Option("--place", help="Country (name or ISO code) or region.")] = None,
    confidence: Annotated[
        float, typer.Option("--confidence", callback=between(0, 1), help="Least confidence, 0 to 1.")
    ] = 0.0,
    review: Annotated[str | None, typer.Option("--review", help="unreviewed, accepted or rejected.")] = None,
    offset: Annotated[int, typer.Option("--offset", callback=at_least(0), help="Skip so many hits.")] = 0,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    limit: LimitOption = 10,
) -> None:
    """Search the passages by words and by meaning."""
    import gcmkg

    if (text is None) == (queries is None):
        raise UsageError("Give either a QUERY or --queries FILE.jsonl, not both and not neither.")
    if year_from is not None and year_to is not None and year_from > year_to:
        raise UsageError(f"--from {year_from} is after --to {year_to}; give the earlier year first.")
    filters = gcmkg.filters(
        objectives=objective or (),
        sdgs=sdg or (),
        bodies=body or (),
        role_of_body=role,
        statement_types=kind or (),
        documents=document or (),
        document_types=document_type or (),
        year_from=year_from,
        year_to=year_to,
        places=place or (),
        min_confidence=confidence,
        review_state=review,
    )
    with gcmkg.open_store(store_path(ctx, store)) as opened:
        _say_what_is_missing(opened, filters)
        if queries is not None:
            records = [_answers(opened, key, query, filters, limit, offset) for key, query in read_queries(queries)]
            shape = form if form is not Format.TABLE else Format.JSONL
            write(Listing("queries", records, {"id": "Id", "query": "Query"}, {}, len(records)), shape, output=output)
            return
        result = opened.search(text or "", filters=filters, limit=limit, offset=offset)
    for note in result.notes:
        say(note)
    if result.weak and (result.hits or not result.total):
        say("Nothing in the store really answers this; the hits below are guesses." if result.hits else "No hits.")
    if offset and offset >= result.total > 0:
        say(f"--offset {offset} is past the end: {result.total} passages can be paged through.")
    hits = [hit.to_record() for hit in result.hits]
    facts = {"query": text, "weak": result.weak}
    total = max(result.total - offset, len(hits))
    write(Listing("hits", hits, {}, facts, total, hit_card), form, output=output)


def _say_what_is_missing(store: Store, filters: Filters) -> None:
    """Say which names of bodies and places no passage has, so that an empty answer is understood.

    Raises:
        UsageError: the store has no document of a name that was given.
    """
    import gcmkg

    for name in filters.documents:
        refuse_unknown("document of this store", name, (str(entry["name"]) for entry in store.documents))
    for option, field, names in (("--body", "bodies", filters.bodies), ("--place", "places", filters.places)):
        for name in names:
            if store.index.search(_ANY, encoder=store.encoder, filters=gcmkg.filters(**{field: [name]}), limit=1).total:
                continue
            every = store.index.search(_ANY, encoder=store.encoder, limit=1).facets[option.removeprefix("--")]
            near = near_match(name, (value for value, _ in every))
            say(f"{option} {name}: no passage of the store has it{f'; did you mean {near}?' if near else '.'}")


def _answers(
    store: Store, key: object, query: str, filters: Filters, limit: int, offset: int
) -> dict[str, Any]:
    """The record of one query of many; one that cannot be run has no hits, and why is said."""
    try:
        result = store.search(query, filters=filters, limit=limit, offset=offset)
    except UsageError as error:
        say(f"query {key}: {error}")
        return {"id": key, "query": query, "hits": [], "weak": True}
    return {"id": key, "query": query, "hits": [hit.to_record() for hit in result.hits], "weak": result.weak}


def read_queries(path: Path) -> list[tuple[object, str]]:
    """(id, query) of each line of a JSON Lines file.

    Raises:
        UsageError: the file cannot be read, has no query, or a line is not {"id", "query"}.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as UTF-8 text ({error}); give a JSON Lines file.") from error
    lines = filled_lines(text)
    if not lines:
        raise UsageError(f'{path} has no query; give a line {{"id": …, "query": …}} for each.')
    return [keyed_text(line, number=number, name="query", source=str(path)) for number, line in lines]


def ask(
    ctx: typer.Context,
    question: Annotated[str, typer.Argument(help="A question in plain English.", show_default=False)],
    store: StoreOption = None,
    show_query: Annotated[bool, typer.Option("--show-query", help="Print the SPARQL that was run, on stderr.")] = False,
    form: FormatOption = Format.TABLE,
    output: OutputOption = None,
    limit: LimitOption = 100,
) -> None:
    """Answer a question by one of the ready-made SPARQL questions, or by search where none fits."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened:
        answer = opened.ask(question, limit=limit)
    say(answer.understood)
    for alternative in answer.alternatives:
        say(f"It might also mean: {alternative}")
    if show_query and answer.sparql:
        say(answer.sparql)
    facts = {"question": question, "understood": answer.understood, "sparql": answer.sparql, "method": answer.method}
    columns = {name: name for name in answer.columns}
    cards = {"score": hit_card, "capacity": body_card, "quote": row_card}
    card = next((cards[key] for key in cards if key in answer.columns and "quote" in answer.columns), None)
    write(Listing("answers", answer.records, columns, facts, answer.total, card), form, output=output)


def status(ctx: typer.Context, store: StoreOption = None, form: FormatOption = Format.TABLE) -> None:
    """Say what is in the store."""
    import gcmkg

    with gcmkg.open_store(store_path(ctx, store)) as opened:
        now = opened.status()
    say(f"{now['store']}: generation {now['generation']}, format {now['format']}, model {now['model']}")
    columns = {
        "document": "Document",
        "title": "Title",
        "type": "Type",
        "date": "Date",
        "passages": "Passages",
        "statements": "Statements",
        "objective_links": "Objective links",
    }
    poor = [d for d in now["documents"] if d["warnings"]]
    if poor:
        columns["quality"] = "Quality"
    for document in poor if form is Format.TABLE else ():
        for warning in document["warnings"]:
            say(visible(warning))
    facts = {key: value for key, value in now.items() if key != "documents"}
    write(Listing("documents", now["documents"], columns, facts, len(now["documents"])), form, output=None)
