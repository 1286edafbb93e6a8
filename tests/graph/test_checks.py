"""`gcmkg check`: nothing is found in what is sound, and each seeded fault is named with its place and its remedy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from sample_documents import FORUM, OFFICE, sample

from graph.checks import Finding, check_data, run_checks
from graph.checks_lint import lint
from graph.checks_owl import check_classes, check_with_hermit
from graph.derived import derived_quads
from graph.findings import Source, short
from graph.mapping import document_quads
from graph.namespaces import ONTOLOGY_GRAPH, term, text
from graph.store import GraphReader, GraphWriter
from ontology import iris
from ontology.errors import VocabularyError
from ontology.model import Annotated
from ontology.vocabulary import FOLDER, turtle_files

HEAD = f"""@base <{iris.ID}> .
@prefix gcm: <{iris.ONTOLOGY}> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
MINISTRY_AND_UN = (
    '<body/chimera> a gcm:Ministry, gcm:UnEntity, gcm:Body ; skos:prefLabel "Chimera"@en ; '
    'skos:definition "Two things." ; gcm:bodyType "ministry" .'
)
OBJECTIVE_24 = (
    '<objective/24> a gcm:Objective, skos:Concept ; gcm:number 24 ; skos:prefLabel "More"@en ; '
    'skos:definition "More." ; skos:scopeNote "More." ; gcm:paragraph 39 ; gcm:roundTable 1 .'
)
Seed = Callable[[str], Path]
VOCABULARY_SOURCE = Source.read()


@pytest.fixture
def seeded(tmp_path: Path) -> Seed:
    """A copy of the vocabulary with one more file."""

    def seed(turtle: str) -> Path:
        _copy_with(tmp_path, turtle)
        return tmp_path

    return seed


def _copy_with(folder: Path, turtle: str) -> None:
    for path in (*turtle_files(), FOLDER / "shapes.ttl"):
        shutil.copy(path, folder)
    (folder / "zz-seeded.ttl").write_text(HEAD + turtle + "\n", encoding="utf-8")


def _quad(subject: str, predicate: str, value: str) -> ox.Quad:
    return ox.Quad(term(subject), term(predicate), term(value), term(iris.document_graph("tasks")))


def _found(findings: tuple[Finding, ...], words: str) -> list[Finding]:
    return [f for f in findings if words in f.what]


def test_the_vocabulary_has_no_findings() -> None:
    assert run_checks(reasoner=False) == ()


def test_the_vocabulary_is_consistent_by_hermit_and_every_class_can_have_members() -> None:
    assert check_with_hermit(Source.read()) == []


FAULTS = [
    (MINISTRY_AND_UN, "body/chimera is gcm:Ministry (stated) and gcm:UnEntity (stated)", "body/chimera"),
    ("<body/iom> gcm:memberOf <objective/9> .",
     "objective/9 is gcm:Body (because body/iom has it as gcm:memberOf) and gcm:Objective (stated)", "objective/9"),
    (OBJECTIVE_24, "There is no objective objective/24", "objective/24"),
    (OBJECTIVE_24, "objective/24: The Compact has objectives 1 to 23 and no other", "objective/24"),
    ("<relation/a/b> a gcm:RoleMembership ; org:role <role/chair_of> .",
     "relation/a/b: A role is held by one body", "relation/a/b"),
    ('<objective/9> gcm:strongterm "smuggler" .', "gcm:strongterm is not a term", "objective/9"),
    ('<objective/9> gcm:hasAction "a" .', "gcm:hasAction has the literal", "objective/9"),
    ("<objective/9> gcm:keyTerm <objective/10> .", "gcm:keyTerm has the IRI", "objective/9"),
    ('<objective/9> gcm:misleadingTerm "smuggling of migrants" .',
     '"smuggling of migrants" is both gcm:strongTerm and gcm:misleadingTerm', "objective/9"),
    ('<objective/1> gcm:strongTerm "smuggling of migrants" .',
     'The strong term "smuggling of migrants" stands for objective/1 and objective/9', "objective/1"),
    ('<body/iom> skos:altLabel "World Health Organization"@en .',
     'The name "world health organization" stands for body/iom and body/who', "body/who"),
    ('<body/new> a gcm:Body, gcm:OtherBody ; gcm:acronym "IOM" ; skos:prefLabel "New"@en .',
     'The acronym "IOM" stands for body/iom and body/new', "body/new"),
    ('<body/bare> a gcm:Body, gcm:OtherBody ; skos:prefLabel "Bare"@en .', "body/bare has no definition", "body/bare"),
    ('<objective/8> skos:prefLabel "Lives"@en .', "objective/8 has two names in language en", "objective/8"),
    ("<objective/9> skos:related <objective/99> .", "skos:related points at objective/99", "objective/9"),
    ("<role/takes_part_in> skos:broader <role/co_chair_of> .", "skos:broader runs in a circle", "role/"),
    ("gcm:Review rdfs:subClassOf gcm:Report . gcm:Report rdfs:subClassOf gcm:Review .",
     "rdfs:subClassOf runs in a circle", "gcm:Re"),
    ("gcm:novelty a <http://www.w3.org/2002/07/owl#ObjectProperty> .",
     "The term gcm:novelty has no skos:definition", "gcm:novelty"),
    ('<objective/9/action/g> a gcm:Action ; gcm:letter "g" .',
     "There is no action objective/9/action/g", "objective/9/action/g"),
    ("<objective/7> gcm:number 8 .", "The number of objective/7 is 7, 8", "objective/7"),
]


