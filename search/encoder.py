"""Texts to vectors: the reference encoder, and the choice between it and the fast one.

Both run the same weights. The fast one (`search.fast_encoder`) starts in a quarter of a second where the
reference needs several, and gives a text the same vector, bit for bit, alone or in any batch.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol, cast, runtime_checkable

import numpy as np

from ontology.errors import ModelError
from search.model_files import DEFAULT_MODEL, checked, model_folder
from search.models import FAST_MODEL, folder_of, full_name, identity
from search.pieces import Part, mean_of, part_texts, pieces_of, stacked
from search.pieces import Vectors as Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

log = logging.getLogger(__name__)

LONGEST_TEXT = 8_000  # characters; 256 word pieces are far fewer, and tokenising megabytes takes seconds


class Encoder(Protocol):
    """Anything that turns texts into unit vectors whose inner product is their likeness."""

    @property
    def name(self) -> str:
        """The model, as a store remembers it: vectors of two names are never compared."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension), in the order of the texts."""


@runtime_checkable
class PartEncoder(Encoder, Protocol):
    """An encoder that gives parts of texts their vectors too."""

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> tuple[Vectors, Vectors]:
        """Unit vectors (texts, dimension), and those of all their parts, text by text."""


def encode_parts(encoder: Encoder, texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> tuple[Vectors, Vectors]:
    """Unit vectors (texts, dimension), and those of all their parts, text by text.

    An encoder that knows no parts reads each as a text of its own.
    """
    if isinstance(encoder, PartEncoder):
        return encoder.encode_parts(texts, parts)
    return encoder.encode(texts), encoder.encode(part_texts(texts, parts))


class ReferenceEncoder:
    """sentence-transformers on the CPU, offline; one text at a time, so that no vector depends on its batch."""

    def __init__(self, model: SentenceTransformer, *, name: str) -> None:
        self._model = model
        self.name = name
        self.dimension = int(model.encode([""], show_progress_bar=False).shape[1])
        modes = [getattr(module, "pooling_mode", None) for module in model]
        self._averages = [mode for mode in modes if mode] == ["mean"] and model.tokenizer.is_fast

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        found = self._model.encode(
            [clean(text) for text in texts],
            batch_size=1, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False,
        )
        return np.ascontiguousarray(found, dtype=np.float32)

    def encode_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Part]]) -> tuple[Vectors, Vectors]:
        """Unit vectors (texts, dimension), and those of all their parts, text by text.

        Parts are read as texts of their own where the model does not average over word pieces.
        """
        if not self._averages:
            return self.encode(texts), self.encode(part_texts(texts, parts))
        within = [vector for text, some in zip(texts, parts, strict=True) for vector in self._within(text, some)]
        return self.encode(texts), stacked(within, self.dimension)

    def _within(self, text: str, parts: Sequence[Part]) -> Iterator[Vectors]:
        if not parts:
            return
        (states,) = self._model.encode(
            [clean(text)], output_value="token_embeddings", convert_to_numpy=False, show_progress_bar=False
        )
        offsets = self._model.tokenizer(
            clean(text), truncation=True, max_length=len(states), return_offsets_mapping=True
        )["offset_mapping"]
        for start, end in parts:
            pieces = pieces_of(offsets, (start, end))
            yield mean_of(states.numpy(), pieces) if pieces else self.encode([text[start:end]])[0]


def clean(text: str) -> str:
    """The part of a text that is encoded: its first 8,000 characters, lone surrogates replaced."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")


def load_encoder(name: str = DEFAULT_MODEL) -> Encoder:
    """The encoder of a model; loaded once a process.

    Args:
        name: the default model, its fast mode (`FAST_MODEL`), or a folder or locally cached name that
            sentence-transformers can load. Nothing is ever downloaded.

    Raises:
        ModelError: the model is missing, is not the one it should be, or cannot be made ready here.
    """
    return _load(identity(name), full_name(name))


@lru_cache(maxsize=2)
def _load(identity: str, name: str) -> Encoder:
    if identity not in (DEFAULT_MODEL, FAST_MODEL):
        return load_reference(name)
    from search import fast_encoder  # here, because it imports onnxruntime

    try:
        return fast_encoder.open_or_export(name)
    except fast_encoder.Unavailable as problem:
        if name == FAST_MODEL:
            raise ModelError(
                f"The fast mode is not available ({problem}); run `gcmkg index --model {DEFAULT_MODEL}`."
            ) from problem
        log.warning("The fast encoder is not available (%s); using the reference, which starts more slowly.", problem)
    return load_reference()


def load_reference(name: str = DEFAULT_MODEL) -> ReferenceEncoder:
    """The model through sentence-transformers, without network.

    Raises:
        ModelError: the model is missing, or is not the one it should be.
    """
    if name == DEFAULT_MODEL:
        folder = model_folder()
        checked(folder, "model.safetensors")
        checked(folder, "tokenizer.json")
    else:
        folder = folder_of(name)
    go_offline()
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except Exception as error:  # the model libraries raise a dozen unrelated types
        raise ModelError(
            f"The embedding model {name!r} cannot be loaded from {folder}; give {DEFAULT_MODEL}, or a folder "
            "that holds a sentence-transformers model."
        ) from error
    return ReferenceEncoder(model, name=identity(name))


def go_offline() -> None:
    """Keep the model libraries off the network, quiet and single-threaded; to be called before they are imported."""
    for key, value in (("HF_HUB_OFFLINE", "1"), ("TRANSFORMERS_OFFLINE", "1"), ("HF_HUB_DISABLE_TELEMETRY", "1"),
                       ("TOKENIZERS_PARALLELISM", "false")):
        os.environ[key] = value
    import torch
    from transformers.utils import logging as transformers_logging

    torch.set_num_threads(1)  # sums split over threads differ in the last bits
    cast("Callable[[], None]", transformers_logging.disable_progress_bar)()
