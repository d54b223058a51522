"""The packaged reader: the packaged model with what it learned so as to read, on ONNX Runtime, without torch."""

import hashlib
import logging
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from tokenizers import Encoding, Tokenizer

from index.embed import Vector, Vectors, cores, resolved, verify
from index.errors import ModelFault
from index.onnx_embed import FEEDS, open_session
from index.onnx_export import KEY_CHARS, Maker, card_of, run_child
from index.onnx_files import TOKENIZER, Unfit
from index.reader import Reading, reading_of

log = logging.getLogger(__name__)
LEARNED = Path(__file__).with_name("reading.safetensors")
"""How the weights that read differ from the packaged ones; see `reading_weights`."""
TOGETHER = 2
"""Texts of one pass: two are read as fast as four at once, and take less memory."""


class OnnxReader:
    """A model that finds spans, as `reading_trace` exports it. Safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Load what `usable` found in a folder."""
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._session = open_session(folder, cores())
        self._inputs = [given.name for given in self._session.get_inputs()]

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Read each text for an answer to the question."""
        encoded = self._tokenizer.encode_batch([(question, text) for text in texts])
        found: dict[int, Reading] = {}
        by_length = sorted(range(len(texts)), key=lambda row: len(encoded[row].ids))
        for first in range(0, len(texts), TOGETHER):
            rows = by_length[first : first + TOGETHER]
            starts, ends = self._run([encoded[row] for row in rows])
            for place, row in enumerate(rows):
                found[row] = _reading(encoded[row], starts[place], ends[place])
        return [found[row] for row in range(len(texts))]

    def _run(self, encoded: Sequence[Encoding]) -> tuple[Vectors, Vectors]:
        """Return the scores of beginnings and of ends, both `(n, t)`."""
        longest = max(len(one.ids) for one in encoded)
        feeds = {name: np.zeros((len(encoded), longest), dtype=np.int64) for name in self._inputs}
        for name, feed in feeds.items():
            for row, one in enumerate(encoded):
                feed[row, : len(one.ids)] = getattr(one, FEEDS[name])
        starts, ends = self._session.run(None, feeds)
        return starts, ends


def _reading(one: Encoding, starts: Vector, ends: Vector) -> Reading:
    length = len(one.ids)
    inside = (np.array(one.type_ids) == 1) & (np.array(one.special_tokens_mask) == 0)
    return reading_of(starts[:length], ends[:length], np.array(one.offsets), inside)


def make(location: str, folder: Path) -> None:
    """Export the reader into a folder, in a child process, so that torch never comes into this one.

    Raises:
        ModelFault: the model is missing or damaged.
        Unfit: the child failed.
    """
    run_child("index.reading_trace", location, str(folder))


def load_packaged_reader(exports: Path, make: Maker = make) -> OnnxReader | None:
    """Load the packaged reader from a folder of exports, where it is made if it is not there; None where it cannot be.

    Raises:
        ModelFault: the model or what it learned is missing or damaged.
    """
    location, name, sha256 = resolved()
    digest = digest_of(verify(Path(location), sha256))
    try:
        card = card_of(exports / f"{digest[:KEY_CHARS]}-reader", location, digest, make)
        if card.refused is not None:
            raise Unfit(card.refused)
    except (OSError, Unfit) as error:
        log.warning("the reader of '%s' cannot be exported (%s); nothing is read before it is answered", name, error)
        return None
    return OnnxReader(exports / f"{digest[:KEY_CHARS]}-reader")


def digest_of(weights: str) -> str:
    """Name the reader by the digest of the model's weights and by what it learned.

    Raises:
        ModelFault: what it learned cannot be read.
    """
    try:
        learned = LEARNED.read_bytes()
    except OSError as error:
        raise ModelFault(f"{LEARNED}: cannot be read ({error.strerror}); install the project again") from None
    return hashlib.sha256(weights.encode() + learned).hexdigest()
