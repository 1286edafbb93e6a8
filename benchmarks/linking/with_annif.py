"""Annif beside the linker: the same training sentences, Annif's own environment, settings chosen by cross-validation.

Each backend is tried with a few settings. For each the five folds are scored out of fold, limit and threshold are
chosen there for the best micro F1, and the settings with the best F1 are trained on everything. The test set takes part
in none of it.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from measures import NONE_OF_THEM, Cut, Platt, Scores, best_cut, platt, ranking
from training import Fold, folds_of, write_for_annif, write_texts, write_vocabulary

from ingest.linking.schemes import Scheme

VERSION = "1.4.3"
HOW_TO_INSTALL = f"""Annif has to stand in an environment of its own:

    python -m venv FOLDER
    FOLDER/bin/pip install annif=={VERSION}

then name it: --annif FOLDER"""
WORKER = Path(__file__).parent / "annif_worker.py"


@dataclass(frozen=True, slots=True)
class Setting:
    """The settings of one Annif project; `none` files what belongs to no objective under a concept of its own."""

    backend: str
    options: Mapping[str, str]
    none: bool

    def record(self) -> dict[str, Any]:
        """The settings for the results."""
        return {"backend": self.backend, **self.options, "concept_for_none": self.none}


SETTINGS = (
    *(Setting("tfidf", {}, none) for none in (False, True)),
    *(
        Setting("mllm", {"min_samples_leaf": leaf, "use_hidden_labels": hidden}, False)
        for leaf in ("5", "20")
        for hidden in ("false", "true")
    ),
    *(Setting("svc", {"ngram": size}, none) for size in ("1", "2") for none in (False, True)),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one trained project says of the test set, with what was chosen for it and what it costs."""

    setting: Setting
    scores: tuple[Scores, ...]
    cut: Cut
    calibrated: Platt
    validated: Mapping[str, float]
    processor_seconds: float
    wall_seconds: float


def python_of(environment: Path) -> Path:
    """The Python of Annif's environment.

    Raises:
        SystemExit: there is none, or Annif is not in it; says how to make it.
    """
    python = environment / "bin" / "python"
    if not (python.is_file() and (environment / "bin" / "annif").is_file()):
        raise SystemExit(f"There is no Annif in {environment}.\n{HOW_TO_INSTALL}")
    return python


def annif_answers(environment: Path, scheme: Scheme, texts: Sequence[str], *, rounds: int) -> dict[str, Answer]:
    """Answers of the best setting of each backend, by backend."""
    python = python_of(environment)
    folds = folds_of(scheme)
    with tempfile.TemporaryDirectory() as name:
        work = _Work(Path(name), python, scheme)
        jobs = [work.job(f"fold-{place}", fold.train, [row["text"] for row in fold.held], setting)
                for setting in SETTINGS for place, fold in enumerate(folds)]
        found = work.run(jobs)
        size = len(folds)
        chosen = _choose([(s, found[i * size : (i + 1) * size]) for i, s in enumerate(SETTINGS)], folds)
        final = work.run([work.job("all", scheme.samples, texts, setting, rounds=rounds) for setting, *_ in chosen])
    return {
        setting.backend: Answer(
            setting, tuple(_scores(s) for s in one["suggestions"]), cut, calibrated, validated,
            statistics.median(r["processor"] for r in one["seconds"]),
            statistics.median(r["wall"] for r in one["seconds"]),
        )
        for (setting, cut, calibrated, validated), one in zip(chosen, final, strict=True)
    }


class _Work:
    """A folder in which Annif's worker runs."""

    def __init__(self, folder: Path, python: Path, scheme: Scheme) -> None:
        self.folder, self._python, self._scheme = folder, python, scheme
        for none in (False, True):
            write_vocabulary(self._vocabulary(none), none=none)

    def _vocabulary(self, none: bool) -> Path:
        return self.folder / ("objectives-and-none.ttl" if none else "objectives.ttl")

    def job(
        self, name: str, train: Sequence[Any], texts: Sequence[str], setting: Setting, *, rounds: int = 1
    ) -> dict[str, Any]:
        """One job for the worker, its files written."""
        corpus = self.folder / f"{name}-{'none' if setting.none else 'plain'}.tsv"
        write_for_annif(corpus, train, self._scheme, none=setting.none)
        held = self.folder / f"{name}-texts.json"
        write_texts(held, texts)
        return {
            "vocabulary": str(self._vocabulary(setting.none)), "train": str(corpus), "texts": str(held),
            "config": {"backend": setting.backend, **setting.options}, "rounds": rounds,
        }

    def run(self, jobs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The worker's answers; one thread, so that processor time compares."""
        (self.folder / "jobs.json").write_text(json.dumps(jobs), "utf-8")
        own = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "ANNIF"))}
        subprocess.run(
            [self._python, WORKER, self.folder], check=True, cwd=self.folder, stdout=subprocess.DEVNULL,
            env=own | {"OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"},
        )
        found: list[dict[str, Any]] = json.loads((self.folder / "answers.json").read_text("utf-8"))
        return found


def _scores(suggestions: Mapping[str, float]) -> Scores:
    return {NONE_OF_THEM if key == "none" else int(key): score for key, score in suggestions.items()}


def _choose(
    found: Sequence[tuple[Setting, Sequence[Mapping[str, Any]]]], folds: Sequence[Fold]
) -> list[tuple[Setting, Cut, Platt, Mapping[str, float]]]:
    """The best setting of each backend, with its cut, calibration and out-of-fold figures."""
    rows = [row for fold in folds for row in fold.held]
    best: dict[str, tuple[float, tuple[Setting, Cut, Platt, Mapping[str, float]]]] = {}
    for setting, answers in found:
        scores = [_scores(s) for one in answers for s in one["suggestions"]]
        cut, f1 = best_cut(rows, scores)
        if setting.backend not in best or f1 > best[setting.backend][0]:
            validated = {**ranking(rows, scores), "f1": round(f1, 4)}
            best[setting.backend] = f1, (setting, cut, platt(rows, scores), validated)
    return [chosen for _, chosen in best.values()]
