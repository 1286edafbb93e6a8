"""What researchers see on the real documents: types with their reasons, agents, addressees, exact evidence."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from ingest.bodies import find_bodies
from ingest.read import read_source
from ingest.segment import segment
from ingest.statements import find_statements
from ontology.document import Document, PassageKind
from ontology.model import Modality, Statement, StatementType
from ontology.vocabulary import load_vocabulary

ROOT = Path(__file__).parents[3]
IRAQ, REPORT, STRATEGY = "un-network-iraq-tor-2020", "iraq-outreach-report-2021", "iom-iraq-strategy-2022-2024"
ARAB, KAZAKHSTAN = "ibc-arab-region-tor-2020", "un-network-kazakhstan-tor"
ALL = (IRAQ, REPORT, STRATEGY, ARAB, KAZAKHSTAN)


@lru_cache(maxsize=8)
def annotated(stem: str) -> tuple[Document, tuple[Statement, ...]]:
    document = segment(read_source(ROOT / "corpus" / f"{stem}.md"))
    return document, find_statements(document, find_bodies(document, load_vocabulary()))


def one(stem: str, start: str) -> Statement:
    found = [s for s in annotated(stem)[1] if s.evidence.quote.startswith(start)]
    assert len(found) == 1, f"{start!r}: {[s.evidence.quote for s in found]}"
    return found[0]


@pytest.mark.parametrize("stem", ALL)
def test_evidence_is_exact_and_every_statement_says_why(stem: str) -> None:
    document, found = annotated(stem)
    text = document.source.text
    for statement in found:
        evidence = statement.evidence
        assert text[evidence.start : evidence.end] == evidence.quote
        assert (evidence.fragments[0].start, evidence.fragments[0].end) == (evidence.start, evidence.end)
        passage = document.passages[evidence.passage]
        assert passage.kind not in (PassageKind.CAPTION, PassageKind.CONTENTS)
        assert statement.reason.method == "rules"
        assert 0.4 <= statement.reason.confidence <= 1
        assert statement.reason.runner_up
        assert statement.reason.words or statement.type is StatementType.OBSERVATION
        assert (statement.addressee is None) == (statement.addressee_source is None)
    order = [s.evidence.passage for s in found]
    assert order == sorted(order), "statements come in reading order"


def test_objectives_inherit_agent_and_modality_from_their_lead_in() -> None:
    item = one(IRAQ, "Identify priority areas")
    assert (item.type, item.modality) == (StatementType.OBJECTIVE, Modality.INFINITIVE)
    assert item.agent is not None
    assert "Network" in item.agent
    assert item.agent_iri is not None


def test_functions_of_a_secretariat_are_its_own() -> None:
    item = one(IRAQ, "Collating and suggesting")
    assert (item.type, item.modality) == (StatementType.FUNCTION, Modality.WILL)
    assert item.agent is not None
    assert "Secretariat" in item.agent


def test_a_rule_of_decision_is_no_commitment() -> None:
    assert one(IRAQ, "The Network will endeavour to take all decisions").type is StatementType.DECISION_RULE
    assert one(IRAQ, "The Network will endeavour to contribute").type is StatementType.COMMITMENT
    assert one(IRAQ, "The Network can include").modality is Modality.MAY


def test_a_call_is_split_where_the_actions_differ_and_names_who_is_called_on() -> None:
    first, second = one(REPORT, "Stakeholders called for Iraq to further"), one(REPORT, "join binding international")
    assert first.evidence.end < second.evidence.start
    for part in (first, second):
        assert (part.type, part.modality, part.agent) == (StatementType.RECOMMENDATION, Modality.CALL, "Stakeholders")
        assert part.addressee is not None
        assert "Iraq" in part.addressee
        assert part.addressee_source == "stated"


def test_recommendations_without_should_are_found() -> None:
    need = one(REPORT, "Greater access to services")
    assert (need.type, need.modality) == (StatementType.RECOMMENDATION, Modality.NEED)
    assert one(REPORT, "Shelters could be established").modality is Modality.COULD
    by = one(REPORT, "Action in this area can be supported by")
    assert by.addressee is not None
    assert "international organi" in by.addressee.lower()


def test_reported_facts_stay_observations() -> None:
    assert one(REPORT, "Stakeholders noted that rural-urban").type is StatementType.OBSERVATION
    assert one(REPORT, "Participants noted that transfer").type is StatementType.OBSERVATION
    assert one(REPORT, "Poverty and the economic situation can").type is StatementType.OBSERVATION


def test_an_inferred_addressee_is_marked() -> None:
    sources = {s.addressee_source for s in annotated(REPORT)[1] if s.addressee}
    assert sources == {"stated", "inferred"}


def test_a_sentence_across_a_page_break_is_one_statement_with_its_fragments() -> None:
    item = one(IRAQ, "Engage with external partners")
    assert len(item.evidence.fragments) == 2
    assert item.evidence.text is not None
    assert "National Human Rights Institutions" in item.evidence.text
    assert item.type is StatementType.OBJECTIVE


def test_a_principle_of_several_sentences_is_one_statement() -> None:
    items = [s for s in annotated(IRAQ)[1] if "People-centred" in s.evidence.quote]
    assert len(items) == 1
    assert items[0].type is StatementType.PRINCIPLE
    assert items[0].evidence.quote.count(".") >= 3


def test_outcomes_and_principles_of_a_strategy() -> None:
    assert one(STRATEGY, "**Outcome 1:1**").type is StatementType.OUTCOME
    assert one(STRATEGY, "IOM employs an inclusive").type is StatementType.PRINCIPLE
    assert one(STRATEGY, "IOM will develop strategic").type is StatementType.COMMITMENT
    assert one(STRATEGY, "Projected climate change").type is StatementType.OBSERVATION


def test_no_statement_from_lists_of_members_or_lead_ins() -> None:
    quotes = [s.evidence.quote for stem in ALL for s in annotated(stem)[1]]
    assert not [q for q in quotes if q.startswith(("Food and Agriculture", "International Labour Organization (ILO)"))]
    assert not [q for q in quotes if q.rstrip().endswith(":")]


@pytest.mark.parametrize("stem", [ARAB, KAZAKHSTAN])
def test_other_terms_of_reference_read_alike(stem: str) -> None:
    counts = Counter(s.type for s in annotated(stem)[1])
    assert counts[StatementType.FUNCTION] >= 12
    assert counts[StatementType.COMMITMENT] >= 5
    assert counts[StatementType.DECISION_RULE] >= 5
    assert counts[StatementType.RECOMMENDATION] <= 3, "terms of reference recommend little"


def test_the_same_whatever_the_hash_seed() -> None:
    code = (
        "from tests.ingest.statements.test_statements_corpus import annotated, REPORT\n"
        "print(hash(str(annotated(REPORT)[1]).encode().hex()) if False else "
        "__import__('hashlib').sha256(str(annotated(REPORT)[1]).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "77")
    }
    assert len(digests) == 1
