"""What a passage stands in: the genre of the document, the sections around it, the lead-in of its list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from ingest.caseless import Caseless
from ontology.document import Document, DocumentType, PassageKind


class Genre(StrEnum):
    """How a document speaks."""

    MANDATE = "mandate"
    """Terms of reference, statutes, resolutions: who does what, by what rules."""
    PLAN = "plan"
    """Strategies and plans: what the publisher does and will do."""
    VOICES = "voices"
    """Reports of consultations and reviews: what those heard said and asked for."""
    OTHER = "other"


class Place(StrEnum):
    """What a section heading or a lead-in announces."""

    OBJECTIVES = "objectives"
    FUNCTIONS = "functions"
    PRINCIPLES = "principles"
    CROSSCUTTING = "crosscutting"
    DECISIONS = "decisions"
    MEMBERSHIP = "membership"
    MEETINGS = "meetings"
    OUTCOMES = "outcomes"
    VISION = "vision"
    ROLE = "role"
    RECOMMENDATIONS = "recommendations"
    COMMITMENTS = "commitments"
    CONTEXT = "context"
    CONCLUSION = "conclusion"
    PAST = "past"


_GENRES = {
    DocumentType.TERMS_OF_REFERENCE: Genre.MANDATE,
    DocumentType.RESOLUTION: Genre.MANDATE,
    DocumentType.STRATEGY: Genre.PLAN,
    DocumentType.ACTION_PLAN: Genre.PLAN,
    DocumentType.OUTREACH_REPORT: Genre.VOICES,
}
_TITLE_GENRES = (
    (
        Genre.MANDATE,
        re.compile(
            r"terms of reference|\bcharter\b|statute|rules of procedure|by-?laws|constitution\b|"
            r"memorandum|resolution|mandate|governance (?:framework|manual|arrangements)|operations manual|decree|"
            r"working arrangements|protocol of cooperation|\brules\b|regulation no|ordinance|proclamation"
            r"|governance note|"
            r"\bregulation to\b",
            re.I,
        ),
    ),
    (
        Genre.VOICES,
        re.compile(
            r"consultation|outreach|stakeholder|dialogue|hearing|workshop|round ?table|voices|listening|"
            r"\bsession\b|\bminutes\b|\bmeeting\b|feedback|testimon|"
            r"shadow report|town hall|recommendations|call to action|review",
            re.I,
        ),
    ),
    (
        Genre.PLAN,
        re.compile(
            r"strateg|\bplan\b|roadmap|road map|programme of work|vision|agenda|"
            r"policy\b(?! (?:brief|paper|note))|pledge",
            re.I,
        ),
    ),
)
_TITLE_PASSAGES = 5
_MANDATE_HEADINGS = re.compile(
    r"membership|secretariat|decision[- ]making|working (?:principles|methods|groups)|meeting frequency|quorum|"
    r"functions|composition|governance|terms of reference|chair|steering committee|establishment|participation"
    r"|participating|"
    r"amendment|duration|organs|bodies|article \d|mandate|responsibilit|accountab|modus operandi"
    r"|working arrangements|origins|"
    r"who takes part|how it is organi[sz]ed|rules",
    re.I,
)
_VOICE_WORDS = Caseless(
    r"\b(?:participants|stakeholders|respondents|attendees|speakers|delegates|workers|residents"
    r"|representatives)\b.{0,40}\b(?:called|noted|stressed|"
    r"highlighted|recommended|suggested|emphasi[sz]ed|underlined|urged|raised|agreed|proposed)\b"
)

# The first pattern that matches names the place; more telling words stand before more general ones.
_HEADINGS: tuple[tuple[Place, re.Pattern[str]], ...] = (
    (
        Place.RECOMMENDATIONS,
        re.compile(
            r"recommendation|\basks?\b|\bcalls? (?:to action|for|on|upon)|way forward for|"
            r""
            r"what (?:is needed|(?:can|could|should|must|needs? to) )|\bproposals?\b|\bdemands?\b|\bneeds\b",
            re.I,
        ),
    ),
    (
        Place.DECISIONS,
        re.compile(
            r"decision|quorum|voting|rules of procedure|consensus|eligib|selection|"
            r"(?:work|working) (?:modalit|method|arrangement)",
            re.I,
        ),
    ),
    (Place.PRINCIPLES, re.compile(r"principle|\bvalues\b|code of conduct|ethic|guiding considerations", re.I)),
    (
        Place.CROSSCUTTING,
        re.compile(
            r"cross[- ]?cutting|mainstreaming|safeguard|our approach|how we (?:will )?work|guiding considerations"
            r"|ways? of working",
            re.I,
        ),
    ),
    (
        Place.OBJECTIVES,
        re.compile(
            r"\bobjectives?\b|\bgoals?\b|\baims?\b|\bpurposes?\b|strategic priorit|priority areas?|"
            r"\bpillars?\b|^(?:\d+\.? )?targets?\b",
            re.I,
        ),
    ),
    (Place.VISION, re.compile(r"\bvision\b", re.I)),
    (
        Place.OUTCOMES,
        re.compile(r"outcome|expected result|results framework|\bresults\b|outputs?\b|deliverables", re.I),
    ),
    (Place.MEETINGS, re.compile(r"meeting|frequency|monitoring and (?:evaluation|review)|reporting"
    r"|periodicity", re.I)),
    (
        Place.FUNCTIONS,
        re.compile(
            r"function|\btasks?\b(?! forces?)|\bdut(?:y|ies)\b|responsibilit|\broles?\b|mandate|\bscope of work|"
            r"areas of work|activities",
            re.I,
        ),
    ),
    (
        Place.ROLE,
        re.compile(
            r"coordinator|secretariat|\bchairs?\b|co-?chair|co-?conven|convenor|executive committee|"
            r"steering committee|focal point|\bbureau\b|director|trustees|\bboard\b|administrator|"
            r"troika|rapporteur|task team lead",
            re.I,
        ),
    ),
    (
        Place.MEMBERSHIP,
        re.compile(
            r"member|composition|structure|governance|organi[sz]ation|participation|"
            r"working groups?|task forces?",
            re.I,
        ),
    ),
    (Place.CONCLUSION, re.compile(r"conclusion|closing|way forward|next steps|looking ahead", re.I)),
    (
        Place.COMMITMENTS,
        re.compile(
            r"commitment|pledge|priorit|implementation|respond|response|action plan|\bactions?\b|"
            r"what we will do|work ?plan",
            re.I,
        ),
    ),
    (
        Place.CONTEXT,
        re.compile(
            r"background|introduction|context|situation|analysis|overview|root causes|trends|"
            r"\babout\b|history|rationale|challenges|drivers|foreword|preface|summary",
            re.I,
        ),
    ),
)
_LEAD_INS: tuple[tuple[Place, re.Pattern[str]], ...] = (
    (
        Place.RECOMMENDATIONS,
        re.compile(
            r"recommend|\bcall(?:s|ed)? (?:on|upon|for)|\burge|should\b|ought to|"
            r"\b(?:asked|requested|encouraged|invited)\b|"
            r"\bneeds? to\b|\bsuggest|\bpropose",
            re.I,
        ),
    ),
    (
        Place.OBJECTIVES,
        re.compile(
            r"\b(?:objectives?|goals?|aims?|purposes?|priorities)\b[^.:]*\b(?:is|are|include|were)\b|"
            r"\b(?:objectives?|goals|aims|purposes?)\b[^.:]{0,25}$|"
            r"\b(?:aims?|seeks?|strives?|intended|designed|exists?|established|created|set up"
            r"|works?)\b(?: \w+)? (?:to"
            r"|at)\b|"
            r"\b(?:aims?|aiming) at\b|^in order to|\bso as to\b|following (?:\w+ )?(?:objectives|goals|aims)",
            re.I,
        ),
    ),
    (Place.PRINCIPLES, re.compile(r"principles|guided by|values", re.I)),
    (
        Place.OUTCOMES,
        re.compile(
            r"outcomes?\b|expected results|result in|deliverables|\bexpects? to see|\bwill have\b|achieved", re.I
        ),
    ),
    (
        Place.DECISIONS,
        re.compile(
            r"no consensus|following (?:steps|rules|procedure)|decisions?\b|criteria|eligib|"
            r"\b(?:agreed|decided|resolved) (?:on |upon |as follows|(?:on )?the following)",
            re.I,
        ),
    ),
    (
        Place.FUNCTIONS,
        re.compile(r"functions?\b|dut(?:y|ies)\b|tasks\b|responsib|role\b|mandate|serve\b|in charge", re.I),
    ),
    (Place.COMMITMENTS, re.compile(r"\bcommit|\bpledge|\bundertake|\bpromise|\bintend|\bplans? to", re.I)),
)


def genre_of(document: Document) -> Genre:
    """The genre, by the type of the document, else by its title, its headings and who speaks in it."""
    known = _GENRES.get(document.metadata.type)
    if known:
        return known
    heard = sum(bool(_VOICE_WORDS.search(p.text)) for p in document.passages)
    if document.metadata.type is DocumentType.REVIEW:
        return Genre.VOICES if heard >= 3 else Genre.OTHER
    under = [p.text for p in document.passages[:_TITLE_PASSAGES] if p.kind is PassageKind.HEADING or len(p.text) < 90]
    for lines in ((document.metadata.title,), tuple(under)):
        for genre, pattern in _TITLE_GENRES:
            if any(pattern.search(line) for line in lines):
                return genre
    headings = {h for p in document.passages if p.kind is PassageKind.HEADING for h in (p.text,)}
    if sum(bool(_MANDATE_HEADINGS.search(h)) for h in sorted(headings)) >= 3:
        return Genre.MANDATE
    if heard >= 3:
        return Genre.VOICES
    return Genre.OTHER


@lru_cache(maxsize=4096)
def heading_place(heading: str) -> Place | None:
    """What one heading announces, or None."""
    return next((place for place, pattern in _HEADINGS if pattern.search(heading)), None)


def places_of(section: Iterable[str]) -> tuple[Place, ...]:
    """What the headings above a passage announce, innermost first."""
    found = (heading_place(h[:200]) for h in reversed(tuple(section)))
    return tuple(place for place in found if place)


@lru_cache(maxsize=4096)
def lead_in_place(lead_in: str) -> Place | None:
    """What the sentence before a list announces, or None."""
    text = lead_in[-400:]
    return next((place for place, pattern in _LEAD_INS if pattern.search(text)), None)
