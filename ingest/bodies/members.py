"""Members: from sentences, footnotes, lists, tables and annexes, with marks that a legend explains."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found, Ledger
from ingest.bodies.masks import ANY, BODY, Masked, collective
from ingest.bodies.masks import whole as whole_body
from ingest.bodies.roles import ROLES, relation_of, role_words
from ingest.bodies.state import Reading
from ontology.document import PassageKind
from ontology.model import BodyType, RelationType, Status

_CONSISTS = re.compile(
    r"\b(?P<verb>consist(?:s|ed|ing)? of|(?:is|was|are|were|shall be|will be) (?:composed|comprised|made up|formed"
    r"|constituted) (?:of|by)|(?:unites|gathers|groups) (?:together )?(?:representatives of )?|"
    r"compris(?:es?|ed|ing)|(?:brings|brought|bringing) together|(?:include[sd]?|has) (?:the following "
    r"|as )?(?:its )?(?:members|membership)|"
    r"(?:counts?|has|have|numbers?|unites) (?:[\w-]+ )?(?:members|organi[sz]ations|associations|agencies|entities)"
    r"[^.;⟦]{0,30}? "
    r"(?:including|among them|among which|namely|such as)|members (?:are|were|include[sd]?)"
    r"|membership (?:includes?|consists of|comprises|is))(?P<colon>:)?"
)
_COMPOSING = (
    "consist", "compos", "compris", "made up", "formed", "constituted", "unites", "gathers", "groups", "together",
    "member",
)  # fmt: skip
_COLON_LIST = re.compile(
    r"(?:\b(?:following|these) (?:[\w-]+ ){0,5}(?:ha(?:ve|s) joined|are (?:\w+ )?members|are represented|participate|"
    r"take part|belong|sit on|make up|form)\b|\b(?:[Cc]urrent|[Pp]resent|[Ff]ounding|[Pp]ermanent|[Ff]ull|[Ii]nitial"
    r"|[Cc]ore)? ?(?:[Mm]embers(?:hip)?|[Pp]articipants|[Pp]articipating (?:\w+ )?(?:entities|agencies"
    r"|organi[sz]ations)"
    r"|[Ss]ignatories|[Cc]omposition)\b|\bhas (?:\w+ ){1,3}members?(?: (?:organi[sz]ations|agencies|entities"
    r"|associations))?\b|\bmembers are\b)"
    rf"(?P<rest>[^:.;⟦]{{0,60}}):\s?(?:the )?(?=[^.]{{0,60}}{ANY})"
)
_PARTNER_LIST = re.compile(rf"^[\W_]*(?:[A-Z]\w+ )?[Pp]artners\s?(?:are|include)?\s?:\s?(?:the )?(?={ANY})")
_ROLE_LIST = re.compile(rf"^[\W_]*(?:{ROLES}|{ANY})[^:⟦]{{0,25}}:\s?(?:the )?(?={ANY})")
_LABELS = re.compile(rf"(?:^|(?<=⟧ )|(?<=[.;] ))(?P<role>{ROLES}):\s?(?:the )?(?={ANY})")
_HOLDER_AFTER = re.compile(
    rf"{BODY}\s?(?:\(|[–-] |, )(?:(?:as|serving as|acting as) )?(?:(?:its|the|a) )?(?P<roles>(?:{ROLES}))\)?"
    r"(?=$|[,;.)\s])(?! of\b)"
)
_APPOINTED = re.compile(r"\b(?:appointed|designated|nominated|selected|elected|chosen|who|which|proposed|agreed) ")
_FINITE = re.compile(r"\b(?:is|are|was|were|will|shall|should|may|can|must|has|have|meets?|provides?|supports?)\b")
_LEADING = re.compile(rf"{BODY}[^.;⟦]{{0,60}}$")
_BY_BEFORE = re.compile(r"\bby (?:the )?⟦$")
_FORM = re.compile(
    rf"{BODY} (?:together |jointly )?(?:form|make up|constitute|compose|sit (?:on"
    rf"|in)) (?:the )?{BODY}"
)
_MEMBERS_OF = re.compile(rf"\b[Mm]embers(?:hip)? of (?:the )?{BODY}[^:⟦.;]{{0,60}}:\s?(?:the )?(?={ANY})")
_SECTION = re.compile(
    r"\b(?:member(?:s|ship)?|who (?:belongs|takes part|participates|sits)|composition|signator(?:y|ies)"
    r"|participating (?:entities|agencies|organi[sz]ations))\b",
    re.I,
)
_GROUP_LABEL = re.compile(rf"^\W*(?:{ANY}|[A-Z][^:⟦.]{{2,40}}): ?(?:the )?(?={ANY})")
_OBSERVERS = re.compile(r"\b(?:observers?|former members?|partners?|donors?|left|withdrew|departed)\b", re.I)
_OBSERVES = re.compile(r"\(\W*(?:permanent |as (?:an )?)?observers?\W*\)|[–,-] ?observers?\s*$", re.I)
_LEADS_LIST = re.compile(r"\b(?:members?|membership|comprised|composed|consists?|comprises)\b[^.]*:?\s*$", re.I)
_RULE = re.compile(r"\b(?:those|any|all (?:global )?members|may|can|open to|could|who wish|expressed interest)\b")
_MARK_AFTER = re.compile(r"^[\s)\]*_]*?([*†‡§#^+]{1,4})")
_LEGEND = re.compile(r"^[\s_]*([*†‡§#^+]{1,6})\s*(?:[-–=:]\s*)?(.{3,90}?)\s*\**\s*$", re.S)
_EXECUTIVE = re.compile(r"\bexecutive committee\b", re.I)
_INNER = re.compile(r"\b(?:Executive|Steering|Managing|Governing) (?:Committee|Group|Board|Bureau|Council)\b", re.I)
_ROLE_CELL = re.compile(rf"^(?:(?:[A-Z]?[a-z]+ ){{0,2}}?{ROLES}|{_INNER.pattern}|[Oo]bserver)\b")
_INNER_LIST = re.compile(rf"(?:{ANY}|{_INNER.pattern})[^.;:⟦]{{0,40}}:\s?(?:the )?(?={ANY})")
_TAIL = 12
_LONGEST_ITEM = 220
_KINDS = frozenset([PassageKind.LIST_ITEM, PassageKind.SENTENCE, PassageKind.TABLE_ROW, PassageKind.CAPTION])


def member_sentences(reading: Reading, m: Masked, before: Masked | None) -> list[Found]:
    """The members that one sentence names."""
    return [*_sentence(reading, m, before), *_labelled(reading, m), *_under_heading(reading, m)] if m.items else []


def _under_heading(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "Civil society: A and B" where the heading says that members follow."""
    heading = m.passage.section[-1] if m.passage.section else ""
    label = _GROUP_LABEL.match(m.text) if _SECTION.search(heading) and not _OBSERVERS.search(heading) else None
    target = reading.focus(m.passage)
    if label is None or target is None or not whole_body(target) or _OBSERVERS.search(label[0]):
        return
    if re.fullmatch(rf"\W*{ROLES}\W*", label[0]):
        return
    for member in m.after(label.end(), loose=True):
        if member is not target:
            yield Found(member, RelationType.MEMBER_OF, target, "labelled-members", words=(heading,))


