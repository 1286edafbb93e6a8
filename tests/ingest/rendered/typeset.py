"""A small typesetter: blocks to PDF with headings, columns, notes at the foot, tables, running heads and page numbers.

It knows on which page each sentence begins, and which sentences cross a column or a page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from ontology.document import PassageKind
from tests.ingest.rendered.material import BOLD, CLOSE, OPEN, REGULAR, Block, Sentence

_REFERENCE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
_HEADINGS = {1: 20.0, 2: 15.0, 3: 12.5, 4: 11.5}


@dataclass(frozen=True, slots=True)
class Style:
    """How a document looks."""

    columns: int = 1
    size: float = 10.0
    regular: str = "Helvetica"
    bold: str = "Helvetica-Bold"
    justified: bool = False
    hyphens: bool = True
    indented: bool = False
    ruled: bool = True
    width: float = 595.0
    height: float = 842.0
    margin: float = 62.0
    gutter: float = 22.0


STYLES = {
    "one column": Style(),
    "two columns": Style(columns=2, regular="Times-Roman", bold="Times-Bold", justified=True),
    "indented": Style(indented=True, hyphens=False, ruled=False),
}
"""Looks that reports have: ruled tables or none, paragraphs by space or by indent, justified or ragged."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A PDF, the page on which each sentence begins, and those that cross a column or a page."""

    raw: bytes
    pages: dict[int, int]
    crossing: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    sentence: int
    notes: tuple[str, ...] = ()
    bold: bool = False
    new_line: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    words: tuple[_Word, ...]
    last: bool


