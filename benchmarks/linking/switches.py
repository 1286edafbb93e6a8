"""The linker with some of its signals switched off and its weights fitted anew; the product has no such switch.

A signal that is a column of `FEATURES` is zeroed wherever features are made, in training and at work. Clauses and
misleading terms are taken away before anything is read; citations and surroundings when a text is judged. Training is
the product's own, so that every weight, threshold and calibration is fitted to what is left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np

from ingest.linking import decide, fit, linker, scheme_linker, train
from ingest.linking.explicit import Cited
from ingest.linking.features import FEATURES, features_of
from ingest.linking.scheme_linker import SchemeLinker, Setting
from ingest.linking.schemes import Sample, Scheme
from search.encoder import Encoder

HEAD = frozenset({"head", "head_margin"})
PROTOTYPES = frozenset({"prototypes"})
WORDS = frozenset({"words"})
TERMS = frozenset({"named", "named_too", "supported", "misled", "term_margin"})
RIVALS = frozenset({"head_margin", "term_margin"})
ALL = frozenset(FEATURES)


@dataclass(frozen=True, slots=True)
class Switches:
    """What is left: feature columns; whether citations, misleading terms, rivals, clauses, surroundings count."""

    columns: frozenset[str] = ALL
    citations: bool = True
    misleading: bool = True
    rivals: bool = True
    clauses: bool = True
    context: bool = True


WITHOUT = {
    "citations": Switches(citations=False),
    "words_and_terms": Switches(ALL - WORDS - TERMS),
    "words": Switches(ALL - WORDS),
    "terms": Switches(ALL - TERMS),
    "misleading_terms": Switches(ALL - {"misled"}, misleading=False),
    "vectors": Switches(ALL - HEAD - PROTOTYPES),
    "prototypes": Switches(ALL - PROTOTYPES),
    "head": Switches(ALL - HEAD),
    "rivals": Switches(ALL - RIVALS, rivals=False),
    "clauses": Switches(clauses=False),
    "surroundings": Switches(context=False),
}


def only(columns: frozenset[str], *, citations: bool = False) -> Switches:
    """One signal alone."""
    return Switches(columns, citations=citations, misleading=False, rivals=False, clauses=False, context=False)


ALONE = {
    "citations": only(frozenset(), citations=True),
    "words_and_terms": only(WORDS | TERMS - RIVALS - {"misled"}),
    "words": only(WORDS),
    "terms": only(TERMS - RIVALS - {"misled"}),
    "vectors": only(frozenset({"head"}) | PROTOTYPES),
    "prototypes": only(PROTOTYPES),
    "head": only(frozenset({"head"})),
}


@contextmanager
def switched(switches: Switches) -> Iterator[None]:
    """Everything that is trained, and everything that links, uses only what is left."""
    kept = np.array([name in switches.columns for name in FEATURES], dtype=float)

    def some_features(*args: Any, **options: Any) -> Any:
        return features_of(*args, **options) * kept

    def no_clauses(_text: str) -> tuple[tuple[int, int], ...]:
        return ()

    def no_rivals(logit: Any) -> Any:
        return np.stack([logit, np.zeros_like(logit)], axis=2)

    def no_surroundings(self: SchemeLinker, vectors: Any, texts: Any, settings: Sequence[Setting]) -> Any:
        bare = [replace(s, lead=None, before=None, inherited=()) for s in settings]
        return judge(self, vectors, texts, bare)

    def no_citations(*_args: Any, **_options: Any) -> Cited:
        return Cited()

    judge = SchemeLinker.judge
    changes = [(train, "features_of", some_features), (scheme_linker, "features_of", some_features)]
    if not switches.clauses:
        changes += [(module, "clauses_of", no_clauses) for module in (train, fit, linker)]
    if not switches.rivals:
        changes.append((decide, "against_rivals", no_rivals))
    if not switches.context:
        changes.append((SchemeLinker, "judge", no_surroundings))
    if not switches.citations:
        changes.append((linker, "cited_objectives", no_citations))
        changes.append((linker.TitleIndex, "find", lambda *_args, **_options: ()))
        changes.append((linker, "cited_in_tables", lambda *_args, **_options: {}))
    patches = [patch.object(*change) for change in changes]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def retrained(
    full: linker.Linker, encoder: Encoder, switches: Switches, *, samples: Iterable[Sample] | None = None
) -> linker.Linker:
    """A linker whose objectives are trained anew, under `switched(switches)` of the caller; the rest is that of `full`.

    With `samples` it learns from those alone.
    """
    scheme = full.objectives.scheme
    if samples is not None:
        scheme = replace(scheme, samples=tuple(samples))
    if not switches.misleading:
        scheme = _without_misleading(scheme)
    vectors = fit.embedded((sample.text for sample in scheme.samples), encoder)
    trained = train.train(scheme, vectors.whole, vectors.clauses, precision=scheme.precision)
    return full.with_objectives(SchemeLinker(scheme, trained))


def _without_misleading(scheme: Scheme) -> Scheme:
    return replace(scheme, terms=tuple({**terms, "misleading": ()} for terms in scheme.terms))
