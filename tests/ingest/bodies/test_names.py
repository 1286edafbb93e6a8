"""Names that only their place or their first word makes known, and lines that are no headings."""

from __future__ import annotations

import pytest


def names(found):
    return {n for b in found.bodies for n in (b.name, b.acronym, *b.aliases) if n}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We met Fundación Puerta Abierta in Bogotá.", "Fundación Puerta Abierta"),
        ("The Red de Mujeres Caminantes replied.", "Red de Mujeres Caminantes"),
        ("Association Al Wifaq runs the clinic.", "Association Al Wifaq"),
        ("The Street Vendors' Union signed.", "Street Vendors' Union"),
        ("The Coastal Rescue Coordination Cell met.", "Coastal Rescue Coordination Cell"),
    ],
)
def test_a_name_may_begin_with_its_head_or_own_its_people(reading, text, expected):
    _, found = reading(f"# Note\n\n{text}\n")
    assert expected in names(found)


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("The Association President spoke.", "Association President"),
        ("It acts under the authority of the Ministry of Health.", "authority of the Ministry of Health"),
        ("With the Ministry of Health and Social Care and Médecins du Fleuve we ran clinics.",
         "Ministry of Health and Social Care and Médecins"),
    ],
)  # fmt: skip
def test_a_name_takes_in_no_more_than_it_has(reading, text, stranger):
    _, found = reading(f"# Note\n\n{text}\n")
    assert stranger not in names(found)


def test_the_first_column_of_a_table_of_members_holds_bodies_and_its_heading_row_none(reading):
    _, found = reading(
        "# Charter of the Delta Ports Network\n\n## Members\n\n| Port | Country |\n|---|---|\n"
        "| Harbour Office of Beira | Mozambique |\n| Porto Novo Dredging Works | Benin |\n"
    )
    assert "Porto Novo Dredging Works" in names(found)
    assert not {"Port", "Country"} & names(found)


@pytest.mark.parametrize("text", ["Uruguay commits to three centres.", "It is co-chaired by Uruguay and Honduras."])
def test_a_country_that_acts_is_its_government(reading, text):
    _, found = reading(f"# Note\n\n{text}\n")
    assert any("Uruguay" in n for n in names(found))


def test_a_country_that_things_happen_in_is_none(reading):
    _, found = reading("# Note\n\nUruguay has three airports. Rain fell in Honduras.\n")
    assert not any("Uruguay" in n or "Honduras" in n for n in names(found))


def test_lines_that_fill_in_a_form_are_each_a_passage_and_no_heading(reading):
    document, _ = reading("MINUTES\n\nChair: Ms A. Noor, UNHCR\nVenue: Lomé\nPresent: UNHCR, IOM\n\nThe Chair spoke.\n")
    lines = [p for p in document.passages if p.text.startswith(("Chair:", "Venue:", "Present:"))]
    assert [p.text for p in lines] == ["Chair: Ms A. Noor, UNHCR", "Venue: Lomé", "Present: UNHCR, IOM"]
    assert {p.kind.value for p in lines} == {"sentence"}