@dataclass(slots=True)
class _Setter:
    style: Style
    title: str
    notes: dict[str, Block]
    buffer: io.BytesIO = field(default_factory=io.BytesIO)
    page: int = 0
    column: int = 0
    y: float = 0.0
    top: float = 0.0
    floor: float = 0.0
    waiting: list[Block] = field(default_factory=list)
    pages: dict[int, int] = field(default_factory=dict)
    places: dict[int, set[tuple[int, int]]] = field(default_factory=dict)
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self.buffer, pagesize=(self.style.width, self.style.height), invariant=1)
        self.new_page()

    @property
    def measure(self) -> float:
        style = self.style
        return (style.width - 2 * style.margin - (style.columns - 1) * style.gutter) / style.columns

    @property
    def left(self) -> float:
        return self.style.margin + self.column * (self.measure + self.style.gutter)

    def new_page(self) -> None:
        self.page += 1
        style = self.style
        self.canvas.setFont(style.regular, 8)
        if self.page > 1:
            self.canvas.drawString(style.margin, style.height - 36, self.title[:70])
        self.canvas.drawCentredString(style.width / 2, 30, str(self.page))
        self.column, self.top = 0, style.height - style.margin
        self.y, self.floor = self.top, style.margin

    def next_column(self) -> None:
        self.draw_notes()
        if self.column + 1 < self.style.columns:
            self.column += 1
            self.y, self.floor = self.top, self.style.margin
            return
        self.canvas.showPage()
        self.new_page()

    def draw_notes(self) -> None:
        """The notes of this column, at its foot."""
        if not self.waiting:
            return
        style = self.style
        size = style.size * 0.8
        y = self.floor - 4
        self.canvas.setLineWidth(0.4)
        self.canvas.line(self.left, y + 2, self.left + 90, y + 2)
        for block in self.waiting:
            for number, line in enumerate(self.note_lines(block)):
                y -= 1.2 * size
                x = self.left
                if number == 0:
                    self.canvas.setFont(style.regular, size * 0.65)
                    self.canvas.drawString(x, y + size * 0.33, block.note or "")
                    x += stringWidth(block.note or "", style.regular, size * 0.65) + 1.5
                self.put_line(line, x, y, style.regular, size, self.measure - (x - self.left), justified=False)
        self.waiting = []

    def note_lines(self, block: Block) -> list[_Line]:
        return list(self.lines(block, self.style.regular, self.style.size * 0.8, self.measure - 8))

    def lines(self, block: Block, font: str, size: float, measure: float, first: float = 0.0) -> Iterator[_Line]:
        """Words broken into lines; long words are parted by a hyphen where they do not fit."""
        words = _words(block)
        line: list[_Word] = []
        room = measure - first
        space = stringWidth(" ", font, size)
        while words:
            word = words.pop(0)
            if word.new_line and line:
                yield _Line(tuple(line), last=True)
                line, room = [], measure
            wide = stringWidth(word.text, font, size) + 5 * len(word.notes)
            if wide <= room or not line:
                line.append(word)
                room -= wide + space
                continue
            cut = self.hyphen(word.text, room, font, size) if self.style.hyphens else 0
            if cut:
                line.append(_Word(word.text[:cut] + "-", word.sentence, (), word.bold))
                word = _Word(word.text[cut:], word.sentence, word.notes, word.bold)
            yield _Line(tuple(line), last=False)
            line, room = [], measure
            words.insert(0, word)
        if line:
            yield _Line(tuple(line), last=True)

    @staticmethod
    def hyphen(word: str, room: float, font: str, size: float) -> int:
        if not word.isalpha() or len(word) < 9 or not word[1:].islower():
            return 0
        cuts = [n for n in range(4, len(word) - 3) if word[n - 1] in "aeiou" and word[n] not in "aeiou"]
        return max((n for n in cuts if stringWidth(word[:n] + "-", font, size) <= room), default=0)

    def put_line(
        self, line: _Line, x: float, y: float, font: str, size: float, measure: float, *, justified: bool
    ) -> None:
        space = stringWidth(" ", font, size)
        if justified and not line.last and len(line.words) > 3:
            used = sum(stringWidth(w.text, font, size) + 5 * len(w.notes) for w in line.words)
            space = (measure - used) / (len(line.words) - 1)
        for word in line.words:
            self.places.setdefault(word.sentence, set()).add((self.page, self.column))
            self.pages.setdefault(word.sentence, self.page)
            face = self.style.bold if word.bold else font
            self.canvas.setFont(face, size)
            self.canvas.drawString(x, y, word.text)
            x += stringWidth(word.text, face, size)
            for note in word.notes:
                self.canvas.setFont(font, size * 0.62)
                self.canvas.drawString(x, y + size * 0.36, note)
                x += stringWidth(note, font, size * 0.62)
            x += space

    def set_block(self, block: Block, *, font: str, size: float, before: float, indent: float = 0.0,
                  mark: str = "", first: float = 0.0, keep: int = 1) -> None:
        self.y -= before if self.y < self.top else 0.0
        lines = list(self.lines(block, font, size, self.measure - indent, first))
        if self.y - keep * 1.35 * size < self.floor:
            self.next_column()
        for number, line in enumerate(lines):
            notes = [self.notes[n] for n in dict.fromkeys(n for w in line.words for n in w.notes) if n in self.notes]
            room = sum(1.2 * 0.8 * self.style.size * len(self.note_lines(n)) for n in notes)
            room += 8 if notes and not self.waiting else 0
            if self.y - 1.25 * size < self.floor + room:
                self.next_column()
            if self.y - 1.25 * size >= self.floor + room:
                self.waiting.extend(notes)
                for note in notes:
                    self.notes.pop(note.note or "")
                self.floor += room
            self.y -= 1.25 * size
            x = self.left + indent + (first if number == 0 else 0.0)
            if mark and number == 0:
                self.canvas.setFont(font, size)
                self.canvas.drawString(self.left + indent - 17, self.y, mark)
            self.put_line(line, x, self.y, font, size, self.measure - indent - (first if number == 0 else 0.0),
                          justified=self.style.justified)

    def set_table(self, rows: Sequence[Block]) -> None:
        """A table; each column as wide as its words need, lines between the rows."""
        style = self.style
        size = style.size * 0.95
        count = max(len(row.cells) for row in rows)
        weights = [
            max(30.0, min(240.0, max(stringWidth(r.cells[c], style.regular, size) for r in rows if c < len(r.cells))))
            for c in range(count)
        ]
        least = [
            12 + max(
                stringWidth(w, style.regular, size)
                for r in rows if c < len(r.cells) for w in r.cells[c].split() or [""]
            )
            for c in range(count)
        ]
        spare = self.measure - sum(least)
        widths = [low + spare * w / sum(weights) for low, w in zip(least, weights, strict=True)]
        self.y -= 6
        for row in rows:
            cells = [list(self.lines(_cell(row, c), style.regular, size, w - 8)) for c, w in enumerate(widths)
                     if c < len(row.cells)]
            high = 1.2 * size * max(len(cell) for cell in cells) + 6
            if self.y - high < self.floor:
                self.next_column()
            x = self.left
            for cell, width in zip(cells, widths, strict=False):
                y = self.y - 3
                for line in cell:
                    y -= 1.2 * size
                    self.put_line(line, x + 4, y + 2, style.regular, size, width, justified=False)
                if style.ruled:
                    self.canvas.setLineWidth(0.5)
                    self.canvas.rect(x, self.y - high, width, high, stroke=1, fill=0)
                x += width
            self.y -= high
        self.y -= 4


