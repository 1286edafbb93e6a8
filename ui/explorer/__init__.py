"""The Streamlit explorer: `app.py` is its script, one module a page."""
