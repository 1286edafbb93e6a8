"""The language of short and of long texts."""

from __future__ import annotations

import pytest

from ingest.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("# T\n\nIOM should do identity things now.", "en"),
        ("Do as we do: no data, no pay.", "en"),
        ("Die at sea, die on land.", "en"),
        ("A Comissão responde pela gestão das migrações no país e dos dados.", "pt"),
        ("Die Gruppe ist für den Schutz der Kinder zuständig.", "de"),
        ("do da no das " * 10, "pt"),
        ("42", "und"),
    ],
)
def test_a_few_shared_words_do_not_make_a_short_text_foreign(text: str, language: str) -> None:
    assert language_of(text) == language
