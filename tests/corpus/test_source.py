"""Dates and addresses are written in one way."""

import pytest

from corpus.source import is_address, is_date


@pytest.mark.parametrize("text", ["2018", "2018-10", "2018-10-11", "2020-02-29", "--04-02", "--02-29"])
def test_a_date_cut_to_what_is_known_is_one(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize(
    "text", ["2018-13", "2018-02-30", "2019-02-29", "2018-00", "2018-10-00", "0000", "--13-01", "--02-30"]
)
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert not is_date(text)


@pytest.mark.parametrize(
    "text",
    ["", "18", "2018-1", "2018-10-1", "2018/10/11", "11 October 2018", "--04", "-04-02", "2018-10-11T00:00", "2018\n"],
)
def test_another_form_is_no_date(text: str) -> None:
    assert not is_date(text)


def test_digits_of_other_scripts_are_no_date() -> None:
    assert not is_date("２０１８-１０")


@pytest.mark.parametrize("text", ["http://a.example", "https://a.example/b?c=d#e"])
def test_an_address_of_the_web_is_one(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize(
    "text", ["", "a.example", "ftp://a.example", "javascript:alert(1)", "https://", "https://a b", "https://a\n"]
)
def test_anything_else_is_no_address(text: str) -> None:
    assert not is_address(text)
