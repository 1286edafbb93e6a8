"""Plain questions turned into ready-made ones, by a visible list of rules; no language model."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.ask_slots import CLEARLY, Slots, find_slots
from graph.questions import question as ready_made
from ontology.vocabulary import Vocabulary

BONUS = 0.5
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a plain question was read.

    `name` is that of the ready-made question, or `None` where none fits (then search answers). `sentence` is for
    the person who asked; `alternatives` are other readings, as sentences. `sure` is false where another reading
    is about as likely.
    """

    name: str | None
    parameters: Mapping[str, str]
    sentence: str
    alternatives: tuple[str, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a plain question.

    `method` is "question" (then `sparql` is the query that was run) or "search"; `records` have the `columns`
    as keys; `total` is how many there are in all.
    """

    understood: str
    alternatives: tuple[str, ...]
    sparql: str | None
    method: str
    columns: tuple[str, ...]
    records: tuple[dict[str, Any], ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Rule:
    """A ready-made question, the words that ask for it, and the slots that it needs and can take."""

    name: str
    cue: str
    weight: float
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


_WHO = (
    r"\b(?:bod(?:y|ies)|organi[sz]ations?|agenc(?:y|ies)|entit(?:y|ies)|who|whom|actors?|institutions?|ministr\w+|"
    r"networks?)\b"
)
_RECOMMEND = r"\b(?:recommend\w*|suggest\w*)\b"
_COMMIT = r"\b(?:commit\w*|pledge\w*|promise\w*)\b"
_NONE = r"\b(?:no|nobody|none|not|never|without|un\w+|n't|lack\w*)\b|n't\b"
_DOCUMENTS = r"\b(?:documents?|reports?|sources?)\b"
_SDGS = r"\b(?:sdgs?|sustainable development goals?|2030 agenda|goals?|targets?)\b"

# The heavier rule wins; needed slots must be there, every slot that is used adds a little.
_RULES = (
    _Rule("provenance", r"\b(?:why|provenance|how come|evidence|source)\b", 9, needs=("fact",)),
    _Rule("bodies-asked-without-commitment", rf"(?=.*{_WHO})(?=.*\bask)(?=.*{_COMMIT})(?=.*(?:{_NONE}))", 8,
          takes=("objective",)),
    _Rule("objectives-without-commitment", rf"(?=.*\bobjectives\b)(?=.*{_COMMIT})(?=.*(?:{_NONE}))", 7.5,
          takes=("country",)),
    _Rule("recommendations-unanswered", rf"(?=.*{_RECOMMEND})(?=.*(?:answer|{_COMMIT}|follow))(?=.*(?:{_NONE}))", 7,
          takes=("objective", "country", "about")),
    _Rule("recommendations-answered", rf"(?=.*{_RECOMMEND})(?=.*(?:answer|{_COMMIT}|respon))", 6,
          takes=("objective", "country", "about")),
    _Rule("recommendations-by-addressee", rf"(?=.*\bhow many\b|.*\bcount\b|.*\bnumber of\b)(?=.*{_RECOMMEND})", 6.5,
          takes=("country",)),
    _Rule("recommendations", rf"{_RECOMMEND}", 5, takes=("addressed", "agent", "objective", "country", "about")),
    _Rule("recommendations", r"\b(?:asked?|asks) (?:of|to|for)\b", 3.5, needs=("addressed",),
          takes=("objective", "country", "about")),
    _Rule("commitments", _COMMIT, 5, takes=("body", "objective", "country", "about")),
    _Rule("bodies-by-membership", rf"(?=.*\bmembers?\b)(?=.*\b(?:network|indirect\w*)\b)(?=.*(?:address|{_WHO}))", 4.6,
          needs=("objective",)),
    _Rule("network-members",
          r"\b(?:members?|membership|compos\w+|chairs?|chaired|co-?chairs?|coordinat\w+|secretariat|belongs?|sits?|"
          r"participat\w+|consists?|made up|part of)\b", 5.5, needs=("body",)),
    _Rule("facts-of-body",
          r"\b(?:how often|meets?|meetings?|frequency|when was|established|founded|launched|since when|decides?|"
          r"decisions?)\b", 5.2, needs=("body",)),
    _Rule("relations-of-body",
          r"\b(?:relat\w+|partners?|reports? to|stands? to|linked|connected|predecessor|successor)\b", 4.8,
          needs=("body",)),
    _Rule("functions-of-body", r"\b(?:functions?|tasks?|mandates?|responsib\w+|duties|roles?|terms of reference)\b", 5,
          needs=("body",), takes=("objective",)),
    _Rule("objectives-of-body", r"\bobjectives?\b", 4.5, needs=("body",), takes=("country",)),
    _Rule("statements-of-body", r"\b(?:say|says|said|state[sd]?|statements?|do|does|about|on)\b", 3, needs=("body",),
          takes=("type", "objective")),
    _Rule("actions-of-objective", r"\bactions?\b", 5, needs=("objective",)),
    _Rule("sdgs-of-objective", _SDGS, 4.7, needs=("objective",)),
    _Rule("passages-for-sdg", r".", 4.2, needs=("sdg",)),
    _Rule("sdgs-in-documents", _SDGS, 3.5),
    _Rule("documents-by-objective", _DOCUMENTS, 4.4, needs=("objective",)),
    _Rule("documents", _DOCUMENTS, 2.5, takes=("country",)),
    _Rule("bodies-in-document", rf"(?=.*{_WHO})(?=.*\b(?:named?|mention\w*|list\w*|appear\w*)\b)", 3),
    _Rule("objective-body-matrix", r"(?=.*\bobjectives\b)(?=.*\bbodies\b)(?=.*\b(?:matrix|each|every|all)\b)", 4.5,
          takes=("country",)),
    _Rule("objectives-overview", r"(?=.*\bobjectives\b)(?=.*\b(?:overview|cover\w*|each|all|summary|gaps?)\b)", 4),
    _Rule("instruments", r"\b(?:instruments?|conventions?|resolutions?|laws?|treat(?:y|ies)|protocols?)\b", 2.6),
    _Rule("principles-invoked", r"\bprinciples?\b", 3),
    _Rule("statements-by-year", r"(?=.*\bstatements?\b)(?=.*\b(?:year|years|time)\b)", 3.5, takes=("objective",)),
    _Rule("bodies-for-objective", _WHO, 4, needs=("objective",), takes=("country",)),
    _Rule("objective", r"\b(?:what is|what's|what does|explain|define|definition|meaning|mean|about|tell me)\b", 3.4,
          needs=("number",)),
    _Rule("objective", r"\b(?:the|list|all|which are|what are)\b.*\bobjectives\b", 2.4),
    _Rule("passages-for-objective", r"\b(?:passages?|sentences?|evidence|quotes?|texts?|paragraphs?|where)\b", 5,
          needs=("objective",), takes=("country",)),
)
# Slots that have another name than the parameter they fill.
_PARAMETERS = {"number": "objective", "addressed": "body", "agent": "by"}
_UNUSED = {"country": "the place {}", "body": "the body {}", "objective": "objective {}"}


def understand(
    question: str,
    *,
    vocabulary: Vocabulary,
    objective_scores: Mapping[int, float] | None = None,
    bodies: Sequence[tuple[str, Sequence[str]]] = (),
) -> Understanding:
    """The ready-made question that a plain one asks.

    Args:
        question: in English, as a person asks it.
        vocabulary: names objectives and places.
        objective_scores: how much the question is about each objective, 0 to 1, where a linker has judged it.
        bodies: IRI and names of every body of the store.
    """
    slots = find_slots(question, vocabulary=vocabulary, objective_scores=objective_scores, bodies=bodies)
    values = _values(slots)
    readings = sorted(_readings(slots, values), key=lambda reading: -reading[0])
    if not readings:
        return Understanding(None, {}, "Understood as: a search for these words, since no ready-made question fits.")
    weight, name, parameters = readings[0]
    others = [reading for reading in readings[1:] if reading[1] != name and weight - reading[0] <= 1.5]
    unsure = [n for n, w in slots.objectives[1:] if w * CLEARLY >= slots.objectives[0][1]]
    alternatives = [_sentence(other, given, vocabulary, slots) for _, other, given in others[:SHOWN - 1]]
    if "objective" in parameters and unsure:
        given = {**parameters, "objective": str(unsure[0])}
        alternatives.insert(0, _sentence(name, given, vocabulary, slots))
    sure = not (("objective" in parameters and unsure) or any(weight - other[0] < BONUS for other in others))
    unused = _unused(values, parameters, slots, vocabulary)
    sentence = f"Understood as: {_sentence(name, parameters, vocabulary, slots)}{unused}"
    return Understanding(name, parameters, sentence, tuple(dict.fromkeys(alternatives))[:SHOWN], sure)


def _values(slots: Slots) -> dict[str, str]:
    """The slots as values of parameters, by name of slot."""
    found: dict[str, str | None] = {
        "objective": str(slots.objectives[0][0]) if slots.objectives else None,
        "number": str(slots.objectives[0][0]) if slots.named else None,
        "body": slots.bodies[0][0] if slots.bodies else None,
        "addressed": slots.addressed,
        "agent": slots.agent,
        "country": slots.places[0] if slots.places else None,
        "sdg": slots.sdg,
        "fact": slots.iri,
        "type": min(slots.kinds) if len(slots.kinds) == 1 else None,
        "about": slots.about if not slots.objectives else None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _readings(slots: Slots, values: Mapping[str, str]) -> list[tuple[float, str, dict[str, str]]]:
    found = []
    for rule in _RULES:
        if any(need not in values for need in rule.needs) or not re.search(rule.cue, slots.text, re.IGNORECASE):
            continue
        used = [slot for slot in (*rule.needs, *rule.takes) if slot in values]
        parameters = {_PARAMETERS.get(slot, slot): values[slot] for slot in used}
        taken = set(parameters.values())
        missed = sum(slot in values and values[slot] not in taken for slot in ("body", "objective"))
        found.append((rule.weight + BONUS * len(used) - BONUS * missed, rule.name, parameters))
    return found


def _sentence(name: str, parameters: Mapping[str, str], vocabulary: Vocabulary, slots: Slots) -> str:
    title = ready_made(name).title
    said = [f"{key} {_shown(key, value, vocabulary, slots)}" for key, value in parameters.items()]
    return f"{title} ({'; '.join(said)})" if said else title


def _shown(key: str, value: str, vocabulary: Vocabulary, slots: Slots) -> str:
    if key == "objective":
        return f"{value}: {next(o.label for o in vocabulary.objectives if o.number == int(value))}"
    if key in {"body", "by"}:
        return dict(slots.bodies).get(value, value)
    return value


def _unused(values: Mapping[str, str], parameters: Mapping[str, str], slots: Slots, vocabulary: Vocabulary) -> str:
    left = [key for key in _UNUSED if key in values and values[key] not in parameters.values()]
    said = [_UNUSED[key].format(_shown(key, values[key], vocabulary, slots)) for key in left]
    return f"; {' and '.join(said)} not taken into account" if said else ""
