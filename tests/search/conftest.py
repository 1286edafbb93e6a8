"""An index over the corpus, read and cut by the pipeline, with a few annotations that are easy to check."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.read import read_source
from ingest.segment import segment
from search.encoder import Encoder, load_encoder
from search.entries import Entry, context_of
from search.index import SearchIndex, build_index
from search.vector_cache import VectorCache

CORPUS = Path(__file__).parents[2] / "corpus"
IOM = "International Organization for Migration"


def passages(path: Path) -> Iterator[Entry]:
    """The passages of a document; what is said of each is decided by a word in it."""
    document = segment(read_source(path))
    for passage in document.passages:
        text = passage.text
        yield Entry(
            passage_iri=f"urn:passage:{path.stem}:{passage.key}", document=path.name, document_slug=path.stem,
            quote=passage.quote, text=text, start=passage.start, end=passage.end, title=document.metadata.title,
            document_type="outreach_report" if "outreach" in path.stem else "other",
            year=2021 if "2021" in path.stem else 2020, scope=("KAZ",) if "kazakhstan" in path.stem else ("IRQ",),
            kind=passage.kind, page=passage.page, section=" > ".join(passage.section),
            lead_in=passage.lead_in or "",
            context=context_of(document.metadata.title, passage.section, passage.lead_in),
            objectives=((4, 3, 0.9),) if "identity" in text else ((9, 1, 0.4),) if "traffick" in text else (),
            bodies=(IOM,) if "IOM" in text else (), agent=IOM if text.startswith("IOM ") else None,
            statement_type="recommendation" if " should " in text else None,
        )


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def corpus_entries() -> tuple[Entry, ...]:
    documents = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
    return tuple(entry for path in documents for entry in passages(path))


@pytest.fixture(scope="session")
def vectors(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    """Vectors of the corpus, filled by `index_folder`."""
    return VectorCache(tmp_path_factory.mktemp("vectors") / "vectors.bin", encoder)


@pytest.fixture(scope="session")
def index_folder(
    corpus_entries: tuple[Entry, ...], vectors: VectorCache, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("search") / "index"
    build_index(corpus_entries, folder, encoder=vectors, cache=vectors)
    return folder


@pytest.fixture(scope="session")
def index(index_folder: Path) -> SearchIndex:
    return SearchIndex.open(index_folder)
