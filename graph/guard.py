"""What a query may do, decided on its tokens before anything runs: read, and only from this store."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urljoin

from graph.lexer import Token, place, tokens, unescaped
from graph.limits import Limits
from graph.namespaces import PREFIXES
from ontology import iris
from ontology.errors import QueryError, RefusedError

OFFERED: Mapping[str, str] = {
    **PREFIXES,
    **{f"{name}": f"{iris.ID}{name}/" for name in ("objective", "body", "principle", "document", "passage", "role")},
    "area": iris.AREA,
}
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = {
    "INSERT": "adds data", "DELETE": "removes data", "LOAD": "fetches data", "CLEAR": "empties a graph",
    "DROP": "removes a graph", "CREATE": "makes a graph", "ADD": "copies a graph", "MOVE": "moves a graph",
    "COPY": "copies a graph",
}
_BEFORE_GRAPH_NAME = frozenset({"GRAPH", "NAMED", "FROM"})


@dataclass(frozen=True, slots=True)
class Checked:
    """A query that may run.

    `has_dataset` says that it names its own graphs (FROM); `star` holds, for a `SELECT *`, its variables in
    order of first appearance. `tokens` and `prefixes` are for whoever rewrites it.
    """

    text: str
    has_dataset: bool
    star: tuple[str, ...] | None
    tokens: tuple[Token, ...]
    prefixes: Mapping[str, str]


def check_query(query: str, graphs: Collection[str], *, limits: Limits) -> Checked:
    """Look at a query before it runs.

    Args:
        query: SPARQL 1.1; it is never changed.
        graphs: IRIs of the named graphs of the store.
        limits: greatest size and nesting.

    Raises:
        QueryError: it has no beginning, or a prefix that is not declared.
        RefusedError: it writes, calls a service, reads from outside the store, or is too large.
    """
    size = len(query.encode("utf-8", "surrogatepass"))
    if size > limits.query_bytes:
        raise RefusedError(f"The query has {size} bytes and the limit is {limits.query_bytes}; shorten it.")
    if surrogate := re.search("[\ud800-\udfff]", query):
        raise QueryError(f"The query has half a character at {place(query, surrogate.start())}; remove it.")
    found = tokens(query)
    _refuse(query, found, limits)
    begin = _form_at(found)
    if begin is None:
        first = found[_prologue(found)[1]] if _prologue(found)[1] < len(found) else None
        said = f"begins with {first.text[:40]!r} at {place(query, first.start)}" if first else "is empty"
        raise QueryError(f"The query {said}; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE.")
    prefixes = {**OFFERED, **_prologue(found)[0]}
    _check_prefixes(query, found, prefixes)
    dataset = _dataset(query, found, prefixes)
    if outside := [name for name in dataset if name not in graphs]:
        raise RefusedError(f"FROM <{outside[0]}> is no graph of this store; name one that is, or leave FROM out.")
    return Checked(query, bool(dataset), _star(found, begin), found, prefixes)


def _refuse(query: str, found: Sequence[Token], limits: Limits) -> None:
    deepest = max((token.depth for token in found), default=0)
    if deepest > limits.nesting:
        raise RefusedError(f"The query nests {deepest} brackets and the limit is {limits.nesting}; flatten it.")
    for position, token in enumerate(found):
        keyword = token.keyword
        if "SERVICE" in keyword or _service_without_space(found, position):
            raise RefusedError(f"SERVICE at {place(query, token.start)} would call another computer, and queries only "
                               "read this store; leave that part out.")
        if keyword in _UPDATES:
            raise RefusedError(f"{keyword} at {place(query, token.start)} {_UPDATES[keyword]}, and queries only read; "
                               "write a SELECT, ASK, CONSTRUCT or DESCRIBE.")
        if "FROM" in keyword and keyword != "FROM":
            where = place(query, token.start)
            raise QueryError(f"The query has {token.text[:40]!r} at {where}; put spaces round FROM.")


def _service_without_space(found: Sequence[Token], position: int) -> bool:
    """Whether a prefixed name is `SERVICE` and a name, written without a space, before its pattern.

    Only a graph's name and a resource to describe may stand before `{` by right.
    """
    token = found[position]
    if token.kind != "name" or "SERVICE" not in unescaped(token.text).upper() or not token.depth:
        return False
    followed = position + 1 < len(found) and found[position + 1].text == "{"
    return followed and not (position and found[position - 1].keyword in _BEFORE_GRAPH_NAME)


def _prologue(found: Sequence[Token]) -> tuple[dict[str, str], int]:
    """The prefixes that the query declares, and how many tokens its prologue has; BASE under the key "<"."""
    prefixes: dict[str, str] = {}
    position = 0
    while position < len(found):
        keyword = found[position].keyword
        if keyword == "PREFIX" and [t.kind for t in found[position + 1 : position + 3]] == ["name", "iri"]:
            iri = unescaped(found[position + 2].text[1:-1])
            prefixes[found[position + 1].text.rstrip(":")] = urljoin(prefixes.get("<", ""), iri)
            position += 3
        elif keyword == "BASE" and position + 1 < len(found) and found[position + 1].kind == "iri":
            prefixes["<"] = urljoin(prefixes.get("<", ""), unescaped(found[position + 1].text[1:-1]))
            position += 2
        elif keyword == "VERSION" and position + 1 < len(found) and found[position + 1].kind == "string":
            position += 2
        else:
            break
    return prefixes, position


def _form_at(found: Sequence[Token]) -> int | None:
    _, begin = _prologue(found)
    return begin if begin < len(found) and found[begin].keyword.startswith(_FORMS) else None


def _check_prefixes(query: str, found: Sequence[Token], prefixes: Mapping[str, str]) -> None:
    for token in found:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in prefixes:
            raise QueryError(
                f"The prefix {prefix}: at {place(query, token.start)} is not declared; "
                f"add PREFIX {prefix}: <…> at the top of the query."
            )


def _dataset(query: str, found: Sequence[Token], prefixes: Mapping[str, str]) -> list[str]:
    """The graphs that FROM and FROM NAMED name, resolved."""
    names = []
    for position, token in enumerate(found):
        if token.keyword != "FROM":
            continue
        rest = [t for t in found[position + 1 : position + 3] if t.keyword != "NAMED"]
        if not rest or rest[0].kind not in {"iri", "name"}:
            raise QueryError(f"FROM at {place(query, token.start)} lacks the IRI of a graph; write FROM <…>.")
        names.append(resolved(rest[0], prefixes))
    return names


def resolved(token: Token, prefixes: Mapping[str, str]) -> str:
    """The IRI that an IRI or a prefixed name stands for; BASE is the prefix "<"."""
    if token.kind == "iri":
        return urljoin(prefixes.get("<", ""), unescaped(token.text[1:-1]))
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + re.sub(r"\\(.)", r"\1", local)


def _star(found: Sequence[Token], begin: int) -> tuple[str, ...] | None:
    head = [token.text if token.kind == "sign" else token.keyword for token in found[begin : begin + 3]]
    starred = head[:1] == ["SELECT"] and any(
        (first, second) in {("SELECT", "*"), ("DISTINCT", "*"), ("REDUCED", "*")} for first, second in pairwise(head)
    )
    if not starred:
        return None
    return tuple(dict.fromkeys(token.text[1:] for token in found if token.kind == "variable"))
