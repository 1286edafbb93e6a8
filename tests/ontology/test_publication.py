"""The published ontology: four forms with the same content and bytes, and a page that resolves every IRI."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest

from graph.findings import Source
from graph.publication import DATASET, FILES, ONTOLOGY_IRI, export_ontology, publish, published_triples
from graph.reference_page import anchor, reference_page
from ontology import iris
from ontology.errors import UsageError
from ontology.vocabulary import FOLDER, read_turtle, turtle_files

RDF_FORMS = {"turtle": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "rdfxml": ox.RdfFormat.RDF_XML,
             "ntriples": ox.RdfFormat.N_TRIPLES}


class _Anchors(HTMLParser):
    """Collects the anchors of a page, the links into it, and what it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if name := given.get("id"):
            self.ids.append(name)
        if tag == "a":
            self.links.add(given.get("href") or "")
        if tag in {"script", "link", "img", "iframe"} or "src" in given:
            self.loaded.append(tag)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("published")
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def page(published: Path) -> _Anchors:
    parser = _Anchors()
    parser.feed((published / FILES["html"]).read_text(encoding="utf-8"))
    return parser


def _canonical(triples: list[ox.Triple]) -> set[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


@pytest.mark.parametrize("form", RDF_FORMS)
def test_a_form_read_back_has_every_triple_and_no_other(published: Path, form: str) -> None:
    back = [q.triple for q in ox.parse(path=published / FILES[form], format=RDF_FORMS[form])]
    assert len(back) > 15_000
    assert _canonical(back) == _canonical(published_triples())


def test_nothing_of_the_turtle_files_is_lost(published: Path) -> None:
    back = {q.triple for q in ox.parse(path=published / FILES["ntriples"], format=ox.RdfFormat.N_TRIPLES)}
    named = {t for path in turtle_files() for t in read_turtle(path) if "genid" not in str(t)}
    assert named <= back


def test_json_ld_is_json_that_others_can_read(published: Path) -> None:
    records = json.loads((published / FILES["jsonld"]).read_text(encoding="utf-8"))
    assert iris.objective(23) in {record["@id"] for record in records}


def test_the_same_bytes_whatever_the_hash_seed(published: Path) -> None:
    code = "import sys; from graph.publication import publish; from pathlib import Path; publish(Path(sys.argv[1]))"
    again = published / "again"
    subprocess.run([sys.executable, "-c", code, str(again)], check=True, env={"PYTHONHASHSEED": "7"}, cwd=FOLDER.parent)
    assert [f for f in FILES.values() if (again / f).read_bytes() != (published / f).read_bytes()] == []


def test_every_iri_resolves_on_the_page(page: _Anchors) -> None:
    described = {t.subject.value for t in published_triples() if isinstance(t.subject, ox.NamedNode)}
    ours = {iri for iri in described if anchor(iri) and not iri.startswith(f"{iris.SDG}ontology")}
    assert len(ours) > 1300
    assert {iri for iri in ours if anchor(iri) not in page.ids} == set()


def test_no_anchor_stands_twice_and_no_link_on_the_page_is_dead(page: _Anchors) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert {link for link in page.links if link.startswith("#")} <= {f"#{name}" for name in page.ids}


def test_the_page_loads_nothing(page: _Anchors) -> None:
    assert page.loaded == []


def test_text_cannot_break_out_of_the_page() -> None:
    source = Source.read()
    evil = ox.Triple(ox.NamedNode(iris.objective(1)), ox.NamedNode(f"{iris.ONTOLOGY}keyTerm"),
                     ox.Literal("</dd><script>alert(1)</script>"))
    bad = ox.Triple(ox.NamedNode(iris.objective(1)), ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso"),
                    ox.NamedNode("javascript:alert(1)"))
    text = reference_page(Source.of(source.folder, {**source.files, Path("evil.ttl"): (evil, bad)}), files=FILES)
    assert "<script" not in text
    assert 'href="javascript' not in text


def test_the_dataset_describes_itself() -> None:
    store = ox.Store()
    triples = published_triples()
    store.extend(ox.Quad(*triple) for triple in triples)
    row = next(iter(store.query(f"""
        PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX dcat: <http://www.w3.org/ns/dcat#>
        PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?version ?licence ?n (COUNT(DISTINCT ?d) AS ?forms) ?objectives WHERE {{
          <{DATASET}> a dcat:Dataset, void:Dataset ; dcat:version ?version ; dcterms:license ?licence ;
            void:triples ?n ; dcat:distribution ?d ; void:classPartition ?part .
          ?part void:class <{iris.ONTOLOGY}Objective> ; void:entities ?objectives .
        }} GROUP BY ?version ?licence ?n ?objectives""")))
    assert re.fullmatch(r"\d+\.\d+\.\d+", row["version"].value)
    assert row["licence"].value.startswith("https://")
    assert (row["forms"].value, row["objectives"].value) == (str(len(FILES)), "23")
    own = {t for t in triples if str(t.subject).startswith(f"<{DATASET}")}
    assert int(row["n"].value) == len(set(triples)) - len(own)


def test_every_term_says_where_it_is_defined() -> None:
    defined = {t.subject.value for t in published_triples() if t.predicate.value.endswith("#isDefinedBy")}
    assert f"{iris.ONTOLOGY}Objective" in defined
    assert ONTOLOGY_IRI not in defined


def test_an_unknown_form_is_refused_with_those_that_exist() -> None:
    with pytest.raises(UsageError, match=r"'owl'.*turtle, jsonld, rdfxml, ntriples, html"):
        export_ontology("owl", io.BytesIO())
