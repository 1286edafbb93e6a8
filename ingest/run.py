"""An ingest: from folders of documents to a published generation of graph and index."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.generations import Generations
from graph.manifest import Generation
from graph.mapping import document_lines
from graph.store import GraphReader, GraphWriter
from ingest.discover import Found, survey
from ingest.indexing import build_search_index
from ingest.isolation import Workers
from ingest.learned import PUBLISHED, learned_labels
from ingest.linking.labels import label_lines
from ingest.ocr.languages import check_language
from ingest.originals import Originals
from ingest.pipeline import Extracted, extract, link, pipeline_version
from ingest.pipeline import lost as reader_lost
from ingest.plan import Task, absolute, lost, make_plan, override_of
from ingest.recovery import begin, until_sound
from ingest.report import DocumentReport, IngestReport, Outcome, of_entry
from ingest.room import told_when_full
from ingest.waiting import Waiting
from ingest.worktable import TableEntry
from ontology import iris
from ontology.errors import RejectionCode, StoreError
from ontology.model import Annotated
from search.model_files import DEFAULT_MODEL
from search.models import chosen_name, identity

if TYPE_CHECKING:
    from ingest.linking import Linker
    from search.vector_cache import VectorCache

log = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]


def ingest(
    paths: Sequence[Path],
    *,
    store: Path,
    jobs: int = 1,
    model: str | None = None,
    ocr: str | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring the store up to date with the given files and folders, and publish the result as one generation.

    Only documents whose content, name, catalogue entry or pipeline changed are read again. A document is
    removed only when the folder it came from is given again and no longer has it. The result is the same
    whatever the number of jobs, and whatever was in the store before.

    Args:
        paths: files and folders.
        store: the folder of the store.
        jobs: worker processes.
        model: the embedding model; the store's own where none is named.
        ocr: the language in which pages that are pictures of text are read by OCR ("eng"); None for no OCR.
            A document with such pages is read again when this changes for it.
        progress: called as `progress(stage, done, total)`.

    Raises:
        UsageError: a path does not exist, nothing given is a document, a catalogue is wrong, or OCR is not installed.
        StoreError: the store is of another version, held by another writer, or there is no room left for it.
        ModelError: the embedding model is not on this machine.
    """
    began = time.perf_counter()
    if ocr is not None:
        check_language(ocr)
    found = survey(paths)
    generations = Generations(store)
    roots = {absolute(p) for p in paths if p.is_dir()}

    def attempt(doubtful: bool) -> tuple[int, tuple[DocumentReport, ...], tuple[str, ...]]:
        name = model or _stored_model(generations)
        run = _Run(generations, doubtful=doubtful, jobs=jobs, model=name, ocr=ocr, progress=progress or _silent)
        documents = run.update(found, roots=roots)
        generation = run.publish_if_changed()
        run.tidy()
        return generation.number, documents, run.warnings

    with generations.lock(), told_when_full(store):
        number, documents, warnings = until_sound(attempt, work=generations.work)
    skipped = tuple((str(s.path), s.reason) for s in found.skipped if s.code is None)
    return IngestReport(store, number, documents, skipped, warnings, time.perf_counter() - began)


