"""Times of many calls -> what is typical and what is bad."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Of times: the median and what 95 of 100 stay below."""

    p50: float
    p95: float


def spread(values: Sequence[float]) -> Spread:
    """Sum up times, at least one."""
    if len(values) == 1:
        return Spread(round(values[0], 3), round(values[0], 3))
    p95 = statistics.quantiles(values, n=20, method="inclusive")[-1]
    return Spread(round(statistics.median(values), 3), round(p95, 3))


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one call: milliseconds on the clock, and of processor time in all threads."""

    ms: float
    cpu_ms: float


def cost_of(call: Callable[[], object]) -> Cost:
    """Call a function and say what it cost."""
    cpu, begin = time.process_time(), time.perf_counter()
    call()
    return Cost(1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - cpu))
