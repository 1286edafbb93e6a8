"""The figures that the linking benchmark reports are what they are called, and its switches change the linker."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.linking.features import FEATURES
from ingest.linking.schemes import NONE, objective_scheme
from ontology.vocabulary import load_vocabulary

FOLDER = Path(__file__).parents[1] / "benchmarks" / "linking"
sys.path.append(str(FOLDER))

import measures  # noqa: E402
import training  # noqa: E402

scores = st.dictionaries(st.integers(0, 23), st.floats(0, 1), max_size=24)


def row(*objectives: int, also: tuple[int, ...] = ()) -> dict:
    return {"objectives": list(objectives), "also": list(also)}


@given(scores, st.integers(1, 3), st.floats(0, 1))
def test_a_cut_accepts_no_more_than_it_may_and_nothing_that_none_of_them_outscores(found, limit, threshold):
    accepted = measures.Cut(limit, threshold).accepted(found)
    assert len(accepted) <= limit
    assert all(n != 0 and found[n] >= threshold and found[n] > found.get(0, 0) for n in accepted)
    assert accepted == measures.order_of(found)[: len(accepted)]


def test_what_is_not_offered_is_no_answer():
    assert measures.ranking([row(1), row(2)], [{}, {2: 0.4, 1: 0.0}]) == {"p@1": 0.5, "r@3": 0.5}


def test_what_may_be_accepted_neither_counts_nor_costs():
    found = measures.acceptance([row(1, also=(2,)), row(), row()], [[1, 2], [], [3]])
    assert (found["precision"], found["recall"], found["silent"]) == (0.5, 1.0, 0.5)


@given(st.lists(st.tuples(scores, st.integers(0, 23)), min_size=1, max_size=20))
def test_the_chosen_cut_is_no_worse_than_accepting_the_best(cases):
    rows = [row(n) if n else row() for _, n in cases]
    found = [s for s, _ in cases]
    if not any(measures.accepted_order(s) for s in found) or not any(r["objectives"] for r in rows):
        return
    _, f1 = measures.best_cut(rows, found)
    first = [measures.accepted_order(s)[:1] for s in found]
    assert f1 >= measures.weighted_f1(rows, first) - 1e-9


def test_the_f1_of_a_cut_is_that_of_what_it_accepts():
    rows, found = [row(1, 2), row(3), row(), row()], [{1: 0.9, 2: 0.7, 3: 0.1}, {3: 0.3}, {5: 0.6}, {}]
    cut, f1 = measures.best_cut(rows, found)
    assert f1 == pytest.approx(measures.weighted_f1(rows, [cut.accepted(s) for s in found]))


def test_probabilities_that_come_true_have_no_error():
    rows = [row(1)] * 4
    error = measures.calibration(rows, np.array([0.75] * 4), np.array([1.0, 1.0, 1.0, 0.0]))
    assert error["ece"] == 0
    assert measures.calibration(rows, np.array([0.25] * 4), np.array([1.0, 1.0, 1.0, 0.0]))["ece"] == 0.5


@pytest.fixture(scope="module")
def scheme():
    return objective_scheme(load_vocabulary())


def test_every_training_sentence_is_held_out_once_and_never_trained_on_there(scheme):
    folds = training.folds_of(scheme)
    sentences = sorted(s.text for s in scheme.samples if s.sentence)
    singles = [r["text"] for fold in folds for r in fold.held if r["text"] in set(sentences)]
    assert sorted(singles) == sentences
    for fold in folds:
        taught = {s.text for s in fold.train if s.sentence}
        assert not taught & {r["text"] for r in fold.held}


@pytest.mark.parametrize("none", [False, True])
def test_annif_gets_every_training_text_under_its_objective(scheme, tmp_path, none):
    training.write_for_annif(tmp_path / "train.tsv", scheme.samples, scheme, none=none)
    lines = (tmp_path / "train.tsv").read_text("utf-8").splitlines()
    assert len(lines) == len(scheme.samples)
    for line, sample in zip(lines, scheme.samples, strict=True):
        _, subject = line.split("\t")
        key = scheme.keys[sample.concept] if sample.concept != NONE else "none"
        assert subject.endswith(f"/{key}>") if none or sample.concept != NONE else subject == ""


def test_every_feature_belongs_to_a_signal_that_the_ablation_switches():
    import switches

    assert set(FEATURES) == switches.HEAD | switches.PROTOTYPES | switches.WORDS | switches.TERMS


@pytest.mark.parametrize("name", ["words_and_terms", "vectors", "clauses"])
def test_a_signal_that_is_switched_off_says_nothing_and_comes_back(name):
    import switches

    from ingest.linking import load_linker, scheme_linker

    text = "Consulates shall issue identity papers to their nationals abroad, while banks lower the fee of transfers."
    linker = load_linker()
    before = linker.tag([text])[0].objectives.scores
    with switches.switched(switches.WITHOUT[name]):
        assert linker.tag([text])[0].objectives.scores != before
    assert linker.tag([text])[0].objectives.scores == before
    assert scheme_linker.features_of is switches.features_of


def test_what_is_trained_without_a_signal_gives_it_no_weight(scheme):
    import switches

    from ingest.linking import load_linker
    from search.encoder import load_encoder

    full, off = load_linker(), switches.WITHOUT["prototypes"]
    few = [s for place, s in enumerate(s for s in scheme.samples if s.sentence) if place % 4 == 0]
    with switches.switched(off):
        trained = switches.retrained(full, load_encoder(), off, samples=few).objectives.trained
    weights = dict(zip(FEATURES, trained.decision.own, strict=True))
    assert weights["prototypes"] == 0
    assert weights["head"] != 0
