"""What the packaged model learned so as to read, apart from the model: how much its weights differ, in eight bits.

`tests/gate/teaching.py` writes the file; `onnx_reader` puts it together with the model.
"""

from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForQuestionAnswering

from index.onnx_reader import LEARNED

SCALE = ".scale"
"""The name of a matrix, and this: what its rows have to be multiplied by, `(rows, 1)`."""
LEVELS = 127


def reading_model(location: str, file: Path = LEARNED) -> Any:
    """Put a model in a folder and what it learned together, as a model of transformers that finds spans."""
    model = AutoModelForQuestionAnswering.from_pretrained(location, attn_implementation="eager")
    held = model.state_dict()
    learned = load_file(file)
    for name, weights in learned.items():
        if not name.endswith(SCALE):
            scale = learned.get(name + SCALE)
            held[name] = weights if scale is None else held[name] + weights.float() * scale
    model.load_state_dict(held)
    return model.eval()


def write_weights(model: Any, location: str, file: Path) -> None:
    """Write how a model differs from the one in a folder; what is no matrix, or has no counterpart there, as it is."""
    base = AutoModelForQuestionAnswering.from_pretrained(location).state_dict()
    found: dict[str, torch.Tensor] = {}
    for name, weights in model.state_dict().items():
        if weights.ndim < 2 or name.startswith("qa_outputs"):
            found[name] = weights.float().clone()
            continue
        difference = weights.float() - base[name]
        if bool(difference.any()):
            scale = (difference.abs().amax(dim=1, keepdim=True) / LEVELS).clamp(min=torch.finfo(torch.float32).tiny)
            found[name], found[name + SCALE] = (difference / scale).round().to(torch.int8), scale
    save_file(found, file)
