"""An annotated document as RDF: everything taken from it, in its own named graph, always the same quads."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from graph import mapping_facts
from graph.builder import GraphBuilder
from graph.namespaces import issued, listed
from graph.nquads import Written, literal, named, quads, written
from ontology import iris
from ontology.document import DocumentType, Metadata, Passage
from ontology.model import Annotated
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
    """Everything that is known from one document, as quads of its named graph; those of `document_lines`."""
    return quads(document_lines(annotated, pipeline=pipeline, vocabulary=vocabulary))


def document_lines(annotated: Annotated, *, pipeline: str, vocabulary: Vocabulary | None = None) -> list[str]:
    """Everything that is known from one document, as lines of N-Quads (see `graph.nquads`).

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
    return graph.lines()


def _add_document(graph: GraphBuilder, annotated: Annotated, vocabulary: Vocabulary) -> None:
    source, about = annotated.document.source, annotated.document.metadata
    node = graph.document
    graph.add(node, "rdf:type", named("gcm:Document"), named(DOCUMENT_CLASSES[about.type]))
    graph.add(node, "dcterms:title", literal(about.title))
    graph.add(node, "gcm:documentType", literal(about.type.value))
    graph.add(node, "gcm:fileName", literal(source.name))
    graph.add(node, "gcm:sha256", literal(source.sha256))
    graph.add(node, "dcterms:format", literal(source.media_type))
    graph.add(node, "dcterms:language", literal(about.language))
    if about.date is not None:
        graph.add(node, "dcterms:issued", written(issued(about.date)))
    graph.add_text(node, "dcterms:publisher", about.publisher)
    graph.add_text(node, "dcat:version", about.version)
    graph.add_text(node, "dcterms:rights", about.rights)
    graph.add_text(node, "dcterms:source", about.source_note)
    graph.add(node, "skos:editorialNote", *(literal(w) for w in (*source.warnings, *annotated.warnings)))
    _add_publisher(graph, annotated)
    _add_scope(graph, about, vocabulary)


def _add_publisher(graph: GraphBuilder, annotated: Annotated) -> None:
    publisher = (annotated.document.metadata.publisher or "").casefold()
    for body in annotated.bodies:
        if publisher and publisher in {body.name.casefold(), (body.acronym or "").casefold()}:
            graph.add(graph.document, "prov:wasAttributedTo", named(body.iri))


def _add_scope(graph: GraphBuilder, about: Metadata, vocabulary: Vocabulary) -> None:
    areas = {area.alpha3: area.iri for area in vocabulary.areas if area.alpha3}
    for scope in about.scope:
        if scope in areas:
            graph.add(graph.document, "gcm:geographicScope", named(areas[scope]))
        else:
            graph.add(graph.document, "gcm:geographicScopeText", literal(scope))


def _add_activity(graph: GraphBuilder, pipeline: str) -> None:
    graph.add(graph.activity, "rdf:type", named("gcm:ExtractionActivity"))
    graph.add(graph.activity, "prov:used", graph.document)
    graph.add(graph.activity, "prov:wasAssociatedWith", named(f"{iris.ID}agent/gcmkg"))
    graph.add(graph.activity, "dcat:version", literal(pipeline))


def _add_passage(graph: GraphBuilder, passage: Passage) -> None:
    node = graph.passage(passage.index)
    graph.add(node, "rdf:type", named("gcm:Passage"))
    graph.add_place(node, passage.start, passage.end, passage.quote, passage.fragments)
    graph.add_heading_path(node, passage.section)
    graph.add_number(node, "gcm:page", passage.page)
    graph.add(node, "gcm:text", literal(passage.text))
    graph.add(node, "gcm:passageKind", literal(passage.kind.value))
    graph.add_number(node, "gcm:passageIndex", passage.index)
    graph.add_number(node, "gcm:paragraphIndex", passage.paragraph)
    graph.add_number(node, "gcm:level", passage.level or None)
    graph.add_text(node, "gcm:marker", passage.marker)
    graph.add_text(node, "gcm:leadIn", passage.lead_in)
    graph.add_text(node, "gcm:noteMark", passage.note)
    graph.add_decimal(node, "gcm:weight", None if passage.weight == 1.0 else passage.weight, digits=4)
    graph.add_decimal(node, "gcm:ocrConfidence", passage.ocr, digits=4)
    _add_cells(graph, node, passage.cells)


def _add_cells(graph: GraphBuilder, node: Written, cells: Sequence[str]) -> None:
    if cells:
        graph.add(node, "gcm:cells", written(listed(cells)))
