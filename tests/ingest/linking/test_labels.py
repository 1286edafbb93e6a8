"""Labels as users give them: what is taken, in what order it does not matter, and what is said of a broken line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.linking.labels import Labelled, joined, label_lines, read_labels
from ingest.linking.validation import FOLDS, folds_of
from ontology.errors import UsageError

LABELS = Path(__file__).parent / "labels.jsonl"
GOOD = [json.dumps({"text": f"Passage {n} on ferries.", "objectives": [n % 23 + 1]}) for n in range(12)]


def test_the_order_of_the_lines_and_other_members_do_not_matter(tmp_path: Path) -> None:
    lines = LABELS.read_text("utf-8").splitlines()
    bare = [json.dumps({k: v for k, v in json.loads(line).items() if k != "id"}) for line in reversed(lines)]
    (tmp_path / "turned.jsonl").write_text("\n\n".join(bare), "utf-8")
    assert read_labels(tmp_path / "turned.jsonl") == read_labels(LABELS)
    assert len(read_labels(LABELS)) == len(lines)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1, 2]", "no JSON object"),
        ("{broken", "no JSON object"),
        ("[" * 100_000, "no JSON object"),
        ('{"objectives": [1]}', 'no "text"'),
        ('{"text": "  ", "objectives": [1]}', 'no "text"'),
        ('{"text": "Ferries.", "objectives": 3}', 'no list of "objectives"'),
        ('{"text": "Ferries.", "objectives": [24]}', "24 is no objective"),
        ('{"text": "Ferries.", "objectives": [true]}', "True is no objective"),
        ('{"text": "Ferries.", "objectives": ["8"]}', "'8' is no objective"),
        ('{"text": "Passage 3 on ferries.", "objectives": []}', "labels the passage of line 4 otherwise"),
        (json.dumps({"text": "\ud800", "objectives": []}), "lone surrogate"),
        (json.dumps({"text": "long " * 2_000, "objectives": []}), "of 10000 characters"),
    ],
)
def test_a_broken_line_is_named_by_its_number(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join([*GOOD, "", line]), "utf-8")
    with pytest.raises(UsageError, match=f"line {len(GOOD) + 2}.*") as caught:
        read_labels(path)
    assert told in str(caught.value)


def test_too_few_labels_are_refused_with_how_many_there_must_be(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text("\n".join(GOOD[:9]), "utf-8")
    with pytest.raises(UsageError, match="has 9 labelled passages, and 10 is the least"):
        read_labels(path)


def test_of_a_passage_labelled_twice_in_two_steps_the_newer_labels_count() -> None:
    former = (Labelled("a", (1,)), Labelled("b", (2,)))
    assert joined(former, (Labelled("b", (3, 4)),)) == (Labelled("a", (1,)), Labelled("b", (3, 4)))


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60).map(str.strip).filter(bool)
_NUMBERS = st.sets(st.integers(1, 23), max_size=4).map(lambda found: tuple(sorted(found)))


@given(st.dictionaries(_TEXT, _NUMBERS, min_size=1, max_size=20))
def test_kept_labels_are_read_back_as_they_were(labels: dict[str, tuple[int, ...]]) -> None:
    given_ = tuple(sorted(Labelled(text, numbers) for text, numbers in labels.items()))
    written = label_lines(reversed(given_))
    assert written == label_lines(given_)
    lines = [json.loads(line) for line in written.decode().removesuffix("\n").split("\n")]
    assert tuple(Labelled(line["text"], tuple(line["objectives"])) for line in lines) == given_


@given(st.lists(_NUMBERS, min_size=10, max_size=80))
def test_every_fold_holds_its_share_of_all_and_of_each_objective(numbers: list[tuple[int, ...]]) -> None:
    labels = [Labelled(f"passage {place}", found) for place, found in enumerate(numbers)]
    folds = folds_of(labels)
    sizes = [folds.count(fold) for fold in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1
    for found in set(numbers):
        shares = [sum(f == fold and n == found for f, n in zip(folds, numbers, strict=True)) for fold in range(FOLDS)]
        assert max(shares) - min(shares) <= 1
