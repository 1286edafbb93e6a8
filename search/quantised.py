"""The exported model with eight-bit products: the opt-in fast mode.

Every product with weights is done in integers; attention, norms and sums stay in single precision. What a
usual dynamic quantisation does badly here is mended in four ways:

- Activations are scaled word piece by word piece, not over the whole batch, so that a text has the same vector,
  bit for bit, in any batch.
- Weights are scaled by column, and the columns of activations that are much larger than the others are evened
  out beforehand against the weights that they meet (Xiao and others, SmoothQuant, 2022; exponent 0.5).
- The output of GELU is never below -0.17: it is shifted by that much, and takes all 256 levels.
- Weights take 127 of their 255 levels, since processors without VNNI cut off the sum of two larger products:
  so the vectors are those of every other machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

LEVELS = 63  # of a weight, to either side of zero
GELU_FLOOR = np.float32(0.17)
_EVENED = 0.5
_SMALLEST = 1e-4
_CONTRIB = "com.microsoft"

Array = NDArray[np.float32]
Largest = Mapping[str, Array]


def quantise(source: Path, target: Path, run: Callable[[ModelProto, Sequence[str]], Iterator[Sequence[Array]]]) -> None:
    """Write the model of `source` with products in integers to `target`.

    Args:
        source: the model in single precision, as `search.fast_encoder` exports it.
        target: written anew.
        run: runs a model over typical texts and gives, text by text, the values of the named outputs, each of
            shape (word pieces, width).

    Raises:
        ValueError: the model has no products with weights, or not followed by a bias.
    """
    import onnx

    model = onnx.load(str(source))
    graph = _Graph(model)
    if not graph.products:
        raise ValueError("the model has no products with weights")
    seen = sorted({node.input[0] for node in graph.products})
    largest: dict[str, Array] = {}
    for values in run(_showing(model, seen), seen):
        for name, value in zip(seen, values, strict=True):
            largest[name] = np.maximum(largest.get(name, np.float32(0)), np.abs(value).max(axis=0))
    graph.replace(largest)
    onnx.save(model, str(target))


def _showing(model: ModelProto, names: Sequence[str]) -> ModelProto:
    """A copy of the model that also puts out what it has under some names."""
    from onnx import ModelProto, TensorProto, helper

    copy = ModelProto()
    copy.CopyFrom(model)
    copy.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    return copy


class _Graph:
    """The graph of a model, its products with weights, and how they are rewritten."""

    def __init__(self, model: ModelProto) -> None:
        from onnx import numpy_helper

        self._model = model
        self._weights = {one.name: one for one in model.graph.initializer}
        self._array = numpy_helper.to_array
        self._tensor = numpy_helper.from_array
        self._fresh: dict[str, NDArray[np.generic]] = {}
        self._scaled: dict[str, str] = {}
        self._nodes: list[NodeProto] = []
        self.products = [n for n in model.graph.node if n.op_type == "MatMul" and n.input[1] in self._weights]

    def replace(self, largest: Largest) -> None:
        """Rewrite all products; `largest` is the largest size met in each column of each one's input."""
        from onnx import helper

        outputs = {node.output[0] for node in self.products}
        evening = self._evening(largest)
        for node in self._model.graph.node:
            if node.output[0] in outputs:
                self._product(node, evening[node.input[0]])
            else:
                self._nodes.append(node)
        gone = {node.input[1] for node in self.products} | set(self._fresh)
        kept = [one for one in self._model.graph.initializer if one.name not in gone]
        made = [self._tensor(np.ascontiguousarray(array), name) for name, array in self._fresh.items()]
        for field, values in ((self._model.graph.node, self._nodes), (self._model.graph.initializer, kept + made)):
            del field[:]
            field.extend(values)
        self._model.opset_import.append(helper.make_opsetid(_CONTRIB, 1))

    def _evening(self, largest: Largest) -> dict[str, Array]:
        """For each input the factors of its columns, which its activations are divided by."""
        heaviest: dict[str, Array] = {}
        for node in self.products:
            rows = np.abs(self._array(self._weights[node.input[1]])).max(axis=1)
            heaviest[node.input[0]] = np.maximum(heaviest.get(node.input[0], np.float32(0)), rows)
        floor = {node.input[0]: GELU_FLOOR if self._after_gelu(node) else np.float32(0) for node in self.products}
        return {
            name: (
                np.maximum(largest[name] + floor[name], _SMALLEST) ** _EVENED
                / np.maximum(heaviest[name], _SMALLEST) ** (1 - _EVENED)
            ).astype(np.float32)
            for name in heaviest
        }

    def _after_gelu(self, node: NodeProto) -> bool:
        """Whether a product is the second of a feed-forward pair: the one that makes vectors shorter."""
        rows, columns = self._weights[node.input[1]].dims
        return bool(rows > columns)

    def _product(self, node: NodeProto, factors: Array) -> None:
        """Scale the input, multiply in integers, scale back."""
        source, output = node.input[0], node.output[0]
        shifted = self._after_gelu(node)
        if source not in self._scaled:
            self._scaled[source] = self._scale(source, factors, shifted=shifted)
        prefix = self._scaled[source]
        weights = self._array(self._weights[node.input[1]]).astype(np.float32)
        evened = weights * factors[:, None]
        steps = (np.abs(evened).max(axis=0) / LEVELS).astype(np.float32)
        whole = np.clip(np.round(evened / np.maximum(steps, 1e-12)), -LEVELS, LEVELS).astype(np.int8)
        self._fresh |= {f"{output}.weights": whole, f"{output}.steps": steps}
        self._add(
            "MatMulIntegerToFloat",
            [f"{prefix}.q", f"{output}.weights", self._step(shifted), f"{output}.steps", self._zero(shifted)],
            f"{output}.scaled", domain=_CONTRIB,
        )
        self._add("Mul", [f"{output}.scaled", f"{prefix}.size"], output)
        if shifted:
            self._shift_back(output, (whole * steps / factors[:, None]).sum(axis=0) * GELU_FLOOR)

    def _scale(self, source: str, factors: Array, *, shifted: bool) -> str:
        """Bring each word piece's row of `source` to a largest size of 1, then to levels; the names' beginning."""
        prefix = f"{source}.scaled"
        self._fresh |= {f"{prefix}.factors": (1 / factors).astype(np.float32), "smallest": np.array(1e-9, np.float32)}
        if shifted:
            self._fresh["gelu.floor"] = np.array(GELU_FLOOR)
            self._add("Add", [source, "gelu.floor"], f"{prefix}.shifted")
        self._add("Mul", [f"{prefix}.shifted" if shifted else source, f"{prefix}.factors"], f"{prefix}.even")
        self._add("Abs", [f"{prefix}.even"], f"{prefix}.sizes")
        self._add("ReduceMax", [f"{prefix}.sizes"], f"{prefix}.largest", axes=[-1], keepdims=1)
        self._add("Max", [f"{prefix}.largest", "smallest"], f"{prefix}.size")
        self._add("Div", [f"{prefix}.even", f"{prefix}.size"], f"{prefix}.unit")
        self._add("QuantizeLinear", [f"{prefix}.unit", self._step(shifted), self._zero(shifted)], f"{prefix}.q")
        return prefix

    def _step(self, shifted: bool) -> str:
        name = "step.shifted" if shifted else "step"
        self._fresh[name] = np.array(1 / 255 if shifted else 1 / 127, np.float32)
        return name

    def _zero(self, shifted: bool) -> str:
        name = "zero.shifted" if shifted else "zero"
        self._fresh[name] = np.array(0 if shifted else 128, np.uint8)
        return name

    def _shift_back(self, output: str, shift: Array) -> None:
        """Take what the shift of the input added to a product out of the bias that follows it."""
        biases = [
            name for node in self._model.graph.node if node.op_type == "Add" and output in node.input
            for name in node.input if name in self._weights
        ]
        if len(biases) != 1:
            raise ValueError(f"the product {output} is not followed by one bias")
        self._fresh[biases[0]] = self._array(self._weights[biases[0]]) - shift.astype(np.float32)

    def _add(self, kind: str, inputs: Sequence[str], output: str, *, domain: str = "", **given: Any) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, list(inputs), [output], name=output, domain=domain, **given))
