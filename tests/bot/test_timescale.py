"""Days have their places in time, and enough of them are marked."""

from datetime import date as day
from itertools import pairwise

import pytest

from bot.timescale import middle_day, scale_of, stretched_scale


def days(*dates: str) -> list[int]:
    return [found for date in dates if (found := middle_day(date)) is not None]


def test_a_cut_date_stands_in_its_middle() -> None:
    assert middle_day("2018-10-11") == day(2018, 10, 11).toordinal()
    assert middle_day("2018-10") == day(2018, 10, 16).toordinal()
    assert middle_day("2018") == day(2018, 7, 2).toordinal()
    assert middle_day("--04-02") is None


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (("2012-09", "2024-09"), ["2014", "2016", "2018", "2020", "2022", "2024"]),
        (("2018-01-19", "2018-10-15"), ["Mar", "May", "Jul", "Sep"]),
        (("2018-10-11",), ["28 Sep", "3 Oct", "8 Oct", "13 Oct", "18 Oct", "23 Oct"]),
    ],
)
def test_the_marked_days_fit_the_time(dates: tuple[str, ...], labels: list[str]) -> None:
    assert [tick.label for tick in scale_of(days(*dates), 260, 1000).ticks(105)] == labels


def test_the_year_is_told_once() -> None:
    ticks = scale_of(days("2018-11-20", "2019-03-01"), 0, 1000).ticks(105)
    assert [tick.year for tick in ticks if tick.year] == ["2018", "2019"]


@pytest.mark.parametrize("date", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_have_a_place(date: str) -> None:
    scale = scale_of(days(date), 0, 100)
    assert 0 <= scale.x(days(date)[0]) <= 100
    assert scale.ticks(105) is not None


CROWDED = ("2012-09-24", "2018-08-02", "2018-08-09", "2018-08-20", "2018-09-01", "2024-09-25")


def test_a_crowded_quarter_is_wider_on_a_stretched_scale() -> None:
    even, stretched = scale_of(days(*CROWDED), 0, 800), stretched_scale(days(*CROWDED), 0, 800)
    first, last = days("2018-07-01", "2018-10-01")
    assert stretched.x(last) - stretched.x(first) > 10 * (even.x(last) - even.x(first))


def test_a_stretched_scale_keeps_its_ends_and_the_order() -> None:
    scale = stretched_scale(days(*CROWDED), 0, 800)
    places = [scale.x(one) for one in range(scale.first, scale.last + 1)]
    assert (places[0], round(places[-1], 6)) == (0, 800)
    assert places == sorted(set(places))


def test_the_marked_years_of_a_stretched_scale_stand_apart() -> None:
    ticks = stretched_scale(days(*CROWDED), 0, 800).ticks(105)
    assert len(ticks) > 1
    assert all(other.x - one.x >= 105 for one, other in pairwise(ticks))


def test_a_short_time_is_not_stretched() -> None:
    assert stretched_scale(days("2018-01-01", "2018-08-01"), 0, 800) == scale_of(
        days("2018-01-01", "2018-08-01"), 0, 800
    )
