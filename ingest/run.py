"""An ingest: from folders of documents to a published generation of graph and index."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.generations import Generation, Generations, verify
from graph.mapping import document_quads
from graph.store import GraphReader, GraphWriter
from ingest.catalogue import Override, load_catalogue
from ingest.discover import Candidate, Found, survey
from ingest.indexing import build_search_index
from ingest.isolation import Workers
from ingest.pipeline import Extracted, extract, link, lost, pipeline_version
from ingest.report import DocumentReport, IngestReport, Outcome, of_entry
from ingest.worktable import TableEntry, WorkTable, assign_slugs, read_entries
from ontology import iris
from ontology.errors import RejectionCode, StoreError
from ontology.model import Annotated
from search.model_files import DEFAULT_MODEL

if TYPE_CHECKING:
    from ingest.linking import Linker
    from search.vector_cache import VectorCache

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """A file that may have to be read: where it is, what it shall be called, and the key of its content."""

    candidate: Candidate
    path: str
    root: str
    slug: str
    sha256: str
    key: str
    override: Override | None


def ingest(
    paths: Sequence[Path],
    *,
    store: Path,
    jobs: int = 1,
    model: str = DEFAULT_MODEL,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring the store up to date with the given files and folders, and publish the result as one generation.

    Only documents whose content, name, catalogue entry or pipeline changed are read again. A document is
    removed only when the folder it came from is given again and no longer has it. The result is the same
    whatever the number of jobs, and whatever was in the store before.

    Raises:
        UsageError: a path does not exist, nothing given is a document, or a catalogue is wrong.
        StoreError: the store is of another version, damaged, or held by another writer.
    """
    began = time.perf_counter()
    found = survey(paths)
    generations = Generations(store)
    with generations.lock():
        run = _Run(generations, jobs=jobs, model=model, progress=progress or _silent)
        documents = run.update(found, roots={_absolute(p) for p in paths if p.is_dir()})
        generation = run.publish_if_changed()
    skipped = tuple((str(s.path), s.reason) for s in found.skipped if s.code is None)
    return IngestReport(store, generation.number, documents, skipped, run.warnings, time.perf_counter() - began)