def reindex(
    store: Path, *, model: str | None = None, fast: bool = False, jobs: int = 1, progress: Progress | None = None
) -> IngestReport:
    """Link and index every document of a store anew; it keeps the embedding model that was used.

    Args:
        store: the folder of the store; documents are read from the copies in it.
        model: the default model, or the folder or local name of another for sentence-transformers, of which
            nothing is downloaded; the one that the store has where it is none.
        fast: the default model with products in integers: about twice as fast, rankings differ a little.
        jobs: worker processes that read and annotate.
        progress: called as `progress(stage, done, total)`.

    Raises:
        UsageError: `fast` with a model that has no such mode.
        StoreError: there is no store, or it is of another version, damaged, or held by another writer.
        ModelError: the model is not on this machine, or is not the one it should be; the store is as it was.
    """
    from search.encoder import load_encoder

    began = time.perf_counter()
    generations = Generations(store)
    if generations.last_whole() == (None, False):
        raise StoreError(f"There is no store at {store}; make one with: gcmkg --store {store} ingest FOLDER")

    def attempt(doubtful: bool) -> tuple[int, tuple[DocumentReport, ...], tuple[str, ...]]:
        name = chosen_name(model, fast=fast) or _stored_model(generations)
        load_encoder(name)  # before any work, so that a model that is not there costs nothing
        run = _Run(generations, doubtful=doubtful, jobs=jobs, model=name, progress=progress or _silent)
        documents = run.update(Found((), ()), roots=set())
        generation = run.publish()
        run.tidy()
        return generation.number, documents + run.untold(documents), run.warnings

    with generations.lock(), told_when_full(store):
        number, documents, warnings = until_sound(attempt, work=generations.work)
    return IngestReport(store, number, documents, (), warnings, time.perf_counter() - began)


def _stored_model(generations: Generations) -> str:
    """The embedding model that a store remembers; the default one where nothing is published yet."""
    current, _ = generations.last_whole()
    return DEFAULT_MODEL if current is None else str(current.manifest.get("model", DEFAULT_MODEL))


