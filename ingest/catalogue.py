"""The catalogue of a folder: what its owner knows about the documents, over what is read off them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ingest.dates import first_date
from ingest.discover import CATALOGUE
from ontology.document import DocumentType, Metadata
from ontology.errors import UsageError

_LARGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Override:
    """The fields of one document that the catalogue gives; None is not given."""

    title: str | None = None
    type: DocumentType | None = None
    date: str | None = None
    publisher: str | None = None
    scope: tuple[str, ...] | None = None
    language: str | None = None
    version: str | None = None
    rights: str | None = None
    source_note: str | None = None

    def over(self, metadata: Metadata) -> Metadata:
        """The metadata with the given fields in place of what was read."""
        given = {name: value for name in self.__slots__ if (value := getattr(self, name)) is not None}
        return replace(metadata, **given)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Overrides by path relative to the folder ("report.md", "2021/report.md"), and what to tell the user."""

    overrides: Mapping[str, Override]
    warnings: tuple[str, ...] = ()

    def get(self, path: Path, folder: Path) -> Override | None:
        """The override of a file of the folder, by its relative path or, failing that, by its name."""
        relative = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.name
        return self.overrides.get(relative) or self.overrides.get(path.name)


def load_catalogue(folder: Path) -> Catalogue:
    """Read `catalogue.toml` of a folder; an empty catalogue where there is none.

    The file has one `[[document]]` table a document, with `file` and any of title, type, date, publisher,
    scope (a list), language, version, rights, source_note. An entry whose file is missing gives a warning.

    Raises:
        UsageError: the file is no TOML, has an unknown key, a value of a wrong type, or one file twice.
    """
    path = folder / CATALOGUE
    if not path.is_file():
        return Catalogue({})
    tables = _tables(path)
    overrides: dict[str, Override] = {}
    warnings = []
    for number, table in enumerate(tables, start=1):
        where = f"{path}, document {number}"
        name = table.get("file")
        if not isinstance(name, str) or not name.strip():
            raise UsageError(f'{where}: "file" is missing; add the name of the file in quotation marks.')
        if name in overrides:
            raise UsageError(f"{where}: {name!r} stands there twice; keep one entry.")
        if not (folder / name).exists():
            warnings.append(f"{path} describes {name!r}, which is not in the folder; remove the entry or add the file.")
        overrides[name] = _override(table, where)
    return Catalogue(overrides, tuple(warnings))


def _tables(path: Path) -> list[dict[str, object]]:
    if path.stat().st_size > _LARGEST:
        raise UsageError(f"{path} is larger than {_LARGEST:,} bytes; split the folder.")
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{path} is not valid TOML ({error}); mend it there.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}); check its permissions.") from error
    unknown = sorted(set(data) - {"document"})
    if unknown:
        raise UsageError(f'{path}: unknown key {unknown[0]!r}; only [[document]] tables belong there.')
    tables = data.get("document", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{path}: write [[document]] with two brackets above each entry.")
    return tables


def _override(table: Mapping[str, object], where: str) -> Override:
    unknown = sorted(set(table) - {"file", *_FIELDS})
    if unknown:
        raise UsageError(f"{where}: unknown key {unknown[0]!r}; use {', '.join(('file', *_FIELDS))}.")
    fields: dict[str, Any] = {k: _FIELDS[k](value, f"{where}: {k}") for k, value in table.items() if k != "file"}
    return Override(**fields)


def _text(value: object, where: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise UsageError(f"{where} = {value!r} is no text; write it in quotation marks.")
    return value.strip()


def _texts(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise UsageError(f'{where} = {value!r} is no list; write it like ["IRQ"].')
    return tuple(_text(item, where) for item in value)


def _type(value: object, where: str) -> DocumentType:
    known = [kind.value for kind in DocumentType]
    if value not in known:
        raise UsageError(f"{where} = {value!r} is no type of document; use one of {', '.join(known)}.")
    return DocumentType(str(value))


def _date(value: object, where: str) -> str:
    text = str(value)
    if not (len(text) == 4 and text.isdigit()) and first_date(text) != text:
        raise UsageError(f'{where} = {value!r} is no date; write it like "2021", "2021-02" or "2021-02-18".')
    return text


_FIELDS: Mapping[str, Callable[[object, str], object]] = {
    "title": _text, "type": _type, "date": _date, "publisher": _text, "scope": _texts, "language": _text,
    "version": _text, "rights": _text, "source_note": _text,
}