class _Run:
    """One ingest under the store's lock."""

    def __init__(self, generations: Generations, *, jobs: int, model: str, progress: Progress) -> None:
        self._generations = generations
        self._current = _undamaged(generations)
        self._jobs = jobs
        self._model = model
        self._progress = progress
        self._work = generations.work
        self._texts = self._work / "texts"
        self._texts.mkdir(exist_ok=True)
        self._pipeline = pipeline_version(model)
        self._published = {e.slug: e for e in read_entries(self._manifest.get("documents", ()))}
        self._table = self._open_table()
        self._linker: Linker | None = None
        self.warnings: tuple[str, ...] = ()

    @property
    def _manifest(self) -> Mapping[str, Any]:
        return self._current.manifest if self._current else {}

    def update(self, found: Found, *, roots: set[str]) -> tuple[DocumentReport, ...]:
        """Write what is new or changed into the working graph and drop what has gone; one report a file."""
        tasks, refused = self._plan(found)
        present = {task.path for task in tasks} | {report.path for report in refused}
        gone = [e for e in self._table.entries if e.root in roots and e.path not in present]
        reports: list[DocumentReport] = [*refused]
        with GraphWriter(self._work / "graph") as writer:
            wanted = {task.slug for task in tasks} | {e.slug for e in self._table.entries if e not in gone}
            for entry in [e for e in self._table.entries if e in gone or e.slug not in wanted]:
                self._forget(writer, entry.slug)
                reports.append(of_entry(entry, "removed", graph=None))
            fresh = [task for task in tasks if self._is_stale(task)]
            for task in tasks:
                if task not in fresh:
                    reports.append(self._kept(task))
            for done, (task, extracted) in enumerate(self._extracted(fresh), 1):
                reports.append(self._store(writer, task, extracted))
                self._progress("documents", done, len(fresh))
            for orphan in set(writer.document_slugs()) - {e.slug for e in self._table.entries}:
                writer.drop_document(orphan)
            if self._changed:
                writer.load_vocabulary()
        return tuple(sorted(reports, key=lambda r: (r.path, r.status)))

    def publish_if_changed(self) -> Generation:
        """Publish the working graph with a new index, unless the current generation holds the same already."""
        if self._current is not None and not self._changed:
            return self._current
        return self._generations.publish(self._build)

    @property
    def _changed(self) -> bool:
        published = tuple(self._published[key] for key in sorted(self._published))
        return published != self._table.entries or self._manifest.get("pipeline") != self._pipeline

    def _plan(self, found: Found) -> tuple[list[Task], list[DocumentReport]]:
        """What to do with each file that was met; of files with the same content only the first is taken."""
        overrides = {root: load_catalogue(root) for root in sorted({c.root for c in found.candidates})}
        self.warnings = tuple(warning for root in overrides for warning in overrides[root].warnings)
        refused = [
            DocumentReport(_absolute(s.path), s.path.name, "rejected", s.code, f"{s.path} was not opened: {s.reason}.")
            for s in found.skipped
            if s.code is not None
        ]
        files = {_absolute(c.path): c for c in found.candidates}
        known = {e.path: e for e in self._table.entries}
        roots = {path: self._root(path, c, known.get(path)) for path, c in files.items()}
        slugs = assign_slugs({**{e.path: e.root for e in known.values()}, **roots}.items())
        tasks: list[Task] = []
        first: dict[str, str] = {}
        for path, candidate in files.items():
            sha256 = _sha256(candidate.path)
            if sha256 is not None and sha256 in first:
                reason = f"{path} has the same content as {first[sha256]}; remove one of them."
                refused.append(DocumentReport(path, candidate.name, "rejected", RejectionCode.DUPLICATE, reason))
                continue
            first.setdefault(sha256 or path, path)
            override = overrides[candidate.root].get(candidate.path, candidate.root)
            key = iris.digest(sha256 or "", candidate.name, slugs[path], self._pipeline, repr(override))
            tasks.append(Task(candidate, path, roots[path], slugs[path], sha256 or "", key, override))
        return tasks, refused

    def _root(self, path: str, candidate: Candidate, known: TableEntry | None) -> str:
        """The folder that was given; a file given by itself stays with the folder it came from before."""
        return known.root if known and known.path == path and candidate.root == candidate.path.parent else _absolute(
            candidate.root
        )

    def _is_stale(self, task: Task) -> bool:
        entry = self._table.get(task.slug)
        return entry is None or entry.key != task.key or not (self._texts / f"{task.slug}.txt").exists()

    def _kept(self, task: Task) -> DocumentReport:
        entry = self._table.get(task.slug)
        if entry is None:
            raise StoreError(f"The store lost {task.path} while it was read; run the same command again.")
        moved = replace(entry, path=task.path, root=task.root)
        if moved != entry:
            self._table.put(moved)
        published = self._published.get(task.slug)
        status: Outcome = "unchanged" if published is not None and published.key == task.key else "ingested"
        return of_entry(moved, status, graph=iris.document_graph(task.slug))

    def _extracted(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Extracted]]:
        """Each task with what its file gave, in the order of the tasks whatever the number of workers."""
        if not tasks:
            return
        calls = [(task.candidate.path, task.slug, task.override) for task in tasks]
        with Workers(min(self._jobs, len(tasks))) as workers:
            for task, outcome in zip(tasks, workers.run_all(extract, calls), strict=True):
                yield task, outcome.value or lost(task.candidate.name, outcome)

    def _store(self, writer: GraphWriter, task: Task, extracted: Extracted) -> DocumentReport:
        began = time.perf_counter()
        if extracted.annotated is None:
            self._forget(writer, task.slug)
            return DocumentReport(
                task.path, task.candidate.name, "rejected", extracted.code, extracted.reason,
                peak_rss_mb=extracted.peak_rss_mb, sha256=task.sha256 or None, seconds=extracted.seconds,
            )
        annotated = link(extracted.annotated, self._get_linker())
        self._table.drop(task.slug)
        (self._texts / f"{task.slug}.txt").write_bytes(annotated.document.source.text.encode("utf-8", "surrogatepass"))
        writer.put_document(task.slug, document_quads(annotated, pipeline=self._pipeline))
        entry = _entry(task, annotated)
        self._table.put(entry)
        seconds = extracted.seconds + time.perf_counter() - began
        graph = iris.document_graph(task.slug)
        return of_entry(entry, "ingested", graph=graph, seconds=seconds, peak_rss_mb=extracted.peak_rss_mb)

    def _forget(self, writer: GraphWriter, slug: str) -> None:
        self._table.drop(slug)
        writer.drop_document(slug)
        (self._texts / f"{slug}.txt").unlink(missing_ok=True)

    def _get_linker(self) -> Linker:
        if self._linker is None:
            from ingest.linking import load_linker

            self._linker = load_linker(encoder=self._vectors)
        return self._linker

    @cached_property
    def _vectors(self) -> VectorCache:
        """The encoder of linker and index: what one has embedded, the other and the next run need not."""
        from search.encoder import load_encoder
        from search.vector_cache import VectorCache

        return VectorCache(self._work / "vectors.bin", load_encoder(self._model))

    def _build(self, folder: Path) -> Mapping[str, Any]:
        """Fill a generation: a copy of the working graph, the texts, and an index made from the graph."""
        with GraphWriter(self._work / "graph") as writer:
            writer.backup(folder / "graph")
        texts = folder / "texts"
        texts.mkdir()
        for entry in self._table.entries:
            shutil.copyfile(self._texts / f"{entry.slug}.txt", texts / f"{entry.slug}.txt")
        reader = GraphReader(folder / "graph")
        index = build_search_index(reader, folder / "index", vectors=self._vectors, progress=self._progress)
        return {
            "pipeline": self._pipeline,
            "model": self._model,
            "documents": [asdict(entry) for entry in self._table.entries],
            "counts": {**reader.counts(), **index},
        }

    def _open_table(self) -> WorkTable:
        """The writer's table; where the working graph is missing, both are restored from the current generation."""
        path = self._work / "documents.json"
        if not (self._work / "graph").exists():
            path.unlink(missing_ok=True)
            if self._current is not None:
                shutil.copytree(self._current.graph, self._work / "graph.new", dirs_exist_ok=True)
                shutil.copytree(self._current.folder / "texts", self._texts, dirs_exist_ok=True)
                WorkTable(path, self._published.values()).save()
                (self._work / "graph.new").rename(self._work / "graph")
        return WorkTable.open(path)


def _undamaged(generations: Generations) -> Generation | None:
    """The published generation, or none where a byte of it is wrong: then everything is made again.

    The working graph shares files with the generation (hard links), so a damaged file damages both.
    """
    current = generations.current()
    if current is not None and verify(current):
        shutil.rmtree(generations.work)
        generations.work.mkdir()
        return None
    return current


def _entry(task: Task, annotated: Annotated) -> TableEntry:
    source = annotated.document.source
    return TableEntry(
        path=task.path,
        root=task.root,
        name=task.candidate.name,
        slug=task.slug,
        sha256=task.sha256,
        key=task.key,
        pages=len(source.pages) or None,
        passages=len(annotated.document.passages),
        statements=len(annotated.statements),
        objective_links=len(annotated.objective_links),
        warnings=annotated.warnings,
    )


def _sha256(path: Path) -> str | None:
    """The digest of a file's bytes; none where it cannot be read, which `extract` then reports."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _absolute(path: Path) -> str:
    return str(path.absolute()) if ".." not in path.parts else str(path.resolve())


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""

