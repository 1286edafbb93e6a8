"""The words for offices, and the patterns that find them between bodies that are put out of sight."""

from __future__ import annotations

import re

from ingest.bodies.masks import ANY, BODY
from ontology.model import RelationType

_R = RelationType
DEPUTY = r"(?:[Vv]ice|[Dd]eputy|[Cc]o|[Aa]lternate)[ -]?"
HEADSHIP = r"[Cc]hair(?:person|man|woman)?|[Pp]resident|[Pp]residency|[Cc]hairmanship|[Cc]hairpersonship"
OFFICES: tuple[tuple[RelationType, str], ...] = (
    (_R.CO_CHAIR_OF, rf"{DEPUTY}(?:{HEADSHIP})s?"),
    (_R.CO_CONVENER_OF, r"(?:[Cc]o-?)?[Cc]onven[eo]r(?:ship)?s?"),
    (_R.CO_LEAD_OF, r"[Cc]o-?(?:[Ll]ead(?:er|ership)?|[Ff]acilitator)s?|joint leadership"),
    (_R.SECRETARIAT_OF, r"(?:[Cc]o-?)?[Ss]ecretariat"),
    (_R.COORDINATOR_OF, r"[Cc]o-?ordinat(?:or|orship|ion)s?"),
    (_R.CHAIR_OF, rf"(?:{HEADSHIP})s?|[Ll]ead(?:er|ership)?(?: agency| entity| organi[sz]ation)?(?! (?:ministry"
    rf"|department|donor|author|role|time))|[Hh]ead"),
    (_R.MEMBER_OF, r"(?:(?:associate|full|founding|permanent|standing|core|active) )?(?:[Mm]ember|[Pp]articipant)s?"),
)
PARTICIPLES: tuple[tuple[RelationType, str], ...] = (
    (_R.CO_CHAIR_OF, r"co-?chaired|jointly chaired|chaired jointly"),
    (_R.CO_LEAD_OF, r"co-?(?:led|facilitated)|jointly led|led jointly"),
    (_R.CO_CONVENER_OF, r"(?:co-?|jointly )?convened"),
    (_R.COORDINATOR_OF, r"coordinated|managed|steered"),
    (_R.CHAIR_OF, r"chaired|presided over|headed|led"),
)
ACTIVE: tuple[tuple[RelationType, str], ...] = (
    (_R.CO_CHAIR_OF, r"co-?chair(?:s|ed)?"),
    (_R.CO_LEAD_OF, r"co-?(?:leads?|led|facilitates?)"),
    (_R.CO_CONVENER_OF, r"(?:co-?)?convenes?"),
    (_R.COORDINATOR_OF, r"coordinates?|manages?|administers?"),
    (_R.CHAIR_OF, r"chairs?|presides? over|heads?|leads?"),
)


def _any(table: tuple[tuple[RelationType, str], ...]) -> str:
    return "(?:" + "|".join(rf"(?P<{r.name}>{p})" for r, p in table) + ")"


