"""How bodies came to be and where they belong: established by, successor of, part of, reports to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found, Ledger
from ingest.bodies.masks import ANY, BODY, Masked, collective
from ingest.bodies.placing import government_of
from ingest.bodies.state import Named, Reading
from ontology import iris
from ontology.document import PassageKind
from ontology.model import BodyType, RelationType, Status

_FOUND = r"(?:launch|establish|creat|found|set up|form|initiat)"
_ESTABLISHES = re.compile(
    rf"{BODY}(?P<gap>[^.;:⟦]{{0,90}}?)(?P<verb> (?:jointly |formally |officially )?(?:launched|established|created"
    rf"|founded|set up|establishes|"
    r"launches|creates|sets up))(?: in (?:\w+ )?\d{4}| on [\w ]{3,20})?(?: the| a| an)?(?P<of>[^.;⟦]{0,30})"
    rf"{BODY}"
)
_DECIDED = re.compile(
    rf"{BODY}[^.;⟦]{{0,40}}\b(?:decided|agreed|resolved)\b[^.;]{{0,140}}?(?:to establish|to create|to launch"
    rf"|to set up|on establishing|on the establishment of|"
    rf"on creating) (?:the |a |an )?[^.;⟦]{{0,30}}{BODY}"
)
_BY = re.compile(
    rf"{BODY}(?P<gap>[^.;⟦]{{0,40}}?)[ ,](?:established|launched|created|founded|set up|activated|constituted"
    rf"|formed|initiated|inaugurated)(?: in (?:\w+ )?\d{{4}}"
    rf"| on [\w ]{{3,20}})? "
    rf"(?:jointly )?by (?:the )?(?={ANY})"
)
_WHICH_FOUNDED = re.compile(
    rf"{BODY},? (?:which|that) (?:the )?{BODY} (?:established|created|set up|founded|launched|formed|instituted)\b"
)
_GENERIC = (
    r"(?:[\w-]+ ){0,5}?(?P<head>network|group|task force|platform|coalition|committee|forum|mechanism|fund|team)\b"
)
_SET_UP = (
    r"(?:decid|agre|resolv|endors|approv|mandat|call|request|announc|propos|order)\w*\b[^.;⟦]{0,60}? (?:to "
    r"|for |on |the )*(?:establish"
    r"|establishment of|creat(?:e|ion of)|set(?:ting)? up(?: of)?|launch(?: of)?|form(?:ation of)?|constitut\w+) "
    r"(?:the |a |an |this |such a )?"
)
_SET_UP_NAMED = re.compile(rf"{BODY}[^.;⟦]{{0,60}}? {_SET_UP}[^.;⟦]{{0,40}}{BODY}")
_SET_UP_GENERIC = re.compile(rf"{BODY}[^.;⟦]{{0,60}}? {_SET_UP}{_GENERIC}")
_BY_DECISION = re.compile(
    rf"{BODY}[^.;⟦]{{0,70}}?\b(?:established|launched|created|founded|set up|constituted|formed|born|initiated"
    rf"|instituted)"
    r"\b[^.;⟦]{0,50}? (?:by (?:an? |the )?(?:decision|resolution|order|decree|initiative) of|(?:by"
    r"|through) (?:an? |the )?(?:agreement|memorandum|treaty|compact)(?: [\w ]{{0,20}})? (?:between|among|of)"
    r"|on the initiative of"
    rf"|at the initiative of|at the request of) (?:the )?(?={ANY})"
)
_ABSORBS = re.compile(
    rf"{BODY}[^.;⟦]{{0,60}}? (?:(?:brings?|brought)(?: together)? under one roof|merg(?:es?|ed)|absorb(?:s|ed)|"
    rf"replaces|replaced|builds on|built on|continues|took over|takes over)[^.;⟦]{{0,20}} (?:the )?former (?={ANY})"
)
_REPLACING = re.compile(
    rf"{BODY}[^.;⟦]{{0,60}}?,? (?:replacing|succeeding"
    rf"|superseding) (?:the )?(?:former )?(?={ANY})"
)
_IS_HEREBY = re.compile(
    rf"{BODY}[^.;⟦]{{0,40}}? (?:is|are) hereby (?:established|created|instituted|set up|constituted)"
)
_IN_LIST = re.compile(
    r"\b(?:working groups?|task (?:teams?|forces?)|sub-?(?:groups?|committees?|clusters?)|thematic groups?|pillars"
    r"|committees|workstreams?)\b",
    re.I,
)
_AS_SUB = re.compile(
    rf"{BODY}[^.;⟦]{{0,60}}? as an? (?:\w+ )?(?:sub-?group|sub-?committee|working group|part|organ|body"
    rf"|arm)s? (?:of|under) "
    rf"(?:the )?{BODY}"
)
_HEREBY = re.compile(rf"\bhereby (?:established|created|instituted|set up) (?:as )?(?:the |an? )?{BODY}")
_SUCCESSOR = re.compile(rf"{BODY}[^.;⟦]{{0,60}}?,? as (?:a |the )?successor (?:to|of) (?:the )?(?:former )?{BODY}")
_TURNED = re.compile(
    rf"{BODY}[^.;⟦]{{0,30}}? (?:now |been |was |were |is |formally )*(?:transformed|converted|renamed|merged|turned"
    rf"|restructured) (?:into|to|as) "
    rf"(?:the |a )?[^⟦.;]{{0,60}}{BODY}"
)
_SUCCEEDS = re.compile(
    rf"{BODY}[^.;⟦]{{0,40}}? (?:succeeds|succeeded|replaces|replaced|supersedes|superseded|is (?:the"
    rf"|a) successor (?:of|to)|took over from|takes? the place of|took the place of|is the heir (?:of|to))"
    rf"(?: the)?[^⟦.;]{{0,30}} {BODY}"
)
_SUCCEEDED = re.compile(
    rf"{BODY}(?:[^.;⟦]|\.(?= ?\d)){{0,60}}? (?:was|is|has been|were|will be|is hereby) (?:succeeded|replaced"
    rf"|superseded"
    rf"|absorbed) by (?:the )?[^⟦.;]{{0,20}}{BODY}"
)
_TAKES_OVER = re.compile(
    rf"{BODY}[^.;⟦]{{0,40}}? (?:takes over (?:the )?[^.;⟦]{{0,40}}(?:of|from)|grew out of|evolved (?:from|out of)"
    rf"|emerged from|stems from) (?:the )?{BODY}"
)
_FORMERLY = re.compile(rf"{BODY},? ?\(?,? ?(?:formerly|previously)(?: known as| called| named)?(?: the)? {BODY}")
_UNDER = re.compile(
    rf"{BODY}(?:,? (?:is|are|was|were|sits?|operates?|works?|functions?|falls?|placed|established"
    rf"|housed)[^.;⟦]{{0,60}})?,? under (?:the )?"
    rf"(?:(?:purview|authority|umbrella|auspices|framework|aegis|responsibility) of )?(?:the )?{BODY}"
)
_AS_PART = re.compile(
    rf"[Aa]s (?:an? )?(?:integral )?(?:part|organ|body) of (?:the )?{BODY}[^.;⟦]{{0,90}}, (?:the )?{BODY}"
)
_IS_PART = re.compile(
    rf"{BODY},? (?:is|are|forms?|was|as) (?:an? |the )?(?:(?:[\w-]+ )?(?:integral |specialised |specialized "
    rf"|subsidiary |permanent )?(?:part|organ|body|arm|branch|unit|department|"
    rf"programme|agency|sub-group|subgroup|sub-committee)|one of the [\w ]{{2,30}}) (?:of|within"
    rf"|under) (?:the )?{BODY}"
)
_ATTACHED = re.compile(
    rf"{BODY}[^.;⟦]{{0,40}}? (?:attached to|annexed to|housed (?:in|within|at)|hosted within|located within"
    rf"|(?:placed|established|embedded|set up|based|created|integrated) (?:in|within|inside)) (?:the )?{BODY}"
)
_WITHIN = re.compile(rf"{BODY},? (?:within|inside) (?:the )?{BODY}")
_ALSO_PART = re.compile(
    rf"^\W*(?:The )?{BODY}[^;]{{0,160}}?,? and (?:is|forms) (?:an? |the )?(?:[\w-]+ )?(?:part|organ|arm|branch"
    rf"|sub-?group|"
    rf"sub-?committee|body|member body) of (?:the )?{BODY}"
)
_OF_WHOLE = re.compile(rf"{BODY} of (?:the )?{BODY}")
_POSSESSED = re.compile(
    rf"{BODY} (?:is|serves as) (?:the )?{BODY}'s? (?:[\w-]+ ){{0,4}}?(?:agency|organi[sz]ation|entity|body|organ"
    rf"|programme|fund|arm)\b"
)
_ENCOMPASSES = re.compile(
    rf"{BODY}(?:,? which|,? that)?[^.;⟦]{{0,25}} (?:encompass(?:es)?|houses|hosts) (?:the )?{BODY}"
)
_INCLUDING = re.compile(rf"{BODY},? including (?:the )?{BODY}")
_REPORTS = re.compile(
    r"\b(?:accountable|answerable|answers?|responsible) to (?:the )?(?=⟦)|\breports?(?: \w+ly| in writing| orally"
    r"| regularly)*(?: through (?:the )?[^.;]{0,60}?)? to (?:the )?(?=⟦)|"
    r"\b(?:submits?|presents?|sends?|addresses) (?:(?:an?|its|their|the|written|regular|annual|quarterly) )*"
    r"(?:reports?|findings|accounts?|minutes|results) (?:[^.;⟦]{0,30} )?to (?:the )?(?=⟦)"
    r"|\baccounts? to (?:the )?(?=⟦)|"
    r"\blays? (?:an? |its )?(?:\w+ ){0,2}report before (?:the )?(?=⟦)|"
    r"\bunder the (?:overall )?(?:coordination|supervision|oversight|guidance) of (?:the )?(?=⟦)"
)
_TO_WHICH = re.compile(rf"{BODY},? to (?:which|whom) (?:the )?{BODY} (?:reports?|answers?|is accountable)\b")
_PLURAL = re.compile(r"^\W*(?:Both|They|These|All (?:three|four|of them)|Each(?: of them)?)\b(?! ⟦)")
_ARISES = re.compile(r"\b(?:established|created|launched|set up):?\s*$")
_NEW_BODY = re.compile(
    r"^(?:an? |the )((?:[A-Za-z-]+ ){1,4}?(?:hub|platform|fund|facility|cent(?:re|er)|mechanism|committee"
    r"|working group|task force|network|unit|secretariat))\b"
)
_KINDS = {
    "fund": BodyType.FUND,
    "facility": BodyType.FUND,
    "committee": BodyType.COORDINATION_MECHANISM,
    "network": BodyType.COORDINATION_MECHANISM,
    "group": BodyType.WORKING_GROUP,
    "force": BodyType.COORDINATION_MECHANISM,
}
_NO_FOUNDER = frozenset([BodyType.GOVERNMENT, BodyType.STAKEHOLDER_GROUP, BodyType.MINISTRY])
_EARLY_NAME = 12
_SUCCEEDING = (
    "succe", "transform", "convert", "renamed", "merg", "turned", "restructur", "replac", "supersed", "took over",
    "takes over", "former", "grew out", "evolved", "emerged", "stems", "previously", "under one roof", "absorb",
    "builds on", "built on", "continues",
)  # fmt: skip
_BEGINNING = (
    "launch", "establish", "creat", "found", "set up", "sets up", "set-up", "form", "initiat", "institut", "constitut",
    "born", "activat", "conven", "inaugur", "setting up",
)  # fmt: skip
_STILL_TO_COME = re.compile(
    rf"{BODY}(?:,[^.;]{{0,80}}?,| \([^()]{{0,40}}\))? (?:will|is to|is about to|is due to|is expected to"
    rf"|is planned to) be "
    r"(?:created|set up|established|formed|launched|constituted|founded|instituted)\b"
)
_YET = re.compile(r"\b(?:(?:is|are) (?:about )?to|will|shall|should|due to) be\b")
_INTENDED = re.compile(r"\b(?:will|shall|should|would|plans? to|propos\w+|intends? to|to)\s*$")


def to_come(reading: Reading, passages: list[Masked]) -> set[str]:
    """The bodies that the document says are yet to be set up; its own body is none of them."""
    return {
        e.iri
        for m in passages
        if m.items
        for found in _STILL_TO_COME.finditer(m.text)
        if (e := m.entity(found[1])) is not reading.own and e.method.startswith("form")
    }


def structure(reading: Reading, m: Masked) -> list[Found]:
    """What one passage says of how bodies came to be and belong together."""
    if not m.items:
        return []
    two = len(m.items) > 1
    return [
        *_founding(reading, m),
        *(_succession(m) if two else ()),
        *(_belonging(m) if two else ()),
        *_reporting(reading, m),
    ]


def _founded(subject: Entity, founders: list[Entity], method: str, status: Status) -> Iterator[Found]:
    if subject.type in _NO_FOUNDER and not collective(subject):
        return
    for founder in founders:
        if founder is not subject:
            yield Found(subject, RelationType.ESTABLISHED_BY, founder, method, status)


def _founding(reading: Reading, m: Masked) -> Iterator[Found]:
    if not m.has(*_BEGINNING):
        return
    for found in _ESTABLISHES.finditer(m.text):
        gap = found["gap"]
        target = m.entity(found[found.re.groups])
        if re.search(r"\b(?:was|were|been|is|are|be|which|that)\s*$|^,$", gap) or re.search(
            r"\b(?:by|with|of|and|for)\b", found["of"]
        ):
            continue
        status = Status.PROPOSED if _INTENDED.search(gap) else Status.CURRENT
        if collective(target) or target.method.startswith("form"):
            yield from _founded(target, m.before(found.end(1) + 1) or [m.entity(found[1])], "establishes", status)
    for found in (*_HEREBY.finditer(m.text), *_IS_HEREBY.finditer(m.text)):
        if reading.country:
            yield from _founded(m.entity(found[1]), [government_of(reading, reading.country)], "hereby", Status.CURRENT)
    for found in _WHICH_FOUNDED.finditer(m.text):
        yield from _founded(m.entity(found[1]), [m.entity(found[2])], "which-founded", Status.CURRENT)
    for found in _DECIDED.finditer(m.text):
        yield from _founded(m.entity(found[2]), [m.entity(found[1])], "decided-to-establish", Status.CURRENT)
    yield from _decided(reading, m)
    for found in _BY.finditer(m.text):
        status = Status.PROPOSED if re.search(r"\b(?:will|to|should|shall) be\b", found["gap"]) else Status.CURRENT
        yield from _founded(m.entity(found[1]), m.after(found.end()), "established-by", status)


def _decided(reading: Reading, m: Masked) -> Iterator[Found]:
    """Who decided, endorsed or asked for the creation of a body, named or called "a national network"."""
    for found in _SET_UP_NAMED.finditer(m.text):
        yield from _founded(m.entity(found[2]), [m.entity(found[1])], "decided-to-set-up", Status.CURRENT)
    own = reading.own
    for found in _SET_UP_GENERIC.finditer(m.text) if own else ():
        if own and own.head.split(" ")[-1] == found["head"].split(" ")[-1]:
            yield from _founded(own, [m.entity(found[1])], "decided-to-set-up", Status.CURRENT)
    for found in _BY_DECISION.finditer(m.text):
        yield from _founded(m.entity(found[1]), m.after(found.end()), "by-decision-of", Status.CURRENT)


def _succession(m: Masked) -> Iterator[Found]:
    if not m.has(*_SUCCEEDING):
        return
    for pattern, new, old, method in (
        (_SUCCESSOR, 1, 2, "successor-to"),
        (_TURNED, 2, 1, "transformed-into"),
        (_SUCCEEDS, 1, 2, "succeeds"),
        (_SUCCEEDED, 2, 1, "succeeded-by"),
        (_FORMERLY, 1, 2, "formerly"),
        (_TAKES_OVER, 1, 2, "takes-over"),
    ):
        for found in pattern.finditer(m.text):
            a, b = m.entity(found[new]), m.entity(found[old])
            status = Status.PROPOSED if re.search(r"\b(?:will|would|should|to) be\b", found[0]) else Status.CURRENT
            if a is not b:
                yield Found(a, RelationType.SUCCESSOR_OF, b, method, status, 0.9)
    for found in (*_ABSORBS.finditer(m.text), *_REPLACING.finditer(m.text)):
        for past in m.after(found.end()):
            yield Found(m.entity(found[1]), RelationType.SUCCESSOR_OF, past, "absorbs", confidence=0.8)


def _belonging(m: Masked) -> Iterator[Found]:
    for pattern, part, whole, method in (
        (_UNDER, 1, 2, "under"),
        (_AS_PART, 2, 1, "as-part-of"),
        (_AS_SUB, 1, 2, "as-subgroup-of"),
        (_IS_PART, 1, 2, "is-part-of"),
        (_POSSESSED, 1, 2, "agency-of"),
        (_ENCOMPASSES, 2, 1, "encompasses"),
        (_ATTACHED, 1, 2, "attached-to"),
        (_WITHIN, 1, 2, "within"),
        (_ALSO_PART, 1, 2, "also-part-of"),
        (_OF_WHOLE, 1, 2, "of"),
    ):
        for found in pattern.finditer(m.text):
            a, b = m.entity(found[part]), m.entity(found[whole])
            if (
                BodyType.STAKEHOLDER_GROUP in (a.type, b.type)
                or a is b
                or (method == "of" and not a.method.startswith("form"))
            ):
                continue
            status = Status.PROPOSED if _YET.search(found[0]) else Status.CURRENT
            yield Found(a, RelationType.PART_OF, b, method, status)
    for found in _INCLUDING.finditer(m.text):
        a, b = m.entity(found[1]), m.entity(found[2])
        if a.type is BodyType.GOVERNMENT and b.type in (BodyType.GOVERNMENT, BodyType.MINISTRY):
            yield Found(b, RelationType.PART_OF, a, "including")


def _reporting(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _REPORTS.finditer(m.text) if m.has("account", "answer", "responsible", "report", "under the ") else ():
        ahead = m.text[: found.start()]
        if (
            re.search(r"(?:\b(?:for|of|on|the|'s|their|its|and) |^)$", ahead)
            and found[0].startswith("report")
            and not ahead.endswith("also ")
            and not re.search(r"\b(?:will|shall)\b[^.;]*\band $", ahead)
            and not (not ahead and m.passage.lead_in and found[0].startswith("reports"))
        ):
            continue
        subject = m.last(found.start()) if "in turn" in ahead[-30:] else m.subject(found.start())
        focus = reading.focus(m.passage)
        subjects = m.plural if _PLURAL.match(ahead) else (subject or focus,)
        for subject, head in product(subjects, m.after(found.end())):
            if subject and subject is not head and head.type is not BodyType.STAKEHOLDER_GROUP:
                yield Found(subject, RelationType.REPORTS_TO, head, "reports-to", words=(found[0].strip(),))
    for found in _TO_WHICH.finditer(m.text):
        yield Found(m.entity(found[2]), RelationType.REPORTS_TO, m.entity(found[1]), "to-which", words=("reports",))


def owned(reading: Reading, ledger: Ledger) -> None:
    """Parts that their name or a possessive gives away: "the Ministry's Centre", "UNDP … Office", organs."""
    passages = {p.index: p for p in reading.document.passages}
    for part, whole, index in reading.owned:
        if whole.type is not BodyType.STAKEHOLDER_GROUP and part is not whole:
            ledger.relate(part, RelationType.PART_OF, whole, passages[index], method="possessive", confidence=0.85)
    seen: set[str] = set()
    for index, names in sorted(reading.named.items()):
        for named in names:
            entity = named.entity
            if entity.generic and passages[index].kind is PassageKind.HEADING:
                continue
            organ = entity.method == "organ" and entity.parent and entity.iri not in seen
            if organ and entity.parent and not re.match("Co-?[Cc]onv", entity.name):
                seen.add(entity.iri)
                ledger.relate(
                    entity, RelationType.PART_OF, entity.parent, passages[index], method="organ", confidence=0.8
                )
            regional = (
                entity.method == "form:office"
                and entity.parent
                and re.search(r"'s .*Office|Regional Office", named.text)
            )
            if regional and entity.parent and entity.iri not in seen:
                seen.add(entity.iri)
                ledger.relate(
                    entity, RelationType.PART_OF, entity.parent, passages[index], method="office", confidence=0.9
                )


def listed_parts(reading: Reading, passages: list[Masked], ledger: Ledger) -> None:
    """ "The Coalition has three task teams:" and a list of them."""
    by_text = {m.passage.text: m for m in passages}
    for m in passages:
        lead = m.passage.lead_in
        first = m.items[0] if m.items and m.items[0].start <= _EARLY_NAME else None
        if not lead or first is None or not _IN_LIST.search(lead):
            continue
        leading = by_text.get(lead)
        whole = leading.subject(len(leading.text)) if leading else None
        whole = whole if whole and collective(whole) else reading.focus(m.passage)
        part = first.entity
        if whole and collective(whole) and collective(part) and _IN_LIST.search(part.head) and part is not whole:
            note = "an item of the list of groups that it has"
            ledger.relate(part, RelationType.PART_OF, whole, m.passage, method="list-of-groups", note=note)


def arisen(reading: Reading, passages: list[Masked], ledger: Ledger) -> None:
    """ "X established:" and a list of what it established, each a body that the item describes."""
    by_text = {m.scanned.passage.text: m for m in passages}
    for m in passages:
        lead = m.passage.lead_in
        if not lead or not _ARISES.search(lead) or not (item := _NEW_BODY.match(m.scanned.text)):
            continue
        leading = by_text.get(lead) or next((x for t, x in by_text.items() if t.endswith(lead[-60:])), None)
        founder = leading.last(len(leading.text)) if leading else None
        if founder is None:
            continue
        entity = _named_like(reading, item[1]) or reading.entities.add(
            Entity(iris.body(item[1]), item[1], _KINDS.get(item[1].split(" ")[-1], BodyType.OTHER), "form:new")
        )
        entity.names[item[1]] += 1
        names = reading.named[m.passage.index]
        if all(n.end <= item.start(1) or n.start >= item.end(1) for n in names):
            reading.named[m.passage.index] = sorted(
                [*names, Named(entity, item.start(1), item.end(1), item[1])], key=lambda n: n.start
            )
        ledger.relate(entity, RelationType.ESTABLISHED_BY, founder, m.passage, method="established-list")


def _named_like(reading: Reading, phrase: str) -> Entity | None:
    low = phrase.lower()
    for entity in reading.entities.by_iri.values():
        if any(name.lower().startswith(low) for name in (entity.name, *entity.names)):
            return entity
    return None
