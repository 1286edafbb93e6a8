"""The store: a writer that changes one document at a time, whole or not at all, and a reader that only reads."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph as ox

from graph import locks, nquads
from graph.derived import derived_quads
from graph.namespaces import DERIVED_GRAPH, ONTOLOGY_GRAPH, PREFIXES, term
from graph.nquads import Written, named
from ontology import iris
from ontology.errors import DamagedStoreError, StoreError, UsageError
from ontology.vocabulary import FOLDER, read_turtle, turtle_files

if TYPE_CHECKING:
    from rdflib import Dataset

Value = str | int | float | bool | None

_DAMAGE = ("Corruption", "No such file", "while stat a file for size")
_GRAPH_PREFIX = f"{iris.ID}graph/"
# Files of sorted quads are ingested faster than quads one by one, but making the files takes as long as 2,000 quads,
# and what has more than a million is ingested in several steps, which a kill could part.
_BULK = range(2_000, 900_000)
# The database keeps what is written quad by quad in memory, about a kilobyte a quad, until it has 64 MB in one of its
# dozen tables; so it is told to write it out before.
_KEPT = 20_000
_XSD = PREFIXES["xsd"]
_WHOLE = frozenset({f"{_XSD}integer", f"{_XSD}int", f"{_XSD}long", f"{_XSD}nonNegativeInteger"})
_BROKEN = frozenset({f"{_XSD}decimal", f"{_XSD}double", f"{_XSD}float"})


class GraphReader:
    """Reads one graph database that nobody writes: a published generation.

    Any number of processes may read the same folder; nothing in it is changed by reading.

    Raises:
        StoreError: there is no readable database in the folder.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_dir():
            raise StoreError(f"{path} holds no graph; ingest documents first, or name the right store.")
        self._path = path
        self._store = _open(path, read_only=True)

    def select(self, query: str, substitutions: Mapping[str, ox.NamedNode | ox.Literal] | None = None
               ) -> Iterator[dict[str, Value]]:
        """Rows of a SELECT of our own over the union of all graphs, streamed.

        For trusted queries only: neither limits nor checks. The usual prefixes are known.

        Args:
            query: SPARQL 1.1.
            substitutions: terms put in place of variables that the query selects, by name without "?".

        Yields:
            One dictionary a row: every variable of the query, IRIs and texts as `str`, numbers and truth
            values as such, `None` where unbound.
        """
        bound: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): value for name, value in (substitutions or {}).items()
        }
        with _told_when_damaged(self._path):
            rows = self._store.query(
                query, prefixes=dict(PREFIXES), use_default_graph_as_union=True, substitutions=bound or None
            )
            if not isinstance(rows, ox.QuerySolutions):
                raise UsageError("Only SELECT queries give rows; write the query as a SELECT.")
            names = [variable.value for variable in rows.variables]
            for row in rows:
                yield {name: python_value(value) for name, value in zip(names, row, strict=True)}

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """All quads, or those of one named graph, streamed in the order of the index: the same for the same quads."""
        name = None if graph is None else term(graph)
        with _told_when_damaged(self._path):
            yield from self._store.quads_for_pattern(None, None, None, name)

    def values(self, graph: str, predicate: str) -> Iterator[ox.QuerySolution]:
        """Subject and object of each triple with a predicate (a prefixed name) in one named graph, streamed.

        A query, because it looks up two terms a triple in the store's dictionary and `quads` four.
        """
        query = f"SELECT ?s ?o WHERE {{ GRAPH {named(graph)} {{ ?s {named(predicate)} ?o }} }}"
        with _told_when_damaged(self._path):
            rows = self._store.query(query)
            yield from rows if isinstance(rows, ox.QuerySolutions) else ()

    def graph_names(self) -> tuple[str, ...]:
        """The named graphs, sorted."""
        with _told_when_damaged(self._path):
            return tuple(sorted(name.value for name in self._store.named_graphs()))

    def document_slugs(self) -> tuple[str, ...]:
        """The slugs of all documents, sorted."""
        with _told_when_damaged(self._path):
            return _slugs(self._store)

    def counts(self) -> dict[str, int]:
        """How many quads, documents, passages, bodies, and facts of each kind there are, by contract name.

        A node of these kinds is of one graph alone, so none has to be remembered to be counted once.
        """
        classes = {
            "passages": "Passage", "bodies": "BodyMention", "relations": "BodyRelation", "body_facts": "BodyFact",
            "statements": "Statement", "objective_links": "ObjectiveLink", "sdg_links": "SdgLink",
            "principle_links": "PrincipleLink", "instruments": "InstrumentMention",
        }
        query = "SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH ?graph {{ ?x a gcm:{name} }} }}"
        numbers = {key: row["n"] for key, name in classes.items() for row in self.select(query.format(name=name))}
        with _told_when_damaged(self._path):
            whole = {"quads": len(self._store), "documents": len(self.document_slugs())}
        return whole | {key: number for key, number in numbers.items() if isinstance(number, int)}

    def as_rdflib(self) -> Dataset:
        """The same data as an rdflib `Dataset` whose default graph is the union of all graphs."""
        from oxrdflib.store import OxigraphStore
        from rdflib import Dataset

        dataset = Dataset(store=OxigraphStore(store=self._store), default_union=True)
        for prefix, namespace in PREFIXES.items():
            dataset.bind(prefix, namespace)
        return dataset


