"""Statements: what a sentence or list item says that somebody does, will do, should do, aims at or decides."""

from __future__ import annotations

from ingest.statements.find import find_statements
from ingest.statements.protocol import BodyResolver

__all__ = ["BodyResolver", "find_statements"]
