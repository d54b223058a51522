"""A question is cleaned, bad ones are refused in a sentence, and what it asks for is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import BadQuestion
from index.question import QUESTION_CHARS, Asks, clean_question, understand


def test_white_space_is_folded_and_invisible_characters_go() -> None:
    assert clean_question("  why\u200b \u202ewere\n they banned? ") == "why were they banned?"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (" \u200b?! ", "is empty"),
        ("x" * (QUESTION_CHARS + 1), "501 characters"),
        ("why\x00?", "U+0000"),
        ("why \x1b[31m red", "U+001B"),
        ("why \ud800?", "Unicode"),
    ],
)
def test_a_bad_question_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadQuestion, match=sentence.replace("+", r"\+")):
        clean_question(text)


@given(st.text())
def test_any_text_is_cleaned_or_refused(text: str) -> None:
    try:
        cleaned = clean_question(text)
    except BadQuestion:
        return
    assert 0 < len(cleaned) <= QUESTION_CHARS
    assert clean_question(cleaned) == cleaned


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("why were Occupy accounts suspended?", Asks.WHY),
        ("what was the reason for the ban", Asks.WHY),
        ("how many accounts did Twitter suspend", Asks.HOW_MANY),
        ("when did Tumblr ban adult content?", Asks.WHEN),
        ("who lost followers", Asks.WHO),
        ("what did Twitter say about it", Asks.SAID),
        ("how did Twitter react to it", Asks.SAID),
        ("how did the stock market react to it", Asks.OTHER),
        ("did Facebook remove pages?", Asks.WHETHER),
        ("occupy accounts", Asks.OTHER),
        ("what did the judge say when he refused?", Asks.SAID),
        ("what did google reply to the letter", Asks.SAID),
        ("ann ply reaction to the ban", Asks.SAID),
        ("who saw the statement", Asks.WHO),
        ("deadline for the appeal", Asks.WHEN),
        ("names of the closed clubs", Asks.WHO),
        ("what was the name of the baker who said so?", Asks.WHO),
        ("what did Ann Ply say of the names of bakers?", Asks.SAID),
        ("size of the moderation team", Asks.HOW_MANY),
        ("ann ply followers lost feb 2018", Asks.HOW_MANY),
        ("what did the bakers do when the page was closed?", Asks.OTHER),
        ("did Rivvel say when the page would be back?", Asks.WHEN),
        ("what was closed and when", Asks.WHEN),
        ("did Rivvel ban bakers who baked at night?", Asks.WHETHER),
        ("was there anybody who spoke for the bakers?", Asks.WHO),
        ("do you know who closed the page?", Asks.WHO),
        ("what did Rivvel do with the posts of bakers?", Asks.OTHER),
        ("how did Rivvel handle tweets from bakers?", Asks.OTHER),
        ("what did Ann Ply post about the ban?", Asks.SAID),
        ("what did Anna post about the ban?", Asks.SAID),
        ("what did Rivvel do about Anna's posts?", Asks.OTHER),
        ("what was the baker called", Asks.WHO),
        ("what about the bakers?", Asks.OTHER),
        ("what does the guild criticise about Rivvel?", Asks.SAID),
        ("did Ann Ply tweet about the count of votes?", Asks.WHETHER),
        ("what was the count of accounts", Asks.HOW_MANY),
    ],
)
def test_the_kind_of_fact_is_recognised(text: str, asks: Asks) -> None:
    assert understand(text).asks is asks


def test_quotes_handles_and_numbers_are_taken_out() -> None:
    question = understand("did @DBongino say “the purge is real” to 10k people and 1.5m more?")
    assert question.quoted == ("the purge is real",)
    assert question.handles == ("dbongino",)
    assert {"10,000", "1.5 million"} <= set(question.numbers)
    assert "10,000" in question.search_text


def test_a_year_is_not_respelled() -> None:
    assert "2,018" not in understand("what happened in 2018").search_text


def test_a_follow_up_is_searched_with_the_question_before() -> None:
    question = understand("and what did Twitter say?", "why were Occupy accounts suspended?")
    assert question.text == "and what did Twitter say?"
    assert "Occupy" in question.search_text


@pytest.mark.parametrize("digits", ["9" * 16, "9" * 400])
def test_a_number_beyond_counting_is_spelled_as_it_is(digits: str) -> None:
    assert understand(f"were {digits} accounts suspended?").numbers == (digits,)
    assert understand(f"were {digits} million accounts suspended?").numbers == (digits,)


@pytest.mark.parametrize(
    "question", ["britain first twitter followers", "knitters followers lost", "knitters accounts removed?"]
)
def test_key_words_may_ask_for_a_number(question: str) -> None:
    assert understand(question).asks is Asks.HOW_MANY


@pytest.mark.parametrize("question", ["occupy accounts", "twitter pages", "What happened to the accounts"])
def test_key_words_that_name_a_thing_do_not(question: str) -> None:
    assert understand(question).asks is Asks.OTHER


@pytest.mark.parametrize(
    ("text", "is_post"),
    [
        ("Rivvel just deleted every baker in the country and nobody says a word about it", True),
        (
            "RT @ned: BREAKING: 400 pages of bakers gone over night, I left Rivvel years ago and so did she, wake up",
            True,
        ),
        ("why is nobody talking of the bakers that Rivvel deleted over night https://t.co/abc", True),
        ("Where are the bakers?? Rivvel took them all. Nobody says a word of it", True),
        ("why did Rivvel delete every baker in the country and nobody says a word", False),
        ("so how come Rivvel deleted every baker in the country over night", False),
        ("Rivvel deleted every baker in the country over night, is that right?", False),
        ("tell me all that is known of the bakers who were deleted by Rivvel", False),
        ("number of bakers that were deleted by Rivvel in the spring of 2019", False),
        ("bakers deleted by Rivvel", False),
        ("bakers deleted by Rivvel https://t.co/abc", False),
        ("did J. R. Loom of the guild agree with Rivvel on how many bakers were deleted?", False),
    ],
)
def test_a_post_is_told_from_a_question(text: str, is_post: bool) -> None:
    assert understand(text).is_post is is_post
