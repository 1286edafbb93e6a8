"""Word files (DOCX): headings by style, lists with the marks that Word shows, tables, notes behind their paragraph.

Pages are made by the program that shows the file and are not in it, so that a page is never given.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.exceptions import OpcError
from docx.oxml.parser import parse_xml
from lxml import etree

from ingest.blocks import NUMBER
from ingest.content import Content
from ingest.formats.archive import check_archive, damaged
from ingest.formats.docx_numbering import BULLET, Numbering, W, read_numbering
from ingest.formats.docx_runs import Notes, boxes_of, is_on, runs_of, shown
from ingest.formats.writer import TextWriter
from ontology.document import RegionKind

_MARK = re.compile(NUMBER)
_HEADING = re.compile(r"heading ([1-9])$")
_DEEPEST = 40


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says, its own or by the style that it is based on."""

    name: str = ""
    depth: int = 0
    bold: bool = False
    number: str | None = None
    level: int | None = None


@dataclass(slots=True)
class _Reader:
    document: Any
    styles: dict[str, _Style]
    numbering: Numbering
    titled: bool
    writer: TextWriter = field(default_factory=TextWriter)
    notes: Notes = field(default_factory=Notes)

    def read(self) -> None:
        """Write the body, the notes that are left, and the running heads."""
        self.container(self.document.element.body)
        self.write_notes()
        for kind in (RELATION.HEADER, RELATION.FOOTER):
            for text in sorted({_plain(root) for root in self.parts(kind)} - {""}):
                self.writer.marked(RegionKind.FURNITURE, [(0, text)])

    def container(self, container: Any, *, contents: bool = False, deep: int = 0) -> None:
        """The blocks of a body, cell, text box or note."""
        for element in container:
            if element.tag == f"{W}p":
                self.paragraph(element, contents=contents)
                for box in boxes_of(element) if deep < _DEEPEST else ():
                    self.container(box, deep=deep + 1)
                self.write_notes()
            elif element.tag == f"{W}tbl":
                self.table(element, deep)
                self.write_notes()
            elif element.tag == f"{W}sdt" and deep < _DEEPEST:
                gallery = next(element.iter(f"{W}docPartGallery"), None)
                listed = gallery is not None and "contents" in gallery.get(f"{W}val", "").casefold()
                for content in element.findall(f"{W}sdtContent"):
                    self.container(content, contents=contents or listed, deep=deep + 1)
            elif element.tag in (f"{W}customXml", f"{W}ins", f"{W}smartTag") and deep < _DEEPEST:
                self.container(element, contents=contents, deep=deep + 1)

    def paragraph(self, element: Any, *, contents: bool) -> None:
        """One paragraph, as what its style makes it."""
        style = self.style(element)
        runs = list(runs_of(element, self.notes, bold=style.bold and not style.depth))
        text = shown(runs, marked=not style.depth)
        mark, level = self.mark(element, style) if text else (None, 0)
        if not text:
            return
        if style.name.startswith("toc ") or contents:
            self.writer.marked(RegionKind.CONTENTS, [(0, text.replace("\n", " "))])
        elif style.name == "caption":
            self.writer.marked(RegionKind.CAPTION, [(0, text)])
        elif style.depth:
            lead = f"{mark} " if mark and mark != BULLET else ""
            self.writer.heading(style.depth + (self.titled and style.name != "title"), [(0, _one_line(lead + text))])
        elif mark and (mark == BULLET or _MARK.fullmatch(mark)):
            self.writer.item(mark, [(0, text)], level=level)
        else:
            self.writer.paragraph([(0, f"{mark} {text}" if mark else text)])

    def style(self, element: Any) -> _Style:
        """The paragraph's style, with the outline level that it has itself."""
        properties = element.find(f"{W}pPr")
        if properties is None:
            return self.styles.get("", _Style())
        named = properties.find(f"{W}pStyle")
        style = self.styles.get(named.get(f"{W}val", "") if named is not None else "", _Style())
        outline = properties.find(f"{W}outlineLvl")
        level = outline.get(f"{W}val", "") if outline is not None else ""
        if level.isdecimal() and int(level) < 9:
            return _Style(style.name, int(level) + 1, style.bold, style.number, style.level)
        return style

    def mark(self, element: Any, style: _Style) -> tuple[str | None, int]:
        """The mark that Word shows before the paragraph, and its level."""
        own = element.find(f"{W}pPr/{W}numPr")
        number, level = style.number, style.level or 0
        if own is not None:
            identifier, at = own.find(f"{W}numId"), own.find(f"{W}ilvl")
            number = identifier.get(f"{W}val", "") if identifier is not None else number
            depth = at.get(f"{W}val", "") if at is not None else ""
            level = int(depth) if depth.isdecimal() and len(depth) < 3 else level
        if not number or number == "0":
            return None, 0
        return self.numbering.mark(number, level), level

    def table(self, table: Any, deep: int) -> None:
        """A table row by row; a table of one cell is a frame around paragraphs."""
        rows = [list(_cells(row)) for row in table.iter(f"{W}tr") if _owner(row) is table]
        if sum(len(row) for row in rows) == 1 and deep < _DEEPEST:
            self.container(rows[0][0][0], deep=deep + 1)
            return
        texts = []
        above: dict[int, str] = {}
        for row in rows:
            out: list[list[tuple[int, str]]] = []
            held: dict[int, str] = {}
            for cell, span, goes_on in row:
                text = above.get(len(out), "") if goes_on else self.cell(cell)
                held[len(out)] = text
                out.append([(0, text)])
                out.extend([(0, "")] for _ in range(span - 1))
            above = held
            if any(text for parts in out for _, text in parts):
                texts.append(out)
        header = bool(rows) and next(table.iter(f"{W}tblHeader"), None) is not None
        if texts:
            self.writer.rows(texts, header=header)

    def cell(self, cell: Any) -> str:
        """The paragraphs of a cell in one line."""
        paragraphs = (shown(list(runs_of(p, self.notes)), marked=False) for p in cell.iter(f"{W}p"))
        return " ".join(p.replace("\n", " ") for p in paragraphs if p)

    def write_notes(self) -> None:
        """The notes that were referred to since the last time."""
        while self.notes.waiting:
            kind, identifier = self.notes.waiting.pop(0)
            note = self.note(kind, identifier)
            text = " ".join(shown(list(runs_of(p, self.notes)), marked=False) for p in note.iter(f"{W}p")) if (
                note is not None) else ""
            if text.strip():
                self.writer.note(self.notes.numbers[kind, identifier], [(0, " ".join(text.split()))])

    def note(self, kind: str, identifier: str) -> Any:
        """The element of a note."""
        relation = RELATION.FOOTNOTES if kind == "footnote" else RELATION.ENDNOTES
        for root in self.parts(relation):
            for note in root.iter(f"{W}{kind}"):
                if note.get(f"{W}id") == identifier:
                    return note
        return None

    def parts(self, relation: str) -> Iterator[Any]:
        """The roots of the parts that the document refers to in one way."""
        for link in self.document.part.rels.values():
            if link.reltype == relation and not link.is_external:
                yield parse_xml(link.target_part.blob)


