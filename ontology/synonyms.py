"""What else a thing is called: acronyms and names of the vocabulary, both ways, for search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ontology.vocabulary import Vocabulary

_LONGEST = 6  # words; a longer name is found by its words anyway


def synonyms(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Name → other names of the same body, in the words of the registry.

    Acronyms keep their case, names are lower case. Names of more than six words are looked up but not offered.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for body in vocabulary.bodies:
        acronym = (body.acronym,) if body.acronym else ()
        _join(found, [body.name, *acronym, *body.aliases, *body.case_sensitive_aliases])
    return {key: tuple(sorted(values)) for key, values in sorted(found.items())}


def _join(found: dict[str, set[str]], names: Iterable[str]) -> None:
    forms = {name if name.isupper() else name.casefold() for name in names if name.isascii()}
    for form in forms:
        found[form] |= {other for other in forms - {form} if len(other.split()) <= _LONGEST}
