"""Verbs of the register of institutional documents and their inflection, for the light parse.

The lists are general English of mandates, strategies and reports, written by hand; none is drawn from a document.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

BASE, THIRD, PAST, GERUND = "base", "third", "past", "gerund"

# Verbs that are hardly ever nouns: seen in their -s or base form they are taken for the verb of the clause.
_CLEAR_VERBS = """
abandon abolish absorb accelerate accept accommodate accompany accumulate accuse achieve acknowledge acquire act adapt
add adhere administer admit adopt advance advise advocate affect affirm agree aid align allege allocate allow amend
amplify analyse analyze announce apply appoint appreciate approve argue arrange arrest arrive articulate ask assess
assign assist assume attend attract avoid award base bear become begin believe belong bind bolster borrow break bridge
bring broaden build buy cancel capitalise capitalize carry catalyse catalyze cease celebrate chair champion clarify
co-chair co-lead co-ordinate co-sign collaborate collapse collate collect collide combat combine come commemorate
commence commend commission commit communicate compare compensate compete compile complain complement complete comply
comprise conduct confer confirm confront consider consist consolidate constitute constrain consult consume continue
contribute convene convey convince cooperate coordinate cope counter create criminalise criminalize criticise
criticize cross cultivate curb deal decentralise decide declare decline dedicate deepen define delegate deliver
demonstrate deny depart depend deplore deploy deprive designate destabilise destabilize detain deter deteriorate
determine develop devise devote differ digitise digitize disaggregate disburse disclose discourage discuss dismantle
displace dispose disrupt disseminate distinguish distribute diversify do downgrade draw drive earn ease eat elaborate
elect eliminate embed embrace emerge emphasise emphasize employ empower enable enact encompass encourage end endeavor
endeavour endorse enforce engage enhance enlarge enrich enrol ensure entail escape establish evacuate evaluate evict
evolve examine exceed exclude exercise exist expand expel expire explain explore express extend facilitate fail fall
feed feel fight finalise finalize find flee follow formalise formalize foster fulfil fulfill gain gather generate get
give go govern grant greet grow guarantee happen harmonise harmonize harness heal hear heighten highlight hire hold
hope host hurt identify ignore illustrate implement import impose improve include incorporate inform inhabit initiate
injure insist inspect install institutionalise institutionalize insure integrate intend intensify interact intervene
introduce invest investigate invite involve join keep know lack launch lay lead learn leave legalise legalize lend
lengthen let leverage liaise lift live localise localize lose lower mainstream maintain make manage maximise maximize
mean mediate meet mention mentor merge merit migrate minimise minimize miss mitigate mobilise mobilize modernise
modernize monitor necessitate neglect negotiate nominate note nurture obey oblige obstruct obtain occur offer operate
oppose optimise optimize organise organize overcome oversee own participate pay perceive perform perish permit persist
persuade pilot pioneer pledge point pool possess postpone praise predict prepare present preserve preside prevent
prioritise prioritize procure produce profit prohibit promise promote propose protect provide publish pull punish
pursue push put quit radiate raise ratify read reaffirm realise realize reassess reassure rebalance rebuild
recalibrate recall receive recognise recognize recommend reconcile reconsider recruit redirect redistribute reduce
refer reflect reform refrain refuse regard register regret regularise regularize regulate rehabilitate reimburse
reinforce reiterate reject relay relocate rely remain remedy remember remind remove renegotiate renew rent reopen
repair repeal replace replicate reply represent require rescue resemble resettle reside resign resist resolve respect
respond rest restore resume retain rethink reveal revise revisit rise roll run safeguard sanction say scale secure see
seek seem seize select sell send serve settle shift shorten showcase simplify sit sleep solicit solve span speak
specify spend spill sponsor standardise standardize stem stimulate stop streamline strengthen stress strive struggle
submit subsidise subsidize succeed suffer suggest summarise summarize supervise supply suspend sustain synthesise
synthesize tackle tailor take tap teach tell tend testify thank think tighten tolerate train transfer transform
translate transpose travel treat trigger try uncover undergo underline underpin underscore understand undertake
underwrite unlock update upgrade uphold urge utilise utilize validate vary verify violate voice vote wait waive want
warn warrant weaken wear welcome widen win wish withdraw withhold worry worsen
"""
# Verbs whose forms are as often nouns ("supports", "plans", "work"): verbs only where the grammar around says so.
_DOUBTFUL_VERBS = """
access act address aim answer appeal approach audit back balance bar benefit bill block brief budget burn call catch
cause centre challenge change charge chase claim clean clear climb close cluster comment conflict contest contract
cook cover credit cry cut debate delay demand design detail dig document draft effect estimate exchange experience
face factor fast-track favour fill finance fit fix flag focus force form foster fund further group guide help hit
house hunt hurry impact increase influence interest interview issue kill label licence license lie limit link list
loan lobby lock look mandate map march mark market match matter measure mind mix move name need network object open
outline partner pass permit pilot place plan plant play police post practise praise press print process profit
programme progress project prompt proposal protest publish question queue rank rate reach record regard release repeat
reply report request rescue research reserve return review reward risk schedule screen season sense set shape share
shelter show sign site source staff stage stand start state stay stock structure study support surge survey tax test
trace track trade travel turn upgrade use value view visit volunteer witness work
"""
_IRREGULAR_PAST = {
    "put": "put",
    "let": "let",
    "get": "got",
    "hurt": "hurt",
    "fight": "fought",
    "deny": "denied",
    "deal": "dealt",
    "break": "broke broken",
    "bear": "bore borne",
    "admit": "admitted",
    "quit": "quit",
    "overcome": "overcame overcome",
    "withhold": "withheld",
    "rebuild": "rebuilt",
    "rethink": "rethought",
    "deter": "deterred",
    "confer": "conferred",
    "bind": "bound",
    "cut": "cut",
    "hit": "hit",
    "catch": "caught",
    "dig": "dug",
    "spill": "spilled spilt",
    "become": "became",
    "begin": "began begun",
    "bring": "brought",
    "build": "built",
    "come": "came",
    "feed": "fed",
    "drive": "drove driven",
    "fall": "fell fallen",
    "find": "found",
    "give": "gave given",
    "go": "went gone",
    "grow": "grew grown",
    "hold": "held",
    "keep": "kept",
    "lay": "laid",
    "lead": "led",
    "co-lead": "co-led",
    "draw": "drew drawn",
    "do": "did done",
    "lose": "lost",
    "make": "made",
    "meet": "met",
    "oversee": "oversaw overseen",
    "pay": "paid",
    "see": "saw seen",
    "seek": "sought",
    "send": "sent",
    "set": "set",
    "show": "showed shown",
    "speak": "spoke spoken",
    "stand": "stood",
    "strive": "strove striven",
    "take": "took taken",
    "undergo": "underwent undergone",
    "undertake": "undertook undertaken",
    "uphold": "upheld",
    "withdraw": "withdrew withdrawn",
    "write": "wrote written",
    "learn": "learned learnt",
    "refer": "referred",
    "transfer": "transferred",
    "commit": "committed",
    "submit": "submitted",
    "permit": "permitted",
    "occur": "occurred",
    "plan": "planned",
    "stem": "stemmed",
    "map": "mapped",
    "tap": "tapped",
    "fulfil": "fulfilled",
    "enrol": "enrolled",
    "bar": "barred",
    "flag": "flagged",
    "pilot": "piloted",
    "benefit": "benefited",
    "run": "ran run",
    "rise": "rose risen",
    "feel": "felt",
    "flee": "fled",
    "hear": "heard",
    "know": "knew known",
    "leave": "left",
    "lend": "lent",
    "mean": "meant",
    "read": "read",
    "sell": "sold",
    "sit": "sat",
    "sleep": "slept",
    "spend": "spent",
    "teach": "taught",
    "tell": "told",
    "think": "thought",
    "understand": "understood",
    "win": "won",
    "buy": "bought",
    "eat": "ate eaten",
    "stop": "stopped",
    "say": "said",
    "expel": "expelled",
    "wear": "wore worn",
    "focus": "focused focussed",
    "target": "targeted",
}
_VOWELS = "aeiou"
_DOUBLING = frozenset(
    [
        "commit",
        "submit",
        "refer",
        "transfer",
        "occur",
        "plan",
        "stem",
        "map",
        "tap",
        "fulfil",
        "enrol",
        "bar",
        "flag",
        "permit",
        "set",
    ]
)


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


CLEAR: Final = MappingProxyType(_forms(_CLEAR_VERBS))
DOUBTFUL: Final = MappingProxyType({k: v for k, v in _forms(_DOUBTFUL_VERBS).items() if k not in CLEAR})
VERB_FORMS: Final = MappingProxyType({**DOUBTFUL, **CLEAR})
