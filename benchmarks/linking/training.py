"""The sentences that the linker trains on, in folds, and as files that Annif reads.

The folds and the texts of two subjects are made as the linker makes them: five folds, every sentence scored by what was
trained without it, and every third once more in one text with another of its fold.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.linking.schemes import NONE, Sample, Scheme

FOLDS = 5
SEED = 195
_PAIRS = 3
_OBJECTIVE = "https://w3id.org/gcmkg/id/objective/"
NO_OBJECTIVE = _OBJECTIVE + "none"


@dataclass(frozen=True, slots=True)
class Fold:
    """Samples to train on, and texts held out with their objectives, in the form of the test set."""

    train: tuple[Sample, ...]
    held: tuple[dict[str, Any], ...]


def folds_of(scheme: Scheme) -> tuple[Fold, ...]:
    """Five folds over the sentences; terms, titles and gists are in the training part of each."""
    random_ = random.Random(SEED)  # noqa: S311 - drawing folds, not secrets
    place: dict[int, int] = {}
    for concept in range(NONE, len(scheme.keys)):
        own = [i for i, s in enumerate(scheme.samples) if s.sentence and s.concept == concept]
        random_.shuffle(own)
        place |= {i: rank % FOLDS for rank, i in enumerate(own)}
    out = []
    for fold in range(FOLDS):
        held = [s for i, s in enumerate(scheme.samples) if place.get(i) == fold]
        rest = tuple(s for i, s in enumerate(scheme.samples) if place.get(i) != fold)
        out.append(Fold(rest, tuple(_held(scheme, held, random_))))
    return tuple(out)


def _held(scheme: Scheme, samples: Sequence[Sample], random_: random.Random) -> list[dict[str, Any]]:
    rows = [_row(scheme, [s]) for s in samples]
    named = [s for s in samples if s.concept != NONE]
    for one in named[::_PAIRS]:
        other = random_.choice(named)
        if other.concept != one.concept:
            rows.append(_row(scheme, [one, other]))
    return rows


def _row(scheme: Scheme, samples: Sequence[Sample]) -> dict[str, Any]:
    numbers = [int(scheme.keys[s.concept]) for s in samples if s.concept != NONE]
    return {"text": " ".join(s.text for s in samples), "objectives": numbers, "also": []}


def write_for_annif(path: Path, samples: Sequence[Sample], scheme: Scheme, *, none: bool) -> None:
    """A corpus of short texts as Annif's TSV: the text, a tab, the IRI of its objective.

    With `none` what belongs to no objective is filed under a concept of its own, otherwise under nothing.
    """
    def subject(sample: Sample) -> str:
        if sample.concept == NONE:
            return f"<{NO_OBJECTIVE}>" if none else ""
        return f"<{_OBJECTIVE}{scheme.keys[sample.concept]}>"

    lines = [f"{' '.join(s.text.split())}\t{subject(s)}\n" for s in samples]
    path.write_text("".join(lines), "utf-8")


def write_vocabulary(path: Path, *, none: bool) -> None:
    """The 23 objectives as SKOS in Turtle.

    Preferred label: the title. Alternative labels: short label, other titles, strong terms. Hidden labels: key terms.
    """
    from rdflib import RDF, SKOS, Graph, Literal, URIRef

    from ontology.vocabulary import load_vocabulary

    graph = Graph()
    for objective in load_vocabulary().objectives:
        concept = URIRef(f"{_OBJECTIVE}{objective.number}")
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.notation, Literal(str(objective.number))))
        graph.add((concept, SKOS.prefLabel, Literal(objective.title, "en")))
        for label in (objective.label, *objective.alt_titles, *objective.strong_terms):
            graph.add((concept, SKOS.altLabel, Literal(label, "en")))
        for label in objective.key_terms:
            graph.add((concept, SKOS.hiddenLabel, Literal(label, "en")))
    if none:
        concept = URIRef(NO_OBJECTIVE)
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.notation, Literal("none")))
        graph.add((concept, SKOS.prefLabel, Literal("no objective", "en")))
    graph.serialize(path, format="turtle", encoding="utf-8")


def write_texts(path: Path, texts: Sequence[str]) -> None:
    """Texts to be indexed, as a JSON array."""
    path.write_text(json.dumps(list(texts), ensure_ascii=False), "utf-8")
