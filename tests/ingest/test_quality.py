"""The quality of a text is said by page, and passages of a poor page weigh less."""

from __future__ import annotations

from pathlib import Path

import pytest

import gcmkg
from ingest.quality import Assessment, assess, numbered
from ingest.read import read_source
from ingest.segment import segment

GOOD = "The ministry will register all migrant workers and protect their rights before the end of the year. " * 8
FRENCH = "Le ministère va protéger les droits de tous les travailleurs migrants dans le pays et à la frontière. " * 8


@pytest.mark.parametrize(
    ("page", "words", "weight"),
    [
        (GOOD.replace(" ", ""), "without spaces", 0.5),
        (GOOD.replace("a", "\ue012").replace("e", "\ue013").replace("i", "\ufffd"), "cannot be made out", 0.2),
        ("".join(chr(ord(c) + 3) if c.isalpha() else c for c in GOOD), "cannot be made out", 0.2),
        (FRENCH, "French", 0.6),
    ],
    ids=["spaceless", "private", "shifted", "french"],
)
def test_a_poor_page_is_named_and_weighs_less(tmp_path: Path, page: str, words: str, weight: float) -> None:
    (tmp_path / "a.txt").write_text("\f".join([GOOD, page, GOOD]), "utf-8")
    source = read_source(tmp_path / "a.txt")
    assert len(source.warnings) == 1
    assert source.warnings[0].startswith("Page 2 of a.txt ")
    assert words in source.warnings[0]
    assert {p.page: p.weight for p in segment(source).passages} == {1: 1.0, 2: weight, 3: 1.0}


def test_a_poor_page_lowers_rank_and_confidence(tmp_path: Path) -> None:
    said = "The Ministry of Labour will register all migrant workers and issue identity documents to them."
    poor = GOOD.replace("a", "\ue012").replace("e", "\ue013").replace("i", "\ufffd")
    (tmp_path / "a.txt").write_text("\f".join([f"{poor}\n\n{said}\n", f"{GOOD}\n\n{said}\n"]), "utf-8")
    report = gcmkg.ingest([tmp_path / "a.txt"], store=tmp_path / "store")
    assert [dict(r) for r in report.documents[0].remarks] == [{"code": "garbled", "pages": [1], "weight": 0.2}]
    with gcmkg.open_store(tmp_path / "store") as store:
        best = store.search("register migrant workers and issue identity documents", limit=1).hits[0]
        facts = [f for f in store.facts() if f["quote"] in said]
        status = store.status()["documents"][0]
    assert best.entry.page == 2
    assert status["quality"] == ["garbled: page 1"]
    assert len(status["warnings"]) == 1
    confidence = {(f["kind"], f.get("objective"), f["page"]): f["confidence"] for f in facts}
    links = [(kind, number) for kind, number, page in confidence if page == 1 and kind == "objective_link"]
    assert links
    for kind, number in [*links, ("statement", None)]:
        assert confidence[kind, number, 1] == pytest.approx(0.2 * confidence[kind, number, 2], abs=0.02)
    assert all("poor quality" in f["reason"] for f in facts if f["page"] == 1 and f["kind"] == "objective_link")


def test_a_document_in_another_language_is_said_as_a_whole() -> None:
    found = assess("a.txt", FRENCH * 20, (), ())
    assert found.warnings == (
        "a.txt is in French, and only English is read well: little will be found there, and it weighs less.",
    )
    assert all(region.weight < 1 for region in found.regions)


def test_good_text_has_no_fault() -> None:
    assert assess("a.txt", GOOD * 30, (0, 900, 1700), ()) == Assessment()


@pytest.mark.parametrize(
    ("pages", "text"), [((3,), "Page 3"), ((3, 4, 5, 9), "Pages 3–5, 9"), (tuple(range(1, 90, 2)), "and others")]
)
def test_pages_in_words(pages: tuple[int, ...], text: str) -> None:
    assert text in numbered(pages)
