"""The parts of a web page: which hold its text, which are menus and notices, and what its tables say."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.formats.spans import MOST_COLUMNS, spread

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "li", "main", "menu", "ol", "p",
    "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}
NOTES = re.compile(r"(?i)(?<![a-z])(?:footnotes?|endnotes?|doc-endnotes|references)(?![a-z])")

_NEVER = frozenset({
    "script", "style", "noscript", "template", "svg", "head", "title", "nav", "button", "input", "select", "textarea",
    "iframe", "object", "embed", "video", "audio", "canvas", "dialog", "datalist", "map", "meter", "progress",
})
_AROUND = frozenset({"header", "footer", "aside"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu"})
_NAMED = re.compile(
    r"(?i)(?<![a-z])(?:cookies?|breadcrumbs?|nav(?:bar|igation)?|menu|sidebar|share|sharing|social|skip-?(?:link|to)|"
    r"newsletter|subscribe|pagination|pager|related-(?:posts|links)|advert(?:isement)?s?|sr-only|visually-hidden|"
    r"screen-reader-text|site-(?:header|footer))(?![a-z])"
)
_CONTENTS = re.compile(r"(?i)(?<![a-z])(?:toc|table-of-contents|contents-list)(?![a-z])")
_HIDDEN = re.compile(r"(?i)(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)")


def attribute(node: LexborNode, name: str) -> str:
    """An attribute's value, "" where it has none."""
    return (node.attributes.get(name) or "")[:2000]


def is_boilerplate(node: LexborNode) -> bool:
    """Whether an element holds no text of the document: a menu, a notice, a form, a script, what is hidden."""
    tag = node.tag or ""
    if tag in _NEVER:
        return not (tag == "nav" and is_contents(node))
    attributes = node.attributes
    if not attributes and tag not in _AROUND:
        return False
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or _HIDDEN.search(attribute(node, "style")):
        return True
    named = f"{attribute(node, 'class')} {attribute(node, 'id')}"
    if NOTES.search(f"{named} {attribute(node, 'role')}"):
        return False
    if attribute(node, "role") in _ROLES:
        return True
    if tag in _AROUND and (node.parent is None or node.parent.tag not in ("article", "main", "section", "blockquote")):
        return True
    return tag not in ("body", "main", "article", "html") and bool(_NAMED.search(named)) and not is_contents(node)


def is_contents(node: LexborNode) -> bool:
    """Whether an element is a table of contents."""
    return node.tag in ("nav", "div", "ul", "ol", "section") and bool(
        _CONTENTS.search(f"{attribute(node, 'class')} {attribute(node, 'id')} {attribute(node, 'role')}")
    )


def contents_of(node: LexborNode) -> Iterator[str]:
    """The lines of a table of contents."""
    for link in node.css("a, li > span")[:2000]:
        text = " ".join(link.text().split())
        if text:
            yield text


def main_part(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the text: what is marked as main, the only article, else the body."""
    body = tree.body
    if body is None:
        return tree.root
    size = len(body.text())
    for selector in ("main", "[role=main]", "article"):
        found = tree.css(selector)
        if len(found) == 1 and len(found[0].text()) > 0.25 * size:
            return found[0]
    return body


def page_title(tree: LexborHTMLParser, root: LexborNode | None) -> str:
    """The title where the text has no first heading of its own: a heading above it, or what the window shows."""
    if root is None or root.css_first("h1") is not None:
        return ""
    heading = tree.css_first("h1")
    if heading is not None:
        return " ".join(heading.text().split())
    title = tree.css_first("title")
    shown = " ".join(title.text().split()) if title is not None else ""
    return re.split(r"\s+[|–—]\s+", shown)[0][:300]


def table_rows(table: LexborNode) -> tuple[list[list[str]], bool] | None:
    """The cells of a table and whether its first row is a head; None where the table only lays out the page."""
    if attribute(table, "role") in ("presentation", "none") or table.css_first("table table, h1, h2, h3") is not None:
        return None
    given, header = [], False
    for number, row in enumerate(table.css("tr")):
        cells = [node for node in row.iter() if node.tag in ("td", "th")][:MOST_COLUMNS]
        header = header or (number == 0 and bool(cells) and all(c.tag == "th" for c in cells))
        texts = [" ".join(cell.text(separator=" ").split()) for cell in cells]
        given.append([(t, _span(c, "colspan"), _span(c, "rowspan")) for t, c in zip(texts, cells, strict=True)])
    rows = [row for row in spread(given) if any(row)]
    if max((len(row) for row in rows), default=0) < 2:
        return None
    return rows, header


def _span(cell: LexborNode, name: str) -> int:
    value = attribute(cell, name)
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 4 else 1
