"""The store: documents whole or not at all, one writer, readers that nothing disturbs."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from sample_documents import FORUM, VOCABULARY, sample, value_of

from graph.mapping import document_quads
from graph.namespaces import DERIVED_GRAPH, ONTOLOGY_GRAPH, term
from graph.store import GraphReader, GraphWriter
from ontology import iris
from ontology.errors import StoreError, UsageError, VocabularyError
from ontology.model import Annotated

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
_PRELUDE = f"import sys; sys.path[:0] = [{str(ROOT)!r}, {str(HERE)!r}]\n"


def _quads(annotated: Annotated) -> tuple[ox.Quad, ...]:
    return document_quads(annotated, pipeline="1", vocabulary=VOCABULARY)


def _reader(writer: GraphWriter, folder: Path) -> GraphReader:
    writer.backup(folder)
    return GraphReader(folder)


def test_a_document_put_twice_is_there_once_as_it_was_put_last(annotated: Annotated, tmp_path: Path) -> None:
    changed = dataclasses.replace(annotated, statements=(), warnings=("Other.",))
    with GraphWriter(tmp_path / "work") as writer:
        writer.put_document("tasks", _quads(annotated))
        writer.put_document("tasks", _quads(changed))
        reader = _reader(writer, tmp_path / "copy")
    assert set(reader.quads(iris.document_graph("tasks"))) == set(_quads(changed))


def test_a_document_dropped_leaves_the_others(tmp_path: Path) -> None:
    with GraphWriter(tmp_path / "work") as writer:
        for name in ("a.md", "b.md"):
            writer.put_document(name[0], _quads(sample(name=name)))
        writer.drop_document("a")
        writer.drop_document("never-there")
        assert writer.document_slugs() == ("b",)
        reader = _reader(writer, tmp_path / "copy")
    assert set(reader.quads(iris.document_graph("b"))) == set(_quads(sample(name="b.md")))
    assert reader.graph_names() == (DERIVED_GRAPH, iris.document_graph("b"))


_MANY = _PRELUDE + """
import re
from pathlib import Path
from graph.store import GraphWriter
from ontology.iris import document_graph

