"""The search index: opened from a folder, asked for ranked evidence.

Filters come first: every passage that passes them is scored, by all parts of `search.ranking`. The best
1,000 can be paged through, copies folded; the hits of a page are told apart into answers and guesses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ontology.errors import StoreError, UsageError
from search.asked import Asked, Known, make_ready
from search.build import BARE, BLEND, COLUMNS, COPIES, LEXICAL, QUESTIONS, RECORD, VERSION, IndexStats, build_index
from search.columns import Columns
from search.encoder import Encoder
from search.entries import Copy, Entry, Filters, Hit, SearchResult, Why
from search.lexical import LexicalIndex, name_table, names_in
from search.query_text import read_query
from search.ranking import APART, SURE, TELLING, Candidates, part_values, support, total
from search.vectors import VectorFile

__all__ = ["IndexStats", "SearchIndex", "build_index"]

DEPTH = 1_000
MOST_HITS = 1_000  # of one page
MOST_COPIES = 100  # listed with one hit
LOOKED_AT = 10  # best hits that decide whether a query is answered at all
LIKE = 0.5  # cosine from which a passage is like another

Rows = NDArray[np.int64]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The allowed rows, what is known of them, their scores by part, and where the best of each group stand."""

    allowed: Rows
    of: Candidates
    parts: dict[str, Values]
    scores: Values
    best: Rows


