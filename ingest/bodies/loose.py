"""Roles by what a sentence turns on: a role word or verb, who stands on which side of it, and what it is of.

Looser than the patterns of `roles`: asides and adverbs are put out of sight first, the verb may be any of a class,
and the body that the role is in may be left to the sentence or section. The confidence says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Found
from ingest.bodies.masks import ANY, BODY, Masked, collective
from ingest.bodies.office_words import ENDED, FROM_ANOTHER
from ingest.bodies.state import Reading
from ontology.model import BodyType, RelationType, Status

_ASIDE = re.compile(
    r" \([^()⟦⟧]{0,80}\)|,? \b(?:currently|presently|at present|for the time being|also|formally|officially|normally|"
    r"regularly|in turn|usually|now|still|therefore|subsequently|initially|already|permanently|ex officio|always|"
    r"respectively|since \d{4}|as of \d{4}|generally)\b,?(?= )"
)
_ADJ = r"(?:(?:(?!to\b|by\b|for\b|of\b|with\b)[a-z][\w-]+|Technical|Permanent|Overall|National|Regional|Joint) ){0,2}"
_CHAIR = r"[Cc]hair(?:person|ship|manship|man|woman)?s?|[Pp]residency|[Pp]resident"
_NOUNS: tuple[tuple[RelationType, str], ...] = (
    (RelationType.CO_CHAIR_OF, r"[Cc]o-?[Cc]hair(?:person|ship|manship)?s?"),
    (RelationType.CO_CONVENER_OF, r"(?:[Cc]o-?)?[Cc]onven[eo]rs?"),
    (RelationType.CO_LEAD_OF, r"[Cc]o-?(?:[Ll]ead(?:er|ership)?|[Ff]acilitator)s?"),
    (RelationType.SECRETARIAT_OF, r"(?:[Cc]o-?)?[Ss]ecretariat|[Ss]ecretarial (?:support|services)|[Ss]ecretaryship"),
    (RelationType.COORDINATOR_OF, r"[Cc]o-?ordinators?|[Cc]oordinating (?:agency|body|entity)"),
    (RelationType.CHAIR_OF, rf"(?<![Vv]ice-)(?<![Vv]ice )(?:{_CHAIR}|[Ll]ead(?: agency| entity"
    rf"| organi[sz]ation)?(?! (?:ministry|department|donor|author|role|time)))"),
    (RelationType.MEMBER_OF, r"[Mm]embers?"),
)
_ROLE = "(?:" + "|".join(rf"(?P<{r.name}{{0}}>{p})" for r, p in _NOUNS) + ")"
_OF_BODY = (
    rf"(?: (?:of|for|to|in|within) (?:the |this |that |both )?(?:(?:meetings|sessions|work) of (?:the )?)?{BODY})"
)
_POST = (
    r"(?:(?:function|role|post|position|dut(?:y|ies)|task|responsibilit(?:y|ies)|capacity|services?)s? (?:of|as) "
    r"(?:the |a |an |its )*)?"
)
_HOLDING = (
    r"(?P<aux>(?:will |shall |should |would |could |may |might |can |has |have |had |is to |are to )*(?:be |been )?)"
    r"(?P<verb>(?:serv|act|function|work|operat)\w* as|is|are|was|were|be|been|becomes?|remains?|assum\w+|"
    r"t(?:akes?|ook|aking) (?:on|over|up)|holds?|held|fulfils?|performs?|exercises?|carr(?:y|ies) out|discharges?|"
    r"provid(?:e|es|ing)|hous(?:e|es|ing)|host(?:s|ing)?|ensures?|undertakes?|(?:designated|appointed|elected|"
    r"nominated|selected|named)(?: as| to be)?)"
)
_HOLDS = re.compile(
    rf"{BODY}(?! members?\b)(?P<gap>[^.;⟦]{{0,60}}?),? {_HOLDING} (?:both )?(?:as )?(?:the |a |an |its |their "
    rf"|one of the )*"
    rf"{_POST}{_ADJ}{_ROLE.format('')}(?P<of>{_OF_BODY})?(?![\w-])"
)
_LIES_WITH = re.compile(
    rf"\b{_ROLE.format('')}(?: (?:functions?|services?|duties|role"
    rf"|support))?(?P<of>{_OF_BODY})?[^.;⟦]{{0,30}}? (?P<verb>(?:is|are|"
    r"will be|shall be|was|were|has been) (?:jointly )?(?:held|provided|assured|assumed|entrusted|assigned|exercised|"
    r"undertaken|performed|ensured|run|hosted|staffed|carried out|given)(?: jointly)? (?:by|to|with)|"
    rf"(?:is|are|lies|rests|goes|sits|alternates|rotates)(?: with| to| between)?) (?:the |both )?(?={ANY})"
)
_VERBS: tuple[tuple[RelationType, str], ...] = (
    (RelationType.CO_CHAIR_OF, r"co-?chair(?:s|ed|ing)?|jointly chair(?:s|ed)?"),
    (RelationType.CO_LEAD_OF, r"co-?(?:leads?|led|leading|facilitates?|facilitated)|jointly (?:leads?|led)"),
    (RelationType.CO_CONVENER_OF, r"(?:co-?|jointly )?conven(?:es?|ed)"),
    (RelationType.COORDINATOR_OF, r"coordinat(?:es|ed?)"),
    (RelationType.CHAIR_OF, r"chair(?:s|ed|ing)?|presid(?:es?|ed) over|heads|headed|leads?|led"),
)
_VERB = "(?:" + "|".join(rf"(?P<{r.name}>{p})" for r, p in _VERBS) + ")"
_DOES = re.compile(
    rf"{BODY}(?! members?\b)(?P<gap>,?[^.,;⟦]{{0,50}}?) {_VERB}(?:,? with (?:the )?(?P<with>{ANY}),)? (?:the "
    rf"|all |both )*"
    rf"(?:(?:meetings|sessions|work) of (?:the )?)?{BODY}"
)
_CLAUSE = r"(?:,| and|, and)(?: (?:will|shall|is to))?"
_ALSO_HOLDS = re.compile(
    rf"{_CLAUSE} {_HOLDING} (?:as )?(?:the |a |an |its |their |one of the )*{_POST}{_ADJ}{_ROLE.format('')}"
    rf"(?P<of>{_OF_BODY})(?![\w-])"
)
_SITS = re.compile(
    rf"\b(?:sits on|has a seat (?:on|in)|is represented (?:on|in)|is (?:affiliated (?:to|with)"
    rf"|a constituent of)|belongs to|"
    rf"joined|has joined) (?:the )?{BODY}"
)
_AND_VERB = re.compile(r",? and(?: also)?|[^⟦]{0,30} and(?: also)?")
_GENERIC_WHOLE = re.compile(r" of (?:the|this|that|each|a) (?:[a-z]+ )?(?:group|committee|body|network|team)s?\b")
_TRIGGERS = (
    "chair", "lead", "led ", "conven", "coordinat", "co-ordinat", "secretar", "member", "presid", "head", "facilitat",
    "sits on", "seat", "represented", "affiliated", "belongs", "joined",
)  # fmt: skip
_JOINT = re.compile(r"\b(?:jointly|together|alongside|co-|in partnership)\b")
_DEPUTY = re.compile(r"\s+as (?:(?:its|the|a) )?(?:deputy|vice|alternate|rapporteur|observer|host)")
_PAST_PLAIN = re.compile(rf"\b(?:coordinated|led|chaired|convened|headed) {ANY}$")
FAMILY = frozenset(
    [RelationType.CHAIR_OF, RelationType.CO_CHAIR_OF, RelationType.CO_LEAD_OF, RelationType.CO_CONVENER_OF]
)
_UNSURE = re.compile(r"\b(?:may|can|could|might|would|not|no longer|neither)\b")
_ONLY_SECRETARIAT = re.compile(r"provid|hous|host|ensur")


def slim(m: Masked) -> Masked:
    """The passage without asides and adverbs; the marks stay."""
    text = _ASIDE.sub("", m.text)
    return m._replace(text=text, low=text.lower())


def loose_roles(reading: Reading, m: Masked, strict: list[Found]) -> list[Found]:
    """The roles that one passage gives to bodies by role words and verbs, where no stricter pattern told better."""
    if not m.items or not m.has(*_TRIGGERS):
        return []
    light = slim(m)
    found = [
        *_held(reading, light),
        *_lies(reading, light),
        *_led(light),
        *_coordinated(light),
        *_seated(light),
    ]
    return besides(strict, [f for f in found if _sound(f)])


def besides(told: list[Found], found: list[Found]) -> list[Found]:
    """What is found and not told already, by the same or another office of the same kind between the two."""
    known = {(f.subject, f.target, _kin(f.relation)) for f in told if f.relation is not RelationType.MEMBER_OF}
    return [f for f in found if (f.subject, f.target, _kin(f.relation)) not in known]


def _kin(relation: RelationType) -> RelationType:
    return RelationType.CHAIR_OF if relation in FAMILY else relation


def _sound(f: Found) -> bool:
    groups = BodyType.STAKEHOLDER_GROUP in (f.subject.type, f.target.type)
    return collective(f.target) and not groups and f.subject is not f.target


def _kind(found: re.Match[str], nouns: tuple[tuple[RelationType, str], ...]) -> tuple[RelationType, str]:
    return next(((r, found[r.name]) for r, _ in nouns if found[r.name]))


def _status(words: str, *, past: bool = False) -> Status | None:
    if _UNSURE.search(words):
        return None
    if re.search(r"\b(?:should|propos\w*|plans? to|expected to)\b", words):
        return Status.PROPOSED
    former = re.search(r"\b(?:had|used to|formerly|previously|until)\b", words)
    return Status.FORMER if former or (past and re.search(r"\b(?:was|were)\b", words)) else Status.CURRENT


def _target(reading: Reading, m: Masked, start: int, subjects: list[Entity]) -> Entity | None:
    """What a role without "of" is in: a collective before it in the sentence, else the section's body."""
    marks = [m.entity(n) for n in re.findall(BODY, m.text[:start])]
    near = next((e for e in marks if collective(e) and e not in subjects), None)
    focus = reading.focus(m.passage)
    own = reading.own if reading.own and collective(reading.own) else None
    return near or (focus if focus and collective(focus) else own)


