"""Instruments that a document names: resolutions, conventions, laws, strategies, plans, frameworks.

A name is a capitalised noun phrase around a head ("… Convention", "National Strategy for …"), a UN document symbol
(mended where print damaged it), or one of the few names that have no such form ("UN Charter").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.bodies.align import Alignment, evidence_of_span
from ingest.bodies.scan import divided
from ingest.bodies.titles import YEARS, title_phrases
from ingest.memory import remembered
from ontology import iris
from ontology.document import Document, Passage, PassageKind
from ontology.model import Instrument, Reason
from ontology.vocabulary import Vocabulary

_HEADS = {
    "convention": "treaty", "protocol": "treaty", "covenant": "treaty", "treaty": "treaty", "charter": "convention",
    "agreement": "agreement", "memorandum": "agreement", "declaration": "declaration", "compact": "global_compact",
    "law": "national_law", "act": "national_law", "code": "national_law", "constitution": "constitution",
    "decree": "national_law", "regulation": "national_law", "bill": "national_law", "ordinance": "national_law",
    "strategy": "strategy", "policy": "policy", "plan": "plan", "plans": "plan", "roadmap": "plan", "pact": "treaty",
    "framework": "framework", "frameworks": "framework", "agenda": "global_agenda", "vision": "strategy",
    "programme of action": "plan", "guidelines": "soft_law", "principles": "soft_law", "report": "report",
    "review": "report", "glossary": "publication", "matrix": "framework", "goals": "global_agenda",
    "directive": "national_law", "recommendation": "soft_law", "platform for action": "declaration",
    "resolution": "resolution", "mechanism": "system", "system": "system", "concept": "strategy",
}  # fmt: skip


_SYMBOL = re.compile(
    r"\b(?:[AES](?=/)|E/CN\.\d+|E/ESCWA|CCPR|CEDAW|CMW|CRC|HRI"
    r"|ST)(?:/[A-Z][A-Za-z.]{1,10})*(?:[/–—-][A-Z]{0,4}/?\d[\d.]*)*"
    r"(?:/[A-Z][A-Za-z]{1,6}[./]\d+)*(?: \d{1,2}(?=\]))?"
)


_A_SPACED = re.compile(r"\bA (\d\d)/(\d{2,4})\b")


_RESOLUTION = re.compile(
    r"\b((?:(?:UN|United Nations) )?(?:General Assembly|Security Council|Human Rights Council|Commission|Council"
    r"|SCR|UNSCR)?"
    r"(?:,)? ?[Rr]esolution )\(?(\d{1,4}(?:/\d{1,4})?(?: ?\(\d{4}\))?)"
)


_SDG = re.compile(
    r"\b((?:SDG|Sustainable Development Goal)s? (?:\(SDG\) )?(?:[Tt]arget )?)(\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?)\b"
)


_LAW_NUMBER = re.compile(
    r"\b((?:Federal |Organic |Presidential |Government |Ministerial |Legislative |Royal )?(?:Law|Act|Decree"
    r"|Decision|Order|Ordinance|Regulation|Proclamation) "
    r"[Nn]o\.? ?\d[\w/\-]*(?: (?:of|/) ?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})?)(?: (?:on"
    r"|concerning) (?:the )?[A-Z][\w'-]*(?:(?: and| of| the)* [A-Z][\w'-]*){0,6})?"
)


_SHORT = re.compile(r"^ ?\((?:the )?[\"“']?([A-Z][A-Za-z/&\d\-]{1,12})[\"”']?\)")


_COMPACT = "Global Compact for Safe, Orderly and Regular Migration"
_AGENDA = "2030 Agenda for Sustainable Development"
_LONE = (
    (r"\b(?:UN|United Nations) Charter\b|\bCharter of the United Nations\b", "Charter of the United Nations", "treaty"),
    (r"\bAgenda 2030(?: Goals)?\b|\b2030 Agenda\b(?: for Sustainable Development)?", _AGENDA, "global_agenda"),
    (r"\b(?:2030 )?Sustainable Development Goals\b|\bSDGs\b", "Sustainable Development Goals", "global_agenda"),
    (
        r"\bGlobal Compact\b(?: for (?:Safe, Orderly and Regular )?Migration\b)?(?! (?:on|for) Refugees)|\bGCM\b",
        _COMPACT,
        "global_compact",
    ),
    (r"\bGlobal Compact on Refugees\b", "Global Compact on Refugees", "global_compact"),
)
_KNOWN = tuple((re.compile(pattern), name, kind) for pattern, name, kind in _LONE)


_DIGIT = re.compile(r"\d")
_KNOWN_BY = ("Compact", "GCM", "Agenda", "SDG", "Sustainable", "Charter")


_PARAGRAPH = re.compile(r"\b(GCM|Global Compact)('s)? (?:[Pp]aragraph|para\.?) (\d{1,3})\b")


_PROVISION = re.compile(r"\b(?:GCM|Global Compact(?: for Migration)?)(?:'s)? [Gg]uiding [Pp]rinciples\b")


_DATED = re.compile(r"\b((?:19|20)\d\d) (Convention|Protocol)\b")


@dataclass(slots=True)
class _Seen:
    name: str
    type: str
    passage: Passage
    start: int
    end: int
    method: str
    identifier: str | None = None
    aliases: dict[str, None] = field(default_factory=dict)


_OPENING = re.compile(r"^(?:the|a|an|its|our) ")
_MARKS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """An instrument named at `[start, end)` of a passage's text."""

    name: str
    iri: str
    type: str
    start: int
    end: int


