"""What a user's Turtle or N-Triples file says, read where it can do no harm: run it in a worker (`ingest.isolation`).

The answer holds nothing but texts and numbers, so that it can be taken from a process that is not trusted.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox

MOST_TRIPLES = 500_000

# Subject, predicate, value, language; the values of literals and IRIs alike as texts.
Row = tuple[str, str, str, str]


def read_rows(path: Path) -> tuple[list[Row], int | None, str]:
    """The triples of a file with IRIs as subjects; or none, with the line (0: none in particular) and the trouble."""
    try:
        rows = list(islice(_rows(path), MOST_TRIPLES + 1))
    except SyntaxError as error:
        return [], error.lineno or 0, str(error.msg)
    except (ValueError, OSError) as error:
        return [], 0, str(error)
    if len(rows) > MOST_TRIPLES:
        return [], 0, f"it has more than {MOST_TRIPLES} triples"
    return rows, None, ""


def _rows(path: Path) -> Iterator[Row]:
    form = ox.RdfFormat.N_TRIPLES if path.suffix.casefold() == ".nt" else ox.RdfFormat.TURTLE
    for triple in ox.parse(path=path, format=form):
        subject, value = triple.subject, triple.object
        if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
            language = value.language or "" if isinstance(value, ox.Literal) else ""
            yield subject.value, triple.predicate.value, value.value, language
