"""Text of documents never becomes HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.explorer import markup
from ui.explorer.state import read_number

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![remote](http://example.org/x.png)",
    "</div></div><h1>taken over",
    "&lt;b&gt;",
]


class Seen(HTMLParser):
    """The tags and attribute names of a piece of HTML, and its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(html: str) -> Seen:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text(text: str) -> None:
    record = {"document": text, "quote": text, "section": text, "page": 1, "start": 0, "end": 9}
    found = seen(markup.evidence(record, who=text, words=[text], badges=[text]))
    assert found.tags <= {"div", "span", "a", "mark"}
    assert found.attributes <= {"class", "href", "target"}
    assert found.text.count(text) >= 4
    assert seen(markup.reader(f"a {text} b", [(2, 2 + len(text))], before_it=9, after_it=9)).tags <= {"div", "mark"}


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_marking_words_keeps_the_text(text: str, words: list[str]) -> None:
    found = seen(f"<div>{markup.marked(text, words)}</div>")
    shown = found.text.replace("\r\n", "\n").replace("\r", "\n")
    assert shown.replace("\x00", "\ufffd") == text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    assert found.tags <= {"div", "mark"}


def test_every_piece_of_an_interrupted_quote_is_marked_and_what_interrupts_is_not() -> None:
    text = "Before. States should 12 | Page offer shelter. After."
    first, second = text.index("States"), text.index("offer")
    html = markup.reader(text, [(first, first + 13), (second, second + 14)], before_it=3, after_it=3)
    assert "<mark id=\"here\">States should</mark> 12 | Page <mark>offer shelter.</mark>" in html
    assert seen(html).text == "… e. States should 12 | Page offer shelter. Af …"


@pytest.mark.parametrize(
    ("record", "shown"),
    [
        ({"quote": "a  line\nwrapped", "text": "other"}, "a line wrapped"),
        ({"quote": "States should\n\n12\n\nact", "text": "States should act"}, "States should act"),
        ({"quote": "States 12 act", "text": "States act", "fragments": [[0, 6], [10, 13]]}, "States act"),
        ({"quote": "States\n\nact"}, "States act"),
    ],
)
def test_a_quote_is_shown_as_it_reads(record: dict[str, object], shown: str) -> None:
    assert markup.shown_quote(record) == shown


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("²", 10), ("", 10), ("-3", 10), ("999", 200), ("0", 1), ("9" * 5_000, 10), ("٣", 10)],
)
def test_a_number_of_the_address_bar_is_read_safely(text: str, number: int) -> None:
    assert read_number(text, 10, 1, 200) == number
