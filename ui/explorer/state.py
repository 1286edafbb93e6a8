"""What the pages share: the opened store, and the parameters of the address bar."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

import streamlit as st

from gcmkg import Store
from ontology.errors import StoreError
from ui.sharing import SharedStore

_LONGEST_NUMBER = 9  # digits; no offset or count has more
_opened: ContextVar[Store | None] = ContextVar("opened", default=None)


@st.cache_resource(show_spinner=False)
def _shared(path: str) -> SharedStore:
    return SharedStore(Path(path))


@contextmanager
def store_for_this_run() -> Iterator[None]:
    """Keep one generation open, and give it to `store`, while a page is drawn.

    Raises:
        StoreError: it is missing or damaged.
    """
    with _shared(os.environ.get("GCMKG_STORE", "gcmkg-store")).using() as opened:
        before = _opened.set(opened)
        try:
            yield
        finally:
            _opened.reset(before)


def store() -> Store:
    """The store that the explorer was started on, at the generation that this page is drawn from.

    Raises:
        StoreError: no page is being drawn.
    """
    opened = _opened.get()
    if opened is None:
        raise StoreError("No page is being drawn; reload the explorer.")
    return opened


def parameter(name: str, default: str = "") -> str:
    """A parameter of the address bar."""
    return str(st.query_params.get(name, default))


def number_parameter(name: str, default: int, least: int, most: int) -> int:
    """A number of the address bar, brought between `least` and `most`; the default where it is none."""
    return read_number(parameter(name), default, least, most)


def read_number(text: str, default: int, least: int, most: int) -> int:
    """The number that plain digits say, brought between `least` and `most`; the default where they are none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        return default
    return min(max(int(text), least), most)


def choice_parameter(name: str, choices: Sequence[object]) -> int:
    """The place of the address bar's choice among the choices; 0 where it is none of them."""
    names = [str(choice) for choice in choices]
    chosen = parameter(name)
    return names.index(chosen) if chosen in names else 0


def remember(**values: str | int | None) -> None:
    """Put values into the address bar, so that the view can be sent; empty ones are taken out."""
    for name, value in values.items():
        if value:
            st.query_params[name] = str(value)
        else:
            st.query_params.pop(name, None)
