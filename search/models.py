"""Which model a name means: the default, its fast mode, or any other that is on this machine."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ontology.errors import ModelError, UsageError
from search.model_files import DEFAULT_MODEL, sha256_of

FAST_MODEL = f"{DEFAULT_MODEL}+int8"
BUILT_IN = (DEFAULT_MODEL, FAST_MODEL)


def full_name(name: str) -> str:
    """The name under which a store remembers a model: the absolute path of a folder, any other name as it is."""
    return str(Path(name).resolve()) if name not in BUILT_IN and Path(name).is_dir() else name


def chosen_name(model: str | None, *, fast: bool) -> str | None:
    """The full name of the model that a user chose; none where none was.

    Raises:
        UsageError: the fast mode of a model that has none.
    """
    if fast and model not in (None, *BUILT_IN):
        raise UsageError(f"The fast mode is one of {DEFAULT_MODEL}, not of {model}; leave out one of the two.")
    return FAST_MODEL if fast else model and full_name(model)


def identity(name: str) -> str:
    """What vectors of a model are told apart by: for a model in files, its name and a digest of their content.

    Raises:
        ModelError: the model is not on this machine.
    """
    if name in BUILT_IN:
        return name
    folder = folder_of(name)
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        inside = path.relative_to(folder)
        if not any(part.startswith(".") for part in inside.parts):
            digest.update(f"{inside.as_posix()}\0{sha256_of(path)}\0".encode("utf-8", "surrogateescape"))
    return f"{Path(name).name}@{digest.hexdigest()[:12]}"


def folder_of(name: str) -> Path:
    """The folder of a model: the one named, or the one that the model libraries keep under this name.

    Raises:
        ModelError: there is none on this machine; nothing is downloaded.
    """
    if Path(name).is_dir():
        return Path(name).resolve()
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    for repository in (name, f"sentence-transformers/{name}"):
        try:
            found = try_to_load_from_cache(repository, "config.json")
        except HFValidationError:
            continue
        if isinstance(found, str):
            return Path(found).parent
    raise ModelError(
        f"The embedding model {name!r} is not on this machine, and nothing is downloaded; "
        f"run `gcmkg index --model` with {DEFAULT_MODEL}, or with a folder that holds a sentence-transformers model."
    )
