"""HTML of our own around text of documents, which is always escaped: it never becomes markup or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode

from ui.explorer import wording

STYLE = """
<style>
.evidence { border-left: 4px solid #0b5cad; padding: .35rem .9rem; margin: .2rem 0 .4rem 0; }
.evidence.weak { border-left-color: #8a8a8a; }
.evidence .who { font-weight: 600; margin-bottom: .15rem; }
.evidence .quote { font-size: 1.02rem; line-height: 1.5; white-space: pre-wrap; overflow-wrap: anywhere; }
.evidence .place { font-size: .86rem; opacity: .8; margin-top: .25rem; overflow-wrap: anywhere; }
.evidence mark { background: #ffe9a8; color: #222; padding: 0 .1em; border-radius: .15em; }
.badge { display: inline-block; border: 1px solid currentColor; border-radius: 1em; padding: 0 .55em;
         font-size: .8rem; margin-right: .35em; opacity: .85; }
.reader { line-height: 1.6; white-space: pre-wrap; overflow-wrap: anywhere; max-width: 46rem; }
.reader mark { background: #ffe08a; color: #222; scroll-margin-top: 40vh; }
</style>
"""


def evidence(
    record: Mapping[str, Any], *, who: str = "", words: Iterable[str] = (), badges: Iterable[str] = ()
) -> str:
    """A quote with its document, section, page, and a link to the place in the text; `who` is its heading."""
    place = " · ".join(
        escape(str(part))
        for part in (record["document"], record.get("section"), page_of(record))
        if part
    )
    labels = "".join(f'<span class="badge">{escape(badge)}</span>' for badge in badges)
    weak = " weak" if record.get("weak") else ""
    head = f'<div class="who">{escape(who)}</div>' if who else ""
    return (
        f'<div class="evidence{weak}">{head}<div class="quote">{marked(str(record["quote"]), words)}</div>'
        f'<div class="place">{labels}{place} · <a href="{escape(place_link(record))}" target="_self">'
        f"{escape(wording.OPEN_PLACE)}</a></div></div>"
    )


def page_of(record: Mapping[str, Any]) -> str:
    """"p. 4", or nothing for a format without pages."""
    return f"p. {record['page']}" if record.get("page") else ""


def place_link(record: Mapping[str, Any]) -> str:
    """The address at which the reader opens with this quote marked."""
    return "/document?" + urlencode({"document": record["document"], "at": record["start"], "to": record["end"]})


def marked(text: str, words: Iterable[str]) -> str:
    """The escaped text, with the given words marked; matched whole and without case."""
    wanted = sorted({w for w in words if w.strip()}, key=lambda w: (-len(w), w))
    if not wanted:
        return escape(text)
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(w) for w in wanted) + r")\w*", re.IGNORECASE)
    out, last = [], 0
    for match in pattern.finditer(text):
        out += [escape(text[last : match.start()]), f"<mark>{escape(match[0])}</mark>"]
        last = match.end()
    return "".join([*out, escape(text[last:])])


def reader(text: str, start: int, end: int, *, before_it: int, after_it: int) -> str:
    """The text about a place, with `[start, end)` marked, and so many characters before and after it."""
    begin, finish = max(0, start - before_it), min(len(text), end + after_it)
    before, quote, after = text[begin:start], text[start:end], text[end:finish]
    head = "… " if begin > 0 else ""
    tail = " …" if finish < len(text) else ""
    mark = f'<mark id="here">{escape(quote)}</mark>' if quote else ""
    return f'<div class="reader">{head}{escape(before)}{mark}{escape(after)}{tail}</div>'
