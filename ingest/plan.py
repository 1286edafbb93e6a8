"""What an ingest has to do: which documents the store shall hold, which must be read, which must go.

The plan depends on the documents alone, not on the order in which they came: the same files give the same
slugs and the same choice among duplicates, whether they were ingested one by one or all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.catalogue import Override, load_catalogue
from ingest.discover import Candidate, Found
from ingest.originals import digest_of
from ingest.report import DocumentReport, of_entry
from ingest.worktable import TableEntry, assign_slugs, below
from ontology import iris
from ontology.document import DocumentType
from ontology.errors import RejectionCode


@dataclass(frozen=True, slots=True)
class Task:
    """A document that the store shall hold, and the key of all that its facts depend on.

    `source` is the file to read it from; none for a document that was not given again, whose copy is read.
    `ocr` is the language in which its pictures of text are to be read; None where they are not.
    """

    source: Path | None
    path: str
    root: str
    name: str
    slug: str
    sha256: str
    key: str
    override: Mapping[str, Any]
    ocr: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`tasks` by path; `reports` tell of files not taken and of documents gone, `warnings` are the catalogues'.

    A document whose file only moved is not gone.
    """

    tasks: tuple[Task, ...]
    reports: tuple[DocumentReport, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _File:
    source: Path | None
    path: str
    root: str
    sha256: str
    override: Mapping[str, Any]
    ocr: str | None


def make_plan(
    found: Found, known: Sequence[TableEntry], *, roots: Iterable[str], pipeline: str, ocr: str | None = None
) -> Plan:
    """Compare what was found with what the store holds.

    Args:
        found: files of the paths that were given.
        known: what the store holds, or held before it was damaged.
        roots: the folders that were given; a known document of one of them that was not found again is gone.
        pipeline: a known document of another pipeline is read again, from the copy in the store.
        ocr: the language for the pictures of text of what was found; what was not given again keeps its own.
    """
    folders = {root: load_catalogue(root) for root in sorted({c.root for c in found.candidates})}
    reports = [
        DocumentReport(absolute(s.path), s.path.name, "rejected", s.code, f"{s.path} was not opened: {s.reason}.")
        for s in found.skipped
        if s.code is not None
    ]
    by_path = {entry.path: entry for entry in known}
    files = [
        _given(c, by_path.get(absolute(c.path)), folders[c.root].get(c.path, c.root), ocr) for c in found.candidates
    ]
    given, refused, back = {f.path for f in files}, {r.path for r in reports}, set(roots)
    stay = [e for e in known if e.path not in given and e.path not in refused and e.root not in back]
    files += [_File(None, e.path, e.root, e.sha256, e.override, e.ocr or None) for e in stay]
    chosen, twins = _without_twins(files)
    reports += twins
    held = {f.path for f in chosen}
    told = {r.path for r in reports}
    slugs = assign_slugs((f.path, f.root) for f in chosen)
    tasks = tuple(_task(f, slugs[f.path], pipeline) for f in sorted(chosen, key=lambda f: f.path))
    same = {(task.slug, task.name, task.sha256) for task in tasks}
    gone = [e for e in known if e.path not in held and (e.slug, e.name, e.sha256) not in same]
    reports += [of_entry(e, "removed", graph=None) for e in gone if e.path not in told]
    warnings = tuple(warning for root in folders for warning in folders[root].warnings)
    return Plan(tasks, tuple(reports), warnings)


def absolute(path: Path) -> str:
    """The path as the table has it: absolute, links not followed."""
    return str(path.absolute()) if ".." not in path.parts else str(path.resolve())


def override_of(record: Mapping[str, Any]) -> Override | None:
    """What a catalogue gave, out of its record in the table."""
    if not record:
        return None
    values = dict(record)
    if "type" in values:
        values["type"] = DocumentType(values["type"])
    if "scope" in values:
        values["scope"] = tuple(values["scope"])
    return Override(**values)


def _given(
    candidate: Candidate, known: TableEntry | None, override: Override | None, ocr: str | None
) -> _File:
    path, root = absolute(candidate.path), absolute(candidate.root)
    if known is not None and candidate.root == candidate.path.parent:
        root = known.root  # a file given by itself stays with the folder that it came from
    record = {name: value for name, value in asdict(override).items() if value is not None} if override else {}
    if "scope" in record:
        record["scope"] = list(record["scope"])
    if "type" in record:
        record["type"] = str(record["type"])
    return _File(candidate.path, path, root, digest_of(candidate.path) or "", record, ocr)


def _without_twins(files: Iterable[_File]) -> tuple[list[_File], list[DocumentReport]]:
    """Of files with the same content only the first by path below its root is taken."""
    first: dict[str, _File] = {}
    chosen, reports = [], []
    for file in sorted(files, key=lambda f: (below(f.path, f.root), f.path)):
        twin = first.setdefault(file.sha256 or file.path, file)
        if twin is file:
            chosen.append(file)
        else:
            reason = f"{file.path} has the same content as {twin.path}; remove one of them."
            name = Path(file.path).name
            reports.append(DocumentReport(file.path, name, "rejected", RejectionCode.DUPLICATE, reason))
    return chosen, reports


def lost(task: Task) -> DocumentReport:
    """The report on a document that must be read again and whose copy in the store is missing or damaged."""
    reason = f"{task.path} must be read again and its copy in the store is damaged; ingest {task.root} again."
    return DocumentReport(task.path, task.name, "rejected", RejectionCode.DAMAGED, reason)


def _task(file: _File, slug: str, pipeline: str) -> Task:
    name = Path(file.path).name
    key = iris.digest(file.sha256, name, slug, pipeline, repr(sorted(file.override.items())))
    return Task(file.source, file.path, file.root, name, slug, file.sha256, key, file.override, file.ocr)
