"""What was asked: the query encoded, and the part of it that names no document."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from search.details import lacking
from search.encoder import Encoder, Vectors
from search.lexical import STOP_WORDS, LexicalIndex, names_in
from search.query_text import words_of
from search.roles import asked_roles


@dataclass(frozen=True, slots=True)
class Known:
    """What an index knows that helps to read a query.

    `title_stems` are those of the documents' titles, `places` the `name_table` of places with the values of
    `Entry.scope`, `called` their names in lower case by these values, `scopes` the places that documents are
    about, `kinds` and `questions` those of `search.roles`.
    """

    title_stems: frozenset[str]
    places: Mapping[str, tuple[str, ...]]
    called: Mapping[str, tuple[str, ...]]
    scopes: frozenset[str]
    kinds: tuple[str, ...]
    questions: Vectors


@dataclass(frozen=True, slots=True)
class Asked:
    """A query made ready.

    `core_*` leave out the words that titles have: "annual budget of the UN Network in Iraq" is near to every
    sentence on that network, and only "annual budget" tells whether one of them answers. `roles` are the kinds
    of relation that it asks for (`search.roles`). `places` are the places that it names and documents are about,
    `elsewhere` the names of each country that it names and no document is about. `lacks` tells whether a text is
    without a detail that is asked for (`search.details`). `unknown` are names (capitalised within the query) that
    no passage has; `foreign` means that it is in another script.
    """

    words: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    vector: Vectors
    core_vector: Vectors
    core_rarity: Mapping[str, float]
    roles: Mapping[str, float]
    lacks: Callable[[str], bool]
    places: tuple[str, ...] = ()
    elsewhere: tuple[tuple[str, ...], ...] = ()
    unknown: tuple[str, ...] = ()
    foreign: bool = False

    @property
    def hopeless(self) -> bool:
        """Whether nothing in the store can answer, however near it may seem."""
        return bool(self.unknown) or self.foreign

    def beyond(self, text: str, context: str) -> bool:
        """Whether a passage, with what stands above it, cannot answer: of another country, or without the detail."""
        if self.hopeless or self.lacks(text):
            return True
        folded = f" {' '.join(words_of(f'{context} {text}'.lower()))} "
        return any(
            not any(f" {' '.join(words_of(name))} " in folded for name in names) for names in self.elsewhere
        )


def make_ready(
    text: str, names: Mapping[str, tuple[str, ...]], *, encoder: Encoder, lexical: LexicalIndex, known: Known
) -> Asked:
    """Encode a query.

    Args:
        text: its words.
        names: other names of its parts (`search.lexical.names_in`).
        encoder: of the index's model.
        lexical: knows which words the passages have.
        known: what else the index knows.
    """
    words = tuple(dict.fromkeys(word for word in words_of(text) if word.lower() not in STOP_WORDS))
    core = [word for word in text.split() if not known.title_stems.issuperset(lexical.stems(word)) or _is_stop(word)]
    core_text = " ".join(core)
    if all(_is_stop(word) for word in words_of(core_text)):
        core_text = text
    unused = {part: names[part] for part in names if not any(lexical.known(stem) for stem in lexical.stems(part))}
    places = names_in(text, known.places)
    named = {word for place in places for word in words_of(place)}
    question = " ".join(word for word in core_text.split() if not named.issuperset(words_of(word)))
    if all(_is_stop(word) for word in words_of(question)):
        question = text
    texts = [_spelt_out(text, unused), _spelt_out(core_text, unused), question]
    different = list(dict.fromkeys(texts))
    vectors = dict(zip(different, encoder.encode(different), strict=True))
    known_names = {word for part in names for word in words_of(part)}
    missing = [w for w in words if w not in known_names and not any(lexical.known(s) for s in lexical.stems(w))]
    return Asked(
        words=words, names=names, vector=vectors[texts[0]], core_vector=vectors[texts[1]],
        core_rarity={stem: lexical.rarity(stem) for stem in lexical.stems(core_text)},
        roles=asked_roles(vectors[question], known.kinds, known.questions),
        places=tuple(sorted({code for codes in places.values() for code in codes} & known.scopes)),
        elsewhere=tuple(known.called[code] for codes in places.values() for code in codes[:1] if
                        known.scopes.isdisjoint(codes) and _is_country(code)),
        lacks=lacking(text),
        unknown=_names_among(missing, text),
        foreign=len(missing) == len(words) and not any(_latin(c) for word in words for c in word),
    )


def _is_country(place: str) -> bool:
    return len(place) == 3 and place.isupper()  # ISO 3166 alpha-3


def _is_stop(word: str) -> bool:
    return all(part.lower() in STOP_WORDS for part in words_of(word))


def _spelt_out(text: str, names: Mapping[str, tuple[str, ...]]) -> str:
    """The text with the full name of each abbreviation that no passage uses: the model knows words, not acronyms."""
    longer = [_long_form(part, others) for part, others in names.items()]
    return " ".join([text, *(name for name in longer if name)])


def _long_form(part: str, others: tuple[str, ...]) -> str:
    """The name whose initials are the abbreviation, or the empty string."""
    spelt = part.replace(" ", "").lower()
    for name in others:
        words = words_of(name.lower())
        if spelt in ("".join(word[0] for word in words), "".join(w[0] for w in words if w not in STOP_WORDS)):
            return name
    return ""


def _names_among(missing: list[str], text: str) -> tuple[str, ...]:
    """Words written like names where the rest of the query is not."""
    words = words_of(text)
    lower = [word for word in words if word[0].islower() and word.lower() not in STOP_WORDS]
    if not lower:
        return ()
    return tuple(word for word in missing if word[0].isupper() and word != words[0])


def _latin(character: str) -> bool:
    return character.isdigit() or unicodedata.name(character, "").startswith("LATIN")
