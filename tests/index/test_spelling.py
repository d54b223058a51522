"""Slips in the words of a question are mended, chat's short forms written out, and right words left alone."""

import pytest

from index.question import Asks, understand
from index.spelling import is_right, usual_spelling


@pytest.mark.parametrize(
    ("typed", "usual"),
    [
        ("waht did twitter say", "what did twitter say"),
        ("wich pages", "which pages"),
        ("whcih pages", "which pages"),
        ("whne was it", "when was it"),
        ("hwo found it", "who found it"),
        ("howmany pages", "how many pages"),
        ("howmny pages", "how many pages"),
        ("how manny pages", "how many pages"),
        ("whydid it", "why did it"),
        ("were did they go", "where did they go"),
        ("why did the rep give no info", "why did the representative give no information"),
        ("y were accts of ppl banned w/o warning", "why were accounts of people banned without warning"),
    ],
)
def test_words_of_a_question_are_mended(typed: str, usual: str) -> None:
    assert usual_spelling(typed) == usual


@pytest.mark.parametrize(
    "text",
    [
        "what did @u say in r/news?",
        "who is Y Combinator",
        "how may I appeal",
        "ACC schools and J. R. Smith",
        "https://example.org/y/u",
        "were the witches banned",
        "what was the cause",
        "“",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    assert usual_spelling(text) == text


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("y were they banned", Asks.WHY),
        ("hw many were banned", Asks.HOW_MANY),
        ("wen was it", Asks.WHEN),
        ("waht did he say", Asks.SAID),
    ],
)
def test_a_misspelt_question_is_of_the_same_kind(typed: str, asks: Asks) -> None:
    assert understand(typed).asks is asks


@pytest.mark.parametrize("word", ["fined", "jailed", "bribed", "vimeo", "suspends"])
def test_common_words_and_platforms_are_right(word: str) -> None:
    assert is_right(word)


@pytest.mark.parametrize("word", ["suspnded", "facebok", "engagdet", "zuckerburg"])
def test_slips_are_not(word: str) -> None:
    assert not is_right(word)
