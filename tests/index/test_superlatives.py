"""Which extreme a question asks for, and whether a statement tells it."""

import pytest

from index.superlatives import extreme_asked, is_told_extreme


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("who lost the most followers in the great cull?", "most"),
        ("what was the biggest purge?", "biggest"),
        ("which shop was the first to close its page?", "first"),
        ("which of them acted first", "first"),
        ("who counted the 100 biggest accounts?", ""),
        ("what happened before the first post?", ""),
        ("how many accounts were removed in the first week?", ""),
        ("who lost at least 300 followers?", ""),
        ("why were most of them banned?", ""),
        ("who had the most removal requests?", "most"),
        ("whats the name of the biggest page that got banned", "biggest"),
        ("which were the most famous groups?", ""),
    ],
)
def test_an_extreme_is_asked_for_by_its_word(question: str, word: str) -> None:
    asked = extreme_asked(question)
    assert (asked.word if asked else "") == word


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ann Ply lost the most followers of all.", True),
        ("The biggest loss was Ann Ply's.", True),
        ("Ann Ply lost 900 followers.", False),
        ("Ned Loom counted the 100 biggest accounts.", False),
        ("Ann Ply said that most of her followers were bots.", False),
        ("The fewest followers were lost by Ann Ply.", False),
        ("Ann Ply lost one of the biggest shares.", False),
        ("Ann Ply's was the 20th biggest loss.", False),
        ("Ann Ply lost 900 followers, the most of any baker.", True),
        ("Bakers lost followers, the biggest of them Ann Ply.", True),
    ],
)
def test_a_statement_tells_an_extreme_of_what_is_asked(text: str, told: bool) -> None:
    asked = extreme_asked("who lost the most followers?")
    assert asked
    assert is_told_extreme(asked, text) is told


@pytest.mark.parametrize(
    ("question", "things"),
    [
        ("who lost the most in the purge?", {"follow", "subscrib"}),
        ("who lost most members?", {"member"}),
        ("which page was the biggest?", {"page"}),
    ],
)
def test_what_is_lost_are_followers_where_nothing_else_is_named(question: str, things: set[str]) -> None:
    asked = extreme_asked(question)
    assert asked
    assert asked.things == things


@pytest.mark.parametrize("question", ["which page was the biggest one?", "what was the name of the biggest page?"])
def test_an_extreme_of_something_else_is_none(question: str) -> None:
    asked = extreme_asked(question)
    assert asked
    assert not is_told_extreme(asked, "It was the biggest single mass purge of all time.")
    assert is_told_extreme(asked, "The biggest page belonged to Ann Ply.")
