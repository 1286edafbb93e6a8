"""The IRIs of individuals: minted from values, never pasted from text."""

from __future__ import annotations

import hashlib
import re
import unicodedata

ONTOLOGY = "https://w3id.org/gcmkg/ontology#"
ID = "https://w3id.org/gcmkg/id/"
SDG = "http://metadata.un.org/sdg/"
AREA = "http://metadata.un.org/sdg/codes/geoArea/"

_LONGEST_SLUG = 80


def slug(text: str) -> str:
    """A lower-case ASCII slug of a name, at most 80 characters; never empty.

    Letters outside ASCII that have no plain form (Arabic, Cyrillic) are replaced by a hash of the whole
    text, so that two names never fall together and no character needs escaping in an IRI.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(c for c in plain if not unicodedata.combining(c))
    lost = any(not c.isascii() and c.isalnum() for c in kept)
    kept = re.sub(r"['’]", "", kept)
    out = re.sub(r"[^a-z0-9]+", "-", kept.encode("ascii", "ignore").decode()).strip("-")
    if lost or not out or len(out) > _LONGEST_SLUG:
        out = f"{out[:_LONGEST_SLUG - 13].strip('-')}-{digest(text)}".strip("-")
    return out


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits of the SHA-256 of the parts, separated so that no two lists collide."""
    joined = "\x1f".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def objective(number: int) -> str:
    """The IRI of objective `number` (1 to 23)."""
    return f"{ID}objective/{number}"


def action(number: int, letter: str) -> str:
    """The IRI of a lettered action of an objective."""
    return f"{ID}objective/{number}/action/{letter}"


def principle(name: str) -> str:
    """The IRI of a guiding principle, by its slug."""
    return f"{ID}principle/{name}"


def sdg(code: str) -> str:
    """The UN's IRI of a goal ("10") or target ("10.7")."""
    return f"{SDG}{code}"


def body(name: str) -> str:
    """The IRI of a body, from its canonical name or registry key."""
    return f"{ID}body/{slug(name)}"


def instrument(name: str) -> str:
    """The IRI of an instrument, from its identifier or name."""
    return f"{ID}instrument/{slug(name)}"


def document(document_slug: str) -> str:
    """The IRI of a document."""
    return f"{ID}document/{document_slug}"


def document_graph(document_slug: str) -> str:
    """The named graph that holds everything taken from one document."""
    return f"{ID}graph/{document_slug}"


def passage(document_slug: str, key: str) -> str:
    """The IRI of a passage, from the hash of its text and occurrence."""
    return f"{ID}passage/{document_slug}/{key}"


def fact(kind: str, document_slug: str, *parts: str) -> str:
    """The IRI of a fact node (`kind` as in the facts' records), from what makes it itself."""
    return f"{ID}{kind.replace('_', '-')}/{document_slug}/{digest(*parts)}"
