"""Statements of a document: one a sentence or list item, more where a sentence says several things."""

from __future__ import annotations

import re

from ingest.statements import lexicon as lx
from ingest.statements.addressees import addressee, state_of
from ingest.statements.agents import Agents, dominant_voice
from ingest.statements.context import Genre, genre_of, lead_in_place
from ingest.statements.evidence import part, whole
from ingest.statements.frames import Frame, Reported, frame_of
from ingest.statements.grammar import Clause, Shape, Tense, parse
from ingest.statements.leads import LeadIns
from ingest.statements.modality import modality_of, states_need
from ingest.statements.naming import Actor, named
from ingest.statements.passages import PassageReader
from ingest.statements.pieces import Piece, pieces_of, second_clauses
from ingest.statements.protocol import BodyResolver
from ingest.statements.setting import Setting, Subject, subject_class
from ingest.statements.tables import Rows
from ingest.statements.types import type_of
from ontology.document import Document, Passage, PassageKind
from ontology.model import BodyType, Modality, Reason, Statement, StatementType

_NAME = re.compile(r"(?:[Tt]he |an? )?([A-Z][^;:.]{1,150}?)[;,.]?$")
_ASKED = (Subject.ACTOR, Subject.GROUP, Subject.PEOPLE, Subject.THING)
_LATER_MODAL = re.compile(r"\band (?:also |thus |therefore )?(will|shall|should|must)\b")


def find_statements(document: Document, bodies: BodyResolver) -> tuple[Statement, ...]:
    """What the document says that somebody does, will do, should do, aims at or decides, and its observations.

    Args:
        document: a segmented document.
        bodies: answers which body a phrase or place speaks of.

    Returns:
        Statements in reading order. Evidence is the passage, a clause of it where it was split, or the
        sentences of one labelled principle. Headings, captions and contents give none.
    """
    return tuple(_Finder(document, bodies).run())


