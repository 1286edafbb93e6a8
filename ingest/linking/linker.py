"""The linker: documents, texts and queries to objectives, goals and principles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import replace

from ingest.linking.clauses import clauses_of
from ingest.linking.explicit import Cited, TitleIndex, cited_objectives, cited_sdgs, mentions_compact
from ingest.linking.fit import places_of_clauses, prepared, relearned_scheme, trained_schemes
from ingest.linking.generic import too_general
from ingest.linking.labels import Labelled, with_labels
from ingest.linking.records import Judgement, Links, Tagged, Verdict
from ingest.linking.scheme_linker import SchemeLinker, Setting, Stance
from ingest.linking.schemes import schemes_of
from ingest.linking.settings import Frame, Unit, frame_of, units_of
from ingest.linking.tables import cited_in_tables
from ontology.model import Annotated, Evidence, ObjectiveLink, PrincipleLink, Reason, SdgLink
from ontology.vocabulary import Vocabulary, load_vocabulary
from search.encoder import Encoder, load_encoder
from search.pieces import Part

Progress = Callable[[str, int, int], None]
_BATCH = 256


class Linker:
    """Links text to the three schemes of the vocabulary; made by `load_linker`."""

    def __init__(
        self, vocabulary: Vocabulary, encoder: Encoder, objectives: SchemeLinker, sdgs: SchemeLinker,
        principles: SchemeLinker,
    ) -> None:
        self._encoder = encoder
        self.objectives = objectives
        self.sdgs = sdgs
        self.principles = principles
        self._titles = TitleIndex(vocabulary.objectives)
        self._codes = frozenset(s.code for s in vocabulary.sdgs)

    def with_objectives(self, objectives: SchemeLinker) -> Linker:
        """The same linker with another trained scheme of objectives."""
        other = copy(self)
        other.objectives = objectives
        return other

    def link_document(self, annotated: Annotated) -> Links:
        """The links of a document: a unit for each sentence, list item, note and citing heading or row."""
        units, frame = units_of(annotated), frame_of(annotated)
        rows = cited_in_tables(annotated.document.passages, known=self._codes)
        cited = [_with_row(self._cited(u, frame), rows.get(u.passage.index)) for u in units]
        inherited = self._inherited(annotated, frame)
        leads = list(dict.fromkeys(t for u in units if (t := _lead(u))))
        lead_place = {text: len(units) + place for place, text in enumerate(leads)}
        befores = _befores(units)
        clauses = [clauses_of(u.text) if u.content else () for u in units]
        texts = [u.text for u in units] + leads
        parts = places_of_clauses(clauses, len(texts))
        settings = [
            (
                Setting(
                    c, under, lead_place.get(_lead(u)), before, part, Stance.ACTS if under else u.stance,
                    too_general(u.text),
                ),
                Setting(s, (), lead_place.get(_lead(u)), before, part, u.stance),
                Setting(Cited(), (), None, None, part),
            )
            for u, (c, s), before, part in zip(units, cited, befores, parts, strict=True)
            for under in [inherited.get(u.passage.section, ()) if u.content else ()]
        ]
        judged = self._judge(texts, clauses, settings)
        objectives: list[ObjectiveLink] = []
        sdgs: list[SdgLink] = []
        principles: list[PrincipleLink] = []
        for unit, (on_objectives, on_sdgs, on_principles) in zip(units, judged, strict=True):
            evidence = unit.evidence
            for v in _kept(on_objectives, unit):
                objectives.append(ObjectiveLink(int(v.key), v.strength, v.method, evidence, _reason(v)))
            for v in _kept(on_sdgs, unit):
                if v.strength > 1:
                    sdgs.append(SdgLink(v.key, v.method, evidence, _reason(v)))
            for v in _kept(on_principles, unit):
                if v.strength > 1:
                    principles.append(PrincipleLink(v.key, v.method, evidence, _reason(v)))
        return Links(tuple(objectives), tuple(sdgs), tuple(principles))

    def tag(self, texts: Sequence[str], *, progress: Progress | None = None) -> tuple[Tagged, ...]:
        """Link texts that are not stored; a text of several sentences is one passage."""
        out: list[Tagged] = []
        for first in range(0, len(texts), _BATCH):
            batch = list(texts[first : first + _BATCH])
            clauses = [clauses_of(text) for text in batch]
            settings = [
                (
                    Setting(self._cited_in(text), parts=part, general=too_general(text)),
                    Setting(cited_sdgs(text, known=self._codes), parts=part),
                    Setting(parts=part),
                )
                for text, part in zip(batch, places_of_clauses(clauses, len(batch)), strict=True)
            ]
            judged = self._judge(batch, clauses, settings)
            out += [Tagged(text, *three) for text, three in zip(batch, judged, strict=True)]
            if progress is not None:
                progress("tag", len(out), len(texts))
        return tuple(out)

    def affinity(self, query: str) -> Mapping[int, float]:
        """How much a query is about each objective: 0 to 1. A number after "objective" needs no other context."""
        cited = cited_objectives(query, about_compact=True)
        judged = self._judge([query], [()], [(Setting(cited), Setting(), Setting())])
        return {int(key): score for key, score in judged[0][0].scores.items()}

    def _judge(
        self, texts: Sequence[str], clauses: Sequence[Sequence[Part]],
        settings: Sequence[tuple[Setting, Setting, Setting]],
    ) -> list[tuple[Judgement, Judgement, Judgement]]:
        """Judgements of the first texts, one for each setting; `clauses` are those of the first texts too."""
        if not settings:
            return []
        clauses = [*clauses, *[()] * (len(texts) - len(clauses))]
        vectors, words = prepared(texts, clauses, self._encoder)
        first, second, third = (
            linker.judge(vectors, words, [s[place] for s in settings])
            for place, linker in enumerate((self.objectives, self.sdgs, self.principles))
        )
        return list(zip(first, _one_a_goal(second), third, strict=True))

    def _cited(self, unit: Unit, frame: Frame) -> tuple[Cited, Cited]:
        about = frame.about_compact(unit.passage)
        objectives = self._cited_in(unit.text, about=about, own_numbering=frame.own_numbering)
        return objectives, cited_sdgs(unit.text, about_agenda=frame.about_agenda(unit.passage), known=self._codes)

    def _cited_in(self, text: str, *, about: bool = False, own_numbering: bool = False) -> Cited:
        by_number = cited_objectives(text, about_compact=about, own_numbering=own_numbering)
        titles = self._titles.find(text, about=mentions_compact(text))
        return by_number | Cited(titles)

    def _inherited(self, annotated: Annotated, frame: Frame) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What the headings over each section cite: the innermost heading that cites any."""
        out: dict[tuple[str, ...], tuple[str, ...]] = {}
        for section in dict.fromkeys(p.section for p in annotated.document.passages):
            for heading in reversed(section):
                cited = self._cited_in(heading, about=frame.compact_title, own_numbering=frame.own_numbering)
                if cited.citations:
                    out[section] = tuple(c.key for c in cited.citations)
                    break
        return out


