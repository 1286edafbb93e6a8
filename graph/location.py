"""Where the store is."""

from __future__ import annotations

import os
from pathlib import Path

DEFAULT_STORE = "gcmkg-store"


def locate_store(path: str | Path | None = None) -> Path:
    """The folder of the store: the one given, else `GCMKG_STORE`, else `./gcmkg-store`."""
    return Path(path or os.environ.get("GCMKG_STORE") or DEFAULT_STORE)
