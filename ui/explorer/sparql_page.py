"""SPARQL: ready-made questions and queries of one's own, with results to take away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

import gcmkg
from ontology.errors import GcmkgError
from ui.explorer import wording
from ui.explorer.state import parameter, remember, store

if TYPE_CHECKING:
    from graph.engine import QueryResult
    from graph.questions import Question

_SHOWN = 10_000
_SECONDS = 10.0
_FIRST = "SELECT ?document ?title WHERE { ?document a gcm:Document ; dcterms:title ?title } ORDER BY ?title"
_FORMS = {
    "select": ("spreadsheet-csv", "tsv", "json", "xlsx", "parquet"), "ask": ("json",),
    "graph": ("turtle", "ntriples", "rdfxml", "jsonld", "graphml"),
}
_SUFFIXES = {"turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf"}


def show() -> None:
    """Draw the page."""
    opened = store()
    st.title(wording.SPARQL)
    st.caption(wording.SPARQL_INTRO)
    text = _query_text()
    if not text:
        return
    if st.button(wording.RUN, type="primary") or parameter("query"):
        remember(query=text)
        try:
            result = opened.query(text, limit=_SHOWN, timeout=_SECONDS)
        except GcmkgError as error:
            st.error(str(error))
            return
        _result(result)
    st.caption(wording.ENDPOINT)


def _query_text() -> str:
    """The query to run: of a ready-made question with its parameters, or as typed."""
    ready = gcmkg.questions()
    by_name = {q.name: q for q in ready}
    names = [None, *by_name]
    name = st.selectbox(
        wording.READY_MADE,
        names,
        format_func=lambda n: by_name[n].title if n else wording.OWN_QUERY,
    )
    first = parameter("query") or _FIRST
    if name:
        try:
            first = gcmkg.bind_question(name, _parameters(by_name[name]))
        except GcmkgError as error:
            st.error(str(error))
            return ""
    return st.text_area(wording.QUERY_BOX, value=first, height=260)


def _parameters(question: Question) -> dict[str, str]:
    columns = st.columns(max(1, len(question.parameters)))
    given = {}
    for column, wanted in zip(columns, question.parameters, strict=False):
        value = column.text_input(wanted.name, value=wanted.default or wanted.example, help=wanted.description)
        if value:
            given[wanted.name] = value
    return given


def _result(result: QueryResult) -> None:
    if result.truncated:
        st.warning(wording.CUT.format(count=_SHOWN))
    if result.kind == "ask":
        st.info(wording.YES_NO.format(answer="yes" if result.boolean else "no"))
    elif result.kind == "select":
        st.caption(wording.ROWS.format(count=len(result.rows), seconds=result.seconds))
        rows = [
            {name: None if term is None else term.python() for name, term in zip(result.columns, row, strict=True)}
            for row in result.rows
        ]
        st.dataframe(rows, hide_index=True)
    else:
        st.code(gcmkg.write_result(result, "turtle").decode(), language=None)
    for column, form in zip(st.columns(len(_FORMS[result.kind])), _FORMS[result.kind], strict=True):
        shown = form.removeprefix("spreadsheet-")
        column.download_button(  # written when somebody clicks, and not whenever the page is drawn
            wording.DOWNLOAD.format(form=shown), partial(gcmkg.write_result, result, form),
            file_name=f"result.{_SUFFIXES.get(form, shown)}",
        )
