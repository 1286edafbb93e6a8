"""Is a store whole: every file as it was published, graph and index of one mind, ontology and data without fault?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from graph.generations import Generations
from graph.location import locate_store
from graph.manifest import verify as verify_files
from graph.store import GraphReader
from ontology.errors import StoreError

if TYPE_CHECKING:
    from graph.checks import Finding


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, and what was found: nothing, when the generation is whole."""

    store: Path
    generation: int
    files: int
    findings: tuple[str, ...]


def verify(store: str | Path | None = None) -> Verified:
    """Check every file of the published generation against its digest, and graph and index against each other.

    Raises:
        StoreError: there is no store.
    """
    path = locate_store(store)
    with Generations(path).reading(published=True) as generation:
        if generation is None:
            raise StoreError(f"There is no store at {path}; make one with: gcmkg --store {path} ingest FOLDER")
        findings = list(verify_files(generation))
        if not findings:
            from search.index import SearchIndex

            indexed = len(SearchIndex.open(generation.index))
            stored = GraphReader(generation.graph).counts()["passages"]
            if indexed != stored:
                findings = [f"gen-{generation.number}: the index has {indexed} passages and the graph {stored}."]
        return Verified(path, generation.number, len(generation.manifest["files"]), tuple(findings))


def check(
    store: str | Path | None = None, *, data: bool = True, reasoner: bool = True
) -> tuple[tuple[Finding, ...], str]:
    """Findings on the ontology and, where there is a store, on its data; and what was checked, in words."""
    from graph.checks import run_checks

    path = locate_store(store)
    if not data or Generations(path).current() is None:
        return run_checks(reasoner=reasoner), "ontology"
    with Generations(path).reading() as generation:
        if generation is None:
            return run_checks(reasoner=reasoner), "ontology"
        reader = GraphReader(generation.graph)
        return run_checks(data=reader, reasoner=reasoner), f"ontology and the data of {path}"
