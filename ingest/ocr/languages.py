"""Whether OCR can be done here: the extra, and Tesseract's data for a language."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from ontology.errors import UsageError

DEFAULT_LANGUAGE = "eng"
_NAME = re.compile(r"[A-Za-z]{3,8}(?:_[A-Za-z]{2,8}){0,2}(?:\+[A-Za-z]{3,8}(?:_[A-Za-z]{2,8}){0,2}){0,4}")
_FOLDERS = ("/usr/share/tessdata", "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata")


def check_language(language: str) -> None:
    """Make sure that pages can be recognised in a language ("eng") or several ("eng+fra").

    Raises:
        UsageError: the name is none, the extra is not installed, or Tesseract has no data for the language.
    """
    if not _NAME.fullmatch(language):
        raise UsageError(f"{language!r} is no language of Tesseract; give a code of three letters, as eng or eng+fra.")
    if find_spec("tesserocr") is None:
        raise UsageError("OCR needs an extra that is not installed; install it with: pip install 'gcmkg[ocr]'")
    data_folder(language)


def data_folder(language: str) -> Path:
    """The folder that has Tesseract's data for all languages of the name.

    Looked for in the folder that TESSDATA_PREFIX names, then where Debian, other systems and Homebrew put it.

    Raises:
        UsageError: there is none.
    """
    names = language.split("+")
    folders = list(_folders())
    for folder in folders:
        if all((folder / f"{name}.traineddata").is_file() for name in names):
            return folder
    missing = [n for n in names if not any((folder / f"{n}.traineddata").is_file() for folder in folders)] or names
    packages = " ".join(f"tesseract-ocr-{name.casefold().replace('_', '-')}" for name in missing)
    raise UsageError(
        f"OCR needs Tesseract's data for {', '.join(missing)}, which was not found; "
        f"install it, on Debian with: apt install {packages}"
    )


def _folders() -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
        return
    debian = Path("/usr/share/tesseract-ocr")
    yield from sorted(debian.glob("*/tessdata"), reverse=True)
    yield debian / "tessdata"
    yield from map(Path, _FOLDERS)
