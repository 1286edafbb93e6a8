"""Documents of the corpus and of other kinds, segmented, with the bodies found in them."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from ingest.bodies import BodiesFound, find_bodies
from ingest.read import read_source
from ingest.segment import segment
from ontology.document import Document
from ontology.vocabulary import load_vocabulary

HERE = Path(__file__).parent
CORPUS = HERE.parents[2] / "corpus"


@lru_cache(maxsize=32)
def analysed(path: Path) -> tuple[Document, BodiesFound]:
    """A document and what was found in it; found once a run."""
    document = segment(read_source(path))
    return document, find_bodies(document, load_vocabulary())


@pytest.fixture
def corpus() -> Callable[[str], tuple[Document, BodiesFound]]:
    """A document of the corpus by the stem of its name."""
    return lambda stem: analysed(CORPUS / f"{stem}.md")


@pytest.fixture
def invented() -> Callable[[str], tuple[Document, BodiesFound]]:
    """A made-up document of another kind by the stem of its name."""
    return lambda stem: analysed(HERE / "texts" / f"{stem}.md")


@pytest.fixture
def reading(tmp_path: Path) -> Callable[[str], tuple[Document, BodiesFound]]:
    """A document from a text written in the test."""

    def read(text: str) -> tuple[Document, BodiesFound]:
        path = tmp_path / "document.md"
        path.write_text(text, encoding="utf-8")
        document = segment(read_source(path))
        return document, find_bodies(document, load_vocabulary())

    return read