def held():
    return int(re.search(r"RssAnon:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

def put(writer, number):
    name = f"{number:03}"
    graph = document_graph(name)
    lines = [f'<urn:n:{name}:{n}> <urn:p:{n % 50}> "value {n}" <{graph}>' for n in range(1_500)]
    writer.put_documents({name: lines})

with GraphWriter(Path(sys.argv[1])) as writer:
    for number in range(20):
        put(writer, number)
    before = held()
    for number in range(20, 100):
        put(writer, number)
    for number in range(40):
        writer.drop_document(f"{number:03}")
    print(held() - before)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux alone")
def test_memory_does_not_grow_with_the_documents_that_are_written_and_dropped(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _MANY, str(tmp_path / "work")], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 50  # MB; it is 127 where 180,000 quads are kept in memory


def test_a_store_whose_last_document_went_is_as_new(annotated: Annotated, tmp_path: Path) -> None:
    with GraphWriter(tmp_path / "work") as writer:
        writer.put_document("tasks", _quads(annotated))
        writer.derive()
        writer.drop_document("tasks")
        reader = _reader(writer, tmp_path / "copy")
    assert (list(reader.quads()), reader.graph_names()) == ([], ())


def test_a_document_cannot_take_the_place_of_the_ontology(tmp_path: Path) -> None:
    with GraphWriter(tmp_path / "work") as writer, pytest.raises(StoreError, match="rename its file"):
        writer.put_document("ontology", _quads(sample(name="ontology.md")))


def test_a_quad_of_another_graph_is_refused(annotated: Annotated, tmp_path: Path) -> None:
    with GraphWriter(tmp_path / "work") as writer, pytest.raises(StoreError, match="does not belong"):
        writer.put_document("other", _quads(annotated))


def test_the_vocabulary_is_in_the_store_whatever_the_documents_mention(tmp_path: Path) -> None:
    with GraphWriter(tmp_path / "work") as writer:
        writer.load_vocabulary()
        writer.load_vocabulary()
        reader = _reader(writer, tmp_path / "copy")
    assert reader.document_slugs() == ()
    rows = list(reader.select("SELECT ?x WHERE { ?x a owl:Class . FILTER(?x = gcm:Passage) }"))
    assert rows == [{"x": iris.ONTOLOGY + "Passage"}]
    bodies = {row["b"] for row in reader.select("SELECT ?b WHERE { ?b a gcm:Body }")}
    organisations = {row["b"] for row in reader.select("SELECT ?b WHERE { ?b a org:Organization }")}
    assert len(bodies) > 100
    assert bodies == organisations


def test_a_vocabulary_that_does_not_parse_leaves_the_last_one(tmp_path: Path) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "x.ttl").write_text("<a> <b> <c> .\n<a> <b>\n")
    with GraphWriter(tmp_path / "work") as writer:
        writer.load_vocabulary()
        with pytest.raises(VocabularyError, match=r"x\.ttl"):
            writer.load_vocabulary(tmp_path / "bad")
        assert list(_reader(writer, tmp_path / "copy").quads(ONTOLOGY_GRAPH))


def test_rows_are_plain_values_over_all_graphs(published: Any) -> None:
    reader = published(sample(name="a.md"), sample(name="b.md"))
    query = "SELECT ?n ?c ?none WHERE { ?f a gcm:ObjectiveLink ; gcm:strength ?n ; gcm:confidence ?c } ORDER BY ?n ?c"
    rows = list(reader.select(query))
    assert rows[0] == {"n": 1, "c": 0.31, "none": None}
    assert len(rows) == 6
    bound = list(reader.select("SELECT ?b ?n WHERE { ?b skos:prefLabel ?n }", {"b": term(FORUM)}))
    assert bound == [{"b": FORUM, "n": "Forum of Samples"}]


def test_only_questions_that_give_rows_are_selected(published: Any) -> None:
    with pytest.raises(UsageError, match="SELECT"):
        list(published(sample()).select("ASK { ?s ?p ?o }"))


def test_counts_are_those_of_the_documents(published: Any) -> None:
    counts = published(sample(name="a.md"), sample(name="b.md")).counts()
    assert (counts["documents"], counts["passages"], counts["statements"], counts["relations"]) == (2, 8, 4, 6)


def test_rdflib_sees_the_same_data(published: Any) -> None:
    reader = published(sample(name="a.md"), sample(name="b.md"))
    dataset = reader.as_rdflib()
    query = "SELECT ?s WHERE { ?s a gcm:Statement }"
    seen = [row[0] for row in dataset.query(query) if isinstance(row, tuple)]
    assert len(seen) == 4
    assert {str(node) for node in seen} == {str(row["s"]) for row in reader.select(query)}


def test_a_reader_keeps_what_it_opened_while_the_writer_goes_on(annotated: Annotated, tmp_path: Path) -> None:
    with GraphWriter(tmp_path / "work") as writer:
        writer.put_document("tasks", _quads(annotated))
        reader = _reader(writer, tmp_path / "copy")
        before = {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()}
        writer.drop_document("tasks")
        assert set(reader.quads(iris.document_graph("tasks"))) == set(_quads(annotated))
    assert {path.name: path.read_bytes() for path in (tmp_path / "copy").iterdir()} == before, "reading writes nothing"


def test_a_folder_without_a_graph_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no graph"):
        GraphReader(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="empty"):
        GraphReader(tmp_path / "empty")


def test_a_second_writer_is_told_who_holds_the_graph(tmp_path: Path) -> None:
    code = _PRELUDE + (
        "from pathlib import Path; from graph.store import GraphWriter\n"
        "with GraphWriter(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "work")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        started = time.monotonic()
        with pytest.raises(StoreError, match=f"process {other.pid}"):
            GraphWriter(tmp_path / "work")
        assert time.monotonic() - started < 2
        other.communicate()
    with GraphWriter(tmp_path / "work") as writer:
        assert writer.document_slugs() == ()


_FLIP = _PRELUDE + """
import dataclasses
from pathlib import Path
from sample_documents import VOCABULARY, sample
from graph.mapping import document_quads
from graph.store import GraphWriter
many = [f"Sentence {i} of a longer document." for i in range(300)]
old, new = (
    document_quads(dataclasses.replace(d, statements=(), objective_links=()), pipeline=p, vocabulary=VOCABULARY)
    for d, p in ((sample(), "old"), (dataclasses.replace(sample(), warnings=tuple(many)), "new"))
)
with GraphWriter(Path(sys.argv[1])) as writer:
    print("ready", flush=True)
    while True:
        writer.put_document("tasks", new)
        writer.put_document("tasks", old)
"""


def test_a_killed_writer_leaves_a_document_old_or_new(tmp_path: Path) -> None:
    sizes = set()
    for round_ in range(6):
        with subprocess.Popen([sys.executable, "-c", _FLIP, str(tmp_path / "work")], stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(0.02 + 0.013 * round_)
            os.kill(writer.pid, signal.SIGKILL)
        with GraphWriter(tmp_path / "work") as survivor:
            copy = _reader(survivor, tmp_path / f"copy-{round_}")
        sizes.add(len({quad.object for quad in copy.quads() if quad.predicate == term("skos:editorialNote")}))
        versions = [value_of(quad.object) for quad in copy.quads() if quad.predicate == term("dcat:version")]
        assert len(versions) <= 1, "both activities would mean half a change"
    assert sizes <= {0, 1, 300}
    assert sizes & {1, 300}
