"""Readers of PDF, DOCX and HTML: each writes the document's text in the Markdown that segmentation reads."""
