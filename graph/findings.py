"""What a check finds, and the vocabulary as the checks read it: its triples with the place of each subject."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pyoxigraph as ox

from graph.namespaces import PREFIXES, term
from ontology import iris
from ontology.vocabulary import FOLDER, read_turtle, turtle_files

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Severity = Literal["error", "warning"]

_SUBJECT = re.compile(r"(?:<([^<>]*)>|([A-Za-z][\w-]*):([\w.-]*\w))[\s]")
_DIRECTIVE = re.compile(r"@(prefix|base)\s+(?:([\w-]*):)?\s*<([^<>]*)>")


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong: what, where, and how to mend it, each a phrase or sentence without a stop."""

    severity: Severity
    what: str
    where: str
    mend: str

    def to_record(self) -> dict[str, Any]:
        """The finding as a JSON object."""
        return {"severity": self.severity, "what": self.what, "where": self.where, "mend": self.mend}


@dataclass(frozen=True)
class Source:
    """The Turtle files of a vocabulary folder with look-ups for the checks."""

    folder: Path
    files: Mapping[Path, tuple[ox.Triple, ...]]
    values: Mapping[str, Mapping[str, list[Node]]] = field(repr=False)

    @classmethod
    def read(cls, folder: Path = FOLDER) -> Source:
        """Read all Turtle files of the folder.

        Raises:
            VocabularyError: a file does not parse; names file and line.
        """
        return cls.of(folder, {path: tuple(read_turtle(path)) for path in turtle_files(folder)})

    @classmethod
    def of(cls, folder: Path, files: Mapping[Path, tuple[ox.Triple, ...]]) -> Source:
        """The same from triples that were read already, by the file they stand in."""
        values: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for triples in files.values():
            for triple in triples:
                if not isinstance(triple.subject, ox.Triple) and triple.object not in (
                    known := values[triple.subject.value][triple.predicate.value]
                ):
                    known.append(triple.object)
        return cls(folder, files, values)

    @property
    def triples(self) -> Iterator[ox.Triple]:
        """All triples, file by file."""
        return (triple for triples in self.files.values() for triple in triples)

    def nodes(self, subject: str, predicate: str) -> tuple[Node, ...]:
        """The values of a property, which is given by its prefixed name."""
        return tuple(self.values.get(subject, {}).get(term(predicate).value, ()))

    def texts(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The literals and IRIs of a property as text, sorted."""
        return tuple(sorted({n.value for n in self.nodes(subject, predicate) if not isinstance(n, ox.Triple)}))

    def of_type(self, name: str) -> tuple[str, ...]:
        """The subjects that are stated to be of a class, sorted."""
        kind = term(name)
        return tuple(sorted(s for s in self.values if kind in self.nodes(s, "rdf:type")))

    def where(self, iri: str) -> str:
        """File, line and short name of a subject, for a person who is to mend it."""
        place = self._places.get(iri)
        return f"{place}: {short(iri)}" if place else short(iri)

    @cached_property
    def _places(self) -> dict[str, str]:
        """Subject → "file, line n" where its class is stated, else where it first begins a line."""
        found: dict[str, str] = {}
        used: dict[str, str] = {}
        for path in (path for path in self.files if path.exists()):
            for iri, line, typed in _subjects(path.read_text(encoding="utf-8").splitlines()):
                (found if typed else used).setdefault(iri, f"{path.name}, line {line}")
        return used | found


def short(iri: str) -> str:
    """A name that a person can read: `gcm:Body`, `objective/10`, or the IRI itself in angle brackets."""
    if iri.startswith(iris.ID):
        return iri.removeprefix(iris.ID)
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local:
            return f"{prefix}:{local}"
    return f"<{iri}>"


def _subjects(lines: Iterable[str]) -> Iterator[tuple[str, int, bool]]:
    """Each IRI that begins a line, with the number of the line and whether its class follows."""
    base, prefixes = "", {}
    for number, line in enumerate(lines, 1):
        if directive := _DIRECTIVE.match(line):
            if directive[1] == "base":
                base = directive[3]
            else:
                prefixes[directive[2] or ""] = directive[3]
        elif subject := _SUBJECT.match(line + " "):
            full, prefix, local = subject.groups()
            iri = prefixes.get(prefix, f"{prefix}:") + local if full is None else full if ":" in full else base + full
            yield iri, number, line[subject.end():].startswith("a ")
