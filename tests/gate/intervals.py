"""Values of questions -> their mean, with how far chance could move it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS, SEED = 2000, 7
LOW, HIGH = 2.5, 97.5


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its 95 % interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        """Write it as `.912 [.861, .953]`."""
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def bootstrap(values: Sequence[float], events: Sequence[str]) -> Interval:
    """Estimate the mean of values, drawing whole events anew: questions on one event succeed or fail together.

    Args:
        values: one a question.
        events: the event of each.

    Source: Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, percentile interval; clusters drawn.
    """
    names, inverse = np.unique(np.asarray(events), return_inverse=True)
    sums = np.bincount(inverse, weights=np.asarray(values, dtype=float), minlength=len(names))
    sizes = np.bincount(inverse, minlength=len(names))
    drawn = np.random.default_rng(SEED).integers(0, len(names), (DRAWS, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [LOW, HIGH])
    return Interval(float(np.mean(values)), float(low), float(high))


def difference(ours: Sequence[float], theirs: Sequence[float], events: Sequence[str]) -> Interval:
    """Estimate the mean of paired differences, question by question."""
    return bootstrap([one - other for one, other in zip(ours, theirs, strict=True)], events)
