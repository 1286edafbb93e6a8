"""An index over the corpus, cut into passages by a splitter that is good enough for these tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.encoder import Encoder, load_encoder
from search.entries import Entry, context_of
from search.index import SearchIndex, build_index

CORPUS = Path(__file__).parents[2] / "corpus"
_SENTENCE = re.compile(r"[^\s](?:[^.!?;\n]|[.;](?!\s+[A-Z“\"]|\s*\n))*[.!?;]?")


def passages(path: Path) -> Iterator[Entry]:
    """Sentences and headings of a Markdown document, with offsets."""
    text = path.read_bytes().decode()
    title = next(line.strip("#* ") for line in text.splitlines() if line.strip())
    section: tuple[str, ...] = ()
    for line in re.finditer(r"[^\n]+", text):
        stripped = line.group().strip("#*|- \t")
        heading = line.group().startswith("#") or (len(stripped.split()) < 14 and not re.search(r"[.;:,]$", stripped))
        if heading:
            section = (stripped,)
        for found in re.finditer(r".+" if heading else _SENTENCE, line.group()):
            start, quote = line.start() + found.start(), found.group().strip()
            start += len(found.group()) - len(found.group().lstrip())
            mended = " ".join(re.sub(r"[*_#|]|<[^>]+>", " ", quote).split())
            if len(mended) < 3:
                continue
            yield Entry(
                passage_iri=f"urn:passage:{path.stem}:{start}", document=path.name, document_slug=path.stem,
                quote=quote, text=mended, start=start, end=start + len(quote), title=title,
                document_type="outreach_report" if "outreach" in path.stem else "other",
                year=2021 if "2021" in path.stem else 2020, scope=("KAZ",) if "kazakhstan" in path.stem else ("IRQ",),
                kind="heading" if heading else "sentence", section=section[0] if section else "",
                context=context_of(title, () if heading else section),
                objectives=((4, 3, 0.9),) if "identity" in mended else ((9, 1, 0.4),) if "traffick" in mended else (),
                bodies=("International Organization for Migration",) if "IOM" in mended else (),
                agent="International Organization for Migration" if mended.startswith("IOM ") else None,
                statement_type="recommendation" if " should " in mended else None,
            )


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture(scope="session")
def corpus_entries() -> tuple[Entry, ...]:
    documents = sorted(path for path in CORPUS.glob("*.md") if path.name != "README.md")
    return tuple(entry for path in documents for entry in passages(path))


@pytest.fixture(scope="session")
def index_folder(
    corpus_entries: tuple[Entry, ...], encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("search") / "index"
    build_index(corpus_entries, folder, encoder=encoder)
    return folder


@pytest.fixture(scope="session")
def index(index_folder: Path) -> SearchIndex:
    return SearchIndex.open(index_folder)
