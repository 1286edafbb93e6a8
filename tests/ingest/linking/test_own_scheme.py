"""The linker on schemes given as files: the guiding principles, and water management."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from gcmkg import load_scheme_linker
from ingest.linking.own_scheme import OwnSchemeLinker, SchemeTagged
from ingest.linking.scheme_file import read_scheme
from ontology.errors import UsageError

ROOT = Path(__file__).parents[3]
WATER = ROOT / "benchmarks" / "linking" / "water"
SENTENCES = [json.loads(line) for line in (WATER / "sentences.jsonl").read_text("utf-8").splitlines()]
HEAD = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix e: <https://example.org/> .\n"


def concept(name: str, examples: Sequence[str], more: str = "") -> str:
    said = ", ".join(json.dumps(text) for text in examples)
    return f'e:{name} a skos:Concept ; skos:prefLabel "{name}" {more} {"; skos:example " + said if said else ""} .\n'


TWO = concept("ships", ["A ship sails.", "Ships dock.", "The ship sank."]) + concept(
    "trains", ["A train leaves.", "Trains stop here.", "The train was late."])


@pytest.fixture(scope="module")
def water() -> OwnSchemeLinker:
    return load_scheme_linker(WATER / "scheme.ttl")


@pytest.fixture(scope="module")
def tagged(water: OwnSchemeLinker) -> tuple[SchemeTagged, ...]:
    return water.tag([row["text"] for row in SENTENCES])


def test_most_sentences_of_another_field_are_linked_rightly_and_others_left_alone(
    tagged: Sequence[SchemeTagged],
) -> None:
    pairs = [(set(row["concepts"]), set(t.judgement.accepted)) for row, t in zip(SENTENCES, tagged, strict=True)]
    hits = sum(len(right & found) for right, found in pairs)
    assert hits / sum(len(right) for right, _ in pairs) >= 0.8
    assert hits / sum(len(found) for _, found in pairs) >= 0.8
    assert sum(not found for right, found in pairs if not right) >= 8


def test_a_record_names_the_concept_and_why(water: OwnSchemeLinker) -> None:
    (one,) = water.tag(["Families will get a septic tank and a latrine instead of an open ditch."])
    record = one.to_record()
    assert list(record["scores"]) == [str(n) for n in range(1, 9)]
    assert record["concepts"] == ["2"]
    assert record["links"][0]["label"] == "Sanitation and sewage"
    assert record["links"][0]["words"]
    assert record["links"][0]["runner_up"]
    assert water.title == "Subjects of water management"


def test_a_text_scores_the_same_alone_and_among_others(
    water: OwnSchemeLinker, tagged: Sequence[SchemeTagged]
) -> None:
    assert water.tag([SENTENCES[5]["text"]])[0] == tagged[5]


def test_the_guiding_principles_work_as_a_file() -> None:
    linker = load_scheme_linker(ROOT / "ontology" / "principles.ttl")
    assert linker.title.endswith("guiding principles")
    child, gender = linker.tag([
        "Whatever is decided about a girl or boy, the best interests of the child come first.",
        "Budgets shall be gender-responsive and serve the needs of women and men alike.",
    ])
    assert [linker.names[key] for key in child.judgement.accepted] == ["Child-sensitive"]
    assert [linker.names[key] for key in gender.judgement.accepted] == ["Gender-responsive"]


def test_the_order_of_statements_in_the_file_does_not_matter(tmp_path: Path) -> None:
    import pyoxigraph as ox

    triples = list(ox.parse(path=WATER / "scheme.ttl", format=ox.RdfFormat.TURTLE))
    triples.sort(key=lambda triple: str(triple)[::-1])
    turned_round = ox.serialize((t.triple for t in triples), format=ox.RdfFormat.N_TRIPLES)
    (tmp_path / "turned.nt").write_bytes(turned_round or b"")
    turned = read_scheme(tmp_path / "turned.nt")
    assert turned.scheme.digest() == read_scheme(WATER / "scheme.ttl").scheme.digest()


def test_concepts_without_enough_examples_are_left_out_and_named(tmp_path: Path) -> None:
    path = tmp_path / "scheme.ttl"
    path.write_text(HEAD + TWO + concept("planes", ["A plane lands."]), "utf-8")
    found = read_scheme(path)
    assert found.scheme.keys == ("ships", "trains")
    assert "planes" in found.notes[0]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Not Turtle at all.", "line 1 is not Turtle"),
        (HEAD + "\ne:a e:b .", "line 3 is not Turtle"),
        (HEAD, "no skos:Concept"),
        (HEAD + concept("ships", []), "0 concepts with 3 or more example sentences"),
        (HEAD + concept("ships", ["A ship.", "Ships.", "Shipping."]), "1 concepts with 3 or more"),
        (HEAD + TWO.replace('skos:prefLabel "ships"', 'e:label "ships"'), "ships> has no skos:prefLabel"),
        (HEAD + TWO + 'e:ships skos:notation "1" . e:trains skos:notation "1" .', "2 concepts with the notation '1'"),
        ('<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "is not Turtle"),
        ("", "no skos:Concept"),
    ],
)
def test_a_wrong_file_is_refused_in_one_sentence(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "scheme.ttl"
    path.write_text(content, "utf-8")
    with pytest.raises(UsageError) as caught:
        read_scheme(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "scheme.ttl"
    with path.open("wb") as out:
        out.truncate(20_000_001)
    with pytest.raises(UsageError, match="larger than 20 MB"):
        read_scheme(path)
    with pytest.raises(UsageError, match="is no file"):
        read_scheme(tmp_path)
