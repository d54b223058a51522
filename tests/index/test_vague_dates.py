"""Words for a time become a span of days; those that no calendar tells are named as such."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.vague_dates import days_in, is_within, times_in

TODAY = date(2024, 5, 15)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("on 3 Aug 2018", "2018-08-03", "2018-08-03"),
        ("on August 3rd, 2018?", "2018-08-03", "2018-08-03"),
        ("on 2018-08-03", "2018-08-03", "2018-08-03"),
        ("in 8/2018", "2018-08-01", "2018-08-31"),
        ("in February 2020", "2020-02-01", "2020-02-29"),
        ("in 2018", "2018-01-01", "2018-12-31"),
        ("last autumn 2018", "2018-09-01", "2018-11-30"),
        ("in the winter of 2018", "2018-12-01", "2019-02-28"),
        ("in early 2021", "2021-01-01", "2021-04-30"),
        ("in mid-2021", "2021-05-01", "2021-08-31"),
        ("in late August 2018", "2018-08-21", "2018-08-31"),
        ("the first half of 2024", "2024-01-01", "2024-06-30"),
        ("in Q3 2020", "2020-07-01", "2020-09-30"),
        ("between March and May 2019", "2019-03-01", "2019-05-31"),
        ("from 2016 to 2018", "2016-01-01", "2018-12-31"),
        ("before 2019", "0001-01-01", "2019-12-31"),
        ("since May 2020", "2020-05-01", "9999-12-31"),
        ("this year", "2024-01-01", "2024-12-31"),
        ("last year", "2023-01-01", "2023-12-31"),
        ("last month", "2024-04-01", "2024-04-30"),
        ("last week", "2024-05-06", "2024-05-12"),
        ("yesterday", "2024-05-14", "2024-05-14"),
        ("two years ago", "2022-01-01", "2022-12-31"),
        ("in the last three months", "2024-02-12", "2024-05-15"),
    ],
)  # fmt: skip
def test_a_time_spans_days(text: str, first: str, last: str) -> None:
    assert times_in(f"what was removed {text}", TODAY).when == (first, last)


@pytest.mark.parametrize(
    "text", ["may they return?", "over the last months", "10,2018 accounts", "in March", "version 1.2018", "@user2018"]
)
def test_what_is_no_date_spans_nothing(text: str) -> None:
    assert times_in(text, TODAY).when is None


@pytest.mark.parametrize(
    "phrase",
    ["before the midterms", "after the election", "during the pandemic", "recently", "before the 2018 midterms"],
)
def test_a_time_that_no_calendar_tells_is_vague(phrase: str) -> None:
    assert times_in(f"who was banned {phrase}?", TODAY).vague == (phrase,)


def test_the_words_for_a_time_are_kept() -> None:
    assert times_in("what was removed before May 2018?", TODAY).words == ("before May 2018",)


def test_the_times_of_a_text_are_found_each() -> None:
    assert days_in("Removed on 3 May 2018, restored in 2019.") == (
        ("2018-05-03", "2018-05-03"),
        ("2019-01-01", "2019-12-31"),
    )
    assert days_in("Removed 412 accounts last week.") == ()


@pytest.mark.parametrize(
    ("dated", "inside"),
    [("2018-08-03", True), ("2018-08", True), ("2018", True), ("2018-09-02", False), ("2017", False)],
)
def test_a_date_lies_in_a_span_if_it_may(dated: str, inside: bool) -> None:
    assert is_within(dated, ("2018-08-01", "2018-08-31")) is inside


@given(st.text(alphabet="0123456789/- abdefjlmnorstuvywy", max_size=40))
def test_any_text_is_read(text: str) -> None:
    when = times_in(text, TODAY).when
    assert when is None or when[0] <= when[1]
