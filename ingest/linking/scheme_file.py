"""A concept scheme of a user's own: SKOS in Turtle or N-Triples, checked at the edge, in the linker's one form.

Read of each `skos:Concept` that has example sentences:

    skos:notation                                   its key in records; else the last part of its IRI
    skos:prefLabel                                  its name: English, else without a language, else the first; required
    skos:prefLabel, altLabel, hiddenLabel           terms that name it
    gcm:strongTerm / gcm:keyTerm / gcm:misleadingTerm   terms that name it / support it / only look like it
    skos:definition, skos:scopeNote                 the former is learned from; the latter is for people
    skos:example, gcm:mandateExample and the like   sentences about it, three at least

and of the `skos:ConceptScheme`: dcterms:title or skos:prefLabel, and gcm:generalExample, sentences of the field that
belong to none of its concepts. Those of the Compact's field are added. English and language-less literals are
read where there are any; else all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.isolation import Limits, Workers
from ingest.linking.scheme_triples import Row, read_rows
from ingest.linking.schemes import NONE, Sample, Scheme
from ontology import iris
from ontology.errors import UsageError
from ontology.vocabulary import REGISTERS

LARGEST = 20_000_000  # bytes
MOST_CONCEPTS = 300
MOST_SENTENCES = 20_000
FEWEST_EXAMPLES = 3
PRECISION = 0.75
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_NAMES = tuple(_SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel"))
_EXAMPLES = (_SKOS + "example", *(f"{iris.ONTOLOGY}{register}Example" for register in REGISTERS))
_LIMITS = Limits(seconds=30.0, memory_mb=1024)
_TERM_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class SchemeFile:
    """A scheme out of a file: its `title`, the `names` of its concepts by key, and what was left out and why."""

    scheme: Scheme
    title: str
    names: Mapping[str, str]
    notes: tuple[str, ...]


class _Said:
    """The values of each subject and property, in order, each once; English where there is any."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._values: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
        for subject, predicate, value, language in rows:
            if value.strip():
                self._values[subject, predicate].add((language.casefold(), " ".join(value.split())))

    def of_type(self, name: str) -> list[str]:
        return sorted(s for (s, p), values in self._values.items() if p == _TYPE and ("", _SKOS + name) in values)

    def all(self, subject: str, *predicates: str) -> tuple[str, ...]:
        found = sorted(pair for p in predicates for pair in self._values.get((subject, p), ()))
        english = [text for language, text in found if language == "" or language.split("-")[0] == "en"]
        return tuple(dict.fromkeys(english or [text for _, text in found]))

    def name(self, subject: str) -> str:
        """The preferred label: English, else without a language, else the first."""
        found = sorted(self._values.get((subject, _SKOS + "prefLabel"), ()))
        english = [text for language, text in found if language.split("-")[0] == "en"]
        return next(iter(english or [text for _, text in found]), "")