def _with_row(found: tuple[Cited, Cited], row: tuple[Cited, Cited] | None) -> tuple[Cited, Cited]:
    """Citations of a text together with those of its cells."""
    return (found[0] | row[0], found[1] | row[1]) if row else found


def _lead(unit: Unit) -> str:
    """The text over a unit: its lead-in, else its innermost heading."""
    if unit.passage.lead_in:
        return unit.passage.lead_in
    return unit.passage.section[-1] if unit.passage.section and unit.content else ""


def _befores(units: Sequence[Unit]) -> list[int | None]:
    """For each unit the place of the one before it in the same paragraph."""
    out: list[int | None] = []
    for place, unit in enumerate(units):
        previous = units[place - 1] if place else None
        joined = previous is not None and previous.content and previous.passage.paragraph == unit.passage.paragraph
        out.append(place - 1 if joined else None)
    return out


def _kept(judgement: Judgement, unit: Unit) -> Iterable[Verdict]:
    """All verdicts on prose; of a heading, caption or row only what it cites."""
    return [v for v in judgement.verdicts if unit.content or v.method == "explicit"]


def _one_a_goal(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Of a goal and its targets by content only the most confident; all that is cited stays."""
    out = []
    for judgement in judgements:
        kept: list[Verdict] = []
        for verdict in judgement.verdicts:
            goal = verdict.key.partition(".")[0]
            if verdict.method == "explicit" or goal not in {v.key.partition(".")[0] for v in kept}:
                kept.append(verdict)
        out.append(replace(judgement, verdicts=tuple(kept)))
    return out


def _reason(verdict: Verdict) -> Reason:
    return Reason(
        verdict.method.value, verdict.confidence, verdict.score, verdict.words, verdict.runner_up, verdict.note
    )


def load_linker(
    *, encoder: Encoder | None = None, vocabulary: Vocabulary | None = None, labels: Sequence[Labelled] = ()
) -> Linker:
    """The linker of a vocabulary, trained at first use and kept in the cache folder.

    Args:
        encoder: the default model's where it is none.
        vocabulary: the project's own where it is none.
        labels: passages with their objectives that the head learns from besides the vocabulary's sentences.

    Raises:
        ModelError: the embedding model is missing, or is not the one it should be.
        VocabularyError: a Turtle file does not parse.
    """
    encoder = load_encoder() if encoder is None else encoder  # a cache with no vectors yet is falsy
    vocabulary = load_vocabulary() if vocabulary is None else vocabulary
    schemes = schemes_of(vocabulary)
    objectives, sdgs, principles = (
        SchemeLinker(s, t) for s, t in zip(schemes, trained_schemes(schemes, encoder), strict=True)
    )
    if labels:
        scheme = with_labels(schemes[0], labels)
        objectives = SchemeLinker(scheme, relearned_scheme(scheme, objectives.trained, encoder))
    return Linker(vocabulary, encoder, objectives, sdgs, principles)


__all__ = ["Evidence", "Linker", "Links", "Tagged", "load_linker"]
