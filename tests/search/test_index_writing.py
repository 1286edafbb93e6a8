"""An index is written as its documents come: the same index as of all at once, in the memory of a few documents."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.search.synthetic import NoisyEncoder, synthetic_entries
from search.build import write_index
from search.encoder import Encoder
from search.entries import Entry
from search.index import SearchIndex, build_index
from search.vector_cache import VectorCache
from search.vectors import VectorFile, VectorWriter

Entries = tuple[Entry, ...]


@settings(max_examples=30, deadline=None)
@given(sizes=st.lists(st.integers(0, 40), max_size=6), dimension=st.integers(1, 9))
def test_vectors_written_in_parts_are_the_file_that_faiss_writes(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], dimension: int
) -> None:
    folder = tmp_path_factory.mktemp("vectors")
    rows = np.random.default_rng(sum(sizes)).standard_normal((sum(sizes), dimension)).astype(np.float32)
    with VectorWriter(folder / "parts", dimension=dimension) as writer:
        for part in np.split(rows, np.cumsum(sizes)):
            writer.add(part)
    whole = faiss.IndexFlatIP(dimension)
    whole.add(rows)
    faiss.write_index(whole, str(folder / "whole"))
    assert (folder / "parts").read_bytes() == (folder / "whole").read_bytes()
    assert VectorFile(folder / "parts").rows.tobytes() == rows.tobytes()


def test_vectors_of_another_length_are_refused(tmp_path: Path) -> None:
    with VectorWriter(tmp_path / "vectors", dimension=4) as writer, pytest.raises(ValueError, match="reshape"):
        writer.add(np.zeros((2, 3), np.float32))


def test_documents_that_come_one_by_one_give_the_index_of_all_at_once(
    corpus_entries: Entries, index_folder: Path, vectors: VectorCache, tmp_path: Path
) -> None:
    by_document = {slug: tuple(some) for slug, some in groupby(corpus_entries, key=attrgetter("document_slug"))}
    seen: list[tuple[int, int]] = []
    stats = write_index(
        (by_document[slug][::-1] for slug in sorted(by_document)), tmp_path, total=len(corpus_entries),
        encoder=vectors, progress=lambda done, of: seen.append((done, of)),
    )
    assert stats.passages == len(SearchIndex.open(tmp_path)) == len(corpus_entries)
    for name in ("ranking.faiss", "sentences.faiss", "passages.parquet", "copies.npy", "index.json"):
        assert (tmp_path / name).read_bytes() == (index_folder / name).read_bytes()
    assert seen == sorted(set(seen))
    assert seen[-1] == (len(corpus_entries), len(corpus_entries))


def test_documents_out_of_order_are_refused(corpus_entries: Entries, encoder: Encoder, tmp_path: Path) -> None:
    later, earlier = (replace(corpus_entries[0], document_slug=slug) for slug in ("b", "a"))
    with pytest.raises(ValueError, match="'a' came after 'b'"):
        write_index([[later], [earlier]], tmp_path, total=2, encoder=encoder)


@pytest.mark.usefixtures("index_folder")
def test_copies_far_apart_are_folded_to_the_first(
    corpus_entries: Entries, vectors: VectorCache, tmp_path: Path
) -> None:
    twins = [
        replace(e, document_slug=f"z-{e.document_slug}", passage_iri=f"{e.passage_iri}-2") for e in corpus_entries
    ]
    stats = build_index([*twins, *corpus_entries], tmp_path, encoder=vectors)
    groups = np.load(tmp_path / "copies.npy")
    assert np.array_equal(groups[len(twins) :], groups[: len(twins)])
    assert np.array_equal(groups[groups], groups)
    assert stats.distinct == len(set(groups.tolist())) <= len(corpus_entries)


@pytest.mark.usefixtures("index_folder")
def test_memory_does_not_grow_with_the_passages(
    corpus_entries: Entries, vectors: VectorCache, tmp_path: Path
) -> None:
    known = vectors.encode([entry.text for entry in corpus_entries[:100]])

    def write(entries: Sequence[Entry], folder: Path) -> None:
        parts = (entries[start : start + 100] for start in range(0, len(entries), 100))
        write_index(parts, folder, total=1, encoder=NoisyEncoder(known, name=vectors.name))

    def peak(count: int) -> int:
        entries = synthetic_entries(corpus_entries, count)
        tracemalloc.start()
        write(entries, tmp_path / str(count))
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    few, many = 2_500, 6_000
    write(corpus_entries[:1], tmp_path / "first")
    assert peak(many) - peak(few) < 100 * (many - few)  # the vectors alone would be 3,072 bytes a passage