def mentioned(passage: Passage) -> tuple[Mentioned, ...]:
    """The instruments that one passage names, in order; their IRIs are those of `find_instruments`."""
    found = sorted(_of_passage(passage, divided(passage)), key=lambda i: (i.start, i.end))
    return tuple(Mentioned(i.name, iris.instrument(i.identifier or i.name), i.type, i.start, i.end) for i in found)


def find_instruments(document: Document, vocabulary: Vocabulary) -> tuple[Instrument, ...]:  # noqa: ARG001
    """The instruments of a document in the order of their first mention, each once.

    The IRI is minted from the UN symbol or number where there is one, else from the name without its years' brackets.
    """
    known = _Known()
    for passage in document.passages:
        if passage.kind is PassageKind.CONTENTS:
            continue
        text = divided(passage)
        for item in _of_passage(passage, text):
            known.add(item, text)
    out = []
    source = document.source.text
    for item in sorted(known.by_key.values(), key=lambda i: (i.passage.index, i.start, i.name)):
        span = Alignment(item.passage, source).span(item.start, item.end)
        out.append(
            Instrument(
                iri=iris.instrument(item.identifier or item.name),
                name=item.name,
                type=item.type,
                evidence=evidence_of_span(item.passage, span, source),
                reason=Reason(
                    item.method, 0.9 if item.identifier else 0.8, words=(item.name,), note=_NOTES[item.method]
                ),
                identifier=item.identifier,
                aliases=tuple(a for a in item.aliases if a != item.name),
            )
        )
    return tuple(out)


_NOTES = {
    "symbol": "a document symbol or number of the United Nations",
    "name": "a name that is known",
    "form": "a capitalised name around a word for a kind of instrument",
}


@remembered
def _key(name: str) -> str:
    low = _OPENING.sub("", name.lower().replace("united nations", "un"))
    return _MARKS.sub(" ", low).strip()


@dataclass(slots=True)
class _Known:
    """The instruments of a document so far: by the key of their identifier or name, by that of their name alone,
    and the keys that their short forms stand for."""

    by_key: dict[str, _Seen] = field(default_factory=dict)
    by_name: dict[str, _Seen] = field(default_factory=dict)
    shorts: dict[str, str] = field(default_factory=dict)

    def add(self, item: _Seen, text: str) -> None:
        """Join a mention to the instrument that it is one of, or keep it as a new one."""
        key, name = _key(item.identifier or item.name), _key(item.name)
        known = self.by_key.get(key) or self.by_key.get(self.shorts.get(key, ""))
        if known is None and item.identifier is None:
            known = self.by_name.get(key)
        if known is None and item.identifier and (same := self.by_key.get(name)):
            same.identifier = same.identifier or item.identifier
            known = same
        if known is None:
            known = self.by_key[key] = item
            self.by_name.setdefault(name, item)
        else:
            known.aliases.setdefault(item.name)
            known.aliases.update(item.aliases)
            known.identifier = known.identifier or item.identifier
        short = _SHORT.match(text[item.end : item.end + 20])
        if short and not short[1][0].isdigit():
            known.aliases.setdefault(short[1])
            self.shorts.setdefault(_key(short[1]), key)


