"""What a profile is asked for by: the file name of a document, or a name of a body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.passages import PassageRecord, index_entries
from graph.profile import Relevance, profile_of
from graph.store import GraphReader
from ontology.errors import UsageError
from ontology.vocabulary import Vocabulary


def profile_for(reader: GraphReader, vocabulary: Vocabulary, name: str) -> tuple[str, tuple[Relevance, ...]]:
    """What the name stands for ("document" or "body"), and the profile of that.

    Args:
        reader: the graph.
        vocabulary: names and acronyms of the registered bodies.
        name: the file name or slug of a document; else the name, acronym, alias or IRI of a body, in any case.

    Raises:
        UsageError: no document and no body of the store has that name.
    """
    records = list(index_entries(reader))
    key = name.strip().casefold()
    own = [record for record in records if key in (record.document.casefold(), record.slug.casefold())]
    if own:
        return "document", profile_of(own)
    bodies = _bodies_of(records, vocabulary).get(key, frozenset())
    if not bodies:
        raise UsageError(
            f"{name[:80]!r} is no document of this store and no body in its documents; see gcmkg status and gcmkg "
            "query bodies-in-document."
        )
    return "body", profile_of(records, body=bodies)


def _bodies_of(records: Sequence[PassageRecord], vocabulary: Vocabulary) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    there: set[str] = set()
    for record in records:
        for label, iri in zip(record.bodies, record.body_iris, strict=True):
            there.add(iri)
            found.setdefault(label.casefold(), set()).add(iri)
            found.setdefault(iri.casefold(), set()).add(iri)
    for body in vocabulary.bodies:
        if body.iri in there:
            for label in (body.name, body.acronym or body.name, *body.aliases, *body.case_sensitive_aliases):
                found.setdefault(label.casefold(), set()).add(body.iri)
    return {label: frozenset(iris) for label, iris in found.items()}
