"""Verbs of the register of institutional documents and their inflection, for the light parse.

The lists are general English of mandates, strategies and reports, written by hand; none is drawn from a document.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

BASE, THIRD, PAST, GERUND = "base", "third", "past", "gerund"

# Verbs that are hardly ever nouns: seen in their -s or base form they are taken for the verb of the clause.
_CLEAR_VERBS = """
abolish accelerate accept accommodate accompany achieve acknowledge acquire act adapt adhere administer adopt advance
advise advocate affect affirm agree align allocate allow amend amplify analyse analyze announce apply appoint
appreciate approve arrive articulate assess assign assist assume attend attract avoid award base become begin believe
belong bolster bring build buy capitalise capitalize carry catalyse catalyze cease celebrate chair champion clarify
co-chair co-lead co-ordinate co-sign collaborate collate collect combat combine come commend commission commit
communicate compile complement complete comply comprise conduct confirm confront consider consist consolidate
constitute consult consume continue contribute convene convey cooperate coordinate counter create cross cultivate
decide declare dedicate deepen define delegate deliver demonstrate deploy designate destabilise destabilize detain
determine develop devise devote differ disaggregate disburse disclose discuss displace dispose disseminate distinguish
distribute diversify do downgrade draw drive earn eat elaborate elect eliminate embed embrace emerge emphasise
emphasize employ empower enable enact encompass encourage endeavor endeavour endorse enforce engage enhance enlarge
enrich enrol ensure entail escape establish evaluate evict evolve examine exceed exclude exercise exist expand expel
expire explain explore express extend facilitate fall feed feel find flee follow foster fulfil fulfill gain gather
generate give go govern grant grow happen harmonise harmonize harness hear heighten highlight hire hold host identify
illustrate implement impose improve include incorporate inform inhabit initiate injure inspect install
institutionalise institutionalize integrate intend intensify interact intervene introduce invest investigate invite
involve join keep know lack launch lay lead learn leave lend leverage liaise lift live localise localize lose
mainstream maintain make manage maximise maximize mean mediate meet mention mentor merge migrate minimise minimize
mitigate mobilise mobilize modernise modernize monitor necessitate negotiate nominate note nurture obey obtain occur
offer operate optimise optimize organise organize oversee own participate pay perceive perform perish permit persuade
pilot pioneer pledge point pool possess postpone prepare present preserve prevent prioritise prioritize procure
produce profit prohibit promote propose protect provide publish punish pursue radiate raise ratify read reaffirm
realise realize recalibrate receive recognise recognize recommend reconcile recruit reduce refer reflect reform
refrain register regret regulate rehabilitate reinforce reiterate reject relay rely remain remind remove renew rent
repair repeal replace replicate represent require resettle resolve respect respond rest restore resume retain reveal
revise revisit rise roll run safeguard sanction say scale secure see seek seize select sell send serve settle shift
showcase simplify sit sleep solicit solve span speak specify spend sponsor stem stimulate stop streamline strengthen
stress strive struggle submit succeed suffer suggest summarise summarize supervise supply suspend sustain synthesise
synthesize tackle tailor take tap teach tell tend testify think tighten train transfer transform translate transpose
travel treat try uncover undergo underline underpin underscore understand undertake unlock update upgrade uphold urge
utilise utilize validate vary verify voice vote wait want warn wear welcome widen win wish withdraw worry
"""
# Verbs whose forms are as often nouns ("supports", "plans", "work"): verbs only where the grammar around says so.
_DOUBTFUL_VERBS = """
access act address aim answer appeal approach audit back balance bar benefit brief budget call cause centre challenge
change charge claim cluster cover credit debate delay demand design detail document draft effect estimate exchange
experience face factor fast-track favour finance flag focus force form foster fund further group guide help house
impact increase influence interest issue label licence license lie limit link list lobby look map mark market matter
measure mind move name need network object outline partner pilot place plan play police practise praise process profit
programme progress project prompt proposal publish question rank rate reach record regard release repeat reply report
request research reserve return review reward risk schedule screen season sense set shape share show sign site source
staff stage stand start state stay stock structure study support surge survey tax test trace track trade travel turn
upgrade use value view visit volunteer witness work
"""
_IRREGULAR_PAST = {
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
