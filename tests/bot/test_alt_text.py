"""The timeline in words: for screen readers, and as a picture's alternative text."""

import pytest

from bot.alt_text import ALT_CHARS, describe_timeline, spell_accounts, spell_number
from corpus.source import Event

KNITTERS = Event("a", ("Twitter",), "2019-03-04", "Twitter suspends knitting clubs", accounts=240)
KITES = Event("b", ("Facebook", "Twitter"), "2020-05", "Pages of kite makers go", accounts=55, accounts_unit="pages")
WOOL = Event("c", ("Reddit",), "2021", "Reddit closes wool forums")


def test_a_timeline_tells_period_platforms_and_the_largest() -> None:
    assert describe_timeline([KNITTERS, KITES, WOOL]) == (
        "Timeline of 3 platform purges, 4 Mar 2019 to 2021, on 3 platforms: Twitter (2), Facebook (1), Reddit (1)."
        " The number of accounts is known for 2 of them; the largest:"
        " 1. Twitter suspends knitting clubs (240 accounts, 4 Mar 2019);"
        " 2. Pages of kite makers go (55 pages, May 2020)."
    )


def test_a_single_event_is_told_whole() -> None:
    assert describe_timeline([WOOL]) == (
        "Timeline of 1 platform purge, 2021, on Reddit. 1. Reddit closes wool forums (number not known, 2021)."
    )


def test_no_event() -> None:
    assert describe_timeline([]) == "No event fits."


def test_no_known_number() -> None:
    assert describe_timeline([WOOL, WOOL]).endswith("on Reddit. No number of accounts is known.")


def test_it_fits_what_discord_allows() -> None:
    long = Event("x", tuple(f"{n} {'p' * 200}" for n in range(9)), "2019", "t " * 600, accounts=3)
    for number in (1, 2, 500):
        assert len(describe_timeline([long] * number)) <= ALT_CHARS


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (80, "80"),
        (62_000, "62,000"),
        (11_149_514, "11.1 million"),
        (70_000_000, "70 million"),
        (10**9, "1,000 million"),
    ],
)
def test_numbers_are_spelled_for_a_picture(number: int, words: str) -> None:
    assert spell_number(number) == words


def test_one_account_is_no_accounts() -> None:
    assert spell_accounts(Event("a", ("X",), "2020", "t", accounts=1)) == "1 account"
