"""Citations in the three forms, read back by rules of the forms themselves."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.citations import CITATION_FORMS, Citation, citations, pages_cited, write_citations
from graph.terms import STRING, QueryResult, Term
from ontology import iris
from ontology.errors import UsageError

DOCUMENTS: list[dict[str, Any]] = [
    {"slug": "b-report", "document": "b-report.pdf", "title": "50% & more {in} $ _all_", "publisher": "Office #1",
     "date": "2021-02-18", "language": "en", "sha256": "b" * 64},
    {"slug": "a-plan", "document": "a-plan.md", "title": "Plan", "publisher": None, "date": "2020", "language": None,
     "sha256": "a" * 64},
]
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def row(*values: str, page: int | None = None) -> tuple[Term | None, ...]:
    terms = [Term("iri", v) if v.startswith("http") else Term("literal", v, STRING) for v in values]
    return (*terms, None if page is None else Term("literal", str(page), INTEGER))


def test_documents_are_known_by_file_name_and_by_every_iri_of_theirs() -> None:
    rows = (row("b-report.pdf", page=7), row(f"{iris.ID}passage/b-report/0123", page=2), row("b-report.pdf", page=2),
            row(f"{iris.ID}document/a-plan"), row("a plan that is no file"), row(f"{iris.ID}body/b-report-office"))
    assert pages_cited(QueryResult("select", ("x", "page"), rows), DOCUMENTS) == {"b-report": {2, 7}, "a-plan": set()}
    fact = (Term("iri", f"{iris.ID}statement/a-plan/ff"), Term("iri", "urn:p"), Term("literal", "x", STRING))
    assert pages_cited(QueryResult("graph", triples=(fact,)), DOCUMENTS) == {"a-plan": set()}


def test_bibtex_escapes_what_tex_would_run() -> None:
    text = write_citations(citations(DOCUMENTS, {"b-report": {7, 2}}), "bibtex").decode()
    assert text.startswith("@misc{b-report,\n  title = {{50\\% \\& more \\{in\\} \\$ \\_all\\_}},\n")
    assert "author = {{Office \\#1}}" in text
    assert "year = {2021},\n  month = {2},\n  day = {18}" in text
    assert "Cited: pp. 2, 7. File b-report.pdf, SHA-256 bbb" in text


def test_ris_has_a_type_first_an_end_last_and_crlf() -> None:
    lines = write_citations(citations(DOCUMENTS), "ris").decode().split("\r\n")
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    starts = [n for n, line in enumerate(lines) if line.startswith("TY")]
    assert [lines[n + 1] for n in starts] == ["ID  - a-plan", "ID  - b-report"]
    assert lines[-2:] == ["ER  - ", ""]
    assert "DA  - 2021/02/18/" in lines
    assert "DA  - 2020///" in lines


def test_csl_json_is_what_citation_processors_take() -> None:
    plan, report = json.loads(write_citations(citations(DOCUMENTS), "csl-json"))
    assert report["issued"] == {"date-parts": [[2021, 2, 18]]}
    assert report["author"] == [{"literal": "Office #1"}]
    assert (plan["issued"], "author" in plan, plan["type"]) == ({"date-parts": [[2020]]}, False, "report")


def test_an_unknown_form_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"'endnote'.*bibtex, ris, csl-json"):
        write_citations((), "endnote")


@given(title=st.text(min_size=1), form=st.sampled_from(CITATION_FORMS))
def test_no_title_breaks_out_of_its_field(title: str, form: str) -> None:
    text = write_citations([Citation("k", title, None, None, None, "f.md", "0" * 64)], form).decode("utf-8", "replace")
    if form == "bibtex":
        bare = re.sub(r"\\[{}]", "", text.replace("\\textbackslash{}", ""))
        assert bare.count("{") == bare.count("}")
        assert bare.count("\n") == 4
    elif form == "ris":
        assert text.count("\r\n") == 5
    else:
        assert json.loads(text)[0]["id"] == "k"
