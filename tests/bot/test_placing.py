"""Circles and labels find places where none overlaps another."""

from itertools import combinations

import pytest

from bot.placing import Box, Placed, Wanted, stack

BOUNDS = (0.0, 1000.0)


def places(wanted: list[Wanted], reach: float = 900) -> list[Placed]:
    return [place for place in stack(wanted, 30, BOUNDS, reach) if place]


def test_a_lone_circle_lies_on_the_line() -> None:
    [place] = places([Wanted(500, 20)])
    assert (place.circle.y, place.label) == (0, None)


def test_circles_of_one_day_are_stacked() -> None:
    found = places([Wanted(500, 20 + number % 5, 0, 90) for number in range(20)])
    assert len(found) == 20
    assert not any(one.meets(other) for one, other in combinations(found, 2))


@pytest.mark.parametrize(("x", "is_left"), [(100, False), (950, True)])
def test_a_label_stays_within_the_bounds(x: float, is_left: bool) -> None:
    [place] = places([Wanted(x, 20, 0, 120)])
    assert place.label is not None
    assert (place.label.right < x) == is_left


def test_a_label_keeps_off_a_line() -> None:
    first, second = places([Wanted(100, 20, 400), Wanted(300, 20, 0, 90)])
    assert second.label is not None
    assert not second.label.meets(first.line)


def test_a_label_without_room_is_left_out() -> None:
    [place] = places([Wanted(500, 20, 0, 800)])
    assert place.label is None


def test_what_finds_no_place_is_left_out() -> None:
    assert len(places([Wanted(500, 20) for _ in range(50)], reach=100)) == 5


def test_boxes_that_only_touch_do_not_meet() -> None:
    assert not Box(0, 0, 10, 10).meets(Box(10, 0, 20, 10))
    assert Box(0, 0, 10, 10).meets(Box(9, 9, 20, 20))
