"""What disagrees, and what only differs because it speaks of something else."""

from dataclasses import replace

import pytest

from corpus.document import Voice
from index.disagree import On, Said, disagree, read


def said(text: str, speaker: str | None = None, voice: Voice = Voice.REPORTER, source: str = "a") -> Said:
    return Said(text, speaker, voice, frozenset({source}), frozenset({"e"}), "Rivvel removes pages")


def found(one: str, other: str) -> On | None:
    return disagree(read(said(one)), read(said(other, source="b")))


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
    assert disagree(read(said("Rivvel removed 412 pages.")), read(other)) is None


def test_one_speaker_does_not_disagree_with_himself() -> None:
    one, other = said("I count 412 pages.", "Ann Ply"), said("I count 37 pages.", "Ann Ply", source="b")
    assert disagree(read(one), read(other)) is None


def test_those_who_each_lost_followers_of_their_own_do_not_disagree() -> None:
    one = said("Said that she lost 900 followers.", "Ann Ply", Voice.AFFECTED)
    other = said("Said that he lost 3,500 followers.", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(read(one), read(other)) is None


def test_a_denial_disagrees_with_what_it_denies() -> None:
    accused = said("Rivvel accused Ned Loom of selling fake followers.", "Rivvel", Voice.PLATFORM)
    denied = said("Denied that he sold fake followers.", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(read(accused), read(denied)) is On.DENIAL


def test_a_denial_of_something_else_disagrees_with_nothing() -> None:
    told = said("Rivvel removed Ned Loom in May.", "Rivvel", Voice.PLATFORM)
    denied = said("Denied that he sold fake followers.", "Ned Loom", Voice.AFFECTED, "b")
    assert disagree(read(told), read(denied)) is None


def test_reasons_that_have_nothing_in_common_disagree() -> None:
    stated = said("Rivvel suspended the bakers for violating its rules on spam.", "Rivvel", Voice.PLATFORM)
    held = said("They were suspended because of their protest.", "the bakers", Voice.AFFECTED, "b")
    assert disagree(read(stated), read(held)) is On.REASONS
