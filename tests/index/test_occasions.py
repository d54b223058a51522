"""Times that an occasion tells."""

import pytest

from index.occasions import untold_times
from index.question import understand


@pytest.mark.parametrize(
    ("phrase", "text", "told"),
    [
        ("before the midterms", "Twitter suspended 240 accounts in March 2019.", False),
        ("before the midterms", "Before the midterms Twitter suspended 240 accounts.", True),
        ("before the midterms", "It suspended 240 accounts ahead of the midterms.", True),
        ("during the riots", "The band Grey Riots posted a song.", False),
        ("during the olympics", "It was during the Olympics.", True),
        ("recently", "It recently suspended 240 accounts.", False),
    ],
)
def test_a_time_told_by_an_occasion_must_stand_in_what_is_shown(phrase: str, text: str, told: bool) -> None:
    asked = understand(f"how many accounts did Twitter suspend {phrase}?")
    assert untold_times(asked, [text]) == (() if told else (phrase,))
