"""HTML of our own around text of documents, which is always escaped: it never becomes markup or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

from ui.explorer import wording

_BREAK = re.compile(r"\n[ \t]*\n|\f")

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
        f'<div class="evidence{weak}">{head}<div class="quote">{marked(shown_quote(record), words)}</div>'
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


def reader(text: str, pieces: Sequence[tuple[int, int]], *, before_it: int, after_it: int) -> str:
    """The text about a quote, with each `[start, end)` of its pieces marked, and so much before and after it.

    Args:
        text: of the document.
        pieces: the stretches that the quote consists of, in order; several where a break interrupts it.
        before_it: characters before the quote.
        after_it: characters after the quote.
    """
    begin = max(0, pieces[0][0] - before_it)
    finish = min(len(text), pieces[-1][1] + after_it)
    out, last = [], begin
    for number, (start, end) in enumerate(pieces):
        if text[start:end]:
            name = ' id="here"' if number == 0 else ""
            out += [escape(text[last:start]), f"<mark{name}>{escape(text[start:end])}</mark>"]
            last = end
    head = "… " if begin > 0 else ""
    tail = " …" if finish < len(text) else ""
    return f'<div class="reader">{head}{"".join(out)}{escape(text[last:finish])}{tail}</div>'


def shown_quote(record: Mapping[str, Any]) -> str:
    """A quote as it reads: on one line, and without what a page break or a note put in the midst of it."""
    quote = str(record["quote"])
    interrupted = len(record.get("fragments") or ()) > 1 or _BREAK.search(quote)
    return " ".join(str((record.get("text") or quote) if interrupted else quote).split())
