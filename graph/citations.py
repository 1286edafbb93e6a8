"""The documents that a result rests on, as BibTeX, RIS and CSL-JSON.

Sources: the BibTeX format as in Patashnik, BibTeXing (1988); RIS as in the Reference Manager specification;
https://github.com/citation-style-language/schema for CSL-JSON.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.terms import QueryResult, Row
from ontology import iris
from ontology.errors import UsageError

_OWN = re.compile(rf"{re.escape(iris.ID)}[a-z-]+/([a-z0-9-]+)(?:/.*)?")
_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_TEX = str.maketrans({
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
})


@dataclass(frozen=True, slots=True)
class Citation:
    """A document with the pages that are cited; `key` is its slug, `date` as precise as it is known."""

    key: str
    title: str
    publisher: str | None
    date: str | None
    language: str | None
    file: str
    sha256: str
    pages: tuple[int, ...] = ()

    @property
    def date_parts(self) -> tuple[int, ...]:
        """Year, month, day, as far as they are known."""
        found = _DATE.fullmatch(self.date or "")
        return tuple(int(part) for part in found.groups() if part) if found else ()


def pages_cited(result: QueryResult, documents: Sequence[Mapping[str, Any]]) -> dict[str, set[int]]:
    """Slug → pages of the documents that a result names: by file name, by IRI, or by the IRI of a passage or a fact.

    Args:
        result: of a query; a column `page` beside a document gives its pages.
        documents: what is known of each: slug and document (file name) at least.
    """
    slugs = {str(d[name]): str(d["slug"]) for d in documents for name in ("document", "slug")}
    pages: dict[str, set[int]] = defaultdict(set)
    rows: Iterable[Row] = result.rows if result.kind == "select" else result.triples
    place = result.columns.index("page") if "page" in result.columns else None
    for row in rows:
        page = None if place is None else row[place]
        found = {int(page.value)} if page is not None and page.value.isdecimal() else set()
        for slug in _named(row, slugs):
            pages[slug] |= found
    return dict(pages)


def citations(
    documents: Sequence[Mapping[str, Any]], pages: Mapping[str, Iterable[int]] | None = None
) -> tuple[Citation, ...]:
    """The documents as they are cited, sorted by slug.

    Args:
        documents: slug, document (file name), title, publisher, date, language, sha256 of each.
        pages: of those wanted, by slug; all documents where it is none.
    """
    wanted = {str(d["slug"]): () for d in documents} if pages is None else pages
    ordered = sorted(documents, key=lambda d: str(d["slug"]))
    return tuple(_citation(d, sorted(wanted[str(d["slug"])])) for d in ordered if d["slug"] in wanted)


def write_citations(citations: Iterable[Citation], form: str) -> bytes:
    """The citations in one of `CITATION_FORMS`.

    Raises:
        UsageError: there is no such form.
    """
    if form not in _WRITERS:
        raise UsageError(f"There is no form of citations {form[:40]!r}; give one of {', '.join(_WRITERS)}.")
    return _WRITERS[form](citations).encode()


def _named(row: Row, slugs: Mapping[str, str]) -> set[str]:
    found = set()
    for term in row:
        if term is not None and term.kind == "iri" and (own := _OWN.fullmatch(term.value)) and own[1] in slugs:
            found.add(slugs[own[1]])
        elif term is not None and term.kind == "literal" and term.value in slugs and "." in term.value:
            found.add(slugs[term.value])
    return found


def _citation(document: Mapping[str, Any], pages: Sequence[int]) -> Citation:
    known = {name: str(document[name]) if document.get(name) else None for name in ("publisher", "date", "language")}
    return Citation(key=str(document["slug"]), title=str(document.get("title") or document["document"]), **known,
                    file=str(document["document"]), sha256=str(document["sha256"]), pages=tuple(pages))


def _note(citation: Citation) -> str:
    """The pages, the file and its digest, since there may be several versions of a document."""
    pages = f"Cited: {'p.' if len(citation.pages) == 1 else 'pp.'} {', '.join(map(str, citation.pages))}. "
    return f"{pages if citation.pages else ''}File {citation.file}, SHA-256 {citation.sha256}"


def _bibtex(citations: Iterable[Citation]) -> str:
    return "".join(_bibtex_entry(citation) for citation in citations)


def _bibtex_entry(citation: Citation) -> str:
    fields = {"title": citation.title, "author": citation.publisher, "publisher": citation.publisher}
    lines = [f"  {name} = {{{{{_one_line(value).translate(_TEX)}}}}}" for name, value in fields.items() if value]
    names = ("year", "month", "day")
    lines += [f"  {name} = {{{part}}}" for name, part in zip(names, citation.date_parts, strict=False)]
    lines += [f"  langid = {{{citation.language}}}"] if citation.language else []
    lines.append(f"  note = {{{_one_line(_note(citation)).translate(_TEX)}}}")
    return f"@misc{{{citation.key},\n" + ",\n".join(lines) + "\n}\n"


def _ris(citations: Iterable[Citation]) -> str:
    return "".join(_ris_entry(citation) for citation in citations)


def _ris_entry(citation: Citation) -> str:
    year, month, day = (*citation.date_parts, None, None, None)[:3]
    given = f"{year:04d}/{month or 0:02d}/{day or 0:02d}/".replace("/00", "/") if year else None
    fields = [("TY", "RPRT"), ("ID", citation.key), ("TI", citation.title), ("AU", citation.publisher),
              ("PB", citation.publisher), ("PY", year), ("DA", given), ("LA", citation.language),
              ("N1", _note(citation)), ("ER", "")]
    return "".join(f"{tag}  - {_one_line(str(value))}\r\n" for tag, value in fields if value is not None)


def _csl(citations: Iterable[Citation]) -> str:
    return json.dumps([_csl_entry(citation) for citation in citations], ensure_ascii=False, indent=2) + "\n"


def _csl_entry(citation: Citation) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": citation.key, "type": "report", "title": citation.title, "note": _note(citation)}
    if citation.publisher:
        entry |= {"author": [{"literal": citation.publisher}], "publisher": citation.publisher}
    if citation.date_parts:
        entry["issued"] = {"date-parts": [list(citation.date_parts)]}
    if citation.language:
        entry["language"] = citation.language
    return entry


def _one_line(text: str) -> str:
    return " ".join(text.split())


_WRITERS: Mapping[str, Callable[[Iterable[Citation]], str]] = {"bibtex": _bibtex, "ris": _ris, "csl-json": _csl}
CITATION_FORMS = tuple(_WRITERS)
