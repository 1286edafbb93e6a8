"""Whatever the text: offsets hold, nothing runs away, and the same text gives the same answer."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.bodies import find_bodies
from ingest.bodies.align import Alignment
from ingest.bodies.forms import find_forms
from ingest.bodies.registry import plain, registry_of
from ingest.instruments import find_instruments
from ingest.segment import passages_of
from ontology.document import Document, Metadata, Passage, PassageKind, Source, Span
from ontology.vocabulary import load_vocabulary

WORDS = st.sampled_from(
    [
     "the Network", "IOM", "Ministry of", "Labour", "and", "(", ")", "in", "Kenya", "Working Group", "on",
     "co-chaired by", "UNICEF", ",", ".", "Government of", "meets", "quarterly", "«", "é", "’s", "I",
     "established in 2019", "*", "\n\n", "- ", "members", ":", "resolution 73/195", "Strategy", "İ",
     "A/RES/73/195 5",
    ]
)  # fmt: skip


def document(text: str) -> Document:
    source = Source("x.md", "x.md", "x", "0" * 64, "text/markdown", text)
    return Document(source, Metadata(title="Terms of Reference of the Lake Forum"), passages_of(source))


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_offsets_hold_in_any_text(text):
    read = document(text)
    found = find_bodies(read, load_vocabulary())
    instruments = find_instruments(read, load_vocabulary())
    for fact in (*found.bodies, *found.relations, *found.body_facts, *instruments):
        assert text[fact.evidence.start : fact.evidence.end] == fact.evidence.quote
    assert found == find_bodies(read, load_vocabulary())


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_forms_lie_within_their_text_in_order(text):
    flat = plain(text)
    forms = find_forms(flat, registry_of(load_vocabulary()).find(flat))
    ends = [0, *(f.end for f in forms)]
    assert all(end <= f.start < f.end <= len(flat) for end, f in zip(ends, forms, strict=False))


@given(st.lists(st.sampled_from(["word", "**bold**", "a¹", "end.²"]), min_size=1, max_size=12))
def test_alignment_finds_the_words_that_mending_kept(parts):
    source = "\n".join(parts)
    mended = " ".join(p.replace("*", "").replace("¹", "").replace("²", "") for p in parts)
    passage = Passage(0, "k", PassageKind.SENTENCE, 0, len(source), source, mended, (Span(0, len(source)),), 0)
    aligned = Alignment(passage, source)
    at = 0
    for word in mended.split(" "):
        span = aligned.span(at, at + len(word))
        assert source[span.start : span.end] == word
        at += len(word) + 1


@pytest.mark.parametrize(
    "text",
    [
        "Ministry of A, B and " * 400,
        "The Network " * 2000,
        "co-chaired by IOM, UNICEF and " * 500,
        "(" * 5000,
        "A/RES/" + "7/" * 3000,
        "Network and " * 2000 + "Fund",
        "IOM " * 3000 + "launched the Forum",
    ],
)
def test_hostile_text_takes_no_longer_than_honest_text(text):
    read = document(text)
    began = time.process_time()
    find_bodies(read, load_vocabulary())
    find_instruments(read, load_vocabulary())
    assert time.process_time() - began < 3
