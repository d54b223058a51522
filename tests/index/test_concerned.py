"""Whom the measure hit that a question is on."""

import pytest

from index.concerned import concerned_in, other_words
from index.lexical import stems


@pytest.mark.parametrize(
    ("question", "phrase", "telling"),
    [
        ("why did facebook remove the pages of bakers?", "pages of bakers", "bakers"),
        ("so when did twitter suspend knitting accounts over spam", "knitting accounts", "knitting"),
        ("why reddit banned baking subs", "baking subs", "baking"),
        ("why were baking pages taken down from facebook", "baking pages", "baking"),
        ("how many knitters did twitter ban?", "knitters", "knitters"),
        ("how many baking accounts were removed?", "baking accounts", "baking"),
        ("what did facebook say about removing bakers' groups?", "bakers' groups", "bakers"),
        ("did they kick off bakers too", "bakers", "bakers"),
        ("which baking pages did facebook remove?", "baking pages", "baking"),
        ("what did critics say about facebook removing bakers' groups?", "bakers' groups", "bakers"),
        ("what happened to the bakers on tumblr?", "bakers", "bakers"),
        ("is it true that reddit banned baking subs", "baking subs", "baking"),
        ("how many isolationists did twitter ban?", "isolationists", "isolationists"),
    ],
)
def test_those_concerned_are_found_with_the_words_that_tell_them_from_others(
    question: str, phrase: str, telling: str
) -> None:
    assert concerned_in(question) == (phrase, frozenset(stems(telling)))


@pytest.mark.parametrize(
    "question",
    [
        "why did facebook remove 652 pages and groups?",
        "why were so many people banned?",
        "why did twitter purge patriots?",
        "why did ann ply delete her baking page?",
        "who baked the bread?",
        "what kind of people did facebook ban?",
        "which six channels did youtube terminate?",
        "did twitter apologise to bakers?",
    ],
)
def test_a_question_may_tell_nobody_from_others(question: str) -> None:
    assert not concerned_in(question)[1]


def test_members_call_people_otherwise_than_sources_do() -> None:
    assert {*stems("terrorists"), "isil"} <= other_words(stems("jihadis")[0])
    assert not other_words("baker")
