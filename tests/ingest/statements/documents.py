"""Six documents of our own in styles that the corpus does not have, annotated sentence by sentence before the
first run: quote, type, modality, agent, addressee (alternatives after a bar; "-" where none; "?" where any will
do)."""

from __future__ import annotations

REGIONAL = """# Statutes of the Ridge and Valley Mobility Forum

## Preamble

People have moved between the ridge and the valley for centuries. Since 2014 the five governments have met
informally every spring. In 2019 ministers agreed to put this cooperation on a firmer footing.

## Purpose

The Forum aims to make labour mobility between its member countries safe and fair.

## Tasks of the Forum

To this end, the Forum shall:

1. collect figures on seasonal movements;
2. propose common standards for recruitment;
3. advise the governments on bilateral agreements.

## Organs

The Ministerial Council is the highest organ of the Forum. It shall adopt the budget by unanimity. The Permanent
Office prepares the sessions of the Ministerial Council and reports to the Ministerial Council every six months.
The Director of the Permanent Office may appoint advisers for a period of two years.

Observers may attend sessions but do not vote. Each member country shall designate a focal point.

## Undertakings of the members

Member countries will exchange data on work permits. They will not charge workers for entry visas. Member
countries should involve trade unions in the preparation of agreements.
"""

PLAN = """# Strategic Plan 2026-2030 of the Lantern Refugee Council

## Who we are

The Lantern Refugee Council is a charity with 80 staff in four towns. It was set up in 1994 by volunteers. The
Council runs two shelters and offers legal advice.

## The situation today

Asylum procedures take eleven months on average. Waiting without work may damage mental health. Local landlords
are reluctant to let rooms, and more guarantees are needed to persuade them.

## Our values

Our work is guided by respect for the dignity of every person. We follow a strict do-no-harm approach.

## What we want to achieve

Objective 1: Reduce homelessness among recognised refugees.

Outcome 1.1: Families leave the shelters within six months.

Objective 2: Improve access to justice.

## What we will do

Over the next five years, the Council will double its legal team. New advice rooms will be opened in two towns.
We are currently negotiating a framework with the Tenants' Union. This includes a guarantee fund for first
rents. The Council intends to publish an annual housing report. Volunteers will be trained in plain language.
"""

HEARING = """# Voices from the Orchards: Report of a Stakeholder Dialogue, Tessaly, June 2023

## How the dialogue was held

The Agricultural Observatory organised the dialogue in two villages. Forty-two pickers and nine growers took part.

## Contracts and pay

Participants reported that wages are often paid late. They called on the Ministry of Labour to inspect large
estates. Written contracts should be available in four languages. A hotline could be set up by the Labour
Inspectorate. Growers explained that margins have fallen, and several participants suggested that retailers pay
a fair price.

It is crucial that payslips show all deductions. Pickers without contracts cannot open a bank account.
Stakeholders emphasised the importance of clear payslips.

## Housing

Many caravans have no running water. Better transport to clinics is needed. Municipalities could designate sites
with sanitation, and the regional government should co-finance them. The Ministry of Health is invited to extend
mobile clinics to the valley. There was agreement that nobody should sleep in greenhouses.

## Conclusion

The Agricultural Observatory will present these findings to the Parliament. Progress will depend on political will.
"""

CHARTER = """# Governance Charter of the Estuary Resilience Fund

## Establishment

The Estuary Resilience Fund was created in 2021 by three coastal provinces. It pools contributions from public
and private donors.

## Objective

The Fund seeks to reduce forced moves from flooded villages. Its goals are to:

- relocate families with their consent;
- restore wetlands;
- finance early warning.

## Governing Board

The Governing Board consists of nine persons. It sets the strategy of the Fund and approves the annual budget.
Board members serve for three years and may be re-elected once. The Chair convenes the meetings. Decisions are
adopted by simple majority; in the event of a tie, the Chair decides.

## Secretariat

The Secretariat shall:

(a) receive applications;
(b) verify that applicants meet the criteria;
(c) report to the Governing Board on disbursements.

The provincial bank acts as trustee of the Fund.

## Commitments of the provinces

Each province will contribute one per cent of its tourism tax. Provinces shall not reduce their own spending on
flood protection. The provinces are committed to consulting affected communities before any relocation.
"""

PROGRESS = """# Progress Review of the Mountain Provinces Integration Programme

## Achievements

Between 2020 and 2023, the programme reached 14,000 newcomers. The language centres have been extended to six
towns. Employers report higher retention.

## Gaps

Rural areas remain underserved. Waiting lists for courses exceed nine months, which discourages participation.

## Recommendations

1. The Ministry of Education should recognise prior learning.
2. Provincial authorities must publish waiting times.
3. Establish a single contact point in every province.
4. It would be useful to train bus drivers in basic intercultural skills.
5. Child care during courses is indispensable.
6. Consider opening evening classes.

## Outlook

In 2025 the programme will move to a new building. A follow-up review is planned for 2026. Provided that funds
are secured, the Ministry intends to hire 40 teachers.
"""

