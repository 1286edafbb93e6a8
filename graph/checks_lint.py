"""Vocabulary lint: terms that nobody declared, names that stand for two things, references to nothing, wrong counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

import pyoxigraph as ox

from graph.findings import Finding, Severity, Source, short
from graph.namespaces import term
from ontology import iris

_OWL = "http://www.w3.org/2002/07/owl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_KNOWN = (_OWL, _RDF, "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2001/XMLSchema#")
_OURS = (iris.ONTOLOGY, iris.ID, iris.SDG)
_CLASHING: tuple[tuple[str, Severity], ...] = (("gcm:misleadingTerm", "error"), ("gcm:keyTerm", "warning"))
_COMPLETE = "Add what is missing, take out what is not there"
_DESCRIBED = ("gcm:Objective", "gcm:GuidingPrinciple", "gcm:Body", "org:Role")
_NAMED = (*_DESCRIBED, "gcm:Action", "gcm:SdgGoal", "gcm:SdgTarget", "gcm:Area", "gcm:Portfolio")


def lint(source: Source) -> list[Finding]:
    """All findings of the checks below, in their order."""
    return [finding for check in _CHECKS for finding in check(source)]


def undescribed_terms(source: Source) -> Iterator[Finding]:
    """Terms of ours without exactly one label, definition and example."""
    for iri in _declared(source):
        if not iri.startswith(iris.ONTOLOGY):
            continue
        for name in ("rdfs:label", "skos:definition", "skos:example"):
            if len(source.nodes(iri, name)) != 1:
                found = "no" if not source.nodes(iri, name) else "more than one"
                yield Finding("error", f"The term {short(iri)} has {found} {name}", source.where(iri),
                              f"Give it one {name}")


def undeclared_terms(source: Source) -> Iterator[Finding]:
    """Classes and properties that are used and that `gcm.ttl` does not declare: most are slips of the pen."""
    declared = _declared(source)
    seen: set[str] = set()
    for triple in source.triples:
        used = [triple.predicate.value]
        if triple.predicate == term("rdf:type") and isinstance(triple.object, ox.NamedNode):
            used.append(triple.object.value)
        for iri in used:
            if iri in declared or iri in seen or iri.startswith(_KNOWN):
                continue
            seen.add(iri)
            near = get_close_matches(iri, declared, 1, 0.85)
            mend = f"Write {short(near[0])}" if near else "Declare it in gcm.ttl, or use a term that is there"
            yield Finding("error", f"{short(iri)} is not a term of the ontology", _place(source, triple), mend)


def wrong_kinds(source: Source) -> Iterator[Finding]:
    """Literals where a node must stand, and nodes where a literal must."""
    declared = _declared(source)
    for triple in source.triples:
        kinds = declared.get(triple.predicate.value, frozenset())
        literal = isinstance(triple.object, ox.Literal)
        name = short(triple.predicate.value)
        if literal and "ObjectProperty" in kinds:
            yield Finding("error", f"{name} has the literal {triple.object} and must have an IRI",
                          _place(source, triple), "Put the IRI of the thing in angle brackets")
        elif not literal and "DatatypeProperty" in kinds:
            yield Finding("error", f"{name} has the IRI {triple.object} and must have a literal",
                          _place(source, triple), "Put the value in quotation marks")


def missing_names(source: Source) -> Iterator[Finding]:
    """Concepts and bodies without exactly one name in English, or with two names in one language."""
    for kind in _NAMED:
        for iri in source.of_type(kind):
            languages = [n.language for n in source.nodes(iri, "skos:prefLabel") if isinstance(n, ox.Literal)]
            if "en" not in languages:
                yield Finding("error", f"{short(iri)} has no name in English", source.where(iri),
                              'Give it a skos:prefLabel "…"@en')
            for language in sorted({str(one) for one in languages if languages.count(one) > 1}):
                yield Finding("error", f"{short(iri)} has two names in language {language}", source.where(iri),
                              "Keep one skos:prefLabel and make the others skos:altLabel")


def missing_definitions(source: Source) -> Iterator[Finding]:
    """Objectives, principles, bodies and roles without a definition."""
    for kind in _DESCRIBED:
        for iri in source.of_type(kind):
            if not source.nodes(iri, "skos:definition"):
                yield Finding("error", f"{short(iri)} has no definition", source.where(iri),
                              "Give it a skos:definition")


def ambiguous_names(source: Source) -> Iterator[Finding]:
    """Names that stand for two things of one kind, and acronyms of two bodies that nothing tells apart."""
    for kind in _NAMED:
        names = ("skos:prefLabel", "skos:altLabel", "gcm:caseSensitiveAlias")
        owners: dict[str, set[str]] = defaultdict(set)
        for iri in source.of_type(kind):
            for text in {text.casefold() for name in names for text in source.texts(iri, name)}:
                owners[text].add(iri)
        for text, found in sorted(owners.items()):
            if len(found) > 1:
                yield _shared(source, "error", f'The name "{text}"', found, "Give the name to one of them only")
    holders: dict[str, set[str]] = defaultdict(set)
    for iri in source.of_type("gcm:Body"):
        for acronym in source.texts(iri, "gcm:acronym"):
            holders[acronym].add(iri)
    for acronym, found in sorted(holders.items()):
        if len(found) > 1 and not all(source.nodes(iri, "gcm:aliasRequires") for iri in found):
            yield _shared(source, "error", f'The acronym "{acronym}"', found,
                          "Say in gcm:aliasRequires for each which words must stand beside it")


def confused_terms(source: Source) -> Iterator[Finding]:
    """Terms that name two objectives or principles, or that name one and are said to mislead about it."""
    for kind in ("gcm:Objective", "gcm:GuidingPrinciple"):
        owners: dict[str, set[str]] = defaultdict(set)
        for iri in source.of_type(kind):
            strong = {text.casefold() for text in source.texts(iri, "gcm:strongTerm")}
            for text in strong:
                owners[text].add(iri)
            for other, severity in _CLASHING:
                for text in sorted(strong & {text.casefold() for text in source.texts(iri, other)}):
                    yield Finding(severity, f'"{text}" is both gcm:strongTerm and {other} of {short(iri)}',
                                  source.where(iri), "Keep the one that is true")
        for text, found in sorted(owners.items()):
            if len(found) > 1:
                yield _shared(source, "warning", f'The strong term "{text}"', found,
                              "Make it a key term where it does not decide")


def dangling_references(source: Source) -> Iterator[Finding]:
    """IRIs of ours that are pointed at and that nothing describes."""
    seen: set[str] = set()
    for triple in source.triples:
        if isinstance(triple.object, ox.NamedNode) and triple.object.value.startswith(_OURS):
            iri = triple.object.value
            external = iri.startswith(f"{iris.SDG}ontology#")
            if iri not in source.values and iri not in seen and not external and triple.predicate != term("rdf:type"):
                seen.add(iri)
                what = f"{short(triple.predicate.value)} points at {short(iri)}, which nothing describes"
                yield Finding("error", what, _place(source, triple), "Correct the IRI, or describe the thing")


def cycles(source: Source) -> Iterator[Finding]:
    """Hierarchies that run in a circle."""
    for name in ("skos:broader", "rdfs:subClassOf", "rdfs:subPropertyOf"):
        parents = {iri: source.texts(iri, name) for iri in sorted(source.values) if source.nodes(iri, name)}
        if loop := _loop(parents):
            path = " → ".join(short(iri) for iri in loop)
            yield Finding("error", f"{name} runs in a circle: {path}", source.where(loop[0]),
                          "Take one of these steps out")


def _loop(parents: Mapping[str, tuple[str, ...]]) -> list[str]:
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def counts(source: Source) -> Iterator[Finding]:
    """23 objectives, 187 actions, 10 principles, 17 Goals and 169 targets, none missing and none made up."""
    numbers = [str(n) for n in range(1, len(ACTIONS) + 1)]
    yield from _expected(source, "gcm:Objective", "objective", {iris.objective(int(n)) for n in numbers})
    letters = {n: "abcdefghijklmnopqrstuvwxyz"[:count] for n, count in zip(numbers, ACTIONS, strict=True)}
    actions = {iris.action(int(n), letter) for n in numbers for letter in letters[n]}
    yield from _expected(source, "gcm:Action", "action", actions)
    yield from _expected(source, "gcm:SdgGoal", "Goal", {iris.sdg(str(n)) for n in range(1, len(TARGETS) + 1)})
    found = source.of_type("gcm:GuidingPrinciple")
    held = {letter for iri in found for letter in source.texts(iri, "gcm:letter")}
    if len(found) != PRINCIPLES or held != set("abcdefghij"):
        what = f"There are {len(found)} guiding principles with the letters {''.join(sorted(held))}"
        yield Finding("error", f"{what}; the Compact has {PRINCIPLES}, a to j", "principles.ttl", _COMPLETE)
    for goal, count in enumerate(TARGETS, 1):
        targets = [t for t in source.of_type("gcm:SdgTarget") if t.startswith(f"{iris.sdg(str(goal))}.")]
        if len(targets) != count:
            yield Finding("error", f"Goal {goal} has {len(targets)} targets and must have {count}",
                          source.where(iris.sdg(str(goal))), _COMPLETE)


def misnumbered(source: Source) -> Iterator[Finding]:
    """Objectives and actions whose number or letter is not that of their IRI, and lists of actions with a gap."""
    for iri in source.of_type("gcm:Objective"):
        numbers = source.texts(iri, "gcm:number")
        if numbers != (iri.rpartition("/")[2],):
            yield Finding("error", f"The number of {short(iri)} is {', '.join(numbers) or 'missing'}",
                          source.where(iri), "Make gcm:number the number in its IRI")
        listed = [a.rpartition("/")[2] for a in source.texts(iri, "gcm:hasAction")]
        for left, right in pairwise(listed):
            if ord(right) != ord(left) + 1:
                yield Finding("error", f"After action {left} of {short(iri)} comes {right}", source.where(iri),
                              "List its actions with gcm:hasAction without a gap")
    for iri in source.of_type("gcm:Action"):
        letters = source.texts(iri, "gcm:letter")
        if letters != (iri.rpartition("/")[2],):
            yield Finding("error", f"The letter of {short(iri)} is {', '.join(letters) or 'missing'}",
                          source.where(iri), "Make gcm:letter the letter in its IRI")


ACTIONS = (11, 12, 5, 7, 10, 12, 12, 6, 6, 10, 7, 5, 8, 6, 6, 9, 7, 12, 10, 9, 9, 3, 5)
TARGETS = (7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19)
PRINCIPLES = 10

_CHECKS: tuple[Callable[[Source], Iterator[Finding]], ...] = (
    undescribed_terms,
    undeclared_terms,
    wrong_kinds,
    missing_names,
    missing_definitions,
    ambiguous_names,
    confused_terms,
    dangling_references,
    cycles,
    counts,
    misnumbered,
)


def _expected(source: Source, kind: str, name: str, expected: set[str]) -> Iterator[Finding]:
    found = set(source.of_type(kind))
    for iri in sorted(found - expected):
        yield Finding("error", f"There is no {name} {short(iri)} in what this describes ({len(expected)} in all)",
                      source.where(iri), "Take it out, or correct its IRI")
    for iri in sorted(expected - found):
        yield Finding("error", f"The {name} {short(iri)} is missing", str(source.folder), f"Describe it as {kind}")


def _shared(source: Source, severity: Severity, what: str, found: set[str], mend: str) -> Finding:
    names = " and ".join(short(iri) for iri in sorted(found))
    places = "; ".join(source.where(iri) for iri in sorted(found))
    return Finding(severity, f"{what} stands for {names}", places, mend)


def _place(source: Source, triple: ox.Triple) -> str:
    return source.where(triple.subject.value) if isinstance(triple.subject, ox.NamedNode) else str(triple.subject)


def _declared(source: Source) -> dict[str, frozenset[str]]:
    """IRI → kinds ("Class", "ObjectProperty" …) of everything that is declared as a term."""
    kinds = {f"{_OWL}{n}": n for n in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
    return {
        subject: frozenset(kinds[t] for t in source.texts(subject, "rdf:type") if t in kinds)
        for subject in source.values
        if any(t in kinds for t in source.texts(subject, "rdf:type")) and ".well-known" not in subject
    }
