"""Question and hits -> the hits in the order of a cross-encoder, where the operator has set one."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from index.errors import ModelFault, first_line
from index.question import Question
from index.retrieve import Hit

RERANKED = 20
"""Hits that are put in order anew; each costs one forward pass of question and passage together."""


class Reranker(Protocol):
    """Reads a question together with each of some texts."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Say how well each text answers, higher is better; only the order counts."""
        ...


class CrossEncoderReranker:
    """A cross-encoder of sentence-transformers with one output, on the processor. Safe to use from several threads."""

    def __init__(self, location: str) -> None:
        """Load a model, from a folder or by its name on a hub.

        Raises:
            ModelFault: it is missing, damaged, or gives more than one number for a pair.
        """
        self._model = _load(location)
        self._lock = threading.Lock()  # the fast tokenizer refuses two threads at once

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """Say how well each text answers."""
        with self._lock:
            found = self._model.predict([(question, text) for text in texts], show_progress_bar=False)
        return [float(score) for score in found]


def reordered(question: Question, hits: Sequence[Hit], reranker: Reranker) -> list[Hit]:
    """Put the first hits in the reranker's order; ties stay.

    Their scores stay in their places, so that all that reads margins reads the same ones. A question that quotes is
    left alone: what it wants is told by the words.
    """
    first = list(hits[:RERANKED])
    if question.quoted or len(first) < 2:
        return list(hits)
    scores = reranker.scores(question.with_earlier, [hit.passage.headed for hit in first])
    order = sorted(range(len(first)), key=lambda place: -scores[place])
    moved = [replace(first[one], score=hit.score) for one, hit in zip(order, first, strict=True)]
    return [*moved, *hits[RERANKED:]]


def _load(location: str) -> Any:
    from sentence_transformers import CrossEncoder  # seconds to import

    try:
        model = CrossEncoder(location, device="cpu")
    except Exception as error:
        raise ModelFault(
            f"the reranker '{location}' cannot be loaded ({first_line(error)}); check PURGEBOT_RERANKER"
        ) from error
    if model.num_labels != 1:
        raise ModelFault(
            f"the reranker '{location}' gives {model.num_labels} numbers for a pair, not one; "
            "set PURGEBOT_RERANKER to a model made for ranking"
        )
    return model
