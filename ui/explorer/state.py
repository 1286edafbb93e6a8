"""What the pages share: the opened store, and the parameters of the address bar."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from gcmkg import Store
from ui.sharing import SharedStore


@st.cache_resource(show_spinner=False)
def _shared(path: str) -> SharedStore:
    return SharedStore(Path(path))


def store() -> Store:
    """The store that the explorer was started on, at its newest generation.

    Raises:
        StoreError: it is missing or damaged.
    """
    return _shared(os.environ.get("GCMKG_STORE", "gcmkg-store")).get()


def parameter(name: str, default: str = "") -> str:
    """A parameter of the address bar."""
    return str(st.query_params.get(name, default))


def remember(**values: str | int | None) -> None:
    """Put values into the address bar, so that the view can be sent; empty ones are taken out."""
    for name, value in values.items():
        if value:
            st.query_params[name] = str(value)
        else:
            st.query_params.pop(name, None)