def _all(subjects: list[Entity], kind: RelationType, target: Entity, how: str, status: Status | None, word: str,
         *, joint: bool = False) -> Iterator[Found]:  # fmt: skip
    if status is None:
        return
    relation = kind
    if joint and kind is RelationType.CHAIR_OF:
        relation = RelationType.CO_LEAD_OF if word.startswith(("lead", "led", "head")) else RelationType.CO_CHAIR_OF
    for subject in subjects:
        yield Found(subject, relation, target, how, status, 0.7, (word,), f"“{word}” makes it so in this sentence")


def _held(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _HOLDS.finditer(m.text):
        kind, word = _kind(found, _NOUNS)
        secretariat = kind is RelationType.SECRETARIAT_OF
        if (_ONLY_SECRETARIAT.match(found["verb"]) and not secretariat) or (
            kind is RelationType.MEMBER_OF and not found["of"]
        ):
            continue
        subjects = [e for e in m.before(found.end(1) + 1) if not collective(e)] or [m.entity(found[1])]
        of = re.search(BODY, found["of"] or "")
        if of is None and _GENERIC_WHOLE.match(m.text, found.end()):
            continue
        target = m.entity(of[1]) if of else _target(reading, m, found.start(), subjects)
        before = found["gap"] + found["aux"] + found["verb"]
        handed = FROM_ANOTHER.match(m.text, found.end()) if "over" in found["verb"] and "will" in found["aux"] else None
        if handed and target:
            yield from _all(subjects, kind, target, "takes-over", Status.PROPOSED, word)
            yield from _all([m.entity(handed[1])], kind, target, "hands-over", Status.CURRENT, word)
            continue
        if target and not (kind is RelationType.MEMBER_OF and re.search(r"\b(?:all|each|any)\b", before)):
            yield from _all(subjects, kind, target, "holds-role", _status(before), word)


def _lies(reading: Reading, m: Masked) -> Iterator[Found]:
    for found in _LIES_WITH.finditer(m.text):
        kind, word = _kind(found, _NOUNS)
        subjects = _listed(m, found.end())
        of = re.search(BODY, found["of"] or "")
        whose = re.search(rf"{BODY},? whose $", m.text[: found.start()])
        of = of or whose
        target = m.entity(of[1]) if of else _target(reading, m, found.start(), subjects)
        if target and kind is not RelationType.MEMBER_OF:
            ended = " until" if ENDED.match(m.text, found.end()) else ""
            yield from _all(subjects, kind, target, "role-lies-with", _status(found[0] + ended), word)


def _listed(m: Masked, start: int) -> list[Entity]:
    """The bodies listed from `start` on, without one that is only deputy."""
    out: list[Entity] = []
    for e in m.after(start):
        mark = next(x for x in re.finditer(BODY, m.text[start:]) if m.entity(x[1]) is e)
        if not _DEPUTY.match(m.text, start + mark.end()) and (not collective(e) or not out):
            out.append(e)
    return out


def _led(m: Masked) -> Iterator[Found]:
    for found in _DOES.finditer(m.text):
        kind, word = _kind(found, _VERBS)
        subjects = [e for e in m.before(found.end(1) + 1) if not collective(e)] or [m.entity(found[1])]
        first = re.match(rf"\W*(?:The |A )?{BODY}", m.text) if _AND_VERB.fullmatch(found["gap"]) else None
        if first and first.end() < found.start() and not re.search(r"[.;]\s", m.text[: found.start()]):
            subjects = [m.entity(first[1])]
        beside = m.entity(found["with"][1:-1]) if found["with"] else None
        after = re.match(r"[\s,]*(?:alongside|together with|jointly with) (?:the )?", m.text[found.end() :])
        partners = [e for e in m.after(found.end() + after.end()) if not collective(e)] if after else []
        subjects += [beside] if beside else []
        subjects += partners
        plain = word in ("chair", "lead", "convene", "coordinate", "co-chair", "co-lead")
        if plain and len(subjects) < 2 and not re.search(r"\b(?:will|shall|to|should)\b", found["gap"]):
            continue
        if re.search(r"\b(?:by|is|are|was|were|be|been|being)\s*$|^,? (?:chair|lead)", found["gap"]):
            continue
        if _PAST_PLAIN.search(found[0]):
            continue
        target = m.entity(found[found.re.groups])
        joint = len(subjects) > 1 or bool(_JOINT.search(found[0]))
        yield from _all(subjects, kind, target, "leads", _status(found["gap"]), word, joint=joint)


def _coordinated(m: Masked) -> Iterator[Found]:
    """ "A leads X and is a member of Y": a second office whose holder stands before the first."""
    for found in _ALSO_HOLDS.finditer(m.text):
        first = re.match(rf"\W*(?:\d[\d.]* )?(?:The |Both )?{BODY}", m.text)
        kind, word = _kind(found, _NOUNS)
        if first is None or first.end() > found.start() or re.search(r"[.;]\s", m.text[: found.start()]):
            continue
        if _ONLY_SECRETARIAT.match(found["verb"]) and kind is not RelationType.SECRETARIAT_OF:
            continue
        target = m.entity(found[found.re.groups])
        yield from _all([m.entity(first[1])], kind, target, "also", _status(""), word)


def _seated(m: Masked) -> Iterator[Found]:
    """ "A is affiliated with X and sits on Y"."""
    for found in _SITS.finditer(m.text):
        first = re.match(rf"\W*(?:\d[\d.]* )?(?:The )?{BODY}", m.text)
        if first and first.end() <= found.start():
            member, whole = m.entity(first[1]), m.entity(found[1])
            yield from _all(
                [member], RelationType.MEMBER_OF, whole, "sits-on", _status(found[0]), found[0].split(" ")[0]
            )
