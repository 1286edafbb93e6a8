"""gcmkg: the one door to the knowledge graph and search of the Global Compact for Migration.

The command line, the explorer, the HTTP endpoint and notebooks all go through this module:

    import gcmkg

    gcmkg.ingest(["corpus"])
    with gcmkg.open_store() as store:
        for body in store.bodies(10):
            print(body.body, body.quote)
        store.search("lost identity papers").hits
        store.query("SELECT ?d WHERE { ?d a gcm:Document }").rows

Heavy parts (encoder, index, query workers) are loaded when first needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from graph.location import DEFAULT_STORE, locate_store
from ontology.errors import StoreError, UsageError

if TYPE_CHECKING:
    from graph.ask import Answer
    from graph.citing import Citing
    from graph.engine import Engine, QueryResult
    from graph.evidence import BodyEvidence
    from graph.limits import Limits
    from graph.manifest import Generation
    from graph.profile import Relevance
    from graph.publication import export_ontology
    from graph.questions import bind as bind_question
    from graph.questions import questions
    from graph.results import is_binary, result_pieces, write_result
    from graph.store import GraphReader
    from ingest.evaluation.report import Evaluation
    from ingest.learning import learn, learned, unlearn
    from ingest.linking import Linker, Tagged
    from ingest.linking.own_scheme import load_scheme_linker
    from ingest.report import IngestReport
    from ingest.verification import check, verify
    from ontology.vocabulary import Vocabulary
    from search.encoder import Encoder
    from search.entries import Filters, SearchResult
    from search.filters import checked_filters as filters
    from search.index import SearchIndex

__all__ = [
    "DEFAULT_STORE",
    "Store",
    "bind_question",
    "check",
    "export_ontology",
    "filters",
    "index",
    "ingest",
    "is_binary",
    "learn",
    "learned",
    "load_scheme_linker",
    "locate_store",
    "open_store",
    "questions",
    "result_pieces",
    "tag",
    "unlearn",
    "verify",
    "write_result",
]

Progress = Callable[[str, int, int], None]

# Names of this module that are defined elsewhere, and are imported when somebody asks for them.
_ELSEWHERE = {
    "bind_question": "graph.questions:bind",
    "export_ontology": "graph.publication:export_ontology",
    "check": "ingest.verification:check",
    "filters": "search.filters:checked_filters",
    "is_binary": "graph.results:is_binary",
    "learn": "ingest.learning:learn",
    "learned": "ingest.learning:learned",
    "load_scheme_linker": "ingest.linking.own_scheme:load_scheme_linker",
    "questions": "graph.questions:questions",
    "result_pieces": "graph.results:result_pieces",
    "unlearn": "ingest.learning:unlearn",
    "verify": "ingest.verification:verify",
    "write_result": "graph.results:write_result",
}


def __getattr__(name: str) -> Any:
    if name not in _ELSEWHERE:
        raise AttributeError(f"module 'gcmkg' has no attribute {name!r}")
    module, _, attribute = _ELSEWHERE[name].partition(":")
    return getattr(import_module(module), attribute)


def open_store(path: str | Path | None = None, *, limits: Limits | None = None) -> Store:
    """Open the published generation of a store for reading; use as a context manager, or call `close`.

    Args:
        path: see `locate_store`.
        limits: of its queries; those of `graph.limits` where it is none.

    Raises:
        StoreError: there is no store, it is damaged, or of another version.
    """
    return Store(locate_store(path), limits=limits)


class Store:
    """One published generation: graph, index and texts that belong together and do not change.

    A long-lived reader asks `is_current` now and then and opens the store again when a newer one is there.
    """

    def __init__(self, path: Path, *, limits: Limits | None = None) -> None:
        from graph.generations import Generations

        self.path = path
        self._limits = limits
        self._generations = Generations(path)
        self._reading = self._generations.reading()
        generation = self._reading.__enter__()
        if generation is None:
            self._reading.__exit__(None, None, None)
            raise StoreError(f"There is no store at {path}; make one with: gcmkg --store {path} ingest FOLDER")
        self.generation: Generation = generation

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the generation and stop the query workers."""
        engine = self.__dict__.pop("engine", None)
        if engine is not None:
            engine.close()
        self._reading.__exit__(None, None, None)

    @property
    def is_current(self) -> bool:
        """Whether no newer generation has been published."""
        return self._generations.is_current(self.generation)

    @property
    def model(self) -> str:
        """The embedding model that the index was made with."""
        return str(self.generation.manifest["model"])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The objectives, principles, SDGs, areas and registered bodies."""
        from ontology.vocabulary import load_vocabulary

        return load_vocabulary()

    @cached_property
    def reader(self) -> GraphReader:
        """The graph, for trusted queries of this program."""
        from graph.store import GraphReader

        return GraphReader(self.generation.graph)

    @cached_property
    def engine(self) -> Engine:
        """The guarded SPARQL engine, for everybody's queries."""
        from graph.engine import Engine

        return Engine(self.generation.graph, limits=self._limits, search=self._matches)

    def _matches(self, text: str, hits: int) -> list[tuple[str, float]]:
        """Passages for a search clause of a query, guesses left out; copies of a passage have its score."""
        found = [hit for hit in self.search(text, limit=hits).hits if not hit.weak]
        return [(iri, hit.score) for hit in found for iri in (hit.entry.passage_iri, *(c.passage for c in hit.copies))]

    @cached_property
    def index(self) -> SearchIndex:
        """The search index."""
        from search.index import SearchIndex

        return SearchIndex.open(self.generation.index)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder of the model that the index was made with."""
        from search.encoder import load_encoder

        return load_encoder(self.model)

    @cached_property
    def linker(self) -> Linker:
        """The linker, for the objectives of queries and of text that is not stored."""
        from ingest.learned import published_labels
        from ingest.linking import load_linker

        labels = published_labels(self.generation.folder)
        return load_linker(encoder=self.encoder, vocabulary=self.vocabulary, labels=labels)

    def bodies(self, objective: int, *, every: bool = False) -> tuple[BodyEvidence, ...]:
        """The bodies that address an objective, each in its capacity with its evidence, the strongest first.

        Args:
            objective: 1 to 23.
            every: every piece of evidence, not only the strongest of each body and capacity.
        """
        from graph.evidence import read_evidence, strongest
        from graph.questions import bind

        if not 1 <= objective <= len(self.vocabulary.objectives):
            raise UsageError(f"{objective} is no objective of the Compact; give a number from 1 to 23.")
        result = self.engine.query(bind("bodies-for-objective", {"objective": str(objective)}), rows=1_000_000)
        evidence = read_evidence(result)
        return evidence if every else strongest(evidence)

    def profile(self, name: str) -> tuple[str, tuple[Relevance, ...]]:
        """What a name stands for, a document or a body, and how relevant each objective is to it; `graph.profiled`."""
        from graph.profiled import profile_for

        return profile_for(self.reader, self.vocabulary, name)

    def search(self, query: str, *, filters: Filters | None = None, limit: int = 10, offset: int = 0) -> SearchResult:
        """Ranked evidence for a query, by words, meaning and objective."""
        return self.index.search(
            query, encoder=self.encoder, filters=filters, limit=limit, offset=offset,
            affinity=self.linker.affinity(query) if query.strip() else None,
            synonyms=self.synonyms,
        )

    @cached_property
    def synonyms(self) -> Mapping[str, tuple[str, ...]]:
        """Acronyms and names of bodies and concepts, each to what else the same thing is called."""
        from ontology.synonyms import synonyms

        return synonyms(self.vocabulary)

    def bind_question(self, name: str, values: Mapping[str, str]) -> str:
        """A ready-made question for this store: as `gcmkg.bind_question`, with names looked up now: quicker."""
        from graph.names import finder
        from graph.questions import bind

        return bind(name, values, find=finder(self.engine))

    def query(self, text: str, *, limit: int | None = None, timeout: float | None = None) -> QueryResult:
        """Run read-only SPARQL under limits.

        Raises:
            QueryError: it does not parse.
            RefusedError: it is an update, calls a service, or reads from outside the store.
            LimitError: it took too long or too much memory.
        """
        return self.engine.query(text, rows=limit, seconds=timeout)

    def rewritten(self, text: str) -> str:
        """The query as it runs, with what `gcm:matches` found in its place."""
        return self.engine.rewritten(text)

    @cached_property
    def citing(self) -> Citing:
        """Citations of what a result names, and citation packs."""
        from graph.citing import Citing

        return Citing(self.engine, self.reader, self.generation, text_of=self.text)

    def ask(self, question: str, *, limit: int = 100) -> Answer:
        """Answer a plain question by a ready-made SPARQL question, or by search where none fits."""
        from graph.answering import answer

        def search(text: str) -> tuple[list[dict[str, Any]], int]:
            found = self.search(text, limit=limit)
            return [hit.to_record() for hit in found.hits], found.total

        scores = self.linker.affinity(question) if question.strip() else {}
        return answer(question, engine=self.engine, reader=self.reader, vocabulary=self.vocabulary, scores=scores,
                      search=search, limit=limit)

    def facts(self) -> Iterator[dict[str, Any]]:
        """Every fact as a record of the contract, by document and place."""
        from graph.records import facts

        return facts(self.reader)

    def passages(self) -> Iterator[dict[str, Any]]:
        """Every passage as a record of the contract, in reading order."""
        from graph.passages import passages

        return passages(self.reader)

    def dump(self, form: str, out: IO[bytes]) -> None:
        """Write the whole graph; the same generation gives the same bytes."""
        from graph.dumps import dump

        dump(self.reader, form, out)

    def nquads(self) -> Iterator[bytes]:
        """The whole graph as N-Quads, in pieces of whole lines; the first comes at once."""
        from graph.dumps import nquads

        return nquads(self.reader)

    def text(self, slug: str) -> str:
        """The text of a document, to which all offsets point.

        Raises:
            UsageError: the store has no such document.
        """
        if slug not in {entry["slug"] for entry in self.documents}:
            raise UsageError(f"The store has no document {slug!r}; gcmkg status lists those that it has.")
        data = (self.generation.folder / "texts" / f"{slug}.txt").read_bytes()
        return data.decode("utf-8", "surrogatepass")

    @property
    def documents(self) -> Sequence[Mapping[str, Any]]:
        """The documents' entries in the manifest: path, name, slug, SHA-256, counts."""
        entries: Sequence[Mapping[str, Any]] = self.generation.manifest["documents"]
        return entries

    def status(self) -> dict[str, Any]:
        """What is in the store, for people and for JSON."""
        from graph.generations import FORMAT
        from graph.overview import store_overview
        from ingest.quality import remark_text

        overview = store_overview(self.reader, self.generation.manifest)
        for document, entry in zip(overview["documents"], self.documents, strict=True):
            document["warnings"] = list(entry["warnings"])
            document["quality"] = [remark_text(remark) for remark in entry["remarks"]]
        return {"store": str(self.path), "generation": self.generation.number, "format": FORMAT, **overview}

    def evaluate(self, gold: Path, *, docs: Path | None = None) -> Evaluation:
        """Score the store's facts against a folder of annotations.

        Args:
            gold: one JSON file a document.
            docs: the documents' texts as .md or .txt; the store's own texts where it is none.
        """
        from ingest.evaluation.report import evaluate, read_texts

        stored = {Path(e["name"]).stem: self.text(e["slug"]) for e in self.documents}
        return evaluate(gold, stored if docs is None else read_texts(docs), self.facts())


