"""The graph as records of the contract: facts and passages for export, and what the index is built from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graph.namespaces import SECTION_MARK
from graph.nodes import DocumentNodes, documents_by_name
from graph.passages import PassageRecord, Record, document_passages, index_entries, passages, span_pairs
from graph.store import GraphReader

__all__ = ["PassageRecord", "Record", "document_passages", "facts", "index_entries", "passages"]


def facts(reader: GraphReader) -> Iterator[Record]:
    """All facts as records of the contract, sorted by document, place, kind and name; one document in memory."""
    for name, slug in documents_by_name(reader):
        nodes = DocumentNodes(reader, slug)
        found = [_fact(nodes, name, node, kind) for kind in _KINDS for node in nodes.of_type(_KINDS[kind][0])]
        yield from sorted(found, key=lambda r: (r["start"], r["end"], r["kind"], r["id"]))


def _fact(nodes: DocumentNodes, document: str, node: str, kind: str) -> Record:
    evidence = nodes.one(node, "gcm:evidence") or ""
    start, end, quote = nodes.offsets(evidence)
    mended = nodes.one(evidence, "gcm:text")
    head: Record = {
        "kind": kind,
        "document": document,
        "quote": quote,
        "start": start,
        "end": end,
        "page": nodes.number(evidence, "gcm:page"),
        "section": SECTION_MARK.join(nodes.section(evidence)),
        "confidence": nodes.decimal(node, "gcm:confidence"),
        "method": nodes.one(node, "gcm:method"),
        "reason": nodes.one(node, "gcm:reason") or "",
    }
    tail: Record = {
        "words": list(nodes.listed(node, "gcm:decidingWords") or nodes.all(node, "gcm:decidingWord")),
        "score": nodes.decimal(node, "gcm:score"),
        "runner_up": nodes.one(node, "gcm:runnerUp"),
        "review_state": nodes.one(node, "gcm:reviewState"),
        "fragments": span_pairs(nodes.fragments(evidence)),
        "text": quote if mended is None else mended,
        "passage": nodes.passages_of(evidence)[0],
        "id": node,
    }
    return head | _KINDS[kind][1](nodes, node) | tail


def _body(nodes: DocumentNodes, node: str) -> Record:
    return {
        "iri": nodes.one(node, "gcm:body"),
        "name": nodes.one(node, "gcm:mentionedName"),
        "acronym": nodes.one(node, "gcm:mentionedAcronym"),
        "aliases": list(nodes.all(node, "gcm:mentionedAlias")),
        "type": nodes.one(node, "gcm:mentionedType"),
    }


def _relation(nodes: DocumentNodes, node: str) -> Record:
    return {
        "subject": nodes.one(node, "gcm:subjectName"),
        "relation": nodes.one(node, "gcm:relationType"),
        "object": nodes.one(node, "gcm:objectName"),
        "subject_iri": nodes.one(node, "gcm:subject"),
        "object_iri": nodes.one(node, "gcm:object"),
        "status": nodes.one(node, "gcm:status"),
    }


def _body_fact(nodes: DocumentNodes, node: str) -> Record:
    return {
        "body": nodes.one(node, "gcm:mentionedName"),
        "body_iri": nodes.one(node, "gcm:body"),
        "property": nodes.one(node, "gcm:property"),
        "value": nodes.one(node, "gcm:value"),
    }


def _statement(nodes: DocumentNodes, node: str) -> Record:
    return {
        "type": nodes.one(node, "gcm:statementType"),
        "agent": nodes.one(node, "gcm:agentName"),
        "agent_iri": nodes.one(node, "gcm:agent"),
        "addressee": nodes.one(node, "gcm:addresseeName"),
        "addressee_iri": nodes.one(node, "gcm:addressee"),
        "addressee_source": nodes.one(node, "gcm:addresseeSource"),
        "modality": nodes.one(node, "gcm:modality"),
        "objectives": list(nodes.objective_numbers(node)),
        "sdgs": list(nodes.sdg_codes(node)),
    }


def _objective_link(nodes: DocumentNodes, node: str) -> Record:
    return {
        "objective": next(iter(nodes.objective_numbers(node)), None),
        "strength": nodes.number(node, "gcm:strength"),
        "method_detail": nodes.one(node, "gcm:methodDetail"),
    }


def _sdg_link(nodes: DocumentNodes, node: str) -> Record:
    return {
        "sdg": next(iter(nodes.sdg_codes(node)), None),
        "method_detail": nodes.one(node, "gcm:methodDetail"),
    }


def _principle_link(nodes: DocumentNodes, node: str) -> Record:
    return {
        "principle": next(iter(nodes.principles(node)), None),
        "method_detail": nodes.one(node, "gcm:methodDetail"),
    }


def _instrument(nodes: DocumentNodes, node: str) -> Record:
    return {
        "iri": nodes.one(node, "gcm:instrument"),
        "name": nodes.one(node, "gcm:mentionedName"),
        "identifier": nodes.one(node, "dcterms:identifier"),
        "aliases": list(nodes.all(node, "gcm:mentionedAlias")),
        "type": nodes.one(node, "gcm:mentionedType"),
    }


# The class of the nodes of each kind, and what reads the keys of that kind.
_KINDS: Mapping[str, tuple[str, Callable[[DocumentNodes, str], Record]]] = {
    "body": ("gcm:BodyMention", _body),
    "relation": ("gcm:BodyRelation", _relation),
    "body_fact": ("gcm:BodyFact", _body_fact),
    "statement": ("gcm:Statement", _statement),
    "objective_link": ("gcm:ObjectiveLink", _objective_link),
    "sdg_link": ("gcm:SdgLink", _sdg_link),
    "principle_link": ("gcm:PrincipleLink", _principle_link),
    "instrument": ("gcm:InstrumentMention", _instrument),
}
