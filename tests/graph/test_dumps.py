"""Exports of the whole graph: the same bytes for the same graph, and nothing lost in any format."""

from __future__ import annotations

import io
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pyoxigraph as ox
import pytest
from sample_documents import VOCABULARY, sample

from graph import dumps
from graph.mapping import document_quads
from graph.sorting import sorted_lines
from graph.store import GraphReader, GraphWriter
from ontology.errors import UsageError

PARSERS = {
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "turtle": ox.RdfFormat.TURTLE,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}
AWKWARD = ("Head \" \\ \n \u202e", "It's <b>\"\"\"</b> \x00\x1f of Office of Examples Forum of Samples .",
           "The Forum of Samples will counter trafficking \r\n as goal 10.7 asks", "قرار \\u0022 detention")


def _dump(reader: GraphReader, form: str) -> bytes:
    out = io.BytesIO()
    dumps.dump(reader, form, out)
    return out.getvalue()


@pytest.mark.parametrize("form", PARSERS)
def test_every_format_holds_everything(published: Any, form: str) -> None:
    reader = published(sample(name="a.md", sentences=AWKWARD), sample(name="b.md"))
    parsed = list(ox.parse(_dump(reader, form), PARSERS[form]))
    if form in {"nquads", "trig", "jsonld"}:
        assert set(parsed) == set(reader.quads())
    else:
        assert {quad.triple for quad in parsed} == {quad.triple for quad in reader.quads()}
        assert len(parsed) == len({quad.triple for quad in reader.quads()}), "each triple once"


@pytest.mark.parametrize("form", dumps.FORMATS)
@pytest.mark.parametrize("run", [7, 100_000])
def test_the_same_graph_gives_the_same_bytes_whatever_its_history(
    tmp_path: Path, published: Any, form: str, run: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = _dump(published(sample(name="a.md"), sample(name="b.md")), form)
    monkeypatch.setattr(dumps, "RUN", run)
    monkeypatch.setattr(dumps, "sorted_lines", partial(sorted_lines, run=run))
    with GraphWriter(tmp_path / "work") as writer:
        for name in ("b.md", "c.md", "a.md", "b.md"):
            quads = document_quads(sample(name=name), pipeline="test-1", vocabulary=VOCABULARY)
            writer.put_document(name[0], quads)
        writer.drop_document("c")
        writer.backup(tmp_path / "copy")
    reader = GraphReader(tmp_path / "copy")
    assert _dump(reader, form) == clean


def test_nquads_begin_before_the_graph_is_read_and_go_graph_by_graph(
    published: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dumps, "_PIECE", 50)
    reader = published(sample(name="a.md"), sample(name="b.md"))
    first = next(dumps.nquads(reader))
    assert first.endswith(b" .\n")
    assert 0 < first.count(b"\n") < len(list(reader.quads()))
    graphs = [line.split()[-2] for line in _dump(reader, "nquads").splitlines()]
    assert [graph for graph, _ in groupby(graphs)] == sorted(set(graphs))


def test_what_joins_the_graphs_is_sorted(published: Any) -> None:
    lines = _dump(published(sample()), "ntriples").splitlines()
    assert lines == sorted(lines)


def test_the_digest_tells_graphs_apart(published: Any) -> None:
    one, same, other = published(sample()), published(sample()), published(sample(name="other.md"))
    assert dumps.graph_digest(one) == dumps.graph_digest(same) != dumps.graph_digest(other)


def test_an_unknown_format_is_named_with_the_known_ones(published: Any) -> None:
    with pytest.raises(UsageError, match=r"'rdfxml'.*nquads"):
        dumps.dump(published(sample()), "rdfxml", io.BytesIO())


def test_turtle_is_readable_with_prefixes(published: Any) -> None:
    text = _dump(published(sample()), "turtle").decode()
    assert "@prefix gcm: <https://w3id.org/gcmkg/ontology#> ." in text
    assert "a gcm:Commitment" in text or "gcm:Commitment" in text


def test_graphml_has_every_node_once_every_edge_and_every_literal(published: Any) -> None:
    reader = published(sample(name="a.md", sentences=AWKWARD), sample(name="b.md"))
    root = ET.fromstring(_dump(reader, "graphml"))  # noqa: S314 - our own bytes
    space = "{http://graphml.graphdrawing.org/xmlns}"
    triples = {quad.triple for quad in reader.quads()}
    linked = {(t.subject.value, t.object.value) for t in triples if not isinstance(t.object, ox.Literal)}
    named = [node.get("id") for node in root.iter(f"{space}node")]
    assert len(named) == len(set(named))
    assert set(named) == {t.subject.value for t in triples} | {target for _, target in linked}
    assert {(e.get("source"), e.get("target")) for e in root.iter(f"{space}edge")} == linked
    keys = {key.get("attr.name"): key.get("id") for key in root.iter(f"{space}key")}
    quotes = {text for data in root.iter(f"{space}data") if data.get("key") == keys["oa:exact"]
              for text in [data.text or ""]}
    exact = {t.object.value for t in triples if t.predicate.value.endswith("oa#exact")}
    assert len(quotes) == len(exact)
    assert any("<b>" in text for text in quotes)
