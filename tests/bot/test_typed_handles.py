"""A handle is found however chat has marked it."""

import pytest

from bot.typed_handles import handle_of


@pytest.mark.parametrize(
    "typed",
    [
        *("jack", "@jack", " @jack ", "_@jack_", "__@jack__", "**@jack**", "~~@jack~~", "||@jack||", "`@jack`"),
        *(
            "(@jack)",
            "<@jack>",
            "@jack,",
            "@jack?",
            ".@jack",
            "@jack’s",
            "@jack's",
            "_@jack’s_",
            "＠jack",
            "_**@jack**_",
        ),
        *("“jack”", "_(@jack)_", "> @jack", "\\@jack"),
    ],
)
def test_marks_around_a_handle_are_no_part_of_it(typed):
    assert handle_of(typed) == "jack"


@pytest.mark.parametrize("handle", ["jack_", "_jack_", "ab", "a", "abc", "a_b", "makers.bsky", "Purl Queen", "jäck"])
def test_what_belongs_to_a_handle_stays(handle):
    assert handle_of(handle) == handle_of(f"@{handle}") == handle


def test_underscores_of_a_handle_stay_inside_of_emphasis():
    assert handle_of("_@jack__") == "jack_"


@pytest.mark.parametrize("typed", ["@", "@@", "_", "...", "❤", "@_@"])
def test_what_holds_no_handle_is_looked_for_as_it_is(typed):
    assert handle_of(typed)
