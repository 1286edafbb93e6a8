"""The ontology as one HTML page: every term and every individual with all that is said of it, under its own anchor.

No script, nothing loaded from elsewhere; all text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape

import pyoxigraph as ox

from graph.findings import Node, Source, short
from graph.namespaces import PREFIXES
from ontology import iris
from ontology.skolem import GENID

_RDF = PREFIXES["rdf"]
_ONTOLOGY = iris.ONTOLOGY.removesuffix("#")
_SECTIONS = (
    ("Classes", "owl:Class"),
    ("Properties whose values are nodes", "owl:ObjectProperty"),
    ("Properties whose values are literals", "owl:DatatypeProperty"),
    ("Properties for examples", "owl:AnnotationProperty"),
    ("Schemes", "skos:ConceptScheme"),
    ("Objectives of the Compact", "gcm:Objective"),
    ("Guiding principles", "gcm:GuidingPrinciple"),
    ("Goals", "gcm:SdgGoal"),
    ("Targets", "gcm:SdgTarget"),
    ("Roles", "org:Role"),
    ("Bodies", "gcm:Body"),
    ("Portfolios of ministries", "gcm:Portfolio"),
    ("Countries and areas", "gcm:Area"),
)
# Small nodes are shown where they are used, with the property that says most about them.
_NESTED = {"gcm:Action": "skos:prefLabel", "gcm:Neighbour": "skos:note", "gcm:CrosswalkRow": "skos:note"}
_WORDS = {
    "skos:definition": "Definition", "skos:scopeNote": "Scope", "skos:altLabel": "Also called", "skos:note": "Note",
    "skos:example": "Example", "skos:broader": "Broader", "skos:related": "Related", "skos:notation": "Notation",
    "skos:inScheme": "Scheme", "skos:topConceptOf": "At the top of", "skos:hasTopConcept": "At the top",
    "dcterms:title": "Title", "dcterms:description": "Description", "dcterms:source": "Source",
    "dcterms:license": "Licence", "rdf:type": "Type", "rdfs:subClassOf": "Kind of", "rdfs:subPropertyOf": "Implies",
    "rdfs:domain": "Of", "rdfs:range": "Value", "rdfs:seeAlso": "See also", "owl:inverseOf": "Inverse of",
    "owl:sameAs": "Same as", "owl:disjointWith": "Never also", "owl:equivalentClass": "Same as",
    "owl:propertyChainAxiom": "Follows from", "owl:versionInfo": "Version", "owl:versionIRI": "IRI of this version",
    "dcat:version": "Version", "dcat:distribution": "Forms", "dcat:mediaType": "Media type",
}
_FIRST = ("skos:definition", "skos:scopeNote", "dcterms:title", "dcterms:description", "skos:altLabel")
_FOLDED = ("skos:example", "Example", "Term", "skos:hasTopConcept")
_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
h2 { margin-top: 3rem; border-bottom: 2px solid #0b5394; } h3 { margin: 2rem 0 0; } h3 code { font-weight: normal; }
dl { display: grid; grid-template-columns: 12rem 1fr; gap: .1rem 1rem; margin: .3rem 0; } dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; } ul { margin: 0; padding-left: 1.2rem; } :target { background: #fff3c4; }
a { color: #0b5394; } code { font-size: .85em; } nav ul { columns: 2; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-left: 1rem; } nav ul { columns: 1; } }
"""


def anchor(iri: str) -> str | None:
    """Where on the page an IRI is described: `Objective`, `objective/10`, `sdg/10.7`; none for IRIs of others."""
    for namespace, prefix in ((iris.ONTOLOGY, ""), (iris.ID, ""), (iris.SDG, "sdg/")):
        if iri.startswith(namespace) and iri != namespace:
            return prefix + iri.removeprefix(namespace)
    return "ontology" if iri == _ONTOLOGY else None


def reference_page(source: Source, *, files: Mapping[str, str]) -> str:
    """The whole page.

    Args:
        source: the vocabulary.
        files: name of the file of each form, for the links at the top.
    """
    return "\n".join(_Page(source).lines(files)) + "\n"


