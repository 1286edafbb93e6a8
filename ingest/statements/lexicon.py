"""Word lists of the register of institutional documents, and the inflection that the light parse needs.

The lists are general English of mandates, strategies and reports, written by hand; none is drawn from a document.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

BASE, THIRD, PAST, GERUND = "base", "third", "past", "gerund"

# Verbs that are hardly ever nouns: seen in their -s or base form they are taken for the verb of the clause.
_CLEAR_VERBS = """
accelerate accept accommodate accompany achieve acknowledge acquire act adapt adhere administer adopt advance
advise advocate affect affirm agree align allocate allow amend amplify analyse analyze announce apply appoint appreciate
approve articulate assess assign assist assume attend attract avoid award become begin believe belong bolster bring build
capitalise capitalize carry catalyse catalyze celebrate champion chair clarify co-chair co-lead co-ordinate co-sign
coordinate collaborate collate collect combat combine come commend commission commit communicate compile complement
complete comply comprise conduct confirm confront consider consist consolidate constitute continue contribute convene
convey cooperate counter create cultivate decide declare dedicate deepen define delegate deliver demonstrate deploy
designate destabilise destabilize determine develop devise devote differ disaggregate disburse discuss disseminate
distinguish distribute diversify downgrade drive elaborate elect eliminate embed embrace emerge emphasise emphasize employ
empower enable encompass encourage endeavour endeavor endorse enforce engage enhance enlarge enrich ensure entail
establish evaluate evolve examine exceed exclude exercise expand explain explore extend facilitate fall feed find follow
foster fulfil fulfill gain gather generate give go govern grant grow happen harmonise harmonize harness heighten hire
hold identify illustrate implement improve include incorporate inform initiate inspect install institutionalise
institutionalize integrate intend intensify interact intervene introduce invest investigate invite involve join keep lack
launch lay learn leverage liaise live lose maintain make manage maximise maximize mediate meet mentor merge migrate
minimise minimize mitigate mobilise mobilize modernise modernize monitor negotiate nominate note nurture obtain occur
offer operate optimise optimize organise organize oversee own participate pay perform pilot pioneer pledge pool possess
prepare present preserve prevent prioritise prioritize procure produce prohibit promote propose protect provide publish
pursue raise ratify reaffirm realise realize recalibrate receive recognise recognize recommend reconcile recruit reduce
refer reflect reform refrain regulate rehabilitate reinforce reiterate relay rely remain remind remove renew replace
replicate represent require resolve respect respond rest restore retain revise revisit safeguard sanction scale secure
see seek select send serve settle simplify solicit solve span specify sponsor stem stimulate strengthen streamline stress
strive struggle submit succeed suffer suggest summarise summarize supervise supply sustain synthesise synthesize tackle
take tailor tap tend testify transfer transform translate transpose treat uncover undergo underline underpin
underscore undertake unlock update upgrade uphold urge utilise utilize validate verify welcome widen wish withdraw
necessitate perceive displace radiate highlight mention express voice consult point draw do base lead regret host enact raise encourage articulate acknowledge dispose disclose enrol register roll speak showcase
shift seize vote tighten train mainstream localise localize
"""
# Verbs whose forms are as often nouns ("supports", "plans", "work"): verbs only where the grammar around says so.
_DOUBTFUL_VERBS = """
access act address aim answer appeal approach audit back balance bar benefit brief budget call cause centre change challenge
charge claim cluster cover credit debate delay demand design detail document draft effect estimate exchange experience
face factor fast-track favour finance flag focus force form foster fund further group guide help house impact increase
influence interest issue label licence license limit link list lobby look map mark market matter measure mind move
name need network object outline partner place plan play police practise praise process profit programme progress
project proposal prompt question rank rate reach record regard release repeat reply return lie report request research reserve
reward review risk schedule screen season sense set shape share sign site source staff stage stand start state stay
stock structure study support surge survey tax test trace track trade travel turn upgrade use value view visit volunteer
witness work show publish pilot
"""
_IRREGULAR_PAST = {
    "become": "became", "begin": "began begun", "bring": "brought", "build": "built", "come": "came", "feed": "fed",
    "drive": "drove driven", "fall": "fell fallen", "find": "found", "give": "gave given", "go": "went gone",
    "grow": "grew grown", "hold": "held", "keep": "kept", "lay": "laid", "lead": "led", "co-lead": "co-led", "draw": "drew drawn", "do": "did done",
    "lose": "lost", "make": "made", "meet": "met", "oversee": "oversaw overseen", "pay": "paid", "see": "saw seen",
    "seek": "sought", "send": "sent", "set": "set", "show": "showed shown", "speak": "spoke spoken", "stand": "stood",
    "strive": "strove striven", "take": "took taken", "undergo": "underwent undergone",
    "undertake": "undertook undertaken", "uphold": "upheld", "withdraw": "withdrew withdrawn", "write": "wrote written",
    "learn": "learned learnt", "refer": "referred", "transfer": "transferred", "commit": "committed",
    "submit": "submitted", "permit": "permitted", "occur": "occurred", "plan": "planned", "stem": "stemmed",
    "map": "mapped", "tap": "tapped", "fulfil": "fulfilled", "enrol": "enrolled", "bar": "barred", "flag": "flagged",
    "pilot": "piloted", "benefit": "benefited", "focus": "focused focussed", "target": "targeted",
}
_VOWELS = "aeiou"
_DOUBLING = frozenset(["commit", "submit", "refer", "transfer", "occur", "plan", "stem", "map", "tap", "fulfil", "enrol", "bar", "flag", "permit", "set"])


def _third(base: str) -> str:
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _past(base: str) -> tuple[str, ...]:
    if base in _IRREGULAR_PAST:
        return tuple(_IRREGULAR_PAST[base].split())
    if base.endswith("y") and base[-2] not in _VOWELS:
        return (base[:-1] + "ied",)
    return (base + ("d" if base.endswith("e") else "ed"),)


def _gerund(base: str) -> str:
    if base in _DOUBLING:
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return base[:-1] + "ing"
    return base + "ing"


def _forms(words: str) -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for base in words.split():
        for form in _past(base):
            out.setdefault(form, (base, PAST))
        out.setdefault(_gerund(base), (base, GERUND))
        out.setdefault(_third(base), (base, THIRD))
    out.update({base: (base, BASE) for base in words.split()})
    return out


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLEAR: Final = MappingProxyType(_forms(_CLEAR_VERBS))
DOUBTFUL: Final = MappingProxyType({k: v for k, v in _forms(_DOUBTFUL_VERBS).items() if k not in CLEAR})
VERB_FORMS: Final = MappingProxyType({**DOUBTFUL, **CLEAR})

MODALS: Final = _words("will would shall should can could may might must cannot ought")
AUXILIARIES: Final = _words("is are was were has have had does do did be been being am")
DETERMINERS: Final = _words(
    "the a an this that these those all each every some any no its their our his her such both several many most more "
    "other another few various"
)
PREPOSITIONS: Final = _words(
    "of in on at by for from to with within without through throughout during under over between among across against "
    "towards toward upon after before since until into onto about around alongside along including via per despite "
    "regarding concerning following given as unlike beyond behind amid besides"
)
SUBORDINATORS: Final = _words("although though while whilst if when whenever once unless because whereas since as should")
PRONOUNS: Final = _words("it they he she we you i this these those who there")
ANAPHORS: Final = _words("it they he she this these those")
RELATIVES: Final = _words("which who whom whose that where whereby")
CLAUSE_ADVERBS: Final = _words(
    "also further furthermore moreover however therefore thus likewise closely actively regularly jointly periodically "
    "continuously effectively progressively proactively systematically additionally finally accordingly similarly "
    "together always still now fully not only successfully better widely increasingly currently already strongly"
)
NEGATIONS: Final = _words("not no never neither nor cannot n't none nobody")

ACTOR_NOUNS: Final = _words(
    "organisation organisations organization organizations ministry ministries government governments authority "
    "authorities ngo ngos team teams agency agencies donor donors employer employers union unions state states country "
    "countries institution institutions community partner partners company companies sector society media university "
    "universities committee committees network networks council councils commission commissions municipality "
    "municipalities city board boards secretariat member members coordinator chair chairs co-chair co-chairs "
    "co-conveners co-convenors convener conveners leaders leader parliament parliamentarians police court courts "
    "judges officials staff personnel embassy embassies consulate consulates stakeholders participants body bodies "
    "association associations federation platform forum fund coalition alliance group groups task-force force office "
    "department directorate bank banks school schools hospital hospitals business businesses entity entities party "
    "parties signatories clusters cluster unit union administration cso csos delegation delegations "
    "focal-point trustees trustee recipients grantee grantees applicants mayor mayors president minister ministers"
)
GENERIC_VOICES: Final = _words(
    "participants participant stakeholders stakeholder attendees respondents delegates speakers discussants panellists "
    "panelists interviewees consultees representatives experts members groups interlocutors they many some several"
)
PEOPLE_NOUNS: Final = _words(
    "migrants returnees refugees women men children girls boys families people persons victims survivors workers youth "
    "households individuals citizens population populations idps nationals students patients detainees"
)
HARM_WORDS: Final = _words(
    "expose exposed exposes undermine undermines undermining harassment retaliatory worsen worsens exacerbate "
    "exacerbates exacerbated exacerbate destabilise destabilize destabilising impede impedes hinder hinders hamper "
    "hampers threaten threatens suffer suffers lose loses tensions reignite aggravate aggravates vulnerable vulnerabilities "
    "disproportionately struggle struggles deteriorate deteriorates abuse drought droughts floods flooding losses "
    "marginalise marginalize fuel fuels jeopardise jeopardize trap trapped die deaths harm harms poverty hardship "
    "destruction conflict violence discourage discourages deprive deprives deprived exploit exploited increase-risk"
)
CONSTRUCTIVE: Final = _words(
    "help improve enhance support provide strengthen promote ensure reduce prevent establish create develop facilitate "
    "contribute enable build protect foster combat eliminate address expand increase raise benefit empower encourage "
    "secure extend use adopt make organise organize collect gain play share join introduce design train offer lessen ease "
    "mitigate issue issued provided established developed created enhanced improved strengthened expanded supported built "
    "raised extended organised organized collected gained used made introduced adopted empowered achieved done obtained "
    "set shared involved engaged consulted prioritised prioritized simplified streamlined updated reviewed mobilised "
    "mobilized taken explored considered encouraged promoted facilitated ensured designed launched scaled piloted"
)
