"""Facts about bodies: how often they meet, since when they are, how they decide, what they are for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies.dates import FOUND, dates
from ingest.bodies.entities import Entity
from ingest.bodies.facts_of import Ledger
from ingest.bodies.masks import ANY, BODY, Masked, collective
from ingest.bodies.state import Named, Reading
from ingest.memory import remembered
from ontology import iris
from ontology.model import BodyType, RelationType

_EVERY = {
    "quarterly": r"quarterly|on a quarterly basis|every (?:three|3) months|every quarter|four times (?:a|per) year"
    "|once (?:a|per|every) quarter",
    "monthly": r"monthly|on a monthly basis|(?:at least )?once (?:a|per|every) month|every month",
    "annually": r"annual(?:ly)?|on an annual basis|yearly|(?:at least )?once (?:a|per|every) year|every year",
    "biannually": r"biannual(?:ly)?|bi-annual(?:ly)?|twice (?:a|per|every) year|semi-annual(?:ly)?|every six months",
    "weekly": r"weekly|on a weekly basis|once (?:a|per) week|every week",
    "biweekly": r"biweekly|bi-weekly|fortnightly|every two weeks",
    "bimonthly": r"bimonthly|bi-monthly|every two months",
    "biennially": r"biennial(?:ly)?",
    "quadrennially": r"quadrennial(?:ly)?",
}  # fmt: skip
_PERIODS = ("week", "fortnight", "month", "quarter", "annual", "year", "ennial")
_OFTEN = re.compile(
    "|".join(rf"\b(?P<{k}>{v})\b" for k, v in _EVERY.items()) + r"|\bevery (?P<n>\w+ (?:years|months|weeks)"
    r"|(?:second|third|other|fourth|sixth) (?:year|month|week|quarter))\b"
    r"|\b(?P<day_of>(?:first|second|third|last) [\w ]{3,20} of (?:each|every) (?:month|quarter|year))"
    r"|\b(?P<times>(?:at least |up to )?(?:one|two|three|four|five|six|ten|twelve|\d+) (?:\w+ )?(?:times"
    r"|meetings|sessions)"
    r" (?:a|per|each|every|in a) (?:calendar )?(?:year|month|quarter))",
    re.I,
)
_MEETS = re.compile(
    r"\b(?:meets?|met|conven(?:es?|ed)|meetings?|hold|holds|held|gathers?|assembles?|sessions?|sits?"
    r"|comes? together|get together|plenary)\b", re.I
)
_CHAIRED = re.compile(
    rf"\b(?:[Tt]hese|[Tt]he|[Ss]uch) (?P<what>(?:\w+ )?meetings) (?:will|shall|are"
    rf"|is)(?: be)? (?:jointly )?(?P<verb>co-?chaired|chaired) by (?:the )?(?={ANY})"
)
_EXTRA = re.compile(r"\b(?:extraordinary|ad[- ]hoc|special|additional) (?:meetings?|sessions?)\b[^.;]*", re.I)
_CONSENSUS = re.compile(
    r"\b(?:by|through|on the basis of|reach|seek)\s(?:\w+ )?consensus\b|\bconsensus[- ]based\b"
    r"|\bdecision[- ]making\b[^.]{0,120}\bconsensus\b",
    re.I,
)
_MAJORITY = re.compile(
    r"\b(?:(?:simple|absolute|two[- ]thirds|qualified) )?majority(?: vote)?\b|\bunanim\w+\b|\bquorum\b"
    r"|\bno[- ]objection\b|\bsilence procedure\b|\b(?:two[- ]thirds|three[- ]quarters) of (?:the "
    r"|all )?(?:members|votes)\b",
    re.I,
)
_BY_VOTE = re.compile(
    r"\b(?:simple |absolute |qualified |two[- ]thirds )?majority\b(?:(?!,? (?:save|except|unless|which|but) "
    r"| and \w+s the )[^.])*|"
    r"\b(?:agreement|approval|consent|support|votes?) of (?:at least )?(?:two[- ]thirds|three[- ]quarters|half|all)\b"
    r"[^,;.]*",
    re.I,
)
_MEETING = ("meet", "met ", "conven", "hold", "held", "gather", "assembl", "session", " sit", "together", "plenary")
_DECIDES = re.compile(
    r"\b(?:criteria|deliberations?|majority|decisions?|decid\w+|vot(?:e|es|ing)|consensus"
    r"|upon (?:the )?(?:agreement|approval) of|quorum)\b",
    re.I,
)
_DECIDING = ("criteria", "deliberation", "majority", "decision", "decid", "vote", "voting", "consensus", "agreement of",
             "approval of", "quorum")  # fmt: skip
_DECISION_SECTION = re.compile(r"\bdecisions?\b|\bvoting\b|\bquorum\b", re.I)
_RULE_VERB = re.compile(r"\b(?:shall|will|are|is|must|may|should|can|endeavou?r)\b")
_UPON = re.compile(
    rf"{BODY} (?:can|may|will|shall) (?:include|establish|admit|create"
    rf"|set up) {BODY}[^.;]*?\bupon (?:the )?(?:agreement|approval|consent) of\b"
)
_CRITERIA = re.compile(rf"{BODY}'?s? (?:key |main |selection |eligibility )*criteria\b[^.;]* (?:are|is|include) ")
_PURPOSE = re.compile(
    rf"(?:{FOUND.replace('?P<verb>', '?:')}|establishes|launches"
    rf"|creates)[^.;⟦]{{0,60}}{BODY}(?: \([^()]{{0,60}}\))?[^.;⟦]{{0,60}}?\b(?:to"
    rf"|in order to) (?P<what>[a-z][^.]{{20,300}})"
)
_AIMS = re.compile(
    rf"{BODY}[^.;⟦]{{0,30}}? (?:aims?|seeks|is mandated|is tasked|was (?:established|created|set up)|exists"
    rf"|has the mandate) to (?P<what>[a-z][^.]{{20,400}})"
)
_IS_TO = re.compile(
    rf"(?:\b(?:purpose|objective|aim|mandate|mission|role) of (?:the )?{BODY}|{BODY}(?:'s?)? (?:main "
    rf"|overall )?(?:purpose|objective|aim|mandate|mission)) "
    rf"(?:is|shall be|will be) to (?P<what>[a-z][^.]{{15,300}})"
)
_DEFINED = re.compile(
    rf"^(?:The )?{BODY} is (?P<what>(?:an? |the (?:primary|main|only|principal) )[a-z][^.]{{15,250}})"
)
_FOCUSES = re.compile(
    rf"^(?:The |\d[\d.]* (?:The )?)?{BODY} (?:focuses|concentrates|covers|addresses|deals with"
    rf"|is concerned with|finances|funds|exists to)"
    r" (?:on |upon )?(?P<what>[a-z][^.]{15,300})"
)
_SCOPE_HEADING = re.compile(r"\bscope\b|\bmandate\b", re.I)
_SCOPE = re.compile(
    r"\bscope\b[^.]{0,60}? (?:includes?|covers?|will include|extends?|encompass\w*|is)\b|\bcovers?\b"
    r"|\bscope of\b", re.I
)
_ABOUT = r"(?P<n>(?:(?:more than|over|about|some|nearly|approximately) )?\d[\d,.]*)"
_COUNTS = (
    ("staff", re.compile(rf"{BODY}[^.;⟦]{{0,160}}?\b{_ABOUT} (?:staff(?: members)?|employees)\b")),
    ("member_states", re.compile(rf"{BODY}[^.;⟦]{{0,120}}?\b{_ABOUT} (?:⟦\d+⟧|Member States|member countries)")),
)  # fmt: skip
# What each has in lower case, to be looked for first.
_COUNTED = {
    "staff": re.compile(r"\d[\d,.]* (?:staff|employees)"),
    "member_states": re.compile(r"\d[\d,.]* (?:⟦|member states|member countries)"),
}


def body_facts(reading: Reading, passages: list[Masked], ledger: Ledger) -> None:
    """Enter what the passages say of bodies by themselves."""
    for m in passages:
        if m.items:
            dates(reading, m, ledger)
            _purposes(m, ledger)
        if m.has(*_MEETING):
            _meetings(reading, m, ledger)
        if m.has(*_DECIDING) or any(_is_of_decisions(h) for h in m.passage.section[-1:]):
            _decisions(reading, m, ledger)
        _scope(reading, m, ledger)
        if m.items:
            _counts(m, ledger)


def _who(reading: Reading, m: Masked, end: int) -> Entity | None:
    """The body that a sentence is about, or the one in focus."""
    first = re.search(BODY, m.text[:end]) if end else None
    if first and first.start() <= 70 and (collective(m.entity(first[1])) or m.entity(first[1]).method == "organ"):
        return m.entity(first[1])
    focus = reading.focus(m.passage)
    return focus if focus and collective(focus) else None


def _meetings(reading: Reading, m: Masked, ledger: Ledger) -> None:
    text = m.text
    meets = _MEETS.search(text)
    for found in _OFTEN.finditer(m.text) if m.has(*_PERIODS) else ():
        if meets is None or abs(found.start() - meets.start()) > 160:
            continue
        near = [
            e
            for e in (m.entity(n) for n in re.findall(BODY, text[: found.start()]))
            if collective(e) or e.method == "organ"
        ]
        opening = re.match(rf"\W*(?:\d[\d.]* )?(?:The )?{BODY}", text)
        if (
            opening
            and near
            and m.entity(opening[1]) in near
            and re.search(rf"\bby (?:the )?{ANY}[^⟦]*$", text[: found.start()])
        ):
            near = [m.entity(opening[1])]
        body = near[-1] if near else _who(reading, m, max(found.start(), 1))
        value = _how_often(found)
        if body is None or re.match(r" (?:work ?plan|report|review|budget|basis as)", m.text[found.end() :]):
            continue
        level = re.match(r" at (?:the )?([\w/]+(?: [\w/]+)? level)", m.text[found.end() :])
        words = f"{value} at {level[1]}" if level else value
        ledger.state(body, "meeting_frequency", words, m.passage, method="meets", words=(found[0],))
    extra = _EXTRA.search(m.text)
    if extra:
        body = _who(reading, m, len(m.text))
        if body:
            value = re.sub(r" of (?:the )?⟦\d+⟧", "", extra[0])
            ledger.state(body, "meeting_frequency", _plain(m, value), m.passage, method="meets", words=(extra[0][:30],))
    request = re.search(r"\bor (?:more frequently )?(upon (?:the )?request[^.;,]*|as (?:and when )?needed)", m.text)
    if request and _OFTEN.search(m.text) and (body := _who(reading, m, len(m.text))):
        ledger.state(body, "meeting_frequency", _plain(m, request[1]), m.passage, method="meets", words=(request[1],))


def chaired_meetings(reading: Reading, m: Masked, before: Masked | None, ledger: Ledger) -> None:
    """ "These meetings will be co-chaired by A and B": the meetings are a forum of their own, not the whole body."""
    found = _CHAIRED.search(m.text) if "meetings" in m.text else None
    if found is None:
        return
    ahead = m.text[: found.start()] or (
        before.text if before and before.passage.paragraph == m.passage.paragraph else ""
    )
    often = _OFTEN.search(ahead)
    value = _how_often(often) if often else ""
    name = f"{value.removesuffix('ly')} meetings" if value else "meetings"
    owner = reading.focus(m.passage)
    root = owner.iri.rsplit("/", 1)[-1] if owner else reading.document.source.slug
    forum = reading.entities.add(
        Entity(iris.body(f"{name} of {root}"), name, BodyType.FORUM, "form:meetings", parent=owner)
    )
    start = m.scanned.text.find(found["what"])
    end = start + len(found["what"])
    names = reading.named[m.passage.index]
    reading.named[m.passage.index] = sorted([*names, Named(forum, start, end, found["what"])], key=lambda n: n.start)
    relation = RelationType.CO_CHAIR_OF if found["verb"].startswith("co") else RelationType.CHAIR_OF
    for chair in m.after(found.end()):
        ledger.relate(chair, relation, forum, m.passage, method="meetings-chaired", confidence=0.8)
    if value:
        ledger.state(forum, "meeting_frequency", value, m.passage, method="meets", words=(value,))


def _how_often(found: re.Match[str]) -> str:
    """One word where the text has that word, else the words of the text ("every two months")."""
    words = found[0].lower()
    one_word = re.search(r"\b(?:[\w-]+ly|(?:bi-?)?annual|biennial|quadrennial)\b", words)
    return next((k for k in _EVERY if found[k] and one_word), words)


def _decisions(reading: Reading, m: Masked, ledger: Ledger) -> None:
    text, p = m.text, m.passage
    for found in _CRITERIA.finditer(text):
        ledger.state(m.entity(found[1]), "decision_rule", _plain(m, text[found.start() :]), p, method="criteria")
        return
    for found in _UPON.finditer(text):
        ledger.state(m.entity(found[2]), "decision_rule", _plain(m, text), p, method="upon-agreement")
        return
    section = any(_is_of_decisions(h) for h in p.section[-1:])
    rule = _CONSENSUS.search(text) or _MAJORITY.search(text)
    named = re.search(r"\bdecisions?\b", text, re.I) and _RULE_VERB.search(text)
    if (
        not (rule and _DECIDES.search(text))
        and not (section and _RULE_VERB.search(text))
        and not (
            named
            and re.search(
                r"\b(?:all|any|no) decisions?\b|\bdecisions? (?:\w+ ){0,6}(?:will|shall|are|is"
                r"|must) (?:be )?(?:taken|made|adopted|reached|decided)",
                text,
                re.I,
            )
        )
    ):
        return
    body = _who(reading, m, len(text))
    if body is None:
        return
    if rule and _CONSENSUS.search(text):
        ledger.state(body, "decision_rule", "consensus", p, method="consensus", words=("consensus",), confidence=0.9)
    else:
        short = _BY_VOTE.search(text)
        value = _plain(m, short[0] if short else text)
        ledger.state(body, "decision_rule", value, p, method="decision-section" if section else "decisions")


def _purposes(m: Masked, ledger: Ledger) -> None:
    for found in _purposes_in(m.text):
        body = m.entity(next(g for g in found.groups() if g and g.isdigit()))
        if collective(body) or body.method.startswith("form"):
            ledger.state(body, "scope", _plain(m, found["what"]), m.passage, method="purpose", confidence=0.7)


def _purposes_in(text: str) -> Iterator[re.Match[str]]:
    """Where a masked text says what a body is for."""
    aims = " to " in text
    for pattern, opens, applies in (
        (_PURPOSE, False, aims), (_AIMS, False, aims), (_DEFINED, True, True), (_IS_TO, False, aims),
        (_FOCUSES, True, True),
    ):  # fmt: skip
        if applies and opens:
            yield from filter(None, [pattern.match(text)])
        elif applies:
            yield from pattern.finditer(text)


def _counts(m: Masked, ledger: Ledger) -> None:
    """How many staff or members a body has."""
    for name, pattern in _COUNTS:
        for found in pattern.finditer(m.text) if _COUNTED[name].search(m.low) else ():
            if found[0].endswith("⟧") and not re.search(r"Member States$", _plain(m, found[0])):
                continue
            ledger.state(m.entity(found[1]), name, found["n"].strip(), m.passage, method=name)


def _scope(reading: Reading, m: Masked, ledger: Ledger) -> None:
    if not any(_is_scope(h) for h in m.passage.section[-1:]) or not _SCOPE.search(m.text):
        return
    body = _who(reading, m, len(m.text))
    if body:
        ledger.state(body, "scope", _plain(m, m.text), m.passage, method="scope-section", confidence=0.8)


@remembered
def _is_scope(heading: str) -> bool:
    return _SCOPE_HEADING.search(heading) is not None


@remembered
def _is_of_decisions(heading: str) -> bool:
    return _DECISION_SECTION.search(heading) is not None


def _plain(m: Masked, text: str) -> str:
    """Masked words with the names put back."""
    return re.sub(BODY, lambda x: m.items[int(x[1])].text, text).strip(" .;,")


__all__ = ["ANY", "body_facts"]
