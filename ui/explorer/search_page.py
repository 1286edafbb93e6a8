"""Search: a query, filters with counts, and hits with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

import gcmkg
from ui.explorer import markup, wording
from ui.explorer.state import choice_parameter, number_parameter, parameter, remember, store

if TYPE_CHECKING:
    from gcmkg import Store
    from search.entries import Hit, SearchResult

_PAGE = 10
_MOST = 200


def show() -> None:
    """Draw the page."""
    opened = store()
    st.title(wording.SEARCH)
    st.caption(wording.SEARCH_INTRO)
    query = st.text_input(wording.SEARCH_BOX, value=parameter("q"), placeholder=wording.SEARCH_HINT)
    objective, kind, document = _filters(opened)
    asked = (query, objective, kind, document)
    if st.session_state.get("asked", asked) != asked:
        remember(n=None)
    st.session_state["asked"] = asked
    remember(q=query, objective=objective, type=kind, source=document)
    if not query.strip():
        st.info(wording.SEARCH_EMPTY)
        return
    shown = number_parameter("n", _PAGE, 1, _MOST)
    chosen = gcmkg.filters(
        objectives=(objective,) if objective else (),
        statement_types=(kind,) if kind else (),
        documents=(document,) if document else (),
    )
    result = opened.search(query, filters=chosen, limit=shown)
    _hits(result)
    if len(result.hits) < min(result.total, _MOST) and st.button(wording.MORE):
        remember(n=shown + _PAGE)
        st.rerun()


def _filters(opened: Store) -> tuple[int | None, str | None, str | None]:
    """Objective, statement type and document that the person chose."""
    from ontology.model import StatementType

    with st.sidebar:
        st.subheader(wording.FILTERS)
        numbers = [None, *(o.number for o in opened.vocabulary.objectives)]
        labels = {o.number: f"{o.number} · {o.label}" for o in opened.vocabulary.objectives}
        kinds = [None, *(t.value for t in StatementType)]
        names = [None, *(str(e["name"]) for e in opened.documents)]
        objective = st.selectbox(
            wording.FILTER_OBJECTIVE,
            numbers,
            index=choice_parameter("objective", numbers),
            format_func=lambda n: labels.get(n, "any") if n else "any",
        )
        kind = st.selectbox(
            wording.FILTER_TYPE,
            kinds,
            index=choice_parameter("type", kinds),
            format_func=lambda k: k.replace("_", " ") if k else "any",
        )
        document = st.selectbox(
            wording.FILTER_DOCUMENT,
            names,
            index=choice_parameter("source", names),
            format_func=lambda n: n or "any",
        )
    return objective, kind, document


def _hits(result: SearchResult) -> None:
    for note in result.notes:
        st.warning(note)
    if not result.hits:
        st.info(wording.NOTHING)
        return
    if result.weak:
        st.warning(wording.ALL_WEAK)
    st.caption(wording.SHOWN.format(shown=len(result.hits), total=result.total))
    for hit in result.hits:
        _hit(hit)


def _hit(hit: Hit) -> None:
    record = hit.to_record()
    badges = [f"objective {n}" for n in record["objectives"]]  # type: ignore[attr-defined]
    if hit.entry.statement_type:
        badges.insert(0, hit.entry.statement_type.replace("_", " "))
    if hit.weak:
        badges.append(wording.WEAK)
    st.html(markup.evidence(record, words=hit.why.words, badges=badges))
    with st.expander(wording.WHY):
        st.text(f"{wording.MATCHED}: {', '.join(hit.why.words) or wording.BY_MEANING}")
        st.dataframe(
            [{"part": part, "score": round(score, 3)} for part, score in hit.why.parts.items()], hide_index=True
        )
        if hit.copies:
            st.text(wording.COPIES.format(count=len(hit.copies)))
