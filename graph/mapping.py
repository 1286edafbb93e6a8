"""An annotated document as RDF: everything taken from it, in its own named graph, always the same quads."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from graph import mapping_facts
from graph.builder import GraphBuilder
from graph.namespaces import issued, listed, term, text
from ontology import iris
from ontology.model import Annotated, DocumentType, Metadata, Passage
from ontology.vocabulary import Vocabulary, load_vocabulary

DOCUMENT_CLASSES = {
    DocumentType.TERMS_OF_REFERENCE: "gcm:TermsOfReference",
    DocumentType.OUTREACH_REPORT: "gcm:OutreachReport",
    DocumentType.STRATEGY: "gcm:Strategy",
    DocumentType.ACTION_PLAN: "gcm:ActionPlan",
    DocumentType.REVIEW: "gcm:Review",
    DocumentType.REPORT: "gcm:Report",
    DocumentType.RESOLUTION: "gcm:Resolution",
    DocumentType.OTHER: "gcm:OtherDocument",
}


def document_quads(
    annotated: Annotated, *, pipeline: str, vocabulary: Vocabulary | None = None
) -> tuple[ox.Quad, ...]:
    """Everything that is known from one document, as quads of its named graph.

    Args:
        annotated: the document with its facts.
        pipeline: version of what extracted them; told in the activity that generated the facts.
        vocabulary: names countries; the one of this package by default.

    Returns:
        Quads of the graph `iris.document_graph(slug)`, each once, sorted as N-Quads lines; no blank nodes,
        no times, no paths of this machine. Every subject is a node of this document: bodies and instruments,
        which documents share, are described in the derived graph (`graph.derived`). Classes are stated
        together with the class that simple questions ask for (`gcm:Document`, `gcm:Statement`,
        `org:Membership`).
    """
    known = load_vocabulary() if vocabulary is None else vocabulary
    graph = GraphBuilder(annotated.document, pipeline=pipeline)
    _add_document(graph, annotated, known)
    _add_activity(graph, pipeline)
    for passage in annotated.document.passages:
        _add_passage(graph, passage)
    mapping_facts.add_facts(graph, annotated)
    return graph.quads()


def _add_document(graph: GraphBuilder, annotated: Annotated, vocabulary: Vocabulary) -> None:
    source, about = annotated.document.source, annotated.document.metadata
    node = graph.document
    graph.add(node, "rdf:type", term("gcm:Document"), term(DOCUMENT_CLASSES[about.type]))
    graph.add(node, "dcterms:title", text(about.title))
    graph.add(node, "gcm:documentType", text(about.type.value))
    graph.add(node, "gcm:fileName", text(source.name))
    graph.add(node, "gcm:sha256", text(source.sha256))
    graph.add(node, "dcterms:format", text(source.media_type))
    graph.add(node, "dcterms:language", text(about.language))
    if about.date is not None:
        graph.add(node, "dcterms:issued", issued(about.date))
    graph.add_text(node, "dcterms:publisher", about.publisher)
    graph.add_text(node, "dcat:version", about.version)
    graph.add_text(node, "dcterms:rights", about.rights)
    graph.add_text(node, "dcterms:source", about.source_note)
    graph.add(node, "skos:editorialNote", *(text(w) for w in (*source.warnings, *annotated.warnings)))
    _add_publisher(graph, annotated)
    _add_scope(graph, about, vocabulary)


def _add_publisher(graph: GraphBuilder, annotated: Annotated) -> None:
    publisher = (annotated.document.metadata.publisher or "").casefold()
    for body in annotated.bodies:
        if publisher and publisher in {body.name.casefold(), (body.acronym or "").casefold()}:
            graph.add(graph.document, "prov:wasAttributedTo", term(body.iri))


def _add_scope(graph: GraphBuilder, about: Metadata, vocabulary: Vocabulary) -> None:
    areas = {area.alpha3: area.iri for area in vocabulary.areas if area.alpha3}
    for scope in about.scope:
        if scope in areas:
            graph.add(graph.document, "gcm:geographicScope", term(areas[scope]))
        else:
            graph.add(graph.document, "gcm:geographicScopeText", text(scope))


def _add_activity(graph: GraphBuilder, pipeline: str) -> None:
    graph.add(graph.activity, "rdf:type", term("gcm:ExtractionActivity"))
    graph.add(graph.activity, "prov:used", graph.document)
    graph.add(graph.activity, "prov:wasAssociatedWith", term(f"{iris.ID}agent/gcmkg"))
    graph.add(graph.activity, "dcat:version", text(pipeline))


def _add_passage(graph: GraphBuilder, passage: Passage) -> None:
    node = graph.passage(passage.index)
    graph.add(node, "rdf:type", term("gcm:Passage"))
    graph.add_place(node, passage.start, passage.end, passage.quote, passage.fragments)
    graph.add_heading_path(node, passage.section)
    graph.add_number(node, "gcm:page", passage.page)
    graph.add(node, "gcm:text", text(passage.text))
    graph.add(node, "gcm:passageKind", text(passage.kind.value))
    graph.add_number(node, "gcm:passageIndex", passage.index)
    graph.add_number(node, "gcm:paragraphIndex", passage.paragraph)
    graph.add_number(node, "gcm:level", passage.level or None)
    graph.add_text(node, "gcm:marker", passage.marker)
    graph.add_text(node, "gcm:leadIn", passage.lead_in)
    graph.add_text(node, "gcm:noteMark", passage.note)
    graph.add_decimal(node, "gcm:weight", None if passage.weight == 1.0 else passage.weight, digits=4)
    _add_cells(graph, node, passage.cells)


def _add_cells(graph: GraphBuilder, node: ox.NamedNode, cells: Sequence[str]) -> None:
    if cells:
        graph.add(node, "gcm:cells", listed(cells))
