"""From the graph to the index: the one place where the two models of a passage meet."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.passages import PassageRecord, index_entries
from graph.store import GraphReader
from ontology.places import place_names
from ontology.vocabulary import load_vocabulary
from search.entries import Entry, context_of

if TYPE_CHECKING:
    from search.vector_cache import VectorCache

Progress = Callable[[str, int, int], None]


def build_search_index(
    reader: GraphReader, folder: Path, *, vectors: VectorCache, progress: Progress
) -> dict[str, Any]:
    """Build the index of all passages of the graph in `folder`; counts of what went in.

    Args:
        reader: the graph.
        folder: made by this function.
        vectors: the encoder, with what it has embedded before.
        progress: called as `progress("index", done, total)`.
    """
    from search.build import write_index

    entries = (entry_of(record) for record in index_entries(reader))
    stats = write_index(
        (tuple(document) for _, document in groupby(entries, key=attrgetter("document_slug"))),
        folder,
        total=reader.counts()["passages"],
        encoder=vectors,
        cache=vectors,
        places=place_names(load_vocabulary()),
        progress=lambda done, total: progress("index", done, total),
    )
    return {"indexed_passages": stats.passages}


def entry_of(record: PassageRecord) -> Entry:
    """The graph's view of a passage as the index's."""
    passage = record.passage
    return Entry(
        passage_iri=record.iri,
        document=record.document,
        document_slug=record.slug,
        quote=passage.quote,
        text=passage.text,
        start=passage.start,
        end=passage.end,
        title=record.title,
        document_type=record.document_type,
        year=record.year,
        scope=record.scope,
        kind=passage.kind.value,
        page=passage.page,
        section=" > ".join(passage.section),
        lead_in=passage.lead_in or "",
        context=context_of(record.title, passage.section, passage.lead_in),
        objectives=tuple((n, s, record.objective_confidence[n]) for n, s in sorted(record.objectives.items())),
        sdgs=record.sdgs,
        bodies=record.bodies,
        agent=record.agent,
        addressee=record.addressee,
        statement_type=record.statement_type,
        modality=record.modality,
        confidence=1.0 if record.confidence is None else record.confidence,
        review_state=record.review_state,
        weight=passage.weight,
        roles=record.roles,
    )