class _Run:
    """One ingest under the store's lock."""

    def __init__(
        self, generations: Generations, *, doubtful: bool, jobs: int, model: str, progress: Progress,
        ocr: str | None = None,
    ) -> None:
        self._generations = generations
        self._jobs = jobs
        self._model = model
        self._ocr = ocr
        self._progress = progress
        self._work = generations.work
        self._texts = self._work / "texts"
        self._originals = Originals(self._work / "originals")
        self._labels = learned_labels(generations.path)  # read once: the version and the linker go by the same
        self._learned = label_lines(self._labels)
        self._pipeline = pipeline_version(identity(model), self._learned)
        current, other = generations.last_whole()
        beginning = begin(self._work, current, doubtful=doubtful or other)
        self._table, self._known = beginning.table, beginning.known
        self._published, self._current = beginning.published, beginning.current
        self._linker: Linker | None = None
        self._recognised_pages = [0, 0]  # done, to do
        self.warnings: tuple[str, ...] = ()

    @property
    def _manifest(self) -> Mapping[str, Any]:
        return self._current.manifest if self._current else {}

    def update(self, found: Found, *, roots: set[str]) -> tuple[DocumentReport, ...]:
        """Write what is new or changed into the working graph and drop what has gone; one report a file."""
        plan = make_plan(found, self._known, roots=roots, pipeline=self._pipeline, ocr=self._ocr)
        self.warnings = plan.warnings
        reports = list(plan.reports)
        with GraphWriter(self._work / "graph") as writer:
            held = {task.slug for task in plan.tasks}
            for slug in sorted({e.slug for e in self._table.entries} | set(writer.document_slugs())):
                if slug not in held:
                    self._forget(writer, slug)
            fresh = []
            for task in plan.tasks:
                if (entry := self._standing(task)) is not None:
                    report = self._kept(task, entry)
                    reports += [report] if task.source or report.status != "unchanged" else []
                elif source := task.source or self._originals.find(task.sha256, task.name):
                    fresh.append(replace(task, source=source))
                else:
                    self._forget(writer, task.slug)
                    reports.append(lost(task))
            waiting = Waiting()
            for done, (task, extracted) in enumerate(self._extracted(fresh), 1):
                reports.append(self._taken(writer, waiting, task, extracted))
                if waiting.enough:
                    self._commit(writer, waiting)
                self._progress("documents", done, len(fresh))
            self._commit(writer, waiting)
            if self._changed:
                writer.load_vocabulary()
        return tuple(sorted(reports, key=lambda r: (r.path, r.status)))

    def publish_if_changed(self) -> Generation:
        """Publish the working graph with a new index, unless the current generation holds the same already."""
        if self._current is not None and not self._changed:
            return self._current
        return self.publish()

    def publish(self) -> Generation:
        """Publish the working graph with a new index."""
        return self._generations.publish(self._build)

    def untold(self, reports: Sequence[DocumentReport]) -> tuple[DocumentReport, ...]:
        """Reports on the documents of the store that none of those given tells of."""
        told = {report.path for report in reports}
        return tuple(
            of_entry(entry, "unchanged", graph=iris.document_graph(entry.slug))
            for entry in self._table.entries if entry.path not in told
        )

    def tidy(self) -> None:
        """Let go of copies that nothing needs; not before the generation without them is published."""
        self._originals.keep_only({e.sha256 for e in self._table.entries})

    @property
    def _changed(self) -> bool:
        published = tuple(self._published[key] for key in sorted(self._published))
        return published != self._table.entries or self._manifest.get("pipeline") != self._pipeline

    def _standing(self, task: Task) -> TableEntry | None:
        """The entry of a document that need not be read again."""
        entry = self._table.get(task.slug)
        whole = entry is not None and entry.serves(task.key, task.ocr) and (self._texts / f"{task.slug}.txt").exists()
        return entry if whole else None

    def _kept(self, task: Task, entry: TableEntry) -> DocumentReport:
        moved = replace(entry, path=task.path, root=task.root)
        if moved != entry:
            self._table.put(moved)
        published = self._published.get(task.slug)
        same = published is not None and (published.key, published.ocr) == (entry.key, entry.ocr)
        status: Outcome = "unchanged" if same else "ingested"
        return of_entry(moved, status, graph=iris.document_graph(task.slug))

    def _extracted(self, tasks: Sequence[Task]) -> Iterator[tuple[Task, Extracted]]:
        """Each task with what its file gave, in the order of the tasks whatever the number of workers."""
        if not tasks:
            return
        for language in sorted({task.ocr for task in tasks if task.ocr}):
            check_language(language)
        calls = [(task.source, task.slug, override_of(task.override)) for task in tasks]
        scanned = any(task.ocr for task in tasks)
        with Workers(self._jobs if scanned else min(self._jobs, len(tasks))) as workers:
            for task, outcome in zip(tasks, workers.run_all(extract, calls), strict=True):
                extracted = outcome.value or reader_lost(task.name, outcome)
                yield task, self._recognised(workers, task, extracted)

    def _recognised(self, workers: Workers, task: Task, extracted: Extracted) -> Extracted:
        """The document with its pictures of text read by OCR, where there are such and it was asked for."""
        if not (task.ocr and task.source and extracted.scanned):
            return extracted
        from ingest.ocr.document import extract_scanned

        began, pages = time.perf_counter(), extracted.scanned
        self._recognised_pages[1] += len(pages)

        def told() -> None:
            self._recognised_pages[0] += 1
            self._progress("pages by OCR", *self._recognised_pages)

        outcome = extract_scanned(
            workers, task.source, task.slug, override_of(task.override), pages=pages, language=task.ocr, told=told
        )
        again = outcome.value or reader_lost(task.name, outcome)
        return replace(again, scanned=pages, seconds=extracted.seconds + time.perf_counter() - began)

    def _taken(self, writer: GraphWriter, waiting: Waiting, task: Task, extracted: Extracted) -> DocumentReport:
        """Link and map one document, to be written with the next ones; or forget it where it cannot be had."""
        began = time.perf_counter()
        annotated, failed = extracted.annotated, extracted
        if annotated is not None:
            annotated, failed = self._linked(annotated, task, extracted)
        if annotated is None:
            self._forget(writer, task.slug)
            return DocumentReport(
                task.path, task.name, "rejected", failed.code, failed.reason,
                peak_rss_mb=extracted.peak_rss_mb, sha256=task.sha256 or None, seconds=extracted.seconds,
            )
        if task.source is not None:
            self._originals.keep(task.source, task.sha256)
        entry = _entry(task, annotated, scanned=bool(extracted.scanned))
        lines = document_lines(annotated, pipeline=self._pipeline)
        waiting.add(entry, annotated.document.source.text, lines)
        seconds = extracted.seconds + time.perf_counter() - began
        graph = iris.document_graph(task.slug)
        return of_entry(entry, "ingested", graph=graph, seconds=seconds, peak_rss_mb=extracted.peak_rss_mb)

    def _commit(self, writer: GraphWriter, waiting: Waiting) -> None:
        """Write the documents that wait: off the table before, on it only when text and graph are there."""
        for entry, text, _ in waiting.documents:
            self._table.drop(entry.slug)
            (self._texts / f"{entry.slug}.txt").write_bytes(text.encode("utf-8", "surrogatepass"))
        writer.put_documents({entry.slug: lines for entry, _, lines in waiting.documents})
        for entry, _, _ in waiting.documents:
            self._table.put(entry)
        waiting.clear()

    def _linked(self, annotated: Annotated, task: Task, extracted: Extracted) -> tuple[Annotated | None, Extracted]:
        """The document with its links; a fault of ours in one document costs that document, and is logged."""
        try:
            return link(annotated, self._get_linker()), extracted
        except (ArithmeticError, LookupError, TypeError, ValueError):
            log.exception("linking %s", task.name)
            reason = f"{task.name} made the linker fail, which is a fault of gcmkg; report it with the file's kind."
            return None, replace(extracted, annotated=None, code=RejectionCode.CRASHED, reason=reason)

    def _forget(self, writer: GraphWriter, slug: str) -> None:
        self._table.drop(slug)
        writer.drop_document(slug)
        (self._texts / f"{slug}.txt").unlink(missing_ok=True)

    def _get_linker(self) -> Linker:
        if self._linker is None:
            from ingest.linking import load_linker

            self._linker = load_linker(encoder=self._vectors, labels=self._labels)
        return self._linker

    def _text_of(self, entry: TableEntry) -> Path:
        """The published text, which was checked, where it is the same; else the one that this run wrote."""
        before = self._published.get(entry.slug)
        if self._current is None or before is None or before.key != entry.key:
            return self._texts / f"{entry.slug}.txt"
        return self._current.folder / "texts" / f"{entry.slug}.txt"

    @cached_property
    def _vectors(self) -> VectorCache:
        """The encoder of linker and index: what one has embedded, the other and the next run need not."""
        from search.encoder import load_encoder
        from search.vector_cache import VectorCache

        encoder = load_encoder(self._model)
        name = "vectors.bin" if self._model == DEFAULT_MODEL else f"vectors-{iris.digest(encoder.name)}.bin"
        return VectorCache(self._work / name, encoder)

    def _build(self, folder: Path) -> Mapping[str, Any]:
        """Fill a generation: a copy of the working graph, the texts, and an index made from the graph."""
        with GraphWriter(self._work / "graph") as writer:
            writer.backup(folder / "graph")
        texts = folder / "texts"
        texts.mkdir()
        for entry in self._table.entries:
            shutil.copyfile(self._text_of(entry), texts / f"{entry.slug}.txt")
        if self._learned:
            (folder / PUBLISHED).write_bytes(self._learned)
        reader = GraphReader(folder / "graph")
        index = build_search_index(reader, folder / "index", vectors=self._vectors, progress=self._progress)
        return {
            "pipeline": self._pipeline,
            "model": self._model,
            "documents": [asdict(entry) for entry in self._table.entries],
            "counts": {**reader.counts(), **index},
        }


def _entry(task: Task, annotated: Annotated, *, scanned: bool) -> TableEntry:
    source = annotated.document.source
    return TableEntry(
        path=task.path,
        root=task.root,
        name=task.name,
        slug=task.slug,
        sha256=task.sha256,
        key=task.key,
        pages=len(source.pages) or None,
        passages=len(annotated.document.passages),
        statements=len(annotated.statements),
        objective_links=len(annotated.objective_links),
        warnings=annotated.warnings,
        override=task.override,
        ocr=(task.ocr or "") if scanned else None,
        remarks=tuple({"code": r.code.value, "pages": list(r.pages), "weight": r.weight} for r in source.remarks),
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""