def _words(block: Block) -> list[_Word]:
    """The words of a block; a sentence without a stop ends its line, as in an address."""
    out: list[_Word] = []
    bold = ended = False
    for sentence in block.sentences:
        for number, word in enumerate(sentence.text.split()):
            bold = bold or BOLD in word
            shown = _REFERENCE.sub("", word).replace(BOLD, "").replace(REGULAR, "")
            out.append(_Word(shown, sentence.number, tuple(_REFERENCE.findall(word)), bold, ended and number == 0))
            bold = bold and REGULAR not in word
        ended = bool(out) and out[-1].text[-1:].isalnum()
    return out


def _cell(row: Block, number: int) -> Block:
    return Block(row.kind, (Sentence(row.sentences[0].number, row.cells[number]),), 0, None, None, ())


def typeset(blocks: Sequence[Block], style: Style, *, title: str) -> Typeset:
    """The blocks as a PDF."""
    referred = {n for b in blocks for s in b.sentences for n in _REFERENCE.findall(s.text)}
    notes: dict[str, Block] = {}
    for block in blocks:
        if block.kind is PassageKind.FOOTNOTE and block.note in referred:
            notes.setdefault(block.note or "", block)
    at_foot = list(notes.values())
    setter = _Setter(style, title, notes)
    for are_rows, group in groupby(blocks, key=lambda b: b.kind is PassageKind.TABLE_ROW and bool(b.cells)):
        if are_rows:
            setter.set_table(list(group))
            continue
        for block in group:
            if block not in at_foot:
                _set(setter, block)
    setter.draw_notes()
    setter.canvas.save()
    crossing = frozenset(number for number, places in setter.places.items() if len(places) > 1)
    return Typeset(setter.buffer.getvalue(), setter.pages, crossing)


def _set(setter: _Setter, block: Block) -> None:
    style = setter.style
    if block.kind is PassageKind.HEADING:
        size = _HEADINGS.get(block.level, 10.5) * style.size / 10
        setter.set_block(block, font=style.bold, size=size, before=0.9 * size, keep=3)
    elif block.kind is PassageKind.LIST_ITEM:
        setter.set_block(block, font=style.regular, size=style.size, before=3, indent=19.0 * max(block.level, 1),
                         mark=block.mark if block.mark and block.mark not in "-*+" else "•")
    elif block.kind is PassageKind.CONTENTS:
        return
    elif block.kind is PassageKind.CAPTION:
        setter.set_block(block, font=style.regular, size=0.85 * style.size, before=6)
    else:
        setter.set_block(block, font=style.regular, size=style.size, before=1 if style.indented else 6,
                         first=14 if style.indented else 0.0)