def _of_passage(passage: Passage, text: str) -> list[_Seen]:
    found: list[_Seen] = []
    for pattern, name, kind in _KNOWN if any(w in text for w in _KNOWN_BY) else ():
        for m in pattern.finditer(text):
            found.append(_Seen(name, kind, passage, m.start(), m.end(), "name", aliases={m[0]: None}))
    found += _numbered(passage, text)
    taken = [(i.start, i.end) for i in found]
    for start, end, head in title_phrases(text):
        if any(s <= start and end <= e for s, e in taken):
            continue
        name = text[start:end]
        kind = _HEADS.get(head.lower(), "other")
        if re.match(r"(?:Second |First |Third )?National |.*'s National ", name) and kind in (
            "strategy",
            "plan",
            "policy",
        ):
            kind = {"strategy": "national_strategy", "plan": "national_action_plan"}.get(kind, "national_policy")
        found.append(_Seen(name, kind, passage, start, end, "form", aliases=_variants(name)))
    return found


def _variants(name: str) -> dict[str, None]:
    """The name without brackets, years and the body whose it is."""
    bare = re.sub(r"\s*\([^()]*\)", "", name)
    dated = re.sub(rf"\s+of (?:19|20)\d\d$|^{YEARS.pattern} ", "", bare)
    return {v: None for v in (bare, dated) if v != name and " " in v}


def _numbered(passage: Passage, text: str) -> list[_Seen]:
    found: list[_Seen] = []
    if not _DIGIT.search(text):
        return [
            _Seen(m[0], "provision", passage, m.start(), m.end(), "form")
            for m in (_PROVISION.finditer(text) if "rinciples" in text else ())
        ]
    for m in _SYMBOL.finditer(text) if "/" in text else ():
        if not re.search(r"\d", m[0]) or m[0].count("/") < 2:
            continue
        symbol = re.sub(r" \d{1,2}$", "", m[0]).replace("–", "-").rstrip(".-/")
        found.append(_symbol(passage, text, m.start(), m.start() + len(m[0].rstrip()), symbol))
    for m in _A_SPACED.finditer(text):
        found.append(_symbol(passage, text, m.start(), m.end(), f"A/{m[1]}/{m[2]}"))
    for m in _RESOLUTION.finditer(text) if "esolution" in text else ():
        number = m[2]
        assembly = "Assembly" in m[1] or (
            re.fullmatch(r"[5-9]\d/\d+", number) and "Council" not in m[1] and "Comm" not in m[1]
        )
        identifier = f"A/RES/{number}" if assembly else number
        start = m.start() + len(m[1]) - len(m[1].lstrip())
        name, end = _resolution_name(text, start, m.end())
        kind = "resolution"
        found.append(
            _Seen(name, kind, passage, start, end, "symbol", identifier, {text[start : m.end()]: None, number: None})
        )
    for m in _LAW_NUMBER.finditer(text) if " No" in text or " no" in text else ():
        found.append(_Seen(m[0], "national_law", passage, m.start(), m.end(), "symbol", m[1], {m[1]: None}))
    for m in _SDG.finditer(text) if "SDG" in text or "Sustainable" in text else ():
        found.append(
            _Seen(
                m[0], "global_agenda", passage, m.start(), m.end(), "symbol", m[2] if "." in m[2] else f"SDG {m[2]}", {}
            )
        )
    for m in _PARAGRAPH.finditer(text):
        found.append(_Seen(m[0], "provision", passage, m.start(), m.end(), "symbol", f"Paragraph {m[3]}", {}))
    for m in _PROVISION.finditer(text):
        found.append(_Seen(m[0], "provision", passage, m.start(), m.end(), "form"))
    return found


def _resolution_name(text: str, start: int, end: int) -> tuple[str, int]:
    """ "Resolution 1325 on Women, Peace and Security" goes on over its subject."""
    tail = re.match(r" on [A-Z][\w'-]*(?:(?:,| and|,? and) [A-Z][\w'-]*){0,5}", text[end : end + 120])
    stop = end + tail.end() if tail else end
    return text[start:stop], stop


def _symbol(passage: Passage, text: str, start: int, end: int, symbol: str) -> _Seen:
    """A symbol, with the title before it ("Title: [A/RES/…]" or "Title, A/RES/…") as its name where there is one."""
    before = text[:start].rstrip(' [("“')
    title = re.search(r"(?:^|[.;] )([A-Z][^.;:]{8,160})(?::|,? adopted [^,]{4,30},|,)$", before)
    words = re.sub(r"\s*\((?:operative )?para(?:graph)?\.? [^()]*\)", "", title[1]) if title else ""
    words = re.sub(r",? adopted .*$", "", words).strip()
    name = words if words and not re.search(r"\b(?:Doc|doc|see|See|in)$", words) else symbol
    kind = "resolution" if "/RES/" in symbol else "document"
    return _Seen(name, kind, passage, start, end, "symbol", symbol, {symbol: None})