def _labelled(reading: Reading, m: Masked) -> Iterator[Found]:
    """ "Current participants: A, B and C", "Partners: …", "Co-Conveners: …"."""
    focus = reading.focus(m.passage)
    focus = focus if focus and collective(focus) else reading.own
    if ":" not in m.text:
        return
    for found in _COLON_LIST.finditer(m.text):
        ahead = [e for e in (m.entity(n) for n in re.findall(BODY, m.text[: found.start()])) if collective(e)]
        whole = ahead[-1] if ahead else focus
        if whole is None or _OBSERVERS.search(m.text[max(0, found.start() - 12) : found.end()]):
            continue
        for member in m.after(found.end(), loose=True):
            if member is not whole and member.method != "organ":
                yield Found(
                    member, RelationType.MEMBER_OF, whole, "colon-list", confidence=0.85, words=(found[0].strip(" :"),)
                )
    partners = _PARTNER_LIST.match(m.text)
    if partners and focus:
        for other in m.after(partners.end()):
            if other is not focus:
                yield Found(focus, RelationType.PARTNER_OF, other, "partner-list", words=("partners",))
    if focus:
        for found in _LABELS.finditer(m.text):
            for holder in m.after(found.end())[: None if found.start() == 0 else 1]:
                if holder is not focus:
                    relation = relation_of(found["role"])
                    yield Found(holder, relation, focus, "labels", words=(found["role"],))
    label = m.scanned.text.split(":", 1)[0] if _ROLE_LIST.match(m.text) else ""
    if label and focus and re.fullmatch(rf"[\W_]*{ROLES}\W*", label):
        at = m.text.index(":") + 1
        for word in role_words(label):
            for holder in m.after(at):
                if holder is not focus:
                    yield Found(holder, relation_of(word), focus, "role-list", words=(word,))