class SearchIndex:
    """An index opened for reading; safe to use from several threads."""

    def __init__(self, columns: Columns, ranking: VectorFile, sentences: VectorFile, lexical: LexicalIndex,
                 *, known: Known, encoder_name: str) -> None:
        self._columns = columns
        self._ranking = ranking
        self._sentences = sentences
        self._lexical = lexical
        self.encoder_name = encoder_name
        self._telling = columns.is_one_of("statement_type", TELLING)
        self._apart = columns.is_one_of("kind", APART)
        self._weights = columns.numbers("weight")
        self._lengths = columns.lengths()
        self._names: tuple[Mapping[str, tuple[str, ...]], Mapping[str, tuple[str, ...]]] = ({}, {})
        self._known = known

    def __len__(self) -> int:
        return self._columns.count

    @classmethod
    def open(cls, folder: Path) -> SearchIndex:
        """Open the index in `folder`.

        Raises:
            StoreError: it is missing, damaged, not to be read, or of another version.
        """
        try:
            record = json.loads((folder / RECORD).read_text("utf-8"))
        except PermissionError as error:
            raise StoreError(f"You may not read {folder / RECORD}; ask its owner for permission to do so.") from error
        except (OSError, ValueError) as error:
            raise StoreError(f"{folder} holds no search index; run `gcmkg ingest` again.") from error
        if not isinstance(record, dict) or record.get("version") != VERSION:
            raise StoreError(f"The search index in {folder} is of another version; run `gcmkg ingest` again.")
        columns = Columns(folder / COLUMNS, groups=folder / COPIES)
        ranking, sentences = VectorFile(folder / BLEND), VectorFile(folder / BARE)
        if {columns.count, len(ranking.rows), len(sentences.rows)} != {record.get("passages")}:
            raise StoreError(f"The parts of the search index in {folder} disagree; run `gcmkg ingest` again.")
        lexical = LexicalIndex(folder / LEXICAL, count=columns.count)
        questions = VectorFile(folder / QUESTIONS)
        known = _known(record, columns, lexical, questions)
        return cls(columns, ranking, sentences, lexical, known=known, encoder_name=str(record.get("encoder")))

    def search(
        self,
        query: str,
        *,
        encoder: Encoder,
        filters: Filters | None = None,
        limit: int = 10,
        offset: int = 0,
        affinity: Mapping[int, float] | None = None,
        synonyms: Mapping[str, tuple[str, ...]] | None = None,
    ) -> SearchResult:
        """Ranked evidence for a query.

        Args:
            query: words, or words with the operators of `search.query_text`.
            encoder: of the model that the index was built with.
            filters: what a hit must be.
            limit: hits of one page, 1 to 1,000.
            offset: hits to pass over.
            affinity: how much the query is about each objective, 0 to 1, by number.
            synonyms: other names by name, both ways where wanted.

        Raises:
            UsageError: the query has no word, a page is out of range, or the encoder is of another model.
        """
        _check_page(limit, offset)
        if encoder.name != self.encoder_name:
            raise UsageError(f"The index was made with {self.encoder_name}, not {encoder.name}; run `gcmkg index`.")
        parsed = read_query(query)
        names = names_in(parsed.words, self._name_table(synonyms or {}))
        asked = make_ready(parsed.words, names, encoder=encoder, lexical=self._lexical, known=self._known)
        allowed = np.flatnonzero(self._columns.mask(filters or Filters()))
        exact = parsed.condition is not None
        if parsed.condition is not None:
            allowed = np.intersect1d(allowed, self._lexical.allowed(parsed.condition))
        ranking = self._rank(
            allowed, self._ranking.scores(asked.vector, allowed),
            self._lexical.scores(parsed.words, names)[allowed], self._columns.affinity(dict(affinity or {}))[allowed],
            role=self._columns.best("roles", asked.roles)[allowed],
            place=self._columns.is_one_of("scope", asked.places)[allowed],
        )
        looked_at = [self._hit(ranking, int(at), asked, exact=exact) for at in ranking.best[:LOOKED_AT]]
        page = [self._hit(ranking, int(at), asked, exact=exact) for at in ranking.best[offset : offset + limit]]
        notes = list(parsed.notes)
        if asked.unknown:
            notes.append(f"No passage has {' or '.join(map(repr, asked.unknown))}.")
        if asked.foreign:
            notes.append("No passage has a word of the query; the documents are searched in their own language.")
        answering = self._answering(ranking, asked, exact=exact)
        return SearchResult(
            hits=tuple(page), total=_total(answering, ranking, offset, page), facets=self._columns.facets(allowed),
            weak=all(hit.weak for hit in looked_at), notes=tuple(notes),
        )

    def more_like(
        self, passage_iri: str, *, filters: Filters | None = None, limit: int = 10, offset: int = 0
    ) -> SearchResult:
        """Passages whose meaning is like that of a passage; it and its copies are left out.

        Raises:
            UsageError: no passage has this IRI, or a page is out of range.
        """
        _check_page(limit, offset)
        row = self._columns.row_of(passage_iri)
        if row is None:
            raise UsageError(f"The store has no passage {passage_iri[:200]!r}; take the IRI from a search hit.")
        groups = self._columns.groups
        allowed = np.flatnonzero(self._columns.mask(filters or Filters()) & (groups != groups[row]))
        nothing = np.zeros(len(allowed))
        likeness = self._sentences.scores(self._sentences.rows[row], allowed)
        ranking = self._rank(allowed, likeness, nothing, nothing, role=nothing, place=nothing.astype(bool))
        hits = [
            self._bare_hit(ranking, int(at), weak=bool(likeness[at] < LIKE))
            for at in ranking.best[offset : offset + limit]
        ]
        return SearchResult(
            hits=tuple(hits), total=_total(int((likeness[ranking.best] >= LIKE).sum()), ranking, offset, hits),
            facets=self._columns.facets(allowed),
            weak=not any(likeness[at] >= LIKE for at in ranking.best[:LOOKED_AT]),
        )

    def entry(self, passage_iri: str) -> Entry | None:
        """The entry of a passage, or None."""
        row = self._columns.row_of(passage_iri)
        return None if row is None else self._columns.entry(row)

    def entries(self) -> Iterator[Entry]:
        """All entries, by document and place."""
        return (self._columns.entry(row) for row in range(len(self)))

    def _rank(self, allowed: Rows, meaning: NDArray[np.float32], words: NDArray[np.floating],
              affinity: Values, *, role: Values, place: NDArray[np.bool_]) -> _Ranking:
        of = Candidates(
            meaning=meaning.astype(np.float64), words=words.astype(np.float64), affinity=affinity,
            role=role, place=place,
            telling=self._telling[allowed], apart=self._apart[allowed], weight=self._weights[allowed],
            length=self._lengths[allowed],
        )
        parts = part_values(of)
        scores = total(parts)
        return _Ranking(allowed, of, parts, scores, self._best(allowed, scores))

    def _best(self, allowed: Rows, scores: Values) -> Rows:
        """Positions of the best of each group, best first, at most 1,000; equals in the order of their rows."""
        near = np.arange(len(allowed))
        if len(allowed) > 4 * DEPTH:  # sort no more than can matter, unless copies crowd out the rest
            near = np.flatnonzero(scores >= np.partition(scores, -4 * DEPTH)[-4 * DEPTH])
        while True:
            order = near[np.lexsort((near, -scores[near]))]
            _, first = np.unique(self._columns.groups[allowed[order]], return_index=True)
            if len(first) >= DEPTH or len(near) == len(allowed):
                return np.asarray(order[np.sort(first)][:DEPTH])
            near = np.arange(len(allowed))

    def _name_table(self, synonyms: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        """The table of these synonyms, made once for as long as the caller gives the same mapping."""
        known, table = self._names
        if known is not synonyms:
            table = name_table(synonyms)
            self._names = (synonyms, table)
        return table

    def _hit(self, ranking: _Ranking, at: int, asked: Asked, *, exact: bool) -> Hit:
        row = int(ranking.allowed[at])
        entry = self._columns.entry(row)
        stems = self._lexical.all_stems(entry.text)
        everything = stems | self._lexical.all_stems(entry.context)
        found = [word for word in asked.words if everything.issuperset(self._lexical.stems(word))]
        others = [
            other for alternatives in asked.names.values() for other in alternatives
            if f" {other.casefold()} " in f" {entry.text.casefold()} "
        ]
        whole = sum(asked.core_rarity.values())
        had = sum(rarity for stem, rarity in asked.core_rarity.items() if stem in stems)
        borne_out = support(
            float(self._sentences.rows[row] @ asked.core_vector), had / whole if whole else 0.0,
            role=float(ranking.of.role[at]), affinity=float(ranking.of.affinity[at]),
            astray=bool(asked.places) and not ranking.of.place[at],
        )
        weak = not exact and (borne_out < SURE or asked.beyond(entry.text, entry.context))
        return self._bare_hit(ranking, at, weak=weak, entry=entry, words=tuple(dict.fromkeys([*found, *others])))

    def _answering(self, ranking: _Ranking, asked: Asked, *, exact: bool) -> int:
        """How many of the best are no guesses, as `_hit` tells them apart."""
        if exact:
            return len(ranking.best)
        if asked.hopeless:
            return 0
        had = np.zeros(len(self))
        for stem, rarity in asked.core_rarity.items():
            had[self._lexical.having(stem)] += rarity
        whole = sum(asked.core_rarity.values())
        rows = ranking.allowed[ranking.best]
        near = self._sentences.rows[rows] @ asked.core_vector
        found = [
            int(row) for at, row, likeness in zip(ranking.best, rows, near, strict=True)
            if support(
                float(likeness), had[row] / whole if whole else 0.0, role=float(ranking.of.role[at]),
                affinity=float(ranking.of.affinity[at]), astray=bool(asked.places) and not ranking.of.place[at],
            ) >= SURE
        ]
        entries = (self._columns.entry(row) for row in found)
        return sum(not asked.beyond(entry.text, entry.context) for entry in entries)

    def _bare_hit(self, ranking: _Ranking, at: int, *, weak: bool, entry: Entry | None = None,
                  words: tuple[str, ...] = ()) -> Hit:
        row = int(ranking.allowed[at])
        parts = {name: round(float(values[at]), 4) for name, values in ranking.parts.items()}
        return Hit(
            entry=entry or self._columns.entry(row), score=round(float(ranking.scores[at]), 4), weak=weak,
            why=Why(words, {name: value for name, value in parts.items() if value}),
            copies=self._copies(ranking.allowed, row),
        )

    def _copies(self, allowed: Rows, row: int) -> tuple[Copy, ...]:
        groups = self._columns.groups
        others = [int(other) for other in allowed[groups[allowed] == groups[row]] if other != row][:MOST_COPIES]
        entries = [self._columns.entry(other) for other in others]
        return tuple(Copy(e.passage_iri, e.document, e.start, e.end, e.page) for e in entries)


def _total(answering: int, ranking: _Ranking, offset: int, page: Sequence[Hit]) -> int:
    """What `SearchResult.total` counts."""
    shown = offset + len(page) if page else 0
    return max(answering or min(LOOKED_AT, len(ranking.best)), shown)


def _known(record: Mapping[str, Any], columns: Columns, lexical: LexicalIndex, questions: VectorFile) -> Known:
    called = {place: tuple(alternatives) for place, alternatives in record["places"].items()}
    names: dict[str, list[str]] = {}
    for place, alternatives in called.items():
        for name in alternatives:
            names.setdefault(name, []).append(place)
    return Known(
        title_stems=frozenset(stem for title in columns.distinct("title") for stem in lexical.stems(title)),
        places=name_table({name: tuple(places) for name, places in sorted(names.items())}),
        called=called,
        scopes=frozenset(columns.distinct("scope")),
        kinds=tuple(record["roles"]),
        questions=questions.rows.copy(),
    )


def _check_page(limit: int, offset: int) -> None:
    if not 1 <= limit <= MOST_HITS:
        raise UsageError(f"The limit {limit} is out of range; give a number from 1 to {MOST_HITS:,}.")
    if offset < 0:
        raise UsageError(f"The offset {offset} is negative; give 0 or more.")
