"""One trained scheme at work: texts with what surrounds them in, judgements out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from ingest.linking.decide import leads_of, runner_up, sigmoid
from ingest.linking.exact import Floats
from ingest.linking.explicit import Cited
from ingest.linking.features import FEATURES, Read, features_of, read_text
from ingest.linking.records import Judgement, Verdict
from ingest.linking.schemes import Scheme
from ingest.linking.terms import TermIndex, Words
from ingest.linking.train import Trained
from ontology.model import LinkMethod

AGREEMENT = 0.7  # assumed share of sentences about what the heading over them names
CITED = 0.99
WEAK = 0.6  # of the threshold: from here a link is weak
_INHERITED = 0.2
_EVEN = 0.5
_SUREST = 5.0  # log odds; a few hundred sentences are no ground for being surer
_NAMED_TERMS = 0.5
_WORDS = 6
_SHORTEST_WORD = 4


class Stance(StrEnum):
    """What a sentence does: somebody acts in it, it describes, or it describes under a heading such as "Context"."""

    ACTS = "acts"
    DESCRIBES = "describes"
    SITUATION = "situation"


_SITUATION = 6.0  # log odds that a sentence loses which describes a situation; `Scheme.describing` says of others


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a text besides its words: its citations, what its headings cite, and the texts around it.

    `lead` and `before` are places of other texts in the same batch (or None): the heading or lead-in over it, and
    the sentence before it. `parts` are the places of its clauses. What is in `general` its wording claims only by a
    term that names it, or under a heading that does.
    """

    cited: Cited = field(default_factory=Cited)
    inherited: tuple[str, ...] = ()
    lead: int | None = None
    before: int | None = None
    parts: tuple[int, ...] = ()
    stance: Stance = Stance.ACTS
    general: frozenset[str] = frozenset()


