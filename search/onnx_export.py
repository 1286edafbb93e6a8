"""The default model written as ONNX: from word pieces to their last hidden states, in single precision."""

from __future__ import annotations

import warnings
from pathlib import Path

from search.encoder import go_offline
from search.model_files import model_folder

OPSET = 17


def write_onnx(path: Path) -> None:
    """Write the model to `path`; the inputs are `input_ids` and `attention_mask` (texts, word pieces), the output
    `hidden` (texts, word pieces, 384).

    Raises:
        Exception: whatever torch says when it cannot; the caller has another way.
    """
    folder = model_folder()
    go_offline()
    import torch
    from transformers import BertModel

    model = BertModel.from_pretrained(str(folder), attn_implementation="eager", local_files_only=True)
    model.train(False)

    class HiddenStates(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.bert = model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            found: torch.Tensor = self.bert(
                input_ids=input_ids, attention_mask=attention_mask,
                token_type_ids=torch.zeros_like(input_ids), return_dict=False,
            )[0]
            return found

    ids = torch.ones((2, 8), dtype=torch.long)
    free = {0: "texts", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            HiddenStates().train(False), (ids, torch.ones_like(ids)), str(path), dynamo=False, opset_version=OPSET,
            input_names=["input_ids", "attention_mask"], output_names=["hidden"],
            dynamic_axes={"input_ids": free, "attention_mask": free, "hidden": free},
        )
