"""The script that Streamlit runs: navigation, style, footer, and errors as one sentence."""

from __future__ import annotations

import logging
from importlib.metadata import version

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from ontology.errors import GcmkgError
from ui.explorer import markup, objectives_page, reader_page, search_page, sparql_page, wording
from ui.explorer.state import store, store_for_this_run

log = logging.getLogger(__name__)


def main() -> None:
    """Draw the chosen page."""
    st.set_page_config(page_title=wording.APP, layout="wide")
    st.html(markup.STYLE)
    pages = [
        st.Page(search_page.show, title=wording.SEARCH, url_path="search", default=True),
        st.Page(objectives_page.show, title=wording.OBJECTIVES, url_path="objectives"),
        st.Page(sparql_page.show, title=wording.SPARQL, url_path="workbench"),
        st.Page(reader_page.show, title=wording.READER, url_path="document"),
    ]
    page = st.navigation(pages)
    try:
        _draw(page)
    except GcmkgError as error:
        st.error(str(error))
    except Exception:
        # Streamlit's own control flow derives from BaseException; anything else is a fault of ours.
        log.exception("page %s", page.title)
        st.error(wording.UNEXPECTED)


def _draw(page: StreamlitPage) -> None:
    with store_for_this_run():
        page.run()
        _footer()


def _footer() -> None:
    opened = store()
    st.caption(
        wording.FOOTER.format(
            version=version("gcmkg"),
            store=opened.path.name,
            generation=opened.generation.number,
            documents=len(opened.documents),
        )
    )


main()
