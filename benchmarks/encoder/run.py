"""The encoder beside sentence-transformers: word pieces a second, agreement, first vector, share of the peak.

Run from the root of the repository: `python -m benchmarks.encoder.run > benchmarks/encoder/results.json`.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from ingest.read import read_source
from ingest.segment import segment
from search.agreement import agreement
from search.encoder import Vectors, load_encoder
from search.fast_encoder import FastEncoder
from search.model_files import DEFAULT_MODEL, model_folder
from search.models import FAST_MODEL

ROOT = Path(__file__).parents[2]
FOLDERS = ("corpus", "tests/unseen/documents", "tests/ingest/styles/documents")
REFERENCE = "sentence-transformers, its defaults"
ROWS = {DEFAULT_MODEL: "default path", FAST_MODEL: "fast mode"}
LAYERS, WIDTH, INNER = 6, 384, 1_536
OURS = "import sys; from search.encoder import load_encoder; load_encoder(sys.argv[1]).encode(['lost identity papers'])"
THEIRS = (
    "import sys; from sentence_transformers import SentenceTransformer; "
    "SentenceTransformer(sys.argv[1], device='cpu', local_files_only=True).encode(['lost identity papers'])"
)

Encode = Callable[[Sequence[str]], Vectors]


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description="Measure the encoder beside sentence-transformers.")
    parser.add_argument("--rounds", type=int, default=7, help="each round runs every row once (default 7)")
    parser.add_argument("--passages", type=int, default=0, help="at most so many passages (default all)")
    given = parser.parse_args()
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    load = os.getloadavg()[0]
    every = passages()
    texts = every[:: max(1, len(every) // given.passages) if given.passages else 1]
    encoders = {name: load_encoder(name) for name in ROWS}
    reader = encoders[DEFAULT_MODEL]
    if not isinstance(reader, FastEncoder):
        raise SystemExit("The fast encoder is not available here; there is nothing to compare.")
    lengths = [len(one.ids) for one in reader.tokenize(texts)]
    reference, threads = _reference()
    rows: dict[str, Encode] = {REFERENCE: reference} | {ROWS[name]: one.encode for name, one in encoders.items()}
    found = {name: encode(texts) for name, encode in rows.items()}
    timed = [{name: _timed(encode, texts) for name, encode in rows.items()} for _ in range(given.rounds)]
    peak = max(_peak() for _ in range(5))
    first = _first_vectors(given.rounds)
    figures = {
        name: _figures(name, timed, found, pieces=sum(lengths), work=operations(lengths), peak=peak)
        | {"first_vector_seconds": first[name]}
        for name in rows
    }
    result = {
        "rows": figures,
        "texts": len(texts), "word_pieces": sum(lengths), "rounds": given.rounds,
        "peak_gflops_of_a_core": round(peak, 1),
        "environment": _environment() | {"torch_threads": threads, "load_before": round(load, 2)},
    }
    json.dump(result, sys.stdout, indent=2)
    sys.stdout.write("\n")


def passages() -> list[str]:
    """The distinct passages of all documents that are texts, sorted."""
    paths = [path for folder in FOLDERS for path in sorted((ROOT / folder).iterdir())]
    texts = [path for path in paths if path.suffix in (".md", ".txt") and path.name != "README.md"]
    return sorted({passage.text for path in texts for passage in segment(read_source(path)).passages})


def operations(lengths: Sequence[int]) -> float:
    """Floating-point operations that the model needs for texts of so many word pieces, without padding.

    Two for each weight and word piece, and two for each pair of word pieces and column, in scores and in sums.
    """
    weights = LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER)
    return float(sum(2 * length * (weights + LAYERS * 2 * length * WIDTH) for length in lengths))


def _reference() -> tuple[Encode, int]:
    """sentence-transformers as it comes, batches of 32, with as many threads as it takes by itself."""
    import torch
    from sentence_transformers import SentenceTransformer

    ask = [sys.executable, "-c", "import torch; print(torch.get_num_threads())"]
    told = subprocess.run(ask, capture_output=True, text=True, check=True)
    torch.set_num_threads(int(told.stdout))  # preparing an export may have set one
    model = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    model.encode(["ready"], show_progress_bar=False)

    def encode(texts: Sequence[str]) -> Vectors:
        found = model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32)

    return encode, int(told.stdout)


def _timed(encode: Encode, texts: Sequence[str]) -> tuple[float, float]:
    """Seconds by the clock, and of all cores."""
    clock, work = time.perf_counter(), time.process_time()
    encode(texts)
    return time.perf_counter() - clock, time.process_time() - work


def _figures(
    name: str, timed: Sequence[Mapping[str, tuple[float, float]]], found: Mapping[str, Vectors],
    *, pieces: int, work: float, peak: float,
) -> dict[str, Any]:
    near = agreement(found[name], found[REFERENCE])
    cosines = (found[name] * found[REFERENCE]).sum(axis=1)
    clock, cores = (median(one[name][at] for one in timed) for at in (0, 1))
    ratios = [one[REFERENCE][0] / one[name][0] for one in timed]
    return {
        "pieces_a_second": round(pieces / clock),
        "pieces_a_second_of_a_core": round(pieces / cores),
        "times_the_reference": round(median(ratios), 2),
        "times_the_reference_by_round": [round(ratio, 2) for ratio in ratios],
        "times_the_reference_by_core_seconds": round(median(one[REFERENCE][1] / one[name][1] for one in timed), 2),
        "share_of_the_peak": round(work / cores / 1e9 / peak, 3),
        "cosine_lowest": round(near.cosine, 6),
        "cosine_mean": round(float(cosines.mean()), 6),
        "top_10_overlap": round(near.overlap, 4),
    }


def _peak() -> float:
    """Billions of operations a second of one core in a large single-precision product of onnxruntime."""
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    size = 2_048
    weights = numpy_helper.from_array(np.random.default_rng(1).random((size, size), np.float32), "w")
    shape = helper.make_tensor_value_info("x", TensorProto.FLOAT, [size, size])
    out = helper.make_tensor_value_info("y", TensorProto.FLOAT, [size, size])
    graph = helper.make_graph([helper.make_node("MatMul", ["x", "w"], ["y"])], "peak", [shape], [out], [weights])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    given = {"x": np.ones((size, size), np.float32)}
    session.run(None, given)
    began = time.process_time()
    for _ in range(5):
        session.run(None, given)
    return 5 * 2 * size**3 / (time.process_time() - began) / 1e9


def _first_vectors(rounds: int) -> dict[str, float]:
    """Seconds from the start of a process to its first vector and its end; the median of the rounds."""
    commands = {REFERENCE: [THEIRS, str(model_folder())]} | {row: [OURS, name] for name, row in ROWS.items()}
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, (code, argument) in commands.items():
            began = time.perf_counter()
            subprocess.run(
                [sys.executable, "-W", "ignore", "-c", code, argument], check=True, capture_output=True, cwd=ROOT
            )
            seconds[name].append(time.perf_counter() - began)
    return {name: round(median(values), 2) for name, values in seconds.items()}


def _environment() -> dict[str, Any]:
    names = ("onnxruntime", "torch", "sentence-transformers", "tokenizers", "numpy")
    return {
        "python": platform.python_version(), "system": f"{platform.system()} {platform.machine()}",
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(), **{name: version(name) for name in names},
    }


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    told = dict(line.split(":", 1) for line in lines if ":" in line)
    told = {key.strip(): value.strip() for key, value in told.items()}
    wanted = ("avx2", "avx512f", "avx512_vnni", "avx_vnni", "avx512_bf16")
    return " ".join([told.get("model name", ""), *(flag for flag in wanted if flag in told.get("flags", "").split())])


if __name__ == "__main__":
    main()
