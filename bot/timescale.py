"""Dates -> places along a line: where a day stands in pixels, and which days are marked."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date as day

from index.dates import MONTHS

SHORTEST_DAYS = 28
"""A shorter time is widened, so that one day does not fill the picture."""
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
    """Days (ordinals, see `datetime.date.toordinal`) from `left` to `right`, in pixels."""

    first: int
    last: int
    left: float
    right: float

    def x(self, ordinal: int) -> float:
        """Say where a day stands."""
        return self.left + (ordinal - self.first) / (self.last - self.first) * (self.right - self.left)

    def ticks(self, gap: float) -> list[Tick]:
        """List marked days, at least about `gap` pixels apart, of the finest step that leaves it."""
        per_day = (self.right - self.left) / (self.last - self.first)
        unit, count, _ = next((step for step in STEPS if step[1] * step[2] * per_day >= gap), STEPS[-1])
        found: list[Tick] = []
        told = ""
        for ordinal in self._marked(unit, count):
            when = day.fromordinal(ordinal)
            month = MONTHS[when.month - 1]
            label = {"day": f"{when.day} {month}", "month": month, "year": str(when.year)}[unit]
            year = "" if unit == "year" or str(when.year) == told else str(when.year)
            found.append(Tick(self.x(ordinal), label, year))
            told = str(when.year)
        return found

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
    first, last = min(days), max(days)
    missing = max(0, SHORTEST_DAYS - (last - first))
    first = max(1, first - (missing + 1) // 2)
    return TimeScale(first, min(day.max.toordinal(), max(last + missing // 2, first + SHORTEST_DAYS)), left, right)


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
