"""A graph as GraphML, for Gephi, Cytoscape, yEd and NetworkX, in constant memory.

What is an IRI or a blank node is a node, a triple between two of them an edge with its predicate, and a literal an
attribute of its subject. Several values of one attribute are joined by a line feed, with languages and datatypes left
out: GraphML is a form to look at and to measure, and no way back to RDF.

Source: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from graph.compact import compact_iri
from graph.sorting import sorted_lines

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">\n'
)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PIECE = 1_000


class _Triple(NamedTuple):
    """A triple with its nodes as N-Triples write them, the predicate as an IRI and a literal as its text."""

    subject: str
    predicate: str
    target: str
    literal: bool

    @property
    def nodes(self) -> tuple[str, ...]:
        return (self.subject,) if self.literal else (self.subject, self.target)


def graphml(lines: Callable[[], Iterator[bytes]], *, note: str = "") -> Iterator[bytes]:
    """The document in pieces.

    Args:
        lines: sorted N-Triples from the first on; called three times.
        note: said in a comment at the top.
    """
    keys = sorted({triple.predicate for triple in _triples(lines()) if triple.literal})
    numbers = {predicate: f"d{number}" for number, predicate in enumerate(keys)}
    yield (_HEAD + (f"<!-- {note} -->\n" if note else "")).encode()
    yield b'<key id="name" for="node" attr.name="name" attr.type="string"/>\n'
    yield b'<key id="predicate" for="edge" attr.name="predicate" attr.type="string"/>\n'
    for predicate, number in numbers.items():
        name = _attribute(compact_iri(predicate) or predicate)
        yield f'<key id="{number}" for="node" attr.name={name} attr.type="string"/>\n'.encode()
    yield b'<graph id="result" edgedefault="directed">\n'
    yield from _nodes(lines, numbers)
    yield from (_edge(triple) for triple in _triples(lines()) if not triple.literal)
    yield b"</graph>\n</graphml>\n"


def _nodes(lines: Callable[[], Iterator[bytes]], numbers: dict[str, str]) -> Iterator[bytes]:
    """Each node once, those that are only pointed at too.

    Names of nodes, as N-Triples write them, sort as the triples do whose subjects they are.
    """
    named = sorted_lines(f"{node}\n".encode() for triple in _triples(lines()) for node in triple.nodes)
    literals = (triple for triple in _triples(lines()) if triple.literal)
    described = groupby(literals, key=lambda triple: triple.subject)
    subject, values = next(described, ("", iter(())))
    for line in named:
        node = line[:-1].decode()
        if subject == node:
            yield _node(node, values, numbers)
            subject, values = next(described, ("", iter(())))
        else:
            yield _node(node, (), numbers)


def _node(node: str, values: Iterable[_Triple], numbers: dict[str, str]) -> bytes:
    name = escape(_ILLEGAL.sub("\ufffd", compact_iri(_plain(node)) or _plain(node)))
    parts = [f'<data key="name">{name}</data>']
    for predicate, found in groupby(values, key=lambda t: t.predicate):
        text = "\n".join(t.target for t in found)
        parts.append(f'<data key="{numbers[predicate]}">{escape(_ILLEGAL.sub(chr(0xFFFD), text))}</data>')
    return f"<node id={_attribute(_plain(node))}>{''.join(parts)}</node>\n".encode()


def _edge(triple: _Triple) -> bytes:
    name = escape(compact_iri(triple.predicate) or triple.predicate)
    ends = f"source={_attribute(_plain(triple.subject))} target={_attribute(_plain(triple.target))}"
    return f'<edge {ends}><data key="predicate">{name}</data></edge>\n'.encode()


def _attribute(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", text))


def _triples(lines: Iterator[bytes]) -> Iterator[_Triple]:
    for piece in iter(lambda: b"".join(islice(lines, _PIECE)), b""):
        for quad in ox.parse(piece, format=ox.RdfFormat.N_TRIPLES):
            literal = isinstance(quad.object, ox.Literal)
            target = quad.object.value if isinstance(quad.object, ox.Literal) else str(quad.object)
            yield _Triple(str(quad.subject), quad.predicate.value, target, literal)


def _plain(node: str) -> str:
    """An IRI without its brackets; a blank node as it is."""
    return node[1:-1] if node.startswith("<") else node
