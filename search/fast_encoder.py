"""The default model on onnxruntime: exported once on the user's machine, verified, then kept in the cache folder.

The graph stops at the last hidden states. Mean and norm are taken in numpy, text by text, because the
runtime's own reduction over a batch sums in another order than over one text: this way a text has the same
vector, bit for bit, in any batch (measured on 871 sentences, batches of 1 to 1,024 word pieces).
"""

from __future__ import annotations

import json
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from search.encoder import Vectors, clean, go_offline, load_reference
from search.model_files import DEFAULT_MODEL, DIGESTS, cache_folder, checked, model_folder, replace_file, sha256_of
from search.pieces import Part, mean_of, part_texts, pieces_of, stacked

if TYPE_CHECKING:
    import onnxruntime
    import tokenizers

log = logging.getLogger(__name__)

OPSET = 17
FORMAT = 1  # raised when the exported graph changes
MAX_TOKENS = 256
BATCH_TOKENS = 1_024
AGREEMENT = 0.99999  # lowest cosine with the reference at which the export is trusted
PROBES = (
    "migrants",
    "Consular staff visit detained workers.",
    "The working group meets twice a year and takes its decisions by consensus; minutes go to all of its members.",
    "Remittances, skills recognition and portable pensions: three ways in which movers support their kin.",
    "How can a civil society organisation join?",
    "Données désagrégées; 移民; الهجرة",
    "List of indicators " + "and of further measures taken at borders " * 40,
    "",
)


class Unavailable(Exception):  # noqa: N818 - a state, answered by using the reference
    """The fast encoder cannot be made here; the text says why."""


class FastEncoder:
    """all-MiniLM-L6-v2 in single precision on one thread of onnxruntime."""

    name = DEFAULT_MODEL
    dimension = 384

    def __init__(self, session: onnxruntime.InferenceSession, tokenizer: tokenizers.Tokenizer) -> None:
        self._session = session
        self._tokenizer = tokenizer

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), 384)."""
        return self.encode_parts(texts, [()] * len(texts))[0]

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> tuple[Vectors, Vectors]:
        """Unit vectors (texts, 384), and those of all their parts, text by text, out of one pass over each text.

        A part that begins beyond the first 256 word pieces is read as a text of its own.
        """
        read = self._tokenizer.encode_batch([clean(text) for text in texts])
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
    """Indices in batches of like length, so that little is padded, of at most 1,024 word pieces."""
    batch: list[int] = []
    for index in sorted(range(len(rows)), key=lambda i: len(rows[i])):
        if batch and (len(batch) + 1) * len(rows[index]) > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def open_or_export() -> FastEncoder:
    """The cached encoder, exported first where there is none or where its file is damaged.

    Raises:
        Unavailable: it cannot be exported, written or verified here.
        ModelError: the model's own files are missing or changed.
    """
    path = cache_folder() / "models" / f"{DEFAULT_MODEL}-{DIGESTS['model.safetensors'][:12]}-v{FORMAT}.onnx"
    if not _intact(path):
        export(path)
    return _open(path)


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


def _open(path: Path) -> FastEncoder:
    tokenizer_file = checked(model_folder(), "tokenizer.json")
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise Unavailable(str(error)) from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a dozen unrelated types
        raise Unavailable(f"{path.name}: {error}") from error
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    return FastEncoder(session, tokenizer)


def export(path: Path) -> None:
    """Write the model as ONNX to `path`, compare it with the reference, and record its digest beside it.

    Raises:
        Unavailable: the export failed, cannot be written, or does not agree with the reference.
        ModelError: the model's own files are missing or changed.
    """
    log.info("Preparing the fast encoder in %s; this happens once.", path.parent)
    reference = load_reference()
    try:
        _record(path).unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(f"{_record(path)} cannot be replaced: {error.strerror}") from error
    try:
        replace_file(path, _write_onnx)
    except Exception as error:  # whatever the exporter or the disk says, the reference remains
        raise Unavailable(f"export failed: {error}") from error
    cosine = float((_open(path).encode(PROBES) * reference.encode(PROBES)).sum(axis=1).min())
    if not cosine >= AGREEMENT:
        raise Unavailable(f"its vectors do not agree with the reference (cosine {cosine:.6f})")
    record = {"sha256": sha256_of(path), "cosine": round(cosine, 7), "opset": OPSET, "torch": version("torch")}

    def write_record(file: Path) -> None:
        file.write_text(json.dumps(record) + "\n", "utf-8")

    try:
        replace_file(_record(path), write_record)
    except OSError as error:
        raise Unavailable(f"its record cannot be written: {error.strerror}") from error


def _write_onnx(path: Path) -> None:
    folder = model_folder()
    go_offline()
    import torch
    from transformers import BertModel

    model = BertModel.from_pretrained(str(folder), attn_implementation="eager", local_files_only=True)
    model.train(False)

    class HiddenStates(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.bert(
                input_ids=input_ids, attention_mask=attention_mask,
                token_type_ids=torch.zeros_like(input_ids), return_dict=False,
            )[0]
            return found

    ids = torch.ones((2, 8), dtype=torch.long)
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            HiddenStates().train(False), (ids, torch.ones_like(ids)), str(path), dynamo=False, opset_version=OPSET,
            input_names=["input_ids", "attention_mask"], output_names=["hidden"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "hidden": free},
        )
