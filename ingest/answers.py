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
from typing import Any

_MODULES = frozenset({"ontology.model", "ontology.errors", "ingest.pipeline"})


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


def read_answer(data: bytes) -> Any:
    """The value in an answer.

    Raises:
        ValueError: the answer is torn, or holds what no answer may hold.
    """
    try:
        return _Answer(io.BytesIO(data)).load()
    except Exception as error:
        raise ValueError(f"the answer cannot be read ({type(error).__name__})") from error
