"""Annotated documents for tests: one made by hand, and strategies that make any."""

from __future__ import annotations

import pyoxigraph as ox
from hypothesis import strategies as st

from ontology import iris
from ontology.document import Document, DocumentType, Metadata, Passage, PassageKind, Source, Span
from ontology.model import (
    AddresseeSource,
    Annotated,
    Body,
    BodyFact,
    BodyType,
    Evidence,
    Instrument,
    LinkMethod,
    Mention,
    Modality,
    ObjectiveLink,
    PrincipleLink,
    Reason,
    Relation,
    RelationType,
    SdgLink,
    Statement,
    StatementType,
    Status,
)
from ontology.vocabulary import Area, RegisteredBody, Vocabulary

OFFICE = iris.body("Office of Examples")
FORUM = iris.body("Forum of Samples")
VOCABULARY = Vocabulary(
    objectives=(),
    principles=(),
    sdgs=(),
    crosswalk=(),
    areas=(Area(iris.AREA + "368", "Iraq", m49="368", alpha3="IRQ"),),
    bodies=(RegisteredBody(OFFICE, "Office of Examples", BodyType.UN_ENTITY, "OOE", ("The Example Office",)),),
    general_examples=(),
)

_SENTENCES = (
    "Members and tasks",
    "The Office of Examples (OOE) chairs the Forum of Samples.",
    "The Forum of Samples will counter trafficking, as goal 10.7 asks.",
    "The Office should end the detention of children.",
)


def sample(*, name: str = "tasks.md", sentences: tuple[str, ...] = _SENTENCES) -> Annotated:
    """A heading and three sentences with a fact of each kind."""
    document = _document(name, sentences)
    heading, chairs, will, should = (whole(passage) for passage in document.passages)
    goal = part(document, 2, "goal 10.7")
    return Annotated(
        document=document,
        bodies=(
            Body(OFFICE, "Office of Examples", BodyType.UN_ENTITY, part(document, 1, "Office of Examples"),
                 Reason("registry", 0.98, words=("Office of Examples",), note="Its name stands in the registry."),
                 acronym="OOE", aliases=("the Office",), registered=True),
            Body(FORUM, "Forum of Samples", BodyType.FORUM, part(document, 1, "Forum of Samples"),
                 Reason("pattern", 0.8), aliases=("Forum", "the Forum")),
        ),
        mentions=(Mention(OFFICE, 1, 0, 1), Mention(FORUM, 1, 0, 1), Mention(FORUM, 2, 0, 1), Mention(OFFICE, 3, 0, 1)),
        relations=(
            Relation("Office of Examples", OFFICE, RelationType.CHAIR_OF, "Forum of Samples", FORUM, Status.CURRENT,
                     chairs, Reason("pattern", 0.9, words=("chairs", "of"))),
            Relation("Office of Examples", OFFICE, RelationType.MEMBER_OF, "Forum of Samples", FORUM, Status.FORMER,
                     chairs, Reason("pattern", 0.5)),
            Relation("Forum of Samples", FORUM, RelationType.PART_OF, "Office of Examples", OFFICE, Status.CURRENT,
                     chairs, Reason("pattern", 0.4)),
        ),
        body_facts=(BodyFact("Forum of Samples", FORUM, "meeting_frequency", "monthly", chairs, Reason("rule", 0.7)),),
        statements=(
            Statement(StatementType.COMMITMENT, will, Reason("rules", 0.8123, words=("will",)), Modality.WILL,
                      "Forum of Samples", FORUM),
            Statement(StatementType.RECOMMENDATION, should, Reason("rules", 0.75), Modality.SHOULD, "Forum of Samples",
                      FORUM, "Office of Examples", OFFICE, AddresseeSource.STATED),
        ),
        objective_links=(
            ObjectiveLink(10, 3, LinkMethod.EXPLICIT, will,
                          Reason("explicit", 0.95, 1.25, ("trafficking",), "objective 9 (0.2)", "It is named.")),
            ObjectiveLink(9, 1, LinkMethod.SEMANTIC, will, Reason("cosine", 0.31)),
            ObjectiveLink(13, 2, LinkMethod.LEXICAL, should, Reason("lexical", 0.66)),
        ),
        sdg_links=(SdgLink("10.7", LinkMethod.EXPLICIT, goal, Reason("explicit", 1.0, words=("10.7",))),),
        principle_links=(PrincipleLink("child-sensitive", LinkMethod.LEXICAL, should, Reason("lexical", 0.6)),),
        instruments=(
            Instrument(iris.instrument("X/1"), "Sample Accord", "convention", heading, Reason("rule", 0.9),
                       "X/1", ("the Accord",)),
        ),
        warnings=("A picture on page 1 was left out.",),
    )


def value_of(node: object) -> str:
    """The IRI of a node or the text of a literal."""
    if not isinstance(node, ox.NamedNode | ox.Literal):
        raise TypeError(node)
    return node.value


def whole(passage: Passage) -> Evidence:
    """The whole passage as evidence."""
    return Evidence(passage.index, passage.start, passage.end, passage.quote, passage.page, passage.section,
                    passage.fragments, passage.text)


def part(document: Document, index: int, words: str) -> Evidence:
    """Some words of a passage as evidence."""
    passage = document.passages[index]
    start = document.source.text.index(words, passage.start)
    return Evidence(index, start, start + len(words), words, passage.page, passage.section)