def _sentence(reading: Reading, m: Masked, before: Masked | None) -> Iterator[Found]:
    for found in _MEMBERS_OF.finditer(m.text) if ":" in m.text else ():
        body = m.entity(found[1])
        former = Status.FORMER if re.search(r"\bformer\b", found[0]) else Status.CURRENT
        for member in m.after(found.end(), loose=True):
            yield Found(member, RelationType.MEMBER_OF, body, "members-of", former)
    for found in _FORM.finditer(m.text):
        group = m.entity(found[2])
        relation, target = _organ_role(group, group) if group.method == "organ" else (RelationType.MEMBER_OF, group)
        for member in m.before(found.end(1) + 1) if whole_body(target) else ():
            yield Found(member, relation, target, "form", words=("form",))
    for found in _CONSISTS.finditer(m.text) if m.has(*_COMPOSING) else ():
        stop = re.search(ANY, m.text[found.end() :])
        if stop is None or _RULE.search(m.text[found.end() : found.end() + stop.start()]):
            continue
        leading = _LEADING.search(m.text, 0, found.start())
        organ = m.entity(leading[1]) if leading else None
        if organ and not whole_body(organ) and _BY_BEFORE.search(m.text, 0, leading.start(1) if leading else 0):
            organ = m.subject(found.start())
        whole = organ if organ and whole_body(organ) else _of_context(reading, m, before, found.start())
        if whole is None or (organ and organ is not whole and not collective(organ)):
            continue
        if found["verb"].startswith("compris") and organ is None:
            continue
        status = (
            Status.FORMER
            if re.search(r"\b(?:consisted|was|were)\b", found[0]) and "former" in m.text
            else Status.CURRENT
        )
        relation = RelationType.MEMBER_OF
        if organ and organ.method == "organ":
            relation, whole = _organ_role(organ, whole)
        for member in m.after(found.end(), loose=True):
            if member is not whole and _may_join(member, whole):
                yield Found(member, relation, whole, "consists-of", status, words=(found["verb"],))
        for holder in _HOLDER_AFTER.finditer(m.text, found.end()):
            for word in role_words(holder["roles"]):
                if relation_of(word) is not RelationType.MEMBER_OF:
                    office = relation_of(word)
                    yield Found(m.entity(holder[1]), office, whole, "role-after-name", status, words=(word,))


def inner_circle(reading: Reading, m: Masked) -> list[Found]:
    """ "An Executive Bureau of three: A, B and C"."""
    found = _INNER_LIST.search(m.text) if m.items and ":" in m.text else None
    if found is None:
        return []
    mark = re.match(BODY, found[0])
    group = m.entity(mark[1]) if mark else None
    if group and not (group.method == "organ" and re.search(r"Executive|Steering|Managing|Governing", group.name)):
        return []
    focus = group.parent if group else reading.focus(m.passage)
    target = focus if focus and collective(focus) else reading.own
    if target is None or not re.search(r"Executive|Bureau", found[0] + (group.name if group else "")):
        return []
    return [Found(e, RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF, target, "inner-circle") for e in m.after(found.end())]


