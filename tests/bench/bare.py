"""The bare embedding call: tokens of one text -> its vector by ONNX Runtime, with nothing of ours around it."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from index.onnx_files import GRAPH, TOKENIZER

Bare = Callable[[str], object]
FEEDS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}


def bare_call(models: Path, digest: str) -> Bare:
    """Load an exported model, with threads that wait as the program's own do, and return what embeds a text."""
    folder = next(path.parent for path in sorted(models.glob(f"*/{GRAPH}")) if digest.startswith(path.parent.name))
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = len(os.sched_getaffinity(0))
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    session = onnxruntime.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])
    inputs = [given.name for given in session.get_inputs()]

    def call(text: str) -> object:
        encoded = tokenizer.encode(text)
        feeds = {name: np.array([getattr(encoded, FEEDS[name])], dtype=np.int64) for name in inputs}
        return session.run(None, feeds)

    return call


def token_counter(models: Path, digest: str) -> Callable[[list[str]], list[int]]:
    """Return what counts the tokens that a model reads of texts."""
    folder = next(path.parent for path in sorted(models.glob(f"*/{GRAPH}")) if digest.startswith(path.parent.name))
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    return lambda texts: [len(one.ids) for one in tokenizer.encode_batch(texts)]