class GraphWriter:
    """Writes the working graph; one writer at a time.

    Every change is one transaction of the database: a process that is killed leaves a document as it was or
    as it should be, never in between. Use as a context manager, or call `close`.

    Raises:
        StoreError: another writer holds the database (it is named), or it cannot be opened.
        DamagedStoreError: the database is damaged; whatever is done in the context may raise this too.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = 0
        self._held = ExitStack()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._held.enter_context(locks.exclusive(path.with_name(path.name + ".lock"), what=f"The graph {path}"))
        try:
            self._store: ox.Store | None = _open(path, read_only=False)
        except StoreError:
            self._held.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, (OSError, RuntimeError)):
            with _told_when_damaged(self._path):
                raise error

    def close(self) -> None:
        """Let go of the database and its lock; a second call does nothing."""
        self._store = None
        self._held.close()

    def put_document(self, slug: str, quads: Iterable[ox.Quad]) -> None:
        """Make the named graph of the document hold exactly these quads, in one transaction.

        Raises:
            StoreError: a quad belongs to another graph, or the name is that of the ontology's own graph.
        """
        self.put_documents({slug: (str(quad) for quad in quads)})

    def put_documents(self, documents: Mapping[str, Iterable[str]]) -> None:
        """Make the named graph of each document hold exactly these lines of N-Quads (`graph.mapping.document_lines`).

        Documents that are new go in together, in one transaction; it takes half the time of one at a time. A
        document that is there already is changed in a transaction of its own.

        Args:
            documents: lines by slug.

        Raises:
            StoreError: a line belongs to another graph, or a name is that of the ontology's own graph.
        """
        fresh: list[str] = []
        for slug, lines in documents.items():
            graph = iris.document_graph(slug)
            if graph == ONTOLOGY_GRAPH:
                raise StoreError(f"A document cannot be called {slug!r}, the ontology has that name; rename its file.")
            fresh += self._change(graph, lines)
        self._load(fresh)

    def drop_document(self, slug: str) -> None:
        """Remove the document with its named graph; one that is not there is no error."""
        self._drop(named(iris.document_graph(slug)))

    def load_vocabulary(self, folder: Path = FOLDER) -> None:
        """Make the ontology's graph hold exactly the Turtle files of the folder, in one transaction.

        Raises:
            VocabularyError: a file does not parse.
        """
        name = named(ONTOLOGY_GRAPH)
        triples = (triple for path in turtle_files(folder) for triple in read_turtle(path))
        self._load(self._change(ONTOLOGY_GRAPH, (f"{triple} {name}" for triple in triples)))

    def document_slugs(self) -> tuple[str, ...]:
        """The slugs of all documents, sorted."""
        return _slugs(self._database)

    def derive(self) -> None:
        """Bring the derived graphs up to date with all documents and the vocabulary, each in one transaction."""
        from graph.indirect import INDIRECT_GRAPH, indirect_quads

        for graph, quads in ((DERIVED_GRAPH, derived_quads), (INDIRECT_GRAPH, indirect_quads)):
            self._load(self._change(graph, (str(quad) for quad in quads(self._database))))

    def backup(self, to: Path) -> None:
        """Copy the whole graph, its derived part up to date, into the new folder `to`.

        On the same file system the copy consists of hard links; readers of it change nothing.

        Raises:
            StoreError: the folder exists already, or there is no space.
        """
        self.derive()
        try:
            self._database.backup(to)
        except OSError as error:
            raise StoreError(f"The graph was not copied to {to} ({error}); free space there, then repeat.") from error

    @property
    def _database(self) -> ox.Store:
        if self._store is None:
            raise StoreError("This writer is closed; open the store again.")
        return self._store

    def _change(self, graph: str, lines: Iterable[str]) -> Collection[str]:
        """Bring a graph that is there to these lines, in one transaction; the lines of one that is not come back."""
        name, asked = named(graph), list(lines)
        ending = f" {name}"
        if strays := sorted(line for line in asked if not line.endswith(ending)):
            stray = strays[0].rpartition(" ")[2]
            raise StoreError(f"A quad of {stray} does not belong into {name}; map each document by itself.")
        if not self._database.contains_named_graph(term(graph)):
            return asked
        if not asked:
            self._drop(name)
            return ()
        wanted = set(asked)
        stored = {str(quad) for quad in self._database.quads_for_pattern(None, None, None, term(graph))}
        removed, added = stored - wanted, wanted - stored
        if removed:
            # One request of two operations is one transaction; only what differs is touched.
            self._database.update(f"{_data('DELETE', name, removed)} ;\n{_data('INSERT', name, added)}")
            self._changed(len(removed) + len(added))
            return ()
        return added

    def _load(self, lines: Collection[str]) -> None:
        """Add lines in one transaction."""
        content = nquads.document(lines)
        if len(lines) in _BULK:
            self._database.bulk_load(content, ox.RdfFormat.N_QUADS, lenient=True)
        else:
            self._database.load(content, ox.RdfFormat.N_QUADS, lenient=True)
            self._changed(len(lines))

    def _drop(self, graph: Written) -> None:
        rows = self._database.query(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        held = sum(int(row["n"].value) for row in rows) if isinstance(rows, ox.QuerySolutions) else 0
        self._database.update(f"DROP SILENT GRAPH {graph}")
        self._changed(held)

    def _changed(self, quads: int) -> None:
        """Have what is kept in memory written out when it has become much."""
        self._kept += quads
        if self._kept >= _KEPT:
            self._database.flush()
            self._kept = 0


def python_value(value: object) -> Value:
    """An RDF term as a plain value: IRIs and texts as `str`, numbers and truth values as such."""
    if isinstance(value, ox.Literal):
        datatype = value.datatype.value
        if datatype in _WHOLE:
            return int(value.value)
        if datatype in _BROKEN:
            return float(value.value)
        if datatype == f"{_XSD}boolean":
            return value.value == "true"
        return value.value
    if isinstance(value, ox.NamedNode | ox.BlankNode):
        return value.value
    return None if value is None else str(value)


def _slugs(store: ox.Store) -> tuple[str, ...]:
    names = sorted(name.value for name in store.named_graphs() if name.value != ONTOLOGY_GRAPH)
    return tuple(name.removeprefix(_GRAPH_PREFIX) for name in names if name.startswith(_GRAPH_PREFIX))


def _data(verb: str, graph: Written, lines: Iterable[str]) -> str:
    triples = "\n".join(f"{line.removesuffix(graph)}." for line in sorted(lines))
    return f"{verb} DATA {{ GRAPH {graph} {{\n{triples}\n}} }}"


@contextmanager
def _told_when_damaged(path: Path) -> Iterator[None]:
    """Turn what Oxigraph raises on a block whose checksum is wrong, or a file that is gone, into one of our errors."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if any(sign in str(error) for sign in _DAMAGE):
            raise DamagedStoreError(
                f"The graph {path} is damaged ({str(error)[:200]}); run the last ingest again to repair it."
            ) from error
        raise


def _open(path: Path, *, read_only: bool) -> ox.Store:
    try:
        with _told_when_damaged(path):
            return ox.Store.read_only(str(path)) if read_only else ox.Store(path)
    except OSError as error:
        raise StoreError(
            f"The graph {path} cannot be opened ({error}); run `gcmkg verify`, or ingest into a new store."
        ) from error