def conveners(m: Masked) -> list[Found]:
    """ "The Co-Conveners include A, B and C": what the group is called is what each of them is."""
    found: list[Found] = []
    for mark in re.finditer(rf"{BODY}[^.;⟦]{{0,20}} (?:include[sd]?|are|comprise|consist of) ", m.text):
        group = m.entity(mark[1])
        if group.method == "organ" and group.parent and re.match(r"Co-?[Cc]onven", group.name):
            former = {m.entity(n) for n in re.findall(rf"former {BODY}", m.text)}
            names = [m.entity(n) for n in re.findall(BODY, m.text[mark.end() :])]
            found += [
                Found(e, RelationType.CO_CONVENER_OF, group.parent, "conveners")
                for e in dict.fromkeys(names) if e not in former and not collective(e)
            ]  # fmt: skip
    return found


def _organ_role(organ: Entity, body: Entity) -> tuple[RelationType, Entity]:
    if organ.parent and "executive" in organ.name.lower():
        return RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF, organ.parent
    return RelationType.MEMBER_OF, body


def _of_context(reading: Reading, m: Masked, before: Masked | None, end: int) -> Entity | None:
    """Whose members are meant: a body before in the sentence, in the sentence before, or the section's."""
    marks = [m.entity(n) for n in re.findall(BODY, m.text[:end])]
    if before is not None and before.passage.paragraph == m.passage.paragraph:
        marks = [before.entity(n) for n in re.findall(BODY, before.text)] + marks
    near = next((e for e in reversed(marks) if collective(e)), None)
    focus = reading.focus(m.passage)
    return near or (focus if focus and collective(focus) else None)


def _may_join(member: Entity, body: Entity) -> bool:
    return not (collective(member) and member.type is body.type) and member is not body


def member_lists(reading: Reading, passages: list[Masked], ledger: Ledger) -> None:
    """Members that stand each on a line of their own under a heading or lead-in that says so."""
    legends = _legends(reading)
    leads = {m.passage.text: m for m in passages}
    for m in passages:
        p = m.passage
        if p.kind not in _KINDS or not m.items or not (target := _listed_in(reading, m, leads)):
            continue
        if _cells(ledger, m, target) or (p.lead_in and _composition(ledger, m, target)):
            continue
        member = m.items[0]
        rest = re.sub(r"\([^()]*\)|\W+", "", m.text[m.text.index("⟧") + 1 :])
        explained = re.match(r"(?:,|;| [–-]| \()", m.text[m.text.index("⟧") + 1 :])
        if (
            m.scanned.text[: member.start].strip(" -•–*|()0123456789.").lower() not in ("", "the", "a", "an")
            or (len(rest) > 25 and not (m.passage.cells or (explained and p.kind is PassageKind.LIST_ITEM)))
            or member.entity is target
        ):
            continue
        if _OBSERVES.search(m.text) or m.text[m.text.index("⟧") + 1 :].startswith(":"):
            continue
        if p.kind is PassageKind.SENTENCE and not _SECTION.search(p.section[-1] if p.section else ""):
            continue
        if p.kind is PassageKind.SENTENCE and (len(rest) > _TAIL or _OBSERVERS.search(m.scanned.text)):
            continue
        mark = _mark_of(reading, m)
        _roles_after(ledger, m, target)
        inner = bool(p.section and _INNER.search(p.section[-1]) and not p.lead_in)
        listed = [e for e in m.after(m.text.index("⟦")) if e is not target and not collective(e)]
        for entity in listed if p.kind is PassageKind.LIST_ITEM and listed else [member.entity]:
            ledger.relate(
                entity,
                RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF if inner else RelationType.MEMBER_OF,
                target,
                p,
                method="member-list",
                confidence=0.9,
                note=f"a line of the list under “{p.section[-1] if p.section else p.lead_in or ''}”",
            )
        legend = legends.get(mark) or (next(iter(legends.values())) if mark and len(legends) == 1 else None)
        if legend:
            ledger.relate(
                member.entity,
                _legend_role(legend),
                target,
                p,
                method="legend",
                confidence=0.85,
                words=(mark,),
                note=f"the mark {mark} is explained as “{legend}”",
            )


def _roles_after(ledger: Ledger, m: Masked, target: Entity) -> None:
    """ "the Minister of Labour, chairperson" and "UNHCR (co-chair)" in a list of members."""
    for found in _HOLDER_AFTER.finditer(m.text):
        for word in role_words(found["roles"]):
            relation = relation_of(word)
            if relation is not RelationType.MEMBER_OF:
                ledger.relate(m.entity(found[1]), relation, target, m.passage, method="role-after-name", words=(word,))


