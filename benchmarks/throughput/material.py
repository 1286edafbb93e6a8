"""Documents to be read at length: those of the corpus with other numbers, countries and words in each copy.

No two copies share a sentence, so that no cache of vectors or sentences makes the work look quicker than it is.
What is replaced is drawn from a digest of the copy's number and the word, the same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256

from ingest.formats.writer import TextWriter, superscript
from ontology.document import PassageKind
from ontology.vocabulary import load_vocabulary
from tests.ingest.rendered.material import BOLD, CLOSE, FILES, OPEN, REGULAR, Block, Sentence, blocks, document
from tests.ingest.rendered.office import word_file
from tests.ingest.rendered.typeset import STYLES, typeset

_WORD = re.compile(r"[^\W\d_]+|\d+")
_REFERENCE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_LONG = 7
_SHARE = 4
"""One in so many of the long words in small letters is replaced, and the last one of each sentence."""


@dataclass(frozen=True, slots=True)
class Material:
    """One document in three formats; `pages` counts those of the one-column PDF."""

    name: str
    pages: int
    text: bytes
    pdf: bytes
    docx: bytes


def materials(pages: int) -> Iterator[Material]:
    """Documents until they have so many pages together."""
    made = number = 0
    while made < pages:
        name = FILES[number % len(FILES)]
        varied = [_varied(block, number) for block in _blocks(name)]
        title = next(b.sentences[0].text for b in varied if b.kind is PassageKind.HEADING)
        look = typeset(varied, STYLES["one column"], title=title)
        count = max(look.pages.values())
        yield Material(f"{number:04}", count, markdown(varied).encode(), look.raw, word_file(varied))
        made, number = made + count, number + 1


def small(number: int, *, sentences: int = 6) -> str:
    """A short text, another one for each number."""
    found = [s for name in FILES for b in _blocks(name) if b.kind is PassageKind.SENTENCE for s in b.sentences]
    begin = _drawn(number, "begin") % len(found)
    chosen = [found[(begin + n) % len(found)] for n in range(sentences)]
    block = _varied(Block(PassageKind.SENTENCE, tuple(chosen), 0, None, None, ()), number)
    shown = " ".join(_REFERENCE.sub("", s.text).replace(BOLD, "").replace(REGULAR, "") for s in block.sentences)
    return f"# Report {number} on migration\n\n{shown}\n"


def markdown(source: Sequence[Block]) -> str:
    """The blocks as the Markdown that all readers write."""
    writer = TextWriter()
    for block in source:
        shown = [(0, " ".join(_shown(sentence.text) for sentence in block.sentences))]
        if block.kind is PassageKind.HEADING:
            writer.heading(block.level, shown)
        elif block.kind is PassageKind.LIST_ITEM:
            writer.item(block.mark or "-", shown, level=max(block.level - 1, 0))
        elif block.kind is PassageKind.FOOTNOTE:
            writer.note(block.note or "1", shown)
        elif block.kind is PassageKind.TABLE_ROW and block.cells:
            writer.rows([[[(0, cell)] for cell in block.cells]])
        else:
            writer.paragraph(shown)
    return writer.text


def _shown(text: str) -> str:
    text = _REFERENCE.sub(lambda m: superscript(m[1]), text)
    return text.replace(BOLD, "**").replace(REGULAR, "**")


@cache
def _blocks(name: str) -> tuple[Block, ...]:
    return tuple(blocks(document(name)))


@cache
def _words() -> tuple[str, ...]:
    """The long words in small letters of all documents."""
    texts = (s.text for name in FILES for b in _blocks(name) for s in b.sentences)
    return tuple(sorted({w for t in texts for w in _WORD.findall(t) if w.islower() and len(w) >= _LONG}))


@cache
def _countries() -> tuple[str, ...]:
    """Names of countries of one word, as PDF fonts can show them."""
    return tuple(sorted(a.name for a in load_vocabulary().areas if a.alpha3 and a.name.isalpha() and a.name.isascii()))


def _varied(block: Block, number: int) -> Block:
    varied = tuple(Sentence(s.number, _changed(s.text, number)) for s in block.sentences)
    return replace(block, sentences=varied, cells=tuple(_changed(cell, number) for cell in block.cells))


def _changed(text: str, number: int) -> str:
    """The text with other figures and countries, and with some other words; references to notes stay."""
    notes = [match.span() for match in _REFERENCE.finditer(text)]
    matches = [m for m in _WORD.finditer(text) if not any(a <= m.start() < b for a, b in notes)]
    long = [m.start() for m in matches if m[0].islower() and len(m[0]) >= _LONG]
    out, end = [], 0
    for match in matches:
        out += [text[end : match.start()], _other(match[0], number, always=match.start() == max(long, default=-1))]
        end = match.end()
    return "".join([*out, text[end:]])


def _other(word: str, number: int, *, always: bool) -> str:
    drawn = _drawn(number, word)
    if word.isdecimal():
        return str(drawn % 10 ** len(word)).zfill(len(word)) if len(word) < 9 else word
    if word in _countries():
        return _countries()[drawn % len(_countries())]
    if always or (word.islower() and len(word) >= _LONG and drawn % _SHARE == 0):
        return _words()[drawn // _SHARE % len(_words())]
    return word


def _drawn(number: int, word: str) -> int:
    return int.from_bytes(sha256(f"{number}/{word}".encode()).digest()[:6], "big")
