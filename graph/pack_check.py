"""Does a citation pack still hold: is it undamaged, are its quotes in the documents, is the answer the same?

A pack comes from somebody else and is not trusted: only the files that packs have are read, never more bytes than it
declares for them, nothing is written to disk, and its query runs under the guard like anybody's.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.packs import FORMAT, MANIFEST, Origin, result_name
from graph.results import result_pieces
from ontology.errors import GcmkgError, UsageError

_NAMES = frozenset({
    "query.rq", "searched.rq", "result.json", "result.nt", "result.csv", "quotes.json", "citations.bib",
    "citations.ris", "citations.json", "index.html",
})
_LARGEST = 1 << 29
_LARGEST_MANIFEST = 1 << 24
_MOST_SHOWN = 5
_PIECE = 1 << 20
_LABEL = re.compile(r"_:[A-Za-z0-9]+")
_BLANK = re.compile(r'("type": "bnode"), "value": "[A-Za-z0-9]+"')


@dataclass(frozen=True, slots=True)
class PackCheck:
    """What was found: `findings` where the pack does not hold, none where it does; `notes` is what else to know."""

    pack: Path
    quotes: int
    rows: int
    findings: tuple[str, ...]
    notes: tuple[str, ...]


def check_pack(pack: Path, *, origin: Origin, text_of: Callable[[str], str]) -> PackCheck:
    """Compare a pack with a store.

    Args:
        pack: the ZIP file.
        origin: the store.
        text_of: gives the text of a document by its slug.

    Raises:
        UsageError: the file is no citation pack.
    """
    described, files, damage = _read(pack)
    if damage:
        return PackCheck(pack, 0, 0, damage, ())
    quotes = _quotes(files["quotes.json"])
    findings = [*_wrong_quotes(quotes, described, origin, text_of), *_answer(described, files, origin)]
    return PackCheck(pack, len(quotes), int(described["result"]["rows"]), tuple(findings), _notes(described, origin))


def _read(pack: Path) -> tuple[dict[str, Any], dict[str, bytes], tuple[str, ...]]:
    """What the pack says of itself, the files that are compared, and what is damaged."""
    try:
        return _opened(pack)
    except (OSError, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, RuntimeError,
            NotImplementedError) as error:
        reason = f"{type(error).__name__}: {error}"[:120].replace("\n", " ")
        raise UsageError(f"{pack} is no citation pack, or a damaged one ({reason}); "
                         "make one with: gcmkg query … --pack FILE.zip") from error


def _opened(pack: Path) -> tuple[dict[str, Any], dict[str, bytes], tuple[str, ...]]:
    with zipfile.ZipFile(pack) as archive:
        described = json.loads(_bytes(archive, MANIFEST, _LARGEST_MANIFEST))
        _check_shape(described)
        wanted: Mapping[str, Any] = described["files"]
        damage = [f"{name} was changed: its SHA-256 is not that of {MANIFEST}." for name, entry in wanted.items()
                  if _digest(archive, name, int(entry["size"])) != entry["sha256"]]
        damage += [f"{name[:80]} does not belong to the pack." for name in archive.namelist()
                   if name not in wanted and name != MANIFEST]
        compared = ("query.rq", "quotes.json", result_name(described["result"]["kind"]))
        files = {name: _bytes(archive, name, int(wanted[name]["size"])) for name in compared}
    return described, files, tuple(sorted(damage))


def _check_shape(described: Any) -> None:
    """Raises ValueError where the manifest is none that we write."""
    if described["format"] != FORMAT:
        raise ValueError(f"format {described['format']!r}")
    needed = {"query.rq", "quotes.json", result_name(str(described["result"]["kind"]))}
    files: Mapping[str, Any] = described["files"]
    sizes = [int(entry["size"]) for entry in files.values()]
    if not needed <= set(files) <= _NAMES or min(sizes) < 0 or sum(sizes) > _LARGEST:
        raise ValueError("its list of files is not that of a pack")
    int(described["result"]["rows"])
    if described["result"]["kind"] not in {"select", "ask", "graph"}:
        raise ValueError("no kind of result")


def _bytes(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise ValueError(f"{name} is larger than it says")
    return data


def _digest(archive: zipfile.ZipFile, name: str, size: int) -> str:
    """SHA-256 of a file of so many bytes; of no more than these where it has more."""
    digest, left = hashlib.sha256(), size + 1
    with archive.open(name) as file:
        while left > 0 and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return digest.hexdigest()


def _quotes(data: bytes) -> list[dict[str, Any]]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return []
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def _wrong_quotes(
    quotes: list[dict[str, Any]], described: Mapping[str, Any], origin: Origin, text_of: Callable[[str], str]
) -> list[str]:
    slugs = {str(d["document"]): str(d["slug"]) for d in origin.documents}
    digests = {str(d["document"]): str(d["sha256"]) for d in origin.documents}
    findings, texts = [], {}
    for name in sorted({str(quote.get("document")) for quote in quotes}):
        if name not in slugs:
            findings.append(f"{name[:80]} is not in the store, so its quotes cannot be compared.")
        elif digests[name] != described.get("documents", {}).get(name):
            findings.append(f"{name} is another version in the store (its SHA-256 differs).")
        if name in slugs:
            texts[name] = text_of(slugs[name])
    wrong = [quote for quote in quotes if (text := texts.get(str(quote.get("document")))) is not None
             and text[_offset(quote, "start") : _offset(quote, "end")] != quote.get("quote")]
    shown = [f"{q['document']}, characters {q.get('start')} to {q.get('end')}: the document does not say "
             f"{str(q.get('quote'))[:60]!r} there." for q in wrong[:_MOST_SHOWN]]
    more = [f"{len(wrong) - _MOST_SHOWN} more quotes are not where they should be."] if len(wrong) > _MOST_SHOWN else []
    return findings + shown + more


def _offset(quote: Mapping[str, Any], name: str) -> int:
    value = quote.get(name)
    return value if isinstance(value, int) and value >= 0 else 0


def _answer(described: Mapping[str, Any], files: Mapping[str, bytes], origin: Origin) -> list[str]:
    kind = str(described["result"]["kind"])
    rows = described.get("limit")
    try:
        result = origin.engine.query(files["query.rq"].decode("utf-8", "replace"),
                                     rows=rows if isinstance(rows, int) and 0 <= rows <= 1_000_000 else None)
    except GcmkgError as error:
        return [f"The query does not run any more: {error}"]
    if result.kind != kind:
        return [f"The query gives a result of another kind ({result.kind} and not {kind})."]
    now = b"".join(result_pieces(result, "ntriples" if kind == "graph" else "json"))
    was = files[result_name(kind)]
    if now == was:
        return []
    return _difference(_rows(was, kind), _rows(now, kind))


def _rows(data: bytes, kind: str) -> Counter[str]:
    """The rows without their order, and without the names of blank nodes, which are new each time."""
    if kind == "graph":
        return Counter(_LABEL.sub("_:", line) for line in data.decode("utf-8", "replace").splitlines())
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return Counter()
    if kind == "ask":
        return Counter([json.dumps(found)])
    rows = found.get("results", {}).get("bindings", []) if isinstance(found, dict) else []
    return Counter(_BLANK.sub(r"\1", json.dumps(row, sort_keys=True)) for row in rows)


def _difference(was: Counter[str], now: Counter[str]) -> list[str]:
    gone, new = (was - now).total(), (now - was).total()
    if not gone and not new:
        return []
    return [f"The answer is another one now: {gone} of {was.total()} rows are gone, {new} are new."]


def _notes(described: Mapping[str, Any], origin: Origin) -> tuple[str, ...]:
    from graph.dumps import graph_digest

    store = described.get("store", {})
    if store.get("graph_sha256") == graph_digest(origin.reader):
        return ("The graph is the one that the pack was made from.",)
    return (f"The graph is not the one that the pack was made from (generation {store.get('generation')} of its store; "
            f"this is generation {origin.generation['generation']}).",)
