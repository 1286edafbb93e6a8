"""Search over the corpus: what comes first, what a filter lets through, what is only a guess."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.errors import StoreError, UsageError
from search.encoder import Encoder
from search.entries import PLAIN_KINDS, Entry, Filters, Hit, SearchResult
from search.index import SearchIndex, build_index
from search.vector_cache import VectorCache

Entries = Sequence[Entry]
LOST = "temporary identity documents for migrants who lost papers"


def test_the_sentence_meant_comes_first(index: SearchIndex, encoder: Encoder) -> None:
    first = index.search(LOST, encoder=encoder).hits[0]
    assert "temporary identity documents could be issued" in first.entry.quote
    assert first.entry.document == "iraq-outreach-report-2021.md"
    assert not first.weak
    assert {"temporary", "identity", "documents"} <= set(first.why.words)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("people whose passports were stolen on the way", "lose their identification documents"),
        ("sending money home and terrorism financing", "transfer of remittances"),
        ("who looks for people that went missing", "Search teams should locate missing migrants"),
    ],
)
def test_other_words_for_the_same_thing_find_it(
    index: SearchIndex, encoder: Encoder, query: str, words: str
) -> None:
    result = index.search(query, encoder=encoder)
    assert any(words in hit.entry.text for hit in result.hits[:3])
    assert not result.weak


@pytest.mark.parametrize(
    "query",
    ["recipe for lentil soup", "visa fees for students in Canada", "tax treaty with Norway",
     "winner of the football championship", "عدد السكان", "人口"],
)
def test_what_the_store_does_not_say_gives_guesses_only(index: SearchIndex, encoder: Encoder, query: str) -> None:
    result = index.search(query, encoder=encoder)
    assert result.weak
    assert all(hit.weak for hit in result.hits)


def test_a_name_that_nobody_mentions_is_said(index: SearchIndex, encoder: Encoder) -> None:
    assert index.search("tax treaty with Norway", encoder=encoder).notes == ("No passage has 'Norway'.",)


def test_the_parts_add_up_to_the_score(index: SearchIndex, encoder: Encoder) -> None:
    for hit in index.search(LOST, encoder=encoder, affinity={4: 1.0}).hits:
        assert sum(hit.why.parts.values()) == pytest.approx(hit.score, abs=5e-4)


def test_affinity_lifts_what_is_about_the_objective(index: SearchIndex, encoder: Encoder) -> None:
    def score(affinity: dict[int, float]) -> float:
        hits = index.search("documents", encoder=encoder, affinity=affinity, limit=1_000).hits
        return next(hit.score for hit in hits if "temporary identity" in hit.entry.text)

    assert score({4: 1.0}) == pytest.approx(score({}) + 0.1 * 0.9, abs=1e-3)


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (Filters(documents=("iraq-outreach-report-2021.md",)), lambda e: "outreach" in e.document),
        (Filters(document_types=("outreach_report",)), lambda e: "outreach" in e.document),
        (Filters(objectives=(4,)), lambda e: "identity" in e.text),
        (Filters(objectives=(9,), min_strength=1), lambda e: "traffick" in e.text and "identity" not in e.text),
        (Filters(objectives=(9,)), lambda _: False),
        (Filters(places=("kaz",)), lambda e: "kazakhstan" in e.document),
        (Filters(year_from=2021, year_to=2021), lambda e: e.year == 2021),
        (Filters(year_to=2019), lambda _: False),
        (Filters(bodies=("international organization for migration",)), lambda e: bool(e.bodies)),
        (Filters(bodies=("International Organization for Migration",), role_of_body="agent"), lambda e: bool(e.agent)),
        (Filters(bodies=("International Organization for Migration",), role_of_body="addressee"), lambda _: False),
        (Filters(statement_types=("recommendation",)), lambda e: e.statement_type == "recommendation"),
        (Filters(kinds=("heading",)), lambda e: e.kind == "heading"),
        (Filters(min_confidence=1.1), lambda _: False),
        (Filters(review_state="accepted"), lambda _: False),
    ],
)
def test_filters_are_exact(  # every passage that passes can be found, and no other
    index: SearchIndex, encoder: Encoder, corpus_entries: Entries, filters: Filters, passes: object
) -> None:
    assert callable(passes)
    result = index.search("migration", encoder=encoder, filters=filters, limit=1_000)
    found = {hit.entry.passage_iri for hit in result.hits} | {c.passage for hit in result.hits for c in hit.copies}
    kinds = filters.kinds or PLAIN_KINDS
    assert found == {e.passage_iri for e in corpus_entries if e.kind in kinds and passes(e)}


def test_headings_are_left_out_by_default(index: SearchIndex, encoder: Encoder) -> None:
    found = {hit.entry.kind for hit in index.search("functions", encoder=encoder, limit=1_000).hits}
    assert {"sentence", "list_item"} <= found <= set(PLAIN_KINDS)


def test_facets_count_what_passes(index: SearchIndex, encoder: Encoder, corpus_entries: Entries) -> None:
    facets = index.search("border", encoder=encoder, filters=Filters(places=("KAZ",))).facets
    wanted = sum(e.kind in PLAIN_KINDS and "kazakhstan" in e.document for e in corpus_entries)
    assert facets["document"] == (("un-network-kazakhstan-tor.md", wanted),)
    assert facets["place"] == (("KAZ", wanted),)


def test_pages_have_no_gaps_and_no_repeats(index: SearchIndex, encoder: Encoder) -> None:
    whole = index.search(LOST, encoder=encoder, limit=100)
    pages = [index.search(LOST, encoder=encoder, limit=7, offset=offset).hits for offset in range(0, 98, 7)]
    assert [hit for page in pages for hit in page] == list(whole.hits[:98])
    assert len(whole.hits) == 100, "guesses can be paged through too"
    beyond = index.search(LOST, encoder=encoder, offset=1_000)
    assert beyond.hits == ()
    assert not beyond.weak


@pytest.mark.parametrize("query", [LOST, "who chairs the network", "border management in Iraq", "remittances"])
def test_the_total_counts_answers_and_no_guesses(index: SearchIndex, encoder: Encoder, query: str) -> None:
    every = index.search(query, encoder=encoder, limit=1_000, affinity={4: 0.7}).hits
    answers = sum(not hit.weak for hit in every)
    assert 0 < answers < len(every) / 5
    assert index.search(query, encoder=encoder, limit=1, affinity={4: 0.7}).total == answers
    assert index.search(query, encoder=encoder, limit=100, affinity={4: 0.7}).total == max(100, answers)


@pytest.mark.parametrize("query", ["recipe for lentil soup", "tax treaty with Norway"])
def test_where_nothing_answers_the_total_is_small(index: SearchIndex, encoder: Encoder, query: str) -> None:
    assert index.search(query, encoder=encoder, limit=3).total == 10
    assert index.search(query, encoder=encoder, limit=30, offset=30).total == 60


def test_the_total_of_operators_counts_what_they_let_through(index: SearchIndex, encoder: Encoder) -> None:
    every = index.search("remit*", encoder=encoder, limit=1_000).hits
    assert index.search("remit*", encoder=encoder, limit=1).total == len(every) > 1


def test_the_total_of_more_like_this_counts_what_is_like(index: SearchIndex, encoder: Encoder) -> None:
    iri = index.search(LOST, encoder=encoder, limit=1).hits[0].entry.passage_iri
    every = index.more_like(iri, limit=1_000).hits
    alike = sum(not hit.weak for hit in every)
    assert 0 < alike < len(every)
    assert index.more_like(iri, limit=1).total == alike


@pytest.mark.parametrize(
    ("query", "has", "has_not"),
    [
        ('"identity documents"', "identity documents", "\0"),
        ("smugglers OR trafficking", "(?i)traffick|smuggl", "\0"),
        ("trafficking AND persons AND NOT Iraq", "raffick", "Iraq"),
        ("remit*", "emittance", "\0"),
        ("*ittances", "emittance", "\0"),
    ],
)
def test_operators_decide_what_is_found(
    index: SearchIndex, encoder: Encoder, query: str, has: str, has_not: str
) -> None:
    hits = index.search(query, encoder=encoder, limit=100).hits
    assert hits
    assert all(re.search(has, hit.entry.text) and has_not not in hit.entry.text for hit in hits)
    assert not any(hit.weak for hit in hits)


def test_fields_can_be_searched(index: SearchIndex, encoder: Encoder) -> None:
    hits = index.search("document:kazakhstan ministry", encoder=encoder).hits
    assert {hit.entry.document for hit in hits} == {"un-network-kazakhstan-tor.md"}


def test_names_are_found_by_their_abbreviation(index: SearchIndex, encoder: Encoder) -> None:
    synonyms = {"TiP": ("trafficking in persons", "human trafficking"), "trafficking in persons": ("TiP",)}
    without = index.search("tip prosecution", encoder=encoder).hits[0]
    found = index.search("tip prosecution", encoder=encoder, synonyms=synonyms).hits[0]
    assert "rafficking in Persons" in found.entry.text
    assert found.score > without.score
    assert "trafficking in persons" in found.why.words


def test_small_words_are_no_names(index: SearchIndex, encoder: Encoder) -> None:
    synonyms = {"WHO": ("World Health Organization",)}
    plain = index.search("who chairs the meetings", encoder=encoder)
    assert index.search("who chairs the meetings", encoder=encoder, synonyms=synonyms) == plain


def test_more_like_this_leaves_itself_out(index: SearchIndex, encoder: Encoder) -> None:
    hit = index.search("search teams missing migrants", encoder=encoder).hits[0]
    like = index.more_like(hit.entry.passage_iri, limit=20)
    assert hit.entry.passage_iri not in {other.entry.passage_iri for other in like.hits}
    assert any("lose their identification" in other.entry.text for other in like.hits[:5])
    assert not like.hits[0].weak


def test_records_are_exact_and_serialisable(index: SearchIndex, encoder: Encoder, corpus_entries: Entries) -> None:
    record = index.search(LOST, encoder=encoder).hits[0].to_record()
    assert {"document", "quote", "start", "end", "page", "section", "score", "kind", "objectives", "bodies", "why",
            "weak"} <= set(record)
    assert json.loads(json.dumps(record)) == record
    assert any(e.quote == record["quote"] and e.start == record["start"] for e in corpus_entries)
    assert record["objectives"] == [4]


@pytest.mark.parametrize(("limit", "offset"), [(0, 0), (-1, 0), (1_001, 0), (10, -1)])
def test_pages_out_of_range_are_refused(index: SearchIndex, encoder: Encoder, limit: int, offset: int) -> None:
    with pytest.raises(UsageError, match="give"):
        index.search("border", encoder=encoder, limit=limit, offset=offset)


def test_unknown_passages_are_refused(index: SearchIndex) -> None:
    with pytest.raises(UsageError, match="has no passage"):
        index.more_like("urn:nothing")


@settings(max_examples=40, deadline=2_000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.one_of(st.sampled_from(list('"()+-*:~^[]{}\\/ANDORT migrant')), st.characters()),
               max_size=50))
def test_any_query_is_answered_or_refused(index: SearchIndex, encoder: Encoder, query: str) -> None:
    with contextlib.suppress(UsageError):
        assert isinstance(index.search(query, encoder=encoder), SearchResult)


@pytest.mark.parametrize("query", ["migration " * 100_000, "*" * 900 + "ab*", "(" * 400 + "a" + ")" * 400,
                                   " OR ".join(f"word{i}*" for i in range(500)), "a*b*c*d*e*f*g*h*i*j*k*"])
def test_large_and_twisted_queries_take_no_time(index: SearchIndex, encoder: Encoder, query: str) -> None:
    started = time.perf_counter()
    index.search(query, encoder=encoder)
    assert time.perf_counter() - started < 2


def test_copies_are_folded_and_counted(corpus_entries: Entries, encoder: Encoder, tmp_path: Path) -> None:
    sample = [e for e in corpus_entries if "kazakhstan" in e.document and e.kind in PLAIN_KINDS]
    again = [replace(e, passage_iri=e.passage_iri + "-2", document="copy.md", document_slug="copy",
                     text=e.text.upper() if e.text.isascii() else e.text) for e in sample]
    stats = build_index([*again, *sample], tmp_path / "index", encoder=encoder)
    assert stats.passages == 2 * len(sample)
    assert stats.distinct <= len(sample)
    index = SearchIndex.open(tmp_path / "index")
    hits = index.search("secretariat", encoder=encoder, limit=1_000).hits
    assert len(hits) == stats.distinct
    assert all(hit.copies for hit in hits)
    only = index.search("secretariat", encoder=encoder, filters=Filters(documents=("copy.md",)), limit=1_000).hits
    assert not {c.document for hit in only for c in hit.copies} - {"copy.md"}


def test_the_order_of_the_entries_and_the_cache_do_not_matter(
    corpus_entries: Entries, encoder: Encoder, tmp_path: Path
) -> None:
    sample = [e for e in corpus_entries if "kazakhstan" in e.document]
    cache = VectorCache(tmp_path / "cache", encoder)
    assert build_index(sample, tmp_path / "a", encoder=encoder, cache=cache).embedded > 0
    assert build_index(sample[::-1], tmp_path / "b", encoder=encoder, cache=cache).embedded == 0
    build_index(sample, tmp_path / "c", encoder=encoder)

    def hits(folder: str) -> tuple[Hit, ...]:
        return SearchIndex.open(tmp_path / folder).search("members", encoder=encoder, limit=100).hits

    assert hits("a") == hits("b") == hits("c")
    for name in ("ranking.faiss", "sentences.faiss", "passages.parquet"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_an_empty_index_answers_nothing(encoder: Encoder, tmp_path: Path) -> None:
    build_index([], tmp_path / "index", encoder=encoder)
    result = SearchIndex.open(tmp_path / "index").search("border", encoder=encoder)
    assert (result.hits, result.total, result.weak) == ((), 0, True)


def test_broken_characters_can_be_indexed(corpus_entries: Entries, encoder: Encoder, tmp_path: Path) -> None:
    words = "a broken \ud800 border"
    broken = replace(corpus_entries[0], kind="sentence", text=words, quote=words)
    build_index([broken], tmp_path / "index", encoder=encoder)
    (hit,) = SearchIndex.open(tmp_path / "index").search("border", encoder=encoder).hits
    assert len(hit.entry.quote) == len(broken.quote)


def test_an_unknown_role_is_refused(index: SearchIndex, encoder: Encoder) -> None:
    with pytest.raises(UsageError, match="no role of a body"):
        index.search("border", encoder=encoder, filters=Filters(role_of_body="boss"))


def test_progress_reaches_the_end(corpus_entries: Entries, encoder: Encoder, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    sample = corpus_entries[:10]
    build_index(sample, tmp_path / "index", encoder=encoder, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(10, 10)]


@pytest.mark.parametrize("damage", ["index.json", "passages.parquet", "ranking.faiss", "words/meta.json"])
def test_a_damaged_or_missing_index_is_refused(index_folder: Path, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    (folder / damage).write_bytes(b"{}")
    with pytest.raises(StoreError, match="gcmkg ingest"):
        SearchIndex.open(folder)


def test_opening_takes_less_than_a_second(index_folder: Path) -> None:
    started = time.perf_counter()
    SearchIndex.open(index_folder)
    assert time.perf_counter() - started < 1


def test_a_search_imports_neither_torch_nor_pandas(index_folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from search.encoder import load_encoder; "
        "from search.index import SearchIndex; index = SearchIndex.open(Path(sys.argv[1])); "
        "print(len(index.search('border', encoder=load_encoder()).hits)); "
        "print(*sorted({'torch', 'transformers', 'sentence_transformers', 'pandas', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(index_folder)], capture_output=True, text=True, check=True,
                          cwd=Path(__file__).parents[2])
    assert done.stdout.split() == ["10"]
