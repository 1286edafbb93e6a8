"""The default model on onnxruntime: exported once on the user's machine, verified, then kept in the cache folder.

The graph stops at the last hidden states. Mean and norm are taken in numpy, text by text, because the
runtime's own reduction over a batch sums in another order than over one text: this way a text has the same
vector, bit for bit, in any batch (measured on 871 sentences, batches of 1 to 1,024 word pieces).
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.agreement import PROBES, Agreement, agreement, probes
from search.encoder import Vectors, clean, load_reference
from search.model_files import DEFAULT_MODEL, DIGESTS, cache_folder, checked, model_folder, replace_file, sha256_of
from search.models import FAST_MODEL
from search.onnx_export import OPSET, write_onnx
from search.pieces import Part, mean_of, part_texts, pieces_of, stacked
from search.quantised import quantise

if TYPE_CHECKING:
    import onnx
    import onnxruntime
    import tokenizers

log = logging.getLogger(__name__)

FORMAT = 2  # raised when an exported graph changes
MAX_TOKENS = 256
BATCH_TOKENS = 512  # larger ones leave the processor's cache, smaller ones leave it idle: 4 % and 3 % slower
LEAST = {DEFAULT_MODEL: Agreement(0.99999, 0.99), FAST_MODEL: Agreement(0.99, 0.85)}  # at which one is trusted


class Unavailable(Exception):  # noqa: N818 - a state, answered by using the reference
    """The fast encoder cannot be made here; the text says why."""


class FastEncoder:
    """all-MiniLM-L6-v2 on onnxruntime, one thread a batch: in single precision, or with products in integers."""

    dimension = 384

    def __init__(
        self, session: onnxruntime.InferenceSession, tokenizer: tokenizers.Tokenizer, *, name: str = DEFAULT_MODEL
    ) -> None:
        self.name = name
        self._session = session
        self._tokenizer = tokenizer

    def tokenize(self, texts: Sequence[str]) -> list[tokenizers.Encoding]:
        """The word pieces of texts, at most 256 of each."""
        return list(self._tokenizer.encode_batch([clean(text) for text in texts]))

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), 384)."""
        return self.encode_parts(texts, [()] * len(texts))[0]

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> tuple[Vectors, Vectors]:
        """Unit vectors (texts, 384), and those of all their parts, text by text, out of one pass over each text.

        A part that begins beyond the first 256 word pieces is read as a text of its own.
        """
        read = self.tokenize(texts)
        spans = [
            [range(len(one.ids)), *(pieces_of(one.offsets, part) for part in some)]
            for one, some in zip(read, parts, strict=True)
        ]
        batches = list(_batches([one.ids for one in read]))
        found: dict[int, list[Vectors | None]] = {}
        with ThreadPoolExecutor(min(len(batches), _cores()) or 1) as pool:
            done = pool.map(self._run, ([(read[i].ids, spans[i]) for i in batch] for batch in batches))
            for batch, vectors in zip(batches, done, strict=True):
                found.update(zip(batch, vectors, strict=True))
        inside = [vector for i in range(len(texts)) for vector in found[i][1:]]
        whole = [vector for i in range(len(texts)) for vector in found[i][:1] if vector is not None]
        alone = [t for t, vector in zip(part_texts(texts, parts), inside, strict=True) if vector is None]
        beyond = iter(self.encode(alone) if alone else ())
        within = [next(beyond) if vector is None else vector for vector in inside]
        return stacked(whole, self.dimension), stacked(within, self.dimension)

    def _run(self, texts: Sequence[tuple[Sequence[int], Sequence[range]]]) -> list[list[Vectors | None]]:
        """For each text, given as its word pieces, the vectors of some spans of them; None of an empty one."""
        ids = np.zeros((len(texts), max(len(row) for row, _ in texts)), np.int64)
        mask = np.zeros_like(ids)
        for index, (row, _) in enumerate(texts):
            ids[index, : len(row)] = row
            mask[index, : len(row)] = 1
        (hidden,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
        return [
            [mean_of(states, span) if span else None for span in spans]
            for states, (_, spans) in zip(hidden, texts, strict=True)
        ]


def _cores() -> int:
    """Cores that this process may use; each runs a batch of its own, which changes no bit of any vector."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Indices in batches of like length, so that little is padded, of at most 512 word pieces."""
    batch: list[int] = []
    for index in sorted(range(len(rows)), key=lambda i: len(rows[i])):
        if batch and (len(batch) + 1) * len(rows[index]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def open_or_export(name: str = DEFAULT_MODEL) -> FastEncoder:
    """The cached encoder, exported first where there is none or where its file is damaged.

    Args:
        name: `DEFAULT_MODEL`, or `FAST_MODEL` for its fast mode.

    Raises:
        Unavailable: it cannot be exported, written or verified here.
        ModelError: the model's own files are missing or changed.
    """
    path = path_of(name)
    if not _intact(path):
        export(path, name)
    return _open(path, name)


def path_of(name: str) -> Path:
    """Where the exported file of a mode is kept; its name tells weights and format."""
    return cache_folder() / "models" / f"{name}-{DIGESTS['model.safetensors'][:12]}-v{FORMAT}.onnx"


def _record(path: Path) -> Path:
    return path.with_suffix(".json")


def _intact(path: Path) -> bool:
    """Whether the exported file is there and has the digest that was recorded when it was verified."""
    if not (path.is_file() and _record(path).is_file()):
        return False
    try:
        record = json.loads(_record(path).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(record, dict) and record.get("sha256") == sha256_of(path)


def _open(path: Path, name: str) -> FastEncoder:
    tokenizer_file = checked(model_folder(), "tokenizer.json")
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise Unavailable(str(error)) from error
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return FastEncoder(_session(path, path.name), tokenizer, name=name)


def _session(model: Path | bytes, what: str) -> onnxruntime.InferenceSession:
    try:
        import onnxruntime
    except ImportError as error:
        raise Unavailable(str(error)) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    given = model if isinstance(model, bytes) else str(model)
    try:
        return onnxruntime.InferenceSession(given, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a dozen unrelated types
        raise Unavailable(f"{what}: {error}") from error


def export(path: Path, name: str = DEFAULT_MODEL) -> None:
    """Write the model as ONNX to `path`, and the digest of the file beside it.

    The file gets its name only after its vectors were compared with the reference's: what is there is trusted,
    also when two processes export at once.

    Raises:
        Unavailable: the export failed, cannot be written, or does not agree with the reference.
        ModelError: the model's own files are missing or changed.
    """
    log.info("Preparing the encoder %s in %s; this happens once.", name, path.parent)
    reference = load_reference()
    texts = probes()
    record: dict[str, object] = {}

    def write(file: Path) -> None:
        write_onnx(file) if name == DEFAULT_MODEL else _write_quantised(file)
        found = agreement(_open(file, name).encode(texts), reference.encode(texts))
        if not found.reaches(LEAST[name]):
            raise Unavailable(f"its vectors do not agree with the reference ({found})")
        record.update(sha256=sha256_of(file), agreement=asdict(found), opset=OPSET, torch=version("torch"))

    def write_record(file: Path) -> None:
        file.write_text(json.dumps(record) + "\n", "utf-8")

    try:
        _record(path).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"{_record(path)} cannot be replaced: {error.strerror}") from error
    try:
        replace_file(path, write)
    except Unavailable:
        raise
    except Exception as error:  # whatever the exporter or the disk says, the reference remains
        raise Unavailable(f"export failed: {error}") from error
    try:
        replace_file(_record(path), write_record)
    except OSError as error:
        raise Unavailable(f"its record cannot be written: {error.strerror}") from error


def _write_quantised(file: Path) -> None:
    """The fast mode, made from the export in single precision and from what that computes for a few texts."""
    single = path_of(DEFAULT_MODEL)
    if not _intact(single):
        export(single)
    rows = [encoded.ids for encoded in _open(single, DEFAULT_MODEL).tokenize(PROBES)]

    def run(model: onnx.ModelProto, names: Sequence[str]) -> Iterator[list[Vectors]]:
        session = _session(model.SerializeToString(), single.name)
        for row in rows:
            ids = np.array([row], np.int64)
            values = session.run(names, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
            yield [value[0] for value in values]

    quantise(single, file, run)
