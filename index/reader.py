"""Question and texts -> whether one of them holds an answer, by a reading model, where the operator has set one."""

import threading
from collections.abc import Sequence
from typing import Any, Protocol

from index.errors import ModelFault, first_line

READ = 3
"""Hits that are read, the best ones; each costs one forward pass of question and passage together."""
LONGEST = 384
"""Tokens of question and text together; what is more of the text is not read."""
ANSWER_TOKENS = 30
"""Source: the default of transformers' question-answering scripts, `max_answer_length`."""


class Reader(Protocol):
    """Reads a question together with each of some texts."""

    def log_odds(self, question: str, texts: Sequence[str]) -> list[float]:
        """Say how much surer an answer in each text is than none, in log odds."""
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

    def log_odds(self, question: str, texts: Sequence[str]) -> list[float]:
        """Return the best span's score less that of the first token, which stands for no answer."""
        from torch import no_grad

        with self._lock, no_grad():
            given = self._tokenizer(
                [question] * len(texts), list(texts),
                truncation="only_second", max_length=LONGEST, padding=True, return_tensors="pt",
            )  # fmt: skip
            found = self._model(**given)
        starts, ends = found.start_logits.tolist(), found.end_logits.tolist()
        return [
            _best_span(start, end, [one == 1 for one in given.sequence_ids(row)]) - start[0] - end[0]
            for row, (start, end) in enumerate(zip(starts, ends, strict=True))
        ]


def _best_span(starts: Sequence[float], ends: Sequence[float], inside: Sequence[bool]) -> float:
    """Find the highest score of a span inside the text; the lowest number there is where the text has no token."""
    scores = (
        starts[first] + max(ends[last] for last in range(first, min(first + ANSWER_TOKENS, len(ends))) if inside[last])
        for first in range(len(starts))
        if inside[first]
    )
    return max(scores, default=float("-inf"))


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
