"""One text for all formats: what a reader of PDF, DOCX or HTML found, written in the Markdown that segmentation reads.

The text is what is stored and quoted, so that as little as possible is added: "#" before headings, list marks,
"|" between cells, raised figures for note marks, and a backslash before what would be taken for markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ingest.mend import unhyphenated
from ontology.document import Region, RegionKind

Parts = Sequence[tuple[int, str]]
"""A stretch of text by page: (page number from 1, its text). Formats without pages give page 0."""

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ANYWHERE = re.compile(  # begins with one class of characters, so that the search skips all others
    r"[\\*`_<&\[](?:(?<=[\\*`])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=<)(?=[A-Za-z/!])|(?<=&)(?=#?\w{2,30};)"
    r"|(?<=\[)(?=\^|[^\[\]\n]{1,500}\]\())"
)
_AT_START = re.compile(r"(?:#{1,6}(?=\s|$)|>|\||[+-](?=\s)|(?:[-=_—]\s*)+$)")
_BREAK_HYPHEN = re.compile(r"[^\W\d_]{2}-$")
_JOINERS = "-‐‑/–—@._\n"
"""What ends a line that may go on without a space."""
_GLUED = re.compile(r"(?:\w[-‐‑/]|\d[–—]|[\w.]@|://\S{1,500}[./_])$")


def superscript(digits: str) -> str:
    """Figures raised: "12" gives "¹²"."""
    return digits.translate(_SUPERSCRIPT)


def escape(text: str) -> str:
    """Text of a document so that nothing in it is taken for markup; white space becomes single spaces."""
    return _ANYWHERE.sub(_escaped, " ".join(text.split()))


def _escaped(match: re.Match[str]) -> str:
    return "\\" + match[0]


def join_lines(lines: Iterable[str]) -> str:
    """The lines of a paragraph as one.

    A word parted at a line's end stays parted by its hyphen and a line break; so does a line that ends in two
    spaces, which is Markdown for a line that ends there.
    """
    out: list[str] = []
    for line in lines:
        if not line:
            continue
        if out:
            out.append(_joint(out[-1], line))
        out.append(line)
    return "".join(out)


def _joint(before: str, line: str) -> str:
    if before.endswith("\u00ad"):
        return ""
    if before.endswith("  "):
        return "\n"
    if before[-1:] not in _JOINERS:
        return " "
    if _BREAK_HYPHEN.search(before[-3:]) and line[:1].islower():
        return "\n"
    return "" if _GLUED.search(before[-510:]) else " "


class TextWriter:
    """Writes blocks one after the other and keeps the offset of each page and of each stretch that is no prose."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._size = 0
        self._pages: list[int] = []
        self._regions: list[Region] = []
        self._in_list = False

    @property
    def text(self) -> str:
        """What was written so far."""
        return "".join(self._out)

    @property
    def pages(self) -> tuple[int, ...]:
        """The offset at which each page begins."""
        return tuple(self._pages)

    @property
    def regions(self) -> tuple[Region, ...]:
        """The stretches whose kind the format tells."""
        return tuple(self._regions)

    def page(self, number: int) -> None:
        """Begin pages up to `number`, from 1; a page that is begun already is left alone."""
        while len(self._pages) < number:
            self._pages.append(self._size)

    def paragraph(self, parts: Parts) -> None:
        """A paragraph, by page where it crosses pages."""
        self._block("", parts)

    def heading(self, depth: int, parts: Parts) -> None:
        """A heading of the given depth, 1 the outermost."""
        flat = [(page, unhyphenated(text)) for page, text in parts]
        self._block("#" * min(max(depth, 1), 6) + " ", flat)

    def item(self, mark: str, parts: Parts, *, level: int = 0) -> None:
        """A list item with its mark ("-", "1.", "(a)"); `level` counts from 0."""
        self._block("  " * min(level, 10) + mark + " ", parts, item=True)

    def note(self, mark: str, parts: Parts) -> None:
        """A footnote or endnote with its mark: figures, or a star."""
        self._block(superscript(mark) + " " if mark.isdecimal() else f"[^{mark}]: ", parts)

    def rows(self, rows: Sequence[Sequence[Parts]], *, header: bool = False) -> None:
        """A table, a row a line; the first row is the header where `header`."""
        self._gap(item=False)
        for number, row in enumerate(rows):
            first = next((page for cell in row for page, _ in cell), 0)
            self.page(first)
            cells = (unhyphenated(join_lines(text.replace("|", "¦") for _, text in cell)) for cell in row)
            self._put("| " + " | ".join(cells) + " |\n")
            if header and number == 0:
                self._put("|" + " --- |" * len(row) + "\n")

    def marked(self, kind: RegionKind, parts: Parts) -> None:
        """A stretch that is no prose: a running head, a page number, a caption, a line of contents."""
        self._gap(item=False)
        begin = self._size
        self._block("", parts)
        if self._size > begin:
            self._regions.append(Region(begin, self._size, kind))

    def _block(self, lead: str, parts: Parts, *, item: bool = False) -> None:
        written = [(page, text) for page, text in parts if text]
        if not written:
            return
        self._gap(item=item)
        before = ""
        for page, text in written:
            shown = ("\\" if not before and not lead and _AT_START.match(text) else "") + text
            if before:
                self._put(_joint(before, shown))
            self.page(page)
            if not before:
                self._put(lead)
            self._put(shown)
            before = shown
        self._put("\n")
        self._in_list = item

    def _gap(self, *, item: bool) -> None:
        if self._out and not (item and self._in_list):
            self._put("\n")
        self._in_list = False

    def _put(self, text: str) -> None:
        self._out.append(text)
        self._size += len(text)
