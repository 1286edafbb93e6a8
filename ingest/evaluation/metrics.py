"""The metrics. Each function counts one family of facts of one document against its gold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ingest.evaluation.gold import (
    Counts,
    Names,
    Record,
    Span,
    alike,
    locate,
    names_of,
    norm,
    options,
    status_of,
    unique_relations,
)

ROLES = frozenset([
    "member_of", "executive_committee_member_of", "coordinator_of", "secretariat_of", "chair_of", "co_chair_of",
    "co_convener_of", "co_lead_of", "government_counterpart_of", "established_by", "successor_of", "reports_to",
])
TYPE_CLASSES = {
    "recommendation": "recommendation",
    "commitment": "commitment",
    "function": "function",
    "objective": "objective+outcome",
    "outcome": "objective+outcome",
}
CORE_PROPERTIES = frozenset(["meeting_frequency", "established_date", "decision_rule", "scope"])
SAME_PROPERTY = {
    "established": "established_date",
    "launched": "established_date",
    "launched_date": "established_date",
    "frequency": "meeting_frequency",
}
SAME_MODALITY = {None: "present", "must": "shall"}


def score_document(gold: Record, text: str, facts: list[Record]) -> Counts:
    """All counts of one document."""
    counts, names, units = Counts(), Names(gold, facts), locate(gold["statements"], text)
    score_bodies(gold, facts, counts)
    score_relations(gold, facts, names, counts)
    score_body_facts(gold, facts, names, counts)
    score_statements(units, facts, names, counts)
    score_objectives(units, gold, text, facts, counts)
    score_principles(units, gold, text, facts, counts)
    score_sdgs(gold, text, facts, counts)
    score_instruments(gold, facts, counts)
    score_quotes(text, facts, counts)
    return counts


def of_kind(facts: Iterable[Record], kind: str) -> list[Record]:
    return [fact for fact in facts if fact["kind"] == kind]


def score_bodies(gold: Record, facts: list[Record], counts: Counts) -> None:
    """P, R, F1 of bodies, matched one to one by any equal name; type accuracy over the matched ones.

    A further prediction of a gold body that is matched already is a false positive only when its IRI
    differs from that of the matching record.
    """
    wanted = sorted(gold["bodies"], key=lambda b: bool(b.get("optional")))
    predicted = of_kind(facts, "body")
    fits = [[p for p, f in enumerate(predicted) if names_of(f) & names_of(b)] for b in wanted]
    owner: dict[int, int] = {}  # predicted -> gold

    def assign(g: int, tried: set[int]) -> bool:
        """Give gold body g a prediction, moving others where that helps (augmenting path)."""
        for p in sorted(fits[g], key=lambda p: norm(predicted[p]["name"]) != norm(wanted[g]["name"])):
            if p not in tried:
                tried.add(p)
                if p not in owner or assign(owner[p], tried):
                    owner[p] = g
                    return True
        return False

    tally = counts.tallies["bodies"]
    for g, body in enumerate(wanted):
        if not assign(g, set()) and not body.get("optional"):
            tally.count("fn")
            counts.error("bodies", "missed", body["name"])
    for p, fact in enumerate(predicted):
        if p in owner:
            body = wanted[owner[p]]
            if not body.get("optional"):
                tally.count("tp")
                right = fact.get("type") in options(body, "kind")
                counts.shares["body_types"].count(right)
                if not right:
                    counts.error("body_types", "wrong", f"{fact.get('type')} for {body['kind']}: {body['name']}")
            continue
        rivals = [g for g in range(len(wanted)) if p in fits[g]]
        iris = {predicted[q].get("iri") for q, g in owner.items() if g in rivals}
        if fact.get("iri") not in iris and not any(wanted[g].get("optional") for g in rivals):
            tally.count("fp")
            counts.error("bodies", "extra", fact["name"])


def score_relations(gold: Record, facts: list[Record], names: Names, counts: Counts) -> None:
    """P, R, F1 of relations: both ends, the relation and the status (current, former, proposed) agree.

    Equal predictions count once. `relations.roles` has the relations of ROLES, `relations.all` every one.
    """
    wanted = unique_relations(gold)
    ends = [(names.equal(options(r, "subject")), names.equal(options(r, "object"))) for r in wanted]
    taken: set[int] = set()
    wrong: set[tuple[Any, ...]] = set()

    def count(relation: str, field: str) -> None:
        counts.tallies["relations.all"].count(field)
        if relation in ROLES:
            counts.tallies["relations.roles"].count(field)

    for fact in of_kind(facts, "relation"):
        subjects = names.ids(fact["subject"], fact.get("subject_iri"))
        objects = names.ids(fact["object"], fact.get("object_iri"))
        status = status_of(fact.get("status"))
        fits = [g for g, r in enumerate(wanted)
                if fact["relation"] in options(r, "relation") and ends[g][0] & subjects and ends[g][1] & objects
                and status in map(status_of, options(r, "status"))]
        free = next((g for g in fits if g not in taken), None)
        key = (norm(fact["subject"] or ""), fact["relation"], norm(fact["object"] or ""), status)
        if free is not None:
            taken.add(free)
            if not wanted[free].get("optional"):
                count(wanted[free]["relation"], "tp")
        elif not fits and key not in wrong:
            wrong.add(key)
            count(fact["relation"], "fp")
            counts.error("relations", "extra", " | ".join(key))
    for g, r in enumerate(wanted):
        if g not in taken and not r.get("optional"):
            count(r["relation"], "fn")
            counts.error("relations", "missed", f"{r['subject']} | {r['relation']} | {r['object']} | {r['status']}")


def score_body_facts(gold: Record, facts: list[Record], names: Names, counts: Counts) -> None:
    """Recall of body facts: same body, same property, value alike.

    `body_facts.core` has the properties of CORE_PROPERTIES only. A launch date counts as a founding date.
    """
    found = [(names.ids(f["body"], f.get("body_iri")), SAME_PROPERTY.get(f["property"], f["property"]), f["value"])
             for f in of_kind(facts, "body_fact")]
    for item in gold["body_facts"]:
        if item.get("optional"):
            continue
        bodies, prop = names.equal(options(item, "body")), SAME_PROPERTY.get(item["property"], item["property"])
        hit = any(ids & bodies and p == prop and alike(value, item["value"]) for ids, p, value in found)
        counts.shares["body_facts"].count(hit)
        if prop in CORE_PROPERTIES:
            counts.shares["body_facts.core"].count(hit)
            counts.shares[f"body_facts.{prop}"].count(hit)
        if not hit:
            counts.error("body_facts", "missed", f"{item['body']} | {item['property']} | {item['value']}")


def pair_statements(spans: list[Span], predicted: list[Record]) -> dict[int, int]:
    """Gold index -> predicted index: one to one, at a character IoU of 0.5 or more, the best first."""
    scored = [(span.iou(fact["start"], fact["end"]), fact["type"] in options(span.item, "type"), g, p)
              for g, span in enumerate(spans) for p, fact in enumerate(predicted)
              if fact["start"] < span.hull and fact["end"] > span.start]
    pairs: dict[int, int] = {}
    for iou, _, g, p in sorted(scored, key=lambda s: (-s[0], not s[1], s[2], s[3])):
        if iou >= 0.5 and g not in pairs and p not in pairs.values():
            pairs[g] = p
    return pairs


def score_statements(spans: list[Span], facts: list[Record], names: Names, counts: Counts) -> None:
    """Statements by span, then by type and attributes.

    detection  F1 over statements that are not observations, whatever their type. A gold statement that
               may be an observation or something else is neither a miss nor, when predicted, a hit.
    type.*     F1 of one class; an alternative type counts as the main one; objective and outcome are one class.
    types      macro-average of the classes of TYPE_CLASSES that the gold has.
    """
    predicted = of_kind(facts, "statement")
    pairs = pair_statements(spans, predicted)
    detection = counts.tallies["statements.detection"]
    for g, span in enumerate(spans):
        fact, accepted = predicted[pairs[g]] if g in pairs else None, options(span.item, "type")
        seen = fact is not None and fact["type"] != "observation"
        if span.optional:
            continue
        if accepted == {"observation"}:
            if fact is not None and seen:
                detection.count("fp")
                counts.error("statements", "extra", f"{fact['type']} for observation: {fact['quote']}")
        elif "observation" not in accepted:
            detection.count("tp" if seen else "fn")
            if not seen:
                counts.error("statements", "missed", f"{span.item['type']}: {span.item['span']}")
        elif fact is None:
            continue
        want = TYPE_CLASSES.get(span.item["type"])
        got = TYPE_CLASSES.get(span.item["type"] if fact["type"] in accepted else fact["type"]) if fact else None
        if want:
            counts.tallies[f"statements.type.{want}"].count("tp" if got == want else "fn")
        if got and got != want:
            counts.tallies[f"statements.type.{got}"].count("fp")
        if fact:
            if got != want:
                counts.error("types", "wrong", f"{fact['type']} for {span.item['type']}: {span.item['span']}")
            score_attributes(span.item, fact, names, counts)
    for p, fact in enumerate(predicted):
        if p not in pairs.values() and fact["type"] != "observation":
            detection.count("fp")
            counts.error("statements", "extra", f"{fact['type']}: {fact['quote']}")
            if fact["type"] in TYPE_CLASSES:
                counts.tallies[f"statements.type.{TYPE_CLASSES[fact['type']]}"].count("fp")


def score_attributes(item: Record, fact: Record, names: Names, counts: Counts) -> None:
    """Modality, agent and addressee of one matched statement that is not an observation.

    modality   accuracy; null is "present", "must" is "shall".
    agent      accuracy: the text or body is alike one of the gold's.
    addressee  the same, over those for which gold or prediction has one. An addressee that the gold infers,
               or that repeats the agent, may be left out.
    """
    if item["type"] == "observation":
        return
    modality = fact.get("modality")
    right = SAME_MODALITY.get(modality, modality) in {SAME_MODALITY.get(m, m) for m in options(item, "modality")}
    counts.shares["statements.modality"].count(right)
    if not right:
        counts.error("modality", "wrong", f"{modality} for {item['modality']}: {item['span']}")
    agents = names.texts(item, "agent")
    for key in ("agent", "addressee"):
        texts, value = names.texts(item, key), fact.get(key)
        soft = key == "addressee" and (item.get("addressee_source") == "inferred" or bool(texts & agents))
        if value or (texts and not soft):
            right = bool(value) and names.alike(str(value), texts)
            counts.shares[f"statements.{key}"].count(right)
            if not right:
                counts.error(key, "wrong", f"{value} for {item[key]}: {item['span']}")


def labels_by_unit(units: list[Span], links: list[Span], labels: Callable[[Record], Iterable[Any]],
                   required: Callable[[Span], bool]) -> Iterator[tuple[Span, set[Any], set[Any]]]:
    """For each unit, the labels that must be found on it and those that may be (which include the former)."""
    for unit in units:
        on = [link for link in links if unit.overlaps(link.start, link.end)]
        yield (unit, {x for link in on if required(link) for x in labels(link.item)},
               {x for link in on for x in labels(link.item)})


def count_labels(metric: str, unit: Span, got: set[Any], must: set[Any], may: set[Any], counts: Counts) -> None:
    """Add the labels of one unit to the micro tally of the metric and to the tally of each label."""
    for label in got | must:
        if label not in must and label in may:
            continue
        field = "fn" if label not in got else "tp" if label in must else "fp"
        counts.tallies[metric].count(field)
        counts.tallies[f"{metric}.n.{label}"].count(field)
        if field != "tp":
            counts.error(metric, "missed" if field == "fn" else "extra", f"{label}: {unit.item['span']}")


def score_objectives(units: list[Span], gold: Record, text: str, facts: list[Record], counts: Counts) -> None:
    """Objectives as labels of the gold statement spans, which are the units (statements of every type).

    A gold link gives its objectives to each unit that it overlaps: strength 2 and 3 must be found,
    strength 1 and optional ones may be. Predicted on a unit: the objective_link records that overlap it and
    claim strength 2 or 3 (no strength counts as a claim); a weak link is no claim.
    objectives         micro-average of P, R, F1
    objectives.macro   macro-average over the objectives that the gold requires somewhere
    objectives.p_at_1  share of the units with a required objective whose most confident prediction is in
                       the gold, of any strength; no prediction is wrong
    """
    predicted = [f for f in of_kind(facts, "objective_link") if f.get("strength") != 1]
    links = locate(gold["gcm_links"], text)
    for unit, must, may in labels_by_unit(
            units, links, lambda i: i["objectives"], lambda s: not s.optional and s.item["strength"] >= 2):
        on = [f for f in predicted if unit.overlaps(f["start"], f["end"])]
        count_labels("objectives", unit, {int(f["objective"]) for f in on}, must, may, counts)
        if must:
            best = max(on, key=lambda f: f.get("confidence") or 0.0, default=None)
            counts.shares["objectives.p_at_1"].count(best is not None and int(best["objective"]) in may)


def score_principles(units: list[Span], gold: Record, text: str, facts: list[Record], counts: Counts) -> None:
    """Micro F1 of guiding principles, in the same way; only for documents whose gold annotates them."""
    if "guiding_principles" not in gold:
        return
    predicted = of_kind(facts, "principle_link")
    links = locate(gold["guiding_principles"], text)
    for unit, must, may in labels_by_unit(units, links, lambda i: [i["principle"]], lambda s: not s.optional):
        got = {norm(str(f["principle"]).rsplit("/", 1)[-1]).replace(" ", "-")
               for f in predicted if unit.overlaps(f["start"], f["end"])}
        count_labels("principles", unit, got, must, may, counts)


def score_sdgs(gold: Record, text: str, facts: list[Record], counts: Counts) -> None:
    """Recall of the SDGs that the text names, and precision of all SDG links.

    sdgs.explicit_recall  a named target must be found as that target; a named goal may be found as a target of it
    sdgs.precision        right where any gold link (explicit, implied, optional) to the same goal overlaps;
                          gold links to the SDGs at large, without a number, are left out
    """
    links = [(s, str(s.item.get("target") or s.item["sdg"])) for s in locate(gold["sdg_links"], text) if s.item["sdg"]]
    predicted = [(f, str(f["sdg"]).rsplit("/", 1)[-1]) for f in of_kind(facts, "sdg_link")]
    for span, label in links:
        if span.item["how"] == "explicit" and not span.optional:
            hit = any(span.overlaps(f["start"], f["end"]) and f"{code}.".startswith(f"{label}.")
                      for f, code in predicted)
            counts.shares["sdgs.explicit_recall"].count(hit)
            if not hit:
                counts.error("sdgs", "missed", f"{label}: {span.item['span']}")
    for fact, code in predicted:
        hit = any(span.overlaps(fact["start"], fact["end"]) and label.split(".")[0] == code.split(".")[0]
                  for span, label in links)
        counts.shares["sdgs.precision"].count(hit)
        if not hit:
            counts.error("sdgs", "extra", f"{code}: {fact['quote']}")


def score_instruments(gold: Record, facts: list[Record], counts: Counts) -> None:
    """Recall of instruments by name, alias or identifier: equal, or names alike at 0.75."""
    predicted = [names_of(f) for f in of_kind(facts, "instrument")]
    for item in gold["instruments"]:
        if not item.get("optional"):
            names = names_of(item)
            hit = any(names & p or any(alike(a, b, 0.75) for a in names for b in p) for p in predicted)
            counts.shares["instruments"].count(hit)
            if not hit:
                counts.error("instruments", "missed", item["name"])


def score_quotes(text: str, facts: list[Record], counts: Counts) -> None:
    """Share of the records whose quote stands at [start, end) of the document's text, character for character."""
    for fact in facts:
        right = bool(fact["quote"]) and text[fact["start"]:fact["end"]] == fact["quote"]
        counts.shares["quotes"].count(right)
        if not right:
            counts.error("quotes", "wrong", f"{fact['kind']} at {fact['start']}: {fact['quote']}")
