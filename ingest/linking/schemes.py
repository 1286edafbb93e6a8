"""The schemes that text is linked to, in one form: concepts with terms, and sentences of our own to learn from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ontology.vocabulary import Concept, Objective, Vocabulary

NONE = -1
_TERM_WEIGHT = 0.5
_GIST_WEIGHT = 1.0
_FOREIGN_WEIGHT = 0.5
_NO_GOAL = frozenset({"mandate", "activity"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A text to learn from: `concept` is its place in the scheme, -1 for none of them.

    Only whole sentences (`sentence`) take part in fitting and calibrating the decision; terms and gists only
    teach the head.
    """

    text: str
    concept: int
    weight: float = 1.0
    sentence: bool = False


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme to link to: `keys` name its concepts in records, `labels` in reasons.

    `field` are sentences of the field at large, by which the rarity of terms is told; `only_cited`
    are concepts so wide that content alone says nothing of them; where `needs_name`, content counts only with a term
    that names the concept, and at even odds or better. `none_share` is the assumed share of sentences of no concept,
    `describing` the log odds that a sentence loses in which nobody acts: who "addresses" an objective does something.
    `precision` is the least share of right ones among the best concepts that are accepted (see `decide.fit_final`).
    Both are set by hand, the latter with the development labels in view: the vocabulary has sentences to fit weights
    on, and no documents.
    """

    name: str
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    terms: tuple[Mapping[str, tuple[str, ...]], ...]
    samples: tuple[Sample, ...]
    field: tuple[str, ...]
    only_cited: frozenset[str] = frozenset()
    needs_name: bool = False
    none_share: float = 1 / 3
    describing: float = 1.0
    precision: float = 0.0

    def digest(self) -> str:
        """A digest of everything that the trained model depends on."""
        seen = hashlib.sha256()
        terms = [repr(sorted(t.items())) for t in self.terms]
        numbers = (str(self.none_share), str(self.precision))
        for part in (self.name, *numbers, *self.keys, *self.labels, *terms, *self.field):
            seen.update(part.encode() + b"\0")
        for sample in self.samples:
            seen.update(repr((sample.text, sample.concept, sample.weight, sample.sentence)).encode() + b"\0")
        return seen.hexdigest()


def schemes_of(vocabulary: Vocabulary) -> tuple[Scheme, Scheme, Scheme]:
    """Objectives, SDGs and guiding principles."""
    return objective_scheme(vocabulary), sdg_scheme(vocabulary), principle_scheme(vocabulary)


def objective_scheme(vocabulary: Vocabulary) -> Scheme:
    """The 23 objectives; sentences that invoke a principle without a subject are among the negatives."""
    others = (e.text for p in vocabulary.principles for e in p.examples if e.register == "mandate")
    return _scheme(
        "objectives", vocabulary.objectives, [str(o.number) for o in vocabulary.objectives],
        [f"objective {o.number} ({o.label})" for o in vocabulary.objectives], vocabulary, others, precision=5 / 6,
    )


def sdg_scheme(vocabulary: Vocabulary) -> Scheme:
    """The goals and targets that have examples; the others are found by their numbers only.

    Sentences of the objectives are among those of no goal: that migration is spoken of names no goal, and what
    the crosswalk suggests is no link.
    """
    concepts = [s for s in vocabulary.sdgs if s.examples]
    return _scheme(
        "sdgs", concepts, [s.code for s in concepts], [f"SDG {s.code} ({s.label})" for s in concepts], vocabulary,
        (), negatives=[e.text for o in vocabulary.objectives for e in o.examples if e.register in _NO_GOAL],
        only_cited=_widest(vocabulary), needs_name=True, describing=3.0,
    )


def _widest(vocabulary: Vocabulary) -> frozenset[str]:
    """Targets that the crosswalk gives to more than half of the objectives."""
    counts = Counter(row.target for row in vocabulary.crosswalk)
    return frozenset(code for code, count in counts.items() if 2 * count > len(vocabulary.objectives))


def principle_scheme(vocabulary: Vocabulary) -> Scheme:
    """The ten guiding principles; a plain activity under an objective rarely invokes one."""
    others = (e.text for o in vocabulary.objectives for e in o.examples if e.register == "activity")
    return _scheme(
        "principles", vocabulary.principles, [p.slug for p in vocabulary.principles],
        [f"the principle {p.label}" for p in vocabulary.principles], vocabulary, others, none_share=1 / 2,
        precision=0.85,
    )


def _scheme(
    name: str, concepts: Iterable[Concept], keys: list[str], labels: list[str], vocabulary: Vocabulary,
    others: Iterable[str], negatives: Iterable[str] = (),
    only_cited: frozenset[str] = frozenset(), needs_name: bool = False, none_share: float = 1 / 3,
    describing: float = 1.0, precision: float = 0.0,
) -> Scheme:
    concepts = list(concepts)
    samples = [sample for place, concept in enumerate(concepts) for sample in _samples(concept, place)]
    samples += [Sample(text, NONE, sentence=True) for text in vocabulary.general_examples]
    samples += [Sample(text, NONE, _FOREIGN_WEIGHT) for text in others]
    samples += [Sample(text, NONE, _FOREIGN_WEIGHT, sentence=True) for text in negatives]
    terms = tuple(
        {"strong": c.strong_terms, "key": c.key_terms, "misleading": c.misleading_terms} for c in concepts
    )
    field = tuple(e.text for o in vocabulary.objectives for e in o.examples) + vocabulary.general_examples
    return Scheme(
        name, tuple(keys), tuple(labels), terms, tuple(samples), field, only_cited, needs_name, none_share, describing,
        precision,
    )


def _samples(concept: Concept, place: int) -> Iterator[Sample]:
    for example in concept.examples:
        yield Sample(example.text, place, sentence=True)
    if concept.definition:
        yield Sample(f"{concept.label}: {concept.definition}", place, _GIST_WEIGHT)
    for term in concept.strong_terms:
        yield Sample(term, place, _TERM_WEIGHT)
    if isinstance(concept, Objective):
        for title in (concept.title, *concept.alt_titles):
            yield Sample(title, place, _GIST_WEIGHT)
        for action in concept.actions:
            yield Sample(action.gist, place, _GIST_WEIGHT)
    else:
        yield Sample(concept.label, place, _TERM_WEIGHT)
