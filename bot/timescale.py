"""Dates -> places along a line: where a day stands in pixels, and which days are marked."""

from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as day
from itertools import pairwise

from index.dates import MONTHS

SHORTEST_DAYS = 28
"""A shorter time is widened, so that one day does not fill the picture."""
EVEN = 0.25
"""How much of a stretched scale is shared out evenly."""
LEAST_STRETCHED_DAYS = 3 * 366
STEPS = [
    *[("day", count, 1.0) for count in (1, 2, 5, 10)],
    *[("month", count, 30.0) for count in (1, 2, 3, 6)],
    *[("year", count, 365.0) for count in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)],
]
"""Steps between marked days: unit, how many, days in one unit at least (short months are let pass)."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A marked day: its label, and the year where it is not yet told."""

    x: float
    label: str
    year: str


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days (ordinals, see `datetime.date.toordinal`) and their places in pixels: those of `knots`, between which
    time runs evenly. Both rise; there are two knots at least."""

    knots: tuple[tuple[int, float], ...]

    @property
    def first(self) -> int:
        """The earliest day."""
        return self.knots[0][0]

    @property
    def last(self) -> int:
        """The latest day."""
        return self.knots[-1][0]

    @property
    def is_even(self) -> bool:
        """Whether all days are as wide as each other."""
        return len(self.knots) == 2

    def x(self, ordinal: int) -> float:
        """Say where a day stands."""
        after = min(max(bisect_right(self.knots, (ordinal, float("inf"))), 1), len(self.knots) - 1)
        (first, left), (last, right) = self.knots[after - 1], self.knots[after]
        return left + (ordinal - first) / (last - first) * (right - left)

    def ticks(self, gap: float) -> list[Tick]:
        """List marked days, at least about `gap` pixels apart, of the finest step that leaves it."""
        unit, count = self._step(gap)
        found: list[Tick] = []
        told = ""
        for ordinal in self._marked(unit, count):
            when = day.fromordinal(ordinal)
            month = MONTHS[when.month - 1]
            label = {"day": f"{when.day} {month}", "month": month, "year": str(when.year)}[unit]
            year = "" if unit == "year" or str(when.year) == told else str(when.year)
            if self.is_even or not found or self.x(ordinal) - found[-1].x >= gap:
                found.append(Tick(self.x(ordinal), label, year))
            told = str(when.year)
        return found

    def _step(self, gap: float) -> tuple[str, int]:
        if not self.is_even:
            return "year", 1
        per_day = (self.knots[1][1] - self.knots[0][1]) / (self.last - self.first)
        fitting = (step for step in STEPS if step[1] * step[2] * per_day >= gap)
        unit, count, _ = next(fitting, STEPS[-1])
        return unit, count

    def _marked(self, unit: str, count: int) -> list[int]:
        if unit == "day":
            return [ordinal for ordinal in range(self.first, self.last + 1) if ordinal % count == 0]
        years = range(day.fromordinal(self.first).year, day.fromordinal(self.last).year + 1)
        if unit == "year":
            starts = [day(year, 1, 1).toordinal() for year in years if year % count == 0]
        else:
            starts = [day(year, month, 1).toordinal() for year in years for month in range(1, 13, count)]
        return [ordinal for ordinal in starts if self.first <= ordinal <= self.last]


def scale_of(days: list[int], left: float, right: float) -> TimeScale:
    """Make the scale on which all of some days have their place."""
    first, last = _ends(days)
    return TimeScale(((first, left), (last, right)))


def stretched_scale(days: list[int], left: float, right: float) -> TimeScale:
    """Make a scale on which quarters of years with many of the days are wider, if the days lie years apart."""
    first, last = _ends(days)
    if last - first < LEAST_STRETCHED_DAYS:
        return scale_of(days, left, right)
    years = range(day.fromordinal(first).year, day.fromordinal(last).year + 1)
    starts = [day(year, month, 1).toordinal() for year in years for month in (1, 4, 7, 10)]
    edges = [first, *(one for one in starts if first < one < last), last]
    held = Counter(min(bisect_right(edges, one), len(edges) - 1) for one in days)
    knots = [(first, left)]
    for number, (one, other) in enumerate(pairwise(edges), 1):
        share = EVEN * (other - one) / (last - first) + (1 - EVEN) * held[number] / len(days)
        knots.append((other, knots[-1][1] + share * (right - left)))
    return TimeScale(tuple(knots))


def _ends(days: Sequence[int]) -> tuple[int, int]:
    first, last = min(days), max(days)
    missing = max(0, SHORTEST_DAYS - (last - first))
    first = max(1, first - (missing + 1) // 2)
    return first, min(day.max.toordinal(), max(last + missing // 2, first + SHORTEST_DAYS))


def middle_day(date: str) -> int | None:
    """Return the day in the middle of what is known of an ISO date; None where the year is not known."""
    bounds = _bounds(date)
    return (bounds[0] + bounds[1]) // 2 if bounds else None


def _bounds(date: str) -> tuple[int, int] | None:
    if date.startswith("--"):
        return None
    year, *rest = (int(part) for part in date.split("-"))
    if len(rest) > 1:
        exact = day(year, rest[0], rest[1]).toordinal()
        return exact, exact
    months = (rest[0], rest[0]) if rest else (1, 12)
    return (
        day(year, months[0], 1).toordinal(),
        day(year, months[1], monthrange(year, months[1])[1]).toordinal(),
    )