def ingest(
    paths: Sequence[str | Path], *, store: str | Path | None = None, jobs: int = 1, ocr: str | None = None,
    progress: Progress | None = None,
) -> IngestReport:
    """Bring a store up to date with files and folders of documents; only what changed is read again.

    Args:
        paths: documents, or folders of documents.
        store: see `locate_store`.
        jobs: worker processes that read and annotate.
        ocr: the language in which pages that are pictures of text are read by OCR, as "eng" or "eng+fra"; needs
            the extra (`pip install 'gcmkg[ocr]'`) and Tesseract's data for the language.
        progress: called as `progress(stage, done, total)`.

    Raises:
        UsageError: a path is wrong, or OCR is not installed. A document that cannot be read is no error: the
            report names it.
        StoreError: the store cannot be written.
    """
    from ingest.run import ingest as run

    return run([Path(p) for p in paths], store=locate_store(store), jobs=jobs, ocr=ocr, progress=progress)


def index(
    store: str | Path | None = None, *, model: str | None = None, fast: bool = False, jobs: int = 1,
    progress: Progress | None = None,
) -> IngestReport:
    """Link and index all documents anew, also with another embedding model; see `ingest.run.reindex`."""
    from ingest.run import reindex

    return reindex(locate_store(store), model=model, fast=fast, jobs=jobs, progress=progress)


def tag(
    texts: Sequence[str], *, store: str | Path | None = None, progress: Progress | None = None
) -> tuple[Tagged, ...]:
    """Objectives, SDGs and principles of texts that are not stored; by what the linker of a store has learned, if any.

    Without a store at `store` (see `locate_store`), the linker is that of the vocabulary alone.
    """
    from ingest.learned import learned_labels
    from ingest.linking import load_linker

    return load_linker(labels=learned_labels(locate_store(store))).tag(texts, progress=progress)
