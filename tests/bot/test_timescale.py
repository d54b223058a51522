"""Days have their places in time, and enough of them are marked."""

from datetime import date as day

import pytest

from bot.timescale import middle_day, scale_of


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
