"""Circles and labels -> places where none overlaps another. Pixels, y downwards."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import hypot, sqrt

GAP = 4.0
"""Pixels that stay free between two circles, and between a circle and its label."""
SLACK = 1e-6
LINE_WIDTH = 5.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Say whether two rectangles share any place."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def lowered(self, by: float) -> "Box":
        """Return it further down."""
        return replace(self, top=self.top + by, bottom=self.bottom + by)


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle."""

    x: float
    y: float
    radius: float

    def meets(self, other: "Circle") -> bool:
        """Say whether two circles come nearer than the gap."""
        return hypot(self.x - other.x, self.y - other.y) < self.radius + other.radius + GAP - SLACK

    @property
    def box(self) -> Box:
        """The rectangle around it."""
        return Box(self.x - self.radius, self.y - self.radius, self.x + self.radius, self.y + self.radius)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A circle that wants a place, how far a line runs from its middle to the right, and how wide its label is."""

    x: float
    radius: float
    line: float = 0.0
    label_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A circle in its place, with those of its line and its label; lines may run below circles."""

    circle: Circle
    line: Box
    label: Box | None = None

    def meets(self, other: "Placed") -> bool:
        """Say whether two circles overlap, or a label and anything else."""
        return self.circle.meets(other.circle) or self._covers(other) or other._covers(self)

    def _covers(self, other: "Placed") -> bool:
        things = (other.circle.box, other.line, other.label)
        return self.label is not None and any(self.label.meets(thing) for thing in things if thing)

    @property
    def top(self) -> float:
        """The highest place that it takes."""
        return min(self.circle.box.top, self.label.top if self.label else self.circle.y)

    @property
    def bottom(self) -> float:
        """The lowest place that it takes."""
        return max(self.circle.box.bottom, self.label.bottom if self.label else self.circle.y)

    def lowered(self, by: float) -> "Placed":
        """Return it further down."""
        label = self.label.lowered(by) if self.label else None
        return Placed(replace(self.circle, y=self.circle.y + by), self.line.lowered(by), label)


def stack(
    wanted: Sequence[Wanted], label_height: float, bounds: tuple[float, float], reach: float
) -> list[Placed | None]:
    """Place circles of given x along a line, moving them up and down where they or their labels would overlap.

    The first have the first choice; each comes as near to the line (y = 0) as it can, its label on the right
    or, where that is taken, on the left.

    Args:
        bounds: the left and right end of where labels may stand.
        reach: how far a circle may lie from the line.

    Returns:
        The places in the same order, without a label where there is no room for it; None for a circle that finds
        no place.
    """
    found: list[Placed | None] = []
    for want in wanted:
        others = [one for one in found if one]
        bare = replace(want, label_width=0.0)
        heights = [y for y in _heights(want, others, label_height) if abs(y) <= reach]
        places = (place for one in (want, bare) for y in heights for place in _sides(one, y, label_height, bounds))
        found.append(next((one for one in places if not any(one.meets(other) for other in others)), None))
    return found


def _sides(want: Wanted, y: float, label_height: float, bounds: tuple[float, float]) -> Iterator[Placed]:
    circle = Circle(want.x, y, want.radius)
    line = Box(want.x, y - LINE_WIDTH / 2, want.x + want.line, y + LINE_WIDTH / 2)
    if not want.label_width:
        yield Placed(circle, line)
        return
    right, left = want.x + max(want.radius, want.line) + GAP, want.x - want.radius - GAP - want.label_width
    for side in (right, left) if want.line <= want.radius else (left, right):
        if bounds[0] <= side and side + want.label_width <= bounds[1]:
            yield Placed(circle, line, Box(side, y - label_height / 2, side + want.label_width, y + label_height / 2))


def _heights(want: Wanted, others: Iterable[Placed], label_height: float) -> list[float]:
    """List where a circle lies on the line, or it or its label just touches another, nearest to the line first."""
    heights = [0.0]
    for other in others:
        y, sum_of_radii = other.circle.y, want.radius + other.circle.radius + GAP
        touching = sqrt(max(0.0, sum_of_radii**2 - (want.x - other.circle.x) ** 2))
        reached = (touching, want.radius + label_height / 2, other.circle.radius + label_height / 2, label_height)
        heights += [y + sign * away for away in reached for sign in (1, -1)]
    return sorted(set(heights), key=lambda y: (round(abs(y), 3), y))
