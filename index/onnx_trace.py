"""A sentence-transformers model -> its graph as ONNX, its tokenizer and sample vectors.

A step of `onnx_export`, in a process of its own because it needs torch: `python -m index.onnx_trace MODEL FOLDER`.
"""

import json
import sys
import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import torch

from index.embed import SentenceTransformerEmbedder
from index.errors import ModelFault, first_line
from index.onnx_files import BAD_MODEL, PLAIN, TOKENIZER, TRACED, Card, write_card
from index.onnx_samples import SAMPLES, keep_vectors

OPSET = 17
OUTPUTS = {"token_embeddings": ["texts", "tokens"], "sentence_embedding": ["texts"]}


class _Graph(torch.nn.Module):
    """The whole pipeline, pooling included, with tensors instead of dictionaries."""

    def __init__(self, model: Any, inputs: list[str]) -> None:
        super().__init__()
        self.pipeline, self.inputs = model, inputs

    def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, ...]:
        found = self.pipeline(dict(zip(self.inputs, tensors, strict=True)))
        return tuple(found[name] for name in OUTPUTS)


def trace(location: str, folder: Path) -> None:
    """Lay the graph and what belongs to it into a folder, or a card that says why there is none.

    Raises:
        ModelFault: the model is missing or damaged.
    """
    reference = SentenceTransformerEmbedder(location, location)
    keep_vectors(reference, folder)
    try:
        model = reference.model
        model[0].auto_model.set_attn_implementation("eager")  # the form that the optimizer knows
        write_tokenizer(model.tokenizer, model.max_seq_length, folder)
        sample = model.tokenizer([SAMPLES[0], SAMPLES[-3]], padding=True, truncation=True, return_tensors="pt")
        write_graph(lambda names: _Graph(model, names), sample, OUTPUTS, folder)
        config = reference.model[0].auto_model.config
        heads, width = config.num_attention_heads, config.hidden_size
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a foreign architecture fails with, it stays with torch
        write_card(
            folder, Card(reference.digest, refused=f"it has no ONNX form: {type(error).__name__}, {first_line(error)}")
        )
        return
    made = {"model": reference.digest, "dimension": reference.dimension}
    form = {"kind": config.model_type, "heads": heads, "width": width}
    (folder / TRACED).write_text(json.dumps({**made, **form}), encoding="utf-8")


def write_tokenizer(tokenizer: Any, longest: int, folder: Path) -> None:
    """Write a tokenizer without padding; of a pair that has more than `longest` tokens the longer text is cut."""
    copy = type(tokenizer.backend_tokenizer).from_str(tokenizer.backend_tokenizer.to_str())
    copy.no_padding()
    copy.enable_truncation(longest)
    copy.save(str(folder / TOKENIZER))


def write_graph(make: Callable[[list[str]], Any], sample: Any, outputs: Mapping[str, list[str]], folder: Path) -> None:
    """Write a model's graph.

    Args:
        make: takes the names of what goes in and gives the model, which takes and gives tensors.
        sample: what the tokenizer gives for some texts.
        outputs: the name of each tensor that comes out, with those of its first axes.
    """
    names = [name for name in ("input_ids", "attention_mask", "token_type_ids") if name in sample]
    axes = {**{name: ["texts", "tokens"] for name in names}, **outputs}
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        # The older of torch's exporters: the newer needs two more packages.
        torch.onnx.export(
            make(names).eval(), tuple(sample[name] for name in names), str(folder / PLAIN), input_names=names,
            output_names=list(outputs), dynamic_axes={name: dict(enumerate(of)) for name, of in axes.items()},
            opset_version=OPSET, dynamo=False,
        )  # fmt: skip


def run_step(trace: Callable[[str, Path], None]) -> None:
    """Trace what the command line names; a fault of the model itself is printed and ends with a status of its own."""
    location, folder = sys.argv[1:]
    try:
        trace(location, Path(folder))
    except ModelFault as fault:
        print(fault)
        sys.exit(BAD_MODEL)


if __name__ == "__main__":
    run_step(trace)
