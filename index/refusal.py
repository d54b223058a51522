"""Does the corpus answer the question? The outcome and how sure it is, before anything is said."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.answer import Outcome
from index.claims import Candidate
from index.question import Question
from index.retrieve import Hit, Terms

OFF_TOPIC_COSINE = 0.28
"""Questions on other subjects come no closer to any passage (measured: see tests/gate/HISTORY.md)."""
OFF_TOPIC_HELD = 0.5
FOREIGN_COSINE, FOREIGN_HELD = 0.2, 0.85
"""So far from every passage, only a question that one passage holds nearly word for word is answered."""

ANSWERED_CONFIDENCE = 0.3
"""Refuses 1 % of the answerable and 19 % of the near misses of the development half; .45 would refuse 13 and 38."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is measured of the best evidence, all computed on what the asker may see.

    `cosine`: best passage. `part`: best statement's part. `own`: weighted share of the question's stems in the
    best statement and its attribution; `held`: in its whole passage. `lead`: the best statement's score less that
    of the best one of another document.
    """

    cosine: float
    part: float
    own: float
    held: float
    lead: float


WEIGHTS = {"part": 1.64, "own": 1.71, "held": 1.91, "lead": 1.65}
BIAS = -3.23
"""Logistic regression on the development half of the gold questions (170 answerable, 92 not)."""


def signals_of(terms: Terms, hits: Sequence[Hit], candidates: Sequence[Candidate]) -> Signals:
    """Measure the best evidence."""
    best = candidates[0]
    passage = next(hit.passage for hit in hits if hit.passage.id == best.stored.passage_id)
    elsewhere = next((one.score for one in candidates if one.stored.document_row != best.stored.document_row), 0.0)
    return Signals(
        cosine=max(hit.cosine for hit in hits),
        part=max(candidate.evidence.cosine for candidate in candidates),
        own=best.evidence.own,
        held=terms.coverage(f"{passage.header} {passage.text}"),
        lead=best.score - elsewhere,
    )


def confidence_of(signals: Signals) -> float:
    """Return the probability that the evidence answers the question, in (0, 1)."""
    total = BIAS + sum(weight * getattr(signals, name) for name, weight in WEIGHTS.items())
    return 1 / (1 + math.exp(-total))


def outcome_of(question: Question, signals: Signals | None) -> tuple[Outcome, float]:
    """Decide how the question ends, and how sure that it is answered."""
    if signals is None:
        return Outcome.OFF_TOPIC, 0.0
    confidence = confidence_of(signals)
    if signals.cosine < FOREIGN_COSINE and signals.held < FOREIGN_HELD and not question.handles:
        return Outcome.OFF_TOPIC, confidence
    if confidence >= ANSWERED_CONFIDENCE:
        return Outcome.ANSWERED, confidence
    if signals.cosine < OFF_TOPIC_COSINE and signals.held < OFF_TOPIC_HELD and not question.handles:
        return Outcome.OFF_TOPIC, confidence
    return Outcome.NOT_IN_CORPUS, confidence
