"""Trained schemes on disk: keyed by what they were trained on, written whole, read only when undamaged."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ingest.linking.decide import Decision, Final
from ingest.linking.features import FEATURES
from ingest.linking.schemes import Scheme
from ingest.linking.signals import Learned
from ingest.linking.train import CrossValidated, Trained
from search.model_files import cache_folder, replace_file, sha256_of

log = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def code_version() -> str:
    """A digest of the code that trains and decides."""
    seen = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        seen.update(path.name.encode() + b"\0" + path.read_bytes())
    return seen.hexdigest()


def model_key(schemes: Sequence[Scheme], model: str) -> str:
    """What a set of trained schemes depends on, as twelve hexadecimal digits."""
    parts = [model, code_version(), *(scheme.digest() for scheme in schemes)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def path_of(key: str) -> Path:
    """Where the trained schemes of a key are kept."""
    return cache_folder() / "linking" / f"linker-{key}.npz"


def save(trained: Sequence[Trained], key: str) -> bool:
    """Write trained schemes and the digest of the file; False (and a word in the log) where that cannot be done."""
    path = path_of(key)
    arrays = {f"{place}.{name}": array for place, one in enumerate(trained) for name, array in _arrays(one).items()}

    def write(file: Path) -> None:
        with file.open("wb") as out:
            np.savez(out, allow_pickle=False, **arrays)

    try:
        replace_file(path, write)
        replace_file(_record(path), lambda file: _write_record(file, path))
    except OSError as error:
        log.warning("The trained linker cannot be kept in %s (%s); it will be trained again.", path.parent, error)
        return False
    return True


def load(key: str, count: int) -> tuple[Trained, ...] | None:
    """The trained schemes of a key; None where there are none, or where the file is damaged."""
    path = path_of(key)
    if not (path.is_file() and _record(path).is_file()):
        return None
    try:
        record = json.loads(_record(path).read_text("utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(record, dict) or record.get("sha256") != sha256_of(path):
        return None
    with np.load(path, allow_pickle=False) as arrays:
        return tuple(
            _trained({name.partition(".")[2]: arrays[name] for name in arrays.files if name.startswith(f"{place}.")})
            for place in range(count)
        )


def _record(path: Path) -> Path:
    return path.with_suffix(".json")


def _write_record(file: Path, path: Path) -> None:
    file.write_text(json.dumps({"sha256": sha256_of(path)}) + "\n", "utf-8")


def _arrays(one: Trained) -> dict[str, np.ndarray]:
    learned, decision = one.learned, one.decision
    return {
        "head": learned.head,
        "words": np.frombuffer("\n".join(learned.words).encode(), dtype=np.uint8),
        "word_weights": learned.word_weights,
        "prototypes": learned.prototypes,
        "owners": learned.owners,
        "own": decision.own,
        "context": decision.context,
        "alone": _packed(decision.alone),
        "among": _packed(decision.among),
        "means": decision.means,
        "scalars": np.array([decision.own_bias, decision.context_bias]),
        "probability": one.validated.probability,
        "concepts": one.validated.concepts,
        "rarity": one.rarity,
    }


def _trained(a: dict[str, np.ndarray]) -> Trained:
    words = tuple(a["words"].tobytes().decode().split("\n"))
    bias, context_bias = (float(x) for x in a["scalars"])
    alone, among = _unpacked(a["alone"]), _unpacked(a["among"])
    return Trained(
        Learned(a["head"], words, a["word_weights"], a["prototypes"], a["owners"]),
        Decision(a["own"].reshape(len(FEATURES)), bias, a["context"], context_bias, alone, among, a["means"]),
        CrossValidated(a["probability"], a["concepts"]),
        a["rarity"],
    )


def _packed(final: Final) -> np.ndarray:
    return np.array([*final.rivalry, final.bias, final.accept, final.within, final.also])


def _unpacked(values: np.ndarray) -> Final:
    bias, accept, within, also = (float(x) for x in values[2:])
    return Final(values[:2], bias, accept, within, also)
