"""What a clause speaks of, and which clauses cannot speak of the same."""

import pytest

from index.clause import may_be_the_same, platforms_in, read_clause


def test_who_reports_is_no_part_of_what_is_reported() -> None:
    assert read_clause("The Gazette reported that Rivvel banned bakers.").names == {"rivvel"}


def test_a_platform_that_reports_speaks_of_itself_unless_another_is_named() -> None:
    assert read_clause("Twitter said that it banned bakers.").platforms == platforms_in("Twitter")
    assert read_clause("Twitter said that Facebook banned bakers.").platforms == platforms_in("Facebook")


def test_platforms_of_one_meaning_are_one() -> None:
    assert platforms_in("X and Twitter") == platforms_in("Twitter") != platforms_in("Facebook")


def test_a_word_that_only_stands_first_is_no_name() -> None:
    assert read_clause("Between 20 and 30 accounts were banned.").names == frozenset()


@pytest.mark.parametrize(
    "other", ["In June it banned bakers.", "On Friday it banned bakers.", "It banned bakers daily."]
)
def test_clauses_of_other_times_are_not_the_same(other: str) -> None:
    one = read_clause("On Monday, in May, it banned bakers.")
    assert may_be_the_same(one, one, frozenset())
    assert not may_be_the_same(one, read_clause(other), frozenset())


def test_a_name_that_one_clause_alone_has_must_be_known_of_the_other() -> None:
    one, other = read_clause("it banned bakers in Orlan"), read_clause("it banned bakers")
    assert not may_be_the_same(one, other, frozenset())
    assert may_be_the_same(one, other, frozenset({"orlan"}))
