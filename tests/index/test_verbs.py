"""The verb of a question is found without a parser, and a statement tells of it as done or not."""

import pytest

from index.verbs import forms_of, is_done, verb_of


@pytest.mark.parametrize(
    ("asked", "verb"),
    [
        ("did the knitting club sue the gazette", "sue"),
        ("was the report on the club withdrawn", "withdrawn"),
        ("did the club ever get the page back", "back"),
        ("how many of the followers did it lose", "lose"),
        ("is anyone glad that the club vanished", ""),
        ("the knitting clubs", ""),
    ],
)
def test_the_first_verb_is_found(asked: str, verb: str) -> None:
    assert verb_of(asked, frozenset()) == verb


def test_a_name_is_no_verb() -> None:
    assert verb_of("did report sue", frozenset({"report"})) == "sue"


@pytest.mark.parametrize(("verb", "other"), [("sue", "lawsuit"), ("win", "won"), ("die", "death"), ("ban", "remov")])
def test_a_verb_is_known_in_its_forms_and_by_words_for_the_same(verb: str, other: str) -> None:
    assert other in forms_of(verb)


def test_opposites_are_not_alike() -> None:
    assert not forms_of("restor") & forms_of("remov")


@pytest.mark.parametrize(
    ("text", "done"),
    [
        ("The club sued the Gazette.", True),
        ("The club said that it would sue the Gazette.", False),
        ("Ann Ply did not sue the Gazette.", False),
        ("The club wants to sue, and so do those weavers who sued.", True),
        ("The club knits.", True),
    ],
)
def test_what_is_wanted_or_denied_is_not_done(text: str, done: bool) -> None:
    assert is_done(forms_of("sue"), text) is done
