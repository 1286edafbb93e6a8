"""The words of an index in tantivy: stemmed, with phrases, conditions, patterns and fields."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from ontology.errors import StoreError
from search.entries import Entry
from search.query_text import Group, Node, Term, words_of
from search.read_only import lockable

_STEMMED = "gcmkg_stemmed"
_PLAIN = "gcmkg_plain"
_FIELDS = {"text": "text", "title": "title", "section": "section", "body": "body", "agent": "agent",
           "addressee": "addressee", "document": "document", "type": "type", "": "text"}
_SATURATION = 2.2  # k1 + 1 of BM25: what one word scores at most, in units of its rarity
_ALIAS_WEIGHT = 0.8  # of a name that stands for what was typed
LONGEST_NAME = 8  # words
HEAP = 20_000_000  # bytes that the words of passages may take before they are written; tantivy asks for 15 million
STOP_WORDS = frozenset(re.findall(r"\w+", """
    a about all also am an and any are as at be because been being but by can could did do does doing for from had has
    have having he her his how i if in into is it its me my no nor not of on or other our own shall she should so some
    such than that the their them then there these they this those through to too under until up very was we were
    what when where which while who whom whose why will with would you your
"""))

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


def _analyser(*, stemmed: bool) -> tantivy.TextAnalyzer:
    builder = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(60)).filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold())
    )
    return (builder.filter(tantivy.Filter.stemmer("english")) if stemmed else builder).build()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", fast=True)
    for name in ("everything", "text", "title", "section", "body", "agent", "addressee"):
        builder.add_text_field(name, tokenizer_name=_STEMMED)
    for name in ("document", "type", "exact"):
        builder.add_text_field(name, tokenizer_name=_PLAIN)
    return builder.build()


def _with_analysers(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_STEMMED, _analyser(stemmed=True))
    index.register_tokenizer(_PLAIN, _analyser(stemmed=False))
    return index


def write_lexical(folder: Path, entries: Iterable[Entry]) -> None:
    """Write the lexical index of the entries; the number of an entry is its row."""
    with LexicalWriter(folder) as writer:
        writer.add(entries)


class LexicalWriter:
    """Writes a lexical index entry by entry, within `HEAP` bytes of memory. Use as a context manager.

    Args:
        folder: made where missing.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        index = _with_analysers(tantivy.Index(_schema(), path=str(folder)))
        self._writer = index.writer(heap_size=HEAP, num_threads=1)
        self._rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._writer.commit()
        self._writer.wait_merging_threads()
        for path in sorted(self._folder.iterdir()):  # tantivy keeps some to their owner; readers of the folder search
            path.chmod(self._folder.stat().st_mode & 0o666)

    def add(self, entries: Iterable[Entry]) -> None:
        """Append entries; the number of an entry is its row."""
        for entry in entries:
            self._writer.add_document(tantivy.Document(
                row=self._rows, everything=f"{entry.context}\n{entry.text}", text=entry.text, exact=entry.text,
                title=entry.title, section=entry.section, body="\n".join(entry.bodies), agent=entry.agent or "",
                addressee=entry.addressee or "", document=entry.document, type=entry.statement_type or "",
            ))
            self._rows += 1


