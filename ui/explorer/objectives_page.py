"""Objectives: what each asks for, and who addresses it on what evidence."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from ui.explorer import markup, wording
from ui.explorer.state import number_parameter, remember, store

if TYPE_CHECKING:
    from gcmkg import Store
    from ontology.vocabulary import Objective

_FIRST = 10  # the objective shown first


def show() -> None:
    """Draw the page."""
    opened = store()
    st.title(wording.OBJECTIVES)
    st.caption(wording.OBJECTIVES_INTRO)
    objectives = opened.vocabulary.objectives
    asked = number_parameter("objective", _FIRST, 1, len(objectives))
    chosen = st.selectbox(
        wording.CHOOSE_OBJECTIVE, objectives, index=asked - 1, format_func=lambda o: f"{o.number} · {o.title}"
    )
    remember(objective=chosen.number)
    _describe(opened, chosen)
    _bodies(opened, chosen)


def _describe(opened: Store, objective: Objective) -> None:
    st.subheader(f"{objective.number}. {objective.label}")
    st.text(objective.definition)
    with st.expander(wording.ASKS_FOR):
        st.text(objective.scope_note)
        st.caption(wording.ACTIONS)
        st.dataframe([{"action": a.letter, "gist": a.gist} for a in objective.actions], hide_index=True)
    with st.expander(wording.NEIGHBOURS):
        st.dataframe([{"objective": n.objective, "instead": n.note} for n in objective.neighbours], hide_index=True)
    with st.expander(wording.SDGS):
        labels = {s.code: s.label for s in opened.vocabulary.sdgs}
        rows = [r for r in opened.vocabulary.crosswalk if r.objective == objective.number]
        st.dataframe(
            [
                {
                    "target": r.target,
                    "label": labels.get(r.target, ""),
                    "source": wording.IN_RESOLUTION if r.provenance == "in_resolution" else r.provenance,
                    "reason": r.reason,
                }
                for r in rows
            ],
            hide_index=True,
        )


def _bodies(opened: Store, objective: Objective) -> None:
    st.subheader(wording.WHO)
    found = opened.bodies(objective.number)
    if not found:
        st.info(wording.NO_BODY.format(count=len(opened.documents)))
        return
    for capacity, members in groupby(found, key=lambda b: b.capacity):
        st.markdown(f"#### {wording.CAPACITIES[capacity]}")
        for body in members:
            badges = [wording.CONFIDENCE.format(value=body.confidence)]
            if body.evidence > 1:
                badges.append(wording.PIECES.format(pieces=body.evidence, documents=body.documents))
            st.html(markup.evidence(body.to_record(), who=body.body, badges=badges))
