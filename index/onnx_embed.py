"""Texts -> unit vectors by ONNX Runtime, from a model that `onnx_export` has made ready. Torch is not imported."""

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

from index.embed import PassageVectors, Span, Vectors, cores, passage_vectors, unit
from index.onnx_files import GRAPH, TOKENIZER, Card

BATCH_TOKENS = 512
"""Of one batch, padding included. docs/performance.md has the others that were measured."""
PADDING_TOKENS = 8
"""Most padding of one batch: more of it costs more than another batch would."""
ERRORS_ONLY = 3
"""Source: ONNX Runtime, `OrtLoggingLevel`."""
SLOW_FUSION = "SkipLayerNormFusion"
"""What ONNX Runtime makes of a sum and a layer norm takes a tenth of all time; the two apart take a quarter of that."""
FEEDS = {"input_ids": "ids", "attention_mask": "attention_mask", "token_type_ids": "type_ids"}
"""What a graph asks for -> what the tokenizer calls it."""


class OnnxEmbedder:
    """A model that was exported from sentence-transformers. Safe to use from several threads.

    What passages are embedded with, some 40 MB, is opened when the first are.
    """

    def __init__(self, folder: Path, card: Card, name: str) -> None:
        """Load what `usable` found in a folder."""
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        onnxruntime.set_default_logger_severity(ERRORS_ONLY)
        self.name, self.folder = name, folder
        self.digest = card.model
        self.dimension = card.dimension
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._for_questions = open_session(folder, cores())
        self._for_passages: onnxruntime.InferenceSession | None = None
        self._opening = threading.Lock()
        self._inputs = [given.name for given in self._for_questions.get_inputs()]

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embed texts: float32 `(n, d)`, unit length."""
        found = np.empty((len(texts), self.dimension), dtype=np.float32)
        encoded = self._tokenizer.encode_batch(list(texts))
        for rows in batches([len(one.ids) for one in encoded]):
            _, whole = self._run(self._for_questions, [encoded[row] for row in rows])
            found[rows] = [unit(vector) for vector in whole]
        return found

    def embed_parts(self, texts: Sequence[str], parts: Sequence[Sequence[Span]]) -> list[PassageVectors]:
        """Embed texts whole and the spans named in each, in one forward pass."""
        with self._opening:
            session = self._for_passages = self._for_passages or open_session(self.folder, 1)
        encoded = self._tokenizer.encode_batch(list(texts))
        found: dict[int, PassageVectors] = {}
        for rows in batches([len(one.ids) for one in encoded]):
            tokens, whole = self._run(session, [encoded[row] for row in rows])
            for place, row in enumerate(rows):
                offsets = np.asarray(encoded[row].offsets)
                found[row] = passage_vectors(whole[place], tokens[place], offsets, parts[row])
        return [found[row] for row in range(len(texts))]

    def _run(
        self, session: onnxruntime.InferenceSession, encoded: Sequence[Encoding]
    ) -> tuple[npt.NDArray[np.float32], Vectors]:
        """Return the vectors of tokens `(n, t, d)` and of texts `(n, d)`, neither of unit length."""
        longest = max(len(one.ids) for one in encoded)
        # Zeros pad, whatever the model's own padding is: the attention mask hides them.
        feeds = {name: np.zeros((len(encoded), longest), dtype=np.int64) for name in self._inputs}
        for name, feed in feeds.items():
            for row, one in enumerate(encoded):
                feed[row, : len(one.ids)] = getattr(one, FEEDS[name])
        tokens, whole = session.run(None, feeds)
        return tokens, whole


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Part texts into batches of like length, shortest first, with little padding."""
    rows: list[int] = []
    padding = 0
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        padding += len(rows) * (lengths[row] - lengths[rows[-1]]) if rows else 0
        if rows and (lengths[row] * (len(rows) + 1) > BATCH_TOKENS or padding > PADDING_TOKENS):
            yield rows
            rows, padding = [], 0
        rows.append(row)
    if rows:
        yield rows


def open_session(folder: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open a graph for passes of so many threads each.

    A question alone is embedded sooner by all cores. Passages take one thread a pass, and a pass for each core, for
    threads on one pass wait for each other a third of the time.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # they would take the cores from others
    return onnxruntime.InferenceSession(
        str(folder / GRAPH), options, providers=["CPUExecutionProvider"], disabled_optimizers=[SLOW_FUSION]
    )
