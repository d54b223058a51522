"""Headlines fit what was asked and what is shown."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Voice
from corpus.source import Event, ReasonStatus
from index.answer import Claim, Outcome, Reason
from index.headline import REFUSALS, headline_of, sources_named
from index.sought import Fact

EVENT = Event("a", ("Rivvel",), "2020-05-06", "Rivvel suspends bakers")
CLAIM = Claim(
    text="Ann Ply said that Rivvel suspended 412 bakers in May 2020.", kind=Kind.NARRATION, quotation=False, shown=True,
    voice=Voice.REPORTER, speaker=None, role=None, handle=None, via=None, date="2020-05", event_ids=("a",),
    document_id="a", source_ids=("a",), start=0, end=58, score=1.0,
)  # fmt: skip


OTHER = Event("b", ("Murmur",), "2021-01", "Murmur bans bakers")
SPECIFIC, DENIED, NONE = ReasonStatus.SPECIFIC, ReasonStatus.DENIED_BY_AFFECTED, ReasonStatus.NONE


def headline(
    sought: Fact, *claims: Claim, outcome: Outcome = Outcome.ANSWERED, events: tuple[Event, ...] = (EVENT,)
) -> str:
    return headline_of(outcome, claims or (CLAIM,), (), events, sought, of_kind=True)


@pytest.mark.parametrize(
    ("sought", "begin"),
    [
        (Fact.HOW_MANY, "Numbers given on “Rivvel suspends bakers”"),
        (Fact.WHEN, "Dates given on"),
        (Fact.WHO, "Names given on"),
        (Fact.WHETHER, "What the sources report on"),
        (Fact.OTHER, "What the sources report on"),
    ],
)
def test_every_kind_of_question_has_a_headline_of_its_own(sought: Fact, begin: str) -> None:
    assert headline(sought).startswith(begin)


def test_a_headline_promises_no_number_where_no_shown_claim_is_of_that_kind() -> None:
    found = headline_of(Outcome.ANSWERED, (CLAIM,), (), (EVENT,), Fact.HOW_MANY, of_kind=False)
    assert found.startswith("What the sources report on")


def why(*reasons: Reason, events: tuple[Event, ...] = (EVENT,), claim: Claim = CLAIM) -> str:
    return headline_of(Outcome.ANSWERED, (claim,), reasons, events, Fact.WHY)


def test_a_reason_is_told_of_a_platform_and_an_event() -> None:
    assert why(Reason("Rivvel", SPECIFIC, (0,))) == (
        "Rivvel gave a reason in the case of “Rivvel suspends bakers” (6 May 2020, 1 source)."
    )
    disputed = why(Reason("Rivvel", SPECIFIC, (0,)), Reason("Rivvel", DENIED, (0,)))
    assert disputed.startswith(
        "Rivvel gave a reason in the case of “Rivvel suspends bakers”; those affected dispute it"
    )


def test_a_denial_alone_is_no_reason_told() -> None:
    assert why(Reason("Rivvel", DENIED, (0,))).startswith("What the sources report on")


def test_platforms_of_which_the_same_is_known_are_named_together() -> None:
    told = why(Reason("Rivvel", SPECIFIC, (0,)), Reason("Murmur", SPECIFIC, (0,)), Reason("Gloss", NONE, ()))
    assert told.startswith("Rivvel and Murmur gave a reason in")
    assert why(Reason("Gloss", NONE, ()), events=()) == "No source here states a reason by Gloss (May 2020, 1 source)."


def test_a_reason_is_told_of_the_first_event_alone() -> None:
    told = why(Reason("Rivvel", SPECIFIC, (0,)), events=(EVENT, OTHER))
    assert told.endswith("of “Rivvel suspends bakers” (6 May 2020; 1 source on 2 events).")


def test_a_reason_that_no_shown_claim_tells_is_not_spoken_of() -> None:
    assert why(Reason("Rivvel", SPECIFIC, ())).startswith("What the sources report on")


def test_sources_of_what_waits_are_not_counted() -> None:
    hidden = replace(CLAIM, shown=False, source_ids=("b", "c"))
    assert headline(Fact.OTHER, CLAIM, hidden).endswith(", 1 source).")
    summed = replace(CLAIM, compiled=True, source_ids=tuple("abcdefgh"))
    assert headline(Fact.OTHER, summed).endswith(f", {len(sources_named(summed))} sources).")


def test_many_voices_are_summed_up() -> None:
    voices = (Voice.PLATFORM, Voice.AFFECTED, Voice.CRITIC)
    assert headline(Fact.OTHER, *(replace(CLAIM, voice=voice) for voice in voices)).startswith(
        "What the sources say on"
    )


def test_other_events_are_counted_and_the_first_is_named() -> None:
    assert "“Rivvel suspends bakers” and 2 other events" in headline(Fact.OTHER, events=(EVENT, EVENT, EVENT))


def test_a_partial_answer_says_so() -> None:
    found = headline_of(Outcome.PARTIAL, (CLAIM,), (), (EVENT,), Fact.HOW_MANY, partly=True)
    assert "part of the question is not covered" in found


def test_a_time_that_made_no_difference_is_named() -> None:
    found = headline_of(Outcome.PARTIAL, (CLAIM,), (), (EVENT,), Fact.HOW_MANY, ignored=("before the vote",))
    assert "; “before the vote” was not taken into account (" in found
    assert "part of the question" not in found


def test_numbers_that_differ_are_told_at_the_top() -> None:
    found = headline_of(Outcome.ANSWERED, (CLAIM,), (), (EVENT,), Fact.HOW_MANY, of_kind=True, differ=True)
    assert found.startswith("Sources give different numbers on “Rivvel suspends bakers”")


@pytest.mark.parametrize("outcome", REFUSALS)
def test_every_refusal_has_a_headline(outcome: Outcome) -> None:
    assert headline_of(outcome, (), (), (), Fact.OTHER).endswith(".")


def test_who_says_it_is_told_instead_of_names() -> None:
    told = headline_of(Outcome.ANSWERED, (CLAIM,), (), (), Fact.WHO, of_kind=True, said_by="Ann Ply")
    assert told == "Said by Ann Ply (May 2020, 1 source)."
