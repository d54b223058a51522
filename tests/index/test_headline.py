"""Headlines fit what was asked and what is shown."""

from dataclasses import replace

import pytest

from corpus.document import Kind, Voice
from corpus.source import Event
from index.answer import Claim, Outcome
from index.headline import REFUSALS, headline_of
from index.question import Asks

EVENT = Event("a", ("Rivvel",), "2020-05-06", "Rivvel suspends bakers")
CLAIM = Claim(
    text="Ann Ply said that Rivvel suspended 412 bakers in May 2020.", kind=Kind.NARRATION, quotation=False, shown=True,
    voice=Voice.REPORTER, speaker=None, role=None, handle=None, via=None, date="2020-05", event_ids=("a",),
    document_id="a", source_ids=("a",), start=0, end=58, score=1.0,
)  # fmt: skip


def headline(
    asks: Asks, *claims: Claim, outcome: Outcome = Outcome.ANSWERED, events: tuple[Event, ...] = (EVENT,)
) -> str:
    return headline_of(outcome, claims or (CLAIM,), (), events, asks)


@pytest.mark.parametrize(
    ("asks", "begin"),
    [
        (Asks.HOW_MANY, "Numbers that the sources give on “Rivvel suspends bakers”"),
        (Asks.WHEN, "Dates that the sources give on"),
        (Asks.WHO, "Names that the sources give on"),
        (Asks.WHETHER, "What the sources report on"),
        (Asks.OTHER, "What the sources report on"),
    ],
)
def test_every_kind_of_question_has_a_headline_of_its_own(asks: Asks, begin: str) -> None:
    assert headline(asks).startswith(begin)


def test_a_headline_promises_no_number_where_none_is_shown() -> None:
    assert "Numbers" not in headline(Asks.HOW_MANY, replace(CLAIM, text="Bakers were suspended."))


def test_many_voices_are_summed_up() -> None:
    voices = (Voice.PLATFORM, Voice.AFFECTED, Voice.CRITIC)
    assert headline(Asks.OTHER, *(replace(CLAIM, voice=voice) for voice in voices)).startswith(
        "What the sources say on"
    )


def test_other_events_are_counted_and_the_first_is_named() -> None:
    assert "“Rivvel suspends bakers” and 2 other events" in headline(Asks.OTHER, events=(EVENT, EVENT, EVENT))


def test_a_partial_answer_says_so() -> None:
    assert "part of the question is not covered" in headline(Asks.HOW_MANY, outcome=Outcome.PARTIAL)


@pytest.mark.parametrize("outcome", REFUSALS)
def test_every_refusal_has_a_headline(outcome: Outcome) -> None:
    assert headline_of(outcome, (), (), (), Asks.OTHER).endswith(".")