def _document(name: str, sentences: tuple[str, ...]) -> Document:
    text = "\n".join(sentences)
    slug = iris.slug(name.rpartition(".")[0])
    passages = []
    for index, sentence in enumerate(sentences):
        start = len("\n".join([*sentences[:index], ""]))
        end = start + len(sentence)
        kind = PassageKind.HEADING if index == 0 else PassageKind.SENTENCE
        section = sentences[:1] if index else ()
        passages.append(Passage(index, iris.digest(sentence, str(index)), kind, start, end, sentence, sentence,
                                (Span(start, end),), index, section, page=1, level=int(index == 0)))
    source = Source(f"/somewhere/{name}", name, slug, "0" * 64, "text/markdown", text, (0,))
    about = Metadata("Tasks of the Forum", DocumentType.TERMS_OF_REFERENCE, "2021-02", "OOE", ("IRQ", "Arab region"))
    return Document(source, about, tuple(passages))


# Everything that can stand in a text, and most of what has broken a store: controls, quotes, marks of direction.
_AWKWARD = ('"""', "\\", "\\u0022", "\n", "\r\n", "\t", "\x00", "\x1f", "\x7f", "\u200f", "\u202e", "\ufeff", "\ufffe",
            "\u2028", "{}", "<>", "'", " > ", "> .", "é", "e\u0301", "😀", "قرار", "=1+1", "@prefix", "#")
texts = st.lists(st.one_of(st.sampled_from(_AWKWARD), st.text(min_size=1, max_size=8)), max_size=5).map("".join)
some_text = texts.filter(bool)
maybe = st.none() | texts
confidences = st.integers(0, 10_000).map(lambda n: n / 10_000)
scores = st.integers(-5_000_000, 50_000_000).map(lambda n: n / 1_000_000)
iri_slugs = st.from_regex(r"[a-z0-9]{1,12}", fullmatch=True)
reasons = st.builds(Reason, some_text, confidences, scores, st.lists(texts, max_size=3).map(tuple), maybe, texts)
dates = st.sampled_from([None, "2021", "2021-12", "2021-02-30", "n.d."])


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any document: passages with any text, headings, pages, fragments and cells."""
    passages: list[Passage] = []
    text = ""
    for index in range(draw(st.integers(1, 5))):
        quote = draw(some_text)
        start, end = len(text), len(text) + len(quote)
        text += quote
        fragments = [Span(start, end)]
        for rest in draw(st.lists(some_text, max_size=2)):
            text += "\n" + rest
            fragments.append(Span(len(text) - len(rest), len(text)))
        text += draw(st.sampled_from(["\n", "\n\n", " "]))
        passages.append(Passage(
            index, iris.digest(quote, str(index)), draw(st.sampled_from(PassageKind)), start, end, quote, draw(texts),
            tuple(fragments), draw(st.integers(0, 9)), tuple(draw(st.lists(texts, max_size=3))),
            draw(st.none() | st.integers(1, 900)), draw(maybe), draw(maybe), draw(st.integers(0, 6)), draw(maybe),
            tuple(draw(st.lists(texts, max_size=3))), draw(confidences),
        ))
    about = draw(st.builds(
        Metadata, some_text, st.sampled_from(DocumentType), dates, maybe,
        st.lists(texts | st.just("IRQ"), max_size=2).map(tuple), st.just("en"), maybe, maybe, maybe,
    ))
    return Document(Source("x", draw(some_text), "any", "f" * 64, "text/plain", text), about, tuple(passages))


@st.composite
def evidences(draw: st.DrawFn, document: Document) -> Evidence:
    """The whole of a passage, or a part of its first fragment."""
    passage = draw(st.sampled_from(document.passages))
    if draw(st.booleans()):
        return whole(passage)
    start = draw(st.integers(passage.start, passage.end - 1))
    end = draw(st.integers(start + 1, passage.end))
    quote = document.source.text[start:end]
    return Evidence(passage.index, start, end, quote, passage.page, passage.section, (), draw(maybe))


@st.composite
def any_annotated(draw: st.DrawFn) -> Annotated:
    """Any document with any facts."""
    document = draw(documents())
    place = evidences(document)
    body_iri = iri_slugs.map(iris.body)
    methods = st.sampled_from(LinkMethod)

    def some(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
        return st.lists(strategy, max_size=3).map(tuple)

    return draw(st.builds(
        Annotated,
        document=st.just(document),
        bodies=some(st.builds(Body, body_iri, texts, st.sampled_from(BodyType), place, reasons, maybe, _names,
                              st.booleans())),
        relations=some(st.builds(Relation, texts, body_iri, st.sampled_from(RelationType), texts, body_iri,
                                 st.sampled_from(Status), place, reasons)),
        body_facts=some(st.builds(BodyFact, texts, body_iri, some_text, texts, place, reasons)),
        statements=some(st.builds(Statement, st.sampled_from(StatementType), place, reasons,
                                  st.none() | st.sampled_from(Modality), maybe, st.none() | body_iri, maybe,
                                  st.none() | body_iri, st.none() | st.sampled_from(AddresseeSource))),
        objective_links=some(st.builds(ObjectiveLink, st.integers(1, 23), st.integers(1, 3), methods, place, reasons)),
        sdg_links=some(st.builds(SdgLink, st.sampled_from(["10", "10.7", "16.a"]), methods, place, reasons)),
        principle_links=some(st.builds(PrincipleLink, iri_slugs, methods, place, reasons)),
        instruments=some(st.builds(Instrument, iri_slugs.map(iris.instrument), texts, texts, place, reasons, maybe,
                                   _names)),
        warnings=st.just(()),
    ))


_names = st.lists(texts, max_size=3, unique=True).map(tuple)
