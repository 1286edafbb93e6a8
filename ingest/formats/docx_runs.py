"""The text of a Word paragraph: runs, references to notes, and what is in it without being shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ingest.blocks import BULLET, NUMBER
from ingest.formats.docx_numbering import W
from ingest.formats.writer import escape, superscript

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_THROUGH = frozenset(
    f"{W}{name}" for name in ("ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml",
                              "dir", "bdo")
)
_LEFT_OUT = frozenset(f"{W}{name}" for name in ("del", "moveFrom"))
_OFF = ("0", "false", "off", "none")
_MARK = re.compile(rf"{NUMBER}|{BULLET}|[–—o]")
HARD = "  \n"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `text` is escaped."""

    text: str
    bold: bool = False


@dataclass(slots=True)
class Notes:
    """Numbers for footnotes and endnotes in the order in which they are referred to."""

    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    deleted: int = 0

    def refer(self, kind: str, identifier: str) -> str:
        """The mark of a note, given on its first mention."""
        key = (kind, identifier)
        if key not in self.numbers:
            count = 1 + sum(1 for other, _ in self.numbers if other == kind)
            self.numbers[key] = str(count) if kind == "footnote" else f"e{count}"
            self.waiting.append(key)
        mark = self.numbers[key]
        return superscript(mark) if mark.isdecimal() else f"[^{mark}]"


def runs_of(paragraph: Any, notes: Notes, *, bold: bool = False) -> Iterator[Run]:
    """The runs of a paragraph in order; text boxes in it are left to `boxes_of`."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == f"{W}r":
            yield from _run(element, notes, bold=bold)
        elif tag in _LEFT_OUT:
            notes.deleted += 1
        elif tag in _THROUGH:
            stack.extend(reversed(element))
        elif isinstance(tag, str) and tag.endswith("}oMath"):
            yield Run(escape("".join(element.itertext())))


def _run(run: Any, notes: Notes, *, bold: bool) -> Iterator[Run]:
    properties = run.find(f"{W}rPr")
    if is_on(properties, "vanish"):
        return
    strong = bold if properties is None or properties.find(f"{W}b") is None else is_on(properties, "b")
    raised = properties is not None and any(
        e.get(f"{W}val") == "superscript" for e in properties.iter(f"{W}vertAlign")
    )
    for element in run:
        tag = element.tag
        if tag == f"{W}t":
            text = element.text or ""
            is_mark = raised and text.strip().isdecimal() and text.isascii()
            yield Run(superscript(text.strip()) if is_mark else _spaced(text), strong)
        elif tag in (f"{W}tab", f"{W}ptab"):
            yield Run(" ", strong)
        elif tag in (f"{W}br", f"{W}cr"):
            yield Run(HARD if element.get(f"{W}type") in (None, "textWrapping") else " ", strong)
        elif tag == f"{W}noBreakHyphen":
            yield Run("-", strong)
        elif tag == f"{W}sym":
            yield Run(escape(_symbol(element.get(f"{W}char", ""))), strong)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
            yield Run(notes.refer(kind, element.get(f"{W}id", "")))


def _symbol(code: str) -> str:
    """The character of a symbol font: such fonts keep theirs at F000 plus its number in the old code page.

    Pictures of ticks, arrows and phones stand for no letter, so that a bullet takes their place.
    """
    number = int(code, 16) if 0 < len(code) <= 5 and set(code.upper()) <= set("0123456789ABCDEF") else 0
    number -= 0xF000 if 0xF020 <= number <= 0xF0FF else 0
    return chr(number) if 0x20 < number < 0x7F and not chr(number).isalnum() else "•"


def is_on(properties: Any, name: str) -> bool:
    """Whether a property such as bold is switched on."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    return found is not None and found.get(f"{W}val", "1") not in _OFF


def _spaced(text: str) -> str:
    """Escaped, with one space kept where the run begins or ends with one."""
    inner = escape(text)
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def shown(runs: list[Run], *, marked: bool = True) -> str:
    """The text of a paragraph; a bold label at its start, or all of it where all is bold, stands between "**"."""
    text = _joined(runs)
    first = next((n for n, r in enumerate(runs) if r.text.strip() and not _MARK.fullmatch(r.text.strip())), None)
    if not marked or first is None or not runs[first].bold:
        return text
    after = next((n for n in range(first, len(runs)) if runs[n].text.strip() and not runs[n].bold), len(runs))
    mark, label = _joined(runs[:first]), _joined(runs[first:after])
    begin = len(mark) + 1 if mark else 0
    end = begin + len(label)
    if text[begin:end] != label or "\n" in label or not (end == len(text) or label[-1] in ".:!?"):
        return text
    return f"{text[:begin]}**{label}**{text[end:]}"


def _joined(runs: list[Run]) -> str:
    lines = "".join(run.text for run in runs).split(HARD)
    return HARD.join(" ".join(line.split()) for line in lines if line.strip())


def boxes_of(paragraph: Any) -> Iterator[Any]:
    """The text boxes in a paragraph, each once though Word writes them twice for older programs."""
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(True for _ in box.iterancestors(f"{MC}Fallback")):
            yield box