LISTENING = """# Summary of the Harbour Workers' Listening Session

The union organised a listening session on 3 March. Around sixty workers attended.

Workers complained that shifts change without notice. They requested that rosters be published two weeks ahead.
One crane operator suggested installing shelters. Several attendees felt that training is too short. The group
agreed that safety officers should speak at least two languages.

Attendees highlighted the lack of toilets on the north pier. Overtime needs to be recorded electronically.
Agencies that withhold passports should lose their licence. Language barriers can cause accidents. Peer mentors
could ease the first weeks. The port authority was asked to reply in writing by May. The union will circulate
the reply to all workers.
"""

ANNOTATED: dict[str, tuple[str, tuple[tuple[str, str, str, str, str], ...]]] = {
    "regional": (
        REGIONAL,
        (
            ("People have moved between", "observation", "?", "?", "?"),
            ("Since 2014 the five", "observation", "?", "?", "?"),
            ("In 2019 ministers agreed", "observation|commitment", "?", "?", "?"),
            ("The Forum aims to", "objective", "infinitive", "Forum|Ridge and Valley Mobility Forum", "?"),
            ("collect figures on", "function", "shall", "Forum|Ridge and Valley Mobility Forum", "-"),
            ("propose common standards", "function", "shall", "Forum|Ridge and Valley Mobility Forum", "-"),
            ("advise the governments", "function", "shall", "Forum|Ridge and Valley Mobility Forum", "?"),
            ("The Ministerial Council is", "observation|function|decision_rule", "present", "?", "?"),
            ("It shall adopt the", "decision_rule|function", "shall", "Ministerial Council", "?"),
            ("The Permanent Office prepares", "function", "present", "Permanent Office", "Ministerial Council"),
            (
                "The Director of the",
                "decision_rule|function",
                "may",
                "Director of the Permanent Office|Permanent Office",
                "?",
            ),
            ("Observers may attend", "decision_rule", "may", "Observers", "?"),
            ("Each member country", "decision_rule|commitment", "shall", "member country", "?"),
            ("Member countries will exchange", "commitment", "will", "Member countries", "?"),
            ("They will not charge", "commitment|decision_rule", "will", "Member countries", "?"),
            ("Member countries should", "recommendation|commitment", "should", "?", "?"),
        ),
    ),
    "plan": (
        PLAN,
        (
            ("The Lantern Refugee Council is", "observation", "?", "?", "?"),
            ("It was set up", "observation", "?", "?", "?"),
            ("The Council runs", "function", "present", "Lantern Refugee Council|Council", "?"),
            ("Asylum procedures take", "observation", "?", "?", "?"),
            ("Waiting without work", "observation", "?", "?", "?"),
            ("Local landlords are", "recommendation", "need", "?", "?"),
            ("Our work is guided", "principle", "present", "?", "?"),
            ("We follow a strict", "principle", "present", "?", "?"),
            ("Objective 1: Reduce", "objective", "infinitive|present", "?", "?"),
            ("Outcome 1.1: Families", "outcome", "present", "?", "?"),
            ("Objective 2: Improve", "objective", "infinitive|present", "?", "?"),
            ("Over the next five", "commitment", "will", "Lantern Refugee Council|Council", "?"),
            ("New advice rooms", "commitment", "will", "Lantern Refugee Council|Council", "?"),
            ("We are currently", "commitment", "present", "Lantern Refugee Council|Council|We", "?"),
            ("This includes a guarantee", "commitment", "present", "?", "?"),
            ("The Council intends", "commitment", "present", "Lantern Refugee Council|Council", "?"),
            ("Volunteers will be", "commitment", "will", "Lantern Refugee Council|Council", "?"),
        ),
    ),
    "hearing": (
        HEARING,
        (
            ("The Agricultural Observatory organised", "observation", "?", "?", "?"),
            ("Forty-two pickers", "observation", "?", "?", "?"),
            ("Participants reported that", "observation", "?", "?", "?"),
            ("They called on the", "recommendation", "call", "Participants", "Ministry of Labour"),
            ("Written contracts should", "recommendation", "should", "Participants", "?"),
            ("A hotline could be", "recommendation", "could", "Participants", "Labour Inspectorate"),
            ("Growers explained that", "observation", "?", "?", "?"),
            ("several participants suggested", "recommendation", "call|should", "Participants", "retailers"),
            ("It is crucial that", "recommendation", "need", "Participants", "?"),
            ("Pickers without contracts", "observation", "?", "?", "?"),
            ("Stakeholders emphasised", "recommendation", "present|need", "Participants|Stakeholders", "?"),
            ("Many caravans have", "observation", "?", "?", "?"),
            ("Better transport to", "recommendation", "need", "Participants", "?"),
            ("Municipalities could", "recommendation", "could", "Participants", "Municipalities"),
            ("the regional government", "recommendation", "should", "Participants", "regional government"),
            ("The Ministry of Health", "recommendation", "call|should", "Participants", "Ministry of Health"),
            ("There was agreement that", "recommendation", "should", "Participants", "-"),
            ("The Agricultural Observatory will", "commitment", "will", "Agricultural Observatory", "?"),
            ("Progress will depend", "observation|recommendation", "?", "?", "?"),
        ),
    ),
    "charter": (
        CHARTER,
        (
            ("The Estuary Resilience Fund was", "observation", "?", "?", "?"),
            ("It pools contributions", "function|observation", "present", "Estuary Resilience Fund|Fund", "?"),
            ("The Fund seeks to", "objective", "infinitive|present", "Estuary Resilience Fund|Fund", "?"),
            ("relocate families", "objective", "infinitive", "Estuary Resilience Fund|Fund", "-"),
            ("restore wetlands", "objective", "infinitive", "Estuary Resilience Fund|Fund", "-"),
            ("finance early", "objective", "infinitive", "Estuary Resilience Fund|Fund", "-"),
            ("The Governing Board consists", "decision_rule|observation", "present", "?", "?"),
            ("It sets the strategy", "function", "present", "Governing Board", "?"),
            ("Board members serve", "decision_rule", "present|may", "Board members", "?"),
            ("The Chair convenes", "function|decision_rule", "present", "Chair", "?"),
            ("Decisions are adopted", "decision_rule", "present", "?", "?"),
            ("receive applications", "function", "shall", "Secretariat", "-"),
            ("verify that", "function", "shall", "Secretariat", "?"),
            ("report to the", "function", "shall", "Secretariat", "Governing Board"),
            ("The provincial bank", "function", "present", "provincial bank", "?"),
            ("Each province will", "commitment", "will", "province|Each province", "?"),
            ("Provinces shall not", "commitment|decision_rule", "shall", "Provinces", "?"),
            ("The provinces are committed", "commitment", "present", "provinces", "?"),
        ),
    ),
    "progress": (
        PROGRESS,
        (
            ("Between 2020", "observation", "?", "?", "?"),
            ("The language centres have", "observation", "?", "?", "?"),
            ("Employers report", "observation", "?", "?", "?"),
            ("Rural areas", "observation", "?", "?", "?"),
            ("Waiting lists", "observation", "?", "?", "?"),
            ("The Ministry of Education", "recommendation", "should", "?", "Ministry of Education"),
            ("Provincial authorities must", "recommendation", "must", "?", "Provincial authorities"),
            ("Establish a single", "recommendation", "infinitive", "?", "?"),
            ("It would be useful", "recommendation", "will|could", "?", "?"),
            ("Child care during", "recommendation", "need", "?", "?"),
            ("Consider opening", "recommendation", "infinitive", "?", "?"),
            ("In 2025 the programme", "commitment", "will", "?", "?"),
            ("A follow-up review", "commitment|observation", "present", "?", "?"),
            ("Provided that", "commitment", "present", "Ministry|Ministry of Education", "?"),
        ),
    ),
    "listening": (
        LISTENING,
        (
            ("The union organised", "observation", "?", "?", "?"),
            ("Around sixty", "observation", "?", "?", "?"),
            ("Workers complained", "observation", "?", "?", "?"),
            ("They requested that", "recommendation", "call|present", "Workers", "?"),
            ("One crane operator", "recommendation", "call", "crane operator|One crane operator|Attendees", "?"),
            ("Several attendees felt", "observation", "present", "?", "?"),
            ("The group agreed", "recommendation", "should", "group|Attendees|Workers", "?"),
            ("Attendees highlighted the lack", "recommendation|observation", "present|need", "?", "?"),
            ("Overtime needs", "recommendation", "need", "Attendees|Workers", "?"),
            ("Agencies that withhold", "recommendation", "should", "Attendees|Workers", "Agencies|?"),
            ("Language barriers", "observation", "?", "?", "?"),
            ("Peer mentors", "recommendation", "could", "Attendees|Workers", "?"),
            ("The port authority was", "recommendation", "call", "?", "port authority"),
            ("The union will", "commitment", "will", "union", "?"),
        ),
    ),
}
