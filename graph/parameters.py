"""Values of parameters, as people write them, turned into clauses of SPARQL with terms in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from graph.namespaces import PREFIXES
from graph.terms import Term
from ontology import iris
from ontology.errors import QueryError

# Each type of parameter with what its value is called in a usage line.
TYPES = {
    "objective": "1..23",
    "body": "NAME|ACRONYM|IRI",
    "country": "NAME|ISO-CODE",
    "document": "FILE|TITLE|IRI",
    "sdg": "GOAL|TARGET",
    "iri": "IRI",
    "text": "TEXT",
    "integer": "INTEGER",
    "year": "YEAR",
    "choice": "CHOICE",
}
LAST_OBJECTIVE = 23

Find = Callable[[str], Sequence[str] | None]

_LONGEST = 2_000
_MOST_NAMED = 100  # so many IRIs stand in a query; a name that more have is looked for by the query itself
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}:[^\x00-\x20<>\"{}|^`\\]+")
_WHOLE = re.compile(r"[+-]?\d{1,9}", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_SDG = re.compile(r"([1-9]|1[0-7])(\.(\d{1,2}|[a-d]))?", re.ASCII)
# What a body, area or document is known by; matched in any case.
_LABELS = {
    "body": ("skos:prefLabel", "skos:altLabel", "gcm:acronym", "gcm:caseSensitiveAlias"),
    "country": ("skos:prefLabel", "skos:altLabel", "gcm:isoAlpha2", "gcm:isoAlpha3", "gcm:m49"),
    "document": ("gcm:fileName", "dcterms:title"),
}


def clause(
    kind: str, name: str, value: str, *, variable: str, choices: Sequence[str] = (), find: Find | None = None
) -> str:
    """Lines of SPARQL that bind a variable to a value.

    Args:
        kind: one of `TYPES`.
        name: of the parameter, for messages.
        value: as a person writes it.
        variable: its name without the question mark.
        choices: what a choice can be.
        find: gives the IRIs of the one column of a query, or `None` where they cannot be given whole. With it a
            name is looked up now and its bearers stand in the clause, so that the query can begin with them; without
            it the query looks the name up itself. Both give the same rows.

    Raises:
        QueryError: the value is none of that type.
    """
    text = value.strip()
    if not text or len(text) > _LONGEST:
        raise QueryError(f"--{name} {text[:40]!r} is empty or longer than {_LONGEST} characters; give a value.")
    if re.search("[\ud800-\udfff]", text):
        raise QueryError(f"--{name} has half a character in it; give it as valid UTF-8.")
    if kind in _LABELS and not _IRI.fullmatch(text):
        return _by_label(kind, text, variable) if find is None else _found(kind, text, variable, find)
    term = _choice(name, text, choices) if kind == "choice" else _MAKERS[kind](name, text)
    return f"VALUES ?{variable} {{ {term.n3()} }}"


def _found(kind: str, text: str, variable: str, find: Find) -> str:
    """The bearers of a name, all of them, as terms."""
    bearers = find(f"SELECT ?{variable} WHERE {_by_label(kind, text, variable)} LIMIT {_MOST_NAMED + 1}")
    if bearers is None or len(bearers) > _MOST_NAMED:
        return _by_label(kind, text, variable)
    return f"VALUES ?{variable} {{ {' '.join(Term('iri', iri).n3() for iri in sorted(bearers))} }}"


def _by_label(kind: str, text: str, variable: str) -> str:
    word = Term("literal", text).n3()
    named = " UNION ".join(f"{{ ?{variable} {name} ?label_{variable} }}" for name in _LABELS[kind])
    return (
        f"{{\n  SELECT DISTINCT ?{variable} WHERE {{\n"
        f"    VALUES ?asked_{variable} {{ {word} }}\n"
        f"    {named}\n"
        f"    FILTER(LCASE(STR(?label_{variable})) = LCASE(?asked_{variable}))\n"
        "  }\n}"
    )


def _objective(name: str, text: str) -> Term:
    if not _WHOLE.fullmatch(text) or not 1 <= int(text) <= LAST_OBJECTIVE:
        raise QueryError(f"--{name} {text[:40]!r} is no objective; give a number from 1 to {LAST_OBJECTIVE}.")
    return Term("iri", iris.objective(int(text)))


def _iri(name: str, text: str) -> Term:
    if not _IRI.fullmatch(text):
        raise QueryError(f"--{name} {text[:80]!r} is no IRI; give it whole, as https://w3id.org/gcmkg/id/….")
    return Term("iri", text)


def _sdg(name: str, text: str) -> Term:
    if not _SDG.fullmatch(text.lower()):
        raise QueryError(f"--{name} {text[:40]!r} is no Goal or target; write it as 10 or 10.7.")
    return Term("iri", iris.sdg(text.lower()))


def _integer(name: str, text: str) -> Term:
    if not _WHOLE.fullmatch(text):
        raise QueryError(f"--{name} {text[:40]!r} is no whole number; give one, as 2.")
    return Term("literal", str(int(text)), f"{PREFIXES['xsd']}integer")


def _year(name: str, text: str) -> Term:
    if not _YEAR.fullmatch(text):
        raise QueryError(f"--{name} {text[:40]!r} is no year; give four digits, as 2021.")
    return Term("literal", text, f"{PREFIXES['xsd']}integer")


def _choice(name: str, text: str, choices: Sequence[str]) -> Term:
    wanted = text.lower().replace(" ", "_").replace("-", "_")
    if wanted not in choices:
        raise QueryError(f"--{name} {text[:40]!r} is not known; give one of {', '.join(choices)}.")
    return Term("literal", wanted)


def _text(_name: str, text: str) -> Term:
    return Term("literal", text)


_MAKERS: dict[str, Callable[[str, str], Term]] = {
    "objective": _objective, "iri": _iri, "body": _iri, "country": _iri, "document": _iri, "sdg": _sdg,
    "integer": _integer, "year": _year, "text": _text,
}
