"""Platforms are found by whatever name a member gives them, and by the one that they had at the time."""

import pytest

from index.aliases import usual_names
from index.question import understand


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("what did fb do", "what did Facebook do"),
        ("YT and insta", "YouTube and Instagram"),
        ("on g+?", "on Google+?"),
        ("fake staff on linked in", "fake staff on LinkedIn"),
    ],
)
def test_short_names_are_written_out(typed: str, usual: str) -> None:
    assert usual_names(typed) == usual


def test_a_platform_has_the_name_of_its_time() -> None:
    assert usual_names("why did X lock accounts in 2018") == "why did Twitter lock accounts in 2018"
    assert usual_names("did Meta remove pages in 2018 or 2019") == "did Facebook remove pages in 2018 or 2019"


def test_without_an_early_year_both_names_are_looked_for() -> None:
    assert usual_names("what did X say") == "what did X (Twitter) say"
    assert usual_names("what did X say in 2024") == "what did X (Twitter) say in 2024"


@pytest.mark.parametrize(
    "text",
    [
        "was Malcolm X quoted", "an iPhone X", "X-rated posts", "SpaceX", "who is @x", "10 x 20", "a meta question",
        "the insta-ban", "example.org/fb",
    ],
)  # fmt: skip
def test_other_things_keep_their_name(text: str) -> None:
    assert usual_names(text) == text


@pytest.mark.parametrize("text", ["on x", "Musk's X removed it", "X's policy", "(X)", "banned by meta"])
def test_a_platform_is_told_by_what_stands_around_it(text: str) -> None:
    assert usual_names(text) != text


def test_the_search_goes_by_the_usual_name_and_the_question_stays_as_typed() -> None:
    question = understand("what did fb do in 2018")
    assert (question.text, question.search_text) == ("what did fb do in 2018", "what did Facebook do in 2018")
