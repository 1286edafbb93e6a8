"""The vocabulary as frozen values: what the linker, the extractor and the explorer read of the Turtle files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyoxigraph as ox

from ontology import iris
from ontology.errors import VocabularyError
from ontology.model import BodyType
from ontology.skolem import skolemised

FOLDER = Path(__file__).parent
SHAPES = "shapes.ttl"
REGISTERS = ("mandate", "recommendation", "activity", "plain")

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_DCTERMS = "http://purl.org/dc/terms/"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_OWL_SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
_WIKIDATA = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of our own that shows a concept, in one register: mandate, recommendation, activity, plain."""

    register: str
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """One lettered action of an objective."""

    iri: str
    letter: str
    gist: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What belongs to the neighbouring objective instead."""

    objective: int
    note: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept that text can be linked to; `strong_terms` name it, `key_terms` support it."""

    iri: str
    label: str
    definition: str = ""
    scope_note: str = ""
    strong_terms: tuple[str, ...] = ()
    key_terms: tuple[str, ...] = ()
    misleading_terms: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Objective(Concept):
    """One of the 23 objectives; `label` is the short label."""

    number: int = 0
    title: str = ""
    alt_titles: tuple[str, ...] = ()
    paragraph: int = 0
    round_table: int = 0
    neighbours: tuple[Neighbour, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Principle(Concept):
    """One of the ten guiding principles."""

    slug: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Sdg(Concept):
    """A goal ("10") or target ("10.7") of the 2030 Agenda."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class CrosswalkRow:
    """An objective mapped to an SDG target; provenance is `in_resolution` or `editorial`."""

    objective: int
    target: str
    provenance: str
    reason: str


@dataclass(frozen=True, slots=True)
class Area:
    """A country or area of the UN's M49 list."""

    iri: str
    name: str
    m49: str = ""
    alpha2: str = ""
    alpha3: str = ""
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisteredBody:
    """A body of the registry.

    `aliases` match in any case; `case_sensitive_aliases` (and the acronym) only as written; where
    `alias_requires` is not empty, the acronym counts only in a document that has one of these words.
    """

    iri: str
    name: str
    type: BodyType
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    case_sensitive_aliases: tuple[str, ...] = ()
    alias_requires: tuple[str, ...] = ()
    wikidata: str | None = None
    ror: str | None = None
    iati: str | None = None
    area: str | None = None
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What a ministry is in charge of ("interior"), without country; `acronyms` count only as written."""

    iri: str
    name: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the Turtle files say, in the order of their numbers, codes or names."""

    objectives: tuple[Objective, ...]
    principles: tuple[Principle, ...]
    sdgs: tuple[Sdg, ...]
    crosswalk: tuple[CrosswalkRow, ...]
    areas: tuple[Area, ...]
    bodies: tuple[RegisteredBody, ...]
    general_examples: tuple[str, ...]
    portfolios: tuple[Portfolio, ...] = ()


class _Triples:
    """Triples by subject, with the few look-ups that the readers below need."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._types: dict[str, list[str]] = defaultdict(list)
        for triple in triples:
            if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
                continue
            subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object.value
            self._values[subject][predicate].append(value)
            if predicate == _RDF_TYPE:
                self._types[value].append(subject)

    def of_type(self, name: str) -> list[str]:
        """Subjects of a class of the ontology, sorted."""
        return sorted(set(self._types.get(iris.ONTOLOGY + name, ())))

    def all(self, subject: str, predicate: str) -> tuple[str, ...]:
        """The values, sorted and each once; `gcm:` is the default namespace of `predicate`."""
        key = predicate if ":" in predicate else iris.ONTOLOGY + predicate
        return tuple(sorted(set(self._values.get(subject, {}).get(key, ()))))

    def one(self, subject: str, predicate: str) -> str:
        """The first value, or the empty string."""
        return next(iter(self.all(subject, predicate)), "")


def read_turtle(path: Path) -> list[ox.Triple]:
    """The triples of one Turtle file, its blank nodes under stable names (see `ontology.skolem`).

    Raises:
        VocabularyError: the file does not parse; names file and line.
    """
    try:
        return skolemised((q.triple for q in ox.parse(path=path, format=ox.RdfFormat.TURTLE)), path.stem)
    except SyntaxError as error:
        raise VocabularyError(
            f"{path.name}, line {error.lineno}: {error.msg}; mend the Turtle there and run the command again."
        ) from error
    except OSError as error:
        raise VocabularyError(f"{path} cannot be read ({error.strerror}); reinstall gcmkg or restore it.") from error


def turtle_files(folder: Path = FOLDER) -> list[Path]:
    """The Turtle files of a vocabulary folder, sorted by name; without the shapes, which are rules about them."""
    return sorted(path for path in folder.glob("*.ttl") if path.name != SHAPES)


@lru_cache(maxsize=4)
def load_vocabulary(folder: Path = FOLDER) -> Vocabulary:
    """Read all Turtle files of the folder.

    Raises:
        VocabularyError: a file does not parse, or a value that must be a number is none.
    """
    triples = _Triples(t for path in turtle_files(folder) for t in read_turtle(path))
    scheme = f"{iris.ID}scheme/gcm"
    return Vocabulary(
        objectives=tuple(
            sorted((_objective(triples, s) for s in triples.of_type("Objective")), key=lambda o: o.number)
        ),
        principles=tuple(
            sorted((_principle(triples, s) for s in triples.of_type("GuidingPrinciple")), key=lambda p: p.letter)
        ),
        sdgs=tuple(sorted(_sdgs(triples), key=lambda s: _code_order(s.code))),
        crosswalk=tuple(
            sorted((_row(triples, s) for s in triples.of_type("CrosswalkRow")),
                   key=lambda r: (r.objective, _code_order(r.target)))
        ),
        areas=tuple(_area(triples, s) for s in triples.of_type("Area")),
        bodies=tuple(_body(triples, s, kind) for kind in BodyType for s in triples.of_type(BODY_CLASSES[kind])),
        general_examples=triples.all(scheme, "generalExample"),
        portfolios=tuple(_portfolio(triples, s) for s in triples.of_type("Portfolio")),
    )


BODY_CLASSES: Mapping[BodyType, str] = {
    BodyType.UN_ENTITY: "UnEntity",
    BodyType.UN_NETWORK: "UnNetwork",
    BodyType.COORDINATION_MECHANISM: "CoordinationMechanism",
    BodyType.WORKING_GROUP: "WorkingGroup",
    BodyType.MINISTRY: "Ministry",
    BodyType.GOVERNMENT: "Government",
    BodyType.REGIONAL_ORGANISATION: "RegionalOrganisation",
    BodyType.NGO: "Ngo",
    BodyType.FUND: "Fund",
    BodyType.FORUM: "Forum",
    BodyType.STAKEHOLDER_GROUP: "StakeholderGroup",
    BodyType.OTHER: "OtherBody",
}


def _code_order(code: str) -> tuple[int, int, str]:
    goal, _, target = code.partition(".")
    return int(goal), int(target) if target.isdigit() else 1000 if target else 0, target


def _number(text: str, subject: str) -> int:
    if not text.isdigit():
        raise VocabularyError(f"<{subject}> lacks a whole number ({text!r} is none); add it in its Turtle file.")
    return int(text)


def _last(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _examples(triples: _Triples, subject: str) -> tuple[Example, ...]:
    return tuple(Example(r, text) for r in REGISTERS for text in triples.all(subject, f"{r}Example"))


def _objective(triples: _Triples, s: str) -> Objective:
    neighbours = [
        Neighbour(_number(_last(triples.one(n, "neighbour")), n), triples.one(n, _SKOS + "note"))
        for n in triples.all(s, "hasNeighbour")
    ]
    actions = [
        Action(a, triples.one(a, "letter"), triples.one(a, _SKOS + "prefLabel")) for a in triples.all(s, "hasAction")
    ]
    return Objective(
        iri=s,
        label=triples.one(s, _SKOS + "prefLabel"),
        definition=triples.one(s, _SKOS + "definition"),
        scope_note=triples.one(s, _SKOS + "scopeNote"),
        strong_terms=triples.all(s, "strongTerm"),
        key_terms=triples.all(s, "keyTerm"),
        misleading_terms=triples.all(s, "misleadingTerm"),
        examples=_examples(triples, s),
        number=_number(triples.one(s, "number"), s),
        title=triples.one(s, _DCTERMS + "title"),
        alt_titles=triples.all(s, _SKOS + "altLabel"),
        paragraph=_number(triples.one(s, "paragraph"), s),
        round_table=_number(triples.one(s, "roundTable"), s),
        neighbours=tuple(sorted(neighbours, key=lambda n: n.objective)),
        actions=tuple(sorted(actions, key=lambda a: a.letter)),
    )


def _principle(triples: _Triples, s: str) -> Principle:
    return Principle(
        iri=s,
        label=triples.one(s, _SKOS + "prefLabel"),
        definition=triples.one(s, _SKOS + "definition"),
        scope_note=triples.one(s, _SKOS + "scopeNote"),
        strong_terms=triples.all(s, "strongTerm"),
        key_terms=triples.all(s, "keyTerm"),
        misleading_terms=triples.all(s, "misleadingTerm"),
        examples=_examples(triples, s),
        slug=_last(s),
        letter=triples.one(s, "letter"),
    )


def _sdgs(triples: _Triples) -> list[Sdg]:
    found = {s for s in [*triples.of_type("SdgGoal"), *triples.of_type("SdgTarget")] if s.startswith(iris.SDG)}
    return [
        Sdg(
            iri=s,
            label=triples.one(s, _SKOS + "prefLabel"),
            definition=triples.one(s, _SKOS + "definition"),
            scope_note=triples.one(s, _SKOS + "scopeNote"),
            strong_terms=triples.all(s, "strongTerm"),
            key_terms=triples.all(s, "keyTerm"),
            misleading_terms=triples.all(s, "misleadingTerm"),
            examples=_examples(triples, s),
            code=triples.one(s, _SKOS + "notation") or s.removeprefix(iris.SDG),
        )
        for s in sorted(found)
    ]


def _row(triples: _Triples, s: str) -> CrosswalkRow:
    return CrosswalkRow(
        objective=_number(_last(triples.one(s, "objective")), s),
        target=triples.one(s, "target").removeprefix(iris.SDG),
        provenance=triples.one(s, "mappingProvenance"),
        reason=triples.one(s, _SKOS + "note"),
    )


def _area(triples: _Triples, s: str) -> Area:
    return Area(
        iri=s,
        name=triples.one(s, _SKOS + "prefLabel"),
        m49=triples.one(s, "m49"),
        alpha2=triples.one(s, "isoAlpha2"),
        alpha3=triples.one(s, "isoAlpha3"),
        aliases=triples.all(s, _SKOS + "altLabel"),
        demonyms=triples.all(s, "demonym"),
    )


def _portfolio(triples: _Triples, s: str) -> Portfolio:
    return Portfolio(
        iri=s,
        name=triples.one(s, _SKOS + "prefLabel"),
        aliases=triples.all(s, _SKOS + "altLabel"),
        acronyms=triples.all(s, "acronym"),
    )


def _body(triples: _Triples, s: str, kind: BodyType) -> RegisteredBody:
    same = [_last(x) for x in triples.all(s, _OWL_SAME_AS) if x.startswith(_WIKIDATA)]
    return RegisteredBody(
        iri=s,
        name=triples.one(s, _SKOS + "prefLabel"),
        type=kind,
        acronym=triples.one(s, "acronym") or None,
        aliases=triples.all(s, _SKOS + "altLabel"),
        case_sensitive_aliases=triples.all(s, "caseSensitiveAlias"),
        alias_requires=triples.all(s, "aliasRequires"),
        wikidata=same[0] if same else None,
        ror=triples.one(s, "rorId") or None,
        iati=triples.one(s, "iatiChannel") or None,
        area=triples.one(s, "area") or None,
        definition=triples.one(s, _SKOS + "definition"),
    )
