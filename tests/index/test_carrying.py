"""In a conversation, the earlier question lends what the new one leaves open, and no more."""

import pytest

from index.carrying import carried
from index.question import understand


@pytest.mark.parametrize("text", ["how many were there?", "did they explain?", "what did he say?"])
def test_an_open_question_takes_all_of_the_earlier_one(text: str) -> None:
    assert carried("Why did Twitter suspend Occupy in 2018?", text) == "Why did Twitter suspend Occupy in 2018?"


def test_another_platform_takes_the_place_of_the_first() -> None:
    assert carried("what happened to QAnon on Twitter in July 2020", "and on Facebook?") == "what happened to QAnon"


def test_the_same_platform_stays() -> None:
    assert carried("what happened on Twitter", "did Twitter explain?") == "what happened on Twitter"


def test_of_several_platforms_none_is_dropped() -> None:
    assert carried("why did Amazon drop Parler?", "and Apple?") == "why did Amazon drop Parler?"


def test_another_date_takes_the_place_of_the_first() -> None:
    assert carried("which forums were banned in June 2020?", "and in 2015?") == "which forums were banned?"


def test_names_typed_otherwise_are_carried_alike() -> None:
    asked = understand("and on fb?", "what happened to QAnon on X in 2020")
    assert asked.search_text == "what happened to QAnon and on Facebook?"
