"""What asks for a return, and what tells of one."""

import pytest

from index.returns import asks_for_return, implies_return, tells_of_return


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Were the clubs' accounts restored?", True),
        ("when did Twitter let Ann Ply back on?", True),
        ("when were the clubs allowed to sell wool again?", True),
        ("Why did Twitter suspend the clubs?", False),
        ("What was banned back in 2018?", False),
    ],
)
def test_a_return_may_be_asked_for_in_many_words(question: str, asks: bool) -> None:
    assert asks_for_return(question) is asks


@pytest.mark.parametrize(
    ("text", "tells"),
    [
        ("Twitter reinstated the clubs.", True),
        ("The clubs remain banned.", True),
        ("Twitter suspended the clubs.", False),
        ("The clubs asked Twitter to restore their accounts.", False),
        ("Twitter traced the accounts back to one club.", False),
    ],
)
def test_a_return_is_told_or_denied_but_not_only_wanted(text: str, tells: bool) -> None:
    assert tells_of_return(text) is tells


def test_what_lasted_for_a_time_implies_a_return() -> None:
    assert implies_return("Twitter temporarily removed the clubs.")
    assert not implies_return("Twitter removed the clubs.")
