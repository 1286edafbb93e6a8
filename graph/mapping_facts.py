"""The facts of a document as RDF: a node each with evidence and reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

import pyoxigraph as ox

from graph.builder import GraphBuilder
from graph.derived import ROLES
from graph.nquads import Written, literal, named, written
from ontology import iris
from ontology.document import Span
from ontology.model import (
    Annotated,
    Body,
    BodyFact,
    Evidence,
    Instrument,
    ObjectiveLink,
    PrincipleLink,
    Relation,
    SdgLink,
    Statement,
    StatementType,
)

STATEMENT_CLASSES = {
    StatementType.RECOMMENDATION: "gcm:Recommendation",
    StatementType.COMMITMENT: "gcm:Commitment",
    StatementType.FUNCTION: "gcm:FunctionStatement",
    StatementType.OBJECTIVE: "gcm:ObjectiveStatement",
    StatementType.OUTCOME: "gcm:OutcomeStatement",
    StatementType.PRINCIPLE: "gcm:PrincipleStatement",
    StatementType.DECISION_RULE: "gcm:DecisionRule",
    StatementType.OBSERVATION: "gcm:Observation",
}
CLEAR = 2

L = TypeVar("L", ObjectiveLink, SdgLink)


def add_facts(graph: GraphBuilder, annotated: Annotated) -> None:
    """Add all facts of the document; what they say of bodies that other documents share is derived later."""
    for body in annotated.bodies:
        _add_body(graph, body)
    for mention in annotated.mentions:
        graph.add(graph.passage(mention.passage), "gcm:mentions", named(mention.body))
    for instrument in annotated.instruments:
        _add_instrument(graph, instrument)
    for relation in annotated.relations:
        _add_relation(graph, relation)
    for fact in annotated.body_facts:
        _add_body_fact(graph, fact)
    for objective_link in annotated.objective_links:
        _add_objective_link(graph, objective_link)
    for sdg_link in annotated.sdg_links:
        _add_sdg_link(graph, sdg_link)
    for principle_link in annotated.principle_links:
        _add_principle_link(graph, principle_link)
    objectives = _by_passage(link for link in annotated.objective_links if link.strength >= CLEAR)
    sdgs = _by_passage(annotated.sdg_links)
    for statement in annotated.statements:
        _add_statement(graph, statement, objectives, sdgs)


def overlap(a: Evidence, b: Evidence) -> bool:
    """Whether two pieces of evidence share half of the shorter one, all their fragments counted."""
    ours, theirs = ([*(e.fragments or (Span(e.start, e.end),))] for e in (a, b))
    shared = sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in ours for y in theirs)
    shorter = min(sum(s.end - s.start for s in spans) for spans in (ours, theirs))
    return shared > 0 and 2 * shared >= shorter


def _by_passage(links: Iterable[L]) -> Mapping[int, Sequence[L]]:
    found: dict[int, list[L]] = defaultdict(list)
    for link in links:
        found[link.evidence.passage].append(link)
    return found


def _add_body(graph: GraphBuilder, body: Body) -> None:
    fact = graph.fact("body_mention", body, body.evidence, body.reason, body.iri)
    graph.add(fact, "rdf:type", named("gcm:BodyMention"))
    graph.add(fact, "gcm:body", named(body.iri))
    graph.add(fact, "gcm:registered", written(ox.Literal(body.registered)))
    graph.add(fact, "gcm:method", literal(body.reason.method))
    graph.add(fact, "gcm:mentionedName", literal(body.name))
    graph.add(fact, "gcm:mentionedType", literal(body.type.value))
    graph.add_text(fact, "gcm:mentionedAcronym", body.acronym)
    graph.add(fact, "gcm:mentionedAlias", *(literal(alias) for alias in body.aliases))


def _add_instrument(graph: GraphBuilder, instrument: Instrument) -> None:
    fact = graph.fact("instrument_mention", instrument, instrument.evidence, instrument.reason, instrument.iri)
    graph.add(fact, "rdf:type", named("gcm:InstrumentMention"))
    graph.add(fact, "gcm:instrument", named(instrument.iri))
    graph.add(fact, "gcm:method", literal(instrument.reason.method))
    graph.add(fact, "gcm:mentionedName", literal(instrument.name))
    graph.add(fact, "gcm:mentionedType", literal(instrument.type))
    graph.add_text(fact, "dcterms:identifier", instrument.identifier)
    graph.add(fact, "gcm:mentionedAlias", *(literal(alias) for alias in instrument.aliases))


def _add_relation(graph: GraphBuilder, relation: Relation) -> None:
    subject, target = named(relation.subject_iri), named(relation.object_iri)
    parts = (relation.subject_iri, relation.relation.value, relation.object_iri, relation.status.value)
    fact = graph.fact("relation", relation, relation.evidence, relation.reason, *parts)
    graph.add(fact, "rdf:type", named("gcm:BodyRelation"))
    graph.add(fact, "gcm:method", literal(relation.reason.method))
    graph.add(fact, "gcm:subject", subject)
    graph.add(fact, "gcm:subjectName", literal(relation.subject))
    graph.add(fact, "gcm:object", target)
    graph.add(fact, "gcm:objectName", literal(relation.object))
    graph.add(fact, "gcm:relationType", literal(relation.relation.value))
    graph.add(fact, "gcm:status", literal(relation.status.value))
    if relation.relation in ROLES:
        graph.add(fact, "rdf:type", named("gcm:RoleMembership"), named("org:Membership"))
        graph.add(fact, "org:member", subject)
        graph.add(fact, "org:organization", target)
        graph.add(fact, "org:role", named(f"{iris.ID}role/{relation.relation.value}"))


def _add_body_fact(graph: GraphBuilder, fact: BodyFact) -> None:
    parts = (fact.body_iri, fact.property, fact.value)
    node = graph.fact("body_fact", fact, fact.evidence, fact.reason, *parts)
    graph.add(node, "rdf:type", named("gcm:BodyFact"))
    graph.add(node, "gcm:method", literal(fact.reason.method))
    graph.add(node, "gcm:body", named(fact.body_iri))
    graph.add(node, "gcm:mentionedName", literal(fact.body))
    graph.add(node, "gcm:property", literal(fact.property))
    graph.add(node, "gcm:value", literal(fact.value))


def _add_link(
    graph: GraphBuilder, kind: str, link: ObjectiveLink | SdgLink | PrincipleLink, key: str
) -> Written:
    node = graph.fact(kind, link, link.evidence, link.reason, key)
    graph.add(node, "gcm:method", literal(link.method.value))
    if link.reason.method != link.method.value:
        graph.add(node, "gcm:methodDetail", literal(link.reason.method))
    return node


def _add_objective_link(graph: GraphBuilder, link: ObjectiveLink) -> None:
    objective = named(iris.objective(link.objective))
    node = _add_link(graph, "objective_link", link, str(link.objective))
    graph.add(node, "rdf:type", named("gcm:ObjectiveLink"))
    graph.add(node, "gcm:objective", objective)
    graph.add_number(node, "gcm:strength", link.strength)
    if link.strength >= CLEAR:
        graph.add(graph.document, "gcm:documentAddresses", objective)


def _add_sdg_link(graph: GraphBuilder, link: SdgLink) -> None:
    node = _add_link(graph, "sdg_link", link, link.sdg)
    graph.add(node, "rdf:type", named("gcm:SdgLink"))
    graph.add(node, "gcm:sdg", named(iris.sdg(link.sdg)))


def _add_principle_link(graph: GraphBuilder, link: PrincipleLink) -> None:
    node = _add_link(graph, "principle_link", link, link.principle)
    graph.add(node, "rdf:type", named("gcm:PrincipleLink"))
    graph.add(node, "gcm:principle", named(iris.principle(link.principle)))


def _add_statement(
    graph: GraphBuilder,
    statement: Statement,
    objective_links: Mapping[int, Sequence[ObjectiveLink]],
    sdg_links: Mapping[int, Sequence[SdgLink]],
) -> None:
    node = graph.fact("statement", statement, statement.evidence, statement.reason, statement.type.value)
    graph.add(node, "rdf:type", named("gcm:Statement"), named(STATEMENT_CLASSES[statement.type]))
    graph.add(node, "gcm:method", literal(statement.reason.method))
    graph.add(node, "gcm:statementType", literal(statement.type.value))
    graph.add_text(node, "gcm:modality", statement.modality and statement.modality.value)
    graph.add_text(node, "gcm:agentName", statement.agent)
    graph.add_text(node, "gcm:addresseeName", statement.addressee)
    graph.add_text(node, "gcm:addresseeSource", statement.addressee_source and statement.addressee_source.value)
    if statement.agent_iri:
        graph.add(node, "gcm:agent", named(statement.agent_iri))
    if statement.addressee_iri:
        graph.add(node, "gcm:addressee", named(statement.addressee_iri))
    for index in graph.covered(statement.evidence):
        objectives = (x for x in objective_links.get(index, ()) if overlap(x.evidence, statement.evidence))
        graph.add(node, "gcm:objective", *(named(iris.objective(link.objective)) for link in objectives))
        sdgs = (x for x in sdg_links.get(index, ()) if overlap(x.evidence, statement.evidence))
        graph.add(node, "gcm:sdg", *(named(iris.sdg(link.sdg)) for link in sdgs))