OFFICE, _LED, _LEADS = _any(OFFICES), _any(PARTICIPLES), _any(ACTIVE)
TITLE = (
    r"(?:'s? )?(?: (?:Chief of Mission|Head of Office|(?:Resident |Country |Regional )?(?:Representative"
    r"|Director(?: General)?)"
    r"|Secretary[- ]General|President|Minister))?"
)
ARTICLE = r"(?:(?:the|a|an|its|their|our|one of the|both|also|as) )*"
AS_OFFICE = re.compile(rf"{BODY} as {ARTICLE}(?:\w+ )??{OFFICE}\b")
HAS_AS = re.compile(rf"\b(?:has|have|with|had) (?:the )?(?={ANY})")
UNDER = re.compile(
    rf"\bunder (?:the )?(?:\w+ )?{OFFICE} of (?:the )?(?={ANY})|\bunder (?:the )?(?P<led>{ANY})'s? (?:lead|chair)\w*"
)
WHICH = re.compile(
    rf"{BODY}(?:\)|,)? (?:which|that|whom|for which|of which) (?:the )?(?=(?P<who>{ANY}(?:(?:,| and"
    rf"|, and)(?: the)? {ANY})*))"
)
USED = r"(?: (?P<past>used to|formerly|had|until \d{4}|previously))?"
WHICH_LEADS = re.compile(
    rf"{USED}(?: (?:will|shall|has|have|is to|are to|currently|now))* {_LEADS}\b(?P<joint> together| jointly)?"
)
WHICH_HOLDS = re.compile(rf"{USED} (?:has|have|holds?|takes?|provides?) the {OFFICE}\b")
AND_LEADS = re.compile(rf"^,? (?:and|while) (?:the )?{BODY} {_LEADS}\b")
TOGETHER = re.compile(r"^,? (?:together|jointly) with (?:the )?")
LED_BY = re.compile(rf"(?<![\w-]){_LED}(?: (?:jointly|alone|solely|in turn))? by (?:the |both )?(?={ANY})")
GAPPED = re.compile(rf"(?:,|;)? and (?:the )?{BODY} by (?:the )?(?={ANY})")
SUCCEEDING = re.compile(rf"^{ANY},? (?:which|who) (?:succeeded|replaced|took over from|followed) (?:the )?{BODY}")
APPOSED = re.compile(rf"{BODY}(?:,| \(|, which is| –) (?:a |an |the |itself )*{OFFICE} (?:of|in) (?:the )?{BODY}")
IS = re.compile(
    rf"{BODY}{TITLE},? (?P<verb>(?:is|are|was|were|remains?|acts? as|serves? as|served as|functions? as"
    rf"|becomes?|will be"
    rf"|will act as|shall be|shall act as|attends? as))(?: also| currently| now"
    rf"| jointly)* {ARTICLE}(?:(?:[a-z]+|technical|permanent) )?{OFFICE}\b"
    rf"(?: (?:of|to|for|in) (?:the )?(?:{BODY}|(?P<generic>[a-z]+ (?:group|committee|body|network))))?"
)
AFTER = re.compile(rf"\bafter (?:the )?{BODY},? which held the (?:position|office|post|chair|presidency)")
HOLDS = re.compile(
    rf"{BODY}{TITLE} (?:currently |now |will |shall |also )*(?P<verb>holds?|held|provides?|assum\w+|hosts?"
    rf"|houses?|has"
    rf"|takes?) (?:the |its )+{OFFICE}s?\b"
)
ALSO = re.compile(
    rf"(?:,| and|, and) (?:hosts?|houses?|provides?|holds?|runs?|acts? as|serves? as) {ARTICLE}{OFFICE}\b"
)
ROTATES = re.compile(
    rf"\b{OFFICE}\b[^.;⟦]{{0,40}}? (?:rotates?|alternates?)\b[^.;⟦]{{0,40}}? (?:between|among) (?:the )?(?={ANY})"
)
TAKES_OVER = re.compile(rf"{BODY} (?:takes|will take|is to take|shall take) (?:it )?over (?:in|on|from|as)\b")
DID_SO = re.compile(rf"{BODY} (?P<verb>did so|will do so|is to do so|does so)\b")
JOINS = re.compile(
    rf"{BODY} (?P<verb>(?:has |have |had )?(?:joined|become (?:a )?members?(?: of)?"
    rf"|became (?:a )?members?(?: of)?)|left"
    rf"|has left|have left|withdrew(?: from)?|was a (?:participant|member)|were (?:participants|members)"
    rf"|(?:has |have )?(?:expressed (?:an |its )?(?:interest|wish|intention)|applied|asked)[^.;⟦]{{0,12}} (?:in"
    rf"|of|to) (?:join|take part|becom)\w*"
    rf"|would join|will join|is (?:about|due|expected|set) to join)(?: as [\w ]{{3,30}}?)?(?P<of> (?:the )?{BODY})?"
)
LEFT = re.compile(
    rf"^\W*(?:Left|Withdrew|Departed|Former (?:member|participant)s?)\b[^:⟦]{{0,40}}: ?(?:the )?(?={ANY})"
)
LABEL = re.compile(rf"^\W*{OFFICE}(?: of the (?:meeting|session))?[:.](?P<who>[^⟦]{{0,60}})(?={ANY})")
PERSON = re.compile(r"\s*(?:(?:H\.E\. |Mr|Mrs|Ms|Dr|Prof)\.? ?[^,⟦]{2,50}, (?:the )?)?\s*(?:the )?")
BRACKET = re.compile(rf"{BODY}(?: of \w+(?: \w+)?)? \((?={ANY}(?:, | and | as ))")
HOUSED = re.compile(
    rf"\b[Ss]ecretariat\b[^.;⟦]{{0,30}}(?:,? which)? (?:is|sits|will be|shall be)?\s?(?:housed|hosted|located"
    rf"|based|sits|placed)? ?(?:in|by|at|within) (?:the )?{BODY}"
)
AUX = (
    r"(?:which|that|who|is|are|was|were|will|shall|be|been|being|has|have|had|to|also|currently|now|hitherto|jointly"
    r"|formerly|in turn)"
)
LINK = re.compile(
    rf"{BODY}[),]?,?(?:,? an? [^,⟦.;]{{3,50}}(?= $))?(?: {AUX}|,? (?:from|since|until|in"
    rf"|as of) (?:\w+ )?(?:on|\d{{4}}|then|now)|,){{0,8}}"
    rf"(?:,? (?:newly )?(?:created|established|set up|launched)[^,⟦]{{0,40}}? and)?(?: {AUX}){{0,6}},? ?$"
)
COMMON_NOUN = re.compile(
    r"\b(?:efforts?|process|meetings?|sessions?|response|initiatives?|projects?"
    r"|programmes?|activities|work) (?:\w+ ){0,3}$"
)
OWN_KIND = re.compile(
    rf"\b(?:the|this|our) (?:network|coalition|platform|group|forum|task force|committee|alliance|council"
    rf"|commission|fund)"
    rf"(?: {AUX}){{1,6}} $"
)
COORDINATED = re.compile(r"(?:\band|,) (?:is|are|was|were|will be|shall be|will from [\w ]{3,20} on be) (?:\w+ly )?$")
MAY = re.compile(r"\b(?:may|can|could|might|would|not|no longer|neither)\b")
TO_COME = re.compile(
    r"\b(?:should|propos\w+|plans? to|expected to|to be|is to|are to|from \w+ on|from (?:next|now)|about to)\b"
)
GONE = re.compile(
    r"\b(?:had been|had|used to|formerly|previously|hitherto|until then|until now)\b|\buntil (?:\w+ )?\d{4}"
)
PRESIDES = re.compile(rf"{BODY}{TITLE} {_LEADS} (?:the )?{BODY}")


