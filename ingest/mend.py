"""Mending: what a reader sees of a stretch of stored text, without marks of notes, emphasis and lines.

Quotes stay exact; only `Passage.text`, headings, cells and lead-ins are mended. Every pattern here is linear
in the length of the text: no part of one can match what the next part matches.
"""

from __future__ import annotations

import html
import re

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# A raised figure, <sup>1</sup> or [^1]; it begins with one class of characters, so that a search skips all others.
NOTE_MARK = (
    rf"[{SUPERSCRIPTS}<\[](?:(?<=[{SUPERSCRIPTS}])[{SUPERSCRIPTS}]{{0,3}}"
    r"|(?<=<)sup>[\s\d*†‡,]{1,12}</sup>|(?<=\[)\^[^\[\]\s]{1,20}\])"
)

_FIRST = rf"[!\\\[<&*_`{SUPERSCRIPTS}]"
_MARKUP = re.compile(
    rf"(?={_FIRST})(?:"
    r"\\{1,3}(?P<escaped>[`*_{}\[\]()#+\-.!|<>~&$@/])|\\(?P<backslash>\\)"
    r"|!\[[^\[\]]{0,500}\]\([^()\s]{0,2000}\)"
    r"|\[(?P<label>[^\[\]]{1,500})\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?\)"
    r"|<(?P<address>(?:https?://|mailto:)[^<>\s]{1,2000})>"
    rf"|(?<![ck]m)(?<!\bm)(?:{NOTE_MARK})"
    r"|(?P<gap><br\s?/?>)"
    r"|<!--[^<>]{0,2000}-->|</?[A-Za-z][^<>]{0,200}>"
    r"|(?P<entity>&(?:\#\d{1,7}|\#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,30});)"
    r"|\*+(?=\S)|(?<=\S)\*+"
    r"|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,:;!?)])_{1,3}(?!\w)"
    r"|(?<!\w)`{1,3}|`{1,3}(?!\w))"
)
_SIGN = re.compile(_FIRST)
_QUOTE_LINE = re.compile(r"(?<=\n)[ \t]{0,3}>[ \t]?")
_HYPHENATED = re.compile(r"(?<=[^\W\d_]{2})-[ \t]*\r?\n[ \t]*(?=[^\W\d_]{2})")
# Control and format characters; the joiners that Persian and Indic scripts need (U+200C, U+200D) stay.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]"
)
_LAST_WORD = re.compile(r"[^\W\d_]{1,30}$")

# First parts of compounds whose hyphen belongs to the word, wherever the line happens to end.
_KEEPS_HYPHEN = frozenset(
    [
        "all", "anti", "capacity", "child", "client", "climate", "co", "community", "counter", "cross", "decision",
        "evidence", "ex", "family", "fact", "follow", "full", "gender", "half", "high", "host", "human",
        "intra", "joint", "labour", "large", "long", "low", "macro", "medium", "mid", "multi", "non", "not", "one",
        "people", "policy", "post", "pre", "private", "pro", "public", "quasi", "results", "rights", "rural",
        "self", "semi", "short", "small", "sub", "system", "third", "two", "time", "up", "urban",
        "well", "whole",
    ]
)


def _replacement(match: re.Match[str]) -> str:
    kind = match.lastgroup
    if kind == "label":
        return _MARKUP.sub(_replacement, match["label"])
    if kind == "entity":
        return html.unescape(match["entity"])
    if kind == "gap":
        return " "
    return match[kind] if kind else ""


def _joined_word(match: re.Match[str]) -> str:
    left = _LAST_WORD.search(match.string, max(0, match.start() - 30), match.start())
    right = match.string[match.end()]
    return "-" if right.isupper() or (left and left[0].casefold() in _KEEPS_HYPHEN) else ""


def unhyphenated(text: str) -> str:
    """The text with the words joined that a line's end parts by a hyphen."""
    return _HYPHENATED.sub(_joined_word, text) if "\n" in text and "-" in text else text


def mend(text: str) -> str:
    """The text as one line without emphasis, note marks, link targets, escapes, tags and line-end hyphens."""
    if "\n" in text:
        text = unhyphenated(_QUOTE_LINE.sub("", text) if ">" in text else text)
    if _SIGN.search(text):
        text = _MARKUP.sub(_replacement, text)
    if not text.isprintable():  # nothing that is invisible is printable
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())