def read_docx(raw: bytes, name: str) -> Content:
    """The text of a Word file.

    Raises:
        DocumentError: DAMAGED, ENCRYPTED or TOO_LARGE.
    """
    check_archive(raw, name)
    reader = _opened(raw, name)
    try:
        reader.read()
    except (etree.LxmlError, OpcError, KeyError, ValueError, AttributeError) as error:
        raise damaged(name, error) from error
    deleted = reader.notes.deleted
    told = (f"{deleted} tracked deletions in {name} are left out; accept or reject the changes.",)
    return Content(reader.writer.text, (), told if deleted else (), reader.writer.regions)


def _opened(raw: bytes, name: str) -> _Reader:
    try:
        document = docx.Document(io.BytesIO(raw))
    except (etree.LxmlError, OpcError, zipfile.BadZipFile, KeyError, ValueError, OSError, AttributeError) as error:
        raise damaged(name, error) from error
    numbering = next((r.target_part for r in document.part.rels.values() if r.reltype == RELATION.NUMBERING), None)
    used = {e.get(f"{W}val", "") for e in document.element.body.iter(f"{W}pStyle")}
    styles = _styles(document.styles.element, used)
    titled = any(styles[key].name == "title" for key in sorted(used & set(styles)))
    return _Reader(document, styles, read_numbering(parse_xml(numbering.blob) if numbering else None), titled)


def _styles(root: Any, used: Collection[str]) -> dict[str, _Style]:
    """The paragraph styles that are used, by identifier, "" for the default."""
    elements = {e.get(f"{W}styleId", ""): e for e in root.iter(f"{W}style") if e.get(f"{W}type") == "paragraph"}
    out: dict[str, _Style] = {}
    for key, element in elements.items():
        default = element.get(f"{W}default") in ("1", "true")
        if default or not key or key in used:
            out[key] = _resolved(element, elements)
        if default:
            out[""] = out[key]
    return out


def _resolved(element: Any, elements: dict[str, Any]) -> _Style:
    name = ""
    depth, number, level = 0, None, None
    bold: bool | None = None
    seen: set[str] = set()
    while element is not None:
        own = _value(element, "name").casefold()
        name = name or own
        heading = _HEADING.match(own)
        outline = _value(element, f"pPr/{W}outlineLvl")
        if not depth:
            depth = int(heading[1]) if heading else int(outline) + 1 if outline.isdecimal() and int(outline) < 9 else 0
            depth = 1 if own == "title" else depth
        number = number or _value(element, f"pPr/{W}numPr/{W}numId") or None
        at = _value(element, f"pPr/{W}numPr/{W}ilvl")
        level = int(at) if level is None and at.isdecimal() and len(at) < 3 else level
        properties = element.find(f"{W}rPr")
        if bold is None and properties is not None and properties.find(f"{W}b") is not None:
            bold = is_on(properties, "b")
        base = _value(element, "basedOn")
        if base in seen:
            break
        seen.add(base)
        element = elements.get(base)
    return _Style(name, depth, bool(bold), number, level)


def _value(element: Any, path: str) -> str:
    found = element.find(f"{W}{path}")
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _owner(row: Any) -> Any:
    return next(row.iterancestors(f"{W}tbl"), None)


def _cells(row: Any) -> Iterator[tuple[Any, int, bool]]:
    """`(cell, columns that it spans, whether it goes on with the cell above)`."""
    for cell in row.iter(f"{W}tc"):
        if next(cell.iterancestors(f"{W}tr"), None) is not row:
            continue
        span = _value(cell, f"tcPr/{W}gridSpan")
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        yield cell, min(int(span), 63) if span.isdecimal() and len(span) < 4 else 1, goes_on


def _plain(root: Any) -> str:
    """The text of a running head."""
    lines = (shown(list(runs_of(p, Notes())), marked=False).replace("\n", " ") for p in root.iter(f"{W}p"))
    return " ".join(line for line in lines if line)


def _one_line(text: str) -> str:
    return " ".join(text.split())
