"""One linker for all tests of linking."""

from __future__ import annotations

import pytest

from ingest.linking import Linker, load_linker


@pytest.fixture(scope="session")
def linker() -> Linker:
    return load_linker()
