"""Pages a second of reading, annotating, linking and storing, and the memory that an ingest takes.

    python -m benchmarks.throughput.run > benchmarks/throughput/results.json
    python -m benchmarks.throughput.run --memory > benchmarks/throughput/memory.json

Run it from the root of the repository, on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import gcmkg
from benchmarks.throughput.material import materials, small
from benchmarks.throughput.watch import Watch, memory_mb
from graph.mapping import document_lines
from graph.store import GraphReader, GraphWriter
from ingest.indexing import build_search_index
from ingest.isolation import Workers
from ingest.linking import load_linker
from ingest.pipeline import annotate, extract, link, peak_rss_mb, pipeline_version
from ingest.read import read_source
from ingest.segment import segment
from ingest.worker import COLLECT
from ontology.model import Annotated
from ontology.vocabulary import load_vocabulary
from search.encoder import load_encoder
from search.model_files import DEFAULT_MODEL
from search.vector_cache import VectorCache

ROOT = Path(__file__).parents[2]
FORMATS = {"text": "md", "pdf": "pdf", "docx": "docx"}
JOBS = (1, 2)
TOGETHER = 20
"""Documents that go into the store in one step, about as many as in an ingest."""


class Clock:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.seconds[stage] = self.seconds.get(stage, 0.0) + time.process_time() - began


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--pages", type=int, default=300, help="pages of the one-column PDF set")
    parser.add_argument("--no-embedding", action="store_true", help="leave out linking, the index and whole ingests")
    parser.add_argument("--memory", action="store_true", help="measure peak memory instead")
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 500, 2000], help="for --memory")
    parser.add_argument("--jobs", type=int, nargs="+", default=list(JOBS), help="numbers of workers")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        figures: object = _ingested(options.one, options.jobs[0])
    elif options.memory:
        peaks = [_memory(number, max(options.jobs)) for number in options.documents]
        figures = {"environment": _environment(), "runs": peaks}
    else:
        figures = _throughput(options.pages, options.jobs, embedding=not options.no_embedding)
    json.dump(figures, sys.stdout, indent=1)
    sys.stdout.write("\n")


def _throughput(pages: int, jobs: Sequence[int], *, embedding: bool) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = _written(folder, pages)
        formats = {}
        for kind, ending in FORMATS.items():
            files = sorted((folder / kind).glob(f"*.{ending}"))
            formats[kind] = {
                "documents": len(files),
                "pages_a_second_of_one_core": _stages(files, count, folder / f"stages-{kind}", embedding=embedding),
                "pages_a_second_by_the_clock": _by_the_clock(folder / kind, files, count, jobs, embedding=embedding),
            }
    return {"environment": _environment(), "pages": count, "formats": formats}


def _environment() -> dict[str, object]:
    return {
        "python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(), "load": round(os.getloadavg()[0], 1),
    }


def _written(folder: Path, pages: int) -> int:
    """Write the documents in a folder for each format; returns their pages."""
    for kind in FORMATS:
        (folder / kind).mkdir()
    count = 0
    for made in materials(pages):
        for kind, raw in (("text", made.text), ("pdf", made.pdf), ("docx", made.docx)):
            (folder / kind / f"{made.name}.{FORMATS[kind]}").write_bytes(raw)
        count += made.pages
    return count


def _stages(files: Sequence[Path], pages: int, folder: Path, *, embedding: bool) -> dict[str, float]:
    """Pages a second by processor time of each stage in one process, after a first document that is not counted."""
    clock, vocabulary = Clock(), load_vocabulary()
    folder.mkdir()
    vectors = VectorCache(folder / "vectors.bin", load_encoder(DEFAULT_MODEL)) if embedding else None
    linker = load_linker(encoder=vectors) if vectors is not None else None
    annotate(segment(read_source(files[0])), vocabulary)
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT)
    waiting: dict[str, list[str]] = {}
    with GraphWriter(folder / "graph") as writer:
        for number, path in enumerate(files, 1):
            with clock("read"):
                source = read_source(path)
            with clock("segment"):
                document = segment(source)
            with clock("annotate"):
                found: Annotated = annotate(document, vocabulary)
            if linker is not None:
                with clock("link and embed"):
                    found = link(found, linker)
            with clock("map"):
                waiting[source.slug] = document_lines(found, pipeline="benchmark")
            if len(waiting) == TOGETHER or number == len(files):
                with clock("store"):
                    writer.put_documents(waiting)
                waiting = {}
        writer.load_vocabulary()
        writer.backup(folder / "copy")
    if vectors is not None:
        with clock("index and embed"):
            build_search_index(GraphReader(folder / "copy"), folder / "index", vectors=vectors, progress=_silent)
    gc.set_threshold(*before)
    gc.unfreeze()
    return _rates(clock.seconds, pages)


def _rates(seconds: dict[str, float], pages: int) -> dict[str, float]:
    parse = seconds["read"] + seconds["segment"]
    store = seconds["map"] + seconds["store"]
    sums = {"parse": parse, "map and store": store, "parse, annotate and store": parse + seconds["annotate"] + store}
    return {stage: round(pages / spent, 1) for stage, spent in {**seconds, **sums}.items() if spent}


def _by_the_clock(
    folder: Path, files: Sequence[Path], pages: int, jobs: Sequence[int], *, embedding: bool
) -> dict[str, dict[str, float]]:
    """Pages a second of wall time: in reading processes alone, and of whole ingests into an empty store."""
    out: dict[str, dict[str, float]] = {"read, segment and annotate in workers": {}}
    for number in jobs:
        with Workers(number) as workers:
            for outcome in workers.run_all(extract, [(files[0], "first", None)] * number):
                _checked(outcome.value is not None, files[0].name)
            seconds = _wall(partial(_extracted, workers, files))
        out["read, segment and annotate in workers"][f"jobs {number}"] = round(pages / seconds, 1)
    if embedding:
        out["ingest"] = {}
        for number in jobs:
            store = folder.parent / f"store-{folder.name}-{number}"
            seconds = _wall(partial(gcmkg.ingest, [folder], store=store, jobs=number))
            out["ingest"][f"jobs {number}"] = round(pages / seconds, 1)
    return out


def _extracted(workers: Workers, files: Sequence[Path]) -> None:
    for path, outcome in zip(files, workers.run_all(extract, [(p, p.stem, None) for p in files]), strict=True):
        _checked(outcome.value is not None and outcome.value.annotated is not None, path.name)


def _checked(done: bool, name: str) -> None:
    if not done:
        raise RuntimeError(f"{name} was not read")


def _wall(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _memory(number: int, jobs: int) -> dict[str, object]:
    """Peak memory of an ingest of so many small documents, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        documents = Path(folder) / "documents"
        documents.mkdir()
        for n in range(number):
            (documents / f"{n:05}.md").write_text(small(n), "utf-8")
        program = [sys.executable, "-m", "benchmarks.throughput.run", "--one", str(documents), "--jobs", str(jobs)]
        done = subprocess.run(program, capture_output=True, text=True, check=True, cwd=ROOT)
    return {"documents": number, **json.loads(done.stdout)}


def _ingested(documents: Path, jobs: int) -> dict[str, object]:
    """Ingest into a store beside the documents; the peaks of this process and of its readers, in MB."""
    before = memory_mb()
    began = time.perf_counter()
    with Watch("documents") as watch:
        report = gcmkg.ingest(
            [documents], store=documents.parent / "store", jobs=jobs,
            progress=lambda stage, done, total: watch.stage("publish" if done == total else stage),
        )
    readers = max(d.peak_rss_mb for d in report.documents if d.peak_rss_mb is not None)
    return {
        "pipeline": pipeline_version(DEFAULT_MODEL),
        "ingested": sum(d.status == "ingested" for d in report.documents),
        "passages": sum(d.passages for d in report.documents if d.passages is not None),
        "seconds": round(time.perf_counter() - began, 1),
        "parent_before_mb": before, "parent_peak_mb": watch.most, "parent_peak_by_stage_mb": watch.peaks,
        "parent_high_water_mb": peak_rss_mb(), "reader_peak_mb": readers,
    }


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""


if __name__ == "__main__":
    main()
