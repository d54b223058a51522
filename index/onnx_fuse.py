"""The graph of a model -> one that computes the same faster, held against sentence-transformers' vectors.

A step of `onnx_export`, in a process of its own because it takes some 500 MB: `python -m index.onnx_fuse FOLDER`.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any

from index.onnx_embed import OnnxEmbedder
from index.onnx_files import GRAPH, PLAIN, TRACED, WEIGHTS, Card, digests, write_card
from index.onnx_samples import VECTORS, likeness_to_kept

LEAST_LIKENESS = 0.99999
"""Least cosine to sentence-transformers, so that vectors of both may stand in one index; see docs/performance.md."""
AS_BERT = ("bert", "roberta", "xlm-roberta", "camembert", "distilbert", "electra")
"""Architectures that the optimizer takes for BERT; it leaves what it does not know as it is."""


def finish(folder: Path) -> None:
    """Fuse the graph in a folder and lay a card beside it: that it may be used, or why not."""
    traced = json.loads((folder / TRACED).read_text(encoding="utf-8"))
    found, reason = -1.0, ""
    for write in (fuse, _leave):
        try:
            write(folder, traced)
            card = Card(traced["model"], traced["dimension"], files=digests(folder))
            found = likeness_to_kept(OnnxEmbedder(folder, card, traced["model"]), folder)
            reason = f"its vectors have a cosine of {found:.6f} to those of sentence-transformers"
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever the runtime refuses stays with torch
            reason = f"ONNX Runtime does not take it: {type(error).__name__}"
        if found >= LEAST_LIKENESS:
            break
    for name in (PLAIN, TRACED, VECTORS):
        (folder / name).unlink(missing_ok=True)
    if found >= LEAST_LIKENESS:
        write_card(folder, Card(card.model, card.dimension, found, card.files))
    else:
        for name in (GRAPH, WEIGHTS):
            (folder / name).unlink(missing_ok=True)
        write_card(folder, Card(traced["model"], refused=reason))


def fuse(folder: Path, traced: dict[str, Any]) -> None:
    """Write the graph in a folder as one that computes the same faster; `traced` says what form it has."""
    from onnxruntime.transformers import fusion_options, optimizer

    if traced["kind"] not in AS_BERT:
        _leave(folder, traced)
        return
    options = fusion_options.FusionOptions("bert")
    options.enable_skip_layer_norm = False  # slower than what it stands for; see also `OnnxEmbedder`
    fused = optimizer.optimize_model(
        str(folder / PLAIN), model_type="bert", num_heads=traced["heads"], hidden_size=traced["width"], opt_level=0,
        optimization_options=options,
    )  # fmt: skip
    # Weights in a file of their own are mapped: half as much memory at the start, and less after it.
    fused.save_model_to_file(str(folder / GRAPH), use_external_data_format=True)
    if (folder / WEIGHTS).exists():
        shutil.copymode(folder / GRAPH, folder / WEIGHTS)


def _leave(folder: Path, _: dict[str, Any]) -> None:
    (folder / WEIGHTS).unlink(missing_ok=True)
    (folder / GRAPH).write_bytes((folder / PLAIN).read_bytes())


def main() -> None:
    """Finish one export."""
    finish(Path(sys.argv[1]))


if __name__ == "__main__":
    main()
