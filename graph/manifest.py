"""One published generation: its folder, and a manifest that tells every file of it and is checked itself."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph import files
from ontology.errors import StoreError

MANIFEST = "manifest.json"

# The digest has a line of its own, which is left out of what it is taken of.
_DIGEST = re.compile(rb'^ "digest": "([0-9a-f]{64})",\n', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the store; its files never change.

    `manifest` has "number", "files" (path to size and SHA-256), "digest" (of the manifest itself), and what
    the builder gave: counts, pipeline version, documents.
    """

    number: int
    folder: Path
    manifest: Mapping[str, Any]

    @property
    def graph(self) -> Path:
        """The folder of the graph database."""
        return self.folder / "graph"

    @property
    def index(self) -> Path:
        """The folder of the search index."""
        return self.folder / "index"


    @classmethod
    def read(cls, folder: Path) -> Generation:
        """The generation in a folder `gen-N`, by its manifest.

        Raises:
            StoreError: the manifest is missing, damaged, or not to be read.
        """
        path = folder / MANIFEST
        try:
            content = path.read_bytes()
        except PermissionError as error:
            raise StoreError(f"You may not read {path}; ask its owner for permission to read the store.") from error
        except OSError:
            content = b""
        digest = _DIGEST.search(content)
        if digest is None or _sha256(content[: digest.start()] + content[digest.end() :]) != digest[1].decode():
            raise StoreError(f"{path} is missing or damaged; run the last ingest again to repair the store.")
        return cls(int(folder.name.removeprefix("gen-")), folder, json.loads(content))

    def torn(self) -> StoreError | None:
        """What is wrong where a file is missing or not of its length; bytes are compared by `verify` alone."""
        for name, recorded in sorted(self.manifest["files"].items()):
            if files.size_of(self.folder / name) != recorded["size"]:
                path = self.folder / name
                return StoreError(f"{path} is missing or damaged; run the last ingest again to repair the store.")
        return None


def dump(value: Mapping[str, Any]) -> bytes:
    """JSON of one form: a line a value, sorted by key, in ASCII."""
    return (json.dumps(value, ensure_ascii=True, indent=1, sort_keys=True) + "\n").encode("ascii")


def write_manifest(folder: Path, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Have every file of the folder on disk and write the manifest; gives what it tells.

    Args:
        folder: the generation, complete.
        told: "number", and all else that the manifest shall tell beside "files" and "digest".
    """
    manifest: dict[str, Any] = {**told, "files": files.fingerprints(folder, durable=True)}
    manifest["digest"] = _sha256(dump(manifest))
    files.write_atomically(folder / MANIFEST, dump(manifest))
    return manifest


def verify(generation: Generation) -> tuple[str, ...]:
    """Every file of the generation against its digest.

    Returns:
        One sentence for each missing, damaged or foreign file, sorted by path; empty when all is well.
    """
    recorded: Mapping[str, Any] = generation.manifest["files"]
    found = files.fingerprints(generation.folder, durable=False)
    found.pop(MANIFEST, None)
    findings = []
    for path in sorted({*recorded, *found}):
        place = f"{generation.folder.name}/{path}"
        if path not in found:
            findings.append(f"{place} is missing.")
        elif path not in recorded:
            findings.append(f"{place} does not belong there.")
        elif found[path] != recorded[path]:
            findings.append(f"{place} is damaged: its bytes are not those that were published.")
    return tuple(findings)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