@pytest.fixture(scope="module")
def findings_of_all_faults(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    folder = tmp_path_factory.mktemp("faults")
    _copy_with(folder, "\n".join(dict.fromkeys(turtle for turtle, _, _ in FAULTS)))
    return run_checks(ontology_folder=folder, reasoner=False)


@pytest.mark.parametrize(("words", "place"), [(words, place) for _, words, place in FAULTS])
def test_a_seeded_fault_is_named_with_its_place(
    findings_of_all_faults: tuple[Finding, ...], words: str, place: str
) -> None:
    found = _found(findings_of_all_faults, words)
    assert found
    assert place in found[0].where
    assert ".ttl, line " in found[0].where
    assert found[0].mend


def test_errors_come_before_warnings(findings_of_all_faults: tuple[Finding, ...]) -> None:
    severities = [finding.severity for finding in findings_of_all_faults]
    assert severities == sorted(severities)
    assert set(severities) == {"error", "warning"}


def test_a_slip_of_the_pen_gets_the_right_term_as_remedy(findings_of_all_faults: tuple[Finding, ...]) -> None:
    assert _found(findings_of_all_faults, "gcm:strongterm")[0].mend == "Write gcm:strongTerm"


def test_what_is_missing_is_found(seeded: Seed) -> None:
    folder = seeded("")
    path = folder / "objectives-19-23.ttl"
    lines = path.read_text(encoding="utf-8")
    kind = "<objective/23/action/a> a gcm:"
    path.write_text(lines.replace(f"{kind}Action", f"{kind}Other"), encoding="utf-8")
    findings = tuple(lint(Source.read(folder)))
    assert _found(findings, "The action objective/23/action/a is missing")
    assert _found(findings, "gcm:Other is not a term of the ontology")


def test_the_place_is_where_the_thing_is_described_and_not_where_it_is_used() -> None:
    place = VOCABULARY_SOURCE.where(iris.objective(9))
    assert place.startswith("objectives-07-12.ttl, line ")


def test_where_is_file_and_line(seeded: Seed) -> None:
    found = check_classes(Source.read(seeded(MINISTRY_AND_UN)))
    line = HEAD.count("\n") + 1
    assert [f.where for f in found] == [f"zz-seeded.ttl, line {line}: body/chimera"]


@pytest.fixture
def axioms_and(tmp_path: Path) -> Callable[..., Source]:
    """The axioms and roles with more Turtle, and none of the other individuals: quick to reason over."""

    def make(*, individuals: str = "", terms: str = "") -> Source:
        shutil.copy(FOLDER / "roles.ttl", tmp_path)
        (tmp_path / "gcm.ttl").write_text((FOLDER / "gcm.ttl").read_text(encoding="utf-8") + terms, encoding="utf-8")
        (tmp_path / "bodies.ttl").write_text(HEAD + individuals, encoding="utf-8")
        return Source.read(tmp_path)

    return make


def test_hermit_finds_what_no_other_check_looks_for_and_names_who(axioms_and: Callable[..., Source]) -> None:
    source = axioms_and(individuals="<body/a> gcm:executiveCommitteeMemberOf <body/b> .\n"
                                    "<body/b> gcm:executiveCommitteeMemberOf <body/b> .\n")
    found, = check_with_hermit(source)
    assert found.what == "What is said of body/b contradicts the axioms (HermiT)"
    assert found.where == f"bodies.ttl, line {HEAD.count(chr(10)) + 2}: body/b"


def test_hermit_finds_a_class_that_can_have_no_members(axioms_and: Callable[..., Source]) -> None:
    source = axioms_and(terms="gcm:Impossible a owl:Class ; rdfs:subClassOf gcm:Ministry, gcm:UnEntity .\n")
    assert [f.what for f in check_with_hermit(source)] == ["gcm:Impossible can have no members (HermiT)"]


@pytest.mark.parametrize("name", ["zz-seeded.ttl", "shapes.ttl"])
def test_a_broken_file_is_named_with_its_line(seeded: Seed, name: str) -> None:
    folder = seeded("")
    (folder / name).write_text(HEAD + "<a> gcm:number\n  1 ;; .\n<b> <c .\n", encoding="utf-8")
    with pytest.raises(VocabularyError, match=rf"{name}, line \d+: .*mend"):
        run_checks(ontology_folder=folder, reasoner=False)


def test_sound_data_has_no_findings(tmp_path: Path, annotated: Annotated) -> None:
    with GraphWriter(tmp_path / "work") as writer:
        writer.load_vocabulary()
        writer.put_document(annotated.document.source.slug, document_quads(annotated, pipeline="test-1"))
        writer.backup(tmp_path / "copy")
    assert run_checks(data=GraphReader(tmp_path / "copy"), reasoner=False) == ()


DATA_FAULTS = [
    (_quad(FORUM, "rdf:type", "gcm:Ministry"), f"{short(FORUM)} is gcm:Forum"),
    (_quad(iris.document("tasks"), "gcm:documentAddresses", iris.objective(24)),
     "A document addresses one of the 23 objectives (not objective/24)"),
    (_quad(OFFICE, "gcm:addresses", iris.objective(25)), "Only the 23 objectives can be addressed"),
    (_quad(iris.document("tasks"), "gcm:adresses", iris.objective(9)), "gcm:adresses, which is no term"),
    (_quad(iris.fact("relation", "tasks", "x"), "rdf:type", "gcm:BodyRelation"), "A fact rests on evidence"),
]
MISSING = [
    ("org:member", "A role is held by one body"),
    ("org:organization", "A role is held in one body"),
    ("gcm:evidence", "A fact rests on evidence"),
    ("gcm:confidence", "A fact has one confidence"),
    ("oa:exact", "A selector has the exact quote"),
]


def _data_findings(quads: Iterable[ox.Quad]) -> tuple[Finding, ...]:
    store = ox.Store()
    ontology = term(ONTOLOGY_GRAPH)
    store.extend(ox.Quad(t.subject, t.predicate, t.object, ontology) for t in VOCABULARY_SOURCE.triples)
    store.extend(quads)
    store.extend(derived_quads(store))
    return tuple(check_data(VOCABULARY_SOURCE, store))


@pytest.fixture(scope="module")
def findings_of_data() -> tuple[Finding, ...]:
    return _data_findings([*document_quads(sample(), pipeline="test-1"), *(quad for quad, _ in DATA_FAULTS)])


@pytest.fixture(scope="module")
def findings_of_gaps() -> tuple[Finding, ...]:
    gone = {term(name) for name, _ in MISSING}
    return _data_findings(q for q in document_quads(sample(), pipeline="test-1") if q.predicate not in gone)


@pytest.mark.parametrize("words", [words for _, words in DATA_FAULTS])
def test_a_fault_in_the_data_is_named_with_its_graph(findings_of_data: tuple[Finding, ...], words: str) -> None:
    found = _found(findings_of_data, words)
    assert found
    assert "graph/tasks" in found[0].where


@pytest.mark.parametrize("words", [words for _, words in MISSING])
def test_what_the_data_lacks_is_found(findings_of_gaps: tuple[Finding, ...], words: str) -> None:
    assert _found(findings_of_gaps, words)


def test_a_plain_store_can_be_checked_too() -> None:
    store = ox.Store()
    for kind in ("gcm:Ministry", "gcm:UnEntity"):
        store.add(ox.Quad(term(iris.body("chimera")), term("rdf:type"), term(kind)))
    store.add(ox.Quad(term(iris.body("chimera")), term("skos:prefLabel"), text("Chimera")))
    found, = _found(tuple(check_data(VOCABULARY_SOURCE, store)), "nothing can be both")
    assert found.where == "default graph: body/chimera"


def test_a_finding_is_a_record_of_four_texts() -> None:
    finding = Finding("error", "a", "b", "c")
    assert finding.to_record() == {"severity": "error", "what": "a", "where": "b", "mend": "c"}
