"""Web pages: headings, lists, tables and notes of the text; menus, notices, scripts and forms are left out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.content import Content
from ingest.formats.docx_numbering import formatted
from ingest.formats.docx_runs import HARD, Run, shown
from ingest.formats.html_parts import (
    BLOCKS,
    HEADINGS,
    NOTES,
    attribute,
    contents_of,
    is_boilerplate,
    is_contents,
    main_part,
    page_title,
    table_rows,
)
from ingest.formats.writer import TextWriter, escape, superscript
from ontology.document import RegionKind

_CHARSET = re.compile(rb"<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_ALLOWED = re.compile(
    r"utf-?8|us-ascii|(?:iso-?8859|windows|cp)-?\d{1,5}(?:-\d{1,2})?|latin-?1|gb(?:2312|k|18030)|big5|shift_jis|"
    r"euc-(?:jp|kr)|koi8-[ru]|macintosh",
    re.IGNORECASE,
)
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_RAISED = re.compile(r"\[?\(?(\d{1,4})\)?\]?")
_BOLD = frozenset({"b", "strong"})
_BACK = re.compile(r"\s*[↩↑^⏎]\ufe0e?\s*$")


@dataclass(slots=True)
class _Walk:
    """Goes through the page and writes its blocks."""

    writer: TextWriter
    runs: list[Run] = field(default_factory=list)
    lists: list[list[str | int]] = field(default_factory=list)
    mark: str | None = None
    heading: int = 0
    bold: int = 0
    notes: int = 0
    note: str | None = None
    caption: int = 0

    def walk(self, root: LexborNode) -> None:
        """Every node below the root, without recursion: pages nest as deeply as they like."""
        stack: list[tuple[LexborNode, bool]] = [(root, False)]
        while stack:
            node, leaving = stack.pop()
            if leaving:
                self.leave(node)
                continue
            if node.is_text_node:
                self.text(node.text_content or "")
                continue
            if node.tag is None or not self.enter(node):
                continue
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(_children(node))))
        self.flush()

    def text(self, text: str) -> None:
        """A stretch of text in the current block."""
        inner = escape(text)
        if inner or text:
            lead, trail = text[:1].isspace(), text[-1:].isspace()
            self.runs.append(Run((" " * lead + inner + " " * trail) if inner else " ", bool(self.bold)))

    def enter(self, node: LexborNode) -> bool:
        """What an element begins; False where what is in it was written or is left out."""
        tag = node.tag or ""
        if is_boilerplate(node):
            return False
        if is_contents(node):
            self.flush()
            for line in contents_of(node):
                self.writer.marked(RegionKind.CONTENTS, [(0, escape(line))])
            return False
        if tag == "sup":
            return self.raised(node)
        if tag == "br":
            self.runs.append(Run(HARD, bool(self.bold)))
        if tag == "table" and (rows := table_rows(node)) is not None:
            self.flush()
            head = next((c.text() for c in _children(node) if c.tag == "caption"), "")
            if head.strip():
                self.writer.marked(RegionKind.CAPTION, [(0, escape(head))])
            self.writer.rows([[[(0, escape(cell))] for cell in row] for row in rows[0]], header=rows[1])
            return False
        if tag in BLOCKS:
            self.flush()
        self.begin(node, tag)
        return True

    def begin(self, node: LexborNode, tag: str) -> None:
        """Take note of a heading, list, item or bold stretch that begins."""
        if tag in HEADINGS:
            self.heading = int(tag[1])
        elif tag in ("ol", "ul", "menu"):
            start = attribute(node, "start")
            count = int(start) - 1 if start.isdecimal() and len(start) < 6 else 0
            self.lists.append([tag if tag == "ol" else "ul", _FORMS.get(attribute(node, "type"), "decimal"), count])
        elif tag == "li":
            self.item(node)
        elif tag in _BOLD:
            self.bold += 1
        elif tag in ("figcaption", "caption"):
            self.caption += 1
        if NOTES.search(f"{attribute(node, 'class')} {attribute(node, 'id')} {attribute(node, 'role')}"):
            self.notes += tag in ("section", "div", "ol", "aside", "footer")

    def item(self, node: LexborNode) -> None:
        """The mark of an item: that of its list, or its number among the notes."""
        if not self.lists:
            self.lists.append(["ul", "decimal", 0])
        kind, form, count = self.lists[-1]
        value = attribute(node, "value")
        number = int(value) if value.isdecimal() and len(value) < 6 else int(count) + 1
        self.lists[-1][2] = number
        self.mark = f"{formatted(number, str(form))}." if kind == "ol" else "-"
        self.note = str(number) if self.notes and kind == "ol" else None

    def leave(self, node: LexborNode) -> None:
        """What an element ends."""
        tag = node.tag or ""
        if tag in BLOCKS:
            self.flush()
        if tag in HEADINGS:
            self.heading = 0
        elif tag in ("ol", "ul", "menu") and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.mark = self.note = None
        elif tag in _BOLD:
            self.bold = max(0, self.bold - 1)
        elif tag in ("figcaption", "caption"):
            self.caption = max(0, self.caption - 1)

    def raised(self, node: LexborNode) -> bool:
        """A superscript: the mark of a note, or letters as they are."""
        match = _RAISED.fullmatch(node.text().strip())
        if match:
            self.runs.append(Run(superscript(match[1]), bool(self.bold)))
        return match is None

    def flush(self) -> None:
        """Write the block that was gathered."""
        runs, self.runs = self.runs, []
        text = shown(runs, marked=not self.heading)
        if not text:
            return
        if self.heading:
            self.writer.heading(self.heading, [(0, " ".join(text.split()))])
        elif self.note:
            self.writer.note(self.note, [(0, _BACK.sub("", text))])
            self.note = self.mark = None
        elif self.caption:
            self.writer.marked(RegionKind.CAPTION, [(0, text)])
        elif self.mark and self.lists:
            self.writer.item(self.mark, [(0, text)], level=len(self.lists) - 1)
            self.mark = None
        else:
            self.writer.paragraph([(0, text)])


def read_html(raw: bytes, name: str) -> Content:
    """The text of a web page."""
    text, warnings = _decoded(raw, name)
    tree = LexborHTMLParser(text)
    walk = _Walk(TextWriter())
    root = main_part(tree)
    title = page_title(tree, root)
    if title:
        walk.writer.heading(1, [(0, escape(title))])
    if root is not None:
        walk.walk(root)
    return Content(walk.writer.text, (), warnings, walk.writer.regions)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """By its byte order mark, by what it declares, as UTF-8, or as the Windows code page of the West."""
    for mark, encoding in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
                           (codecs.BOM_UTF16_BE, "utf-16-be")):
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), ()
    declared = _CHARSET.search(raw[:4096])
    named = declared[1].decode("ascii") if declared else "utf-8"
    encoding = named if _ALLOWED.fullmatch(named) else "utf-8"
    try:
        text = raw.decode(encoding, "replace")
    except LookupError:
        text = raw.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    if not bad:
        return text, ()
    if encoding.casefold().startswith("utf") and bad > max(10, 0.001 * len(text)):
        warning = f"{name} is not {encoding.upper()} and was read as Windows-1252; check its accented letters."
        return raw.decode("cp1252", "replace"), (warning,)
    return text, (f"{bad} unreadable bytes of {name} were replaced by U+FFFD; save the file as UTF-8.",)
