"""Instruments that a document names: resolutions, conventions, laws, strategies, plans, frameworks.

A name is a capitalised noun phrase around a head ("… Convention", "National Strategy for …"), a UN document symbol
(mended where print damaged it), or one of the few names that have no such form ("UN Charter").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.bodies.align import Alignment, evidence_of_span
from ingest.bodies.registry import plain
from ontology import iris
from ontology.model import Document, Instrument, Passage, PassageKind, Reason
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
_HEAD = re.compile(
    r"\b(?:Convention|Protocol|Covenant|Treaty|Charter|Agreement|Memorandum|Declaration|Compact|Law|Act|Code|Constitution|"
    r"Decree|Regulation|Bill|Ordinance|Strategy|Policy|Plans?|[Pp]lan|Roadmap|Pact|Frameworks?|Agenda|Vision|"
    r"Programme of Action|Guidelines|Principles|Report|Review|Glossary|Matrix|Goals|Directive|Platform for Action|"
    r"[Rr]esolution|Mechanism|System|STRATEGY|POLICY|Concept)\b"
)
_SYMBOL = re.compile(
    r"\b(?:[AES](?=/)|E/CN\.\d+|E/ESCWA|CCPR|CEDAW|CMW|CRC|HRI|ST)(?:/[A-Z][A-Za-z.]{1,10})*(?:[/–—-][A-Z]{0,4}/?\d[\d.]*)*"
    r"(?:/[A-Z][A-Za-z]{1,6}[./]\d+)*(?: \d{1,2}(?=\]))?"
)
_A_SPACED = re.compile(r"\bA (\d\d)/(\d{2,4})\b")
_RESOLUTION = re.compile(
    r"\b((?:(?:UN|United Nations) )?(?:General Assembly|Security Council|Human Rights Council|Commission|Council|SCR|UNSCR)?"
    r"(?:,)? ?[Rr]esolution )\(?(\d{1,4}(?:/\d{1,4})?(?: ?\(\d{4}\))?)"
)
_SDG = re.compile(
    r"\b((?:SDG|Sustainable Development Goal)s? (?:\(SDG\) )?(?:[Tt]arget )?)(\d{1,2}(?:\.(?:\d{1,2}|[a-d]))?)\b"
)
_LAW_NUMBER = re.compile(
    r"\b((?:Federal |Organic |Presidential |Government |Ministerial |Legislative |Royal )?(?:Law|Act|Decree|Decision|Order|Ordinance|Regulation|Proclamation) "
    r"[Nn]o\.? ?\d[\w/\-]*(?: (?:of|/) ?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4})?)(?: (?:on|concerning) (?:the )?[A-Z][\w'-]*(?:(?: and| of| the)* [A-Z][\w'-]*){0,6})?"
)
_TOKEN = re.compile(r"[^\W_][\w'&/.\-–]*[^\W_]|[^\W_]|\([^()]{1,40}\)|[^\w\s]")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-–/](?:19|20)?\d\d)?")
_AFTER_YEAR = re.compile(
    r"^ (?:of (?:19|20)\d\d\b|\((?:19|20)\d\d(?: ?[–-] ?(?:19|20)?\d\d)?\)|No\. ?\d+(?: of \d{4})?)"
)
_SHORT = re.compile(r"^ ?\((?:the )?[\"“']?([A-Z][A-Za-z/&\d\-]{1,12})[\"”']?\)")
_LINKS = frozenset(["of", "for", "on", "and", "the", "to", "in", "against", "with", "&", "its", "their", "by"])
_STOP = frozenset(
    """
