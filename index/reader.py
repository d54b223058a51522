"""Question and texts -> where in each an answer may stand, and how sure that is, by a model that reads both."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelFault, first_line

LONGEST = 384
"""Tokens of question and text together; what is more of the text is not read."""
ANSWER_TOKENS = 30
"""Source: the default of transformers' question-answering scripts, `max_answer_length`."""
NONE = -100.0
"""Log odds where a text has no token that was read."""

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model makes of one text.

    `scores` are, for each token of the text that was read, how much surer the best answer that begins there is than
    none, in log odds, `(t,)`; `begins` is the character that each of these tokens begins at, `(t,)`, and `ends` the
    one behind that answer, `(t,)`.
    """

    scores: Array
    begins: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @property
    def log_odds(self) -> float:
        """How much surer an answer anywhere in the text is than none."""
        return float(self.scores.max(initial=NONE))

    def best_before(self, end: int) -> tuple[int, int, float]:
        """Return the characters of the likeliest answer that begins before one, and how much surer it is than none."""
        scores = np.where(self.begins < end, self.scores, NONE)
        if not len(scores):
            return 0, 0, NONE
        best = int(scores.argmax())
        return int(self.begins[best]), int(self.ends[best]), float(scores[best])

    def within(self, start: int, end: int) -> float:
        """Say how much surer an answer that begins between two characters is than none."""
        inside = (self.begins >= start) & (self.begins < end)
        return float(self.scores[inside].max(initial=NONE))


class Reader(Protocol):
    """Reads a question together with each of some texts."""

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Read each text for an answer to the question."""
        ...


class SpanReader:
    """A model of transformers that finds spans and was taught that there may be none, as on SQuAD 2.0. Safe to use from
    several threads.
    """

    def __init__(self, location: str) -> None:
        """Load a model, from a folder or by its name on a hub.

        Raises:
            ModelFault: it is missing or damaged, or was not taught to answer questions.
        """
        self._tokenizer, self._model = _load(location)
        self._lock = threading.Lock()  # the fast tokenizer refuses two threads at once

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        """Read each text for an answer to the question."""
        from torch import no_grad

        with self._lock, no_grad():
            given = self._tokenizer(
                [question] * len(texts), list(texts), truncation="only_second", max_length=LONGEST, padding=True,
                return_offsets_mapping=True, return_tensors="pt",
            )  # fmt: skip
            offsets = given.pop("offset_mapping").numpy()
            found = self._model(**given)
        starts, ends = found.start_logits.numpy(), found.end_logits.numpy()
        return [
            reading_of(starts[row], ends[row], offsets[row], np.array([one == 1 for one in given.sequence_ids(row)]))
            for row in range(len(texts))
        ]


def reading_of(
    starts: Array, ends: Array, offsets: npt.NDArray[np.int64], inside: npt.NDArray[np.bool_]
) -> Reading:  # fmt: skip
    """Make a reading of what a model gives for a pair.

    Args:
        starts: scores of an answer's first token, `(t,)`; that of the pair's first token stands for no answer.
        ends: scores of its last, `(t,)`.
        offsets: the characters that each token was made from, `(t, 2)`.
        inside: which tokens are of the text, rather than of the question, `(t,)`.
    """
    last = np.where(inside, ends, -np.inf)
    padded = np.concatenate([last, np.full(ANSWER_TOKENS - 1, -np.inf, dtype=last.dtype)])
    windows = np.lib.stride_tricks.sliding_window_view(padded, ANSWER_TOKENS)
    scores = (starts + windows.max(axis=1) - starts[0] - ends[0])[inside]
    best_end = np.minimum(windows.argmax(axis=1) + np.arange(len(starts)), len(starts) - 1)
    return Reading(scores.astype(np.float32), offsets[inside, 0], offsets[best_end[inside], 1])


def _load(location: str) -> tuple[Any, Any]:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer  # seconds to import
    from transformers.utils import logging

    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        tokenizer = AutoTokenizer.from_pretrained(location)
        model, told = AutoModelForQuestionAnswering.from_pretrained(location, output_loading_info=True)
    except Exception as error:
        raise ModelFault(
            f"the reader '{location}' cannot be loaded ({first_line(error)}); check PURGEBOT_READER"
        ) from error
    if told["missing_keys"]:
        raise ModelFault(
            f"the reader '{location}' was not taught to answer questions; "
            "set PURGEBOT_READER to a model trained on SQuAD 2.0 or alike"
        )
    return tokenizer, model.eval()
