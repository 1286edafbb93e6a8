"""The words that body names are made of: heads with their types, levels, and words that never belong to a name."""

from __future__ import annotations

import re
from functools import lru_cache

from ontology.model import BodyType

_COORDINATION, _GROUP = BodyType.COORDINATION_MECHANISM, BodyType.WORKING_GROUP
_GOVERNMENT, _FORUM, _OTHER = BodyType.GOVERNMENT, BodyType.FORUM, BodyType.OTHER


def words_of(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


# Singular head in lower case -> type of a body of that form, unless its other words say better.
HEADS: dict[str, BodyType] = {
    "working group": _GROUP,
    "task force": _COORDINATION,
    "taskforce": _COORDINATION,
    "task team": _GROUP,
    "steering group": _COORDINATION,
    "reference group": _GROUP,
    "expert group": _GROUP,
    "contact group": _GROUP,
    "core group": _GROUP,
    "coordination group": _COORDINATION,
    "thematic group": _GROUP,
    "advisory group": _GROUP,
    "results group": _GROUP,
    "friends group": _GROUP,
    "sub-group": _GROUP,
    "subgroup": _GROUP,
    "sub-working group": _GROUP,
    "group": _GROUP,
    "management team": _COORDINATION,
    "round table": _FORUM,
    "roundtable": _FORUM,
    "sub-cluster": _COORDINATION,
    "sub-sector": _COORDINATION,
    "area of responsibility": _COORDINATION,
    "general meeting": _OTHER,
    "coordination unit": _OTHER,
    "red cross": BodyType.NGO,
    "red cross society": BodyType.NGO,
    "red crescent": BodyType.NGO,
    "red crescent society": BodyType.NGO,
    "chamber": _OTHER,
    "inspectorate": _GOVERNMENT,
    "presidency": _GOVERNMENT,
    "governorate": _GOVERNMENT,
    "municipality": _GOVERNMENT,
    "service": _GOVERNMENT,
    "programme management unit": _OTHER,
    "council of ministers": _GOVERNMENT,
    "country team": _COORDINATION,
    "coordination mechanism": _COORDINATION,
    "network": _COORDINATION,
    "coalition": _COORDINATION,
    "platform": _COORDINATION,
    "cluster": _COORDINATION,
    "sector": _GROUP,
    "committee": _COORDINATION,
    "subcommittee": _COORDINATION,
    "sub-committee": _COORDINATION,
    "board": _COORDINATION,
    "secretariat": _OTHER,
    "forum": _FORUM,
    "conference": _FORUM,
    "summit": _FORUM,
    "dialogue": _FORUM,
    "consultative process": _FORUM,
    "process": _FORUM,
    "commission": _GOVERNMENT,
    "council": _COORDINATION,
    "authority": _GOVERNMENT,
    "agency": _GOVERNMENT,
    "department": _GOVERNMENT,
    "directorate": _GOVERNMENT,
    "directorate general": _GOVERNMENT,
    "directorate-general": _GOVERNMENT,
    "bureau": _GOVERNMENT,
    "ministry": BodyType.MINISTRY,
    "government": _GOVERNMENT,
    "embassy": _GOVERNMENT,
    "parliament": _GOVERNMENT,
    "prime minister": _GOVERNMENT,
    "cabinet": _GOVERNMENT,
    "police": _GOVERNMENT,
    "police force": _GOVERNMENT,
    "police service": _GOVERNMENT,
    "guard": _GOVERNMENT,
    "chancellery": _GOVERNMENT,
    "corporation": _OTHER,
    "division": _GOVERNMENT,
    "company": _OTHER,
    "clinic": _OTHER,
    "chambers": _GOVERNMENT,
    "cooperative": BodyType.NGO,
    "vice-ministry": BodyType.MINISTRY,
    "statistics office": _GOVERNMENT,
    "office": _OTHER,
    "centre": _OTHER,
    "center": _OTHER,
    "mission": _OTHER,
    "hub": _OTHER,
    "facility": BodyType.FUND,
    "team": _GROUP,
    "cell": _GROUP,
    "circle": _GROUP,
    "caucus": _GROUP,
    "plenary": _OTHER,
    "administration": _GOVERNMENT,
    "city hall": _GOVERNMENT,
    "town hall": _GOVERNMENT,
    "collective": BodyType.NGO,
    "movement": BodyType.NGO,
    "club": BodyType.NGO,
    "unit": _OTHER,
    "institute": _OTHER,
    "university": _OTHER,
    "observatory": _OTHER,
    "bank": _OTHER,
    "court": _GOVERNMENT,
    "ombudsman": _GOVERNMENT,
    "ombudsperson": _GOVERNMENT,
    "fund": BodyType.FUND,
    "trust": BodyType.FUND,
    "foundation": BodyType.NGO,
    "association": BodyType.NGO,
    "federation": BodyType.NGO,
    "confederation": BodyType.NGO,
    "society": BodyType.NGO,
    "alliance": _COORDINATION,
    "consortium": _COORDINATION,
    "partnership": _COORDINATION,
    "congress": _OTHER,
    "consulate": _GOVERNMENT,
    "consulate-general": _GOVERNMENT,
    "registry": _GOVERNMENT,
    "high commission": _GOVERNMENT,
    "desk": _OTHER,
    "panel": _GROUP,
    "minister": _GOVERNMENT,
    "organization": _OTHER,
    "organisation": _OTHER,
    "union": _OTHER,
    "league": BodyType.REGIONAL_ORGANISATION,
    "community of practice": _OTHER,
    "assembly": _OTHER,
    "resident coordinator": BodyType.UN_ENTITY,
    "humanitarian coordinator": BodyType.UN_ENTITY,
    "special rapporteur": BodyType.UN_ENTITY,
    "special representative": BodyType.UN_ENTITY,
    "special envoy": BodyType.UN_ENTITY,
}
PLURALS = {
    "ministries": "ministry",
    "committees": "committee",
    "agencies": "agency",
    "authorities": "authority",
    "parties": "party",
    "universities": "university",
    "embassies": "embassy",
}

# Heads that mean a body only with a complement or a name before them, never with plain words alone.
WEAK_HEADS = words_of(
    """
registry desk     process mission unit hub facility office union trust society assembly congress panel
    minister organization organisation agency authority board bank court partnership dialogue police conference
    guard sector corporation division company clinic chambers cooperative chamber
    federation association group team cell circle caucus plenary administration movement collective club
    presidency governorate municipality service inspectorate
    """
) | {"community of practice"}

# Heads so common that one word before them names nothing: "Age Group", "Health Service".
TWO_WORD_HEADS = frozenset(["group", "service"])

LEVELS = {
    "national": "national",
    "nationwide": "national",
    "country": "national",
    "regional": "regional",
    "sub-regional": "regional",
    "subregional": "regional",
    "global": "global",
    "worldwide": "global",
}
# Words before a head that describe the body and do not name its subject.
PLAIN_MODIFIERS = words_of(
    """
    un national regional global international inter-agency interagency joint technical high-level ad-hoc ad hoc
    interministerial inter-ministerial standing senior local multi-stakeholder multi partner level issue issues
    based federal central public general supreme high higher state
    """
)
# A capital first letter at the start of a sentence or list item proves nothing about these.
NOT_IN_NAMES = words_of(
    """
    a all an and any as at both by each either every for from he her his how if in into it its many more most new
    no none nor not of on once one or other others our over own per several she since some such than that the their
    them then there these they this those through to under until upon we what when where whether which while who
    whose with within without yet you your also any both existing relevant initial various only further main former
    current new members member participants participating annual quarterly biannual monthly weekly bilateral
    multilateral
    """
)
# Words of headings that never belong to the name before them.
HEADING_WORDS = words_of(
    """
    working functions function principles membership members objectives objective terms structure composition roles
    role responsibilities meeting meetings secretariat executive report reports strategy plan workplan framework
    review update annual background overview introduction conclusion
    """
)
# Small words that join the parts of a name in Romance languages.
PARTICLES = words_of("de du des del della di da do dos das la le les el los las d l y e et para pour por aux au a")
OPENING_VERBS = words_of(
    """
    act advise advocate align allow assess assist attend brief build capitalize capitalise chair closely
    collaborate collect conduct consider consult contribute convene coordinate create deliver develop disseminate
    empower enable encourage engage enhance ensure establish exchange explore facilitate foster fulfil guide help
    identify implement improve include inform invite keep launch lead liaise link maintain make manage map mobilise
    mobilize monitor organise organize oversee participate prepare present produce promote propose protect provide
    recognize recognise recommend regularly report represent request review seek serve share strengthen submit
    supervise support take track train update uphold use welcome work established launched created
    """
)

_SPELLING = (
    (re.compile(r"centers?\b"), "centre"),
    (re.compile(r"\blabor\b"), "labour"),
    (re.compile(r"iz(ation|e|ed|ing)"), r"is\1"),
    (re.compile(r"\bco-(?=ord|oper)"), "co"),
    (re.compile(r"\bprograms?\b"), "programme"),
    (re.compile(r"\bdefense\b"), "defence"),
)
COLLECTIVES = frozenset(
    [
        "network",
        "coalition",
        "platform",
        "working group",
        "task force",
        "committee",
        "forum",
        "alliance",
        "coordination mechanism",
        "cluster",
        "commission",
        "consortium",
        "partnership",
        "council",
    ]
)
ORGANS = frozenset(["executive", "steering", "management", "advisory", "managing", "governing", "coordination"])
ORGAN_HEADS = frozenset(
    ["committee", "board", "secretariat", "bureau", "steering group", "advisory group", "advisory board"]
)
STATE_HEADS = frozenset(
    [
        "ministry", "government", "prime minister", "parliament", "cabinet", "embassy", "red cross", "police",
        "police force", "police service", "guard",
        "red cross society", "red crescent", "red crescent society",
    ]
)  # fmt: skip


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Lower case, with British spelling and "UN" for "United Nations", for comparing names."""
    out = text.lower().replace("united nations", "un")
    for pattern, written in _SPELLING:
        out = pattern.sub(written, out)
    return out


@lru_cache(maxsize=8192)
def singular_head(words: str) -> str:
    """The head of `HEADS` that these lower-case words are, in the singular; "" if they are none."""
    if words in HEADS:
        return words
    last = words.split(" ")[-1]
    one = PLURALS.get(last, last[:-1] if last.endswith("s") else "")
    head = (words[: len(words) - len(last)] + one) if one else ""
    if head == "forum" or words == "fora":
        return "forum"
    return head if head in HEADS else ""