def read_scheme(path: Path, *, general: Sequence[str] = ()) -> SchemeFile:
    """The scheme of a Turtle (or, by its name, .nt) file; the same triples in any order give the same scheme.

    Args:
        path: the file; it is parsed in a process of its own, under limits.
        general: sentences that belong to no concept, besides those of the file.

    Raises:
        UsageError: the file cannot be read or parsed, is too large, or has too few concepts with examples; one
            sentence that says what and where.
    """
    said = _Said(_rows_of(path))
    concepts = said.of_type("Concept")
    if not concepts:
        raise UsageError(f"{path} has no skos:Concept; give a SKOS scheme in Turtle.")
    examples = {concept: said.all(concept, *_EXAMPLES) for concept in concepts}
    taught = [concept for concept in concepts if len(examples[concept]) >= FEWEST_EXAMPLES]
    if len(taught) < 2:
        raise UsageError(
            f"{path} has {len(taught)} concepts with {FEWEST_EXAMPLES} or more example sentences, and two is the least "
            "to tell one from another; add skos:example to its concepts."
        )
    own = tuple(text for scheme in said.of_type("ConceptScheme")
                for text in said.all(scheme, f"{iris.ONTOLOGY}generalExample"))
    none = tuple(dict.fromkeys((*own, *general)))
    sentences = len(none) + sum(len(examples[concept]) for concept in taught)
    if len(taught) > MOST_CONCEPTS or sentences > MOST_SENTENCES:
        raise UsageError(
            f"{path} has {len(taught)} concepts and {sentences} sentences to learn from; "
            f"give at most {MOST_CONCEPTS} and {MOST_SENTENCES}."
        )
    keys, names = _keys(said, taught, path), [_named(said, concept, path) for concept in taught]
    order = sorted(range(len(taught)), key=lambda place: _natural(keys[place]))
    samples = [sample for rank, place in enumerate(order)
               for sample in _samples(said, taught[place], rank, names[place], examples[taught[place]])]
    samples += [Sample(text, NONE, sentence=True) for text in none]
    scheme = Scheme(
        name="own",
        keys=tuple(keys[place] for place in order),
        labels=tuple(f"{keys[place]} ({names[place]})" for place in order),
        terms=tuple(_terms(said, taught[place]) for place in order),
        samples=tuple(samples),
        field=tuple(text for place in order for text in examples[taught[place]]) + none,
        precision=PRECISION,
    )
    schemes = sorted({scheme for concept in taught for scheme in said.all(concept, _SKOS + "inScheme")})
    titles = [title for s in schemes for title in said.all(s, _DCTERMS + "title", _SKOS + "prefLabel")]
    few = sorted(_last(c) for c in concepts if c not in set(taught))
    notes = (f"Left out, with fewer than {FEWEST_EXAMPLES} example sentences: {', '.join(few)}.",) if few else ()
    title = titles[0] if len(titles) == 1 else path.stem
    return SchemeFile(scheme, title, {keys[place]: names[place] for place in order}, notes)


def _rows_of(path: Path) -> list[Row]:
    try:
        size = path.stat().st_size if path.is_file() else None
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); give a SKOS scheme in Turtle.") from error
    if size is None:
        raise UsageError(f"{path} is no file; give a SKOS scheme in Turtle.")
    if size > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST // 1_000_000} MB; give a smaller scheme.")
    with Workers(1, _LIMITS) as workers:
        outcome = workers.run(read_rows, path.resolve())
    if outcome.value is None:
        raise UsageError(f"{path} {outcome.reason}; give a SKOS scheme in Turtle.")
    rows, line, trouble = outcome.value
    if line is not None:
        where = f", line {line}" if line else ""
        raise UsageError(f"{path}{where} is not Turtle ({trouble}); mend it there, or give another file.")
    return rows


def _keys(said: _Said, concepts: Sequence[str], path: Path) -> list[str]:
    keys = [next(iter(said.all(concept, _SKOS + "notation")), _last(concept)) for concept in concepts]
    for key, count in Counter(keys).items():
        if count > 1:
            raise UsageError(f"{path} has {count} concepts with the notation {key!r}; give each a notation of its own.")
    return keys


def _named(said: _Said, concept: str, path: Path) -> str:
    name = said.name(concept)
    if not name:
        raise UsageError(f"{path}: the concept <{concept}> has no skos:prefLabel; add one.")
    return name


def _terms(said: _Said, concept: str) -> Mapping[str, tuple[str, ...]]:
    return {
        "strong": tuple(dict.fromkeys(said.all(concept, *_NAMES) + said.all(concept, f"{iris.ONTOLOGY}strongTerm"))),
        "key": said.all(concept, f"{iris.ONTOLOGY}keyTerm"),
        "misleading": said.all(concept, f"{iris.ONTOLOGY}misleadingTerm"),
    }


def _samples(said: _Said, concept: str, place: int, name: str, examples: Sequence[str]) -> list[Sample]:
    found = [Sample(text, place, sentence=True) for text in examples]
    found += [Sample(f"{name}: {text}", place) for text in said.all(concept, _SKOS + "definition")]
    return found + [Sample(term, place, _TERM_WEIGHT) for term in _terms(said, concept)["strong"]]


def _natural(key: str) -> tuple[int, int, str]:
    return (0, int(key), "") if key.isdecimal() and key.isascii() else (1, 0, key)


def _last(iri: str) -> str:
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2]
