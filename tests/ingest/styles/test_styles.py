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
FLOORS = {
    "bodies": 0.90,
    "relations.roles": 0.85,
    "relations.all": 0.82,
    "body_facts.core": 0.85,
    "statements.detection": 0.90,
    "statements.types": 0.86,
    "statements.agent": 0.90,
    "statements.modality": 0.92,
    "statements.addressee": 0.60,
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


@lru_cache(maxsize=1)
def scored() -> Evaluation:
    vocabulary, facts = load_vocabulary(), []
    for path in sorted((HERE / "documents").glob("*.md")):
        document = segment(read_source(path))
        found = find_bodies(document, vocabulary)
        for kind, those in (
            ("body", found.bodies),
            ("relation", found.relations),
            ("body_fact", found.body_facts),
            ("instrument", find_instruments(document, vocabulary)),
            ("statement", find_statements(document, found)),
        ):
            facts += [record(kind, path.name, fact) for fact in those]
    return evaluate(HERE / "gold", read_texts(HERE / "documents"), facts)


@pytest.mark.parametrize("metric", sorted(FLOORS))
def test_figures_on_many_styles_do_not_fall(metric: str) -> None:
    figures = {r["metric"]: r["all"] for r in scored().records()}
    errors = [e for e in scored().errors(12) if e.startswith(metric.split(".")[0])]
    assert figures[metric] >= FLOORS[metric], "\n".join(errors)
