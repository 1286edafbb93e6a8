"""The search clause of queries: `?passage gcm:matches ("lost identity papers" 20 ?score)`.

The search runs first; what it finds stands in the place of the clause as VALUES and is joined with the rest of the
pattern. Nothing else of a query is ever changed. What searches is given from outside: this package knows no search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.guard import Checked, resolved
from graph.lexer import Token, place, string_value
from graph.namespaces import PREFIXES
from graph.terms import escaped_iri
from ontology import iris
from ontology.errors import QueryError, RefusedError

MATCHES = f"{iris.ONTOLOGY}matches"
HITS, MOST_HITS, MOST_CLAUSES, LONGEST = 20, 1_000, 5, 1_000

Search = Callable[[str, int], Sequence[tuple[str, float]]]
"""Gives (IRI of a passage, score) for a text and how many are wanted, the best first."""

_USAGE = 'write it as ?passage gcm:matches ("words to look for" 20 ?score), where number and ?score may be left out'
_TERMS = frozenset({"variable", "string", "iri", "name", "number", "blank"})
_WHOLE = re.compile(r"\d{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Clause:
    """One search clause: what it asks for, and the range of the query's text that it takes."""

    passage: str
    text: str
    hits: int
    score: str | None
    start: int
    end: int
    goes_on: bool


def rewritten(checked: Checked, search: Search | None) -> str:
    """The text of the query with the passages found in place of each search clause.

    Args:
        checked: the query.
        search: what searches; none where there is no index.

    Raises:
        QueryError: a clause is not written as it must be, or nothing can search here.
        RefusedError: it has too many clauses, or asks for too much.
    """
    clauses = tuple(_clauses(checked))
    if not clauses:
        return checked.text
    if search is None:
        raise QueryError("This graph has no search index, so gcm:matches finds nothing; leave it out.")
    if len(clauses) > MOST_CLAUSES:
        raise RefusedError(f"The query has {len(clauses)} search clauses and the limit is {MOST_CLAUSES}; split it up.")
    parts, position = [], 0
    for clause in clauses:
        parts += [checked.text[position : clause.start], _values(clause, search(clause.text, clause.hits))]
        position = clause.end
    return "".join([*parts, checked.text[position:]])


def _values(clause: Clause, found: Sequence[tuple[str, float]]) -> str:
    best: dict[str, float] = {}
    for iri, score in found:
        best.setdefault(iri, score)
    if clause.score is None:
        rows = " ".join(f"<{escaped_iri(iri)}>" for iri in best)
        block = f"VALUES {clause.passage} {{ {rows} }}"
    else:
        rows = " ".join(f"(<{escaped_iri(iri)}> {_decimal(score)})" for iri, score in best.items())
        block = f"VALUES ({clause.passage} {clause.score}) {{ {rows} }}"
    return f"{block} {clause.passage}" if clause.goes_on else block


def _decimal(score: float) -> str:
    return f'"{score:.4f}"^^<{PREFIXES["xsd"]}decimal>'


def _clauses(checked: Checked) -> Iterator[Clause]:
    found = checked.tokens
    for at, token in enumerate(found):
        if token.kind not in {"name", "iri"} or resolved(token, checked.prefixes) != MATCHES:
            continue
        before, after = found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None
        if after is not None and after.text == "(":
            yield _clause(checked.text, found, at)
        elif before is not None and before.kind == "variable" and after is not None and after.kind in _TERMS:
            raise _wrong(checked.text, token)


def _clause(query: str, found: Sequence[Token], at: int) -> Clause:
    subject = found[at - 1] if at else None
    stands_alone = at > 1 and found[at - 2].text in {"{", "}", ".", ")"}
    if subject is None or subject.kind != "variable" or not stands_alone:
        raise _wrong(query, found[at])
    end = next((n for n in range(at + 2, len(found)) if found[n].text == ")"), at)
    text, *rest = found[at + 2 : end] or [found[at]]
    hits = int(rest.pop(0).text) if rest and _WHOLE.fullmatch(rest[0].text) else HITS
    score = rest.pop(0).text if rest and rest[0].kind == "variable" else None
    if text.kind != "string" or rest or end == at:
        raise _wrong(query, found[at])
    wanted = string_value(text.text)
    if not wanted.strip() or len(wanted) > LONGEST:
        raise QueryError(f"gcm:matches at {place(query, found[at].start)} looks for {len(wanted)} characters; give it "
                         f"1 to {LONGEST}.")
    if not 1 <= hits <= MOST_HITS:
        raise RefusedError(f"gcm:matches at {place(query, found[at].start)} asks for {hits} passages; ask for 1 to "
                           f"{MOST_HITS}.")
    follower = found[end + 1] if end + 1 < len(found) else None
    if follower is not None and follower.text == ",":
        raise _wrong(query, found[at])
    goes_on = follower is not None and follower.text == ";"
    last = follower if goes_on and follower is not None else found[end]
    return Clause(subject.text, wanted, hits, score, subject.start, last.start + 1, goes_on)


def _wrong(query: str, token: Token) -> QueryError:
    return QueryError(f"gcm:matches at {place(query, token.start)} is not understood; {_USAGE}.")
