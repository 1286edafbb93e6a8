"""Title pages in the manner of many organisations, in words of our own: what each says of its document."""

from __future__ import annotations

import pytest

from ingest.segment import segment
from ontology.document import DocumentType, Metadata, Source

BODY = (
    "\n\nIntroduction\n\nCrews who work far from home are paid late. The council has looked at how wages are paid and "
    "what can be done about it. It met the owners of boats and the families of crews.\n"
)

PAGES: dict[str, tuple[str, dict[str, object]]] = {
    "assembly": (
        "United Nations\n\nA/77/999\n\nGeneral Assembly\n\nDistr.: General\n\n14 September 2022\n\n"
        "Original: English\n\nSeventy-seventh session\n\nItem 18 of the provisional agenda\n\n"
        "Wages of migrant crews\n\n"
        "Report of the Secretary-General",
        {"title": "Wages of migrant crews", "type": DocumentType.REPORT, "date": "2022-09-14",
         "publisher": "Secretary-General"},
    ),
    "ministry": (
        "REPUBLIC OF KENYA\n\nMINISTRY OF LABOUR\n\nNATIONAL STRATEGY ON THE WAGES OF CREWS\n\nMay 2023",
        {"title": "NATIONAL STRATEGY ON THE WAGES OF CREWS", "type": DocumentType.STRATEGY, "date": "2023-05",
         "publisher": "MINISTRY OF LABOUR", "scope": ("KEN",)},
    ),
    "charity": (
        "Paid too late\n\nA report by Harbour Aid\n\nNovember 2020",
        {"title": "Paid too late", "type": DocumentType.REPORT, "date": "2020-11", "publisher": "Harbour Aid"},
    ),
    "commission": (
        "AFRICAN UNION COMMISSION\n\nPlan of Action on Coastal Labour (2021–2030)\n\nAddis Ababa",
        {"title": "Plan of Action on Coastal Labour (2021–2030)", "type": DocumentType.ACTION_PLAN, "date": "2021",
         "publisher": "AFRICAN UNION COMMISSION"},
    ),
    "minutes": (
        "# Technical Working Group on Crews\n\nMinutes of the meeting held on 12 April 2021 in Tbilisi",
        {"title": "Technical Working Group on Crews", "date": "2021-04-12",
         "publisher": "Technical Working Group on Crews"},
    ),
    "communication": (
        "Brussels, 23.9.2020\n\nCOM(2020) 999 final\n\n# On fair wages for crews\n\nOffice for Fair Work",
        {"title": "On fair wages for crews", "date": "2020-09-23"},
    ),
    "resolution": (
        "# Resolution adopted by the General Assembly on 19 December 2018\n\n73/999. Protection of crews at sea",
        {"type": DocumentType.RESOLUTION, "date": "2018-12-19", "publisher": "General Assembly"},
    ),
    "review": (
        "# Voluntary National Review of Ghana 2022\n\nMinistry of Fisheries\n\nAccra",
        {"title": "Voluntary National Review of Ghana 2022", "type": DocumentType.REVIEW, "date": "2022",
         "scope": ("GHA",), "publisher": "Ministry of Fisheries"},
    ),
    "consultation": (
        "# Regional Consultation on Missing Crews\n\nSummary report\n\nDakar, Senegal, 4–5 July 2022\n\n"
        "Organized by: Harbour Aid",
        {"title": "Regional Consultation on Missing Crews", "type": DocumentType.OUTREACH_REPORT, "date": "2022-07-05",
         "publisher": "Harbour Aid"},
    ),
    "terms": (
        "# Terms of Reference\n\n## Inter-Agency Task Force on Wages\n\nRevised version, 1 October 2021",
        {"type": DocumentType.TERMS_OF_REFERENCE, "date": "2021-10-01", "publisher": "Inter-Agency Task Force on Wages",
         "version": "Revised version, 1 October 2021"},
    ),
    "agency": (
        "# UNHCR Strategy for Host Harbours 2022–2025\n\nEndorsed by its Executive Board in June 2022",
        {"title": "UNHCR Strategy for Host Harbours 2022–2025", "type": DocumentType.STRATEGY, "publisher": "UNHCR"},
    ),
    "office": (
        "# Wages at Sea\n\n## Guide for inspectors\n\nFirst edition, 2019\n\n"
        "Copyright © International Office for Crews 2019",
        {"title": "Wages at Sea", "date": "2019", "publisher": "International Office for Crews",
         "version": "First edition, 2019"},
    ),
}


def read(text: str) -> Metadata:
    return segment(Source("a.md", "a.md", "a", "0", "text/markdown", text + BODY)).metadata


@pytest.mark.parametrize(
    ("page", "field"), [(name, field) for name, (_, fields) in PAGES.items() for field in fields],
)
def test_a_title_page_says(page: str, field: str) -> None:
    text, fields = PAGES[page]
    assert getattr(read(text), field) == fields[field]
