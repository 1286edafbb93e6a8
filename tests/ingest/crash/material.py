"""Small documents of our own in five formats, and the changes a folder goes through between two ingests."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from reportlab.pdfgen.canvas import Canvas

_SUBJECTS = (
    "The Ministry of Labour", "IOM", "The working group on data", "UNICEF", "The Government of Kenya",
    "The regional network", "UNHCR", "The national coordination mechanism",
)
_ACTS = (
    "will open shelters for victims of trafficking", "should issue identity papers to migrants",
    "shall publish figures on migration every year", "could train border guards in child protection",
    "will lower the cost of sending money home", "should recognise the skills of returning workers",
    "must give access to schools and clinics", "calls for legal aid in detention",
)
_PLACES = ("in the north", "in the capital", "at the border crossing", "in the port", "in two provinces")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

Sentences = tuple[str, ...]


def sentences(number: int, *, edition: int = 0) -> Sentences:
    """The sentences of document `number`: always the same ones, a few of them shared with other documents."""
    chance = random.Random(f"{number}/{edition}")  # noqa: S311 - repeatable text, no secret
    found = [
        f"{chance.choice(_SUBJECTS)} {chance.choice(_ACTS)} {chance.choice(_PLACES)}." for _ in range(2 + number % 3)
    ]
    return (*found, f"Report {number} of edition {edition} was agreed by all members.")


def write_document(folder: Path, number: int, *, edition: int = 0, stem: str | None = None) -> Path:
    """Write document `number` in the format that its number decides; the same bytes every time."""
    ending, write = tuple(_WRITERS.items())[number % len(_WRITERS)]
    path = folder / f"{stem or f'report-{number:03}'}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write(f"Report {number}", sentences(number, edition=edition)))
    return path


def write_documents(folder: Path, count: int) -> None:
    """Write documents 0 to `count - 1`."""
    for number in range(count):
        write_document(folder, number)


def change(folder: Path, seed: int) -> Mapping[str, str]:
    """Change, remove, rename, move and add about a fifth of the files.

    Returns:
        The status that a person expects of each file that is not "unchanged", by its name.
    """
    chance = random.Random(seed)  # noqa: S311
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    share = max(1, len(files) // 20)
    chosen = iter(chance.sample(files, 4 * share))
    expected = {}
    for _ in range(share):
        path = next(chosen)
        write_document(folder, int(path.stem[-3:]), edition=seed + 1)
        expected[path.name] = "ingested"
    for _ in range(share):
        path = next(chosen)
        path.unlink()
        expected[path.name] = "removed"
    for _ in range(share):
        path = next(chosen)
        renamed = path.rename(path.with_name(f"renamed-{path.name}"))
        expected |= {path.name: "removed", renamed.name: "ingested"}
    for _ in range(share):
        path = next(chosen)
        (folder / "moved").mkdir(exist_ok=True)
        path.rename(folder / "moved" / path.name)
    for number in range(share):
        expected[write_document(folder, 900 + number, edition=seed).name] = "ingested"
    return expected


def _markdown(title: str, lines: Sentences) -> bytes:
    return "\n\n".join([f"# {title}", *lines, ""]).encode()


def _plain(title: str, lines: Sentences) -> bytes:
    return "\n\n".join([title.upper(), *lines, ""]).encode()


def _html(title: str, lines: Sentences) -> bytes:
    body = "".join(f"<p>{line}</p>" for line in lines)
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return f"{head}<body><h1>{title}</h1>{body}</body></html>".encode()


def _docx(title: str, lines: Sentences) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in (title, *lines))
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{_XML}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(zipfile.ZipInfo(name), text)
    return out.getvalue()


def _pdf(title: str, lines: Sentences) -> bytes:
    out = io.BytesIO()
    page = Canvas(out, invariant=1)
    for size, top, text in [(16, 780, title), *((10, 740 - 30 * row, line) for row, line in enumerate(lines))]:
        page.setFont("Helvetica", size)
        page.drawString(72, top, text)
    page.save()
    return out.getvalue()


_WRITERS: Mapping[str, Callable[[str, Sentences], bytes]] = MappingProxyType(
    {"md": _markdown, "txt": _plain, "html": _html, "docx": _docx, "pdf": _pdf}
)
