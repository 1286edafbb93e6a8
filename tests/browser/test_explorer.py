"""The explorer as a person uses it, in a real browser."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

CORPUS = Path(__file__).parents[2] / "corpus"
QUERY = "temporary identity documents for migrants who lost papers"


def test_search_shows_the_answer_with_its_place(page: Page) -> None:
    page.goto("/")
    box = page.get_by_label("What are you looking for?")
    box.fill(QUERY)
    box.press("Enter")
    first = page.locator(".evidence").first
    expect(first).to_contain_text("temporary identity documents could be issued")
    expect(first).to_contain_text("iraq-outreach-report-2021.md")
    expect(first).to_contain_text("Group 2")
    expect(first.locator("mark").first).to_be_visible()


def test_a_hit_opens_the_text_at_its_place(page: Page) -> None:
    page.goto(f"/?q={urllib.parse.quote(QUERY)}")
    first = page.locator(".evidence").first
    expect(first).to_contain_text("temporary identity documents")
    quote = first.locator(".quote").inner_text()
    first.get_by_role("link", name="Open in the document").click()
    marked = page.locator(".reader mark")
    expect(marked).to_be_visible()
    assert marked.inner_text() == quote
    assert "document=iraq-outreach-report-2021.md" in page.url


def test_objectives_show_bodies_with_evidence(page: Page) -> None:
    page.goto("/objectives?objective=10")
    expect(page.get_by_role("heading", name=re.compile("Eradicate trafficking"))).to_be_visible()
    evidence = page.locator(".evidence")
    expect(evidence.first).to_be_visible()
    text = evidence.first.locator(".quote").inner_text()
    assert any(text in p.read_text("utf-8") for p in CORPUS.glob("*.md"))


def test_sparql_runs_a_query_of_ones_own(page: Page) -> None:
    query = "SELECT (COUNT(?d) AS ?documents) WHERE { ?d a gcm:Document }"
    page.goto(f"/workbench?query={urllib.parse.quote(query)}")
    expect(page.get_by_text(re.compile(r"1 rows in"))).to_be_visible()
    expect(page.get_by_role("button", name="Download as csv", exact=True)).to_be_visible()


def test_a_refused_query_is_one_sentence(page: Page) -> None:
    page.goto("/workbench?query=" + urllib.parse.quote("DROP ALL"))
    alert = page.get_by_role("alert").first
    expect(alert).to_be_visible()
    assert "Traceback" not in page.content()


def test_the_endpoint_answers_on_the_same_origin(explorer: str) -> None:
    query = urllib.parse.urlencode({"query": "ASK { ?d a gcm:Document }"})
    with urllib.request.urlopen(f"{explorer}/sparql?{query}", timeout=30) as answer:
        assert answer.headers["content-type"].startswith("application/sparql-results+json")
        assert json.load(answer)["boolean"] is True


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/?q=shelter&n=²&objective=²", ".evidence"),
        ("/objectives?objective=²", ".evidence"),
        ("/document?document=iraq-outreach-report-2021.md&at=²&to=-1", ".reader"),
    ],
)
def test_an_address_with_odd_numbers_opens(page: Page, address: str, shown: str) -> None:
    page.goto(address)
    expect(page.locator(shown).first).to_be_visible()
    expect(page.get_by_text("Something went wrong")).to_have_count(0)


def test_a_new_query_begins_with_the_first_hits(page: Page) -> None:
    page.goto("/?q=shelter&n=20")
    expect(page.locator(".evidence")).to_have_count(20)
    box = page.get_by_label("What are you looking for?")
    box.fill("remittances")
    box.press("Enter")
    expect(page.locator(".evidence")).to_have_count(10)


def test_the_sheet_to_download_holds_no_formula(page: Page) -> None:
    page.goto("/workbench?query=" + urllib.parse.quote("SELECT ('=1+1' AS ?cell) WHERE {}"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as csv", exact=True).click()
    assert "'=1+1" in Path(download.value.path()).read_text("utf-8-sig")


def test_only_requests_for_this_host_are_answered(explorer: str) -> None:
    request = urllib.request.Request(f"{explorer}/_stcore/health", headers={"Host": "rebound.example"})
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=30)
