"""What disagrees, and what only differs because it speaks of something else."""

from dataclasses import replace

import pytest

from corpus.document import Voice
from index.disagree import On, Said, disagree


def said(text: str, speaker: str | None = None, voice: Voice = Voice.REPORTER, source: str = "a") -> Said:
    return Said(text, speaker, voice, frozenset({source}), frozenset({"e"}), "Rivvel removes pages")


def found(one: str, other: str) -> On | None:
    return disagree(said(one), said(other, source="b"))


def test_two_numbers_of_one_thing_from_two_sources_disagree() -> None:
    assert found("Rivvel removed 412 pages of bakers.", "Rivvel took down 537 pages of bakers.") is On.FIGURES


@pytest.mark.parametrize(
    "other",
    [
        "Rivvel removed more than 400 pages of bakers.",
        "Rivvel removed 537 groups of bakers.",
        "Rivvel removed another 37 pages of bakers.",
        "Rivvel restored 37 pages of bakers.",
        "Rivvel removed 37 pages of bakers a day.",
        "Of the pages of bakers, Rivvel removed 37 in June 2019.",
        "The pages of bakers that Rivvel removed had 9,312 followers.",
        "Rivvel removed 37 pages of millers.",
    ],
)
def test_what_is_of_another_scope_does_not_disagree(other: str) -> None:
    assert found("Rivvel removed 412 pages of bakers in May 2019.", other) is None


def test_figures_of_two_events_do_not_disagree() -> None:
    other = replace(said("Rivvel removed 37 pages.", source="b"), about=frozenset({"another"}))
    assert disagree(said("Rivvel removed 412 pages."), other) is None


def test_one_speaker_does_not_disagree_with_himself() -> None:
    one, other = said("I count 412 pages.", "Ann Ply"), said("I count 37 pages.", "Ann Ply", source="b")
    assert disagree(one, other) is None


def test_those_who_each_lost_followers_of_their_own_do_not_disagree() -> None:
    one = said("Said that she lost 900 followers.", "Ann Ply", Voice.AFFECTED)
    other = said("Said that he lost 3,500 followers.", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(one, other) is None


def test_a_denial_disagrees_with_what_it_denies() -> None:
    accused = said("Rivvel accused Ned Loom of selling fake followers.", "Rivvel", Voice.PLATFORM)
    denied = said("Denied that he sold fake followers.", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(accused, denied) is On.DENIAL


def test_a_denial_of_something_else_disagrees_with_nothing() -> None:
    told = said("Rivvel removed Ned Loom in May.", "Rivvel", Voice.PLATFORM)
    denied = said("Denied that he sold fake followers.", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(told, denied) is None


def test_reasons_that_have_nothing_in_common_disagree() -> None:
    stated = said("Rivvel suspended the bakers for violating its rules on spam.", "Rivvel", Voice.PLATFORM)
    held = said("They were suspended because of their protest.", "the bakers", Voice.AFFECTED, "b")
    assert disagree(stated, held) is On.REASONS


def test_what_two_platforms_each_did_does_not_disagree() -> None:
    one = said("Twitter said that it had removed 284 accounts.", "Twitter", Voice.PLATFORM)
    other = said("Facebook said that it had removed 652 accounts.", "Facebook", Voice.PLATFORM, "b")
    assert disagree(one, other) is None
    assert disagree(one, replace(other, text="“We removed 652 accounts,” said a spokesman.")) is None


def test_one_platform_by_two_names_is_one() -> None:
    assert found("X removed 100 pages of bakers.", "Twitter removed 300 pages of bakers.") is On.FIGURES


def test_on_an_event_of_several_platforms_both_must_name_the_one() -> None:
    one, other = said("Removed 284 accounts of bakers."), said("Removed 652 accounts of bakers.", source="b")
    assert disagree(one, other) is On.FIGURES
    both = [replace(each, header="Twitter and Facebook remove bakers") for each in (one, other)]
    assert disagree(*both) is None


@pytest.mark.parametrize(
    "other",
    [
        "Rivvel removed 9,500 accounts.",
        "The council asked Rivvel to remove 9,500 accounts of bakers.",
        "By Sunday Rivvel had removed 9,500 accounts of bakers.",
        "The number of accounts of bakers that Rivvel removed rose to 9,500.",
    ],
)
def test_the_whole_a_wish_and_a_later_count_do_not_disagree(other: str) -> None:
    assert found("By Friday Rivvel had removed 412 accounts of bakers.", other) is None


def test_who_reports_what_befell_himself_is_not_left_out() -> None:
    one = "The Bell Choir lost 40 followers in the purge."
    assert found(one, "The Flute Club reported a loss of 260 followers in the purge.") is None


def test_a_denial_in_the_present_denies_what_is_said_to_happen() -> None:
    accused = said("Sellers say that Rivvel hides posts of bakers.", "sellers", Voice.AFFECTED)
    denied = said("Rivvel does not hide posts of bakers.", "Rivvel", Voice.PLATFORM, "b")
    assert disagree(accused, denied) is On.DENIAL


def test_who_was_given_no_reason_contradicts_the_reason_given_for_him_alone() -> None:
    stated = said("Rivvel suspended Loom for violating its rules on spam.", "Rivvel", Voice.PLATFORM)
    unexplained = said("“I was given no reason.”", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(stated, unexplained) is On.REASONS
    assert disagree(stated, replace(unexplained, speaker="Ann Ply")) is None


def test_reasons_for_two_measures_do_not_disagree() -> None:
    stated = said("Rivvel closed its forum because of falling traffic.", "Rivvel", Voice.PLATFORM)
    held = said("Owners say that Rivvel removed their pages because of their politics.", "owners", Voice.AFFECTED, "b")
    assert disagree(stated, held) is None


def test_those_affected_who_each_speak_of_themselves_do_not_disagree() -> None:
    denied = said("Denied that he had sold posts.", "Ned Loom", Voice.AFFECTED)
    admitted = said("Admitted that she had sold posts.", "Ann Ply", Voice.AFFECTED, "b")
    assert disagree(denied, admitted) is None
    stated = said("Rivvel suspended Ply because of spam.", "Rivvel", Voice.PLATFORM)
    assert disagree(stated, said("It suspended me because of a joke.", "Ned Loom", Voice.AFFECTED, "b")) is None


def test_sums_that_somebody_else_may_have_paid_do_not_disagree() -> None:
    assert found("The party spent $40,000 on posters.", "The guild spent $9,000 on posters.") is None
    assert found("The party spent $40,000 on posters.", "The party spent $9,000 on posters.") is On.FIGURES


def test_what_one_of_several_has_does_not_disagree_with_what_all_have() -> None:
    assert found("The pages had 12,000 followers.", "One of the pages had 400 followers.") is None