the a an this that these those in on at to of for and as by with from its their our his under such each every all any
both including through into it he when while where which other new
further also following implement implementing implementation support supporting adopt adopted
""".split()
)  # noqa: SIM905
_TITLES = frozenset(
    [
        "group",
        "groups",
        "working",
        "objective",
        "objectives",
        "figure",
        "table",
        "annex",
        "chapter",
        "section",
        "committee",
        "commission",
        "council",
        "network",
        "page",
        "paragraph",
        "decision-making",
        "priorities",
    ]
)
_GENERIC = frozenset(
    [
        "law",
        "act",
        "plan",
        "plans",
        "policy",
        "strategy",
        "report",
        "review",
        "agenda",
        "system",
        "goals",
        "mechanism",
        "principles",
        "framework",
        "frameworks",
        "agreement",
        "resolution",
        "declaration",
        "protocol",
        "convention",
        "vision",
        "code",
        "matrix",
        "guidelines",
        "regulation",
        "bill",
        "act",
        "concept",
        "charter",
        "memorandum",
        "constitution",
        "glossary",
        "treaty",
        "pact",
        "covenant",
        "decree",
        "roadmap",
    ]
)
_LONE = (
    (re.compile(r"\b(?:UN|United Nations) Charter\b|\bCharter of the United Nations\b"), "Charter of the United Nations", "treaty"),
    (re.compile(r"\b(?:the )?Agenda 2030(?: Goals)?\b|\b2030 Agenda\b(?: for Sustainable Development)?"),
     "2030 Agenda for Sustainable Development", "global_agenda"),
    (re.compile(r"\b(?:2030 )?Sustainable Development Goals\b|\bSDGs\b"), "Sustainable Development Goals", "global_agenda"),
    (re.compile(r"\bGlobal Compact for (?:Safe, Orderly and Regular )?Migration\b|\bGCM\b"),
     "Global Compact for Safe, Orderly and Regular Migration", "global_compact"),
    (re.compile(r"\bGlobal Compact on Refugees\b"), "Global Compact on Refugees", "global_compact"),
)  # fmt: skip
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
    found = sorted(_of_passage(passage, plain(passage.text)), key=lambda i: (i.start, i.end))
    return tuple(Mentioned(i.name, iris.instrument(i.identifier or i.name), i.type, i.start, i.end) for i in found)


def find_instruments(document: Document, vocabulary: Vocabulary) -> tuple[Instrument, ...]:  # noqa: ARG001
    """The instruments of a document in the order of their first mention, each once.

    The IRI is minted from the UN symbol or number where there is one, else from the name without its years' brackets.
    """
    seen: dict[str, _Seen] = {}
    shorts: dict[str, str] = {}
    for passage in document.passages:
        if passage.kind is PassageKind.CONTENTS:
            continue
        text = plain(passage.text)
        for item in _of_passage(passage, text):
            _add(seen, shorts, item, text)
    out = []
    source = document.source.text
    for item in sorted(seen.values(), key=lambda i: (i.passage.index, i.start, i.name)):
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


def _key(name: str) -> str:
    low = re.sub(r"^(?:the|a|an|its|our) ", "", name.lower().replace("united nations", "un"))
    return re.sub(r"[^a-z0-9]+", " ", low).strip()


def _add(seen: dict[str, _Seen], shorts: dict[str, str], item: _Seen, text: str) -> None:
    key = _key(item.identifier or item.name)
    known = (
        seen.get(key)
        or seen.get(shorts.get(key, ""))
        or next((s for s in seen.values() if item.identifier is None and _key(s.name) == key), None)
    )
    short = _SHORT.match(text[item.end : item.end + 20])
    if known is None and item.identifier and (same := seen.get(_key(item.name))):
        same.identifier = same.identifier or item.identifier
        known = same
    if known is None:
        known = seen[key] = item
    else:
        known.aliases.setdefault(item.name)
        known.aliases.update(item.aliases)
        known.identifier = known.identifier or item.identifier
    if short and not short[1][0].isdigit():
        known.aliases.setdefault(short[1])
        shorts.setdefault(_key(short[1]), key)


def _of_passage(passage: Passage, text: str) -> list[_Seen]:
    found: list[_Seen] = []
    for pattern, name, kind in _LONE:
        for m in pattern.finditer(text):
            found.append(_Seen(name, kind, passage, m.start(), m.end(), "name", aliases={m[0]: None}))
    found += _numbered(passage, text)
    taken = [(i.start, i.end) for i in found]
    for start, end, head in _phrases(text):
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
    dated = re.sub(rf"\s+of (?:19|20)\d\d$|^{_YEARS.pattern} ", "", bare)
    return {v: None for v in (bare, dated) if v != name and " " in v}


def _numbered(passage: Passage, text: str) -> list[_Seen]:
    found: list[_Seen] = []
    for m in _SYMBOL.finditer(text):
        if not re.search(r"\d", m[0]) or m[0].count("/") < 2:
            continue
        symbol = re.sub(r" \d{1,2}$", "", m[0]).replace("–", "-").rstrip(".-/")
        found.append(_symbol(passage, text, m.start(), m.start() + len(m[0].rstrip()), symbol))
    for m in _A_SPACED.finditer(text):
        found.append(_symbol(passage, text, m.start(), m.end(), f"A/{m[1]}/{m[2]}"))
    for m in _RESOLUTION.finditer(text):
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
    for m in _LAW_NUMBER.finditer(text):
        found.append(_Seen(m[0], "national_law", passage, m.start(), m.end(), "symbol", m[1], {m[1]: None}))
    for m in _SDG.finditer(text):
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


def _phrases(text: str) -> list[tuple[int, int, str]]:
    """Capitalised phrases around a head; the longest where they overlap."""
    if not _HEAD.search(text):
        return []
    tokens = [(m.start(), m.end(), m[0]) for m in _TOKEN.finditer(text)]
    shouted = text.isupper()
    found: list[tuple[int, int, str]] = []
    covered = -1
    for i, (start, end, word) in enumerate(tokens):
        if (
            start < covered
            or not _HEAD.fullmatch(word.removesuffix("'s"))
            or (i + 1 < len(tokens) and _compound(tokens, i))
        ):
            continue
        if word.lower() in ("resolution", "mechanism", "system") and word.lower() == "resolution":
            continue
        first = _left(tokens, i, covered)
        last = _right(tokens, i, text) if not word.endswith("'s") else i
        modifiers = [t[2] for t in tokens[first:i] if not t[2].startswith("(")]
        if not _names_one(modifiers, word, last > i, shouted):
            continue
        stop = tokens[last][1]
        year = _AFTER_YEAR.match(text[stop : stop + 24])
        stop += year.end() if year else 0
        party = re.match(r" \([A-Z][A-Za-z&]{1,9}\)", text[stop : stop + 14])
        if party and word in ("Agreement", "Memorandum") and last > i:
            stop += party.end()
        found.append((tokens[first][0], stop, word))
        covered = stop
    return found


def _compound(tokens: list[tuple[int, int, str]], i: int) -> bool:
    """Whether the head only modifies a head right after it ("Cooperation Framework Agreement")."""
    start, _, word = tokens[i + 1]
    return start - tokens[i][1] <= 1 and _HEAD.fullmatch(word) is not None and word[0].isupper()


def _names_one(modifiers: list[str], head: str, complement: bool, shouted: bool) -> bool:
    """Whether the words besides the head single out one instrument."""
    proper = [m for m in modifiers if (m.lower() not in _LINKS and m[0].isupper()) or m[:2].isdigit()]
    if any(m.lower() in _TITLES for m in modifiers) or (shouted and len(modifiers) < 1):
        return False
    if head.lower() in (
        "report",
        "review",
        "system",
        "mechanism",
        "goals",
        "matrix",
        "concept",
        "principles",
        "vision",
        "act",
    ):
        return len(proper) >= 2 or (bool(proper) and complement)
    if head[0].islower():
        return len(proper) >= 2
    return bool(proper) or (complement and head.lower() not in ("law", "code", "agenda", "goals"))


def _left(tokens: list[tuple[int, int, str]], i: int, covered: int) -> int:
    first, j = i, i - 1
    while j >= 0 and tokens[j][0] >= covered and i - j <= 14 and tokens[j + 1][0] - tokens[j][1] <= 1:
        word = tokens[j][2]
        if word.startswith("("):
            if j == 0 or not tokens[j - 1][2][0].isupper():
                break
        elif (word[0].isupper() or _YEARS.fullmatch(word)) and word.lower() not in _STOP:
            first = j
        elif word in (
            "+25",
            "global",
            "integrated",
            "first",
            "voluntary",
            "joint",
            "internal",
            "national",
            "regional",
        ) or (
            word.lower() in ("and", "&", ",", "–", "-", "of", "for", "+")
            and j > 0
            and first == j + 1
            and (
                tokens[j - 1][2][0].isupper()
                and tokens[j - 1][2].lower() not in _STOP
                and _HEAD.fullmatch(tokens[j - 1][2]) is None
                and (word.lower() not in ("of", "for", ",") or (word == "," and _in_series(tokens, j, i)))
            )
        ):
            pass
        else:
            break
        j -= 1
    return first


def _in_series(tokens: list[tuple[int, int, str]], j: int, i: int) -> bool:
    return any(t[2].lower() == "and" for t in tokens[j:i])


def _right(tokens: list[tuple[int, int, str]], i: int, text: str) -> int:
    """The last token of the complement of the head at `i`."""
    last, n = i, i + 1
    while n < len(tokens) and n - i <= 24:
        word = tokens[n][2]
        if word[0].isupper() or _YEARS.fullmatch(word) or (word.isdigit() and tokens[n - 1][2] == "Resolution"):
            if last == i and n == i + 1 and not _YEARS.fullmatch(word):
                break
            last = n
        elif word.lower() in _LINKS:
            opens = tokens[n + 1][2] if n + 1 < len(tokens) else ""
            if last != i and word.lower() in ("in", "to", "with", "by", "its") and opens[:1].islower():
                break
            if word.lower() == "and" and (last == i or opens.lower() == "the" or _new_one(tokens, n + 1)):
                break
        elif (word == "," and last > i and _comma_goes_on(tokens, n)) or (
            word.startswith("(") and last > i and n + 1 < len(tokens) and tokens[n + 1][2][0].isupper()
        ):
            pass
        else:
            break
        n += 1
    return last


def _comma_goes_on(tokens: list[tuple[int, int, str]], n: int) -> bool:
    """ "Women, Peace and Security": capitals up to an "and", without another head on the way."""
    for k in range(n + 1, min(n + 5, len(tokens) - 1)):
        word = tokens[k][2]
        if word.lower() == "and":
            return tokens[k + 1][2][0].isupper() and not _new_one(tokens, k + 1)
        if not (word[0].isupper() or word == ",") or _HEAD.fullmatch(word):
            return False
    return False


def _new_one(tokens: list[tuple[int, int, str]], n: int) -> bool:
    """Whether the capitals from token `n` on hold a head of their own."""
    while n < len(tokens) and tokens[n][2][0].isupper():
        if _HEAD.fullmatch(tokens[n][2]):
            return True
        n += 1
    return False
