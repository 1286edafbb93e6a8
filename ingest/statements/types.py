"""The type of a statement: a visible list of weighted features, and the highest sum wins.

Each feature names what it looks for, gives the words that it saw, and says for which types that speaks and how much.
Weights are round numbers set by hand from how such texts are written; none was fitted.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ingest.statements import by_layout, by_verb, by_wording
from ingest.statements.setting import Hit, Setting, Weights
from ontology.model import Reason, StatementType


@dataclass(frozen=True, slots=True)
class Feature:
    """`test` returns the words that it saw and the weights that they carry, or None."""

    name: str
    test: Callable[[Setting], Hit]


FEATURES: tuple[Feature, ...] = (
    Feature("lead-in", by_layout.lead_in),
    Feature("lead subject", by_layout.lead_subject),
    Feature("numbered", by_layout.numbered),
    Feature("section of a list", by_layout.bare_section),
    Feature("bare", by_layout.bare),
    Feature("section", by_layout.section),
    Feature("frame", by_verb.framed),
    Feature("obligation", by_verb.obliged),
    Feature("will", by_verb.will),
    Feature("could", by_verb.could),
    Feature("harm", by_verb.harms),
    Feature("past", by_verb.past),
    Feature("present", by_verb.present),
    Feature("continues", by_verb.continues),
    Feature("role", by_wording.roles),
    Feature("ambition", by_wording.ambition),
    Feature("promise", by_wording.promising),
    Feature("plans", by_wording.planned),
    Feature("preamble", by_wording.preamble),
    Feature("wish", by_wording.wishes),
    Feature("please", by_wording.please),
    Feature("overdue", by_wording.overdue),
    Feature("created to", by_wording.created_to),
    Feature("wants", by_wording.wants),
    Feature("composition", by_wording.composed),
    Feature("membership", by_wording.members_are),
    Feature("rule", by_wording.rules),
    Feature("decision", by_wording.decides),
    Feature("restriction", by_wording.restricts),
    Feature("holder of a role", by_wording.identified),
    Feature("meeting", by_wording.meets),
    Feature("principle", by_wording.principled),
    Feature("opportunity", by_wording.opportunity),
    Feature("footnote", by_layout.footnote),
    Feature("label", by_layout.labelled),
)


_BASE: Mapping[StatementType, float] = {**dict.fromkeys(StatementType, 0.0), StatementType.OBSERVATION: 1.0}


def type_of(setting: Setting) -> tuple[StatementType, Reason]:
    """The type with the highest sum of weights (an observation where nothing speaks), and the reason."""
    sums = dict(_BASE)
    seen: list[tuple[str, Weights]] = []
    for feature in FEATURES:
        hit = feature.test(setting)
        if hit:
            seen.append(hit)
            for kind, weight in hit[1].items():
                sums[kind] += weight
    best, second = sorted(sums, key=lambda k: -sums[k])[:2]  # of equals the first of the enumeration
    margin = sums[best] - sums[second]
    confidence = round(min(0.97, 0.5 + 0.5 * math.tanh(margin / 4)), 3)
    words = tuple(dict.fromkeys(word for word, weights in seen if weights.get(best) and word))
    against = [word for word, weights in seen if weights.get(second) and word]
    runner = f"{second.value} ({sums[second]:.1f} against {sums[best]:.1f}"
    runner += (
        f"; for it: {', '.join(dict.fromkeys(against))})"
        if against
        else "; nothing but its base weight)"
        if (sums[second])
        else "; nothing speaks for it)"
    )
    signs = "1 sign" if len(words) == 1 else f"{len(words)} signs"
    note = f"Typed {best.value.replace('_', ' ')} by {signs} of grammar and layout."
    return best, Reason("rules", confidence, round(sums[best], 2), words, runner, note)