class SchemeLinker:
    """A scheme, trained."""

    def __init__(self, scheme: Scheme, trained: Trained) -> None:
        self.scheme = scheme
        self._only_cited = frozenset(place for place, key in enumerate(scheme.keys) if key in scheme.only_cited)
        self.trained = trained
        self._terms = TermIndex(scheme.terms, [float(r) for r in trained.rarity])
        self._words = {word: place for place, word in enumerate(trained.learned.words)}
        self._places = {key: place for place, key in enumerate(scheme.keys)}
        self._unit = float(np.log(1 + len(scheme.keys)))

    def judge(
        self, vectors: Floats, texts: Sequence[Words], settings: Sequence[Setting]
    ) -> list[Judgement]:
        """A judgement a text; `vectors` and `texts` may be longer than `settings`, by texts that only surround."""
        if not settings:
            return []
        decision = self.trained.decision
        reads = [read_text(text, self._terms) for text in texts]
        features = features_of(self.trained.learned, self._words, vectors, reads, unit=self._unit)
        own = decision.own_logit(features)
        alone = sigmoid(own)
        nothing = np.zeros(own.shape[1])
        count = len(settings)
        lead = np.array([nothing if s.lead is None else alone[s.lead] for s in settings])
        before = np.array([nothing if s.before is None else alone[s.before] for s in settings])
        parts = np.array([own[[*(s.parts or (row,))]].max(axis=0) for row, s in enumerate(settings)])
        logit = decision.logit(own[:count], parts, lead, before)
        logit = np.minimum(logit, _SUREST)
        prior = np.stack([self._prior(s.inherited) for s in settings])
        lost = {Stance.ACTS: 0.0, Stance.DESCRIBES: self.scheme.describing, Stance.SITUATION: _SITUATION}
        logit = logit - np.array([[lost[s.stance]] for s in settings])
        before_heading = np.round(sigmoid(logit), 6)
        probability = np.round(sigmoid(logit + prior), 6)
        leads = leads_of(own, [s.parts for s in settings])
        limits = np.where(
            (lead + before).any(axis=1, keepdims=True),
            decision.among.limits(probability, leads), decision.alone.limits(probability, leads),
        )
        return [
            self._judgement(
                probability[row], before_heading[row], logit[row], features[row], reads[row], settings[row], limits[row]
            )
            for row in range(count)
        ]

    def probabilities(self, vectors: Floats, texts: Sequence[Words]) -> Floats:
        """Probabilities (texts, concepts) of texts that stand alone."""
        settings = [Setting()] * len(texts)
        judged = self.judge(vectors, texts, settings)
        return np.array([list(j.scores.values()) for j in judged]).reshape(len(texts), len(self.scheme.keys))

    def _prior(self, inherited: Sequence[str]) -> Floats:
        """Shift of the log odds under a heading that names concepts: its own gain what the others lose."""
        out = np.zeros(len(self.scheme.keys))
        named = [self._places[key] for key in inherited if key in self._places]
        size, total = len(named), len(self.scheme.keys)
        if size and size < total:
            out[:] = np.log((1 - AGREEMENT) / (total - size) * total)
            out[named] = max(0.0, np.log(AGREEMENT / size * total))
        return out

    def _judgement(
        self, probability: Floats, before_heading: Floats, logit: Floats, features: Floats, read: Read,
        setting: Setting, limits: Floats,
    ) -> Judgement:
        accept = float(limits.min())
        scores = {key: float(p) for key, p in zip(self.scheme.keys, probability, strict=True)}
        cited = {c.key: c.words for c in setting.cited.citations}
        verdicts = [self._by_citation(key, words) for key, words in cited.items()]
        scores |= dict.fromkeys(cited, CITED)
        for place, key in enumerate(self.scheme.keys):
            if key in cited or probability[place] < accept * WEAK:
                continue
            verdicts.append(
                self._by_content(place, probability, before_heading, logit, features, read, setting, limits)
            )
        if setting.inherited and not any(v.strength > 1 for v in verdicts):
            there = {v.key for v in verdicts}
            verdicts += [self._only_inherited(key) for key in setting.inherited if key not in there]
        verdicts.sort(key=lambda v: (-v.confidence, -v.strength, _order(v.key)))
        reason = None if any(v.strength > 1 for v in verdicts) else self._why_none(probability, setting, accept)
        return Judgement(scores, tuple(verdicts), reason)

    def _by_citation(self, key: str, words: str) -> Verdict:
        return Verdict(
            key, 3, LinkMethod.EXPLICIT, CITED, 1.0, (words,), None, f"The text cites it: “{words}”."
        )

    def _by_content(
        self, place: int, probability: Floats, before_heading: Floats, logit: Floats, features: Floats, read: Read,
        setting: Setting, limits: Floats,
    ) -> Verdict:
        decision, key = self.trained.decision, self.scheme.keys[place]
        value = float(probability[place])
        names = dict(zip(FEATURES, features[place], strict=True))
        named = names["named"] >= _NAMED_TERMS
        limit = float(limits[place])
        clear = value >= limit and place not in self._only_cited
        clear = clear and (named or key not in setting.general or key in setting.inherited)
        if self.scheme.needs_name:
            clear = clear and named and value >= _EVEN
        strength = 1 if not clear else 3 if named else 2
        heading = key in setting.inherited and before_heading[place] < limit <= value
        semantic = decision.semantic_share(features[place]) > 0.5
        method = LinkMethod.INHERITED if heading else LinkMethod.SEMANTIC if semantic else LinkMethod.LEXICAL
        words = self._deciding_words(place, read)
        rival = runner_up([float(p) for p in probability], place)
        second = None
        if rival is not None:
            second = (
                f"{self.scheme.labels[rival]} ({probability[rival]:.2f}): "
                f"{self._why_less(place, rival, features)}"
            )
        how = {
            LinkMethod.INHERITED: "A heading over it names it, and its own words support it",
            LinkMethod.SEMANTIC: "It is like the sentences of this concept",
            LinkMethod.LEXICAL: "Its words are those of this concept",
        }[method]
        listed = f": {', '.join(words)}" if words else ""
        return Verdict(
            key, strength, method, round(value, 4), round(float(logit[place]), 4), words, second,
            f"{how}{listed}." if strength > 1 else f"{how}{listed}, but too little to be sure.",
        )

    def _why_less(self, place: int, rival: int, features: Floats) -> str:
        """The feature by which the rival falls behind most."""
        gap = (features[place] - features[rival]) * self.trained.decision.own
        weakest = list(FEATURES)[int(np.argmax(gap))]
        if gap.max() <= 0:
            return "accepted as well or more likely by itself"
        return {
            "head": "the trained head finds it less likely",
            "head_margin": "the trained head prefers another",
            "prototypes": "its sentences are less alike",
            "words": "fewer of its words",
            "named": "no term names it",
            "named_too": "fewer terms name it",
            "supported": "fewer terms support it",
            "misled": "a term that only looks like it",
            "term_margin": "its terms weigh less",
        }[weakest]

    def _deciding_words(self, place: int, read: Read) -> tuple[str, ...]:
        """The terms of the concept as written in the text, strongest first; without any, the words that weigh most."""
        rank = {"strong": 0, "key": 1}
        hits = [h for h in read.hits if h.entry.concept == place and h.entry.kind in rank]
        hits.sort(key=lambda h: (rank[h.entry.kind], -h.entry.weight, h.first))
        found = [" ".join(t.text for t in read.words.tokens[h.first : h.last]) for h in hits]
        if not found:
            column = self.trained.learned.word_weights[:, place]
            by_stem = {t.stem: t.text for t in reversed(read.words.tokens)}
            known = {s: float(column[self._words[s]]) for s in by_stem if s in self._words and len(s) >= _SHORTEST_WORD}
            best = sorted((s for s in known if known[s] > 0), key=lambda s: (-known[s], s))
            found = [by_stem[s] for s in best[:3]]
        return tuple(dict.fromkeys(found))[:_WORDS]

    def _only_inherited(self, key: str) -> Verdict:
        return Verdict(
            key, 1, LinkMethod.INHERITED, _INHERITED, 0.0, (), None,
            "A heading over it names it; its own words do not say which of the heading's objectives it is about.",
        )

    def _why_none(self, probability: Floats, setting: Setting, accept: float) -> str:
        best = int(np.argmax(probability))
        notes = " ".join(setting.cited.notes)
        nearest = f"{self.scheme.labels[best]} is nearest with {probability[best]:.2f}"
        limit = f"which is below {accept:.2f}, from where a link is made"
        return f"{notes} None fits: {nearest}, {limit}.".strip()


def _order(key: str) -> tuple[int, str]:
    return (int(key), "") if key.isdigit() else (1_000, key)