def _composition(ledger: Ledger, m: Masked, target: Entity) -> bool:
    """An item that goes on with "It is composed of:" names members, one or several, up to who appoints them."""
    cut = _APPOINTED.search(m.text)
    text = m.text[: cut.start()] if cut else m.text
    if _FINITE.search(text) or _OBSERVERS.search(text) or len(text) > _LONGEST_ITEM:
        return False
    members = [m.entity(n) for n in re.findall(BODY, text.split(": ", 1)[-1])]
    firm = [e for e in members if e is not target and not (collective(e) and e.type is target.type)]
    _roles_after(ledger, m, target)
    for member in firm:
        ledger.relate(
            member,
            RelationType.MEMBER_OF,
            target,
            m.passage,
            method="composition",
            confidence=0.85,
            words=(m.passage.lead_in or "",)[:1],
            note=f"an item of the list that {target.name} is composed of",
        )
    return bool(firm)


def _listed_in(reading: Reading, m: Masked, leads: dict[str, Masked]) -> Entity | None:
    p = m.passage
    heading = p.section[-1] if p.section else ""
    by_heading = bool(_SECTION.search(heading) or _INNER.search(heading)) and not _OBSERVERS.search(heading)
    by_lead = bool(p.lead_in and _LEADS_LIST.search(p.lead_in)) and not (p.lead_in and _RULE.search(p.lead_in))
    if not (by_heading or by_lead) or (p.lead_in and _OBSERVERS.search(p.lead_in)):
        return None
    focus = reading.focus(p)
    lead = leads.get(p.lead_in) if by_lead and p.lead_in else None
    named = [lead.entity(n) for n in re.findall(BODY, lead.text)] if lead else []
    first = next((e for e in named if collective(e)), None)
    whole = first or focus
    whole = whole.parent if whole and whole.method == "organ" and _INNER.search(heading) and not first else whole
    return whole if whole and whole_body(whole) else None


def _mark_of(reading: Reading, m: Masked) -> str:
    """The mark right after the entry in the stored text, where mending has not dropped it."""
    text = reading.document.source.text
    line = text[m.passage.start : min(len(text), m.passage.end + 8)].split("\n")[0]
    tail = re.search(r"[\s)]*([*†‡§#^+]{1,4})\s*$", line)
    return tail[1] if tail else ""


def _legends(reading: Reading) -> dict[str, str]:
    """Marks that a line of their own explains: "* Executive Committee"."""
    out: dict[str, str] = {}
    for line in reading.document.source.text.split("\n"):
        if line[:1] in "*†‡§#^+_" and len(line) < 120 and not line.startswith(("# ", "## ", "* **")):
            found = _LEGEND.match(line)
            words = found[2].strip("* _") if found else ""
            if found and (_EXECUTIVE.search(words) or re.fullmatch(rf".{{0,40}}?{ROLES}.{{0,20}}", words)):
                mark = found[1]
                out[mark[:1] if len(set(mark)) == 1 and _EXECUTIVE.search(words) else mark] = words
    return out


def _legend_role(words: str) -> RelationType:
    if _EXECUTIVE.search(words):
        return RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF
    found = re.search(ROLES, words)
    return relation_of(found[0]) if found else RelationType.MEMBER_OF


def _cells(ledger: Ledger, m: Masked, target: Entity) -> bool:
    """A table row whose other cell says the role."""
    role = next((c.strip() for c in m.passage.cells[1:] if len(c) < 60 and _ROLE_CELL.match(c.strip())), None)
    if role is None or m.items[0].entity.type is BodyType.STAKEHOLDER_GROUP:
        return False
    entity = m.items[0].entity
    if not re.match(r"observer|former", role, re.I):
        ledger.relate(entity, RelationType.MEMBER_OF, target, m.passage, method="table-role", words=(role,))
    for word in re.findall(ROLES, role):
        ledger.relate(entity, relation_of(word), target, m.passage, method="table-role", words=(role,))
    if _INNER.search(role):
        ledger.relate(
            entity, RelationType.EXECUTIVE_COMMITTEE_MEMBER_OF, target, m.passage, method="table-role", words=(role,)
        )
    return True
