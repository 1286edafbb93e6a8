"""What the gold says and where: names, texts, spans, and the counts that the metrics fill.

Conventions used by every metric
  name     two names are equal when `norm` of them is equal: NFKC, case folded, punctuation, note marks
           and a leading "the" dropped, spaces collapsed.
  alike    two texts are alike when the Dice coefficient of their sets of words (without function
           words) is at least 0.5; 0.75 for the names of instruments.
  span     a gold span lies at its `start`, or else at its first occurrence in the text. Where it
           occurs again, the other occurrences are optional twins. A span that goes on after a break
           (`span_continuations`) may be matched by its first fragment or by the hull of all fragments.
  overlap  two spans overlap when they share at least half of the shorter one.
  optional a gold item marked optional is neither a miss nor, when predicted, a false positive.
  *_alt    every value listed there is as right as the main one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ontology.errors import UsageError

Record = dict[str, Any]

FUNCTION_WORDS = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
PROPOSED = ("propos", "plan", "call", "offer", "invit", "intend")


def norm(text: str) -> str:
    """A name in the form in which names are compared."""
    text = re.sub("[¹²³⁰-⁹]", "", text)
    text = re.sub("['\u2018\u2019`]", "", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"[\W_]+", " ", text).strip().removeprefix("the ")


def names_of(record: Record) -> set[str]:
    """The normalised name, acronym, identifier and aliases of a body or instrument, gold or predicted."""
    raw = [record.get("name"), record.get("acronym"), record.get("identifier"), *(record.get("aliases") or [])]
    return {norm(str(name)) for name in raw if name} - {""}


def alike(a: str, b: str, least: float = 0.5) -> bool:
    """Whether the two texts are the same name or share enough words."""
    a, b = norm(str(a)), norm(str(b))
    x, y = set(a.split()) - FUNCTION_WORDS, set(b.split()) - FUNCTION_WORDS
    return a == b or (bool(x and y) and 2 * len(x & y) / (len(x) + len(y)) >= least)


def options(item: Record, key: str) -> set[Any]:
    """The main value of the key and its alternatives."""
    other = item.get(f"{key}_alt") or []
    return {item.get(key), *(other if isinstance(other, list) else [other])}


def status_of(text: str | None) -> str:
    """current, former or proposed; free wording ("current since 2021", "planned") is mapped, none is current."""
    text = (text or "current").casefold()
    if "former" in text:
        return "former"
    return "proposed" if text.startswith(PROPOSED) else "current"


@dataclass(frozen=True)
class Span:
    """A gold item in the text: [start, end) of its first fragment, and the end of its last one."""

    item: Record
    start: int
    end: int
    hull: int
    optional: bool

    def iou(self, start: int, end: int) -> float:
        """Character intersection over union with [start, end): the better of first fragment and hull."""
        return max(max(0, min(e, end) - max(self.start, start)) / (max(e, end) - min(self.start, start))
                   for e in (self.end, self.hull))

    def overlaps(self, start: int, end: int) -> bool:
        """Whether at least half of the shorter of the two spans is shared."""
        shared = min(self.end, end) - max(self.start, start)
        return shared > 0 and 2 * shared >= min(self.end - self.start, end - start)


def locate(items: Iterable[Record], text: str) -> list[Span]:
    """The spans of the items; further occurrences of a span without offsets come as optional twins."""
    spans = []
    for item in items:
        starts = [item["start"]] if "start" in item else [m.start() for m in re.finditer(re.escape(item["span"]), text)]
        if not starts:
            raise ValueError(f"span not in the text: {item['span'][:80]!r}")
        for n, start in enumerate(starts):
            end = hull = start + len(item["span"])
            for tail in item.get("span_continuations") or []:
                hull = text.index(tail, hull) + len(tail)
            spans.append(Span(item, start, end, hull, bool(item.get("optional")) or n > 0))
    return spans


def unique_relations(gold: Record) -> list[Record]:
    """The relations of the gold, required ones first, each once.

    Relations with the same ends (interchangeable bodies being the same), name and status are one relation,
    however often and in whatever words the document says it.
    """
    same = {i: tuple(group) for group in gold.get("interchangeable_bodies", []) for i in group}
    out: dict[tuple[Any, ...], Record] = {}
    for r in sorted(gold["relations"], key=lambda r: bool(r.get("optional"))):
        ends = (frozenset(same.get(i, i) for i in options(r, key)) for key in ("subject", "object"))
        out.setdefault((*ends, r["relation"], frozenset(map(status_of, options(r, "status")))), r)
    return list(out.values())


class Names:
    """Which gold bodies and instruments a name can stand for, also by way of a predicted body record."""

    def __init__(self, gold: Record, facts: list[Record]) -> None:
        self.records = {b["id"]: b for b in gold["bodies"]}
        self.records |= {i.get("id") or i["name"]: i for i in gold["instruments"]}
        self.same = {i: set(group) for group in gold.get("interchangeable_bodies", []) for i in group}
        self.known: dict[str, set[str]] = defaultdict(set)  # normalised name -> gold ids
        for key, record in self.records.items():
            for name in names_of(record):
                self.known[name].add(key)
        self.also: dict[str, set[str]] = defaultdict(set)  # predicted name or IRI -> all names of that record
        for fact in facts:
            if fact["kind"] == "body":
                for key in {*names_of(fact), str(fact.get("iri") or "")} - {""}:
                    self.also[key] |= names_of(fact)

    def equal(self, ids: Iterable[str]) -> set[str]:
        """The ids, and those that the gold declares interchangeable with them."""
        return set().union(*(self.same.get(i, {i}) for i in ids))

    def ids(self, name: str | None, iri: str | None = None) -> set[str]:
        """Gold ids for a predicted name (and IRI)."""
        key = norm(name or "")
        names = {key}.union(*(self.also.get(k, ()) for k in (key, iri, name) if k))
        return self.equal(set().union(*(self.known.get(n, ()) for n in names)))

    def texts(self, item: Record, key: str) -> set[str]:
        """All texts that are right for the agent or addressee of a gold statement."""
        out = {item[f"{key}_text"]} if item.get(f"{key}_text") else set()
        for value in options(item, key) - {None}:
            for part in {value, *(p.strip() for p in str(value).split(";"))}:
                ids = {part} & set(self.records) or self.known.get(norm(part), set())
                out |= {part.replace("-", " ")}.union(*(names_of(self.records[i]) for i in self.equal(ids)))
        return out

    def alike(self, predicted: str, texts: set[str]) -> bool:
        """Whether a predicted agent, by its text or by its body record, is alike one of the texts."""
        also = self.also.get(norm(predicted), set()) | self.also.get(predicted, set())
        return any(alike(p, t) for p in {predicted, *also} for t in texts)


@dataclass
class Tally:
    """True positives, false positives and false negatives."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    def count(self, field: str) -> None:
        """Add one to "tp", "fp" or "fn"."""
        setattr(self, field, getattr(self, field) + 1)

    def figures(self) -> dict[str, float | int | None]:
        found, wanted = self.tp + self.fp, self.tp + self.fn
        return {
            "precision": self.tp / found if found else None,
            "recall": self.tp / wanted if wanted else None,
            "f1": 2 * self.tp / (found + wanted) if found + wanted else None,
            "tp": self.tp, "fp": self.fp, "fn": self.fn,
        }


