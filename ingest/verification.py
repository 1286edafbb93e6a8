"""Is a store whole: every file as it was published, and graph and index of one mind?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.generations import Generations
from graph.manifest import verify as verify_files
from graph.store import GraphReader
from ontology.errors import StoreError


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked, and what was found: nothing, when the generation is whole."""

    store: Path
    generation: int
    files: int
    findings: tuple[str, ...]


def verify(path: Path) -> Verified:
    """Check every file of the published generation against its digest, and graph and index against each other.

    Raises:
        StoreError: there is no store.
    """
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
