"""Offices, members and partners in the wordings and layouts of terms of reference, reviews and strategies.

`offices.jsonl` has a short text a line, and the relations (subject, relation, object, status) that it states.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LINES = Path(__file__).with_name("offices.jsonl").read_text("utf-8").splitlines()
CASES = [json.loads(line) for line in LINES]


def known(found):
    """Name in any form → IRI."""
    names = {}
    for body in found.bodies:
        for name in (body.name, body.acronym, *body.aliases):
            if name:
                names.setdefault(name.lower(), body.iri)
                names.setdefault(name.lower().replace("un ", "united nations ", 1), body.iri)
    return names


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_who_is_what_in_which_body(reading, case):
    _, found = reading(case["text"])
    names = known(found)
    told = {(r.subject_iri, r.relation.value, r.object_iri, r.status.value) for r in found.relations}
    missed = [(s, r, o, st) for s, r, o, st in case["expected"]
              if (names.get(s.lower()), r, names.get(o.lower()), st) not in told]  # fmt: skip
    assert not missed


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("The working groups may be chaired by UNHCR.", "chair_of"),
        ("UNHCR is not a member of the Lakes Platform.", "member_of"),
        ("The process led by UNHCR supports the Lakes Platform.", "chair_of"),
        ("The Lakes Platform covers cases that UNHCR leads in camps.", "chair_of"),
    ],
)
def test_what_only_may_be_or_is_of_something_else_is_no_office(reading, text, relation):
    _, found = reading(f"# Lakes Platform: Terms of Reference\n\n{text}\n")
    assert relation not in {r.relation.value for r in found.relations}