@dataclass
class Share:
    """How many of `total` are right."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    def count(self, right: bool) -> None:
        self.right += right
        self.total += 1

    def figures(self) -> dict[str, float | int | None]:
        return {"share": self.right / self.total if self.total else None, "right": self.right, "total": self.total}


class Counts:
    """The counts of one document by metric, and the cases that count against it."""

    def __init__(self) -> None:
        self.tallies: dict[str, Tally] = defaultdict(Tally)
        self.shares: dict[str, Share] = defaultdict(Share)
        self.errors: list[tuple[str, str, str]] = []  # metric, "missed" | "extra" | "wrong", what

    def __add__(self, other: Counts) -> Counts:
        total = Counts()
        for part in (self, other):
            for key, tally in part.tallies.items():
                total.tallies[key] += tally
            for key, share in part.shares.items():
                total.shares[key] += share
            total.errors += part.errors
        return total

    def error(self, metric: str, kind: str, what: object) -> None:
        """Note a case that counts against the metric."""
        self.errors.append((metric, kind, " ".join(str(what).split())[:160]))

    def figures(self) -> dict[str, dict[str, float | int | None]]:
        """All figures by metric; the macro-averages are made here, over the classes that the gold has."""
        out: dict[str, Record] = {k: t.figures() for k, t in sorted(self.tallies.items()) if ".n." not in k}
        out |= {k: s.figures() for k, s in sorted(self.shares.items())}
        for name, prefix in (("statements.types", "statements.type."), ("objectives.macro", "objectives.n.")):
            parts = [t.figures() for k, t in self.tallies.items() if k.startswith(prefix) and t.tp + t.fn]
            if parts:
                out[name] = {f"macro_{of}": sum(p[of] or 0.0 for p in parts) / len(parts)
                             for of in ("precision", "recall", "f1")} | {"classes": len(parts)}
        return out


def read_documents(gold: Path, texts: Mapping[str, str]) -> dict[str, tuple[Record, str]]:
    """Gold and text of every annotated document, by the stem of its file name.

    Args:
        gold: a folder with one JSON file a document.
        texts: the documents' texts by stem.

    Raises:
        UsageError: the folder has no annotations, one does not parse, or a document's text is missing.
    """
    out = {}
    for path in sorted(gold.glob("*.json")):
        if path.stem not in texts:
            raise UsageError(f"There is no text for {path.name}; ingest {path.stem}, or name its folder with --docs.")
        try:
            out[path.stem] = json.loads(path.read_text("utf-8")), texts[path.stem]
        except (OSError, ValueError) as error:
            raise UsageError(f"{path} is not readable JSON ({error}); mend it or leave it out.") from error
    if not out:
        raise UsageError(f"{gold} has no annotations; name a folder with one JSON file a document.")
    return out
