"""The packaged model and what it learned so as to read -> a graph for ONNX Runtime, held against the model itself.

A step of `onnx_reader`, in a process of its own because it needs torch: `python -m index.reading_trace MODEL FOLDER`.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoTokenizer

from index.embed import verify
from index.onnx_files import GRAPH, PLAIN, TOKENIZER, WEIGHTS, Card, digests, write_card
from index.onnx_fuse import fuse
from index.onnx_quantize import to_int8
from index.onnx_reader import OnnxReader, digest_of
from index.onnx_samples import SENTENCE
from index.onnx_trace import run_step, write_graph, write_tokenizer
from index.reader import LONGEST, Reading, reading_of
from index.reading_weights import reading_model

OUTPUTS = {"starts": ["texts", "tokens"], "ends": ["texts", "tokens"]}
QUESTION = "why were Occupy accounts suspended?"
SAMPLES = ("", "?", SENTENCE, SENTENCE * 4, "l’été à Zürich; アカウント凍結 🤖", SENTENCE * 60)
MOST_APART, MOST_APART_IN_INT8 = 0.02, 3.0
"""Of any two log odds that the graph and the model give. In int8, twice as fast, they are .6 apart in the mean, which
tells answers no worse (tests/gate/HISTORY.md); beyond 3 something is wrong, not only rounded."""


class _Graph(torch.nn.Module):
    """The model with tensors instead of what transformers returns."""

    def __init__(self, model: Any, names: list[str]) -> None:
        super().__init__()
        self.model, self.names = model, names

    def forward(self, *tensors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        found = self.model(**dict(zip(self.names, tensors, strict=True)))
        return found.start_logits, found.end_logits


def trace(location: str, folder: Path) -> None:
    """Lay the graph, its tokenizer and a card into a folder; the card says if it may not be used, and why.

    Raises:
        ModelFault: the model or what it learned is missing or damaged.
    """
    digest = digest_of(verify(Path(location), None))
    tokenizer, model = AutoTokenizer.from_pretrained(location), reading_model(location)
    write_tokenizer(tokenizer, LONGEST, folder)
    sample = tokenizer([QUESTION] * 2, [SENTENCE, SENTENCE * 2], padding=True, return_tensors="pt")
    write_graph(lambda names: _Graph(model, names), sample, OUTPUTS, folder)
    with torch.no_grad():
        exact = [_read(model, tokenizer, text) for text in SAMPLES]
    config = model.config
    form = {"kind": config.model_type, "heads": config.num_attention_heads, "width": config.hidden_size}
    fuse(folder, form)
    (folder / PLAIN).unlink()
    apart = _apart(folder, exact)
    if apart > MOST_APART:
        write_card(folder, Card(digest, refused=f"its log odds are {apart:.3f} apart from the model's"))
        return
    _quantize(folder, exact)
    write_card(folder, Card(digest, likeness=1 - apart, files=digests(folder)))


def _quantize(folder: Path, exact: Sequence[Reading]) -> None:
    """Put in the graph's place the same in whole numbers of eight bits, unless that reads otherwise."""
    coarse = folder / "int8"
    coarse.mkdir()
    to_int8(folder / GRAPH, coarse / GRAPH)
    shutil.copy(folder / TOKENIZER, coarse / TOKENIZER)
    if _apart(coarse, exact) <= MOST_APART_IN_INT8:
        (folder / WEIGHTS).unlink(missing_ok=True)
        (coarse / GRAPH).replace(folder / GRAPH)
    shutil.rmtree(coarse)


def _read(model: Any, tokenizer: Any, text: str) -> Reading:
    given = tokenizer(
        QUESTION, text, truncation="longest_first", max_length=LONGEST, return_offsets_mapping=True, return_tensors="pt"
    )
    inside = np.array([one == 1 for one in given.sequence_ids(0)])
    offsets = given.pop("offset_mapping").numpy()[0]
    found = model(**given)
    return reading_of(found.start_logits.numpy()[0], found.end_logits.numpy()[0], offsets, inside)


def _apart(folder: Path, exact: Sequence[Reading]) -> float:
    """Find the largest difference of the log odds of the samples, as an export has them, from those of the model."""
    found = OnnxReader(folder).read(QUESTION, SAMPLES)
    return max(abs(one.log_odds - other.log_odds) for one, other in zip(found, exact, strict=True))


if __name__ == "__main__":
    run_step(trace)
