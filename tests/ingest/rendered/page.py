"""Blocks to a web page, with the menus, notices and scripts that pages have around their text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby

from ontology.document import PassageKind
from tests.ingest.rendered.material import BOLD, CLOSE, OPEN, REGULAR, Block

BOILERPLATE = ("Skip to main content", "We use cookies to improve this site", "Subscribe to our newsletter")


def web_page(blocks: Sequence[Block], *, title: str) -> bytes:
    """The blocks as HTML; lines of contents are left out."""
    body = []
    for kind, group in groupby(blocks, key=lambda b: b.kind):
        members = list(group)
        if kind is PassageKind.TABLE_ROW:
            rows = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in b.cells)}</tr>" for b in members)
            body.append(f"<table><tbody>{rows}</tbody></table>")
        elif kind is PassageKind.LIST_ITEM:
            body.append(_list(members))
        else:
            body.extend(_block(b) for b in members)
    return (
        f"<!DOCTYPE html>\n<html lang=en><head><meta charset=utf-8><title>{escape(title)}</title>"
        "<style>p { color: black }</style><script>var words = 'The text of a script is no text.';</script></head>"
        f"<body><a href='#main'>{BOILERPLATE[0]}</a><header><nav><ul><li><a href=/>Home</a><li><a href=/x>Topics</a>"
        f"</ul></nav></header><div class='cookie-banner'><p>{BOILERPLATE[1]}.</p></div><main id=main>\n"
        + "\n".join(body)
        + f"\n</main><footer><p>{BOILERPLATE[2]}.</p></footer></body></html>"
    ).encode()


def _list(items: Sequence[Block]) -> str:
    """Nested lists by level; a marked item shows its mark as text."""
    out, level = [], 0
    for item in items:
        while level < item.level:
            out.append("<ul>")
            level += 1
        while level > max(item.level, 1):
            out.append("</ul>")
            level -= 1
        mark = f"{item.mark} " if item.mark and item.mark not in "-*+•" else ""
        out.append(f"<li>{escape(mark)}{_inline(item)}</li>")
    return "".join(out) + "</ul>" * level


def _block(block: Block) -> str:
    text = _inline(block)
    if block.kind is PassageKind.HEADING:
        level = min(block.level, 6)
        return f"<h{level}>{text}</h{level}>"
    if block.kind is PassageKind.FOOTNOTE:
        return f"<p class=footnote id=fn{block.note}><sup>{block.note}</sup> {text}</p>"
    if block.kind is PassageKind.CAPTION:
        return f"<figure><img src=x.png alt=''><figcaption>{text}</figcaption></figure>"
    return "" if block.kind is PassageKind.CONTENTS else f"<p>{text}</p>"


def _inline(block: Block) -> str:
    parts = []
    for number, sentence in enumerate(block.sentences):
        if number:
            parts.append("<br>\n" if block.sentences[number - 1].text[-1:].isalnum() else "\n")
        parts.append(escape(sentence.text))
    text = re.sub(f"{OPEN}([^{CLOSE}]*){CLOSE}", r"<sup><a href='#fn\1'>\1</a></sup>", "".join(parts))
    return text.replace(BOLD, "<strong>").replace(REGULAR, "</strong>")
