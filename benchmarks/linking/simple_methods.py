"""Two methods without training: likeness with the titles, and the vocabulary's terms alone."""

from __future__ import annotations

from collections.abc import Sequence

from measures import Scores

from ingest.linking.schemes import Scheme
from ingest.linking.terms import TermIndex, rarity_of, words_of

_STRONG = 2.0
_SHARED = 1.0
_KEY = 0.6
_MISLEADING = -1.0


class TitleSimilarity:
    """Cosine of a sentence and the 23 titles, by the encoder that the linker uses."""

    def __init__(self) -> None:
        from ontology.vocabulary import load_vocabulary
        from search.encoder import load_encoder

        objectives = load_vocabulary().objectives
        self._encoder = load_encoder()
        self._numbers = [o.number for o in objectives]
        self._titles = self._encoder.encode([o.title for o in objectives])

    def __call__(self, texts: Sequence[str]) -> list[Scores]:
        """Scores of each text."""
        likeness = self._encoder.encode(texts) @ self._titles.T
        return [{n: float(value) for n, value in zip(self._numbers, row, strict=True)} for row in likeness]


class Keywords:
    """The linker's own term index alone: terms by rarity, those that name an objective above those that support it."""

    def __init__(self, scheme: Scheme) -> None:
        self._keys = [int(key) for key in scheme.keys]
        rarity = rarity_of(scheme.terms, [words_of(text) for text in scheme.field])
        self._index = TermIndex(scheme.terms, rarity)

    def __call__(self, texts: Sequence[str]) -> list[Scores]:
        """Scores of each text."""
        return [self._score(text) for text in texts]

    def _score(self, text: str) -> Scores:
        found = dict.fromkeys(self._keys, 0.0)
        for entry in {hit.entry: None for hit in self._index.find(words_of(text))}:
            weight = {
                "strong": (_SHARED if entry.shared else _STRONG) * entry.weight,
                "key": _KEY * entry.weight,
                "misleading": _MISLEADING,
            }[entry.kind]
            found[self._keys[entry.concept]] += weight
        return found
