"""The document reader: the text about a place, with the quote marked, and what was extracted there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ui.explorer import markup, wording
from ui.explorer.state import number_parameter, parameter, remember, store

_SHORT = 1_500
_BEFORE = 500  # characters, so that the quote stands on the first screen
_AFTER = 3_000
_LONGEST = 500_000


def show() -> None:
    """Draw the page; `?document=NAME&at=START&to=END` opens it at a place."""
    opened = store()
    st.title(wording.READER)
    st.caption(wording.READER_INTRO)
    by_name = {str(e["name"]): str(e["slug"]) for e in opened.documents}
    names = list(by_name)
    asked = parameter("document")
    if asked and asked not in by_name:
        st.error(wording.NO_SUCH_PLACE.format(slug=asked))
    name = st.selectbox(wording.CHOOSE_DOCUMENT, names, index=names.index(asked) if asked in by_name else 0)
    if name != asked:
        remember(document=name, at=None, to=None)
    text = opened.text(by_name[name])
    start = number_parameter("at", 0, 0, len(text))
    end = number_parameter("to", start, start, len(text))
    pieces = [(start, end)]
    if end > start:
        here = [f for f in opened.facts() if f["document"] == name and f["start"] < end and f["end"] > start]
        pieces = _pieces(here, start, end)
        with st.sidebar:
            st.subheader(wording.STATEMENTS_HERE)
            for line in dict.fromkeys(_line(fact) for fact in here if fact["kind"] in ("statement", "objective_link")):
                st.text(line)
    whole = end == start or st.toggle(wording.WHOLE_TEXT, value=len(text) < _SHORT)
    before, after = (len(text), len(text)) if whole else (_BEFORE, _AFTER)
    st.html(markup.reader(text[:_LONGEST], pieces, before_it=before, after_it=after))
    if len(text) > _LONGEST:
        st.warning(wording.TEXT_CUT.format(count=_LONGEST))


def _pieces(facts: Sequence[Mapping[str, Any]], start: int, end: int) -> list[tuple[int, int]]:
    """The stretches of text that a quote consists of, where a fact with this quote knows them."""
    for fact in facts:
        if (fact["start"], fact["end"]) == (start, end) and fact["fragments"]:
            return [(first, last) for first, last in fact["fragments"]]
    return [(start, end)]


def _line(fact: Mapping[str, Any]) -> str:
    about = fact.get("objective") or fact.get("type")
    return f"{fact['kind'].replace('_', ' ')}: {about} ({fact['confidence']:.2f})\n{fact['reason']}"
