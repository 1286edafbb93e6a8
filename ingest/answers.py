"""What a reader's process may answer: plain values and the frozen values of our own model, nothing that acts.

A parser that a hostile document has taken over owns the process it runs in, which reaches neither net nor files.
Its answer is therefore not trusted either: pickle is held to a closed list of classes
(https://docs.python.org/3/library/pickle.html#restricting-globals).
"""

from __future__ import annotations

import dataclasses
import enum
import io
import pickle
from collections.abc import Callable
from operator import attrgetter
from typing import Any

_MODULES = frozenset(
    {"ontology.document", "ontology.model", "ontology.errors", "ingest.pipeline", "ingest.ocr.recognised"}
)


class _Answer(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The dataclass or enumeration of that name.

        Raises:
            pickle.UnpicklingError: the name is none of those that an answer may hold.
        """
        if module in _MODULES and name.isidentifier():
            found = super().find_class(module, name)
            if isinstance(found, type) and (dataclasses.is_dataclass(found) or issubclass(found, enum.Enum)):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")


class _Writer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self._values: dict[type[Any], Callable[[Any], tuple[Any, ...]] | None] = {}

    def reducer_override(self, value: Any) -> Any:
        """A value of our model as a call of its class with the values of its fields.

        The way that dataclasses with slots have by themselves looks its fields up for each value, which takes
        several times as long on both sides.
        """
        kind = type(value)
        if kind not in self._values:
            self._values[kind] = _values_of(kind)
        values = self._values[kind]
        return NotImplemented if values is None else (kind, values(value))


def _values_of(kind: type[Any]) -> Callable[[Any], tuple[Any, ...]] | None:
    """What gives the fields of a dataclass of an answer in the order of its arguments; None for other classes."""
    if kind.__module__ not in _MODULES or not dataclasses.is_dataclass(kind):
        return None
    fields = dataclasses.fields(kind)
    if len(fields) < 2 or not all(field.init and not field.kw_only for field in fields):
        return None
    return attrgetter(*[field.name for field in fields])


def write_answer(value: Any) -> bytes:
    """The value as bytes that `read_answer` takes.

    Raises:
        MemoryError: there is no room for it.
    """
    stream = io.BytesIO()
    _Writer(stream).dump(value)
    return stream.getvalue()


def read_answer(data: bytes) -> Any:
    """The value in an answer.

    Raises:
        ValueError: the answer is torn, or holds what no answer may hold.
    """
    try:
        return _Answer(io.BytesIO(data)).load()
    except Exception as error:
        raise ValueError(f"the answer cannot be read ({type(error).__name__})") from error
