"""The linker on a scheme of a user's own: the same signals and decision, trained on the sentences of that scheme."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.linking.clauses import clauses_of
from ingest.linking.fit import places_of_clauses, prepared, trained_schemes
from ingest.linking.records import Judgement
from ingest.linking.scheme_file import SchemeFile, read_scheme
from ingest.linking.scheme_linker import SchemeLinker, Setting
from ontology.vocabulary import load_vocabulary
from search.encoder import Encoder, load_encoder

_BATCH = 256


@dataclass(frozen=True, slots=True)
class SchemeTagged:
    """One text that was linked to a scheme of a user's own; `names` are those of its concepts by key."""

    text: str
    judgement: Judgement
    names: Mapping[str, str]

    def to_record(self) -> dict[str, Any]:
        """A JSON-ready record: all scores by key, the accepted concepts, the links with their reasons."""
        links = [{**v.to_record("concept"), "label": self.names[v.key]} for v in self.judgement.verdicts]
        record: dict[str, Any] = {
            "text": self.text, "scores": dict(self.judgement.scores), "concepts": list(self.judgement.accepted),
            "links": links,
        }
        if self.judgement.reason:
            record["reason"] = self.judgement.reason
        return record


class OwnSchemeLinker:
    """Links text to one scheme; made by `load_scheme_linker`."""

    def __init__(self, found: SchemeFile, encoder: Encoder) -> None:
        self.title, self.names, self.notes = found.title, found.names, found.notes
        self._encoder = encoder
        self._linker = SchemeLinker(found.scheme, *trained_schemes([found.scheme], encoder))

    def tag(
        self, texts: Sequence[str], *, progress: Callable[[str, int, int], None] | None = None
    ) -> tuple[SchemeTagged, ...]:
        """Link texts; a text of several sentences is one passage."""
        out: list[SchemeTagged] = []
        for first in range(0, len(texts), _BATCH):
            batch = list(texts[first : first + _BATCH])
            clauses = [clauses_of(text) for text in batch]
            vectors, words = prepared(batch, clauses, self._encoder)
            settings = [Setting(parts=part) for part in places_of_clauses(clauses, len(batch))]
            judged = self._linker.judge(vectors, words, settings)
            out += [SchemeTagged(text, one, self.names) for text, one in zip(batch, judged, strict=True)]
            if progress is not None:
                progress("tag", len(out), len(texts))
        return tuple(out)


def load_scheme_linker(path: str | Path, *, encoder: Encoder | None = None) -> OwnSchemeLinker:
    """The linker of a SKOS file (`scheme_file` says what is read of it), trained at first use and kept in the cache.

    Raises:
        UsageError: the file is no such scheme.
        ModelError: the embedding model is missing, or is not the one it should be.
    """
    found = read_scheme(Path(path), general=load_vocabulary().general_examples)
    return OwnSchemeLinker(found, load_encoder() if encoder is None else encoder)
