"""The catalogue: given fields override, everything wrong is told in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.catalogue import load_catalogue
from ingest.read import read_source
from ingest.segment import segment
from ontology.errors import UsageError

CORPUS = Path(__file__).parents[2] / "corpus"


def catalogue(folder: Path, text: str) -> Path:
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return folder


def test_only_given_fields_override(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("# Terms of Reference of the Board\n\nMay 2020\n\nIt meets.", encoding="utf-8")
    folder = catalogue(tmp_path, '[[document]]\nfile = "a.md"\ntitle = "Better"\nscope = ["IRQ"]')
    metadata = segment(read_source(path), override=load_catalogue(folder).get(path, folder)).metadata
    assert (metadata.title, metadata.scope) == ("Better", ("IRQ",))
    assert (metadata.date, metadata.type, metadata.publisher) == ("2020-05", "terms_of_reference", "Board")


def test_the_catalogue_of_the_corpus_describes_every_document() -> None:
    loaded = load_catalogue(CORPUS)
    assert set(loaded.overrides) == {path.name for path in CORPUS.glob("*-*.md")}
    assert loaded.warnings == ()
    assert all(o.rights and o.title for o in loaded.overrides.values())


def test_no_catalogue_overrides_nothing(tmp_path: Path) -> None:
    assert load_catalogue(tmp_path).overrides == {}


def test_a_missing_file_is_a_warning(tmp_path: Path) -> None:
    loaded = load_catalogue(catalogue(tmp_path, '[[document]]\nfile = "gone.md"'))
    assert len(loaded.warnings) == 1
    assert "gone.md" in loaded.warnings[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[document]", "not valid TOML"),
        ('[[document]]\ntitle = "x"', '"file" is missing'),
        ('[[document]]\nfile = "a"\ncolour = "red"', "unknown key 'colour'"),
        ('[[document]]\nfile = "a"\ntitle = 5', "title = 5 is no text"),
        ('[[document]]\nfile = "a"\ntype = "novel"', "'novel' is no type"),
        ('[[document]]\nfile = "a"\ndate = "spring"', "'spring' is no date"),
        ('[[document]]\nfile = "a"\nscope = "IRQ"', "'IRQ' is no list"),
        ('[[document]]\nfile = "a"\n[[document]]\nfile = "a"', "twice"),
        ('document = "a"', "two brackets"),
        ('title = "a"', "unknown key 'title'"),
    ],
)
def test_mistakes_are_named_with_their_fix(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words.replace("[", r"\[")) as caught:
        load_catalogue(catalogue(tmp_path, text))
    assert "\n" not in str(caught.value)
