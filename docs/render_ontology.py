"""Write the tables of terms in docs/ontology.md from ontology/gcm.ttl.

    python docs/render_ontology.py

A test does the same and compares, so the page cannot go stale.
"""

from __future__ import annotations

import re
from pathlib import Path

from graph.findings import Source, short
from ontology.terms import TERMS, AnnotationProperty, Class, DatatypeProperty, ObjectProperty, Term

PAGE = Path(__file__).parent / "ontology.md"
_PART = re.compile(r"(<!-- terms: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_KINDS: dict[str, type[Term]] = {
    kind.__name__: kind for kind in (Class, ObjectProperty, DatatypeProperty, AnnotationProperty)
}


def rendered(text: str) -> str:
    """The page with a fresh table between each pair of marks."""
    source = Source.read()
    return _PART.sub(lambda m: f"{m[1]}{_table(source, _KINDS[m[2]])}{m[3]}", text)


def _table(source: Source, kind: type[Term]) -> str:
    rows = [_row(source, name) for name in TERMS if isinstance(name, kind)]
    return "\n".join(["| term | what it means | example |", "|---|---|---|", *rows, ""])


def _row(source: Source, name: Term) -> str:
    definition, = source.texts(name, "skos:definition")
    example, = source.texts(name, "skos:example")
    more = [
        f"{word} {', '.join(f'`{short(iri)}`' for iri in known)}"
        for word, predicate in (("Kind of", "rdfs:subClassOf"), ("Implies", "rdfs:subPropertyOf"),
                                ("Inverse of", "owl:inverseOf"))
        if (known := [iri for iri in source.texts(name, predicate) if "genid" not in iri])
    ]
    code = example.replace("|", "\\|")
    return f"| `{short(name)}` | {' '.join([definition, *(f'{part}.' for part in more)])} | `{code}` |"


if __name__ == "__main__":
    PAGE.write_text(rendered(PAGE.read_text("utf-8")), "utf-8")
