"""Closed classes and word lists that the light parse and the typing lean on, written by hand."""

from __future__ import annotations

from typing import Final

from ingest.statements.verbs import BASE, CLEAR, DOUBTFUL, GERUND, PAST, THIRD, VERB_FORMS

__all__ = ["BASE", "CLEAR", "DOUBTFUL", "GERUND", "PAST", "THIRD", "VERB_FORMS"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


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
SUBORDINATORS: Final = _words(
    "although though while whilst if when whenever once unless because whereas since as should"
)
PRONOUNS: Final = _words("it they he she we you i this these those who there")
ANAPHORS: Final = _words("it they he she this these those")
RELATIVES: Final = _words("which who whom whose that where whereby")
CLAUSE_ADVERBS: Final = _words(
    "also further furthermore moreover however therefore thus likewise closely actively regularly jointly "
    "periodically continuously effectively progressively proactively systematically additionally finally accordingly "
    "similarly together always still now fully not only successfully better widely increasingly currently already "
    "strongly best mostly largely partly again often usually rarely"
)
NEGATIONS: Final = _words("not no never neither nor cannot n't none nobody")

ACTOR_NOUNS: Final = _words(
    "province provinces district districts county counties cantons communes cities "
    "inspectorate inspectorates ombudsman ombudsperson "
    "organisation organisations organization organizations ministry ministries government governments authority "
    "authorities ngo ngos team teams agency agencies donor donors employer employers union unions state states "
    "country countries institution institutions community partner partners company companies sector society media "
    "university universities committee committees network networks council councils commission commissions "
    "municipality municipalities city board boards secretariat member members coordinator chair chairs co-chair "
    "co-chairs co-conveners co-convenors convener conveners leaders leader parliament parliamentarians police court "
    "courts judges officials staff personnel embassy embassies consulate consulates stakeholders participants body "
    "bodies association associations federation platform forum fund coalition alliance group groups task-force force "
    "office department directorate bank banks school schools hospital hospitals business businesses entity entities "
    "party parties signatories clusters cluster unit union administration cso csos delegation delegations focal-point "
    "trustees trustee recipients grantee grantees applicants applicant observers observer mayor mayors president "
    "minister ministers contributors contributor leads lead co-leads co-lead alternates experts representatives "
    "representative secretary consultants applicants association associations donors donor hotels shops farms "
    "landlords airlines carriers newspapers radio broadcasters churches mosques clinics colleges heads managers "
    "headteachers "
    "teachers consuls lawyers recruiters prosecutors inspectors legislators foundations"
)
GENERIC_VOICES: Final = _words(
    "participants participant stakeholders stakeholder attendees respondents delegates speakers discussants "
    "panellists panelists interviewees consultees representatives experts members groups interlocutors they many some "
    "several"
)
PEOPLE_NOUNS: Final = _words(
    "migrants returnees refugees women men children girls boys families people persons victims survivors workers "
    "youth households individuals citizens population populations idps nationals students patients detainees"
)
HARM_WORDS: Final = _words(
    "expose exposed exposes undermine undermines undermining harassment retaliatory worsen worsens exacerbate "
    "exacerbates exacerbated exacerbate destabilise destabilize destabilising impede impedes hinder hinders hamper "
    "hampers threaten threatens suffer suffers lose loses tensions reignite aggravate aggravates vulnerable "
    "vulnerabilities disproportionately struggle struggles deteriorate deteriorates abuse drought droughts floods "
    "flooding losses marginalise marginalize fuel fuels jeopardise jeopardize trap trapped die deaths harm harms "
    "poverty hardship destruction conflict violence discourage discourages deprive deprives deprived exploit "
    "exploited increase-risk"
)
CONSTRUCTIVE: Final = _words(
    "help improve enhance support provide strengthen promote ensure reduce prevent establish create develop "
    "facilitate contribute enable build protect foster combat eliminate address expand increase raise benefit empower "
    "encourage secure extend use adopt make organise organize collect gain play share join introduce design train "
    "offer lessen ease mitigate issue issued provided established developed created enhanced improved strengthened "
    "expanded supported built raised extended organised organized collected gained used made introduced adopted "
    "empowered achieved done obtained set shared involved engaged consulted prioritised prioritized simplified "
    "streamlined updated reviewed mobilised mobilized taken explored considered encouraged promoted facilitated "
    "ensured designed launched scaled piloted"
)