class LexicalIndex:
    """A lexical index opened for reading."""

    def __init__(self, folder: Path, *, count: int) -> None:
        """Open it.

        Args:
            folder: as written by `write_lexical`.
            count: the number of entries it must have.

        Raises:
            StoreError: it is missing, damaged, not to be read, or of another number of entries.
        """
        try:
            index = tantivy.Index.open(str(lockable(folder)))
        except ValueError as error:
            raise StoreError(f"{folder} is not a text index of gcmkg; run `gcmkg ingest` again.") from error
        self._schema = index.schema
        self._searcher = _with_analysers(index).searcher()
        self._stem = _analyser(stemmed=True)
        self._plain = _analyser(stemmed=False)
        self.count = count
        if self._searcher.num_docs != count:
            raise StoreError(f"{folder} has {self._searcher.num_docs} passages, not {count}; run `gcmkg ingest` again.")

    def stems(self, text: str) -> list[str]:
        """The stems of a text in order, without stop words."""
        return [stem for word in words_of(text) if word.lower() not in STOP_WORDS for stem in self._stem.analyze(word)]

    def all_stems(self, text: str) -> frozenset[str]:
        """The set of stems of a text, stop words and all."""
        return frozenset(self._stem.analyze(text))

    def rarity(self, stem: str) -> float:
        """The inverse document frequency of a stem, as BM25 takes it; highest where no passage has it."""
        found = self._searcher.doc_freq("everything", stem)
        return math.log(1 + (self.count - found + 0.5) / (found + 0.5))

    def known(self, stem: str) -> bool:
        """Whether any passage has the stem."""
        return bool(self._searcher.doc_freq("everything", stem))

    def having(self, stem: str) -> Rows:
        """The rows whose own text has a stem."""
        return self._found(tantivy.Query.term_query(self._schema, "text", stem))[1]

    def scores(self, text: str, names: Mapping[str, Sequence[str]]) -> Scores:
        """BM25 of every row for the words of a query, as a share of the most that these words can score.

        Args:
            text: the words.
            names: other names for parts of the text (`names_in`); the best of a part and its names counts.
        """
        out = np.zeros(self.count, np.float32)
        stems = list(dict.fromkeys(self.stems(text)))
        parts = {stem: tantivy.Query.term_query(self._schema, "everything", stem) for stem in stems}
        most = sum(_SATURATION * self.rarity(stem) for stem in stems)
        clauses: list[tantivy.Query] = []
        for part, others in sorted(names.items()):
            stems_of_part = [stem for stem in dict.fromkeys(self.stems(part)) if stem in parts]
            worth = sum(self.rarity(stem) for stem in stems_of_part)
            own = [parts.pop(stem) for stem in stems_of_part]
            if own:
                clauses.append(tantivy.Query.disjunction_max_query([self._any(own), *self._aliases(others, worth)]))
        clauses += parts.values()
        if most and clauses and self.count:
            scores, rows = self._found(self._any(clauses))
            out[rows] = np.minimum(scores / most, 1.0)
        return out

    def _aliases(self, names: Sequence[str], worth: float) -> Iterator[tantivy.Query]:
        """Phrases for other names, each scoring at most 0.8 of what the words that were typed can score."""
        for name in names:
            stems = self._stem.analyze(name)
            query = self._phrase("everything", stems)
            if query is not None:
                boost = min(1.0, _ALIAS_WEIGHT * worth / sum(self.rarity(stem) for stem in stems))
                yield tantivy.Query.boost_query(query, boost)

    def allowed(self, condition: Node) -> Rows:
        """The rows that fulfil a condition, ascending."""
        query = self._query(condition)
        if isinstance(condition, Group) and condition.kind == "not":
            query = self._query(Group("and", (condition,)))
        return np.sort(self._found(query)[1])

    def _found(self, query: tantivy.Query) -> tuple[NDArray[np.float64], Rows]:
        """Score and row of every match; arrays, because a common word has as many as there are passages."""
        hits = self._searcher.search(query, max(self.count, 1), count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        return np.array([score for score, _ in hits], np.float64), np.array(rows, np.int64)

    def _query(self, node: Node) -> tantivy.Query:
        if isinstance(node, Term):
            return self._term(node)
        if node.kind == "or":
            return self._any([self._query(part) for part in node.parts])
        clauses = []
        for part in node.parts:
            negative = isinstance(part, Group) and part.kind == "not"
            inner = part.parts[0] if isinstance(part, Group) and negative else part
            clauses.append((tantivy.Occur.MustNot if negative else tantivy.Occur.Must, self._query(inner)))
        if node.kind == "not":
            clauses = [(tantivy.Occur.MustNot, self._query(node.parts[0]))]
        if all(occur == tantivy.Occur.MustNot for occur, _ in clauses):
            clauses.append((tantivy.Occur.Must, tantivy.Query.all_query()))
        return tantivy.Query.boolean_query(clauses)

    def _term(self, term: Term) -> tantivy.Query:
        if term.pattern:
            pattern = re.sub(r"\*+", ".*", term.words[0])
            return tantivy.Query.regex_query(self._schema, "exact", pattern)
        name = _FIELDS[term.field]
        analyser = self._plain if name in ("document", "type") else self._stem
        found = self._phrase(name, [token for word in term.words for token in analyser.analyze(word)])
        return found or tantivy.Query.empty_query()

    def _phrase(self, name: str, tokens: Sequence[str]) -> tantivy.Query | None:
        if not tokens:
            return None
        if len(tokens) == 1:
            return tantivy.Query.term_query(self._schema, name, tokens[0])
        return tantivy.Query.phrase_query(self._schema, name, list(tokens))

    @staticmethod
    def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])


def name_table(synonyms: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """`synonyms` by the words of each name in lower case, for `names_in`; names that differ in marks are joined."""
    table: dict[str, tuple[str, ...]] = {}
    for name, others in sorted(synonyms.items()):
        key = " ".join(words_of(name.lower()))
        table[key] = tuple(dict.fromkeys([*table.get(key, ()), *others]))
    return table


def names_in(text: str, table: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The parts of a query that a `name_table` knows, longest first and without overlap, with their other names."""
    words = words_of(text)
    found: dict[str, tuple[str, ...]] = {}
    start = 0
    while start < len(words):
        for length in range(min(LONGEST_NAME, len(words) - start), 0, -1):
            part = " ".join(words[start : start + length])
            if part not in STOP_WORDS and (others := table.get(part.lower())):  # "who" is not WHO
                found[part] = others
                start += length - 1
                break
        start += 1
    return found
