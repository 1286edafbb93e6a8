"""Sentence boundaries of UN text, and what mending leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.mend import mend
from ingest.sentences import LONGEST, split_sentences, without_closing


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Forum met.² Participants spoke.", ["The Forum met.", "Participants spoke."]),
        ("It met in Geneva.12 Members agreed.", ["It met in Geneva.", "Members agreed."]),
        ("It covers all countries.³", ["It covers all countries."]),
        ("Climate<sup>1</sup> matters.<sup>2</sup> So does work.", ["Climate<sup>1</sup> matters.", "So does work."]),
        ("See the plan.[^4] It is long.", ["See the plan.", "It is long."]),
        ("See para. 44 and p. 17 of No. 5. It is clear.", ["See para. 44 and p. 17 of No. 5.", "It is clear."]),
        ("Did they agree? No. They did not.", ["Did they agree?", "No.", "They did not."]),
        ("Mr. Ivan K. Petrov spoke. He left.", ["Mr. Ivan K. Petrov spoke.", "He left."]),
        ("The list is in Annex B. The rest is not.", ["The list is in Annex B.", "The rest is not."]),
        ("Growth was 3.5 per cent, i.e. Low. Fine.", ["Growth was 3.5 per cent, i.e. Low.", "Fine."]),
        ("See Doc. E/CN.4/1998/53/Add.2, 5, para. 2.", ["See Doc. E/CN.4/1998/53/Add.2, 5, para. 2."]),
        ("Go to https://example.org/a.b?c=1. Then read.", ["Go to https://example.org/a.b?c=1.", "Then read."]),
        ("Jobs, housing, etc. are scarce. More follows.", ["Jobs, housing, etc. are scarce.", "More follows."]),
        ("Jobs, housing, etc. Migrants lack them.", ["Jobs, housing, etc.", "Migrants lack them."]),
        ("“We agree.” The chair closed.", ["“We agree.”", "The chair closed."]),
        ("They “back it. (para 44-45)” The text notes it.", ["They “back it. (para 44-45)”", "The text notes it."]),
        ("It grew (see table. It is old) fast. Then fell.", ["It grew (see table. It is old) fast.", "Then fell."]),
        ("It waits … The rest came.", ["It waits …", "The rest came."]),
        ("One; two; three. Four.", ["One; two; three.", "Four."]),
        ("**Scope.** The group works well. It is small.", ["**Scope.** The group works well.", "It is small."]),
        ("Address: Main Road  \nEmail: a@b.int", ["Address: Main Road", "Email: a@b.int"]),
        ("انعقد الاجتماع. هل اتفقوا؟ نعم.", ["انعقد الاجتماع.", "هل اتفقوا؟", "نعم."]),
        ("会议结束。大家同意。", ["会议结束。", "大家同意。"]),
    ],
)
def test_boundaries_stand_where_a_reader_sees_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "span", "closing"),
    [
        ("Promote the rights of all;", "Promote the rights of all", ";"),
        ("Promote the rights; and", "Promote the rights", ";"),
        ("Promote the rights, and", "Promote the rights", ","),
        ("The Chair shall:", "The Chair shall", ":"),
        ("It meets.", "It meets.", ""),
    ],
)
def test_closing_marks_of_list_items_are_left_out(text: str, span: str, closing: str) -> None:
    (sentence,) = split_sentences(text)
    kept, mark = without_closing(text, sentence)
    assert (text[kept.start : kept.end], mark) == (span, closing)


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("**Bold** and *italic* and <b>tag</b>", "Bold and italic and tag"),
        ("see [A/RES/71/1](#) and <https://a.org/x>", "see A/RES/71/1 and https://a.org/x"),
        ("migrants¹ and States<sup>2</sup>,[^3] too", "migrants and States, too"),
        ("an area of 5 km² in all", "an area of 5 km² in all"),
        ("inter-\nnational and well-\nmanaged", "international and well-managed"),
        ("one\n\ntwo\r\nthree", "one two three"),
        (r"file\_name and \*star", "file_name and *star"),
        ("file_name_x stays, _this_ goes", "file_name_x stays, this goes"),
        ("Tom &amp; Ann\u200b\u202e\x07", "Tom & Ann"),
        ("quoted\n> text", "quoted text"),
    ],
)
def test_mended_text_reads_as_prose(raw: str, mended: str) -> None:
    assert mend(raw) == mended


def test_text_without_stops_is_cut_at_words() -> None:
    text = "word " * 5000
    found = sentences(text)
    assert all(len(s) <= LONGEST for s in found)
    assert " ".join(found).split() == text.split()


@given(st.text(st.characters(codec="utf-8") | st.sampled_from(".²³ \n()“”ABab1*;:"), max_size=300))
def test_sentences_are_ordered_disjoint_and_trimmed(text: str) -> None:
    end = 0
    for span in split_sentences(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        end = span.end
