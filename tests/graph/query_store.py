"""A small published graph for the tests of queries: a hand-made document, a sample, and the whole vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_documents import sample, whole

from graph.mapping import document_quads
from graph.store import GraphWriter
from ontology import iris
from ontology.document import Document, DocumentType, Metadata, Passage, PassageKind, Source, Span
from ontology.model import (
    AddresseeSource,
    Annotated,
    Body,
    BodyType,
    LinkMethod,
    Mention,
    ObjectiveLink,
    Reason,
    Relation,
    RelationType,
    SdgLink,
    Statement,
    StatementType,
    Status,
)

BOARD = iris.body("Board of Trials")
MIGRANTS = iris.body("migrants")
PLACE = "Trial report > Findings"

# Sentence, what it does, who, to whom, objective and strength, who is named besides.
SENTENCES = (
    ("The Board shall watch over cases of trafficking.", "function", "agent", 10, 2),
    ("The Board will train judges in trafficking cases.", "commitment", "agent", 10, 3),
    ("The Board aims at fewer victims of trafficking.", "objective", "agent", 10, 2),
    ("The Board treats victims of trafficking with dignity.", "principle", "agent", 10, 2),
    ("The Board has closed forty cases of trafficking.", "observation", "agent", 10, 2),
    ("The Board advises everybody to report trafficking.", "recommendation", "agent", 10, 2),
    ("It is recommended that the Board publish figures on trafficking.", "recommendation", "addressee", 10, 2),
    ("The Board shall receive reports on trafficking.", "function", "addressee", 10, 2),
    ("Trafficking was discussed where the Board sat.", None, None, 10, 2),
    ("The Board should cut the cost of remittances.", "recommendation", "addressee", 20, 2),
    ("The Board may one day speak of skills.", "observation", "agent", 18, 1),
)


def trial(name: str = "trial.md") -> Annotated:
    """A document in which one body stands to objective 10 in every capacity, to 20 asked, to 18 weakly."""
    text = "\n".join(sentence for sentence, *_ in SENTENCES)
    passages, statements, links = [], [], []
    start = 0
    for index, (sentence, kind, part, objective, strength) in enumerate(SENTENCES):
        end = start + len(sentence)
        passages.append(Passage(index, iris.digest(sentence), PassageKind.SENTENCE, start, end, sentence, sentence,
                                (Span(start, end),), index, ("Trial report", "Findings"), page=index + 1))
        evidence = whole(passages[-1])
        links.append(ObjectiveLink(objective, strength, LinkMethod.LEXICAL, evidence,
                                   Reason("lexical", 0.9, words=("trafficking",), note="Its subject is named.")))
        if kind is not None:
            agent, addressee = (("Board of Trials", BOARD), (None, None))[:: 1 if part == "agent" else -1]
            statements.append(Statement(
                StatementType(kind), evidence, Reason("rules", 0.8), None, *agent, *addressee,
                AddresseeSource.STATED if part == "addressee" else None))
        start = end + 1
    slug = iris.slug(name.rpartition(".")[0])
    source = Source(f"/somewhere/{name}", name, slug, "1" * 64, "text/markdown", text, (0,))
    document = Document(source, Metadata("Trial report", DocumentType.REPORT, "2022", None, ("IRQ",)), tuple(passages))
    mention = whole(passages[0])
    return Annotated(
        document=document,
        bodies=(
            Body(BOARD, "Board of Trials", BodyType.COORDINATION_MECHANISM, mention, Reason("pattern", 0.9), "BoT"),
            Body(MIGRANTS, "Migrants", BodyType.STAKEHOLDER_GROUP, mention, Reason("registry", 0.9), registered=True),
        ),
        mentions=(*(Mention(BOARD, p.index, p.start, p.end) for p in passages), Mention(MIGRANTS, 1, 0, 1)),
        relations=(
            Relation("Migrants", MIGRANTS, RelationType.MEMBER_OF, "Board of Trials", BOARD, Status.CURRENT, mention,
                     Reason("pattern", 0.7)),
        ),
        statements=tuple(statements),
        objective_links=tuple(links),
        sdg_links=(SdgLink("10.7", LinkMethod.EXPLICIT, mention, Reason("explicit", 1.0)),),
    )


def graph_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of the graph, made once a test process."""
    base = factory.getbasetemp() / "query-store"
    if not base.exists():
        with GraphWriter(base / "work") as writer:
            writer.load_vocabulary()
            for annotated in (sample(), trial()):
                writer.put_document(annotated.document.source.slug, document_quads(annotated, pipeline="test-1"))
            writer.backup(base / "graph")
    return base / "graph"
