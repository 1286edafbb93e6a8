"""Figures on documents in the styles of many authors: what a user can expect of a kind of paper not seen before.

The documents and annotations are our own. Their errors have been read, so the floors guard against losses; they are
no claim about unseen text (README.md has the figures at first contact).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from ingest.bodies import find_bodies
from ingest.evaluation.report import Evaluation, evaluate, read_texts
from ingest.instruments import find_instruments
from ingest.read import read_source
from ingest.segment import segment
from ingest.statements import find_statements
from ontology.vocabulary import load_vocabulary

HERE = Path(__file__).parent
DOCUMENTS = sorted((HERE / "documents").glob("*.md"))
CORPUS = sorted(p for p in (HERE.parents[2] / "corpus").glob("*.md") if p.name != "README.md")
FLOORS = {
    "bodies": 0.90,
    "relations.roles": 0.88,
    "relations.all": 0.86,
    "body_facts.core": 0.88,
    "statements.detection": 0.90,
    "statements.types": 0.86,
    "statements.agent": 0.92,
    "statements.modality": 0.92,
    "statements.addressee": 0.65,
    "quotes": 1.0,
}
_KINDS = {
    "body": ("iri", "name", "acronym", "aliases", "type"),
    "relation": ("subject", "relation", "object", "subject_iri", "object_iri", "status"),
    "body_fact": ("body", "property", "value"),
    "instrument": ("iri", "name", "identifier", "type", "aliases"),
    "statement": ("type", "modality", "agent", "agent_iri", "addressee", "addressee_iri", "addressee_source"),
}


def record(kind: str, document: str, fact: Any) -> dict[str, Any]:
    """A fact as the contract has it, as far as the scorer reads it."""
    evidence = fact.evidence
    shown = {key: getattr(fact, key) for key in _KINDS[kind]}
    where = {"document": document, "quote": evidence.quote, "start": evidence.start, "end": evidence.end}
    return {"kind": kind, **where, "confidence": fact.reason.confidence, **shown}


@lru_cache(maxsize=32)
def facts_of(path: Path) -> tuple[tuple[str, Any], ...]:
    """Every fact of a document with its kind."""
    vocabulary = load_vocabulary()
    document = segment(read_source(path))
    found = find_bodies(document, vocabulary)
    kinds = {
        "body": found.bodies,
        "relation": found.relations,
        "body_fact": found.body_facts,
        "instrument": find_instruments(document, vocabulary),
        "statement": find_statements(document, found),
    }
    return tuple((kind, fact) for kind, those in kinds.items() for fact in those)


@lru_cache(maxsize=1)
def scored() -> Evaluation:
    facts = [record(kind, p.name, fact) for p in DOCUMENTS for kind, fact in facts_of(p)]
    return evaluate(HERE / "gold", read_texts(HERE / "documents"), facts)


@pytest.mark.parametrize("metric", sorted(FLOORS))
def test_figures_on_many_styles_do_not_fall(metric: str) -> None:
    figures = {r["metric"]: r["all"] for r in scored().records()}
    errors = [e for e in scored().errors(12) if e.startswith(metric.split(".")[0])]
    assert figures[metric] >= FLOORS[metric], "\n".join(errors)


@pytest.mark.parametrize("path", [*CORPUS, *DOCUMENTS], ids=lambda p: p.stem)
def test_every_fact_says_why_in_a_sentence(path: Path) -> None:
    silent = [(kind, fact.evidence.quote[:60]) for kind, fact in facts_of(path) if len(fact.reason.note.split()) < 3]
    assert not silent


@pytest.mark.parametrize(
    ("stem", "start"),
    [("un-network-iraq-tor-2020", "Ensure effective, timely"), ("network-tajikistan", "strengthen the evidence base")],
)
def test_the_objectives_of_a_national_network_are_its_own(stem: str, start: str) -> None:
    path = next(p for p in (*CORPUS, *DOCUMENTS) if p.stem == stem)
    agents = {f.agent_iri for k, f in facts_of(path) if k == "statement" and f.evidence.quote.startswith(start)}
    assert len(agents) == 1
    assert not agents & {None, "https://w3id.org/gcmkg/id/body/un-network-on-migration"}


def test_a_network_is_asked_for_by_un_and_by_united_nations() -> None:
    path = next(p for p in CORPUS if p.stem == "un-network-kazakhstan-tor")
    names = {n for k, f in facts_of(path) if k == "body" for n in (f.name, *f.aliases)}
    assert {"UN Network on Migration in Kazakhstan", "United Nations Network on Migration in Kazakhstan"} <= names


def test_the_executive_committee_of_the_secretary_general_is_not_the_networks() -> None:
    path = next(p for p in CORPUS if p.stem == "un-network-kazakhstan-tor")
    assert not [f for k, f in facts_of(path) if k == "relation" and f.subject == "Executive Committee"]
