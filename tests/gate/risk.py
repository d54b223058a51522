"""Results -> how far the confidence can be trusted: risk and coverage, AUROC, calibration, `partial`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.answer import Outcome
from tests.gate.gold import Result

BINS = 10


@dataclass(frozen=True, slots=True)
class Curve:
    """What it would cost to answer more: one point for each confidence at which to stop, the highest first.

    `coverage`: share of all questions answered. `risk`: share of these that the corpus does not answer, or where the
    claims lack a fact. Source: Geifman and El-Yaniv, "Selective Classification for Deep Neural Networks", 2017.
    """

    threshold: tuple[float, ...]
    coverage: tuple[float, ...]
    risk: tuple[float, ...]

    @property
    def area(self) -> float:
        """Mean risk over all coverages; less is better."""
        steps = np.diff([0.0, *self.coverage])
        return float((np.array(self.risk) * steps).sum())


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of alike confidence, and the share of them that the corpus answers."""

    count: int
    confidence: float
    answerable: float


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the probability that a positive scores above a negative, ties counted half.

    Raises:
        ValueError: one sort is missing, so that there is nothing to tell apart.
    """
    positive = np.array([s for s, label in zip(scores, labels, strict=True) if label])
    negative = np.array([s for s, label in zip(scores, labels, strict=True) if not label])
    if not len(positive) or not len(negative):
        raise ValueError("there is nothing to tell apart: all questions are of one sort")
    above = (positive[:, None] > negative[None]).mean() + 0.5 * (positive[:, None] == negative[None]).mean()
    return float(above)


def separation(positive: Sequence[Result], negative: Sequence[Result]) -> float:
    """Return the AUROC of the confidence, one sort of question against another; NaN where one is missing."""
    if not positive or not negative:
        return math.nan
    scores = [result.answer.confidence for result in [*positive, *negative]]
    return auroc(scores, [True] * len(positive) + [False] * len(negative))


def is_right(result: Result) -> bool:
    """Say whether to answer would be right: the corpus does, and claims made as if nothing were refused hold it."""
    return result.answerable and result.facts_in(claim.text for claim in result.first_choice)


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> Curve:
    """Answer more and more questions, the surest first; questions of one confidence come together."""
    scores, wrong = np.asarray(confidences), ~np.asarray(right)
    thresholds = np.unique(scores)[::-1]
    counts = np.array([(scores >= one).sum() for one in thresholds])
    faults = np.array([wrong[scores >= one].sum() for one in thresholds])
    return Curve(
        tuple(map(float, thresholds)),
        tuple(map(float, counts / len(scores))),
        tuple(map(float, faults / counts)),
    )


def reliability(confidences: Sequence[float], answerable: Sequence[bool]) -> list[Bin]:
    """Sort questions into ten bins of equal width by confidence; empty ones are left out."""
    scores, labels = np.asarray(confidences), np.asarray(answerable)
    place = np.minimum((scores * BINS).astype(int), BINS - 1)
    return [
        Bin(int((place == one).sum()), float(scores[place == one].mean()), float(labels[place == one].mean()))
        for one in range(BINS)
        if (place == one).any()
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the mean distance of confidence and share answerable, weighted by questions (ECE).

    Source: Guo and others, "On Calibration of Modern Neural Networks", ICML 2017.
    """
    total = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.answerable) for one in bins) / total


def partial_figures(results: Sequence[Result]) -> dict[str, float]:
    """Compute how well `partial` is told from `answered`.

    Accuracy: of answerable questions that were answered. Precision: of all answered with `partial`, near misses among
    them. Recall: of all that expect it, refused ones among them. 1 where there is nothing to be wrong about.
    """
    said = [result.answer.outcome is Outcome.PARTIAL for result in results]
    due = [result.gold["expect"] == "partial" for result in results]
    both = sum(one and other for one, other in zip(said, due, strict=True))
    agree = [
        one == other
        for result, one, other in zip(results, said, due, strict=True)
        if result.answerable and result.answered
    ]
    return {
        "partial accuracy": sum(agree) / len(agree) if agree else 1.0,
        "partial precision": both / sum(said) if any(said) else 1.0,
        "partial recall": both / sum(due) if any(due) else 1.0,
    }


def refusal_figures(results: Sequence[Result]) -> dict[str, float]:
    """Compute what the confidence tells, apart from where the threshold lies."""
    answerable = [result for result in results if result.answerable]
    near, foreign = [one for one in results if one.near], [one for one in results if one.foreign]
    confidences = [result.answer.confidence for result in results]
    curve = risk_coverage(confidences, [is_right(result) for result in results])
    bins = reliability(confidences, [result.answerable for result in results])
    return {
        "auroc, near misses": separation(answerable, near),
        "auroc, foreign": separation(answerable, foreign),
        "area under risk and coverage": curve.area,
        "calibration error": calibration_error(bins),
        **partial_figures(results),
    }
