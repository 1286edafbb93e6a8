"""Train Annif projects and let them suggest; run by the Python of Annif's own environment, never by ours.

    PYTHON annif_worker.py FOLDER

FOLDER holds `jobs.json`, a list of jobs: `vocabulary` (a Turtle file), `train` (a TSV corpus), `texts` (a JSON array),
`config` (the settings of the project), `rounds`. Beside it `answers.json` is written: for each job the suggestions of
every text (notation to score) and the seconds of each round, processor time and wall time, model loaded.

Annif's analyzers fetch NLTK's sentence model over the network when they are made. Every text here is a sentence or two,
so the analyzer below does the same (NLTK's Treebank tokens, Snowball stems, tokens of three characters or more) with
the sentence splitter that needs no model.
"""

from __future__ import annotations

import configparser
import json
import sys
import time
from pathlib import Path
from typing import Any

import annif.analyzer
import numpy as np
from annif.analyzer.snowball import SnowballAnalyzer
from annif.corpus import Document, DocumentFileTSV
from annif.registry import AnnifRegistry
from annif.vocab import VocabFileSKOS
from nltk.stem.snowball import SnowballStemmer
from nltk.tokenize import word_tokenize
from nltk.tokenize.punkt import PunktSentenceTokenizer

_BATCH = 32  # what Annif itself hands a backend at once
_SEED = 195


class OfflineSnowball(SnowballAnalyzer):
    """Annif's Snowball analyzer without a downloaded sentence model."""

    name = "offline_snowball"

    def __init__(self, param: str) -> None:
        self.param = param
        self.stemmer = SnowballStemmer(param)

    def tokenize_sentences(self, text: str) -> list[str]:
        """Sentences by the untrained Punkt splitter."""
        return PunktSentenceTokenizer().tokenize(text)

    def tokenize_words(self, text: str, filter: bool = True) -> list[str]:  # noqa: A002 - Annif's name
        """Stems of the words."""
        words = word_tokenize(text, preserve_line=True)
        return [self._normalize_word(word) for word in words if not filter or self.is_valid_token(word)]


def run(job: dict[str, Any], name: str, registry: AnnifRegistry) -> dict[str, Any]:
    """Train one project and let it suggest."""
    project = registry.get_project(name)
    if not project.vocab.languages:  # not loaded yet
        project.vocab.load_vocabulary(VocabFileSKOS(job["vocabulary"]))
    np.random.seed(_SEED)  # the bagging of mllm draws from it
    project.train(DocumentFileTSV(job["train"], project.subjects), jobs=1)
    project.initialize()
    documents = [Document(text=text) for text in json.loads(Path(job["texts"]).read_text("utf-8"))]
    notations = [subject.notation for subject in project.subjects]
    rounds = []
    found: list[dict[str, float]] = []
    for _ in range(job["rounds"]):
        wall, processor = time.perf_counter(), time.process_time()
        batches = [project.suggest(documents[i : i + _BATCH]) for i in range(0, len(documents), _BATCH)]
        found = [{notations[s.subject_id]: s.score for s in result} for batch in batches for result in batch]
        rounds.append({"processor": time.process_time() - processor, "wall": time.perf_counter() - wall})
    return {"suggestions": found, "seconds": rounds}


def main(folder: Path) -> None:
    """Run every job of the folder."""
    annif.logger.setLevel("WARNING")
    annif.analyzer.register_analyzer(OfflineSnowball)
    jobs = json.loads((folder / "jobs.json").read_text("utf-8"))
    config = configparser.ConfigParser()
    config.optionxform = str
    for place, job in enumerate(jobs):
        vocabulary = Path(job["vocabulary"]).stem
        config[f"job-{place}"] = {
            "language": "en", "analyzer": "offline_snowball(english)", "vocab": vocabulary, **job["config"],
        }
    with (folder / "projects.cfg").open("w", encoding="utf-8") as file:
        config.write(file)
    registry = AnnifRegistry(str(folder / "projects.cfg"), str(folder / "data"), init_projects=False)
    answers = [run(job, f"job-{place}", registry) for place, job in enumerate(jobs)]
    (folder / "answers.json").write_text(json.dumps(answers), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
