"""The ontology as others get it: Turtle, JSON-LD, RDF/XML, N-Triples, and a page for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from graph.findings import Source
from graph.namespaces import PREFIXES, term, text
from graph.reference_page import reference_page
from ontology import iris
from ontology.errors import UsageError
from ontology.skolem import GENID, with_blank_nodes
from ontology.vocabulary import FOLDER

FILES: Mapping[str, str] = MappingProxyType({
    "turtle": "ontology.ttl",
    "jsonld": "ontology.jsonld",
    "rdfxml": "ontology.rdf",
    "ntriples": "ontology.nt",
    "html": "index.html",
})
DATASET = f"{iris.ID}dataset/ontology"
ONTOLOGY_IRI = iris.ONTOLOGY.removesuffix("#")

_RDF_FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "ntriples": ox.RdfFormat.N_TRIPLES,
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_MORE_PREFIXES = {"void": "http://rdfs.org/ns/void#", "gcmid": iris.ID}
_VOCABULARIES = ("skos", "org", "prov", "dcterms", "dcat", "oa", "owl")
_COUNTED = ("Objective", "Action", "GuidingPrinciple", "SdgGoal", "SdgTarget", "CrosswalkRow", "Body", "Area",
            "Portfolio")


def export_ontology(form: str, out: IO[bytes], *, folder: Path = FOLDER) -> None:
    """Write the ontology with all its individuals and a description of itself; always the same bytes.

    The four RDF forms hold the same triples, with blank nodes where OWL needs them.

    Args:
        form: one of `FILES`.
        out: where to write UTF-8.
        folder: the Turtle files.

    Raises:
        UsageError: there is no such form.
        VocabularyError: a file does not parse.
    """
    if form not in FILES:
        raise UsageError(f"There is no ontology format {form!r}; choose one of {', '.join(FILES)}.")
    if form == "html":
        out.write(reference_page(_published(folder), files=FILES).encode())
        return
    ox.serialize(published_triples(folder), out, _RDF_FORMATS[form], prefixes=dict(PREFIXES) | _MORE_PREFIXES)


def publish(to: Path, *, folder: Path = FOLDER) -> tuple[Path, ...]:
    """Write every form into a folder, which is made if need be, under the names of `FILES`.

    Raises:
        UsageError: the folder cannot be written.
        VocabularyError: a file does not parse.
    """
    written = []
    for form, name in FILES.items():
        try:
            to.mkdir(parents=True, exist_ok=True)
            stream = (to / name).open("wb")
        except OSError as error:
            raise UsageError(f"{to} cannot be written ({error.strerror}); name another folder.") from error
        with stream:
            export_ontology(form, stream, folder=folder)
        written.append(to / name)
    return tuple(written)


def published_triples(folder: Path = FOLDER) -> list[ox.Triple]:
    """What the RDF forms hold: the Turtle files, who defines each term, and the description of the whole.

    Sorted by subject: the ontology, its terms, its individuals, and blank nodes at the end.

    Raises:
        VocabularyError: a file does not parse.
    """
    return with_blank_nodes(sorted(set(_published(folder).triples), key=_order))


def _published(folder: Path) -> Source:
    source = Source.read(folder)
    defined = tuple(_defined_by(source))
    size = len({*source.triples, *defined})
    return Source.of(folder, {**source.files, folder / "description": (*defined, *describe(source, size))})


def describe(source: Source, size: int) -> Iterator[ox.Triple]:
    """The whole as a VoID and DCAT dataset: title, version, licence, counts by class, and the forms it comes in."""
    dataset, ontology = term(DATASET), term(ONTOLOGY_IRI)
    for name in ("dcterms:title", "dcterms:description", "dcterms:license", "dcterms:source"):
        for value in source.nodes(ONTOLOGY_IRI, name):
            yield ox.Triple(dataset, term(name), value)
    yield from _about(dataset, "rdf:type", term("dcat:Dataset"), _void("Dataset"))
    yield from _about(dataset, "dcat:version", *map(text, source.texts(ONTOLOGY_IRI, "owl:versionInfo")))
    yield from _about(dataset, "dcat:landingPage", ontology)
    yield ox.Triple(dataset, _void("uriSpace"), text(iris.ID))
    yield ox.Triple(dataset, _void("triples"), ox.Literal(size))
    for prefix in _VOCABULARIES:
        yield ox.Triple(dataset, _void("vocabulary"), ox.NamedNode(PREFIXES[prefix]))
    for name in _COUNTED:
        part = term(f"{DATASET}/class/{name}")
        yield ox.Triple(dataset, _void("classPartition"), part)
        yield ox.Triple(part, _void("class"), term(f"gcm:{name}"))
        yield ox.Triple(part, _void("entities"), ox.Literal(len(source.of_type(f"gcm:{name}"))))
    for form in FILES:
        media = _RDF_FORMATS[form].media_type if form in _RDF_FORMATS else "text/html"
        distribution = term(f"{DATASET}/distribution/{form}")
        yield ox.Triple(dataset, term("dcat:distribution"), distribution)
        yield from _about(distribution, "rdf:type", term("dcat:Distribution"))
        yield from _about(distribution, "dcat:accessURL", ontology)
        yield from _about(distribution, "dcat:mediaType", ox.NamedNode(_MEDIA + media))
        for licence in source.nodes(ONTOLOGY_IRI, "dcterms:license"):
            yield ox.Triple(distribution, term("dcterms:license"), licence)


def _about(subject: ox.NamedNode, name: str, *values: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
    return (ox.Triple(subject, term(name), value) for value in values)


def _void(name: str) -> ox.NamedNode:
    return ox.NamedNode(_MORE_PREFIXES["void"] + name)


def _defined_by(source: Source) -> Iterator[ox.Triple]:
    for iri in source.values:
        if iri.startswith(iris.ONTOLOGY):
            yield ox.Triple(ox.NamedNode(iri), term("rdfs:isDefinedBy"), ox.NamedNode(ONTOLOGY_IRI))


def _order(triple: ox.Triple) -> tuple[int, str, str, str]:
    subject = str(triple.subject)
    ranks = (f"<{ONTOLOGY_IRI}>", f"<{iris.ONTOLOGY}", f"<{iris.ID}", f"<{GENID}")
    rank = next((i for i, start in enumerate(ranks) if subject.startswith(start)), 2)
    return rank, subject, str(triple.predicate), str(triple.object)