def office_of(found: re.Match[str], table: tuple[tuple[RelationType, str], ...]) -> tuple[RelationType, str]:
    """The office that a match of a table names, and the word for it."""
    return next((r, found[r.name]) for r, _ in table if found[r.name])
JOINED = re.compile(rf"{ANY}(?:, {ANY})*,? and (?:the )?{ANY}")
BEFORE_THAT = re.compile(r"^\W*(?:Until|Up to|Before) (?:[A-Z]\w+ )?\d{4},? $")
ENDED = re.compile(r"[^.;]{0,80}?\buntil (?:[A-Z]\w+ )?\d{4}")
UNTIL = re.compile(
    r",? (?:until|till|up to) (?:[A-Z]\w+ )?(?:\d{4}|then|now|its end)|,? (?:between"
    r"|from) (?:\w+ )?\d{4} (?:and|to|until)"
)
SUPPORT_FROM = re.compile(
    rf"\b[Ss]ecretari(?:at|al) (?:support|services|assistance) (?:comes?|is) (?:drawn )?from (?:the )?(?={ANY})"
)
AND_PROVIDES = re.compile(
    rf"^[^.;⟦]{{0,40}}?(?:,| and|, and) (?:also )?(?:provides?|hosts?|ensures?|houses?|runs?|serves? as"
    rf"|acts? as) (?:its|the) {OFFICE}\b"
)
AS_OF = re.compile(
    rf"^\W*(?:In (?:its|their) (?:capacity|role) as"
    rf"|As) {ARTICLE}(?P<all>{OFFICE}(?: and {ARTICLE}[\w-]+)?) (?:of|to) (?:the )?{BODY}, (?:the )?(?={ANY})"
)
OWNED = re.compile(
    rf"{BODY}{TITLE} (?:is|are|acts? as|serves? as|will act as"
    rf"|will serve as) (?:the )?{BODY}'s? (?:[a-z]+ )?{OFFICE}\b"
)
FALLS_TO = re.compile(
    rf"\b(?:role|function|office|post|task|position) of {OFFICE}\b[^.;⟦]{{0,20}} (?:falls"
    rf"|goes|passes|is entrusted|is assigned|belongs|lies with)(?: to)? (?:the )?(?={ANY})"
)
BRACKETED = re.compile(rf"{BODY}[^.;⟦()]{{0,12}} \({OFFICE}s?(?: agenc\w+| organi[sz]ations?)?: (?:the )?(?={ANY})")
DASHED = re.compile(rf"^\W*{BODY}(?: [–—-]|:) (?={ANY}(?:, | \()(?:{ARTICLE}){OFFICE})")
HOLDER = re.compile(rf"{BODY}(?:, | \()(?:as )?{ARTICLE}{OFFICE}\b(?! of)")
TAKEN_PART_IN = re.compile(
    rf"{BODY},? (?:in|on|of) which (?:the )?(?P<who>{ANY}(?:(?:,| and|, and)(?: the)? {ANY})*) "
    r"(?:take part|takes part|participate|participates|are (?:represented|members)|is (?:represented|a member)"
    r"|sits?)\b"
)
WHICH_IT = re.compile(
    rf"{BODY},? which (?:it|they|we) {_LEADS}\b(?: (?:together"
    rf"|jointly) with (?:the )?(?=(?P<with>{ANY})))?"
)
FROM_ANOTHER = re.compile(rf" from (?:the )?{BODY}")
OFFICE_IS = re.compile(
    rf"(?:^|(?<=[.;] ))\W*[Tt]he {OFFICE}\b[^.;]{{0,80}}? (?:is|will be|shall be) (?:the )?"
    rf"(?:(?:Chief of Mission|Head|Director|Representative)[\w ]{{0,20}} (?:of|for) (?:the )?)(?={ANY})"
)
