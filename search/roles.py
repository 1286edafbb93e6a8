"""Questions about bodies: which relation or fact a query asks for, so that the passage that states it is found.

"How often does it meet", "rhythm of gatherings" and "quarterly sessions" share no word. Each kind of relation and
fact of the contract has a few plain questions here; a query is near to those of the kind that it asks for. What
places and bodies it names is left out first, for only the rest tells the kind.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ontology.model import RelationType as R
from search.encoder import Vectors

UNLIKE, SURE_LIKE = 0.5, 0.65  # likeness at which a query begins to be a question of a kind, and plainly is one
SPREAD = 0.08  # of likeness: kinds that are less near than the nearest by this count for 1/e

QUESTIONS: Mapping[str, tuple[str, ...]] = {
    R.MEMBER_OF: (
        "who are the members", "which agencies belong to it", "organisations that take part", "who sits in it",
        "its composition and membership", "how many bodies make it up", "who is represented in it"),
    R.EXECUTIVE_COMMITTEE_MEMBER_OF: (
        "members of the executive committee", "which agencies form the executive committee",
        "core group of agencies that steers and guides"),
    R.COORDINATOR_OF: (
        "who is the coordinator", "who coordinates it", "who is in charge of coordination",
        "person who acts as coordinator"),
    R.SECRETARIAT_OF: (
        "who is the secretariat", "who provides secretariat services",
        "which office does the paperwork and runs the day to day work", "who prepares meetings and keeps the minutes"),
    R.CHAIR_OF: (
        "who chairs it", "who is the chair", "who presides over the meetings", "who leads it", "who is at its head"),
    R.CO_CHAIR_OF: ("who are the co-chairs", "who chairs it jointly", "which two preside together"),
    R.CO_CONVENER_OF: ("who are the co-conveners", "which agencies convene it jointly", "who calls it together"),
    R.CO_LEAD_OF: ("who co-leads it", "which agencies lead it together", "who shares the lead"),
    R.PART_OF: ("what is it part of", "which structure does it belong to", "its sub-groups and working groups"),
    R.REPORTS_TO: (
        "to whom does it report", "to whom is it accountable", "to whom does it answer", "who supervises it"),
    R.SUCCESSOR_OF: (
        "what did it replace", "its predecessor", "which earlier body did it succeed", "what was it transformed from",
        "what came before it", "which older body did it take over from"),
    R.ESTABLISHED_BY: ("who established it", "who founded it", "who set it up", "who launched it", "who created it"),
    R.PARTNER_OF: (
        "its partners", "with whom does it cooperate", "whom does it work with", "institutional partnerships"),
    R.GOVERNMENT_COUNTERPART_OF: (
        "its government counterpart", "which ministry is its partner", "state authorities it works with",
        "meetings with government officials"),
    R.PARTY_TO: ("which treaties has it ratified", "conventions it has joined", "agreement it has signed"),
    "meeting_frequency": (
        "how often does it meet", "frequency of meetings", "how many times a year do they gather",
        "monthly, quarterly or yearly meetings", "when are the regular sessions held"),
    "established_date": ("when was it established", "year of foundation"),
    "launched_date": ("when was it launched", "date of its launch", "since when has it existed"),
    "decision_rule": (
        "how are decisions taken", "how are disagreements among members settled", "decisions by consensus or vote",
        "who has the last word when members disagree", "resolving a dispute between agencies"),
    "scope": ("what is its purpose", "its scope and mandate", "what does it deal with"),
    "staff": ("how many staff does it have", "number of employees"),
    "member_states": ("how many member states does it have",),
}


def question_list() -> list[tuple[str, str]]:
    """Kind and question, in a fixed order."""
    return [(str(kind), question) for kind, questions in QUESTIONS.items() for question in questions]


def asked_roles(vector: Vectors, kinds: tuple[str, ...], questions: Vectors) -> dict[str, float]:
    """How much a query asks for each kind, 0 to 1; empty where it is no question about a body.

    Args:
        vector: of the query without names, shape (d,).
        kinds: of each question.
        questions: their vectors, shape (len(kinds), d).
    """
    if not kinds:
        return {}
    likeness: NDArray[np.float32] = questions @ vector
    nearest: dict[str, float] = {}
    for kind, value in zip(kinds, likeness.tolist(), strict=True):
        nearest[kind] = max(value, nearest.get(kind, -1.0))
    best = max(nearest.values())
    plain = min(max((best - UNLIKE) / (SURE_LIKE - UNLIKE), 0.0), 1.0)
    if not plain:
        return {}
    return {kind: float(plain * np.exp((value - best) / SPREAD)) for kind, value in nearest.items()}
