"""Text of documents never becomes HTML."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.explorer import markup

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
    assert seen(markup.reader(f"a {text} b", 2, 2 + len(text), before_it=9, after_it=9)).tags <= {"div", "mark"}


@given(st.text(), st.lists(st.text(min_size=1), max_size=3))
def test_marking_words_keeps_the_text(text: str, words: list[str]) -> None:
    found = seen(f"<div>{markup.marked(text, words)}</div>")
    shown = found.text.replace("\r\n", "\n").replace("\r", "\n")
    assert shown.replace("\x00", "\ufffd") == text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    assert found.tags <= {"div", "mark"}