class _Finder:
    """One pass over a document; keeps what later passages lean on (type before, last agent)."""

    def __init__(self, document: Document, bodies: BodyResolver) -> None:
        self._document, self._bodies = document, bodies
        self._genre = genre_of(document)
        voice = dominant_voice(tuple(p.text for p in document.passages)) if self._genre is Genre.VOICES else None
        self._agents = Agents(bodies, self._genre, voice, document.metadata.publisher)
        self._state = state_of(bodies, document.passages)
        self._last_subject: tuple[int, Subject] | None = None
        self._previous: tuple[int, StatementType, Modality | None] | None = None
        self._leads = LeadIns()
        self._rows = Rows(document)
        self._read = PassageReader(document, self._leads)

    def run(self) -> list[Statement]:
        out: list[Statement] = []
        passages = self._document.passages
        skip_to = 0
        for i, passage in enumerate(passages):
            if i < skip_to or not self._read.speaks(passage):
                continue
            if passage.kind is PassageKind.TABLE_ROW and passage.cells:
                cell = self._rows.saying(passage)
                out.extend(self._statements(cell, (cell,), introduces=False) if cell else ())
                continue
            group = self._read.group(i)
            skip_to = i + len(group)
            out.extend(self._statements(passage, group, introduces=self._read.introduces(i)))
        return out

    def _statements(self, passage: Passage, group: tuple[Passage, ...], *, introduces: bool) -> list[Statement]:
        clause = parse(passage.text, item=passage.kind in (PassageKind.LIST_ITEM, PassageKind.TABLE_ROW))
        lead_in = self._leads.of(passage)
        if introduces or not self._read.worth(passage, clause, lead_in) or self._is_name(passage, clause):
            return []
        pieces = (
            pieces_of(passage.text, clause, heard=self._genre is Genre.VOICES)
            if len(group) == 1
            else (Piece(0, len(passage.text), clause),)
        )
        return [self._statement(passage, group, piece, single=len(pieces) == 1) for piece in pieces]

    def _is_name(self, passage: Passage, clause: Clause) -> bool:
        """Whether a list item is no more than the name of a body: an entry of a list, said by nobody."""
        bare = passage.kind is PassageKind.LIST_ITEM and clause.shape is Shape.NOMINAL and _NAME.match(passage.text)
        body = self._bodies.resolve(passage, bare[1]) if bare else None
        return body is not None and body.type is not BodyType.STAKEHOLDER_GROUP

    def _setting(self, passage: Passage, outer: Clause) -> Setting:
        frame = frame_of(outer, heard=self._genre is Genre.VOICES)
        if frame is not None and outer.shape is Shape.INFINITIVE and self._has_subject(passage):
            frame = None
        inner = frame.inner if frame is not None and frame.frame is not Frame.CALL else None
        clause = inner if inner is not None else outer
        lead_in = self._leads.of(passage)
        lead_clause = self._leads.clause(lead_in) if lead_in else None
        lead_frame = frame_of(lead_clause, heard=True) if lead_clause is not None else None
        resolved = (
            named(self._bodies, passage, clause.subject, "")
            if clause.subject and (clause.subject.lower() not in lx.ANAPHORS)
            else None
        )
        subject = subject_class(
            clause, is_body=resolved is not None and resolved.kind is not BodyType.STAKEHOLDER_GROUP
        )
        if clause.shape is not Shape.FINITE and lead_clause is not None:
            subject = subject_class(
                lead_clause, is_body=bool(lead_clause.subject and named(self._bodies, passage, lead_clause.subject, ""))
            )
        if subject is Subject.ANAPHOR and self._last_subject and passage.paragraph - self._last_subject[0] in (0, 1):
            subject = self._last_subject[1] if clause.subject.lower() in ("it", "they") else subject
        elif subject is not Subject.NONE:
            self._last_subject = (passage.paragraph, subject)
        previous = self._previous
        near = previous is not None and passage.paragraph - previous[0] in (0, 1)
        return Setting(
            clause,
            outer,
            self._genre,
            passage.kind,
            self._read.places(passage),
            lead_in_place(lead_in) if lead_in else None,
            lead_clause,
            frame,
            subject,
            self._modality(clause, lead_clause, frame, lead_frame),
            states_need(clause),
            previous[1] if near and previous is not None else None,
            lead_frame,
        )

    def _has_subject(self, passage: Passage) -> bool:
        """Whether the lead-in of an item says who acts: then "advises the Ministry" is what it does, no paragraph of
        a resolution."""
        lead_in = self._leads.of(passage)
        return bool(lead_in and self._leads.clause(lead_in).text.strip())

    def _modality(
        self, clause: Clause, lead: Clause | None, frame: Reported | None, lead_frame: Reported | None
    ) -> Modality | None:
        own = modality_of(clause, self._genre)
        if frame is not None and frame.frame is Frame.CALL and own in (None, Modality.PRESENT, Modality.INFINITIVE):
            return Modality.CALL
        if own is None and clause.shape is Shape.FINITE and clause.tense is Tense.PRESENT:
            later = _LATER_MODAL.search(clause.predicate)
            return modality_of(clause._replace(modal=later.group(1)), self._genre) if later else None
        if clause.shape is Shape.FINITE or lead is None:
            return own
        if lead_frame is not None and lead_frame.frame is Frame.CALL:
            return Modality.CALL
        inherited = modality_of(lead, self._genre)
        opened = Modality.INFINITIVE if own is None and lead.text.rstrip(" :").endswith(" to") else own
        return inherited if inherited is not None else opened

    def _stronger(
        self, passage: Passage, piece: Piece, setting: Setting, kind: StatementType, reason: Reason
    ) -> tuple[Setting, StatementType, Reason]:
        """A sentence that observes and then asks or promises is what its second clause is."""
        for clause in second_clauses(piece.clause):
            other = self._setting(passage, clause)
            second, why = type_of(other)
            if second in (StatementType.RECOMMENDATION, StatementType.COMMITMENT):
                return other, second, _noted(why, "The second clause decides.")
        return setting, kind, reason

    def _statement(self, passage: Passage, group: tuple[Passage, ...], piece: Piece, *, single: bool) -> Statement:
        setting = self._setting(passage, piece.clause)
        kind, reason = type_of(setting)
        if kind is StatementType.OBSERVATION and single:
            setting, kind, reason = self._stronger(passage, piece, setting, kind, reason)
        previous = self._previous
        agent = self._agents.agent(passage, setting, kind)
        who = self._rows.responsible(passage) if passage.kind is PassageKind.TABLE_ROW else None
        if who and not setting.clause.subject:
            agent = named(self._bodies, passage, who, "column") or Actor(who, None, "column")
        to = addressee(passage, setting, kind, agent, self._bodies, self._state)
        same = to is not None and agent is not None and to.name == agent.name
        if kind is StatementType.RECOMMENDATION and to and same and setting.subject in _ASKED:
            agent = self._agents.speaker(passage, to.name) or agent
        modality: Modality | None = setting.modality or Modality.PRESENT
        if (
            kind is StatementType.RECOMMENDATION
            and setting.frame is not None
            and setting.frame.inner is None
            and (setting.frame.frame is Frame.STRESS and "need" in setting.frame.word)
        ):
            modality = Modality.NEED
        if (
            previous is not None
            and kind is previous[1] is StatementType.RECOMMENDATION
            and "this includes" in reason.words
        ):
            modality = previous[2] or modality
        if kind is StatementType.OBSERVATION and modality is not Modality.WILL:
            modality = Modality.PRESENT
        if setting.modality is None and setting.clause.shape in (Shape.NOMINAL, Shape.MEANS):
            modality = None
        self._previous = (passage.paragraph, kind, modality)
        if agent is not None and agent.how:
            reason = _noted(reason, f"Agent by {agent.how}.")
        if setting.clause.negated:
            reason = _noted(reason, "The clause is negated.")
        return Statement(
            kind,
            whole(self._document, group) if single else part(self._document, passage, piece.start, piece.end),
            reason,
            modality,
            agent.name if agent else None,
            agent.iri if agent else None,
            to.name if to else None,
            to.iri if to else None,
            to.source if to else None,
        )


def _noted(reason: Reason, note: str) -> Reason:
    """The reason with one sentence more (nearly every statement has one; `replace` takes three times as long)."""
    words, runner_up = reason.words, reason.runner_up
    return Reason(reason.method, reason.confidence, reason.score, words, runner_up, f"{reason.note} {note}")
