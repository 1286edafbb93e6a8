"""Lines of N-Quads made as text are those that pyoxigraph writes, and read back as the same quads."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sample_documents import VOCABULARY, sample

from graph import nquads
from graph.mapping import document_lines, document_quads
from graph.namespaces import decimal, term, text
from graph.store import GraphReader, GraphWriter
from ontology import iris

GRAPH = term(iris.document_graph("tasks"))
SUBJECT, PREDICATE = term(iris.document("tasks")), term("gcm:text")


@given(st.text(st.characters()))
@example("".join(map(chr, range(0x300))) + "\ufffd\ufffe\uffff\ud800\U0001f600\\u0041")
def test_any_text_is_written_as_pyoxigraph_writes_it(value: str) -> None:
    assert nquads.literal(value) == str(text(value))
    quad = ox.Quad(SUBJECT, PREDICATE, text(value), GRAPH)
    assert nquads.quads([f"{SUBJECT} {PREDICATE} {nquads.literal(value)} {GRAPH}"]) == (quad,)


@given(st.integers(-(2**53), 2**53), st.floats(-1e6, 1e6), st.integers(0, 6))
def test_numbers_are_written_as_pyoxigraph_writes_them(number: int, share: float, digits: int) -> None:
    assert nquads.whole(number) == str(ox.Literal(number))
    assert nquads.rounded(share, digits) == str(decimal(share, digits))


def test_what_is_no_iri_is_no_node() -> None:
    assert nquads.below(nquads.named(SUBJECT.value), "selector") == f"<{SUBJECT.value}/selector>"
    with pytest.raises(ValueError, match="IRI"):
        nquads.named(f"{iris.ID}a> <b")


def test_the_lines_of_a_document_are_its_quads_sorted() -> None:
    quads = document_quads(sample(), pipeline="1", vocabulary=VOCABULARY)
    lines = document_lines(sample(), pipeline="1", vocabulary=VOCABULARY)
    assert [str(quad) for quad in quads] == lines == sorted(set(lines))


@pytest.mark.parametrize("copies", [1, 40], ids=["a few quads", "so many that files are ingested"])
def test_several_documents_go_in_as_they_would_one_by_one(copies: int, tmp_path: Path) -> None:
    lines = {f"d{i}": document_lines(sample(name=f"d{i}.md"), pipeline="1", vocabulary=VOCABULARY)
             for i in range(copies)}
    shorter = {**lines, "d0": lines["d0"][1:]}
    with GraphWriter(tmp_path / "together") as writer:
        writer.put_documents(lines)
        writer.put_documents(shorter)
        writer.backup(tmp_path / "copy")
    reader = GraphReader(tmp_path / "copy")
    assert reader.document_slugs() == tuple(sorted(lines))
    for slug, wanted in shorter.items():
        assert sorted(str(quad) for quad in reader.quads(iris.document_graph(slug))) == wanted