class _Page:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._described = {iri for iri in source.values if not iri.startswith((GENID, f"{iris.SDG}ontology#"))}
        self._kinds = {iri: kind for kind in _NESTED for iri in source.of_type(kind)}

    def lines(self, files: Mapping[str, str]) -> Iterator[str]:
        title = escape(next(iter(self._source.texts(_ONTOLOGY, "dcterms:title")), "Ontology"))
        yield f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<style>{_STYLE}</style></head><body>"
        yield f'<h1 id="ontology">{title}</h1>'
        links = (f'<a href="{escape(name)}">{escape(form)}</a>' for form, name in files.items() if form != "html")
        yield f"<p>The same as data: {', '.join(links)}.</p>"
        yield from self._facts(_ONTOLOGY)
        sections = [(name, self._members(kind)) for name, kind in _SECTIONS]
        yield "<nav><h2>Contents</h2><ul>"
        yield from (f'<li><a href="#section-{i}">{escape(n)}</a> ({len(m)})</li>' for i, (n, m) in enumerate(sections))
        yield "</ul></nav>"
        shown = {_ONTOLOGY, *self._kinds}
        for number, (name, members) in enumerate(sections):
            yield f'<h2 id="section-{number}">{escape(name)}</h2>'
            for iri in members:
                if iri not in shown:
                    shown.add(iri)
                    yield from self._thing(iri)
        rest = sorted(iri for iri in self._described - shown if anchor(iri))
        if rest:
            yield "<h2>Others</h2>"
            for iri in rest:
                yield from self._thing(iri)
        yield "</body></html>"

    def _members(self, kind: str) -> list[str]:
        found = set(self._source.of_type(kind)) & self._described
        return sorted((iri for iri in found if anchor(iri)), key=_natural)

    def _thing(self, iri: str) -> Iterator[str]:
        name = next(iter(self._label(iri)), short(iri))
        yield f'<section id="{escape(anchor(iri) or iri)}"><h3>{escape(name)} <code>{escape(short(iri))}</code></h3>'
        yield from self._facts(iri)
        yield "</section>"

    def _label(self, iri: str) -> tuple[str, ...]:
        labels = [n for name in ("skos:prefLabel", "rdfs:label") for n in self._source.nodes(iri, name)]
        english = [n for n in labels if isinstance(n, ox.Literal) and n.language in {"en", None}]
        return tuple(n.value for n in english)

    def _facts(self, iri: str) -> Iterator[str]:
        yield f"<dl><dt>IRI</dt><dd><code>{escape(iri)}</code></dd>"
        properties = {short(name): values for name, values in self._source.values[iri].items()}
        order = sorted(properties, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
        for name in order:
            if name not in {"skos:prefLabel", "rdfs:label"}:
                yield f"<dt>{self._named(name)}</dt><dd>{self._values(name, properties[name])}</dd>"
        yield "</dl>"

    def _named(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        iri = PREFIXES.get(prefix, "") + local
        label = _WORDS.get(name) or next((word[:1].upper() + word[1:] for word in self._label(iri)), name)
        words = f'<span title="{escape(name)}">{escape(label)}</span>'
        return f'<a href="#{escape(anchor(iri) or "")}">{words}</a>' if prefix == "gcm" else words

    def _values(self, name: str, values: Iterable[Node]) -> str:
        shown = [self._value(value) for value in sorted(values, key=lambda v: _natural(str(v)))]
        if len(shown) == 1:
            return shown[0]
        listed = "<ul>" + "".join(f"<li>{value}</li>" for value in shown) + "</ul>"
        if name.startswith(_FOLDED) or name.endswith(_FOLDED):
            return f"<details><summary>{len(shown)}</summary>{listed}</details>"
        return listed

    def _value(self, value: Node) -> str:
        if isinstance(value, ox.Literal):
            language = f' lang="{escape(value.language)}"' if value.language else ""
            return f'<span dir="auto"{language}>{escape(value.value)}</span>'
        if not isinstance(value, ox.NamedNode):
            return escape(str(value))
        if value.value.startswith(GENID):
            return self._expression(value.value)
        if value.value in self._kinds:
            return self._nested(value.value)
        return self._link(value.value)

    def _nested(self, iri: str) -> str:
        main = _NESTED[self._kinds[iri]]
        words = escape(" ".join(self._source.texts(iri, main)))
        links = [
            self._link(node.value)
            for name in ("gcm:neighbour", "gcm:target")
            for node in self._source.nodes(iri, name)
            if isinstance(node, ox.NamedNode)
        ]
        code = escape(short(iri))
        origin = escape(", ".join(self._source.texts(iri, "gcm:mappingProvenance")))
        return f'<span id="{escape(anchor(iri) or iri)}"><code>{code}</code> {" ".join(links)} {words} {origin}</span>'

    def _link(self, iri: str) -> str:
        place = anchor(iri) if iri in self._described else None
        label = next(iter(self._label(iri)), "") if place else ""
        words = f"{escape(label)} <code>{escape(short(iri))}</code>" if label else f"<code>{escape(short(iri))}</code>"
        if place:
            return f'<a href="#{escape(place)}">{words}</a>'
        safe = iri.startswith(("http://", "https://"))
        return f'<a href="{escape(iri)}" rel="noreferrer">{words}</a>' if safe else words

    def _expression(self, node: str) -> str:
        """A class expression, data range or list in words."""
        nodes = self._source.nodes
        for name, word in (("owl:unionOf", " or "), ("owl:oneOf", " or ")):
            for head in nodes(node, name):
                return word.join(self._list(head))
        for name in ("owl:cardinality", "owl:minCardinality", "owl:maxCardinality"):
            for count in nodes(node, name):
                kind = {"owl:cardinality": "exactly"}.get(name, "at least" if "min" in name else "at most")
                on = " ".join(self._value(n) for n in nodes(node, "owl:onProperty"))
                return f"{kind} {escape(getattr(count, 'value', ''))} {on}"
        for base in nodes(node, "owl:onDatatype"):
            facets = [part for head in nodes(node, "owl:withRestrictions") for part in self._list(head)]
            return f"{self._value(base)} {', '.join(facets)}"
        for name, sign in (("xsd:minInclusive", "≥"), ("xsd:maxInclusive", "≤")):
            for bound in nodes(node, name):
                return f"{sign} {escape(getattr(bound, 'value', ''))}"
        return " then ".join(self._list(ox.NamedNode(node)))

    def _list(self, head: Node) -> Iterator[str]:
        while isinstance(head, ox.NamedNode) and head.value != f"{_RDF}nil":
            yield from (self._value(item) for item in self._source.nodes(head.value, "rdf:first"))
            head = next(iter(self._source.nodes(head.value, "rdf:rest")), ox.NamedNode(f"{_RDF}nil"))


def _natural(iri: str) -> tuple[tuple[int, int, str], ...]:
    """An order that has objective 9 before objective 10."""
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in iri.replace("/", " ").replace(".", " ").replace('"', " ").split()
    )
