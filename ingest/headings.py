"""Plain lines that act as headings, and the level at which a heading stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.mend import mend

_NUMBERING = re.compile(
    r"(?P<decimal>\d{1,2}(?:\.\d{1,2}){1,4}\.?)\s+"
    r"|(?P<roman>[IVXLC]{1,6})[.)]\s+|(?P<capital>[A-Z])[.)]\s+"
    r"|\(?(?P<digit>\d{1,2})[.)]\s+|\(?(?P<small>[a-z])[.)]\s+|\(?(?P<lower>[ivx]{1,5})[.)]\s+"
)
_LABELS = (
    "annex", "appendix", "attachment", "part", "chapter", "section", "article", "group", "module", "pillar", "theme",
    "thematic area", "session", "roundtable", "round table", "step", "phase", "box", "objective", "goal", "priority",
    "annexe", "partie", "chapitre", "anexo", "parte", "capítulo",
)
_LABELLED = re.compile(
    rf"(?P<label>{'|'.join(_LABELS)})s?\s+"
    r"(?P<number>\d{1,3}(?:[.:]\d{1,2})?|[IVXLC]{1,6}|[A-Z])(?![\w-])\s*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_STATED = re.compile(
    r"(?i)(?:recommendation|outcome|output|action|commitment|target|indicator)\s+[\d.:]{1,6}\W{0,4}(?=\w)"
)
_TOP_LABELS = frozenset({"annex", "appendix", "attachment", "annexe", "anexo", "part", "partie", "parte"})
_FINITE = re.compile(
    r"\b(?:will|shall|should|would|could|can|may|must|is|are|was|were|has|have|had|seeks?|aims?|includes?|provides?|"
    r"calls?|called|est|sont|sera|doit|es|son|será|debe)\b"
)
_SMALL = frozenset(
    [
        "a", "an", "the", "and", "or", "of", "for", "in", "on", "at", "to", "by", "with", "from", "as", "into",
        "per", "via", "its", "de", "la", "le", "les", "des", "du", "et", "en", "à", "el", "los", "las", "y", "del",
        "para", "por", "que", "au", "aux", "un", "une",
    ]
)
_OPEN_END = (_SMALL - {"y", "para", "per"}) | {"including", "such", "which", "that", "through", "between", "is"}
_CLOSING = re.compile(
    r"(?i)(?:conclusions?|concluding remarks|references|bibliography|endnotes|acknowledge?ments|way forward|next steps|"
    r"conclusiones|remerciements|agradecimientos)(?: and .{1,40})?$"
)
_DATE = re.compile(
    r"(?i)(?:(?:last )?(?:updated|revised|version|draft|adopted|as of|issued|published|dated|final)\b.{0,40})?[\W\d]*"
    r"(?:(?:january|february|march|april|may|june|july|august|september|october|november|december)\W*)?[\W\d]*$"
)
_WORD = re.compile(r"[^\W\d_][\w'’.&/-]*")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


@dataclass(frozen=True, slots=True)
class Style:
    """How a heading is numbered: `name` tells styles apart, `value` is its place in the count.

    `numbers` are all parts of a decimal numbering: 3.2 gives (3, 2).
    """

    name: str
    value: int = 0
    numbers: tuple[int, ...] = ()


# A line of minutes or of a letter that fills in a form: an office, who is there, to whom it goes.
_FILLED = re.compile(
    r"(?:(?:[Vv]ice|[Cc]o|[Dd]eputy)[ -])?(?:[Cc]hair(?:person)?|[Cc]onvener|[Cc]oordinator|[Ll]ead"
    r"|[Ss]ecretariat|[Ff]acilitator|[Rr]apporteur|Members?|Observers?|Present|Participants|Attend(?:ance|ees|ing)|Apologies|Absent|Excused|Venue"
    r"|Subject|To|From|Cc|CC|Re|Ref|Date|Copy|Minutes(?: taken by)?)s?: \S"
)


# "Civil society: A, B": a label in small letters before a name is part of a list, not a heading.
_LISTED = re.compile(r"[A-Z][a-z]+(?: [a-z]+){1,3}: [A-Z]")


def roman(text: str) -> int:
    """The value of a Roman numeral in any case; 0 where it is none."""
    total = previous = 0
    for character in reversed(text.upper()):
        value = _VALUES.get(character, 0)
        total += value if value >= previous else -value
        previous = max(previous, value)
    return total if total > 0 else 0


def styles_of(text: str) -> tuple[Style, ...]:
    """The numbering that a heading may have, the likelier first; "plain" or "capitals" where it has none."""
    match = _NUMBERING.match(text)
    if match is None:
        label = _LABELLED.match(text)
        if label:
            name = label["label"].casefold()
            return (Style("annex" if name in _TOP_LABELS else name),)
        plain = "closing" if _CLOSING.match(text) else "capitals" if text.isupper() and len(text) > 3 else "plain"
        return (Style(plain),)
    kind, mark = match.lastgroup or "", match[match.lastgroup or 0]
    if kind == "decimal":
        parts = tuple(int(part) for part in mark.strip(".").split("."))
        return (Style("decimal", parts[-1], parts),)
    if kind == "digit":
        return (Style("digit", int(mark), (int(mark),)),)
    if kind == "roman":
        numeral = Style("roman", roman(mark))
        return (numeral, Style("capital", ord(mark) - 64)) if len(mark) == 1 else (numeral,)
    if kind == "capital":
        return (Style("capital", ord(mark) - 64),)
    if kind == "small":
        letter = Style("small", ord(mark) - 96)
        return (letter, Style("lower", roman(mark))) if mark in "ivx" else (letter,)
    return (Style("lower", roman(mark)),)


@dataclass(frozen=True, slots=True)
class _Entry:
    style: Style
    text: str
    hashes: int


class Outline:
    """The stack of headings above the place that is being read."""

    def __init__(self) -> None:
        self._stack: list[_Entry] = []
        self._path: tuple[str, ...] = ()
        self._numbered: dict[tuple[int, ...], list[_Entry]] = {}

    @property
    def path(self) -> tuple[str, ...]:
        """The heading path, outermost first."""
        return self._path

    def title(self, text: str) -> int:
        """Begin with the title of the document; returns its level, 1."""
        self._put([_Entry(Style("title"), text, 0)])
        return 1

    def enter(self, text: str, *, hashes: int = 0) -> int:
        """Go to a heading with `hashes` "#" before it (0 for a plain one); returns its level.

        The title of the document, come again, leads back to it.
        """
        if self._stack and self._stack[0].style.name == "title" and " " in text and text in self._stack[0].text:
            self._put(self._stack[:1])
            return 1
        style = self._choose(styles_of(text))
        parent = self._numbered.get(style.numbers[:-1]) if len(style.numbers) > 1 else None
        if parent is None:
            parent = self._stack[: self._parent(style, hashes)]
        self._put([*parent, _Entry(style, text, hashes)])
        if style.numbers:
            self._numbered[style.numbers] = self._stack
        return len(self._stack)

    def _put(self, stack: list[_Entry]) -> None:
        self._stack = stack
        self._path = tuple([entry.text for entry in stack])

    def _choose(self, styles: tuple[Style, ...]) -> Style:
        """Of an ambiguous numbering ("I.", "C.", "i."), the one that counts on from a heading above."""
        for entry in reversed(self._stack):
            for style in styles:
                if entry.style.name == style.name and style.value == entry.style.value + 1:
                    return style
        return next((s for s in styles if s.value == 1), styles[-1] if len(styles) > 1 else styles[0])

    def _parent(self, style: Style, hashes: int) -> int:
        base = 1 if self._stack and self._stack[0].style.name == "title" else 0
        if style.name == "annex":
            return base
        for position in range(base, len(self._stack)):
            entry = self._stack[position]
            numbered = style.name == "decimal" and entry.style.name in ("decimal", "digit")
            if numbered and len(entry.style.numbers) >= len(style.numbers):
                return position
            if style.name == "digit" and entry.style.name == "decimal":
                return position
            if hashes and entry.hashes and style.name != "decimal" and entry.hashes >= hashes:
                return position
            if entry.style.name == style.name and style.name != "decimal":
                counts_on = style.value == entry.style.value + 1
                if counts_on or not (hashes or entry.hashes):
                    return position
            if style.name == "closing" and entry.style.name in _LABELS:
                return position
        return len(self._stack)


def is_date_line(text: str) -> bool:
    """Whether a line is a date, a version or a period and nothing else."""
    return any(c.isdigit() for c in text) and len(text) < 80 and bool(_DATE.match(text))


def open_ended(text: str) -> bool:
    """Whether the text breaks off in the middle of a phrase: after a comma, hyphen or function word."""
    tail = text[-60:].rstrip("*_ \n")
    if tail.endswith((",", "-", "–", "—", "/", "(")):
        return True
    words = _WORD.findall(tail)
    return bool(words) and tail.endswith(words[-1]) and words[-1] in _OPEN_END


def heading_like(raw: str) -> bool:
    """Whether a line that stands alone reads as a heading.

    It is short, has no closing stop, is labelled, numbered, in capitals, wholly bold, in title case or a
    phrase of a few words without a finite verb.
    """
    stripped = raw.strip()
    if not stripped or len(stripped) > 250 or "\n" in stripped:
        return False
    text = mend(stripped)
    words = _WORD.findall(text)
    if not words or text[-1] in ".;,!:" or open_ended(text) or is_date_line(text) or "@" in text or "://" in text:
        return False
    numbering = _NUMBERING.match(text)
    body = text[numbering.end() :] if numbering else text
    if not body or body[:1].islower() or not (body[:1].isalnum() or body[:1] in "“\"'‘(«"):
        return False
    if _FILLED.match(text) or _LISTED.match(text):
        return False
    stated = _STATED.match(text)
    if stated and not title_case(text[stated.end() :]):
        return False
    label = _LABELLED.match(text)
    if label and len(words) <= 25:
        rest = label["rest"].lstrip(" :.–—-")
        return not rest or (rest[:1].isupper() and (label["rest"][:1] in ":.–—-" or not _FINITE.search(rest)))
    if ":" in text and len(words) > 8 and not numbering:
        return False
    if text.isupper():
        return len(words) <= 25
    if _wholly_bold(stripped):
        return (len(words) <= 20 and text[-1] != "?") or len(words) <= 12
    finite = _FINITE.search(body)
    if text.endswith("?"):
        return bool(numbering) and len(words) <= 12
    if finite and not (numbering and title_case(body) and len(words) <= 12):
        return False
    if stripped.startswith(("*", "_")) and not stripped.endswith(("*", "_")):
        return False
    if title_case(body):
        return len(words) <= 18
    return len(words) <= (8 if numbering else 9) and ":" not in text


def title_case(text: str) -> bool:
    """Whether most words that carry meaning begin with a capital."""
    words = [word for word in _WORD.findall(text) if word.casefold() not in _SMALL]
    capitals = sum(1 for word in words if word[0].isupper() or not word[0].isalpha())
    return bool(words) and words[0][0].isupper() and capitals >= 0.6 * len(words)


def _wholly_bold(raw: str) -> bool:
    for mark in ("**", "__"):
        if raw.startswith(mark) and raw.endswith(mark) and len(raw) > 4:
            return mark not in raw[2:-2]
    return False
