"""What the tests of the graph share: a small document with every kind of fact, and stores made from documents."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from sample_documents import VOCABULARY, sample

from graph.mapping import document_quads
from graph.store import GraphReader, GraphWriter
from ontology.model import Annotated

Publish = Callable[..., GraphReader]


@pytest.fixture
def annotated() -> Annotated:
    """A small document with every kind of fact."""
    return sample()


@pytest.fixture
def published(tmp_path: Path) -> Publish:
    """Puts documents into a new store and gives a reader of a copy of it."""
    number = 0

    def publish(*documents: Annotated) -> GraphReader:
        nonlocal number
        number += 1
        with GraphWriter(tmp_path / f"work-{number}") as writer:
            for document in documents:
                quads = document_quads(document, pipeline="test-1", vocabulary=VOCABULARY)
                writer.put_document(document.document.source.slug, quads)
            writer.backup(tmp_path / f"copy-{number}")
        return GraphReader(tmp_path / f"copy-{number}")

    return publish
