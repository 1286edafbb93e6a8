"""What the documents of the corpus say, as blocks to be set anew in other formats, and what must be read back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from ingest.mend import NOTE_MARK
from ingest.read import read_source
from ingest.segment import segment
from ontology.document import Document, Passage, PassageKind

CORPUS = Path(__file__).parents[3] / "corpus"
FILES = tuple(sorted(path.name for path in CORPUS.glob("*-*.md")))
OPEN, CLOSE = "\ue000", "\ue001"
"""Around the number of a note where it is referred to."""
BOLD, REGULAR = "\ue002", "\ue003"
"""Around the bold label that a paragraph begins with."""

_FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_REFERENCE = re.compile(NOTE_MARK)
_PROSE = (PassageKind.SENTENCE, PassageKind.LIST_ITEM, PassageKind.FOOTNOTE, PassageKind.TABLE_ROW)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence to be read back: `number` is its passage, `text` has note references between OPEN and CLOSE."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, item, note, caption, line of contents, or row (then `cells`)."""

    kind: PassageKind
    sentences: tuple[Sentence, ...]
    level: int
    mark: str | None
    note: str | None
    cells: tuple[str, ...]


def document(name: str) -> Document:
    """A document of the corpus, read from its Markdown."""
    return segment(read_source(CORPUS / name))


def blocks(source: Document) -> list[Block]:
    """The blocks of a document in order; running heads and lines of contents are left to the renderer."""
    references = _references(source)
    out = []
    for _, group in groupby(source.passages, key=lambda p: (p.paragraph, p.kind)):
        passages = list(group)
        first = passages[0]
        shown = [_with_references(p, references, _closing(source, p)) for p in passages]
        sentences = tuple(Sentence(p.index, _printable(text)) for p, text in zip(passages, shown, strict=True))
        cells = tuple(_printable(cell) for cell in first.cells)
        out.append(Block(first.kind, sentences, first.level, first.marker, first.note, cells))
    return out


def expected(source: Document) -> dict[int, Passage]:
    """What must be read back: sentences, items, notes and rows of more than a word, by number."""
    return {p.index: p for p in source.passages if p.kind in _PROSE and len(p.text) > 3}


def plain(text: str) -> str:
    """A sentence for comparison: letters and figures only, references to notes left out."""
    text = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}|[{BOLD}{REGULAR}]", "", _printable(text))
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


def _printable(text: str) -> str:
    """Without what the fonts of every PDF reader lack."""
    text = text.replace("\u2011", "-").replace("\u00a0", " ").replace("\ufb01", "fi").replace("\ufb02", "fl")
    return "".join(c if c in (OPEN, CLOSE, BOLD, REGULAR) or c.encode("cp1252", "ignore") else "?" for c in text)


def _references(source: Document) -> dict[int, list[tuple[int, str]]]:
    """Passage to `(offset, number)` of the notes that it refers to, where the document has such a note."""
    notes = {p.note for p in source.passages if p.kind is PassageKind.FOOTNOTE}
    running = [p for p in source.passages if p.kind in (PassageKind.SENTENCE, PassageKind.LIST_ITEM)]
    out: dict[int, list[tuple[int, str]]] = {}
    for match in _REFERENCE.finditer(source.source.text):
        number = re.sub(r"\D", "", match[0].translate(_FIGURES))
        before = [p for p in running if p.start < match.start()]
        if number in notes and before and match.start() - before[-1].fragments[-1].end < 12:
            out.setdefault(before[-1].index, []).append((match.start(), number))
    return out


def _closing(source: Document, passage: Passage) -> str:
    """The ":" or ";" that segmentation leaves out."""
    after = source.source.text[passage.fragments[-1].end : passage.fragments[-1].end + 1]
    return after if after in (":", ";") else ""


def _with_references(passage: Passage, references: dict[int, list[tuple[int, str]]], closing: str) -> str:
    """The mended text with the references put back: after the word that they stand behind, else at the end."""
    text = passage.text + closing
    for offset, number in references.get(passage.index, ()):
        before = re.search(r"\w+\W?$", passage.quote[: max(0, offset - passage.start)])
        place = text.rfind(before[0]) + len(before[0]) if before and before[0] in text else len(text)
        text = f"{text[:place]}{OPEN}{number}{CLOSE}{text[place:]}"
    label = re.match(r"\*\*([^*]{2,60}[.:])\*\*", passage.quote)
    if label and text.startswith(label[1]):
        text = f"{BOLD}{label[1]}{REGULAR}{text[len(label[1]):]}"
    return text
