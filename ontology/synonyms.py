"""What else a thing is called: acronyms and names of the vocabulary, both ways, for search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ontology.vocabulary import Vocabulary

_LONGEST = 6  # words, or letters of an abbreviation; a longer name is found by its words anyway
_SMALL = 3  # letters of words that abbreviations may leave out: of, the, and


def synonyms(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Name → other names of the same body or concept, in the words of the registry and of the scheme.

    Acronyms keep their case, names are lower case. Names of more than six words are looked up but not offered.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for body in vocabulary.bodies:
        acronym = (body.acronym,) if body.acronym else ()
        _join(found, [body.name, *acronym, *body.aliases, *body.case_sensitive_aliases])
    for concept in (*vocabulary.objectives, *vocabulary.principles, *vocabulary.sdgs):
        for short, name in _spelt_out(*concept.strong_terms, *concept.key_terms):
            _join(found, [short.upper(), name])
    return {key: tuple(sorted(values)) for key, values in sorted(found.items())}


def _spelt_out(*terms: str) -> Iterator[tuple[str, str]]:
    """Abbreviations among the terms of a concept, each with the term whose initials it has (TiP, VoT)."""
    short = sorted({term.upper(): term for term in terms if len(term) <= _LONGEST and term[1:] != term[1:].lower()})
    for name in terms:
        words = name.replace("-", " ").split()
        initials = ("".join(word[0] for word in words), "".join(word[0] for word in words if len(word) > _SMALL))
        yield from ((term, name) for term in short if term in {each.upper() for each in initials} and len(words) > 1)


def _join(found: dict[str, set[str]], names: Iterable[str]) -> None:
    forms = {name if name.isupper() else name.casefold() for name in names if name.isascii()}
    for form in forms:
        found[form] |= {other for other in forms - {form} if len(other.split()) <= _LONGEST}
