"""The graph of an export -> the same in whole numbers of eight bits.

A step of `onnx_export`, in a process of its own because it takes some 500 MB:
`python -m index.onnx_quantize EXPORT FOLDER`.
"""

import logging
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from onnxruntime.quantization import QuantType, quantize_dynamic

from index.onnx_embed import OnnxEmbedder
from index.onnx_files import GRAPH, TOKENIZER, digests, usable, write_card
from index.onnx_samples import likeness, sample_vectors

FLOAT = 1
"""What the fused operators give, of which the quantizer knows nothing. Source: ONNX, `TensorProto.DataType`."""
LEAST_LIKENESS = 0.9
"""Least cosine to the exact form on the sample texts; below it something is wrong, not only rounded."""


def to_int8(graph: Path, coarse: Path) -> None:
    """Write a graph's weights as whole numbers of eight bits, one scale for each channel, into another file."""
    before = logging.root.manager.disable
    logging.disable(logging.WARNING)  # it counsels steps that the export has taken
    try:
        quantize_dynamic(
            graph, coarse, per_channel=True, weight_type=QuantType.QInt8, extra_options={"DefaultTensorType": FLOAT}
        )
    finally:
        logging.disable(before)


def quantize(export: Path, folder: Path) -> None:
    """Lay an export's int8 form into a folder, with a card that says that it may be used, or why not."""
    card = usable(export, None)
    to_int8(export / GRAPH, folder / GRAPH)
    shutil.copy(export / TOKENIZER, folder / TOKENIZER)
    made = replace(card, files=digests(folder))
    exact, coarse = OnnxEmbedder(export, card, card.model), OnnxEmbedder(folder, made, card.model)
    found = likeness(sample_vectors(exact), sample_vectors(coarse))
    if found >= LEAST_LIKENESS:
        write_card(folder, replace(made, likeness=found))
    else:
        (folder / GRAPH).unlink()
        write_card(folder, replace(made, files=None, refused=f"int8 has a cosine of {found:.3f} to its exact form"))


def main() -> None:
    """Make one int8 form."""
    quantize(Path(sys.argv[1]), Path(sys.argv[2]))


if __name__ == "__main__":
    main()
