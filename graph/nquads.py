"""Terms and quads as lines of N-Quads: the form in which a document's graph is made, compared and loaded.

A line is a quad as pyoxigraph's `str` gives it, without the full stop. Making text and reading it in one piece takes
a fraction of the time that as many objects take, and a store takes in text without any object in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NewType

import pyoxigraph as ox

from graph.namespaces import decimal, term, text

Written = NewType("Written", str)

_WHOLE = f'"^^{term("xsd:integer")}'
_NOT_PLAIN = re.compile("[\x00-\x1f\"\\\\\x7f\ud800-\udfff\ufffe\uffff]")


@lru_cache(maxsize=4096)
def named(name: str) -> Written:
    """The node of a prefixed name or of a full IRI.

    Raises:
        ValueError: the text is no IRI.
    """
    return Written(str(term(name)))


def below(parent: Written, name: str) -> Written:
    """The node whose IRI is that of another with `/name` behind it."""
    return named(f"{parent[1:-1]}/{name}")


def literal(value: str) -> Written:
    """A plain literal with the characters of `graph.namespaces.text`."""
    return Written(str(text(value)) if _NOT_PLAIN.search(value) else f'"{value}"')


def whole(value: int) -> Written:
    """A whole number."""
    return Written(f'"{int(value)}{_WHOLE}')


@lru_cache(maxsize=4096)
def rounded(value: float, digits: int) -> Written:
    """A number as `graph.namespaces.decimal` has it."""
    return written(decimal(value, digits))


def written(value: ox.NamedNode | ox.Literal) -> Written:
    """Any other term."""
    return Written(str(value))


def document(lines: Iterable[str]) -> bytes:
    """The lines as one document of N-Quads."""
    return " .\n".join([*lines, ""]).encode()


def quads(lines: Iterable[str]) -> tuple[ox.Quad, ...]:
    """The quads of lines made here, in their order; the IRIs in them are not checked once more."""
    return tuple(ox.parse(document(lines), ox.RdfFormat.N_QUADS, lenient=True))
