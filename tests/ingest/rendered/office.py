"""Blocks to DOCX: built-in styles, lists that Word numbers itself, footnotes, a table with a head."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from ontology.document import PassageKind
from tests.ingest.rendered.material import BOLD, CLOSE, OPEN, REGULAR, Block

_PIECE = re.compile(f"({OPEN}[^{CLOSE}]*{CLOSE}|[{BOLD}{REGULAR}])")
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def word_file(blocks: Sequence[Block]) -> bytes:
    """The blocks as a Word file; lines of contents are left out."""
    document = docx.Document()
    referred = [n for b in blocks for s in b.sentences for n in re.findall(f"{OPEN}([^{CLOSE}]*){CLOSE}", s.text)]
    notes = {b.note: b for b in reversed(blocks) if b.kind is PassageKind.FOOTNOTE and b.note in referred}
    placed: list[str] = []
    for is_row, group in groupby(blocks, key=lambda b: b.kind is PassageKind.TABLE_ROW and bool(b.cells)):
        if is_row:
            _table(document, list(group))
            continue
        for block in group:
            if block.kind is not PassageKind.CONTENTS and block not in notes.values():
                _paragraph(document, block, notes, placed)
    _footnotes(document, placed, notes)
    document.sections[0].header.paragraphs[0].text = "A running head of the document"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _paragraph(document: Any, block: Block, notes: dict[str | None, Block], placed: list[str]) -> None:
    style = "Normal"
    if block.kind is PassageKind.HEADING:
        style = "Title" if block.level == 1 else f"Heading {min(block.level - 1, 9)}"
    elif block.kind is PassageKind.CAPTION:
        style = "Caption"
    paragraph = document.add_paragraph(style=style)
    if block.kind is PassageKind.LIST_ITEM and (not block.mark or block.mark in "-*+•"):
        paragraph.style = document.styles[f"List Bullet{f' {block.level}' if 1 < block.level < 4 else ''}"]
    elif block.kind is PassageKind.LIST_ITEM:
        paragraph.add_run(f"{block.mark}\t")
    bold = False
    for number, sentence in enumerate(block.sentences):
        if number:
            paragraph.add_run("\n" if block.sentences[number - 1].text[-1:].isalnum() else " ")
        for piece in _PIECE.split(sentence.text):
            if piece in (BOLD, REGULAR):
                bold = piece == BOLD
            elif piece.startswith(OPEN) and piece[1:-1] in notes and piece[1:-1] not in placed:
                placed.append(piece[1:-1])
                _reference(paragraph, len(placed))
            elif piece and not piece.startswith(OPEN):
                paragraph.add_run(piece).bold = bold or None


def _reference(paragraph: Any, number: int) -> None:
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    paragraph.add_run()._r.append(reference)


def _footnotes(document: Any, placed: Sequence[str], notes: dict[str | None, Block]) -> None:
    bodies = ['<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>']
    for number, mark in enumerate(placed, 1):
        text = re.sub(f"{OPEN}[^{CLOSE}]*{CLOSE}", "", " ".join(s.text for s in notes[mark].sentences))
        text = text.replace("&", "&amp;").replace("<", "&lt;")
        bodies.append(
            f'<w:footnote w:id="{number}"><w:p><w:r><w:footnoteRef/></w:r>'
            f'<w:r><w:t xml:space="preserve"> {text}</w:t></w:r></w:p></w:footnote>'
        )
    blob = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{_NAMESPACE}">{"".join(bodies)}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), _TYPE, blob.encode(), document.part.package)
    document.part.relate_to(part, RELATION.FOOTNOTES)


def _table(document: Any, rows: Sequence[Block]) -> None:
    table = document.add_table(rows=0, cols=max(len(row.cells) for row in rows))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row.cells, strict=False):
            cell.text = text
